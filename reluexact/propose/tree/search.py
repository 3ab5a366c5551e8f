"""The search of :mod:`cover`: which cones it closes, and which hyperplanes it splits.

Floats search; the numbers in the tree are rational, and :mod:`reluexact.prove.tree_check` judges them (for the kind
``optimum`` together with :mod:`reluexact.prove.o7_tight_leaf`). Only hyperplanes with a positive kink, and hyperplanes that part
known maximisers, are split.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from reluexact.evidence.tree import Leaf, Node, PointwiseLeaf, Split, TightLeaf, Tree
from reluexact.geometry.signs import Cell, Sides
from reluexact.progress import Progress
from reluexact.propose.tree.branching import ROUNDING, Branching, cell_of, climb
from reluexact.propose.tree.leaf import Cone, decide, exact_leaf, leaf, relax, root
from reluexact.propose.tree.projection import Shortest
from reluexact.propose.tree.tight import Maximiser, maximiser, tight_leaf
from reluexact.prove.form import Form, TightCone

TIE = Fraction(1, 10**25)
"""Values that differ from the bound by a smaller relative amount are reported as a tie."""

MARGIN = 2.0**-30
_EXACT_BELOW = 2.0**-32
_ZERO_KINK = 2.0**-66
_OUTSIDE = 2.0**-36
_SMALLEST = 2.0**-500


@dataclass(frozen=True, slots=True)
class Covered:
    """The bound holds; ``tree`` shows it."""

    tree: Tree


@dataclass(frozen=True, slots=True)
class Violated:
    """At ``direction`` (see :class:`reluexact.propose.pricing.Priced`) the function has ``value`` > bound.

    cell: a full cell (True: on) whose closure holds it.
    """

    direction: tuple[float, ...]
    value: float
    cell: Cell


@dataclass(frozen=True, slots=True)
class Open:
    """The greatest value on some cone cannot be told from the bound: a maximiser that is not in the list, or a tie."""

    cell: Cell
    value: float
    reason: str
    direction: tuple[float, ...] = ()


class Search(Branching):
    """One proof; :mod:`reluexact.propose.tree.path_cover` has another idea of when a cone is closed."""

    def __init__(
        self,
        form: Form,
        bound: Fraction,
        tight: Sequence[TightCone],
        settled: Set[int],
        *,
        margin: float,
        tie: Fraction,
        limit: int,
        progress: Progress | None,
    ) -> None:
        super().__init__(form, bound, limit=limit, progress=progress)
        self.form, self.bound, self.margin, self.tie = form, bound, margin, tie
        self.zero = _ZERO_KINK if tight else 0.0
        self.known = [maximiser(form, self.scaled, bound, one) for one in tight]
        self.gates = np.array([one.gate for one in tight], dtype=np.int8).reshape(len(tight), len(form.normals))
        self.vague = np.abs(self.scaled.kinks) <= self.zero
        self.vague[list(settled)] = False
        self.good = 1.0 - _EXACT_BELOW - ROUNDING * self.scaled.size
        self.inward = np.zeros_like(self.scaled.rows)

    def run(self, start: Sides) -> Covered | Violated | Open:
        """Search depth first, within the cone of the hyperplanes decided at the start."""
        self.stack.append(self.whole(start))
        return self.finish() or Covered(pruned(self.nodes, self.kinks_of_leaves(), self.deciding))

    def whole(self, start: Sides) -> Cone:
        """Begin with the cone of the hyperplanes decided at the start."""
        cone = root(self.scaled, self.zero, len(self.known))
        for hyperplane, side in start:
            cone = decide(self.scaled, cone, hyperplane, side)
        self.inward = self.scaled.rows * cone.side[:, None]
        return cone

    def finish(self) -> Violated | Open | None:
        """Close all cones on the stack; return what stops the search."""
        while self.stack:
            failed = self.visit(self.pop())
            if failed is not None:
                return failed
        return None

    def kinks_of_leaves(self) -> Sequence[Fraction]:
        """Return kinks that are positive where a leaf may pay for an open hyperplane."""
        return self.form.kinks

    def visit(self, cone: Cone) -> Violated | Open | None:
        """Close the cone with a leaf, or split it; return what stops the search."""
        answer, value = relax(self.scaled, cone, enough=self.good)
        if not cone.tight and self.closed(cone, answer, value):
            return None
        if answer.length > 0.0:
            found = self._above(answer.vector / answer.length)
            if found is not None:
                return found
        if cone.tight:
            return self._visit_tight(cone, answer)
        looser = cone
        cone, answer, value = self.tightened(cone, answer, value)
        if cone is not looser and self.closed(cone, answer, value):
            return None
        if cone.slack.any():
            self.part(cone, self.widest(cone, answer, cone.slack > 0.0), answer)
            return None
        return self.exact(cone, answer)

    def closed(self, cone: Cone, answer: Shortest, value: float) -> bool:
        """Write the leaf of a cone on which the function is proved to be below the bound; say whether it is."""
        if value <= self.good:
            self.nodes.append(leaf(self.scaled, cone, answer.coefficients, 1.0 - value))
        return value <= self.good

    def part(self, cone: Cone, hyperplane: int, answer: Shortest) -> None:
        """Split a cone that may hold known maximisers."""
        on, off = (tuple(k for k in cone.tight if self.gates[k, hyperplane] * side >= 0) for side in (1, -1))
        self.split(cone, hyperplane, answer, (on, off))

    def _visit_tight(self, cone: Cone, answer: Shortest) -> Open | None:
        """Treat a cone that holds known maximisers: part them, decide positive kinks off their walls, then write the leaf."""
        gates = self.gates[list(cone.tight)]
        open_hyperplanes = cone.side == 0
        positive = open_hyperplanes & (self.scaled.kinks > self.zero)
        crossing = positive & (gates != 0).any(axis=0)
        if crossing.any():
            self.part(cone, self.widest(cone, answer, crossing), answer)
            return None
        if len(cone.tight) > 1:
            parting = open_hyperplanes & (gates.max(axis=0) != gates.min(axis=0))
            if parting.any():
                spread = np.where(parting, gates.max(axis=0) - gates.min(axis=0), 0)
                self.part(cone, int(spread.argmax()), answer)
                return None
            return self.open(answer, "two of the known maximisers lie in the same cell")
        return self._close_tight(cone, answer, positive)

    def _close_tight(self, cone: Cone, answer: Shortest, positive: np.ndarray) -> Open | None:
        """Write the leaf of the only maximiser of a cone, or decide one more hyperplane.

        A kink that is 0 to all digits may not be known to be at most 0, as the leaf asks of open hyperplanes: such hyperplanes
        are split.
        """
        known = self.known[cone.tight[0]]
        vague = (cone.side == 0) & (known.gate != 0) & self.vague
        if vague.any():
            self.part(cone, self._nearest(known, vague), answer)
            return None
        node = tight_leaf(self.form, self.scaled, cone, known, self.zero)
        if node is not None:
            self.nodes.append(node)
            return None
        on_hyperplanes = np.zeros(len(positive), dtype=bool)
        on_hyperplanes[list(known.zeros)] = True
        for choice in (positive & on_hyperplanes, (cone.side == 0) & on_hyperplanes):
            if choice.any():
                self.part(cone, int(np.where(choice, np.abs(self.scaled.kinks), -1.0).argmax()), answer)
                return None
        return self.open(answer, f"the maximiser {known.neuron} has no multipliers on its walls")

    def _nearest(self, known: Maximiser, allowed: np.ndarray) -> int:
        """Return the allowed hyperplane nearest to a maximiser: farther ones may not cross what is left of the cone."""
        return int(np.where(allowed, np.abs(self.scaled.heights(known.direction)), np.inf).argmin())

    def exact(self, cone: Cone, answer: Shortest) -> Violated | Open | None:
        """Decide a cone whose relaxation has no slack and is close to the bound."""
        exact = exact_leaf(self.form, cone, answer, self.bound)
        close = self.tie
        if exact.square < (1 - close) ** 2:
            margin = (1 - exact.square) / 2
            self.nodes.append(exact.node(self.form, self.scaled, cone, margin))
            return None
        if exact.square > (1 + self.tie) ** 2 and exact.proved:
            return self._violated(self.scaled.point(tuple(x / self.bound for x in exact.vector)))
        return self.open(answer, "a maximum cannot be told from the bound" if exact.proved else "no exact optimum was reached")

    def _above(self, direction: np.ndarray) -> Violated | None:
        if self.scaled.value(direction) > 1.0 + self.margin + ROUNDING * self.scaled.size and self._inside(direction):
            return self._violated(direction)
        return None

    def _inside(self, direction: np.ndarray) -> bool:
        """Say whether a unit direction lies in the cone of the start, up to rounding."""
        return bool((self.inward @ direction >= -_OUTSIDE).all())

    def _violated(self, direction: np.ndarray) -> Violated:
        """Climb from a violating direction to the greatest value on its cell, as long as that helps and stays inside."""
        direction = direction / np.linalg.norm(direction)
        higher, value = climb(self.scaled, direction)
        if self._inside(higher):
            direction = higher
        else:
            value = self.scaled.value(direction)
        return Violated(self.scaled.direction(direction), value * self.scaled.bound, cell_of(self.scaled, direction))

    def open(self, answer: Shortest, reason: str) -> Open:
        """Return that a cone stays open, and why."""
        direction = answer.vector / max(answer.length, _SMALLEST)
        cell, value = cell_of(self.scaled, direction), answer.length * self.scaled.bound
        return Open(cell, value, reason, self.scaled.direction(direction))


def pruned(nodes: Sequence[Node], kinks: Sequence[Fraction], deciding: Set[int] = frozenset()) -> Tree:
    """Leave out the tightenings of bounds that no leaf below them uses; those at ``deciding`` decide their hyperplanes.

    >>> from reluexact.evidence.tree import Tighten
    >>> half = Fraction(1, 2)
    >>> pruned((Tighten(0, "lo", ()), Tighten(0, "hi", ()), Leaf()), (half,))
    (Tighten(hyperplane=0, side='hi', rho=()), Leaf(rho=(), slope=()))
    """
    positive = sum(1 << hyperplane for hyperplane, kink in enumerate(kinks) if kink > 0)
    kept: list[Node] = []
    needs: list[dict[str, int]] = []
    for position, node in reversed(list(enumerate(nodes))):
        if isinstance(node, Leaf | PointwiseLeaf):
            leaves = node.leaves if isinstance(node, PointwiseLeaf) else (node,)
            slopes = [dict(leaf.slope) for leaf in leaves]
            full = sum(1 << hyperplane for hyperplane in slopes[0] if all(parts.get(hyperplane, 0) >= 1 for parts in slopes))
            some = sum(1 << hyperplane for hyperplane in {h for parts in slopes for h, part in parts.items() if part})
            needs.append({"hi": positive & ~full, "lo": positive & some})
        elif isinstance(node, TightLeaf):
            needs.append({"hi": 0, "lo": 0})
        elif isinstance(node, Split):
            one, other = needs.pop(), needs.pop()
            needs.append({side: (one[side] | other[side]) & ~(1 << node.hyperplane) for side in one})
        elif position in deciding:
            needs[-1] = {side: hyperplanes & ~(1 << node.hyperplane) for side, hyperplanes in needs[-1].items()}
        elif needs[-1][node.side] >> node.hyperplane & 1:
            needs[-1][node.side] &= ~(1 << node.hyperplane)
        else:
            continue
        kept.append(node)
    return tuple(reversed(kept))
