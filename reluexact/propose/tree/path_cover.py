"""A branch tree for several forms at once: those at the control points of a segment of the solution path.

The search follows the form in the middle; a leaf has to hold for all the others, with the same multipliers and shares of kinks
or, where these fail, with some of their own.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from reluexact.evidence.tree import Leaf, Node, PointwiseLeaf, Split, Tighten, Tree
from reluexact.progress import Progress
from reluexact.propose.tree.branching import ROUNDING
from reluexact.propose.tree.leaf import Cone, decide, relax, root
from reluexact.propose.tree.pointwise import Parts, Points, Relaxed
from reluexact.propose.tree.projection import Shortest
from reluexact.propose.tree.search import Covered, Open, Search, Violated, pruned
from reluexact.propose.tree.tightening import Bound, bounded, vanishes
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


class _PathSearch(Search):
    """One search. points: the forms. enough: the greatest bound of a leaf, in multiples of the bound that it should have.

    lacking: the relaxation at a point where the last cone is not closed, although it would be in the middle.
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
        self.points = Points(self.scaled, middle[1], points)
        self.vague = np.ones(len(self.scaled.kinks), dtype=bool)
        self.vague[list(settled)] = False
        self.greatest = [max(column) for column in zip(*(form.kinks for form, _ in points), strict=True)]
        self.enough = 1.0 - ROUNDING * self.scaled.size - 2.0**-36
        self.lacking: Relaxed | None = None

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
        return bounded(scaled, cone, [Bound(node, length * (1.0 + 2.0**-40) + 2.0**-48)])

    def _close_again(self, cone: Cone, node: Node, penalty: Fraction) -> Violated | Open | None:
        """Close a cone with what an earlier leaf took, else search."""
        leaf = node.leaves[len(node.leaves) // 2] if isinstance(node, PointwiseLeaf) else node
        if isinstance(leaf, Leaf):
            parts = self._taken(cone, leaf, penalty)
            cone = replace(cone, start=parts.shares * self.scaled.kinks + cone.side * parts.multipliers)
            values = self.points.values(cone, parts)
            if not cone.tight and values.max() <= self.enough:
                self.nodes.append(self.points.leaf(cone, parts, 1.0 - float(values.max())))
                return None
        self.stack.append(cone)
        return self.finish()

    def _taken(self, cone: Cone, leaf: Leaf, penalty: Fraction) -> Parts:
        """Return what an earlier leaf took, in units of the bound."""
        multipliers, shares = np.zeros(len(cone.side)), np.where(cone.side > 0, 1.0, 0.0)
        for hyperplane, value in leaf.rho:
            multipliers[hyperplane] = float(value / penalty) * self.scaled.norms[hyperplane]
        for hyperplane, value in leaf.slope:
            shares[hyperplane] = float(value)
        return Parts(shares, multipliers)

    def kinks_of_leaves(self) -> Sequence[Fraction]:
        """Return the greatest kink at the points."""
        return self.greatest

    def closed(self, cone: Cone, answer: Shortest, value: float) -> bool:
        """Write a leaf that holds at all points; say whether there is one.

        Tried is what the middle takes, then what is best there; where these fail the points get leaves of their own.
        """
        self.lacking = None
        if value > self.good:
            return False
        parts = self.points.parts(cone, answer.coefficients)
        values = self.points.values(cone, parts)
        if values.max() > self.enough:
            answer, value = relax(self.scaled, cone, enough=0.0)
            parts = self.points.parts(cone, answer.coefficients)
            values = self.points.values(cone, parts)
        if values.max() <= self.enough:
            self.nodes.append(self.points.leaf(cone, parts, 1.0 - float(values.max())))
            return True
        leaves: dict[int, Leaf] = {}
        for point in map(int, np.argsort(-values, kind="stable")):
            taken, reached = parts, float(values[point])
            if reached > self.enough:
                own = self.points.relaxed(cone, parts, answer.free, point, self.enough)
                taken, reached = own.parts, own.value
                if reached > self.enough:
                    self.lacking = own
                    return False
            leaves[point] = self.points.leaf(cone, taken, 1.0 - reached, point)
        self.nodes.append(PointwiseLeaf(tuple(leaves[point] for point in range(len(values)))))
        return True

    def tightened(self, cone: Cone, answer: Shortest, value: float) -> tuple[Cone, Shortest, float]:
        """Improve bounds for the sake of the point that lacks most, where the middle lacks nothing."""
        own = self.lacking
        if own is None:
            return super().tightened(cone, answer, value)
        share, batch = self._effort(answer)
        before = len(self.nodes)
        greatest = map(int, np.argsort(-own.gaps, kind="stable")[:batch])
        cone = self._improved(cone, [wall for wall in greatest if own.gaps[wall] > share * (own.value - self.enough)])
        if len(self.nodes) == before:
            return cone, answer, value
        cone = replace(cone, start=answer.coefficients, free=answer.free)
        return cone, *relax(self.scaled, cone, enough=self.good)

    def widest(self, cone: Cone, answer: Shortest, allowed: np.ndarray) -> int:
        """Return the hyperplane that adds most in vain: at the point that lacks most, where the middle lacks nothing."""
        own = self.lacking
        if own is None or not (allowed & (own.gaps > 0.0)).any():
            return super().widest(cone, answer, allowed)
        return int(np.where(allowed, own.gaps, -1.0).argmax())

    def exact(self, cone: Cone, answer: Shortest) -> Violated | Open | None:
        """Split what has slack at a point where no leaf holds, else give up: the function comes too near the bound there."""
        if self.lacking is not None and (self.lacking.slack > 0.0).any():
            self.part(cone, int(self.lacking.slack.argmax()), answer)
            return None
        return self.open(answer, "a maximum is not below the penalty on the whole segment")
