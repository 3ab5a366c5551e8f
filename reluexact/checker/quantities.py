"""Exact numbers: their types, and how they are written in decimals."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from fractions import Fraction

Vector = list[Fraction]
Matrix = list[Vector]
Interval = tuple[Fraction, Fraction]
ZERO, ONE = Fraction(0), Fraction(1)


def decimal(value: Fraction, rounding: str) -> str:
    """Write a number with 30 significant digits."""
    return str(Context(prec=30, rounding=rounding).divide(Decimal(value.numerator), Decimal(value.denominator)))


def interval_text(low: Fraction, high: Fraction) -> str:
    """Write an interval in decimals, rounded outwards."""
    return f"[{decimal(low, ROUND_FLOOR)}, {decimal(high, ROUND_CEILING)}]"
