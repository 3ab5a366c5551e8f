"""The questions of a report, each asked with a time limit of its own; what has no answer has the reason why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, TypeVar

from reluexact.errors import InputError, LimitReached, Message
from reluexact.evidence.bound import BoundProof
from reluexact.evidence.problem_bound import ProblemBound
from reluexact.evidence.status import Status
from reluexact.geometry.arrangement import patterns_at_most
from reluexact.kinds.optimum.claim import Optimum
from reluexact.kinds.optimum.problem_claim import ProblemOptimum
from reluexact.model.row_weights import scales, without_weights
from reluexact.numbers.decimals import rounded_text
from reluexact.numbers.seconds import Clock, to_seconds
from reluexact.progress import Progress, Stage

if TYPE_CHECKING:
    from reluexact.kinds.connectivity.staircase import Staircase
    from reluexact.kinds.minimum_network.claim import MinimumNetwork
    from reluexact.kinds.optimal_set.claim import OptimalSet
    from reluexact.kinds.optimum.closed_form import ClosedForm
    from reluexact.kinds.solution_path.claim import SolutionPath
    from reluexact.kinds.stationary_graph.claim import StationaryGraph
    from reluexact.model.problem import Problem

T = TypeVar("T")

MOST_CELLS = 40
"""Beyond so many activation patterns the whole graph has too many nodes, and only its steepest walk is looked for."""

MOST_NODES = 200
"""Nodes of a graph, at most."""

BELOW = Fraction(1, 2)
"""The path goes down to this share of the penalty unless another low end is asked for."""

SHARE = Fraction(1, 10)
"""It goes down to this share of the greatest penalty where the zero network is optimal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What is known of a problem. optimum: or bounds, where the loss has no proved optimum. reasons: by name, of what is None."""

    problem: Problem
    optimum: Optimum | ProblemOptimum | BoundProof | ProblemBound
    closed: ClosedForm | None = None
    best: OptimalSet | None = None
    widths: Staircase | None = None
    minimum: MinimumNetwork | None = None
    path: SolutionPath | None = None
    graph: StationaryGraph | None = None
    reasons: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """How a report asks: seconds for each question, nodes of a branch tree, the low end of the path, who hears of the work.

    wording: how messages are worded, as in Python or as on the command line.
    """

    seconds: object
    limit: int
    low: Fraction | None
    progress: Progress
    wording: Callable[[str], str] = str
    reasons: dict[str, str] = field(default_factory=dict)

    def ask(self, name: str, question: Callable[[], T]) -> T | None:
        """Return the answer; None when it is refused or not found in time, and the reason is kept."""
        self.progress(Stage(name))
        try:
            with Clock(self.seconds).running():
                return question()
        except (InputError, LimitReached) as stop:
            self.reasons[name] = stop.message
            return None


def answered(problem: Problem, asking: Asking) -> Answers:
    """Ask everything about a problem."""
    plain = without_weights(problem) if scales(problem) else problem
    optimum = _optimum(plain, asking)
    known = Answers(problem=problem, optimum=optimum, reasons=asking.reasons)
    closed, best, widths, minimum = _set(optimum, asking)
    if not plain.is_plain:
        from reluexact.kinds.carries import require_carried

        for name, folder in (("path", "solution_path"), ("graph", "stationary_graph")):
            asking.ask(name, lambda folder=folder: require_carried(problem, folder))  # type: ignore[misc]
        return known
    path = asking.ask("path", lambda: _path(plain, optimum, asking))
    graph = asking.ask("graph", lambda: _graph(plain, asking))
    return Answers(
        problem=problem,
        optimum=optimum,
        closed=closed,
        best=best,
        widths=widths,
        minimum=minimum,
        path=path,
        graph=graph,
        reasons=asking.reasons,
    )


def _optimum(problem: Problem, asking: Asking) -> Optimum | ProblemOptimum | BoundProof | ProblemBound:
    """Return the optimum, or its bounds: those always exist."""
    from reluexact.kinds.bound.find import prove_bound
    from reluexact.kinds.optimum.find import solve

    asking.progress(Stage("optimum"))
    if problem.loss.name != "logistic":
        return solve(problem, limit=asking.limit, time_limit=asking.seconds, progress=asking.progress)
    asking.reasons["optimum"] = "of the logistic loss bounds are proved, no optimum"
    try:
        return prove_bound(
            problem, gap=Fraction(1, 10**7), limit=asking.limit, time_limit=asking.seconds, progress=asking.progress
        )
    except LimitReached as stop:
        if not isinstance(stop.bounds, BoundProof | ProblemBound):
            raise
        asking.reasons["optimum"] = Message(asking.reasons["optimum"], "; ", stop.message)
        return stop.bounds


_Set = tuple["ClosedForm | None", "OptimalSet | None", "Staircase | None", "MinimumNetwork | None"]


def _set(optimum: object, asking: Asking) -> _Set:
    """Return closed form, optimal set, its widths, and the fewest neurons where the vertices do not say them."""
    from reluexact.kinds.connectivity.find import staircase
    from reluexact.kinds.minimum_network.find import minimum_network
    from reluexact.kinds.optimal_set.find import optimal_set
    from reluexact.kinds.optimum.closed_form import closed_form

    if not isinstance(optimum, Optimum):
        asking.reasons["set"] = "all optimal networks are described for the squared loss without other parts than row weights"
        return None, None, None, None
    if optimum.status is not Status.PROVED:
        asking.reasons["set"] = "the optimum itself is not proved"
        return None, None, None, None
    closed = asking.ask("closed form", lambda: closed_form(optimum)) if optimum.neurons else None
    best = asking.ask("set", lambda: optimal_set(optimum, limit=asking.limit, progress=asking.progress))
    if best is None:
        return closed, None, None, None
    if best.status is Status.PROVED:
        return closed, best, asking.ask("widths", lambda: staircase(best)), None
    asking.reasons["set"] = best.reason
    return closed, best, None, asking.ask("fewest neurons", lambda: minimum_network(best))


def _path(problem: Problem, optimum: object, asking: Asking) -> SolutionPath:
    from reluexact.kinds.max_penalty.find import max_penalty
    from reluexact.kinds.solution_path.find import solution_path

    low = asking.low
    if low is None:
        greatest = max_penalty(problem.data, progress=asking.progress)
        least = Fraction(rounded_text(greatest.low * SHARE, 3)) if greatest.low > 0 else problem.penalty
        low = min(problem.penalty * BELOW, least) if greatest <= problem.penalty else problem.penalty * BELOW
    return solution_path(problem.data, low, limit=asking.limit, progress=asking.progress)


def _graph(problem: Problem, asking: Asking) -> StationaryGraph:
    """Return the whole graph where it is small enough, else the steepest walk from the zero network down."""
    from reluexact.kinds.stationary_graph.find import stationary_graph

    if patterns_at_most(problem.data, MOST_CELLS):
        seconds = to_seconds(asking.seconds)
        half = None if seconds is None else Fraction(seconds) / 2
        whole = stationary_graph(problem, limit=MOST_NODES, time_limit=half, progress=asking.progress)
        if whole.complete:
            return whole
        why = whole.reason if len(whole.nodes) < MOST_NODES else f"there are more than {MOST_NODES} nodes"
        asking.reasons["whole graph"] = why
    else:
        asking.reasons["whole graph"] = f"the data have more than {MOST_CELLS} activation patterns"
    return stationary_graph(problem, steepest=True, limit=MOST_NODES, progress=asking.progress)
