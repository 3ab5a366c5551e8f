"""How the dual point follows from the fit, row by row: the KKT condition ``-theta_i in o_i dl_i(f_i)`` where a place is chosen.

A convex piecewise linear-quadratic loss has pieces, between them breakpoints. Where a row's fit lies on a piece, theta_i is an
affine function of the fit; at a breakpoint the fit is known, and theta_i may be anything between the slopes of the two pieces
(Rockafellar & Wets 1998, Variational Analysis, section 10E). Places are counted from the left: 0 is the first piece, 1 the first
breakpoint, 2 the second piece.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from reluexact.model.convex import Convex, evaluate, slope


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceLaw:
    """On a piece ``o l(f) = constant + linear f + square f^2 / 2`` for ``low <= f <= high`` (None: no end)."""

    constant: Fraction
    linear: Fraction
    square: Fraction
    low: Fraction | None = None
    high: Fraction | None = None

    @property
    def base(self) -> Fraction:
        """Return ``base`` of ``theta = base - square f``."""
        return -self.linear


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakLaw:
    """At the breakpoint ``f = level``, where the loss is ``cost``: ``low <= theta <= high``."""

    level: Fraction
    cost: Fraction
    low: Fraction
    high: Fraction


Law = PieceLaw | BreakLaw


def law_at(function: Convex, place: int) -> Law:
    """Return the law of a row whose loss, times its weight, is this function of the fit.

    >>> hinge = Convex(None, None, (Fraction(1),), ((Fraction(0), Fraction(-1), Fraction(1)), (Fraction(0),) * 3))
    >>> law_at(hinge, 0).base, law_at(hinge, 1).high
    (Fraction(1, 1), Fraction(1, 1))
    """
    number = place // 2
    if place % 2:
        level = function.breakpoints[number]
        left, right = function.pieces[number], function.pieces[number + 1]
        return BreakLaw(level=level, cost=evaluate(left, level), low=-slope(right, level), high=-slope(left, level))
    q, k, c = function.pieces[number]
    ends = (None, *function.breakpoints, None)
    return PieceLaw(constant=c, linear=k, square=2 * q, low=ends[number], high=ends[number + 1])
