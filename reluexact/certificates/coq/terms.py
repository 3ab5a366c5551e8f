"""Numbers and lists as terms of Coq."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from fractions import Fraction
from math import ceil

_WIDTH = 118
_LONG = 10**1000


def rational(value: Fraction) -> str:
    """Write a rational number; numerals of a thousand digits and more in base 16, which Coq reads faster.

    >>> rational(Fraction(-3)), rational(Fraction(1, 2))
    ('-3', '1 # 2')
    """
    if value.denominator == 1 and abs(value.numerator) < _LONG:
        return f"{value.numerator}"
    return f"{_integer(value.numerator)} # {_integer(value.denominator)}"


def argument(value: Fraction) -> str:
    """Write a rational number as the argument of a function.

    >>> argument(Fraction(3)), argument(Fraction(-3)), argument(Fraction(1, 2))
    ('3', '(-3)', '(1 # 2)')
    """
    text = rational(value)
    return text if text.isdigit() else f"({text})"


def vector(values: Iterable[Fraction]) -> str:
    """Write a list of rational numbers."""
    return f"[{'; '.join(map(rational, values))}]"


def listed(entries: Iterable[str]) -> str:
    """Write a list of terms, on lines of its own when it is long."""
    return lines("[", entries, "]")


def lines(start: str, entries: Iterable[str], end: str) -> str:
    """Write terms between two brackets."""
    text = f"{start}{'; '.join(entries)}{end}"
    if len(text) <= _WIDTH // 2:
        return f" {text}"
    return "\n" + textwrap.fill(text, _WIDTH, initial_indent="  ", subsequent_indent="    ", break_long_words=False)


def rounded_up(value: Fraction) -> Fraction:
    """Round a positive number up to two or three digits; nothing else is wanted of a gap.

    >>> rounded_up(Fraction(1, 3)), rounded_up(Fraction(-1))
    (Fraction(167, 500), Fraction(0, 1))
    """
    if value <= 0:
        return Fraction(0)
    bits = value.numerator.bit_length() - value.denominator.bit_length()
    unit = Fraction(10) ** (bits * 30103 // 100000 - 2)
    return ceil(value / unit) * unit


def _integer(value: int) -> str:
    return str(value) if abs(value) < _LONG else hex(value)
