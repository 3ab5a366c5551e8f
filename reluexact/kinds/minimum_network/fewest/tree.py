"""A lower bound on the number of variables between their bounds: a branch tree whose leaves carry contradictions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from operator import mul

import numpy as np

from reluexact.errors import Argument, Cure, Limit, Message
from reluexact.kinds.minimum_network.claim import Branch, Leaf
from reluexact.kinds.minimum_network.fewest.steps import BITS, Steps, on_all_rows
from reluexact.numbers.scalar_vectors import ScalarVector
from reluexact.propose.engines import engine
from reluexact.propose.engines.program import Bound, LinearProgram
from reluexact.propose.types import Floats

FREE, ZERO, ONE, COUNTED = "free", "zero", "one", "counted"
NEAR = 1e-7
"""Floats closer than this to a bound propose that the variable is at it; the proposal is then checked exactly."""
ROUNDINGS = (20, 40, 52)


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
        y, count, shares = self._relaxed(states)
        leaf = self._leaf(states, y, count)
        if leaf is not None:
            return leaf
        if self._solution(states, shares):
            return None
        return self._branch(states, shares)

    def _branch(self, states: tuple[str, ...], shares: Floats) -> Branch | None:
        open_ones = [j for j, state in enumerate(states) if state == FREE]
        if not open_ones:
            raise Unclosed("one case could neither be excluded nor solved")
        j = max(open_ones, key=lambda k: (round(float(min(shares[k], 1 - shares[k])), 6), round(float(shares[k]), 6), -k))
        children: dict[str, Branch | Leaf] = {}
        for state in (ZERO, ONE, COUNTED):
            if state == ONE and not self.steps.bounded[j]:
                continue
            child = self._node((*states[:j], state, *states[j + 1 :]))
            if child is None:
                return None
            children[state] = child
        return Branch(variable=j, zero=children[ZERO], one=children.get(ONE), counted=children[COUNTED])

    def _relaxed(self, states: tuple[str, ...]) -> tuple[Floats, float, Floats]:
        """Solve the relaxation in floats: multipliers of the equations and of the budget, and the shares."""
        floats, width = self.steps.floats, self.steps.floats.shape[1]
        active = [j for j, state in enumerate(states) if state in (FREE, COUNTED)]
        left = self.budget - states.count(COUNTED)
        target = floats[-1] - floats[[j for j, state in enumerate(states) if state == ONE]].sum(axis=0)
        cost = np.concatenate([-target, [left], np.ones(len(active))])
        price = [-1.0 if states[j] == FREE and not self.steps.bounded[j] else 0.0 for j in active]
        rows = np.hstack([floats[active], np.array(price).reshape(-1, 1), -np.eye(len(active))])
        box: list[Bound] = [*[(-1.0, 1.0)] * width, (0.0, 1.0), *[(0.0, None)] * len(active)]
        shares = np.array([1.0 if state == ONE else 0.0 for state in states])
        if not active:
            gap = np.abs(target).max(initial=0.0)
            return (np.sign(target) if gap else target), 0.0, shares
        answer = engine("linear").solve(LinearProgram(cost=cost, rows=rows, limits=np.zeros(len(active)), bounds=box))
        if answer is None:
            raise Unclosed("the linear program of a node could not be solved")
        shares[active] = -answer.marginals
        return answer.point[:width], float(answer.point[width]), shares

    def _leaf(self, states: tuple[str, ...], y: Floats, count: float) -> Leaf | None:
        for bits in ROUNDINGS:
            whole = [round(float(entry) * 2**bits) for entry in y]
            budget = max(0, round(count * 2**bits))
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

    def _solution(self, states: tuple[str, ...], shares: Floats) -> bool:
        """Try the shares between 0 and 1 exactly; True when they are a solution within the budget."""
        bounded = self.steps.bounded
        between = tuple(j for j, t in enumerate(shares) if t > NEAR and (t < 1 - NEAR or not bounded[j]))
        ones = tuple(j for j, t in enumerate(shares) if t >= 1 - NEAR and bounded[j])
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
