"""The interpolants of fewest kinks that cost least, and the range of each kink; everything is rational, nothing is rounded.

Let a_i be the change of slope at place i of the function that connects the dots. A *run* is a maximal list of neighbouring places
whose a_i are not 0 and have one sign. Between two neighbours of one run a function may turn early or late at no cost, elsewhere
it is a line from dot to dot; every interpolant has ``ceil(r / 2)`` kinks on a run of length r or more, since each second place
needs one of the run's sign between its neighbours (Debarre, Denoyelle, Unser & Fageot 2022, Sparsest piecewise-linear regression
of one-dimensional data, for a cost-free slope; the proof for all cases is in CERTIFICATE.md, kind ``sparsest-spline``).

Two neighbouring kinks of a run merge at their barycentre; of a run of odd length one kink stays alone, any of those with an odd
number, or the piece between two turns around a place: hence the ranges. Without a free skip connection, where all slopes are of
one sign and large, a network pays for the slope itself; then a kink of that sign costs the same to the left of the data, or one
of the other sign to the right, so that an odd run at such an end behaves as if it went on at the end place.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from reluexact.kinds.sparsest_spline.claim import Kink, Spline
from reluexact.kinds.sparsest_spline.turns import slopes_of, turns_of
from reluexact.numbers.types import Vector

ZERO = Fraction(0)

Change = tuple[Fraction, Fraction]
"""A place and the change of slope there."""


@dataclass(frozen=True, slots=True)
class Run:
    """A run of changes; before, after: a change outside of the data that its first or last kink may share, if there is one."""

    changes: tuple[Change, ...]
    before: Change | None = None
    after: Change | None = None


def spline_through(places: Vector, fit: Vector, skip: Fraction | None) -> Spline:
    """Return the interpolant of least cost that has the fewest kinks; ``places`` ascend strictly.

    skip: the coefficient of the skip connection; None where its slope costs nothing.

    >>> F = Fraction
    >>> spline = spline_through(tuple(map(F, range(7))), tuple(map(F, (0, 0, 1, 3, 5, 8, 12))), None)    # changes 1, 1, 0, 1, 1
    >>> [(str(kink.at), str(kink.change)) for kink in spline.kinks]
    [('3/2', '2'), ('9/2', '2')]
    """
    slopes = slopes_of(places, fit)
    turns = turns_of(slopes, skip)
    changes = list(zip(places[1:-1], turns[1:-1], strict=True))
    kinks = [kink for run in _with_ends(runs(changes), places, turns[0]) for kink in run_kinks(run)]
    return Spline(places=places, fit=fit, slope=slopes[0] if slopes else ZERO, kinks=tuple(kinks))


def runs(changes: list[Change]) -> list[tuple[Change, ...]]:
    """Return the maximal lists of consecutive places whose slopes change with one sign; none of them is 0."""
    found: list[tuple[Change, ...]] = []
    last = ZERO
    for place, change in changes:
        if change and last * change > 0:
            found[-1] += ((place, change),)
        elif change:
            found.append(((place, change),))
        last = change
    return found


def _with_ends(found: list[tuple[Change, ...]], places: Vector, room: Fraction) -> list[Run]:
    """Return the runs, each with the change of its sign that ``room`` allows at the first or the last place, its neighbour."""
    runs_ = []
    for run in found:
        first = run[0][0] == places[1] and run[0][1] * room > 0
        last = run[-1][0] == places[-2] and run[-1][1] * room < 0
        runs_.append(Run(run, (places[0], room) if first else None, (places[-1], -room) if last else None))
    return runs_


def run_kinks(run: Run) -> list[Kink]:
    """Return the kinks of a run: pairs from the left, and a last one alone if their number is odd."""
    kinks, changes = [], run.changes
    for first in range(0, len(changes), 2):
        own = changes[first : first + 2]
        at = _barycentre(*own)
        low = high = at
        if len(changes) % 2:
            before = changes[first - 1] if first else run.before
            after = changes[first + 1] if first + 1 < len(changes) else run.after
            low = _barycentre(changes[first], *([before] if before else []))
            high = _barycentre(changes[first], *([after] if after else []))
        kinks.append(Kink(at=at, change=sum((change for _, change in own), ZERO), low=low, high=high))
    return kinks


def _barycentre(*changes: Change) -> Fraction:
    total = sum((change for _, change in changes), ZERO)
    return sum((place * change for place, change in changes), ZERO) / total
