"""From floats to a structure: faces of tight-looking cells, an independent set of blocks, and a start for Newton's method.

Nothing here is trusted: tolerances only propose, and a wrong proposal fails in :mod:`reluexact.search.proof`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from reluexact.geometry.column import Face
from reluexact.model.program import Program
from reluexact.propose.block_selection import Features, Representative
from reluexact.propose.start import start_point
from reluexact.propose.types import Floats
from reluexact.prove.structure import Kkt, Structure, build_kkt, complete_face

NONE: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A KKT system with a float start for its unknowns."""

    kkt: Kkt
    start: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A tight-looking direction: output sign, unit direction, and its face."""

    face: Face
    direction: tuple[float, ...]


def spots(
    program: Program, found: Sequence[tuple[int, Sequence[float]]], hyperplane_tolerance: float, *, view: int = 0
) -> tuple[Spot, ...]:
    """Turn (sign, direction) pairs into distinct faces; a hyperplane closer than the tolerance counts as touched.

    view: which view of a bigger program this program is.
    """
    normals = np.array([[float(entry) for entry in row] for row in program.hyperplanes.normals]).reshape(-1, program.data.d)
    lengths = np.linalg.norm(normals, axis=1)
    result: dict[tuple[int, tuple[int, ...]], Spot] = {}
    for sign, direction in found:
        unit = np.array(direction) / np.linalg.norm(direction)
        heights = normals @ unit / lengths
        gate = tuple(0 if abs(height) < hyperplane_tolerance else (1 if height > 0 else -1) for height in heights)
        face = Face(sign=sign, gate=gate, view=view)
        result.setdefault((sign, gate), Spot(face=face, direction=tuple(unit.tolist())))
    return tuple(result[key] for key in sorted(result))


def propose_structures(
    program: Program, tight: Sequence[Spot], fit: Floats, tolerance: float, *, apart: frozenset[int] = NONE
) -> Iterator[Proposal]:
    """Choose blocks with independent features that reach the fit with positive amounts; the other spots become ties.

    Directions that are opposite up to the tolerance are proposed as a pair, but for the pairs whose numbers are in ``apart``.
    """
    reps = representatives(program, tight, tolerance, apart)
    features = Features(program, reps)
    for chosen in features.selections(fit):
        blocks = [reps[index] for index in chosen]
        rest = [rep for index, rep in enumerate(reps) if index not in chosen]
        ties: list[Face] = []
        for rep in rest:
            ties.append(rep.face)
            if rep.paired:
                ties.append(rep.face.opposite())
        structure = Structure(
            blocks=tuple(rep.face for rep in blocks), paired=tuple(rep.paired for rep in blocks), ties=tuple(ties)
        )
        kkt = build_kkt(program, structure)
        start = start_point(kkt, [rep.direction for rep in blocks], fit)
        if start is not None:
            yield Proposal(kkt=kkt, start=start)


def count_pairs(program: Program, tight: Sequence[Spot], tolerance: float) -> int:
    """Return how many pairs of opposite directions are proposed."""
    return sum(rep.paired for rep in representatives(program, tight, tolerance))


def representatives(
    program: Program, tight: Sequence[Spot], tolerance: float, apart: frozenset[int] = NONE
) -> list[Representative]:
    """Complete the faces, drop doubles, and keep one side of every pair; both sides of those in ``apart``."""
    complete: dict[Face, Spot] = {}
    for spot in tight:
        face, _ = complete_face(program, spot.face, whole=False)
        complete.setdefault(face, Spot(face=face, direction=spot.direction))
    closed: dict[Face, Representative] = {}
    pairs: list[Face] = []
    for spot in sorted(complete.values(), key=lambda spot: spot.face.order):
        opposite = spot.face.opposite()
        partner = complete.get(opposite)
        paired = partner is not None and _opposite(partner.direction, spot.direction, tolerance)
        if paired:
            first = min(spot.face, opposite, key=lambda face: face.order)
            if first not in pairs:
                pairs.append(first)
            paired = pairs.index(first) not in apart
        face, basis = complete_face(program, spot.face, whole=paired)
        if not basis or (paired and opposite in closed):
            continue
        rep = Representative(face=face, direction=spot.direction, paired=paired, rays=len(basis))
        closed.setdefault(face, rep)
    return sorted(closed.values(), key=lambda rep: rep.face.order)


def _opposite(left: Sequence[float], right: Sequence[float], tolerance: float) -> bool:
    return bool(np.linalg.norm(np.array(left) + np.array(right)) < tolerance)
