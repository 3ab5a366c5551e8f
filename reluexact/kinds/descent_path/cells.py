"""The columns that a way down needs: one round every neuron at hand, and one that holds both where two have a cell in common."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import count

from reluexact.geometry.arrangement import patterns_at_most
from reluexact.geometry.signs import Signs, share_a_cell
from reluexact.kinds.descent_path.waypoint import Waypoint
from reluexact.model.program import Program
from reluexact.numbers.linalg import dot
from reluexact.numbers.types import Vector
from reluexact.propose.columns import Columns, all_columns, some_columns
from reluexact.prove.certified import CertifiedPoint
from reluexact.prove.directions import near_direction

ALL_CELLS = 150
"""Up to so many cells every column is looked at; beyond it those round the neurons of both ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ray:
    """A neuron as a rational point: its sign, its signs on the hyperplanes, a vector of about length 1 (on the same ones)."""

    sign: int
    gate: Signs
    vector: Vector


def columns_between(program: Program, here: Waypoint, goal: CertifiedPoint) -> tuple[Columns, bool]:
    """Return columns that hold the neurons of a rational waypoint and of the global optimum, and whether these are all."""
    if patterns_at_most(program.data, ALL_CELLS):
        return all_columns(program), True
    own, far = _rays_of(program, here), _rays_of_optimum(goal)
    wanted = [(ray.sign, strictly_inside(program, ray.vector)) for ray in (*own, *far)]
    for one in own:
        for other in far:
            if one.sign == other.sign and share_a_cell(one.gate, other.gate):
                total = tuple(a + b for a, b in zip(one.vector, other.vector, strict=True))
                wanted.append((one.sign, strictly_inside(program, total)))
    return some_columns(program, wanted), False


def _rays_of(program: Program, here: Waypoint) -> list[Ray]:
    rays = []
    for neuron in here.slots:
        if neuron is not None:
            gate = program.hyperplanes.hyperplane_gates(neuron.gate)
            rays.append(Ray(sign=neuron.sign, gate=gate, vector=_short([entry.low for entry in neuron.vector])))
    return rays


def _rays_of_optimum(goal: CertifiedPoint) -> list[Ray]:
    rays = []
    for neuron in goal.neurons:
        vector = _short(near_direction(goal.kkt, goal.box, neuron))
        rays.append(Ray(sign=neuron.face.sign, gate=neuron.face.gate, vector=vector))
    return rays


def _short(vector: Sequence[Fraction]) -> Vector:
    """Divide by the largest entry."""
    size = max(map(abs, vector))
    return tuple(entry / size for entry in vector) if size else tuple(vector)


def strictly_inside(program: Program, point: Vector) -> Vector:
    """Move a point off the hyperplanes it lies on, so little that it keeps its sides of the others.

    >>> from reluexact.model.dataset import Dataset
    >>> from reluexact.model.program import make_program
    >>> program = make_program(Dataset([[1, 0], [1, 1]], [1, 1]), Fraction(1))
    >>> strictly_inside(program, (Fraction(0), Fraction(1)))
    (Fraction(1, 4), Fraction(5, 4))
    """
    normals = program.hyperplanes.normals
    heights = [dot(normal, point) for normal in normals]
    if all(heights):
        return point
    for push in _directions(len(point)):
        slopes = [dot(normal, push) for normal in normals]
        if all(slope or height for slope, height in zip(slopes, heights, strict=True)):
            room = [abs(h / slope) for h, slope in zip(heights, slopes, strict=True) if h and slope]
            step = min([Fraction(1), *room]) / 2
            return tuple(a + step * b for a, b in zip(point, push, strict=True))
    raise ArithmeticError("no direction leaves all hyperplanes")


def _directions(size: int) -> Iterator[Vector]:
    """Yield vectors (1, q, q^2, ...), of which at most ``size - 1`` lie on any one hyperplane."""
    for base in count(1):
        yield tuple(Fraction(base**power) for power in range(size))
