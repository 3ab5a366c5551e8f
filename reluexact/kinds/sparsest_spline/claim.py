"""The optimal functions of fewest kinks of a problem with one feature and free biases."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from reluexact.numbers.types import Vector


@dataclass(frozen=True, slots=True, kw_only=True)
class Kink:
    """A kink of one function of fewest kinks, and where it may be in others.

    at: where it is in that function. change: how much the slope grows there. low, high: over all functions of fewest kinks the
    kink of this number lies in this range, and every place in it is reached; low == high where it cannot move.
    """

    at: Fraction
    change: Fraction
    low: Fraction
    high: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class SparsestSpline:
    """A piecewise linear function that an optimal network computes between the first and the last place of the data.

    No optimal network computes a function with fewer kinks there. places: the distinct values of the feature, ascending; fit: the
    values of every optimal function there. slope: that of the function before its first kink.
    """

    places: Vector
    fit: Vector
    slope: Fraction
    kinks: tuple[Kink, ...]

    @property
    def fewest(self) -> int:
        """Return the least number of kinks."""
        return len(self.kinks)

    def value(self, place: Fraction) -> Fraction:
        """Return the value of the function, whose outer pieces go on as lines."""
        total = self.fit[0] + self.slope * (place - self.places[0])
        return total + sum((kink.change * max(Fraction(0), place - kink.at) for kink in self.kinks), Fraction(0))

    def __repr__(self) -> str:
        """Show the number of kinks."""
        free = sum(kink.low < kink.high for kink in self.kinks)
        return f"SparsestSpline({self.fewest} kinks, {free} of them movable)"
