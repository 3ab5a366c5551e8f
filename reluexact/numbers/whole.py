"""Vectors of rationals as whole numbers over one denominator: sums of many products without a fraction in each step."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import lcm

Whole = tuple[tuple[int, ...], int]
"""Numerators, and the denominator that they share."""


def whole(vector: Sequence[Fraction]) -> Whole:
    """Return a vector as whole numbers over its least common denominator.

    >>> whole((Fraction(1, 2), Fraction(2, 3), Fraction(4)))
    ((3, 4, 24), 6)
    """
    unit = lcm(*(entry.denominator for entry in vector))
    return tuple(entry.numerator * (unit // entry.denominator) for entry in vector), unit
