"""Reads off a network, with a tolerance, which structure it may be near to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from reluexact.geometry.column import Face
from reluexact.model.network import Network
from reluexact.model.program import Program
from reluexact.numbers.types import Vector
from reluexact.propose.start import as_fractions, float_vector, start_point
from reluexact.propose.types import Floats
from reluexact.prove.structure import Kkt, complete_face


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Neurons that look alike: their face, and the sum of their |a| w."""

    face: Face
    total: Floats

    @property
    def entries(self) -> Vector:
        """Return the exact values of the floats of the sum."""
        return as_fractions(self.total.tolist())


def groups_of(program: Program, network: Network, tolerance: Fraction) -> tuple[list[Group], Fraction]:
    """Group the neurons by completed face; return the greatest entry that is dropped, too.

    Raises FloatingPointError and OverflowError beyond the range of floats.
    """
    with np.errstate(over="raise", invalid="raise"):
        return _groups(program, network, float(tolerance))


def _groups(program: Program, network: Network, tolerance: float) -> tuple[list[Group], Fraction]:
    normals = np.array([[float(entry) for entry in row] for row in program.hyperplanes.normals]).reshape(-1, program.data.d)
    lengths = np.linalg.norm(normals, axis=1)
    hidden = np.array([[float(entry) for entry in row] for row in network.hidden]).reshape(-1, program.data.d)
    output = np.array([float(entry) for entry in network.output])
    moving = hidden * np.abs(output)[:, None]
    sizes = np.linalg.norm(moving, axis=1)
    totals: dict[Face, Floats] = {}
    lost = 0.0
    for vector, size, amount in zip(moving, sizes, output, strict=True):
        if size <= tolerance * sizes.max(initial=0.0):
            lost = max(lost, float(np.abs(vector).max(initial=0.0)))
            continue
        heights = normals @ vector / (lengths * size)
        gate = tuple(0 if abs(height) <= tolerance else (1 if height > 0 else -1) for height in heights)
        face, basis = complete_face(program, Face(sign=1 if amount > 0 else -1, gate=gate), whole=False)
        if basis:
            totals[face] = totals.get(face, np.zeros(program.data.d)) + vector
        else:
            lost = max(lost, float(np.abs(vector).max()))
    groups = [Group(face=face, total=total) for face, total in totals.items() if total.any()]
    return sorted(groups, key=lambda group: group.face.order), Fraction(lost)


def completed(program: Program, face: Face, total: Floats) -> Group | None:
    """Return the group on the least face that contains the given one; None when that is only the point 0."""
    complete, basis = complete_face(program, face, whole=False)
    return Group(face=complete, total=total) if basis else None


def start_of(kkt: Kkt, groups: Sequence[Group], network: Network) -> tuple[float, ...] | None:
    """Return a start for Newton's method near the network."""
    fit = float_vector(network.predict(kkt.program.data.X))
    return start_point(kkt, [group.total / np.linalg.norm(group.total) for group in groups], fit)
