"""A lower bound on the number of variables between their bounds: a branch tree whose leaves carry contradictions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from operator import mul

from reluexact.errors import Argument, Cure, Limit, Message
from reluexact.kinds.minimum_network.claim import Branch, Leaf
from reluexact.kinds.minimum_network.fewest.steps import BITS, Steps, on_all_rows
from reluexact.numbers.scalar_vectors import ScalarVector
from reluexact.propose.fewest.relaxation import COUNTED, FREE, ONE, ZERO, Relaxed, relax


class Unclosed(ArithmeticError):
    """A part of the search could be neither closed nor searched further."""


@dataclass(slots=True)
class TreeSearch:
    """Proves that no solution has at most ``budget`` variables between their bounds, or finds one that has.

    nodes: visited so far, at most ``limit``. better: the solution found.
    """

    steps: Steps
    budget: int
    limit: int
    nodes: int = 0
    better: ScalarVector | None = None
    tried: set[tuple[tuple[int, ...], tuple[int, ...]]] = field(default_factory=set)

    def run(self) -> Branch | Leaf | None:
        """Return the tree; None when ``better`` was found. Raises Unclosed and Undecided."""
        return self._node((FREE,) * len(self.steps.steps))

    def _node(self, states: tuple[str, ...]) -> Branch | Leaf | None:
        self.nodes += 1
        if self.nodes > self.limit:
            stop = Limit(counted="nodes of a search tree", value=self.limit, reached=self.nodes)
            cure = Cure("raise ", Argument("limit"))
            raise Unclosed(Message(f"the search tree has more than {self.limit} nodes", cure, limit=stop))
        if states.count(COUNTED) > self.budget:
            return Leaf(multipliers=(Fraction(0),) * self.steps.height, count=Fraction(1))
        relaxed = relax(self.steps.floats, self.steps.bounded, states, self.budget)
        if relaxed is None:
            raise Unclosed("the linear program of a node could not be solved")
        leaf = self._leaf(states, relaxed)
        if leaf is not None:
            return leaf
        if self._solution(states, relaxed):
            return None
        return self._branch(states, relaxed)

    def _branch(self, states: tuple[str, ...], relaxed: Relaxed) -> Branch | None:
        open_ones = [j for j, state in enumerate(states) if state == FREE]
        if not open_ones:
            raise Unclosed("one case could neither be excluded nor solved")
        j = relaxed.most_fractional(open_ones)
        children: dict[str, Branch | Leaf] = {}
        for state in (ZERO, ONE, COUNTED):
            if state == ONE and not self.steps.bounded[j]:
                continue
            child = self._node((*states[:j], state, *states[j + 1 :]))
            if child is None:
                return None
            children[state] = child
        return Branch(variable=j, zero=children[ZERO], one=children.get(ONE), counted=children[COUNTED])

    def _leaf(self, states: tuple[str, ...], relaxed: Relaxed) -> Leaf | None:
        for whole, budget, bits in relaxed.roundings():
            if self._closes(states, whole, budget << BITS):
                return self._as_leaf(whole, budget, bits)
        return None

    def _as_leaf(self, whole: Sequence[int], budget: int, bits: int) -> Leaf:
        """Return the multipliers for the equations as they are in the system."""
        steps = self.steps
        scaled = [entry * Fraction(2) ** (factor - bits - BITS) for entry, factor in zip(whole, steps.factors, strict=True)]
        return Leaf(multipliers=on_all_rows(scaled, steps.rows, steps.height), count=Fraction(budget, 2**bits))

    def _closes(self, states: tuple[str, ...], whole: Sequence[int], count: int) -> bool:
        """Check the contradiction for all numbers within the enclosures."""
        steps, size = self.steps, sum(map(abs, whole))
        total = sum(map(mul, whole, steps.integers[-1])) - size * steps.errors[-1]
        total -= count * (self.budget - states.count(COUNTED))
        for j, state in enumerate(states):
            if state == ZERO:
                continue
            most = sum(map(mul, whole, steps.integers[j])) + size * steps.errors[j]
            if state == FREE and not steps.bounded[j]:
                most -= count
            total -= most if state == ONE else max(0, most)
        return bool(total > 0)

    def _solution(self, states: tuple[str, ...], relaxed: Relaxed) -> bool:
        """Try the shares between 0 and 1 exactly; True when they are a solution within the budget."""
        between, ones = relaxed.places(self.steps.bounded)
        if len(between) > self.budget or (between, ones) in self.tried:
            return False
        self.tried.add((between, ones))
        point = self.steps.settle(between, ones)
        if point is None and FREE not in states:
            point = self.steps.on_face([j for j, state in enumerate(states) if state == COUNTED], ones)
        self.better = point
        return point is not None


def restarted(search: TreeSearch, budget: int) -> TreeSearch:
    """Return a search with a smaller budget that goes on counting the nodes."""
    return replace(search, budget=budget, better=None, tried=set())
