"""Bounds of a problem with a free hidden bias without a tree for every row: networks of float ascent, dual points, and cones.

Restricted programs over a few neurons give networks and dual points. Cones (CERTIFICATE.md, kind ``bound``, B4) show by how much
a dual point exceeds the penalty at most, which proves a lower bound, and where it does: these neurons join the program.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from reluexact.budget import check, tell
from reluexact.evidence.problem_bound import ProblemBound
from reluexact.model.biased_network import BiasedNetwork
from reluexact.model.problem import Problem
from reluexact.numbers.types import Vector
from reluexact.progress import Progress, Stage, silent
from reluexact.propose.cone_frame import Frame
from reluexact.propose.cones import WIDEST, ConeSearch
from reluexact.propose.dual_point import dual_point
from reluexact.propose.rough_network import Generation
from reluexact.prove.cones import check_cones
from reluexact.search.problem_bound import zero_bound

NEAR = Fraction(1, 1000)
"""Bounds whose difference is at most this share of the upper one are near enough."""
MANY = 300
"""Numbers in X from which on trees for all rows take too long."""
_BITS, _ROUNDS, _TURNS, _EARLY = 40, 12, 40, 5
_FIRST, _MORE = 2_000, 4
_LOWER, _IDLE = Fraction(49, 50), 3
"""After so many turns that lower the gap by less, with as many cones as are allowed, it is over."""
_WORTH = Fraction(1, 20)
"""Cones are checked where that lowers the gap by this share."""


def serve(problem: Problem) -> bool:
    """Say whether this is the way to bounds: a free hidden bias, many rows, and several features.

    With very many features there are too many cones; then only the network is a better one.
    """
    data = problem.data
    return problem.free_bias and data.d > 1 and data.n * data.d >= MANY


def too_wide(problem: Problem) -> bool:
    """Say whether a problem has too many features for cones."""
    return problem.data.d > WIDEST


def cone_bounds(
    problem: Problem, network: BiasedNetwork | None = None, *, limit: int, progress: Progress | None = None
) -> ProblemBound:
    """Return proved bounds, from the zero network or a better one; what is proved on the way is told (:mod:`reluexact.budget`).

    limit: how many cones a dual point may take. The answer depends on nothing else.

    >>> from reluexact.model.dataset import Dataset
    >>> problem = Problem(Dataset([[0], [1], [2]], [0, 3, 0]), "1/2", output_bias="free", hidden_bias="free")
    >>> bound = cone_bounds(problem, limit=2000)
    >>> bound.gap < Fraction(1, 100)
    True
    """
    return _Turns(problem, network, limit, progress or silent).run()


class _Turns:
    """One turn after the other: a program, its network, its dual point, its cones."""

    def __init__(self, problem: Problem, network: BiasedNetwork | None, limit: int, report: Progress) -> None:
        self.problem, self.limit, self.report = problem, limit, report
        self.frame, self.work = Frame.of(problem.data), Generation(problem)
        self.best = zero_bound(problem)
        self.budget = max(_FIRST, 4 << len(self.frame.axes))
        for sign, weights, bias in _neurons(network):
            self.work.join(sign, weights, bias)
        if network is not None:
            self._join(network, problem.objective(network))

    def run(self) -> ProblemBound:
        """Return the best bounds; it is over where they are near, or the cones too many."""
        idle = 0
        for turn in range(_TURNS):
            gap = self.best.gap
            self.work.run(_ROUNDS)
            self._join(*self.work.better((self.best.network, self.best.upper)))
            if 0 < turn < _EARLY and self.work.is_far:  # a first bound is there; other points are better ones
                continue
            if self.work.theta is None:
                break
            if not too_wide(self.problem) and not self._turn(self.work.theta.tolist()):
                break
            idle = 0 if self.best.gap <= _LOWER * gap else idle + 1
            if idle == _IDLE and (self.budget >= self.limit or too_wide(self.problem)):
                break
        return self.best

    def _join(self, network: BiasedNetwork, upper: Fraction) -> None:
        if upper < self.best.upper:
            self.best = replace(self.best, network=network, upper=upper)
            tell(self.best)

    def _turn(self, theta: list[float]) -> bool:
        """Prove what a dual point gives, let the neurons join that it misses, and say whether more may come of it."""
        point = dual_point(self.problem, [Fraction(entry) for entry in theta], _BITS)
        search = ConeSearch(self.frame, point, self.problem.penalty)
        search.run(min(self.budget, self.limit))
        if not search.is_bounded:
            search.run(min(2 * self.budget, self.limit))
        self._prove(point, search)
        if self.best.gap <= NEAR:
            return False
        missed = search.pulled()
        for one in missed:
            self.work.join(one.sign, one.weights, one.bias)
        if search.is_coarse or not missed:
            if self.budget >= self.limit:
                return False
            self.budget *= _MORE
        return True

    def _prove(self, point: Vector, search: ConeSearch) -> None:
        """Prove the bound that the cones give, where it is worth the check."""
        if not search.is_bounded or not any(point):
            return
        factor = search.divided()
        theta = tuple(factor * entry for entry in point)
        value = self.problem.dual_value(theta)
        if value is None or value - self.best.lower <= _WORTH * (self.best.upper - self.best.lower):
            return
        self.report(Stage(f"checking {search.count:,} cones"))
        cones = {sign: search.cones(sign, factor) for sign in (1, -1)}
        rows, penalty = self.problem.data.X, self.problem.penalty
        if all(check_cones(rows, theta, sign, penalty, cones[sign]) is None for sign in (1, -1)):
            self.best = replace(self.best, theta=theta, positive=cones[1], negative=cones[-1], lower=value)
            tell(self.best)
        check()


def _neurons(network: BiasedNetwork | None) -> list[tuple[int, Vector, Fraction]]:
    if network is None:
        return []
    parts = zip(network.output, network.hidden, network.hidden_bias, strict=True)
    return [(1 if output > 0 else -1, weights, bias) for output, weights, bias in parts if output]
