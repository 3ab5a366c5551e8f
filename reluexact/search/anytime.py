"""Bounds of the optimal value within some time: whatever was proposed, what can be proved of it until then.

A dual point that is long enough shorter is feasible, and its branch trees are then short: at first a single leaf does. So it is
scaled less and less down, until the time is over; each step that closes is a proof (the kind ``bound`` of CERTIFICATE.md).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from time import monotonic

from reluexact.budget import OutOfTime, check, spending
from reluexact.errors import LimitReached
from reluexact.evidence.bound import BoundProof
from reluexact.evidence.tree import Leaf, Tree
from reluexact.model.dataset import Dataset
from reluexact.model.loss import SQUARED
from reluexact.model.network import Network
from reluexact.numbers.types import Vector
from reluexact.propose.ladders import NUMERICAL
from reluexact.propose.schedule import Excesses, times
from reluexact.propose.tree.cover import Covered, Violated, cover
from reluexact.propose.tree.root_bound import root_bound
from reluexact.prove.form import Form
from reluexact.prove.tree_check import check_tree
from reluexact.search.bound import rounded
from reluexact.version import __version__

_BITS = 80
_APART = 1 + Fraction(1, 1 << 44)
_NODES = 1_000_000


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


class Ladder:
    """Proves better and better lower bounds from one dual point, divided by less and less; it goes on where it stopped.

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
        self._theta = tuple(start * entry for entry in residual)
        self._steps = Excesses()

    def climb(self, bound: BoundProof, *, seconds: float | None = None, anew: bool = False, limit: int = _NODES) -> BoundProof:
        """Return the bound with the best lower end that is proved step by step.

        seconds: how long that may take; anew: beyond what is left of the time of the work (see :mod:`reluexact.budget`). limit:
        nodes of a branch tree; without ``seconds`` the answer depends on nothing else.
        """
        try:
            with spending(seconds, anew=anew):
                for better in self._proofs(bound, seconds, limit):
                    bound = better if better.lower > bound.lower else bound
        except (OutOfTime, *NUMERICAL):
            pass  # what is proved by now is all there is
        return bound

    def leap(self, bound: BoundProof, seconds: float) -> BoundProof:
        """Return the bound by the last step alone, where that closes in so many seconds: the point hardly exceeds the penalty."""
        try:
            with spending(seconds):
                while any(self._theta):
                    found = self._proof(bound, self._steps.nearly, _NODES)
                    if isinstance(found, BoundProof):
                        return found if found.lower > bound.lower else bound
                    self._steps.exceeded(found)
        except (LimitReached, OutOfTime, *NUMERICAL):
            pass  # the bound stays as it is
        return bound

    def _proofs(self, bound: BoundProof, seconds: float | None, limit: int) -> Iterator[BoundProof]:
        """Yield bounds; a single leaf does for the first, in no time. Trees that take too long are left for coarser ones."""
        steps = self._steps
        if not any(self._theta):
            return
        if steps.known:
            steps.again()
        else:
            steps.begin(max(root_bound(form, self._penalty) for form in self._forms(self._theta)))
        while steps.more():
            started = monotonic()
            try:
                with spending(steps.share(seconds), anew=steps.first):
                    found = self._proof(bound, steps.excess, limit)
            except (LimitReached, OutOfTime):
                check()
                steps.stopped()
            else:
                if isinstance(found, BoundProof):
                    steps.proved()
                    yield found
                else:
                    steps.exceeded(found)
            seconds = None if seconds is None else seconds - (monotonic() - started)

    def _forms(self, theta: Vector) -> tuple[Form, Form]:
        grouped, width = self._data.hyperplanes, self._data.d
        return Form.of(grouped, theta, 1, dimension=width), Form.of(grouped, theta, -1, dimension=width)

    def _proof(self, bound: BoundProof, excess: Fraction, limit: int) -> BoundProof | float:
        """Return the bound by the dual point divided by its excess, or by how much it exceeds the penalty at least."""
        point = rounded(tuple(entry / (excess * _APART) for entry in self._theta), _BITS)
        trees: list[Tree] = []
        for form in self._forms(point):
            found = cover(form, self._penalty, limit=limit)
            if isinstance(found, Violated):
                return times(excess, found.value, self._penalty)
            if not isinstance(found, Covered) or check_tree(form, self._penalty, found.tree) is not None:
                return times(excess, 1, Fraction(1))
            trees.append(found.tree)
        lower = SQUARED.dual_value(point, self._data.y)
        return replace(bound, residual=point, positive=trees[0], negative=trees[1], lower=lower)
