"""Rational bounds of ``log(1 + exp(-t))`` and of the entropy, from python-flint's balls, rounded outwards.

They leave room on purpose: who encloses the same functions to ``BITS + 8`` bits in another way finds that they hold.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import ceil, floor

import flint

from reluexact.numbers.ball import ball, midpoint

BITS = 192
"""Bounds are multiples of 2^-BITS, by 1 to 3 of these outside of what they bound."""

_GUARD = 64
_UNIT = 1 << BITS


def softplus_above(point: Fraction) -> Fraction:
    """Return a rational number above ``log(1 + exp(-point))``, by at most ``3 * 2^-BITS``.

    >>> float(softplus_above(Fraction(0))), float(softplus_above(Fraction(-1000))), softplus_above(Fraction(10) ** 400) * 2**192
    (0.6931471805599453, 1000.0, Fraction(1, 1))
    """
    size = abs(point)
    rest = Fraction(0) if size > 2 * BITS else _ends(lambda: (-ball(size)).exp().log1p())[1]
    return max(Fraction(0), -point) + Fraction(ceil(rest * _UNIT) + 1, _UNIT)


def entropy_below(share: Fraction) -> Fraction:
    """Return a rational number below ``-s log s - (1 - s) log(1 - s)``, 0 <= s <= 1, by at most ``3 * 2^-BITS``; exact at ends.

    >>> float(entropy_below(Fraction(1, 2))), entropy_below(Fraction(0)), entropy_below(Fraction(1))
    (0.6931471805599453, Fraction(0, 1), Fraction(0, 1))
    """
    if not 0 < share < 1:
        return Fraction(0)
    low = _ends(lambda: sum((-ball(s) * ball(s).log() for s in (share, 1 - share)), flint.arb(0)))[0]
    return max(Fraction(0), Fraction(floor(low * _UNIT) - 1, _UNIT))


def share_near(point: Fraction) -> Fraction:
    """Return ``1 / (1 + exp(point))`` to the nearest multiple of 2^-BITS or one beside it: a proposal, no bound.

    >>> share_near(Fraction(0)), share_near(Fraction(10**400)), share_near(Fraction(-(10**400)))
    (Fraction(1, 2), Fraction(0, 1), Fraction(1, 1))
    """
    if abs(point) > BITS:
        return Fraction(int(point < 0))
    low, high = _ends(lambda: 1 / (1 + ball(point).exp()))
    return Fraction(round((low + high) / 2 * _UNIT), _UNIT)


def _ends(compute: Callable[[], flint.arb]) -> tuple[Fraction, Fraction]:
    """Return the ends of a ball, computed with enough bits for one unit."""
    with flint.ctx.workprec(BITS + _GUARD):
        value = compute()
        return midpoint(value.lower()), midpoint(value.upper())
