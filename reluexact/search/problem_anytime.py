"""Bounds of a problem with other losses or parts within some time: a better network, and the ladder of lower bounds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from time import monotonic

from reluexact.budget import check, spending
from reluexact.errors import LimitReached
from reluexact.evidence.problem_bound import ProblemBound
from reluexact.model.biased_network import BiasedNetwork
from reluexact.model.losses import PiecewiseQuadratic
from reluexact.model.pivots import View
from reluexact.model.problem import Problem
from reluexact.numbers.types import Vector
from reluexact.propose.dual_point import dual_point
from reluexact.propose.schedule import times
from reluexact.propose.tree.cover import TIE
from reluexact.propose.tree.leaf import dyadic
from reluexact.propose.tree.root_bound import greatest_root_bound
from reluexact.prove.form import Form
from reluexact.search.climbing import APART, BITS, Climbing
from reluexact.search.problem_bound import prove_trees

_TRIES, _FEW_NODES, _LEAST_NODES = 3, 400, 5


def with_biased_network(bound: ProblemBound, network: BiasedNetwork) -> ProblemBound:
    """Return the bound with a network where that is better; its objective is exact."""
    upper = bound.problem.objective(network)
    return replace(bound, network=network, upper=upper) if upper < bound.upper else bound


def point_of_zero(problem: Problem) -> Vector:
    """Return a dual point that belongs to the zero network: minus a slope of each loss there.

    >>> from reluexact.model.dataset import Dataset
    >>> point_of_zero(Problem(Dataset([[1], [2]], [1, 0]), 1, loss="absolute"))
    (Fraction(1, 1), Fraction(0, 1))
    """
    if not isinstance(problem.loss, PiecewiseQuadratic):
        return (Fraction(0),) * problem.data.n
    slopes = [loss.slopes(Fraction(0)) for loss in problem.row_losses]
    return tuple(-((left or Fraction(0)) + (right or Fraction(0))) / 2 for left, right in slopes)


class ProblemLadder(Climbing[ProblemBound]):
    """Climbs from one dual point of a problem; its views are those of :mod:`reluexact.model.pivots`.

    Shrinking keeps the domains of the conjugates, which hold 0, and the orthogonality to the free columns.

    >>> from reluexact.model.dataset import Dataset
    >>> from reluexact.model.pivots import views
    >>> from reluexact.search.problem_bound import zero_bound
    >>> problem = Problem(Dataset([[1], [2]], [1, 2]), 1, loss="absolute")
    >>> ladder = ProblemLadder(problem, views(problem), point_of_zero(problem))
    >>> bound = ladder.climb(zero_bound(problem))
    >>> bound.lower <= 1, 10**9 - bound.lower * 10**9 < 1
    (True, True)
    """

    def __init__(self, problem: Problem, seen: tuple[View, ...], theta: Vector, excess: float | None = None) -> None:
        """Begin with a dual point that may exceed the penalty by any factor, and lie near its domain.

        excess: by how much it exceeds the penalty as far as a pricing has seen.
        """
        self._problem, self._views, self._excess = problem, seen, excess
        super().__init__(dual_point(problem, theta, BITS))
        if excess is not None:
            self._steps.exceeds(excess)

    def _pairs(self) -> list[tuple[View, int]]:
        """Return the views and signs that need a tree."""
        return [(view, sign) for view in self._views for sign in view.signs(self._theta)]

    def _proofs(self, bound: ProblemBound, seconds: float | None, limit: int) -> Iterator[ProblemBound]:
        """Try first what the pricing says, if its trees are small: with many views each further step has its price."""
        started = monotonic()
        if self._excess is not None and not self._steps.known and any(self._theta):
            found = self._nearly(bound, min(limit, max(_LEAST_NODES, _FEW_NODES // (1 + len(self._pairs())))))
            if found is not None:
                yield found
                self._steps.begin_nearly()
                check()
        yield from super()._proofs(bound, None if seconds is None else seconds - (monotonic() - started), limit)

    def _nearly(self, bound: ProblemBound, limit: int) -> ProblemBound | None:
        """Return the bound by hardly more than the known excess, None where that takes larger trees; it is short."""
        with spending(anew=True):
            for _ in range(_TRIES):
                try:
                    found = self._proof(bound, self._steps.nearly, limit)
                except LimitReached:
                    return None
                if isinstance(found, ProblemBound):
                    return found
                self._steps.exceeds(found)
        return None

    def _root(self) -> float:
        penalty, width = self._problem.penalty, self._problem.data.d
        with spending(anew=True):
            forms = (Form.of(view.data.hyperplanes, self._theta, sign, dimension=width) for view, sign in self._pairs())
            return greatest_root_bound(forms, penalty)

    def _proof(self, bound: ProblemBound, excess: Fraction, limit: int) -> ProblemBound | float:
        factor = dyadic(1 / (excess * APART), BITS)
        point = tuple(factor * entry for entry in self._theta)
        trees = prove_trees(self._views, point, self._problem.penalty, tie=TIE, limit=limit)
        value = self._problem.dual_value(point)
        if isinstance(trees, Fraction) or value is None:
            return times(excess, trees if isinstance(trees, Fraction) else Fraction(1), Fraction(1))
        return replace(bound, theta=point, positive=trees[0], negative=trees[1], lower=value)
