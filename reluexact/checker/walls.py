"""Walls, and the function s theta.(Xu)+ over them; see "Walls" in CERTIFICATE.md."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from .document import ANY, Item
from .linear import norm_up, whole_numbers
from .problem import Problem
from .quantities import ZERO, Vector


@dataclass(frozen=True, slots=True)
class Walls:
    """Classes of parallel rows; x_i = factor[i] normals[wall_of[i]], wall_of is -1 for a zero row."""

    heads: list[int]
    normals: list[tuple[Fraction, ...]]
    wall_of: list[int]
    factor: Vector
    names: dict[str, int]

    def named(self, name: str) -> int:
        """Return the position of the wall with this name, -1 if there is none."""
        return self.names.get(name, -1)

    def wall(self, item: Item) -> int:
        """Read the name of a wall as a JSON integer; return its position, -1 if it names none."""
        return self.named(str(item.index(ANY)))


def make_walls(X: Sequence[tuple[Fraction, ...]]) -> Walls:
    """Group the rows of X into walls, each named by its first row."""
    seen: dict[tuple[Fraction, ...], int] = {}
    walls = Walls([], [], [], [], {})
    for index, row in enumerate(X):
        lead = next((entry for entry in row if entry), ZERO)
        if not lead:
            walls.wall_of.append(-1)
            walls.factor.append(ZERO)
            continue
        wall = seen.setdefault(tuple(entry / lead for entry in row), len(walls.heads))
        if wall == len(walls.heads):
            walls.names[str(index)] = wall
            walls.heads.append(index)
            walls.normals.append(row)
        walls.wall_of.append(wall)
        walls.factor.append(lead / next(entry for entry in walls.normals[wall] if entry))
    return walls


@dataclass(frozen=True, slots=True)
class Profile:
    """The function ``sign theta.(Xu)+ = l.u + sum_h k_h (n_h.u)+`` in whole numbers.

    `linear`, `normals` and `pieces` (k_h n_h) are multiples of 1/unit, `kinks` are multiples of 1/scale; `norms` are those of
    the normals in multiples of 2^-ROUND, rounded up.
    """

    unit: int
    scale: int
    linear: list[int]
    normals: list[list[int]]
    pieces: list[list[int]]
    kinks: list[int]
    norms: list[int]


def make_profile(problem: Problem, walls: Walls, theta: Sequence[Fraction], sign: int) -> Profile:
    """Compute kinks and linear part of theta for one sign."""
    return whole_profile(walls, *bent(problem.X, walls, [sign * value for value in theta]))


def bent(X: Sequence[tuple[Fraction, ...]], walls: Walls, theta: Sequence[Fraction]) -> tuple[Vector, Vector]:
    """Return the kinks and the linear part of ``theta.(Xu)+``."""
    kinks = [ZERO] * len(walls.heads)
    linear = [ZERO] * len(X[0])
    for row, wall, factor, value in zip(X, walls.wall_of, walls.factor, theta, strict=True):
        if factor:
            kinks[wall] += abs(factor) * value
        if factor < 0:
            linear = [entry + value * x for entry, x in zip(linear, row, strict=True)]
    return kinks, linear


def whole_profile(walls: Walls, kinks: Vector, linear: Vector) -> Profile:
    """Write a function with these kinks and this linear part in whole numbers."""
    vectors = [linear, *([k * x for x in n] for k, n in zip(kinks, walls.normals, strict=True)), *walls.normals]
    numbers, unit = whole_numbers(entry for vector in vectors for entry in vector)
    size, count = len(linear), len(kinks)
    cut = [numbers[i : i + size] for i in range(0, len(numbers), size)]
    whole_kinks, scale = whole_numbers(kinks)
    norms = [norm_up(normal, unit) for normal in cut[1 + count :]]
    return Profile(unit, scale, cut[0], cut[1 + count :], cut[1 : 1 + count], whole_kinks, norms)
