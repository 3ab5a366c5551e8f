"""Polynomials on [-1, 1], as lists of coefficients from the constant on, and their control points."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import lru_cache
from math import comb
from operator import mul

from ..linear import whole_numbers
from ..quantities import ONE, ZERO, Interval, Matrix, Vector


def add(total: Vector, factor: Fraction, other: Sequence[Fraction]) -> None:
    """Add a multiple of another polynomial in place."""
    total.extend([ZERO] * (len(other) - len(total)))
    for power, entry in enumerate(other):
        if entry:
            total[power] += factor * entry


def combine(pairs: Iterable[tuple[Fraction, Sequence[Fraction]]]) -> Vector:
    """Return a linear combination."""
    total: Vector = [ZERO]
    for factor, other in pairs:
        if factor:
            add(total, factor, other)
    return total


def product(a: Sequence[Fraction], b: Sequence[Fraction]) -> Vector:
    """Multiply."""
    total = [ZERO] * (len(a) + len(b) - 1)
    for i, left in enumerate(a):
        if left:
            for j, right in enumerate(b):
                total[i + j] += left * right
    return total


def derivative(a: Sequence[Fraction]) -> Vector:
    """Differentiate."""
    return [power * entry for power, entry in enumerate(a)][1:] or [ZERO]


def size(a: Iterable[Fraction]) -> Fraction:
    """Return the sum of the absolute coefficients, which no value on [-1, 1] exceeds."""
    return sum(map(abs, a), ZERO)


def slope_size(a: Sequence[Fraction]) -> Fraction:
    """Return what no derivative on [-1, 1] exceeds."""
    return sum((power * abs(entry) for power, entry in enumerate(a)), ZERO)


def value(a: Sequence[Fraction], t: Fraction) -> Fraction:
    """Evaluate."""
    total = ZERO
    for entry in reversed(a):
        total = total * t + entry
    return total


@lru_cache(maxsize=64)
def bernstein(degree: int) -> tuple[list[list[int]], int]:
    """Return the matrix from coefficients to control points in whole numbers, and the number under them.

    With t = 2x - 1, x from 0 to 1, a power x^k has the control points C(j, k) / C(degree, k).
    """
    rows: Matrix = [[] for _ in range(degree + 1)]
    power = [ONE]
    for _ in range(degree + 1):
        for j, row in enumerate(rows):
            row.append(sum((c * Fraction(comb(j, k), comb(degree, k)) for k, c in enumerate(power)), ZERO))
        power = [a - b for a, b in zip([ZERO, *(2 * c for c in power)], [*power, ZERO], strict=True)]
    numbers, unit = whole_numbers(entry for row in rows for entry in row)
    return [numbers[j : j + degree + 1] for j in range(0, len(numbers), degree + 1)], unit


def control_points(a: Sequence[Fraction], degree: int) -> Vector:
    """Return the control points of a polynomial of at most this degree: its values are their means."""
    table, unit = bernstein(degree)
    numbers, under = whole_numbers(a)
    return [Fraction(sum(map(mul, row, numbers)), unit * under) for row in table]


def bounds(a: Sequence[Fraction]) -> Interval:
    """Enclose a polynomial on [-1, 1]."""
    points = control_points(a, len(a) - 1)
    return min(points), max(points)
