"""Decimal texts of rational numbers, correctly rounded, of any length."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import ceil, floor, log10

from reluexact.numbers.rational import whole_text

PLAIN = 6
"""So many zeros may follow the point before a text changes to exponent notation."""


def magnitude(value: Fraction) -> int:
    """Return the e with ``10^e <= |value| < 10^(e+1)``; the value must not be 0.

    >>> magnitude(Fraction(999)), magnitude(Fraction(1000)), magnitude(Fraction(-1, 1000))
    (2, 3, -3)
    """
    size = abs(value)
    exponent = floor((size.numerator.bit_length() - size.denominator.bit_length()) * log10(2))
    while size < Fraction(10) ** exponent:
        exponent -= 1
    while size >= Fraction(10) ** (exponent + 1):
        exponent += 1
    return exponent


def rounded_text(value: Fraction, digits: int) -> str:
    """Round half to even at ``digits`` significant digits.

    >>> rounded_text(Fraction(2, 3), 5), rounded_text(Fraction(-99999, 10), 3), rounded_text(Fraction(1, 3 * 10**9), 3)
    ('0.66667', '-10000', '3.33e-10')
    """
    if not value:
        return "0"
    shift = digits - 1 - magnitude(value)
    number = round(abs(value) * Fraction(10) ** shift)
    if number >= 10**digits:
        number, shift = number // 10, shift - 1
    text, sign = whole_text(number), "-" if value < 0 else ""
    if shift <= 0:
        return sign + text + "0" * -shift
    if shift > digits + PLAIN:
        return f"{sign}{text[0]}{'.' if text[1:] else ''}{text[1:]}e-{shift - len(text) + 1}"
    text = text.rjust(shift + 1, "0")
    return f"{sign}{text[:-shift]}.{text[-shift:]}"


def bounds_text(lower: Fraction, upper: Fraction, digits: int = 10) -> str:
    """Write proved bounds of the optimal value, rounded outwards to so many significant digits.

    >>> bounds_text(Fraction(2, 3), Fraction(5, 3), 3), bounds_text(Fraction(0), Fraction(7), 3)
    ('0.666 <= optimal value <= 1.67', '0 <= optimal value <= 7.00')
    """
    low, high = (_outward(value, digits, how) for value, how in ((lower, floor), (upper, ceil)))
    return f"{low} <= optimal value <= {high}"


def _outward(value: Fraction, digits: int, how: Callable[[Fraction], int]) -> str:
    if not value:
        return "0"
    unit = Fraction(10) ** (magnitude(value) - digits + 1)
    return rounded_text(how(value / unit) * unit, digits)


def ends_text(low: Fraction, high: Fraction) -> str:
    """Return two different ends, rounded outwards, with as many digits as tell them apart.

    >>> ends_text(Fraction(1, 3), Fraction(1, 3) + Fraction(1, 1000))
    '0.33333, 0.33434'
    """
    last = magnitude(high - low) - 2
    unit = Fraction(10) ** last
    digits = max(magnitude(max(abs(low), abs(high))) - last, 0) + 1
    return f"{rounded_text(floor(low / unit) * unit, digits)}, {rounded_text(ceil(high / unit) * unit, digits)}"
