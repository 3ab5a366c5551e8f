"""The optimal functions of fewest kinks of a problem with one feature and free biases."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from os import PathLike

from reluexact.errors import InputError, Message
from reluexact.evidence.status import Status
from reluexact.kinds.optimum.problem_claim import ProblemOptimum
from reluexact.kinds.sparsest_spline.turns import band, dimension, slopes_of, turns_of
from reluexact.numbers.rational import to_fraction
from reluexact.numbers.types import Vector
from reluexact.public import Formula, Pictured, Tabular, public


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
class Spline:
    """A piecewise linear function through values at places, which ascend strictly; ``slope``: that before the first kink."""

    places: Vector
    fit: Vector
    slope: Fraction
    kinks: tuple[Kink, ...]

    def value(self, place: Fraction) -> Fraction:
        """Return the value of the function, whose outer pieces go on as lines."""
        total = self.fit[0] + self.slope * (place - self.places[0])
        return total + sum((kink.change * max(Fraction(0), place - kink.at) for kink in self.kinks), Fraction(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class SparsestSpline(Spline, Formula, Pictured, Tabular):
    """A piecewise linear function that an optimal network computes between the first and the last place of the data.

    No optimal network, of whatever width, computes a function with fewer kinks there. status: PROVED, or UNDECIDED with the
    ``reason``; then there are no places and kinks. places: the distinct values of the feature, ascending; fit: the values of
    every optimal function there. slope: that of this function before its first kink. skip: the coefficient of the skip connection
    in every optimal network, 0 where there is none; None where it is free, since it then follows the function.
    """

    optimum: ProblemOptimum
    status: Status
    reason: Message
    skip: Fraction | None

    @property
    def fewest(self) -> int:
        """Return the least number of kinks; raise InputError where it is UNDECIDED."""
        self._require_proved()
        return len(self.kinks)

    @property
    def neurons(self) -> tuple[int, int]:
        """Return bounds of the fewest neurons of an optimal network, which differ by 1 at most.

        Each kink needs a neuron; a neuron for each kink, all to the right, gives the function where that needs no slope before
        them, and all to the left, where it needs none behind them. Else one kink may need one to each side, or the slope a neuron
        with its kink outside of the data (CERTIFICATE.md, kind ``sparsest-spline``).
        """
        kinks = self.fewest
        last = self.slope + sum((kink.change for kink in self.kinks), Fraction(0))
        if self.skip is None or self.skip in (self.slope, last):
            return kinks, kinks
        return max(kinks, 1), kinks + 1

    @property
    def unique(self) -> bool:
        """Say whether all optimal networks compute this function between the first and the last place."""
        self._require_proved()
        turns = turns_of(slopes_of(self.places, self.fit), self.skip)
        return all(one * other <= 0 for one, other in pairwise(turns))

    @property
    def dimension(self) -> int:
        """Return the dimension of the polytope of all optimal networks over ``optimum.neurons``, which have their kinks in rows.

        Networks with kinks between rows have the same outputs in rows as some of these, at the same cost.
        """
        self._require_proved()
        return dimension(self.places, self.fit, self.skip)

    def band(self, place: object) -> tuple[Fraction, Fraction]:
        """Return the least and the greatest value at a place of all optimal functions, those with more kinks included.

        place: a number between the first and the last place; InputError for others, where the functions can differ by any amount.

        >>> import reluexact as rx
        >>> line = rx.Problem(rx.Dataset([[0], [1], [2]], [0, 1, 3]), "7/32", hidden_bias="free", output_bias="free")
        >>> [str(value) for value in rx.sparsest_spline(rx.solve(line)).band("1/2")]
        ['7/16', '39/64']
        """
        self._require_proved()
        at = to_fraction(place, where="place", choice=False)
        if not self.places[0] <= at <= self.places[-1]:
            ends = f"{self.places[0]} and {self.places[-1]}"
            raise InputError(f"place: {at} is not between {ends}, the first and the last place of the data")
        return band(self.places, self.fit, self.skip, at)

    def save(self, path: str | PathLike[str]) -> None:
        """Write the certificate, whole or not at all."""
        public("save")(self, path)

    def _require_proved(self) -> None:
        if self.status is not Status.PROVED:
            raise InputError(Message("the fewest kinks are UNDECIDED (", self.reason, ")"))

    def __repr__(self) -> str:
        """Show the number of kinks."""
        if self.status is not Status.PROVED:
            return f"SparsestSpline({self.status.name}, {self.reason})"
        free = sum(kink.low < kink.high for kink in self.kinks)
        return f"SparsestSpline({self.fewest} kinks, {free} of them movable)"
