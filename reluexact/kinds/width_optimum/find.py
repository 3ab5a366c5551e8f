"""The optimum over networks of at most a given number of neurons, and the curve of loss against width; proved."""

from __future__ import annotations

from collections.abc import Callable

from reluexact.budget import Interrupted, OutOfTime, check, spending
from reluexact.errors import InputError
from reluexact.evidence.bound import BoundProof
from reluexact.evidence.status import Status
from reluexact.kinds.plain import plain_problem
from reluexact.kinds.width_optimum.claim import WidthCurve, WidthOptimum
from reluexact.kinds.width_optimum.stopped import Known
from reluexact.kinds.width_optimum.task import WidthProblem
from reluexact.kinds.width_optimum.unlisted import UnlistedWidths, too_many
from reluexact.model.dataset import Dataset
from reluexact.model.problem import Problem
from reluexact.numbers.rational import to_count
from reluexact.numbers.real import MAX_DIGITS
from reluexact.numbers.seconds import out_of_time, to_seconds
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

    With more than 20,000 activation patterns nothing is searched: widths of m* and more are PROVED, narrower ones UNDECIDED with
    bounds.

    Raises InputError for bad input, and MissingDependency when the engine is not installed. KeyboardInterrupt (Ctrl-C) comes with
    what is proved, a claim as this one, as ``error.bounds``.

    >>> data = Dataset(X=[[1], [-1]], y=[2, 3])
    >>> found = solve_width(data, 1, 1)
    >>> found.status.name, found.value, found.is_global, found.network.width
    ('PROVED', 9/2, False, 1)
    """
    if width is None:
        raise InputError("width: give the number of neurons, as in solve_width(data, penalty, 2)")
    count = to_width(width, where="width")
    known, seconds = _known(data, penalty, digits, engine, limit), to_seconds(time_limit)
    try:
        with spending(seconds):
            return _task(known, limit, progress or silent).solve(count)
    except OutOfTime as stop:
        return known.claim(count, out_of_time(stop))
    except KeyboardInterrupt as stop:
        raise _interrupted(known, count, stop) from None


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
    when the time is over. Otherwise as :func:`solve_width`. The values fall strictly: at a best network of some width that is not
    a global optimum there is a direction above the penalty, and a small neuron in this direction improves the network.

    >>> data = Dataset(X=[[1], [-1]], y=[2, 3])
    >>> curve = width_curve(data, 1)
    >>> curve, curve.values, curve.falls
    (WidthCurve(PROVED, widths 0 to 2, global from width 2), (13/2, 9/2, 4), True)
    """
    last = None if most is None else to_width(most, where="most")
    known, seconds = _known(data, penalty, digits, engine, limit), to_seconds(time_limit)
    optima: list[WidthOptimum] = []
    hear = found or _nobody
    try:
        with spending(seconds):
            return _curve(_task(known, limit, progress or silent), last, optima, hear)
    except OutOfTime as stop:
        for width in range(len(optima), max(2, len(optima) + 1)):  # width 0 takes no work, and is not where it stopped
            optima.append(known.claim(width, out_of_time(stop)))
            hear(optima[-1])
        return WidthCurve(optima=tuple(optima), fewest=None)
    except KeyboardInterrupt as stop:
        raise _interrupted(known, max(1, len(optima)), stop) from None


def _interrupted(known: Known, width: int, stop: KeyboardInterrupt) -> Interrupted:
    """Return the interrupt with what is proved of a width."""
    if isinstance(stop, Interrupted) and isinstance(stop.bounds, BoundProof):
        known.bound = stop.bounds
    return Interrupted(known.claim(width, "interrupted"))


def _task(known: Known, limit: int, progress: Progress) -> WidthProblem | UnlistedWidths:
    """Return what all widths share."""
    missing = too_many(known.data)
    if missing is not None:
        return UnlistedWidths.make(known, missing, progress)
    return WidthProblem.make(known, limit=limit, progress=progress)


def _nobody(_: WidthOptimum) -> None:
    """Hear of an optimum."""


def _curve(
    task: WidthProblem | UnlistedWidths, last: int | None, optima: list[WidthOptimum], found: Callable[[WidthOptimum], object]
) -> WidthCurve:
    """Append the optima to the list, one by one."""
    while True:
        check()
        optimum = task.solve(len(optima))
        optima.append(optimum)
        found(optimum)
        stuck = task.fewest is None and (optimum.status is not Status.PROVED or optimum.is_global is None)
        if optimum.is_global or optimum.width == last or stuck:
            break
    return WidthCurve(optima=tuple(optima), fewest=task.fewest if optima[-1].is_global else None)


def _known(data: Dataset | Problem, penalty: object, digits: int, engine: str, limit: int) -> Known:
    """Check the arguments; return what is known without work."""
    problem = plain_problem(data, penalty, "width_optimum", call="solve_width(Dataset(X, y), penalty, width)")
    to_count(digits, where="digits", most=MOST_DIGITS)
    to_count(limit, where="limit")
    if engine not in ENGINES:
        raise InputError(f"unknown engine {engine!r}; choose one of {', '.join(ENGINES)}")
    return Known(data=problem.data, penalty=problem.penalty, digits=digits, engine=engine)


def to_width(width: object, *, where: str) -> int:
    """Return a number of neurons; raises InputError."""
    if isinstance(width, bool) or not isinstance(width, int) or not 0 <= width <= MOST:
        raise InputError(f"{where}: {width!r} is not a number of neurons; give an integer from 0 to {MOST}")
    return width
