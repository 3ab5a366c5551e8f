"""Linear systems of real numbers with arithmetic: exact where the matrix allows it, else enclosed by balls.

A system falls into parts that share no unknown (connected components, by the entries that are known to be 0); each is solved
alone, so that what one part does not move stays exactly 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import ceil, floor

import flint

from reluexact.budget import check
from reluexact.numbers.ball import ball
from reluexact.numbers.ball import midpoint as midpoint_of
from reluexact.numbers.linalg import divided, inverse
from reluexact.numbers.scalar import Scalar, Undecided
from reluexact.numbers.scalar_vectors import ScalarVector, scalar_dot

ZERO = Scalar.of(0)
SMALL = 3
"""Unknowns of a part that is eliminated in sums of square roots; larger ones are enclosed."""

Columns = tuple[ScalarVector, ...]


def solve_scalars(matrix: Sequence[ScalarVector], columns: Sequence[ScalarVector], bits: int) -> Columns:
    """Return for every right-hand side x with ``matrix x = column``; raises Undecided unless the matrix is proved regular.

    bits: the fineness of what is enclosed.

    >>> half = solve_scalars([(Scalar.of(2), ZERO), (ZERO, Scalar.of(4))], [(Scalar.of(1), ZERO)], 64)
    >>> [entry.rational for entry in half[0]]
    [Fraction(1, 2), Fraction(0, 1)]
    """
    found = [[ZERO] * len(matrix) for _ in columns]
    for part in components(matrix):
        inside = [tuple(matrix[i][j] for j in part) for i in part]
        wanted = [k for k, column in enumerate(columns) if not all(column[i].is_zero for i in part)]
        if not wanted:
            continue
        answers = _solve(inside, [tuple(columns[k][i] for i in part) for k in wanted], bits)
        for k, answer in zip(wanted, answers, strict=True):
            for i, entry in zip(part, answer, strict=True):
                found[k][i] = entry
    return tuple(map(tuple, found))


def components(matrix: Sequence[ScalarVector]) -> list[list[int]]:
    """Return the unknowns of a square system in parts between which all entries are known to be 0."""
    left, parts = set(range(len(matrix))), []
    while left:
        part, fresh = set(), [min(left)]
        while fresh:
            i = fresh.pop()
            part.add(i)
            near = {j for j in left if not matrix[i][j].is_zero or not matrix[j][i].is_zero}
            fresh += sorted(near - part - set(fresh))
        left -= part
        parts.append(sorted(part))
    return parts


def _solve(matrix: list[ScalarVector], columns: list[ScalarVector], bits: int) -> Sequence[Sequence[Scalar]]:
    check()
    if all(entry.rational is not None for row in matrix for entry in row):
        return _rational(matrix, columns, bits)
    if len(matrix) <= SMALL and all(entry.radical is not None for row in (*matrix, *columns) for entry in row):
        return _eliminated(matrix, columns)
    return _enclosed(matrix, columns, bits)


def _rational(matrix: list[ScalarVector], columns: list[ScalarVector], bits: int) -> Sequence[Sequence[Scalar]]:
    """Solve with a rational matrix, whose inverse is exact."""
    table = [[entry.low for entry in row] for row in matrix]
    if all(entry.rational is not None for column in columns for entry in column):
        right = tuple(zip(*([entry.low for entry in column] for column in columns), strict=True))
        exact = divided(right, table)
        if exact is None:
            raise Undecided("the matrix of a linear system is singular")
        return [[Scalar.of(value, bits) for value in column] for column in zip(*exact, strict=True)]
    rows = [tuple(Scalar.of(value, bits) for value in row) for row in inverse(table)]
    return [[scalar_dot(row, column) for row in rows] for column in columns]


def _eliminated(matrix: list[ScalarVector], columns: list[ScalarVector]) -> Sequence[Sequence[Scalar]]:
    """Eliminate exactly; the rows of the augmented matrix carry all right-hand sides."""
    size = len(matrix)
    rows = [[*row, *(column[i] for column in columns)] for i, row in enumerate(matrix)]
    for j in range(size):
        pivot = next((i for i in range(j, size) if rows[i][j].sign()), None)
        if pivot is None:
            raise Undecided("the matrix of a linear system is singular")
        rows[j], rows[pivot] = rows[pivot], rows[j]
        lead = rows[j][j]
        rows[j] = [entry if entry.is_zero else entry / lead for entry in rows[j]]
        for i in range(size):
            factor = rows[i][j]
            if i != j and not factor.is_zero:
                rows[i] = [a if b.is_zero else a - factor * b for a, b in zip(rows[i], rows[j], strict=True)]
    return [[rows[i][size + k] for i in range(size)] for k in range(len(columns))]


def _enclosed(matrix: list[ScalarVector], columns: list[ScalarVector], bits: int) -> Sequence[Sequence[Scalar]]:
    """Enclose by balls."""
    with flint.ctx.workprec(bits + 96):
        table = flint.arb_mat([[_ball(entry) for entry in row] for row in matrix])
        right = flint.arb_mat([[_ball(column[i]) for column in columns] for i in range(len(matrix))])
        try:
            solved = table.solve(right)
        except ZeroDivisionError:
            raise Undecided("the matrix of a linear system is not proved regular") from None
        if not all(entry.is_finite() for entry in solved.entries()):
            raise Undecided("the matrix of a linear system is not proved regular")
        return [[_scalar(solved[i, k], bits) for i in range(len(matrix))] for k in range(len(columns))]


def _ball(value: Scalar) -> flint.arb:
    return ball(value.low) if value.rational is not None else ball(value.middle, (value.high - value.low) / 2)


def _scalar(value: flint.arb, bits: int) -> Scalar:
    """Round a ball outward to multiples of 2^-bits; a ball without radius is a number."""
    middle, radius = midpoint_of(value), midpoint_of(value.rad())
    if not radius:
        return Scalar.of(middle, bits)
    scale = 2**bits
    low, high = floor((middle - radius) * scale), ceil((middle + radius) * scale)
    return Scalar.enclosed(Fraction(low, scale), Fraction(high, scale), bits)
