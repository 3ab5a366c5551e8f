"""The sparsest linear spline: the optimal function of fewest kinks for one feature and free biases, from a proved optimum.

The fit of all optimal networks is the same where the loss is strictly convex; their functions differ between the places of the
data, where :mod:`reluexact.kinds.sparsest_spline.kinks` has what costs least. All equations of such an optimum are linear, so it
is rational.
"""

from __future__ import annotations

from fractions import Fraction

from reluexact.errors import Argument, InputError, Message
from reluexact.evidence.status import Status
from reluexact.kinds.carries import require_carried
from reluexact.kinds.optimum.problem_claim import ProblemOptimum
from reluexact.kinds.sparsest_spline.claim import SparsestSpline
from reluexact.kinds.sparsest_spline.kinks import spline_through
from reluexact.model.problem import FREE, NONE, Problem
from reluexact.numbers.real import Real


def sparsest_spline(optimum: ProblemOptimum) -> SparsestSpline:
    """Return an optimal function of fewest kinks, with the range of each kink.

    optimum: PROVED, of a problem with one feature, free biases and a strictly convex loss (squared, with any row weights).
    The answer is UNDECIDED where the fit is only enclosed. Raises InputError for any other problem.

    >>> from reluexact.kinds.optimum.problem_find import solve_problem
    >>> from reluexact.model.dataset import Dataset
    >>> data = Dataset([[0], [1], [2], [3], [4]], [0, 0, 1, 3, 6])
    >>> spline = sparsest_spline(solve_problem(Problem(data, "1/100", output_bias="free", hidden_bias="free", skip="free")))
    >>> spline.fewest, [kink.low < kink.high for kink in spline.kinks]
    (2, [True, True])
    """
    if not isinstance(optimum, ProblemOptimum):
        text = "pass the answer of rx.solve about an rx.Problem whose hidden bias and output bias are free"
        raise InputError(f"optimum: a {type(optimum).__name__} is not the optimum of a problem with free biases; {text}")
    require_spline(optimum.problem)
    if optimum.status is not Status.PROVED:
        raise InputError(f"optimum: it is {optimum.status.name}; the sparsest spline is known only once it is PROVED")
    skip = _skip(optimum)
    known = [optimum.value, *optimum.fit, *([] if skip is None else [skip])]
    if any(entry.low != entry.high for entry in known):
        return _undecided(optimum, Message("the fit is enclosed, not exact; whether its values are collinear is not decided"))
    fits = {row[0]: value.low for row, value in zip(optimum.data.X, optimum.fit, strict=True)}
    places = tuple(sorted(fits))
    slope = None if skip is None else skip.low
    spline = spline_through(places, tuple(fits[place] for place in places), slope)
    return SparsestSpline(
        optimum=optimum,
        status=Status.PROVED,
        reason=Message(""),
        places=places,
        fit=spline.fit,
        slope=spline.slope,
        skip=slope,
        kinks=spline.kinks,
    )


def require_spline(problem: Problem) -> None:
    """Raise InputError, by name, where optimal functions are no linear splines of one fit.

    >>> from reluexact.model.dataset import Dataset
    >>> require_spline(Problem(Dataset([[1], [2]], [1, -1]), 1, "hinge", output_bias="free", hidden_bias="free"))
    Traceback (most recent call last):
    ...
    reluexact.errors.InputError: the fit is not unique with loss hinge, so optimal networks compute different functions; the \
fewest kinks are known for a strictly convex loss, such as squared
    """
    require_carried(problem, "sparsest_spline")
    free = Argument("hidden_bias", '"free"'), " and ", Argument("output_bias", '"free"')
    count, loss = problem.data.d, problem.loss
    if not problem.free_bias:
        has = ", ".join(problem.described()) or "no free bias"
        alone = "the fewest neurons are known for the squared loss without other parts only"
        raise InputError(Message("the fewest kinks are about one feature with ", *free, f" (the problem has {has}); {alone}"))
    if count != 1:
        raise InputError(f"the fewest kinks are about one feature, where optimal functions are linear splines; here are {count}")
    if any(not piece[0] for piece in problem.row_losses[0].pieces):
        raise InputError(
            f"the fit is not unique with loss {loss.name}, so optimal networks compute different functions; the fewest kinks are "
            "known for a strictly convex loss, such as squared"
        )


def _skip(optimum: ProblemOptimum) -> Real | None:
    """Return the coefficient of the skip connection, which is unique where it costs something; None where it is free."""
    skip = optimum.problem.skip
    if skip == FREE:
        return None
    return Real.rational(0) if skip == NONE else optimum.linear[-1]


def _undecided(optimum: ProblemOptimum, reason: Message) -> SparsestSpline:
    return SparsestSpline(
        optimum=optimum,
        status=Status.UNDECIDED,
        reason=reason,
        places=(),
        fit=(),
        slope=Fraction(0),
        skip=None,
        kinks=(),
    )
