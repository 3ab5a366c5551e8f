"""Square roots of integers and of rational numbers: exactly, or between neighbouring multiples of 2^-bits. The only ``isqrt``."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from math import isqrt


def floor_root(value: int) -> int:
    """Return the greatest integer whose square is at most ``value >= 0``.

    >>> floor_root(8), floor_root(9)
    (2, 3)
    """
    return isqrt(value)


def ceil_root(value: int) -> int:
    """Return the smallest integer >= 0 whose square is at least ``value >= 0``.

    >>> ceil_root(8), ceil_root(9), ceil_root(10)
    (3, 3, 4)
    """
    root = isqrt(value)
    return root if root * root == value else root + 1


def integer_root(value: int) -> int | None:
    """Return the root of the square of an integer, None for any other integer >= 0.

    >>> integer_root(9), integer_root(8)
    (3, None)
    """
    root = isqrt(value)
    return root if root * root == value else None


def rational_root(value: Fraction) -> Fraction | None:
    """Return the root of the square of a rational number, None for any other number >= 0.

    >>> rational_root(Fraction(9, 4)), rational_root(Fraction(2))
    (Fraction(3, 2), None)
    """
    top, bottom = integer_root(value.numerator), integer_root(value.denominator)
    return None if top is None or bottom is None else Fraction(top, bottom)


def root_below(value: Fraction, bits: int) -> Fraction:
    """Return the greatest multiple of 2^-bits that is at most the square root of a number >= 0.

    >>> root_below(Fraction(2), 2), root_below(Fraction(9, 4), 2)
    (Fraction(5, 4), Fraction(3, 2))
    """
    return Fraction(floor_root((value.numerator << 2 * bits) // value.denominator), 1 << bits)


def root_above(value: Fraction, bits: int) -> Fraction:
    """Return the smallest multiple of 2^-bits that is at least the square root of a number >= 0.

    >>> root_above(Fraction(2), 2), root_above(Fraction(9, 4), 2)
    (Fraction(3, 2), Fraction(3, 2))
    """
    return Fraction(ceil_root(-((-value.numerator << 2 * bits) // value.denominator)), 1 << bits)


@lru_cache(maxsize=4096)
def scaled_root(radicand: int, bits: int) -> tuple[int, int]:
    """Return the integers next to 2^bits times the square root of an integer >= 0, twice the same where that is an integer.

    >>> scaled_root(2, 2), scaled_root(4, 2)
    ((5, 6), (8, 8))
    """
    square = radicand << 2 * bits
    root = isqrt(square)
    return root, root + (root * root != square)
