"""The questions of a report, each asked with a time limit of its own; what has no answer has the reason why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from reluexact.errors import InputError, LimitReached, Message
from reluexact.evidence.bound import BoundProof
from reluexact.evidence.problem_bound import ProblemBound
from reluexact.evidence.status import Status
from reluexact.geometry.arrangement import patterns_at_most
from reluexact.kinds.carries import require_carried
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
    known = Answers(problem=problem, optimum=_optimum(plain, asking), reasons=asking.reasons)
    known = _with_set(known, asking)
    if plain.is_plain:
        path = asking.ask("path", lambda: _path(plain, asking))
        return replace(known, path=path, graph=asking.ask("graph", lambda: _graph(plain, asking)))
    for name, folder in (("path", "solution_path"), ("graph", "stationary_graph")):
        asking.ask(name, partial(require_carried, problem, folder))
    return known


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


def _with_set(known: Answers, asking: Asking) -> Answers:
    """Add closed form, optimal set, its widths, and the fewest neurons where the vertices do not say them."""
    from reluexact.kinds.connectivity.find import staircase
    from reluexact.kinds.minimum_network.find import minimum_network
    from reluexact.kinds.optimal_set.find import optimal_set
    from reluexact.kinds.optimum.closed_form import closed_form

    optimum = known.optimum
    if not isinstance(optimum, Optimum):
        asking.reasons["set"] = "all optimal networks are described for the squared loss without other parts than row weights"
        return known
    if optimum.status is not Status.PROVED:
        asking.reasons["set"] = "the optimum itself is not proved"
        return known
    if optimum.neurons:
        known = replace(known, closed=asking.ask("closed form", lambda: closed_form(optimum)))
    best = asking.ask("set", lambda: optimal_set(optimum, limit=asking.limit, progress=asking.progress))
    if best is None:
        return known
    if best.status is Status.PROVED:
        return replace(known, best=best, widths=asking.ask("widths", lambda: staircase(best)))
    asking.reasons["set"] = best.reason
    return replace(known, best=best, minimum=asking.ask("fewest neurons", lambda: minimum_network(best)))


def _path(problem: Problem, asking: Asking) -> SolutionPath:
    from reluexact.kinds.max_penalty.find import max_penalty
    from reluexact.kinds.solution_path.find import solution_path

    low = problem.penalty * BELOW if asking.low is None else asking.low
    greatest = max_penalty(problem.data, progress=asking.progress)
    if asking.low is None and greatest <= problem.penalty and greatest.low > 0:
        low = min(low, Fraction(rounded_text(greatest.low * SHARE, 3)))
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
