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
    mantissa, exponent = value.mid().man_exp()
    scale = int(exponent)
    return Fraction(int(mantissa)) * (Fraction(2**scale) if scale >= 0 else Fraction(1, 2**-scale))
