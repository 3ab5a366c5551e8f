"""Enclosures of log and exp in integers: numbers are multiples of u = 2^-BITS, every step is rounded down and counted."""

from __future__ import annotations

from fractions import Fraction
from math import floor

from .quantities import ONE, ZERO, Interval

BITS = 256
UNIT = 1 << BITS
LOG_TERMS = 86
EXP_TERMS = 24


def log_series(z: Fraction) -> Interval:
    """Enclose ``2 artanh(z) = 2 (z + z^3/3 + z^5/5 + ...)``, 0 <= z <= 1/3.

    All in u. Rounding z moves the sum by less than 9/4, for its slope is ``2 / (1 - z^2)``. A power is too small by d <= 3/2: the
    next one is so by at most d/9 (z^2 <= 1/9) and 1/3 (z^2 too small by 1, times a power) and 1. So a term is too small by
    at most 4. What the series goes on with is at most ``9/4 3^-(2 LOG_TERMS + 1) < 1``. That is in all 4 LOG_TERMS + 4.
    """
    scaled = floor(z * UNIT)
    square = scaled * scaled >> BITS
    power, total = scaled, 0
    for k in range(LOG_TERMS):
        total += 2 * power // (2 * k + 1)
        power = power * square >> BITS
    return Fraction(total, UNIT), Fraction(total + 4 * LOG_TERMS + 4, UNIT)


LOG_TWO = log_series(Fraction(1, 3))


def log(q: Fraction) -> Interval:
    """Enclose the logarithm of q >= 1: ``q = 2^k m`` with 1 <= m < 2, and ``log m = 2 artanh((m - 1) / (m + 1))``."""
    if q == ONE:
        return ZERO, ZERO
    k = q.numerator.bit_length() - q.denominator.bit_length()
    k -= q < Fraction(2) ** k
    m = q / 2**k
    low, high = log_series((m - 1) / (m + 1))
    return k * LOG_TWO[0] + low, k * LOG_TWO[1] + high


def exp_minus(x: Fraction) -> Interval:
    """Enclose ``exp(-x)``, x >= 0: with h = x / 2^r < 2^-8 the series of exp(-h), then r squarings.

    In u: rounding h costs 1; a term of the series is too small by d <= 2, since the next one is so by at most d h / k + 1. Terms
    alternate and fall, so what the series goes on with is at most its first term, ``h^TERMS / TERMS! < 2^-192 / 2^79 < 1``.
    Squarings round outwards. Where x >= BITS the value is below ``2^-BITS``.
    """
    if x >= BITS:
        return ZERO, Fraction(1, UNIT)
    r = floor(x).bit_length() + 8
    h = floor(x * UNIT) >> r
    term, total = UNIT, 0
    for k in range(1, EXP_TERMS + 1):
        total += term if k % 2 else -term
        term = (term * h >> BITS) // k
    low, high = total - 2 * EXP_TERMS - 2, total + 2 * EXP_TERMS + 2
    for _ in range(r):
        low, high = low * low >> BITS, -(-high * high >> BITS)
    return Fraction(low, UNIT), Fraction(high, UNIT)
