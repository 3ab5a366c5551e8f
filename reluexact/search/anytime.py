"""Bounds of the short form within some time: what is known without work, a better network, and the ladder of lower bounds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction
from time import monotonic

from reluexact.budget import OutOfTime, check, spending
from reluexact.evidence.bound import BoundProof
from reluexact.evidence.tree import Leaf, Tree
from reluexact.model.dataset import Dataset
from reluexact.model.loss import SQUARED
from reluexact.model.network import Network
from reluexact.numbers.types import Vector
from reluexact.propose.best_first import Pair
from reluexact.propose.schedule import SEARCHED, times
from reluexact.propose.tree.cover import Covered, Violated, cover
from reluexact.propose.tree.root_bound import root_bound
from reluexact.prove.form import Form
from reluexact.prove.tree_check import check_tree
from reluexact.search.bound import rounded
from reluexact.search.climbing import APART, BITS, Climbing
from reluexact.version import __version__
from reluexact.work import HERE


def least_bound(data: Dataset, penalty: Fraction) -> BoundProof:
    """Return what is known without work: 0, and the objective of the zero network.

    >>> least_bound(Dataset(X=[[1], [2]], y=[1, 2]), Fraction(1))
    BoundProof(0 to 5/2)
    """
    network = Network([], [])
    return BoundProof(
        data=data,
        penalty=penalty,
        residual=(Fraction(0),) * data.n,
        positive=(Leaf(),),
        negative=(Leaf(),),
        lower=Fraction(0),
        network=network,
        upper=network.objective(data, penalty),
        produced_by=(("program", f"reluexact {__version__}"),),
    )


def with_network(bound: BoundProof, network: Network) -> BoundProof:
    """Return the bound with a network where that is better; its objective is exact."""
    upper = network.objective(bound.data, bound.penalty)
    return replace(bound, network=network, upper=upper) if upper < bound.upper else bound


class Ladder(Climbing[BoundProof]):
    """Climbs from one dual point of the short form.

    >>> bound = least_bound(Dataset(X=[[1], [2]], y=[1, 2]), Fraction(1))
    >>> ladder = Ladder(bound.data, bound.penalty, (Fraction(1), Fraction(2)))
    >>> bound = ladder.climb(bound)
    >>> bound.lower <= Fraction(9, 10), 9 * 10**9 - bound.lower * 10**10 < 1
    (True, True)
    """

    def __init__(self, data: Dataset, penalty: Fraction, residual: Vector) -> None:
        """Begin with a dual point that may exceed the penalty by any factor."""
        self._data, self._penalty = data, penalty
        longest = SQUARED.dual_factor(residual, data.y)
        start = max(Fraction(0), min(Fraction(1), longest))
        super().__init__(tuple(start * entry for entry in residual))
        self._pair: Pair | None = None

    def leap(self, bound: BoundProof, seconds: float) -> BoundProof:
        """Return the bound after so many seconds more: there is no quicker way to the last step than the others."""
        return self.climb(bound, seconds=seconds)

    def _proofs(self, bound: BoundProof, seconds: float | None, limit: int) -> Iterator[BoundProof]:
        """Split the worst cones of both signs for most of the time; where there is no room for more, go on step by step."""
        if not any(self._theta):
            return
        started = monotonic()
        with suppress(OutOfTime), spending(None if seconds is None else seconds * SEARCHED):
            self._pair = self._pair or Pair(self._forms(self._theta), self._penalty)
            while self._pair.improve(limit):
                pass
        if self._pair is not None:
            with spending(anew=True):  # short beside the search
                found = self._from_pair(bound, self._pair)
            if found is not None:
                yield found
        check()
        if self._pair is None or self._pair.is_full:
            if self._pair is not None:
                self._steps.between(self._pair.low, self._pair.factor)
            yield from super()._proofs(bound, None if seconds is None else seconds - (monotonic() - started), limit)

    def _from_pair(self, bound: BoundProof, pair: Pair) -> BoundProof | None:
        """Return the bound by the trees as they stand, None where the exact check does not take them."""
        point = rounded(tuple(entry / Fraction(pair.factor) for entry in self._theta), BITS)
        trees = pair.trees()
        if any(check_tree(form, self._penalty, tree) for form, tree in zip(self._forms(point), trees, strict=True)):
            return None
        return replace(bound, residual=point, positive=trees[0], negative=trees[1], lower=SQUARED.dual_value(point, self._data.y))

    def _root(self) -> float:
        return max(root_bound(form, self._penalty) for form in self._forms(self._theta))

    def _forms(self, theta: Vector) -> tuple[Form, Form]:
        grouped, width = self._data.hyperplanes, self._data.d
        return Form.of(grouped, theta, 1, dimension=width), Form.of(grouped, theta, -1, dimension=width)

    def _proof(self, bound: BoundProof, excess: Fraction, limit: int) -> BoundProof | float:
        point = rounded(tuple(entry / (excess * APART) for entry in self._theta), BITS)
        trees: list[Tree] = []
        for form in self._forms(point):
            found = cover(form, self._penalty, limit=limit, work=HERE)
            if isinstance(found, Violated):
                return times(excess, found.value, self._penalty)
            if not isinstance(found, Covered) or check_tree(form, self._penalty, found.tree) is not None:
                return times(excess, 1, Fraction(1))
            trees.append(found.tree)
        lower = SQUARED.dual_value(point, self._data.y)
        return replace(bound, residual=point, positive=trees[0], negative=trees[1], lower=lower)
