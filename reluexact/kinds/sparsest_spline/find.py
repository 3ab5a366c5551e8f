"""The sparsest linear spline: the optimal function of fewest kinks for one feature and free biases, from a proved optimum.

The fit of all optimal networks is the same where the loss is strictly convex. Let a_i be the change of slope at place i of the
function that connects the dots. In an optimal network no neurons of opposite sign cancel at a kink (if ``(x - k)+`` of sign + and
``(k - x)+`` of sign - were tight, theta would see twice the penalty in a line), so between the first and the last place its
slope changes by ``sum |a_i|`` in all. Interpolants with this total are, on a run of consecutive places with a_i of equal sign,
convex or concave between the canonical tangents, and have at least ``ceil(r / 2)`` kinks on a run of length r; a place with
a_i = 0 ends a run (Debarre, Denoyelle, Unser & Fageot 2022, Sparsest piecewise-linear regression of one-dimensional data). Two
neighbouring kinks of a run merge at their barycentre; of a run of odd length one kink stays alone, any of those with an odd
number, or the pieces between turn around a place: hence the ranges. Everything is rational.
"""

from __future__ import annotations

from fractions import Fraction

from reluexact.errors import InputError
from reluexact.evidence.status import Status
from reluexact.kinds.optimum.problem_claim import ProblemOptimum
from reluexact.kinds.sparsest_spline.claim import Kink, SparsestSpline
from reluexact.numbers.types import Vector

Change = tuple[Fraction, Fraction]
"""A place and the change of slope there."""


def sparsest_spline(optimum: ProblemOptimum) -> SparsestSpline:
    """Return an optimal function of fewest kinks, with the range of each kink.

    optimum: PROVED, of a problem with one feature, free biases and a strictly convex loss (squared, with any row weights).
    Raises InputError for any other.

    >>> from reluexact.kinds.optimum.problem_find import solve_problem
    >>> from reluexact.model.dataset import Dataset
    >>> from reluexact.model.problem import Problem
    >>> data = Dataset([[0], [1], [2], [3], [4]], [0, 0, 1, 3, 6])
    >>> spline = sparsest_spline(solve_problem(Problem(data, "1/100", output_bias="free", hidden_bias="free", skip="free")))
    >>> spline.fewest, [kink.low < kink.high for kink in spline.kinks]
    (2, [True, True])
    """
    _require(optimum)
    fits: dict[Fraction, Fraction] = {}
    for row, value in zip(optimum.data.X, optimum.fit, strict=True):
        if value.low != value.high:
            raise InputError("optimum: its fit is not rational; only rational fits are drawn exactly")
        fits[row[0]] = value.low
    places = tuple(sorted(fits))
    return spline_through(places, tuple(fits[place] for place in places))


def spline_through(places: Vector, fit: Vector) -> SparsestSpline:
    """Return the interpolant of least total change of slope that has the fewest kinks; ``places`` ascend strictly.

    >>> F = Fraction
    >>> spline = spline_through(tuple(map(F, range(7))), tuple(map(F, (0, 0, 1, 3, 5, 8, 12))))    # changes 1, 1, 0, 1, 1
    >>> [(str(kink.at), str(kink.change)) for kink in spline.kinks]
    [('3/2', '2'), ('9/2', '2')]
    """
    slopes = [(b - a) / (q - p) for a, b, p, q in zip(fit, fit[1:], places, places[1:], strict=False)]
    changes = [(places[i + 1], slopes[i + 1] - slopes[i]) for i in range(len(slopes) - 1)]
    kinks = [kink for run in runs(changes) for kink in run_kinks(run)]
    return SparsestSpline(places=places, fit=fit, slope=slopes[0] if slopes else Fraction(0), kinks=tuple(kinks))


def runs(changes: list[Change]) -> list[list[Change]]:
    """Return the maximal lists of consecutive places whose slopes change with one sign; none of them is 0."""
    found: list[list[Change]] = []
    last = Fraction(0)
    for place, change in changes:
        if change and last * change > 0:
            found[-1].append((place, change))
        elif change:
            found.append([(place, change)])
        last = change
    return found


def run_kinks(run: list[Change]) -> list[Kink]:
    """Return the kinks of a run: pairs from the left, and a last one alone if their number is odd."""
    kinks = []
    for first in range(0, len(run), 2):
        own = run[first : first + 2]
        change = sum((amount for _, amount in own), Fraction(0))
        at = _barycentre(own)
        if len(run) % 2 == 0:
            kinks.append(Kink(at=at, change=change, low=at, high=at))
            continue
        low = _barycentre(run[first - 1 : first + 1]) if first else run[first][0]
        kinks.append(Kink(at=at, change=change, low=low, high=_barycentre(own)))
    return kinks


def _barycentre(pair: list[Change]) -> Fraction:
    total = sum((change for _, change in pair), Fraction(0))
    return sum((place * change for place, change in pair), Fraction(0)) / total


def _require(optimum: ProblemOptimum) -> None:
    if not isinstance(optimum, ProblemOptimum):
        text = "pass rx.solve(rx.Problem(data, penalty, hidden_bias='free', output_bias='free'))"
        raise InputError(f"optimum: a {type(optimum).__name__} is not the optimum of a problem with free biases; {text}")
    problem = optimum.problem
    if optimum.status is not Status.PROVED:
        raise InputError(f"optimum: it is {optimum.status.name}; the sparsest spline is known only once it is PROVED")
    if not problem.free_bias or problem.data.d != 1:
        raise InputError("optimum: the sparsest spline is about one feature with hidden_bias='free' and output_bias='free'")
    if any(not piece[0] for piece in problem.row_losses[0].pieces):
        raise InputError(f"optimum: the fit is not unique with the loss {problem.loss.name}; take one that is strictly convex")
