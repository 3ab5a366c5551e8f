"""Polynomial curves on ``-1 <= t <= 1`` with rational coefficients: ``c_0 + c_1 t + ...``, and their control points.

In the Bernstein basis of degree p a polynomial is an average of its p + 1 control points, with weights >= 0 that depend on t
alone (Farouki 2012, "The Bernstein polynomial basis", section 3). So what is convex and holds at the control points holds for
all t.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from math import comb, lcm
from operator import mul

from reluexact.numbers.types import Matrix, Vector

ZERO = Fraction(0)


@lru_cache(maxsize=64)
def bernstein_matrix(degree: int) -> Matrix:
    """Return the matrix that maps power coefficients on [-1, 1] to control points; row j, column k: control point j of t^k.

    >>> [list(map(str, row)) for row in bernstein_matrix(2)]
    [['1', '-1', '1'], ['1', '0', '-1'], ['1', '1', '1']]
    """
    columns = []
    for power in range(degree + 1):  # t^k = (2 x - 1)^k, and x^i has the control points C(j, i) / C(degree, i)
        column = [ZERO] * (degree + 1)
        for i in range(power + 1):
            factor = Fraction(comb(power, i) * 2**i * (-1) ** (power - i), comb(degree, i))
            for j in range(i, degree + 1):
                column[j] += factor * comb(j, i)
        columns.append(column)
    return tuple(zip(*columns, strict=True))


def control_points(coefficients: Sequence[Fraction], degree: int | None = None) -> Vector:
    """Return the control points of a polynomial, of a higher degree than its own if that is asked for.

    >>> [str(point) for point in control_points((Fraction(1), Fraction(2)), 2)]
    ['-1', '1', '3']
    """
    table, unit = _whole_matrix(len(coefficients) - 1 if degree is None else degree)
    scale = lcm(*(entry.denominator for entry in coefficients))
    whole = [entry.numerator * (scale // entry.denominator) for entry in coefficients]
    return tuple(Fraction(sum(map(mul, row, whole)), scale * unit) for row in table)


@lru_cache(maxsize=64)
def _whole_matrix(degree: int) -> tuple[tuple[tuple[int, ...], ...], int]:
    """Return the matrix of :func:`bernstein_matrix` over a common denominator."""
    table = bernstein_matrix(degree)
    unit = lcm(*(entry.denominator for row in table for entry in row))
    return tuple(tuple(int(entry * unit) for entry in row) for row in table), unit


def value_at(coefficients: Sequence[Fraction], t: Fraction) -> Fraction:
    """Return the value of a polynomial."""
    total = ZERO
    for coefficient in reversed(coefficients):
        total = total * t + coefficient
    return total


def derivative(coefficients: Sequence[Fraction]) -> Vector:
    """Return the coefficients of the derivative (of degree 0 at least).

    >>> derivative((Fraction(1), Fraction(2), Fraction(3))) == (2, 6)
    True
    """
    return tuple(k * coefficient for k, coefficient in enumerate(coefficients) if k) or (ZERO,)


def product(left: Sequence[Fraction], right: Sequence[Fraction]) -> list[Fraction]:
    """Return the coefficients of a product."""
    total = [ZERO] * (len(left) + len(right) - 1)
    for i, a in enumerate(left):
        if a:
            for j, b in enumerate(right):
                total[i + j] += a * b
    return total


def greatest(coefficients: Sequence[Fraction]) -> Fraction:
    """Return a bound of the absolute value on [-1, 1]: the sum of the absolute coefficients."""
    return sum(map(abs, coefficients), ZERO)
