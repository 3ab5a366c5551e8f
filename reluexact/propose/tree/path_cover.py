"""A branch tree for several forms at once: those at the control points of a segment of the solution path.

The search follows the form in the middle; a leaf has to hold for all the others, with the same multipliers and shares of kinks
or, where these fail, with some of their own.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, log2

import numpy as np

from reluexact.evidence.tree import Leaf, Node, PointwiseLeaf, Split, Tighten, Tree
from reluexact.progress import Progress
from reluexact.propose.basis import floats_in
from reluexact.propose.tree.branching import ROUNDING
from reluexact.propose.tree.cover import Covered, Open, Search, Violated, pruned
from reluexact.propose.tree.leaf import Cone, bounded, decide, dyadic, relax, root, vanishes
from reluexact.propose.tree.projection import Shortest, shortest
from reluexact.prove.form import Form, TightCone

_MARGIN = 2.0**-30
_TIE = Fraction(1, 10**25)
_NEARLY_ZERO = 2.0**-24


def path_cover(
    middle: tuple[Form, Fraction],
    points: Sequence[tuple[Form, Fraction]],
    *,
    tight: Sequence[TightCone],
    settled: Set[int],
    earlier: Earlier | None = None,
    limit: int = 200_000,
    progress: Progress | None = None,
) -> Covered | Violated | Open:
    """Prove ``form.value(u) <= bound |u|`` at all points by one tree, whose tight leaves are those of known maximisers.

    ``settled``: hyperplanes whose kink is known to be at most 0 throughout. ``earlier``: a tree of a neighbouring segment, from
    which this one is grown. Raises LimitReached after ``limit`` nodes.
    """
    search = _PathSearch(middle, points, tight, settled, limit=limit, progress=progress)
    return search.run(()) if earlier is None else search.regrow(earlier)


@dataclass(frozen=True, slots=True)
class Earlier:
    """A tree of a neighbouring segment, and the penalty in the middle of that."""

    tree: Tree
    penalty: Fraction


def _bits(weight: float, margin: float) -> int:
    return max(0, ceil(log2(16.0 * max(weight, 2.0**-900) / margin)))


class _PathSearch(Search):
    """One search. kinks (points x hyperplanes), linear (points x d): the forms over their bounds, scaled as in all searches.

    rate: of the points, what turns a multiple of the bound in the middle into one of their own. enough: the greatest bound of a
    leaf, in multiples of the bound that it should have. lacking: the point at which the last cone did not close, and the best
    coefficients there.
    """

    def __init__(
        self,
        middle: tuple[Form, Fraction],
        points: Sequence[tuple[Form, Fraction]],
        tight: Sequence[TightCone],
        settled: Set[int],
        *,
        limit: int,
        progress: Progress | None,
    ) -> None:
        super().__init__(*middle, tight, settled, margin=_MARGIN, tie=_TIE, limit=limit, progress=progress)
        scaled = self.scaled
        rows = [[float(kink / bound) for kink in form.kinks] for form, bound in points]
        self.kinks = np.array(rows).reshape(len(points), len(scaled.norms)) * scaled.norms
        self.linear = np.array([floats_in(scaled.basis, tuple(x / bound for x in form.linear)) for form, bound in points])
        self.rate = np.array([float(middle[1] / bound) for _, bound in points])
        self.vague = np.ones(len(scaled.kinks), dtype=bool)
        self.vague[list(settled)] = False
        self.greatest = [max(column) for column in zip(*(form.kinks for form, _ in points), strict=True)]
        self.enough = 1.0 - ROUNDING * scaled.size - 2.0**-36
        self.lacking = 0, scaled.kinks

    def regrow(self, earlier: Earlier) -> Covered | Violated | Open:
        """Keep the splits and bounds of a tree, and its leaves where they hold with the multipliers that they had."""
        waiting = [root(self.scaled, self.zero, len(self.known))]
        for node in earlier.tree:
            cone = waiting.pop()
            if isinstance(node, Split):
                self.nodes.append(node)
                waiting += [self._half(cone, node.hyperplane, side) for side in (-1, 1)]
            elif isinstance(node, Tighten):
                waiting.append(self._bounded(cone, node))
            else:
                failed = self._close_again(cone, node, earlier.penalty)
                if failed is not None:
                    return failed
        return Covered(pruned(self.nodes, self.kinks_of_leaves(), self.deciding))

    def _half(self, cone: Cone, hyperplane: int, side: int) -> Cone:
        tight = tuple(k for k in cone.tight if self.gates[k, hyperplane] * side >= 0)
        return replace(decide(self.scaled, cone, hyperplane, side), tight=tight)

    def _bounded(self, cone: Cone, node: Tighten) -> Cone:
        """Take over a bound, which is about normals alone."""
        scaled, hyperplane, sign = self.scaled, node.hyperplane, 1 if node.side == "hi" else -1
        vector = sign * scaled.rows[hyperplane]
        for other, value in node.rho:
            weight = float(value) * float(scaled.norms[other] / scaled.norms[hyperplane])
            vector = vector + weight * cone.side[other] * scaled.rows[other]
        length = float(np.linalg.norm(vector))
        if length < _NEARLY_ZERO and vanishes(self.normals, cone, node):
            self.deciding.add(len(self.nodes))
            self.nodes.append(node)
            return decide(scaled, cone, hyperplane, -sign)
        self.nodes.append(node)
        return bounded(scaled, cone, hyperplane, node.side, length * (1.0 + 2.0**-40) + 2.0**-48)

    def _close_again(self, cone: Cone, node: Node, penalty: Fraction) -> Violated | Open | None:
        """Close a cone with the multipliers of an earlier leaf, else search."""
        leaf = node.leaves[len(node.leaves) // 2] if isinstance(node, PointwiseLeaf) else node
        if isinstance(leaf, Leaf):
            cone = replace(cone, start=self._coefficients(cone, leaf, penalty))
            values = self._values(cone, cone.start)
            if not cone.tight and values.max() <= self.enough:
                self.nodes.append(self._leaf(cone, cone.start, 1.0 - float(values.max()), self.kinks))
                return None
        self.stack.append(cone)
        while self.stack:
            failed = self._visit(self.pop())
            if failed is not None:
                return failed
        return None

    def _coefficients(self, cone: Cone, leaf: Leaf, penalty: Fraction) -> np.ndarray:
        """Return the coefficients that the multipliers of an earlier leaf make in the middle."""
        scaled = self.scaled
        multipliers, shares = np.zeros(len(scaled.kinks)), np.zeros(len(scaled.kinks))
        for hyperplane, value in leaf.rho:
            multipliers[hyperplane] = float(value / penalty) * scaled.norms[hyperplane]
        for hyperplane, value in leaf.slope:
            shares[hyperplane] = float(value)
        inner = np.where(cone.low < cone.high, shares, cone.share) * scaled.kinks
        return np.where(cone.side > 0, scaled.kinks + multipliers, np.where(cone.side < 0, -multipliers, inner))

    def kinks_of_leaves(self) -> Sequence[Fraction]:
        """Return the greatest kink at the points."""
        return self.greatest

    def closed(self, cone: Cone, answer: Shortest, value: float) -> bool:
        """Write a leaf that holds at all points; say whether there is one.

        Tried are the multipliers of the middle, then their best; where these fail the points get multipliers of their own.
        """
        if value > self.good:
            return False
        values = self._values(cone, answer.coefficients)
        if values.max() > self.enough:
            answer, value = relax(self.scaled, cone, enough=0.0)
            values = self._values(cone, answer.coefficients)
        if values.max() <= self.enough:
            self.nodes.append(self._leaf(cone, answer.coefficients, 1.0 - float(values.max()), self.kinks))
            return True
        leaves: dict[int, Leaf] = {}
        for point in np.argsort(-values):
            own, reached = answer.coefficients, float(values[point])
            if reached > self.enough:
                own = self._own(cone, answer, point)
                reached = float(self._values(cone, own, point)[0])
            if reached > self.enough:
                self.lacking = int(point), own
                return False
            leaves[int(point)] = self._leaf(cone, own, 1.0 - reached, self.kinks[point : point + 1])
        self.nodes.append(PointwiseLeaf(tuple(leaves[point] for point in range(len(values)))))
        return True

    def _leaf(self, cone: Cone, coefficients: np.ndarray, margin: float, kinks: np.ndarray) -> Leaf:
        """Write a leaf, rounded so that at most a quarter of the relative margin is lost at points of these kinks."""
        shares, unit = self._shares(cone, coefficients), self.scaled.unit
        multiplier = np.where(cone.side > 0, coefficients - self.scaled.kinks, -coefficients)
        used = np.flatnonzero((cone.side != 0) & (multiplier > 0.0))
        open_shares = np.flatnonzero((cone.side == 0) & (shares > 0.0))
        lost = float(np.abs(kinks).max(axis=0)[open_shares].sum()) if len(open_shares) else 0.0
        bits = _bits(lost, margin)
        slope = tuple((int(w), min(Fraction(1), dyadic(float(shares[w]), bits))) for w in open_shares)
        bits = _bits(float(self.scaled.norms[used].sum()) / self.scaled.bound, margin)
        rho = ((int(w), dyadic(float(multiplier[w] * unit[w]), bits)) for w in used)
        return Leaf(rho=tuple((w, q) for w, q in rho if q), slope=tuple((w, q) for w, q in slope if q))

    def exact(self, cone: Cone, answer: Shortest) -> Violated | Open | None:
        """Split what has slack at a point where no leaf holds, else give up: the function comes too near the bound there."""
        point, own = self.lacking
        price = self._slack(cone, self._shares(cone, own), self.kinks[point : point + 1])[0]
        if (price > 0.0).any():
            self.part(cone, int(price.argmax()), answer)
            return None
        return self.open(answer, "a maximum is not below the penalty on the whole segment")

    def _shares(self, cone: Cone, coefficients: np.ndarray) -> np.ndarray:
        """Return the shares of the kinks that a leaf takes: 1 and 0 for decided hyperplanes."""
        kinks = self.scaled.kinks
        own = np.where(cone.low < cone.high, coefficients / np.where(kinks == 0.0, 1.0, kinks), cone.share)
        return np.asarray(np.where(cone.side > 0, 1.0, np.where(cone.side < 0, 0.0, own)))

    def _slack(self, cone: Cone, shares: np.ndarray, kinks: np.ndarray) -> np.ndarray:
        """Return what undecided hyperplanes cost at every point."""
        price = np.maximum(0.0, np.maximum((1.0 - shares) * kinks * cone.top, shares * kinks * cone.bottom))
        return np.where(cone.side == 0, price, 0.0)

    def _values(self, cone: Cone, coefficients: np.ndarray, point: int | None = None) -> np.ndarray:
        """Return the bound that a leaf has at every point, or at one, over the bound that it should have."""
        here = slice(None) if point is None else slice(point, point + 1)
        kinks, shares = self.kinks[here], self._shares(cone, coefficients)
        multipliers = np.where(cone.side > 0, coefficients - self.scaled.kinks, np.where(cone.side < 0, coefficients, 0.0))
        vectors = self.linear[here] + (shares * kinks + np.outer(self.rate[here], multipliers)) @ self.scaled.rows
        return np.asarray(np.linalg.norm(vectors, axis=1) + self._slack(cone, shares, kinks).sum(axis=1))

    def _own(self, cone: Cone, answer: Shortest, point: int) -> np.ndarray:
        """Return coefficients, as the middle has them, with the multipliers and shares that are best at one point."""
        kinks, middle = self.kinks[point], self.scaled.kinks
        chord = cone.share * kinks
        bends = (cone.side == 0) & (cone.low < cone.high)
        low = np.where(cone.side > 0, kinks, np.where(cone.side < 0, -np.inf, np.where(bends, np.minimum(kinks, 0.0), chord)))
        high = np.where(cone.side > 0, np.inf, np.where(cone.side < 0, 0.0, np.where(bends, 0.0, chord)))
        start = np.clip(answer.coefficients, low, high)
        found = shortest(self.scaled.rows, self.linear[point], low, high, start=start, scale=self.scaled.scale)
        share = np.where(bends & (kinks < 0.0), found.coefficients / np.where(kinks == 0.0, 1.0, kinks), 0.0)
        rate = self.rate[point]
        own = np.where(cone.side > 0, (found.coefficients - kinks) / rate + middle, found.coefficients / rate)
        return np.asarray(np.where(cone.side == 0, np.where(bends, share * middle, cone.share * middle), own))
