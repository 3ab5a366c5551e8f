"""The limit of training as the penalty goes to 0: the networks of least squared error that cost least.

With the absolute loss and row weights greater than the entries of an optimal dual point (an exact penalty) the optimum of
training at penalty 1 has the fit that is asked for; no network with this fit costs less, or it would be better there.
"""

from __future__ import annotations

from fractions import Fraction
from time import monotonic

from reluexact.budget import OutOfTime, check, spending
from reluexact.errors import Message
from reluexact.evidence.cones import Cones
from reluexact.evidence.network import ProblemEvidence
from reluexact.evidence.problem_bound import ProblemBound
from reluexact.kinds.interpolation.assemble import Cheapest, cheapest, interpolation_of, unlisted
from reluexact.kinds.interpolation.bounds import bounded, nothing, repaired
from reluexact.kinds.interpolation.claim import DualPoint, Interpolation
from reluexact.kinds.optimum.assemble import bits_for
from reluexact.kinds.optimum.problem_claim import ProblemOptimum
from reluexact.kinds.optimum.problem_find import solved_by
from reluexact.model.calls import of_data
from reluexact.model.dataset import Dataset, require_dataset
from reluexact.model.network import Network
from reluexact.model.problem import Problem
from reluexact.model.reachable import deciding_rows, nearest_fit
from reluexact.numbers.rational import to_count
from reluexact.numbers.real import MAX_DIGITS
from reluexact.numbers.seconds import out_of_time, to_seconds
from reluexact.numbers.types import Vector
from reluexact.progress import Progress, silent
from reluexact.propose.exact_penalty import exact_penalties
from reluexact.prove.problem_optimum import CertifiedProblemOptimum
from reluexact.search.exact_penalty import search_exact_penalty
from reluexact.search.problem_watch import ProblemWatch
from reluexact.version import __version__

CALL = "interpolate(Dataset(X, y))"
NOTES: tuple[tuple[str, str], ...] = (("program", f"reluexact {__version__}"),)
TOO_SMALL = Message("no row weights that were tried give the fit; rescale the rows")


@of_data(CALL)
def interpolate(
    data: Dataset,
    *,
    digits: int = 30,
    engine: str = "clarabel",
    limit: int = 200_000,
    bases: int = 20_000,
    time_limit: object = None,
    progress: Progress | None = None,
) -> Interpolation:
    """Find and prove the cheapest networks that meet every target: least ``1/2 sum (|w|^2 + a^2)``, ``f(x_i) = y_i``, any width.

    It is the limit of ``solve`` as the penalty goes to 0: what the optimal value exceeds the least loss by, divided by the
    penalty, goes to this cost. Where no network meets the targets (zero rows, rows that are multiples of one another) the fit of
    least squared error, which is unique, takes their place.

    digits: decimals of the value that are proved at once. engine: the solver that proposes. limit: nodes of a branch tree.
    bases: of the polytope of all cheapest networks, visited at most; beyond them its vertices are not listed. time_limit:
    seconds. The status is PROVED, or UNDECIDED with the reason and the best rational bounds, whose network interpolates. Sources:
    Ergen & Pilanci 2021 (convex duality of the minimum norm); Kim, Mishkin & Pilanci 2025 (several networks of minimum norm).

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
    to_count(bases, where="bases")
    since, seconds = monotonic(), to_seconds(time_limit)
    fit = nearest_fit(data)
    if not any(fit):
        return bounded(data, fit, nothing(data), Network([], []), reason="", digits=digits, rows=(), produced_by=NOTES)
    rows = deciding_rows(data)
    reduced = Dataset([data.X[i] for i in rows], [fit[i] for i in rows], names=data.names, target_name=data.target_name)
    tried: list[ProblemOptimum] = []
    reason = TOO_SMALL
    try:
        with spending(seconds, since=since):
            for problem in exact_penalties(reduced, engine, progress):
                tried.append(_attempt(problem, digits, engine, limit, progress))
                if meets(tried[-1]):
                    found = _with_vertices(tried[-1], bases, progress or silent)
                    with spending(anew=True):
                        return interpolation_of(data, fit, rows, found)
                check()
    except OutOfTime as stop:
        reason = out_of_time(stop)
    with spending(anew=True):
        return _undecided(data, fit, rows, tried, reason, digits)


def _attempt(problem: Problem, digits: int, engine: str, limit: int, progress: Progress | None) -> ProblemOptimum:
    def search(watch: ProblemWatch) -> CertifiedProblemOptimum | Message:
        return search_exact_penalty(watch, problem, bits=bits_for(problem.data, digits), engine=engine, limit=limit)

    return solved_by(search, problem, digits=digits, engine=engine, limit=limit, progress=progress)


def meets(optimum: ProblemOptimum) -> bool:
    """Say whether a proved optimum with the absolute loss has no error in any row."""
    evidence = optimum.evidence
    return isinstance(evidence, ProblemEvidence) and all(place == 1 for place in evidence.places)


def _with_vertices(optimum: ProblemOptimum, limit: int, report: Progress) -> Cheapest:
    """Return the optimum with its vertices, as far as the time allows."""
    try:
        return cheapest(optimum, limit, report)
    except OutOfTime as stop:
        return unlisted(optimum, out_of_time(stop))


def _undecided(
    data: Dataset, fit: Vector, rows: tuple[int, ...], tried: list[ProblemOptimum], reason: Message, digits: int
) -> Interpolation:
    """Return the best bounds: a dual point with its trees, and the network repaired until it has the fit."""
    point, near, notes = nothing(data), Network([], []), NOTES
    open_ = [optimum for optimum in tried if isinstance(optimum.evidence, ProblemBound)]
    if open_:
        best = max(open_, key=lambda optimum: optimum.lower)
        near, notes = Network(best.network.hidden, best.network.output), best.produced_by
        if isinstance(best.evidence, ProblemBound):
            positive, negative = best.evidence.positive, best.evidence.negative
            known = dict(zip(rows, best.evidence.theta, strict=True))
            theta = tuple(known.get(row, Fraction(0)) for row in range(data.n))
            if not isinstance(positive, Cones) and not isinstance(negative, Cones):  # cones are for free biases
                point = DualPoint(theta=theta, positive=positive[0].tree, negative=negative[0].tree)
        reason = reason if reason is not TOO_SMALL else Message(open_[-1].reason)
    network = repaired(data, fit, near)
    return bounded(data, fit, point, network, reason=reason, digits=digits, rows=rows, produced_by=notes)
