"""Why is a network above the optimum? Every part by itself; what does not serve, or is stopped, says so by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from reluexact.errors import InputError, LimitReached, Message
from reluexact.evidence.status import Status
from reluexact.kinds.classification.claim import Classification
from reluexact.kinds.classification.find import classify
from reluexact.kinds.judgement.chain import as_biased, next_to, steps_of
from reluexact.kinds.judgement.claim import Judgement
from reluexact.kinds.judgement.distance import fit_distance_of, has_one_fit, weight_distance_of
from reluexact.kinds.judgement.explanation import Explanation, Stationarity
from reluexact.kinds.judgement.neurons import fates_of, missing_of
from reluexact.kinds.judgement.rebuilt import merged_parts
from reluexact.kinds.judgement.stationarity import stationarity_of
from reluexact.kinds.minimum_network.claim import MinimumNetwork
from reluexact.kinds.minimum_network.find import minimum_network
from reluexact.kinds.optimal_set.find import optimal_set
from reluexact.kinds.optimum.claim import Optimum
from reluexact.kinds.optimum.find import solve
from reluexact.kinds.optimum.problem_claim import ProblemOptimum
from reluexact.kinds.pruning.claim import Pruned, PrunedParts
from reluexact.kinds.pruning.find import prune
from reluexact.kinds.pruning.parts import prune_parts
from reluexact.kinds.sparsest_spline.claim import SparsestSpline
from reluexact.kinds.sparsest_spline.find import sparsest_spline
from reluexact.kinds.width_optimum.find import solve_width
from reluexact.model.logistic import Logistic
from reluexact.model.network import Network
from reluexact.model.row_weights import scales, without_weights
from reluexact.numbers.seconds import Clock
from reluexact.progress import Progress, Stage, silent
from reluexact.search.cone_bounds import serve

LIMIT = 200_000
ASSIGNMENTS = 2_000
"""The search for the best network of a width stops after so many assignments: it grows exponentially."""
TRIED = 6
"""Neurons of a network that is no optimum that are tried as the missing one."""
WIDEST = 3
"""Widths beyond it are not searched."""

NOT_PROVED = "the optimum is not proved"
ONLY_BOUNDS = "a branch tree for every row takes too long here; the bounds of the optimal value are from cones"
NO_FIT = "the loss is not strictly convex: optimal networks may differ in their fit"
SHORT_FORM = "optimal_set and solve_width serve the squared loss without other parts than row weights only"
NO_FEWEST = (
    "the fewest neurons are known for the squared loss without other parts than row weights, and with a free hidden bias for one "
    "feature and a strictly convex loss"
)
ENOUGH = "an optimal network has as few neurons, so the best network of this width is a global optimum"
TOO_WIDE = f"widths beyond {WIDEST} are not searched here; solve_width does"


def explain(found: Judgement, *, limit: int = LIMIT, time_limit: object = None, progress: Progress | None = None) -> Explanation:
    """Say why the network of a judgement is above the optimum, part by part; ``judgement.explain()`` is the same.

    limit: nodes of a branch tree; time_limit: seconds for all parts together. A part that the problem does not serve, or that is
    stopped, is None, and ``explanation.reason(part)`` says why. What each part is stands in
    :class:`reluexact.kinds.judgement.explanation.Explanation`.

    >>> from reluexact.kinds.judgement.find import judge
    >>> from reluexact.model.dataset import Dataset
    >>> from reluexact.model.problem import Problem
    >>> problem = Problem(Dataset([[1], [2]], [1, 2]), "15/4")
    >>> why = explain(judge(Network([["1/4"], ["-1"]], [1, "1/8"]), problem))
    >>> [(step.name, str(step.gain.low)) for step in why.steps[:2]], why.foreign, why.enough
    ([('balance', '1515/512'), ('merging', '0')], (1,), True)
    """
    if not isinstance(found, Judgement):
        raise InputError(f"found: a {type(found).__name__} is no judgement; pass rx.judge(network, problem)")
    return _Explaining(found, limit, Clock(time_limit), progress or silent).run()


class _Explaining:
    """Asks for one part after the other."""

    def __init__(self, found: Judgement, limit: int, clock: Clock, report: Progress) -> None:
        self.found, self.limit, self.clock, self.report = found, limit, clock, report
        self.parts: dict[str, Any] = {}
        self.copies: Optimum | None = None
        self.reasons: list[tuple[str, str]] = []

    def run(self) -> Explanation:
        """Return all parts."""
        found, problem = self.found, self.found.problem
        optimum = self.part("optimum", self._optimum)
        unproved = "" if optimum is not None else NOT_PROVED
        self.part("steps", lambda: steps_of(found, optimum))
        self.part("fates", lambda: fates_of(found, optimum), unproved)
        best, most = (next_to(found), TRIED) if optimum is None else (as_biased(optimum.network), None)
        self.part("missing", lambda: missing_of(found, best, most), "" if serve(problem) else unproved)
        self.part("fit_distance", lambda: fit_distance_of(found, optimum), unproved or ("" if has_one_fit(problem) else NO_FIT))
        self.part("stationarity", self._stationarity)
        self.part("pruned", self._pruned)
        refused = "" if scales(problem) else SHORT_FORM
        self.part("weight_distance", lambda: weight_distance_of(found, self._plain(optimum)), refused or unproved)
        fewest = self.part("fewest", lambda: self._fewest(optimum), unproved)
        refused = refused or (NOT_PROVED if fewest is None else ENOUGH if found.network.width >= fewest.lower else "")
        self.part("width_optimum", self._width_optimum, refused or (TOO_WIDE if found.network.width > WIDEST else ""))
        return Explanation(judgement=self.found, reasons=tuple(self.reasons), **self.parts)

    def part(self, name: str, make: Callable[[], Any], refused: str = "") -> Any:
        """Return one part, None with the reason where it is ``refused`` or not reached."""
        if refused:
            self.reasons.append((name, Message(refused)))
            return None
        self.report(Stage(f"explaining: {name.replace('_', ' ')}"))
        try:
            with self.clock.running():
                self.parts[name] = make()
        except LimitReached as stop:
            self.reasons.append((name, stop.message))
        return self.parts.get(name)

    def _optimum(self) -> Optimum | ProblemOptimum:
        if isinstance(self.found.problem.loss, Logistic):
            raise LimitReached(Message("no optimum is proved for the logistic loss, only bounds"))
        if serve(self.found.problem):
            raise LimitReached(Message(ONLY_BOUNDS))
        optimum = solve(self.found.problem, limit=self.limit, progress=self.report)
        if optimum.status is not Status.PROVED:
            raise LimitReached(Message(optimum.reason))
        return optimum

    def _plain(self, optimum: Optimum | ProblemOptimum) -> Optimum:
        """Return the optimum of the scaled copies: its neurons are those of the problem with row weights."""
        if isinstance(optimum, Optimum):
            return optimum
        if self.copies is None:
            plain = without_weights(self.found.problem)
            self.copies = solve(plain.data, plain.penalty, limit=self.limit)
        if self.copies.status is not Status.PROVED:
            raise LimitReached(Message(self.copies.reason))
        return self.copies

    def _fewest(self, optimum: Optimum | ProblemOptimum) -> MinimumNetwork | SparsestSpline:
        """Return the fewest neurons; with a free hidden bias, one feature and one fit, the fewest kinks, which bound them."""
        problem = self.found.problem
        if scales(problem):
            return minimum_network(optimal_set(self._plain(optimum)), limit=self.limit)
        if not isinstance(optimum, ProblemOptimum) or not problem.free_bias or problem.data.d != 1 or not has_one_fit(problem):
            raise LimitReached(Message(NO_FEWEST))
        spline = sparsest_spline(optimum)
        if spline.status is not Status.PROVED:
            raise LimitReached(Message(spline.reason))
        return spline

    def _stationarity(self) -> Classification | Stationarity:
        problem, network = self.found.problem, self.found.network
        if scales(problem):
            return classify(Network(network.hidden, network.output), problem, limit=self.limit)
        return stationarity_of(self.found, limit=self.limit)

    def _pruned(self) -> Pruned | PrunedParts:
        problem = self.found.problem
        merged = merged_parts(problem, self.found.network)
        return prune(Network(merged.hidden, merged.output), problem) if scales(problem) else prune_parts(problem, merged)

    def _width_optimum(self) -> Any:
        problem = self.found.problem
        return solve_width(problem, width=self.found.network.width, limit=ASSIGNMENTS, progress=self.report)
