"""From floats to a structure: faces of tight-looking cells, an independent set of blocks, and a start for Newton's method.

Nothing here is trusted: tolerances only propose, and a wrong proposal fails in :mod:`reluexact.search.proof`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from reluexact.geometry.column import Face
from reluexact.model.program import Program
from reluexact.numbers.types import Vector
from reluexact.propose.basis import Basis, basis_of, floats_in
from reluexact.propose.block_selection import Features, Representative
from reluexact.propose.fine_start import fine_start, start_from
from reluexact.propose.start import as_fractions, start_point
from reluexact.propose.types import Floats
from reluexact.prove.structure import Kkt, Structure, build_kkt, complete_face

NONE: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A KKT system with a start for its unknowns."""

    kkt: Kkt
    start: Sequence[float | Fraction]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A tight-looking direction (see :class:`reluexact.propose.pricing.Priced`): its face, and where they are known, |a| w."""

    face: Face
    direction: tuple[float, ...]
    weights: Vector | None = None


def spots(
    program: Program, found: Sequence[tuple[int, Sequence[float]]], hyperplane_tolerance: float, *, view: int = 0
) -> tuple[Spot, ...]:
    """Turn (sign, direction) pairs into distinct faces; a hyperplane closer than the tolerance counts as touched.

    view: which view of a bigger program this program is.
    """
    normals = _unit_normals(program)
    result: dict[tuple[int, tuple[int, ...]], Spot] = {}
    for sign, direction in found:
        unit = np.array(direction) / np.linalg.norm(direction)
        heights = normals @ unit
        gate = tuple(0 if abs(height) < hyperplane_tolerance else (1 if height > 0 else -1) for height in heights)
        face = Face(sign=sign, gate=gate, view=view)
        result.setdefault((sign, gate), Spot(face=face, direction=tuple(unit.tolist())))
    return tuple(result[key] for key in sorted(result))


def _unit_normals(program: Program) -> Floats:
    """Return the unit normals of the hyperplanes in the coordinates of directions."""
    normals, basis = program.hyperplanes.normals, basis_of(program.hyperplanes.normals)
    rows = np.array([floats_in(basis, normal) for normal in normals]).reshape(-1, program.data.d)
    rows = rows if basis is None else rows / basis.scale
    return np.asarray(rows / np.linalg.norm(rows, axis=1)[:, None])


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
        start = _start(kkt, reps, chosen, features.amounts(chosen, fit), fit)
        if start is not None:
            yield Proposal(kkt=kkt, start=start)


def _start(
    kkt: Kkt, reps: Sequence[Representative], chosen: Sequence[int], amounts: Sequence[float], fit: Floats
) -> Sequence[float | Fraction] | None:
    """Return a start for Newton's method: what is known to many digits, else from the directions and the fit."""
    blocks = [reps[index] for index in chosen]
    basis = basis_of(kkt.program.hyperplanes.normals)
    sure = [rep.weights[0] is not None for rep in reps]
    if all(sure) and len(chosen) == len(reps):
        return start_from(kkt, [rep.weights for rep in blocks])
    if basis is None and not any(sure):
        return start_point(kkt, [rep.direction for rep in blocks], fit)
    weights = [_weights(basis, amount, rep) for amount, rep in zip(amounts, blocks, strict=True)]
    return fine_start(kkt, weights, as_fractions(fit.tolist()))


def _weights(basis: Basis | None, amount: float, rep: Representative) -> Vector:
    """Return the vector of an amount of a representative, as exactly as its direction is known."""
    own = rep.weights[0]
    if own is None:
        point = amount * np.array(rep.direction)
        return as_fractions(point.tolist()) if basis is None else basis.exact(point)
    unit = max(map(abs, own))
    floats = np.array([float(entry / unit) for entry in own])
    length = float(np.linalg.norm(floats if basis is None else basis.even(floats)))
    return tuple(Fraction(amount / length) * entry / unit for entry in own)


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
        complete.setdefault(face, replace(spot, face=face))
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
        sides = (spot.weights, partner.weights if paired and partner is not None else None)
        rep = Representative(face=face, direction=spot.direction, paired=paired, rays=len(basis), weights=sides)
        closed.setdefault(face, rep)
    return sorted(closed.values(), key=lambda rep: rep.face.order)


def _opposite(left: Sequence[float], right: Sequence[float], tolerance: float) -> bool:
    return bool(np.linalg.norm(np.array(left) + np.array(right)) < tolerance)
