"""Decimal texts of rational numbers, correctly rounded, of any length."""

from __future__ import annotations

import math
from fractions import Fraction

from reluexact.numbers.rational import whole_text

PLAIN = 6
"""So many zeros may follow the point before a text changes to exponent notation."""


def magnitude(value: Fraction) -> int:
    """Return the e with ``10^e <= |value| < 10^(e+1)``; the value must not be 0.

    >>> magnitude(Fraction(999)), magnitude(Fraction(1000)), magnitude(Fraction(-1, 1000))
    (2, 3, -3)
    """
    size = abs(value)
    exponent = math.floor((size.numerator.bit_length() - size.denominator.bit_length()) * math.log10(2))
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


def ends_text(low: Fraction, high: Fraction) -> str:
    """Return two different ends, rounded outwards, with as many digits as tell them apart.

    >>> ends_text(Fraction(1, 3), Fraction(1, 3) + Fraction(1, 1000))
    '0.33333, 0.33434'
    """
    last = magnitude(high - low) - 2
    unit = Fraction(10) ** last
    digits = max(magnitude(max(abs(low), abs(high))) - last, 0) + 1
    return f"{rounded_text(math.floor(low / unit) * unit, digits)}, {rounded_text(math.ceil(high / unit) * unit, digits)}"
