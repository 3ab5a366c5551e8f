"""Intervals by their ends: products of intervals, and intervals around sums of square roots, in integers."""

from __future__ import annotations

from fractions import Fraction

from reluexact.numbers.radicals import RadicalSum
from reluexact.numbers.roots import scaled_root

Ends = tuple[int, int, int, int]
"""Numerator and denominator (positive) of the lower end, then of the upper end."""


def around(value: RadicalSum, bits: int) -> tuple[int, int]:
    """Return multiples of 2^-bits around a sum of square roots, at most (coefficients' sum + number of terms) / 2^bits apart.

    >>> around(RadicalSum.root(Fraction(2)) + RadicalSum.rational(1), 2)
    (9, 10)
    """
    low = high = 0
    for radicand, coefficient in value.terms:
        below, above = scaled_root(radicand, bits)
        over, under = coefficient.numerator, coefficient.denominator
        low += over * (below if over > 0 else above) // under
        high -= -over * (above if over > 0 else below) // under
    return low, high


def product(low: int, high: int, other_low: int, other_high: int) -> tuple[int, int]:
    """Return the ends of the interval of all products of two intervals.

    >>> product(-1, 2, -3, 5), product(1, 2, -3, 5)
    ((-6, 10), (-6, 10))
    """
    if low >= 0:
        return low * other_low if other_low >= 0 else high * other_low, high * other_high if other_high >= 0 else low * other_high
    if high <= 0:
        return low * other_high if other_high >= 0 else high * other_high, high * other_low if other_low >= 0 else low * other_low
    if other_low >= 0:
        return low * other_high, high * other_high
    if other_high <= 0:
        return high * other_low, low * other_low
    return min(low * other_high, high * other_low), max(low * other_low, high * other_high)


def quotient_product(left: Ends, right: Ends) -> Ends:
    """Return the ends of the interval of all products of two intervals with rational ends, not reduced.

    >>> quotient_product((1, 2, 1, 1), (-1, 3, 1, 3))
    (-1, 3, 1, 3)
    """
    (a, p, b, q), (c, r, d, s) = left, right
    if a >= 0 and c >= 0:
        return a * c, p * r, b * d, q * s
    if a >= 0 and d <= 0:
        return b * c, q * r, a * d, p * s
    if b <= 0 and c >= 0:
        return a * d, p * s, b * c, q * r
    if b <= 0 and d <= 0:
        return b * d, q * s, a * c, p * r
    ends = [Fraction(x * y, u * v) for x, u in ((a, p), (b, q)) for y, v in ((c, r), (d, s))]
    low, high = min(ends), max(ends)
    return low.numerator, low.denominator, high.numerator, high.denominator
