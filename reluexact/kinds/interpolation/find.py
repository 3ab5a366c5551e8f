"""The limit of training as the penalty goes to 0: the networks of least squared error that cost least.

With the absolute loss and row weights greater than the entries of an optimal dual point (an exact penalty) the optimum of training
at penalty 1 has the fit that is asked for, costs what it costs, and no network with this fit costs less: it would be better there.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from time import monotonic

from reluexact.budget import OutOfTime, spending
from reluexact.errors import LimitReached, Message
from reluexact.evidence.network import ProblemEvidence
from reluexact.evidence.problem_bound import ProblemBound
from reluexact.evidence.status import Status
from reluexact.kinds.interpolation.assemble import Cheapest, cheapest, interpolation_of, unlisted
from reluexact.kinds.interpolation.bounds import bounded, nothing, repaired
from reluexact.kinds.interpolation.claim import DualPoint, Interpolation
from reluexact.kinds.optimum.problem_claim import ProblemOptimum
from reluexact.kinds.optimum.problem_find import solve_problem
from reluexact.model.calls import of_data
from reluexact.model.dataset import Dataset, require_dataset
from reluexact.model.network import Network
from reluexact.model.problem import Problem
from reluexact.model.reachable import deciding_rows, nearest_fit
from reluexact.numbers.linalg import dot
from reluexact.numbers.rational import to_count
from reluexact.numbers.real import MAX_DIGITS
from reluexact.numbers.seconds import time_limited, to_seconds
from reluexact.numbers.types import Vector
from reluexact.progress import Progress, silent
from reluexact.version import __version__

CALL = "interpolate(Dataset(X, y))"
POWERS = (4, 8, 14, 22, 34)
"""Row weights that are tried: powers of 2 times 1 / |x_i|."""

NOTES = (("program", f"reluexact {__version__}"),)
TOO_SMALL = Message("no row weights that were tried give the fit; rescale the rows")
_LEAST = 0.01


@of_data(CALL)
def interpolate(
    data: Dataset,
    *,
    digits: int = 30,
    engine: str = "clarabel",
    limit: int = 200_000,
    time_limit: object = None,
    progress: Progress | None = None,
) -> Interpolation:
    """Find and prove the cheapest networks that meet every target: ``min 1/2 sum (|w|^2 + a^2)`` with ``f(x_i) = y_i``, any width.

    It is the limit of ``solve`` as the penalty goes to 0: the optimal value over the penalty goes to this cost. Where no network
    meets the targets (zero rows, rows that are multiples of one another) the fit of least squared error, which is unique,
    takes their place. digits: decimals of the value that are proved at once. engine: ``clarabel`` or ``scip``, the solver that proposes.
    limit: nodes of a branch tree, bases of the polytope. time_limit: seconds. The status is PROVED, or UNDECIDED with the reason and
    the best rational bounds, whose network interpolates. Sources: Ergen & Pilanci 2021 (convex duality of the minimum norm); Kim,
    Mishkin & Pilanci 2025 (several interpolating networks of minimum norm).

    Raises InputError for bad input and MissingDependency when the engine is not installed.

    >>> toy = interpolate(Dataset(X=[[2, 0, 0, 0], [-1, 1, 1, 1]], y=[1, 1]))
    >>> toy.value, toy.dimension, toy.min_width, toy.max_vertex_width
    (1, 1, 1, 2)
    >>> interpolate(Dataset(X=[[1], [1]], y=[1, 2])).fit
    (Fraction(3, 2), Fraction(3, 2))
    """
    require_dataset(data, CALL)
    to_count(digits, where="digits", most=MAX_DIGITS)
    to_count(limit, where="limit")
    since, seconds = monotonic(), to_seconds(time_limit)
    fit = nearest_fit(data)
    if not any(fit):
        return bounded(data, fit, nothing(data), Network([], []), reason="", digits=digits, rows=(), produced_by=NOTES)
    rows = deciding_rows(data)
    best: ProblemOptimum | None = None
    for problem in penalised(data, fit, rows):
        left = None if seconds is None else max(_LEAST, seconds - (monotonic() - since))
        optimum = solve_problem(problem, digits=digits, engine=engine, limit=limit, time_limit=left, progress=progress)
        if optimum.status is Status.PROVED:
            if meets(optimum):
                found = _with_vertices(optimum, limit, since, seconds, progress)
                with spending(anew=True):
                    return interpolation_of(data, fit, rows, found)
        elif best is None or optimum.lower > best.lower:
            best = optimum
        if optimum.status is not Status.PROVED and not _is_small(optimum):
            break
    return _undecided(data, fit, rows, best, digits)


def penalised(data: Dataset, fit: Vector, rows: tuple[int, ...]) -> Iterator[Problem]:
    """Yield the problems whose optimum is to have the fit: absolute loss, growing row weights, penalty 1, on some rows."""
    X = [data.X[row] for row in rows]
    reduced = Dataset(X, [fit[row] for row in rows], names=data.names, target_name=data.target_name)
    for power in POWERS:
        yield Problem(reduced, 1, "absolute", weights=[row_weight(x, power) for x in X])


def row_weight(row: Vector, power: int) -> Fraction:
    """Return about ``2^power / |row|``, a power of 2."""
    square = dot(row, row)
    return Fraction(2) ** (power - (square.numerator.bit_length() - square.denominator.bit_length()) // 2)


def meets(optimum: ProblemOptimum) -> bool:
    """Say whether a proved optimum with the absolute loss has no error in any row."""
    evidence = optimum.evidence
    return isinstance(evidence, ProblemEvidence) and all(place == 1 for place in evidence.places)


def _is_small(optimum: ProblemOptimum) -> bool:
    """Say whether the row weights look too small: a dual point comes near one."""
    evidence, weights = optimum.evidence, optimum.problem.weights
    if not isinstance(evidence, ProblemBound) or weights is None:
        return False
    return any(2 * abs(value) > weight for value, weight in zip(evidence.theta, weights, strict=True))


def _with_vertices(
    optimum: ProblemOptimum, limit: int, since: float, seconds: float | None, progress: Progress | None
) -> Cheapest:
    left = None if seconds is None else max(_LEAST, seconds - (monotonic() - since))
    try:
        with time_limited(left, outer=True):
            return cheapest(optimum, limit, progress or silent)
    except LimitReached as stop:
        return unlisted(optimum, stop.message)
    except OutOfTime:
        return unlisted(optimum, Message("the time is over"))


def _undecided(data: Dataset, fit: Vector, rows: tuple[int, ...], best: ProblemOptimum | None, digits: int) -> Interpolation:
    """Return the best bounds: a dual point with its trees, and the network repaired until it has the fit."""
    evidence = None if best is None else best.evidence
    point, near, reason, notes = nothing(data), Network([], []), TOO_SMALL, NOTES
    if best is not None and isinstance(evidence, ProblemBound):
        known = dict(zip(rows, evidence.theta, strict=True))
        theta = tuple(known.get(row, Fraction(0)) for row in range(data.n))
        point = DualPoint(theta=theta, positive=evidence.positive[0].tree, negative=evidence.negative[0].tree)
        near, reason = Network(evidence.network.hidden, evidence.network.output), Message(best.reason)
        notes = best.produced_by
    network = repaired(data, fit, near)
    return bounded(data, fit, point, network, reason=reason, digits=digits, rows=rows, produced_by=notes)
