"""How long the next segment of a piece is tried, on the logarithmic scale of the penalty."""

from __future__ import annotations

from fractions import Fraction
from math import exp, log1p

LEAST = 1e-4
"""Segments shorter than this on the logarithmic scale, or than this share of a piece, are not tried."""
DESPERATE = 64
"""Segments at most so many times the shortest are tried with more than what is needed."""
GIVEN_UP = 8
"""A gap is so many times longer than what was tried last."""


class Steps:
    """Lengths of the segments of one piece, from its high end to its low one."""

    def __init__(self, low: Fraction, high: Fraction) -> None:
        self.low = low
        self.step = _distance(low, high)
        self.least = LEAST * min(1.0, self.step)

    def trial(self, high: Fraction) -> Fraction:
        """Return the low end of the segment to try, so that what is left is not much shorter than it."""
        rest = _distance(self.low, high)
        if self.step > 0.75 * rest:
            return self.low
        return high * Fraction(exp(-self.step if self.step < 0.5 * rest else -rest / 2))

    def is_desperate(self, low: Fraction, high: Fraction) -> bool:
        """Say whether a segment is so short that everything is tried for it."""
        return _distance(low, high) < DESPERATE * self.least

    def proved(self, low: Fraction, high: Fraction) -> None:
        """Try twice as much next."""
        self.step = 2 * _distance(low, high)

    def failed(self, low: Fraction, high: Fraction) -> Fraction | None:
        """Try half as much; return the low end of a gap where that is too little."""
        self.step = _distance(low, high) / 2
        if self.step >= self.least:
            return None
        self.step, self.least = self.step * GIVEN_UP, self.least * GIVEN_UP / 2
        return self.trial(high)


def _distance(low: Fraction, high: Fraction) -> float:
    return log1p(float((high - low) / low))
