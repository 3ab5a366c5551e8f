"""Between Fractions and python-flint's balls (``arb``): the only conversions."""

from __future__ import annotations

from fractions import Fraction

import flint


def ball(middle: Fraction, radius: Fraction = Fraction(0)) -> flint.arb:
    """Return a ball of the current precision that contains all numbers within ``radius`` of ``middle``.

    >>> from fractions import Fraction
    >>> Fraction(1, 3) * 3 == 1 and ball(Fraction(1, 3)).contains(flint.arb(1) / 3)
    True
    """
    center = flint.arb(flint.fmpq(middle.numerator, middle.denominator))
    if not radius:
        return center
    return center + flint.arb(0, flint.arb(flint.fmpq(radius.numerator, radius.denominator)).upper())


def midpoint(value: flint.arb) -> Fraction:
    """Return the exact midpoint of a ball.

    >>> midpoint(flint.arb(3) / 4)
    Fraction(3, 4)
    """
    mantissa, exponent = map(int, value.mid().man_exp())
    return Fraction(mantissa << exponent) if exponent >= 0 else Fraction(mantissa, 1 << -exponent)


def rounded(value: flint.arb, bits: int) -> flint.arb:
    """Return the multiple of ``2**-bits`` that is nearest to the midpoint of a ball, the even one of two.

    >>> [midpoint(rounded(flint.arb(k) / 8, 2)) for k in (1, 3, -5)]
    [Fraction(0, 1), Fraction(1, 2), Fraction(-1, 2)]
    """
    mantissa, exponent = map(int, value.mid().man_exp())
    below = -(exponent + bits)
    if below <= 0:
        return value.mid()
    whole, rest = mantissa >> below, mantissa & ((1 << below) - 1)
    half = 1 << (below - 1)
    up = rest > half or (rest == half and whole & 1)
    return flint.arb(whole + up) * flint.arb(2) ** -bits
