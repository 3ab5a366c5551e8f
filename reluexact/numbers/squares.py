"""Rational numbers as sums of squares: so a neuron can be split into copies whose weights are rational."""

from __future__ import annotations

from fractions import Fraction

from reluexact.numbers.roots import floor_root, integer_root

SMALL = 100_000
"""Integers up to which sums of squares are looked for one by one."""

Roots = tuple[Fraction, ...]


def square_roots(value: Fraction, count: int) -> Roots | None:
    """Return ``count`` positive rational numbers whose squares sum to a positive rational number; None when none was found.

    Every positive integer is a sum of at most four squares (Lagrange 1770); for large numbers no search is made.

    >>> square_roots(Fraction(4, 9), 1), square_roots(Fraction(1), 2)
    ((Fraction(2, 3),), (Fraction(3, 5), Fraction(4, 5)))
    >>> square_roots(Fraction(1, 2), 1), square_roots(Fraction(1, 2), 2)
    (None, (Fraction(1, 2), Fraction(1, 2)))
    """
    whole = value.numerator * value.denominator
    for length in range(1, min(count, 4) + 1):
        found = _integers(whole, length)
        if found is not None:
            roots = [Fraction(root, value.denominator) for root in found]
            parts = unit_parts(count - length + 1)
            return tuple([root * roots[0] for root in parts] + roots[1:])
    return None


def unit_parts(count: int) -> Roots:
    """Return ``count`` positive rational numbers whose squares sum to 1.

    >>> unit_parts(3), unit_parts(4)
    ((Fraction(2, 3), Fraction(2, 3), Fraction(1, 3)), (Fraction(1, 2), Fraction(1, 2), Fraction(1, 2), Fraction(1, 2)))
    """
    if count == 1:
        return (Fraction(1),)
    if count == 2:
        return Fraction(3, 5), Fraction(4, 5)
    return (*(Fraction(2, count),) * (count - 1), Fraction(count - 2, count))


def _integers(whole: int, length: int) -> tuple[int, ...] | None:
    """Return ``length`` positive integers whose squares sum to a positive integer, the largest first where possible."""
    if length == 1:
        root = integer_root(whole)
        return None if root is None else (root,)
    if whole > SMALL:
        return None
    for first in range(floor_root(whole), 0, -1):
        rest = whole - first * first
        found = _integers(rest, length - 1) if rest > 0 else None
        if found is not None:
            return (first, *found)
    return None
