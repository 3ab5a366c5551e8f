"""When bounds are worth some time, and which are tried: by how much a dual point is divided, in which order.

It decides what is tried, never what holds: seconds, and the factors by which a point may exceed the penalty, in floats.
"""

from __future__ import annotations

from fractions import Fraction
from math import inf, sqrt

LAST_SECONDS = 0.8
"""How long bounds are improved once the work is stopped."""

SEARCHED = 0.7
"""The share of the time for bounds that goes into the search for a tree, the rest is for its exact check."""

_SHARE, _PIECE, _LONGEST = 0.1, 0.25, 3.0
_QUIET, _UNSEEN = 2.0, 20.0
_CLOSE, _NEARLY = 2.0**-40, 1.0 + 2.0**-24
_FIRST, _FINER, _COARSER, _SLICE = 0.5, 0.3, 0.7, 0.6
_STOPS = 4


class Turns:
    """How many seconds may go into bounds on the way: none in the first seconds, later some share of the time.

    >>> turns = Turns()
    >>> [turns.next(elapsed, settled=True) for elapsed in (1.0, 4.0, 8.0, 16.0)]
    [0.0, 2.0, 0.0, 2.0]
    >>> turns.next(100.0, settled=False)
    10.0
    >>> Turns(seen=False).next(16.0, settled=True)
    0.0
    """

    def __init__(self, *, seen: bool = True) -> None:
        """Begin with nothing spent; bounds that nobody sees are worth time in long runs only, should these be stopped."""
        self._spent, self._wait, self._taken = 0.0, _QUIET if seen else _UNSEEN, 0

    def next(self, elapsed: float, *, settled: bool) -> float:
        """Return the seconds for now, 0 for none. settled: nothing better will be proposed, so that one long turn is best."""
        if elapsed < self._wait:
            return 0.0
        if settled:
            self._wait, self._taken = 4.0 * elapsed, self._taken + 1
            return min(elapsed / 2.0, _LONGEST) if self._taken == 1 else elapsed / 8.0
        allowed = _SHARE * elapsed - self._spent
        return allowed if allowed > _PIECE else 0.0

    def spent(self, seconds: float) -> None:
        """Hear what a turn took."""
        self._spent += seconds


class Excesses:
    """By what a dual point is divided: from what makes a single leaf do, down to the factor by which it exceeds the penalty.

    >>> steps = Excesses()
    >>> steps.begin(16.0)
    >>> round(float(steps.excess), 6), steps.more()
    (16.000001, True)
    >>> steps.proved()
    >>> round(float(steps.excess), 6), steps.exceeded(2.0), round(float(steps.excess), 6)
    (4.0, None, 5.656854)
    """

    def __init__(self) -> None:
        """Begin with no idea of the factor."""
        self._low, self._high, self._fine = 1.0, inf, 1.0
        self._step, self._stops, self._excess, self._first = _FIRST, 0, inf, True

    def exceeds(self, factor: float) -> None:
        """Hear before the first try by how much the point is thought to exceed the penalty.

        >>> steps = Excesses()
        >>> steps.exceeds(4.0)
        >>> round(float(steps.nearly), 6), steps.first
        (4.0, True)
        """
        self._low = self._fine = max(1.0, factor)

    @property
    def known(self) -> bool:
        """Say whether it has begun."""
        return self._high < inf

    def begin(self, root: float) -> None:
        """Take what the root alone shows."""
        self._high = self._excess = max(1.0, root) * _NEARLY

    def between(self, low: float, high: float) -> None:
        """Take what a search has shown: the point exceeds the penalty by ``low`` at least, and by ``high`` at most.

        >>> steps = Excesses()
        >>> steps.between(2.0, 8.0)
        >>> round(float(steps.excess), 6), steps.first
        (4.0, False)
        """
        self._low = self._fine = max(1.0, low)
        self._high, self._step, self._stops, self._first = max(high, self._low), _FIRST, 0, False
        self._choose()

    def begin_nearly(self) -> None:
        """Take hardly more than the known excess, which is proved to be enough."""
        self.begin(self._low * _NEARLY)

    def again(self) -> None:
        """Go on with new time: what took too long may be tried again."""
        self._fine, self._stops, self._step, self._first = self._low, 0, _FIRST, False
        self._choose()

    @property
    def excess(self) -> Fraction:
        """Return the factor to try."""
        return Fraction(self._excess)

    @property
    def nearly(self) -> Fraction:
        """Return hardly more than what the point is known to exceed the penalty by."""
        return Fraction(self._low * _NEARLY)

    def more(self) -> bool:
        """Say whether it is worth going on."""
        return self._first or (self._stops < _STOPS and self._high > self._fine * (1.0 + _CLOSE))

    def share(self, seconds: float | None) -> float | None:
        """Return how many of the seconds the next try may take; the first has no limit, for it is short."""
        return None if seconds is None or self._first else seconds * _SLICE

    @property
    def first(self) -> bool:
        """Say whether nothing was tried yet."""
        return self._first

    def proved(self) -> None:
        """Hear that the factor is enough."""
        self._step = _FIRST if self._first else _FINER
        self._high, self._first = self._excess, False
        self._choose()

    def exceeded(self, factor: float) -> None:
        """Hear that the point exceeds the penalty by some factor at least."""
        self._low = max(self._low, factor)
        self._fine, self._first = max(self._fine, self._low), False
        self._choose()

    def stopped(self) -> None:
        """Hear that the factor asks for too much work."""
        self._stops, self._fine, self._step, self._first = self._stops + 1, self._excess, _COARSER, False
        self._choose()

    def _choose(self) -> None:
        self._excess = self._fine * (self._high / self._fine) ** self._step if self._high < inf else sqrt(self._low)


def times(excess: Fraction, value: float | Fraction, bound: Fraction) -> float:
    """Return by what the whole point exceeds a bound where the divided one has a value; more than the divisor in any case."""
    return float(excess) * max(float(value) / float(bound), 1.0 + _CLOSE)
