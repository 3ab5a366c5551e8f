"""Who watches the work on a problem with other losses or parts."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from reluexact.budget import OutOfTime, check, spending
from reluexact.errors import InputError, LimitReached
from reluexact.evidence.problem_bound import ProblemBound
from reluexact.model.pivots import views
from reluexact.model.problem import Problem
from reluexact.progress import Progress
from reluexact.propose.biased_network import proposed_biased_network
from reluexact.propose.ladders import NUMERICAL
from reluexact.propose.rough_network import rough_network
from reluexact.propose.training import Prepared, TrainingCandidate
from reluexact.search.climbing import Climbing
from reluexact.search.cone_bounds import MANY, cone_bounds, serve
from reluexact.search.problem_anytime import ProblemLadder, point_of_zero, with_biased_network
from reluexact.search.problem_bound import bound_from, zero_bound
from reluexact.search.watching import Watching
from reluexact.version import __version__

Proposed = tuple[Prepared, TrainingCandidate]
_GAP = Fraction(1, 10**12)
_PARTS, _CONES = 4, 50_000
"""One of so many parts of a limited time goes into a first network and first bounds; and how many cones these take at most."""


class ProblemWatch(Watching[ProblemBound, Proposed]):
    """Watches a problem; a proposal is a candidate of column generation with what was prepared for it."""

    def __init__(self, problem: Problem, engine: str, progress: Progress | None) -> None:
        """Begin with what is known without work."""
        notes = (("engine", engine), ("program", f"reluexact {__version__}"))
        super().__init__(replace(zero_bound(problem), produced_by=notes), progress)
        self._engine = engine

    def begin(self, seconds: float | None) -> None:
        """Where the time is limited, spend some of it on a network, or on cones where these serve, before all else."""
        data = self._least.problem.data
        if seconds is None or data.n * data.d < MANY:
            return
        try:
            with spending(seconds / _PARTS):
                if serve(self._least.problem):
                    cone_bounds(self._least.problem, limit=_CONES, progress=self.report)
                else:
                    network, upper = rough_network(self._least.problem)
                    self._join(replace(self._least, network=network, upper=upper))
        except (OutOfTime, InputError, *NUMERICAL):  # what was found is kept; else nothing complete is known
            check()

    def bound_within(self, limit: int) -> ProblemBound:
        """Return the best bounds that branch trees of so many nodes prove, however quick the machine is."""
        bound = self._least
        if self._nearest is None:
            return self._new_ladder().climb(bound, limit=limit)
        try:
            found = bound_from(*self._nearest, gap=_GAP, engine=self._engine, limit=limit, progress=None)
        except LimitReached:
            found = self._with_network(self._new_ladder().climb(bound, limit=limit), self._nearest)
        return found if self._lowest in (None, self._nearest) else self._with_network(found, self._lowest)

    def settled(self, proposal: object) -> None:
        """Hear that nothing better will be proposed: the last candidate is the best one."""
        own = self._own(proposal)
        if own is not None:
            self._lowest, self._nearest, self._fresh = own, own, {"lowest": True, "nearest": True}
        super().settled(proposal)

    def _own(self, proposal: object) -> Proposed | None:
        if not isinstance(proposal, tuple) or len(proposal) != 2:
            return None
        prepared, candidate = proposal
        if not isinstance(prepared, Prepared) or not isinstance(candidate, TrainingCandidate):
            return None
        return (prepared, candidate) if prepared.problem == self._least.problem else None

    def _is_lower(self, one: Proposed, other: Proposed) -> bool:
        """Columns only join: the later network is the better one."""
        return one[1].rounds > other[1].rounds

    def _is_nearer(self, one: Proposed, other: Proposed) -> bool:
        return one[1].excess < other[1].excess

    def _with_network(self, bound: ProblemBound, candidate: Proposed) -> ProblemBound:
        try:
            return with_biased_network(bound, proposed_biased_network(*candidate)[0])
        except NUMERICAL:  # floats find nothing
            return bound

    def _new_ladder(self) -> Climbing[ProblemBound]:
        problem = self._least.problem
        if self._nearest is None:
            return ProblemLadder(problem, views(problem), point_of_zero(problem))
        prepared, candidate = self._nearest
        return ProblemLadder(problem, prepared.views, tuple(map(Fraction, candidate.theta)), candidate.excess)
