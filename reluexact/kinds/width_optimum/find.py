"""The optimum over networks of at most a given number of neurons, and the curve of loss against width; proved."""

from __future__ import annotations

from collections.abc import Callable

from reluexact.budget import OutOfTime, check
from reluexact.errors import InputError
from reluexact.evidence.status import Status
from reluexact.kinds.plain import plain_problem
from reluexact.kinds.width_optimum.claim import WidthCurve, WidthOptimum
from reluexact.kinds.width_optimum.task import WidthProblem
from reluexact.model.dataset import Dataset
from reluexact.model.problem import Problem
from reluexact.numbers.rational import to_count
from reluexact.numbers.real import MAX_DIGITS
from reluexact.numbers.seconds import time_limited
from reluexact.progress import Progress, silent

ENGINES = ("clarabel", "scip")
MOST = 1_000
MOST_DIGITS = MAX_DIGITS // 10


def solve_width(
    data: Dataset | Problem,
    penalty: object = None,
    width: int | None = None,
    *,
    digits: int = 20,
    engine: str = "clarabel",
    limit: int = 20_000,
    time_limit: object = None,
    progress: Progress | None = None,
) -> WidthOptimum:
    """Find and prove the optimum over networks of at most ``width`` neurons.

    data, penalty: a data set and a number > 0 (see :mod:`reluexact.model.network` for the objective), or a Problem alone, with
    row weights or without: ``solve_width(problem, width=2)``; its scaled copies of rows are ``found.data``. digits: the bounds
    are at most 10^-digits apart. engine: ``clarabel``, or ``scip``, which also proposes a network by a mixed-integer program, for
    at most 30 seconds; neither proves anything, and nothing is known that only ``scip`` finds (benchmarks/width.py). limit:
    assignments of neurons to regions to look at. time_limit: seconds. The status is PROVED, or UNDECIDED with the reason and
    proved bounds.

    Not convex: the time grows with the number of activation patterns to the power of the width. Networks of width m* (see
    ``OptimalSet.min_width``) or more reach the global optimum, and need no search.

    Raises InputError for bad input, MissingDependency when the engine is not installed, and LimitReached for data with more
    than 20,000 activation patterns, or when the time is over before the search for this width begins.

    >>> data = Dataset(X=[[1], [-1]], y=[2, 3])
    >>> found = solve_width(data, 1, 1)
    >>> found.status.name, found.value, found.is_global, found.network.width
    ('PROVED', 9/2, False, 1)
    """
    if width is None:
        raise InputError(
            "width: give the number of neurons, as in solve_width(data, penalty, 2) or solve_width(problem, width=2)"
        )
    count = to_width(width, where="width")
    with time_limited(time_limit):
        return _task(data, penalty, digits, engine, limit, progress).solve(count)


def width_curve(
    data: Dataset | Problem,
    penalty: object = None,
    *,
    most: int | None = None,
    digits: int = 20,
    engine: str = "clarabel",
    limit: int = 20_000,
    time_limit: object = None,
    progress: Progress | None = None,
    found: Callable[[WidthOptimum], object] | None = None,
) -> WidthCurve:
    """Find and prove the optimum of every width from 0 to the first one that reaches the global optimum, at most to ``most``.

    found: is called with each optimum as soon as it is known. Where the fewest neurons of an optimal network are not proved, the
    curve ends with ``most``, or with the first width that is UNDECIDED or may be the last; it ends with an UNDECIDED one, too,
    when the time is over, else LimitReached is raised then. Otherwise as :func:`solve_width`. The values fall strictly: at a best
    network of some width that is not a global optimum there is a direction above the penalty, and a small neuron in this
    direction improves the network.

    >>> data = Dataset(X=[[1], [-1]], y=[2, 3])
    >>> curve = width_curve(data, 1)
    >>> curve, curve.values, curve.falls
    (WidthCurve(PROVED, widths 0 to 2, global from width 2), (13/2, 9/2, 4), True)
    """
    last = None if most is None else to_width(most, where="most")
    with time_limited(time_limit):
        return _curve(_task(data, penalty, digits, engine, limit, progress), last, found or _nobody)


def _nobody(_: WidthOptimum) -> None:
    """Hear of an optimum."""


def _curve(task: WidthProblem, last: int | None, found: Callable[[WidthOptimum], object]) -> WidthCurve:
    optima: list[WidthOptimum] = []
    while True:
        try:
            check()
            optimum = task.solve(len(optima))
        except OutOfTime:
            if not optima or optima[-1].status is Status.PROVED:
                raise
            break
        optima.append(optimum)
        found(optimum)
        stuck = task.fewest is None and (optimum.status is not Status.PROVED or optimum.is_global is None)
        if optimum.is_global or optimum.width == last or stuck:
            break
    return WidthCurve(optima=tuple(optima), fewest=task.fewest if optima[-1].is_global else None)


def _task(
    data: Dataset | Problem, penalty: object, digits: int, engine: str, limit: int, progress: Progress | None
) -> WidthProblem:
    """Check the arguments and prepare what all widths share."""
    problem = plain_problem(data, penalty, "width_optimum", call="solve_width(Dataset(X, y), penalty, width)")
    to_count(digits, where="digits", most=MOST_DIGITS)
    to_count(limit, where="limit")
    if engine not in ENGINES:
        raise InputError(f"unknown engine {engine!r}; choose one of {', '.join(ENGINES)}")
    return WidthProblem.make(
        problem.data, problem.penalty, digits=digits, engine=engine, limit=limit, progress=progress or silent
    )


def to_width(width: object, *, where: str) -> int:
    """Return a number of neurons; raises InputError."""
    if isinstance(width, bool) or not isinstance(width, int) or not 0 <= width <= MOST:
        raise InputError(f"{where}: {width!r} is not a number of neurons; give an integer from 0 to {MOST}")
    return width
