"""Points of the optimal set: convex combinations of its vertices with rational weights, exact whatever the amounts are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from reluexact.kinds.optimal_set.vertex import Vertex
from reluexact.numbers.combination import combination
from reluexact.numbers.counts import counted, listed
from reluexact.numbers.real import Real
from reluexact.public import Formula, Tabular


@dataclass(frozen=True, slots=True, kw_only=True)
class Point(Formula, Tabular):
    """An optimal solution, as a convex combination of the minimal ones.

    weights: one rational number >= 0 per vertex of the optimal set, sum 1. amounts: |w| |a| of every optimal neuron.
    """

    weights: tuple[Fraction, ...]
    amounts: tuple[Real, ...]
    support: tuple[int, ...]

    @property
    def width(self) -> int:
        """Return the number of neurons that the point uses, copies of a neuron not counted."""
        return len(self.support)

    def __repr__(self) -> str:
        """Show the neurons with their amounts."""
        used = [f"{k}: {self.amounts[k]!r}" for k in self.support]
        return f"Point({counted(self.width, 'neuron')}; amounts {listed(used, 4)})"


def point_of(vertices: Sequence[Vertex], weights: Sequence[Fraction]) -> Point:
    """Return the point with these weights, which the caller has checked (see ``OptimalSet.point``)."""
    used = [(weight, vertex) for weight, vertex in zip(weights, vertices, strict=True) if weight]
    support = tuple(sorted({k for _, vertex in used for k in vertex.support}))
    size = len(used[0][1].amounts)
    amounts = tuple(combination((weight, vertex.amounts[k]) for weight, vertex in used) for k in range(size))
    return Point(weights=tuple(weights), amounts=amounts, support=support)
