"""Exact linear algebra, and linear systems known up to an error."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt, lcm

from .quantities import ZERO, Interval, Matrix, Vector

ROUND = 64  # norms are rounded up to multiples of 2^-ROUND


def dot(a: Iterable[Fraction], b: Iterable[Fraction]) -> Fraction:
    """Return the inner product."""
    total, common = 0, 1
    for left, right in zip(a, b, strict=False):
        if not left or not right:
            continue
        top, under = left.numerator * right.numerator, left.denominator * right.denominator
        if under != common:
            both = lcm(common, under)
            total, top, common = total * (both // common), top * (both // under), both
        total += top
    return Fraction(total, common)


def inverse(matrix: Sequence[Vector]) -> Matrix | None:
    """Invert a square matrix by Gauss-Jordan; None when it is singular."""
    size = len(matrix)
    rows = [list(row) + [Fraction(i == j) for j in range(size)] for i, row in enumerate(matrix)]
    for i in range(size):
        pivot = next((j for j in range(i, size) if rows[j][i]), None)
        if pivot is None:
            return None
        rows[i], rows[pivot] = rows[pivot], rows[i]
        lead = rows[i][i]
        rows[i] = [entry / lead for entry in rows[i]]
        for j in range(size):
            if j != i and (factor := rows[j][i]):
                rows[j] = [a - factor * b for a, b in zip(rows[j], rows[i], strict=True)]
    return [row[size:] for row in rows]


def pivots(vectors: Iterable[Vector]) -> list[int]:
    """Return the positions of the vectors that are independent of those before them."""
    chosen: list[int] = []
    rows: list[tuple[int, Vector]] = []
    for position, vector in enumerate(vectors):
        for lead, row in rows:
            if factor := vector[lead]:
                vector = [a - factor * b for a, b in zip(vector, row, strict=True)]
        lead = next((j for j, entry in enumerate(vector) if entry), -1)
        if lead >= 0:
            chosen.append(position)
            rows.append((lead, [entry / vector[lead] for entry in vector]))
    return chosen


def left_inverse(vectors: Sequence[Sequence[Fraction]]) -> Matrix | None:
    """Return T with ``T v_j = e_j`` and T = 0 across the span of the vectors v_j; None when they are dependent."""
    gram = inverse([[dot(a, b) for b in vectors] for a in vectors])
    if gram is None:
        return None
    return [[dot(row, column) for column in zip(*vectors, strict=True)] for row in gram]


def whole_numbers(numbers: Iterable[Fraction]) -> tuple[list[int], int]:
    """Return whole numbers and the common denominator under them."""
    values = list(numbers)
    common = lcm(*(value.denominator for value in values))
    return [value.numerator * (common // value.denominator) for value in values], common


@dataclass(frozen=True, slots=True)
class BoxSolver:
    """The inverse Y of a middle matrix, `weights` = |Y| |Delta| for its spread Delta, and `bend` < 1, their largest row sum."""

    inverse: Matrix
    weights: Matrix
    bend: Fraction

    def solve(self, goal: Sequence[Interval]) -> list[Interval]:
        """Enclose the solutions for all matrices and all right-hand sides (middle, spread).

        With x = Y middle the error e satisfies |e| <= |Y| spread + |Y| |Delta| (|x| + |e|): one bound serves all entries.
        """
        x = [dot(row, (middle for middle, _ in goal)) for row in self.inverse]
        error = ZERO
        for row, weight in zip(self.inverse, self.weights, strict=True):
            error = max(error, dot(map(abs, row), (spread for _, spread in goal)) + dot(weight, map(abs, x)))
        return [(value - error / (1 - self.bend), value + error / (1 - self.bend)) for value in x]


def box_solver(columns: Sequence[Sequence[Interval]]) -> BoxSolver | None:
    """Prepare the system with these columns of (middle, spread); None when some matrix may be singular."""
    rows = list(zip(*columns, strict=True))
    solver = inverse([[middle for middle, _ in row] for row in rows]) if len(rows) == len(columns) else None
    if solver is None:
        return None
    weights = [[dot(map(abs, row), (spread for _, spread in column)) for column in columns] for row in solver]
    bend = max((sum(weight, ZERO) for weight in weights), default=ZERO)
    return BoxSolver(solver, weights, bend) if bend < 1 else None


def norm_up(vector: Iterable[int], denominator: int) -> int:
    """Return the norm of vector / denominator in multiples of 2^-ROUND, rounded up; an exact 0 stays 0."""
    square = sum(entry * entry for entry in vector) << 2 * ROUND
    quotient = -(-square // denominator**2)
    root = isqrt(quotient)
    return root + (root * root < quotient)
