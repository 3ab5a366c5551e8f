"""Points of the optimal set: convex combinations of its vertices with rational weights, exact whatever the amounts are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from reluexact.kinds.optimal_set.claim import Vertex
from reluexact.numbers.radicals import RadicalSum
from reluexact.numbers.real import Real
from reluexact.public import Formula

Term = tuple[Fraction, Real]


@dataclass(frozen=True, slots=True, kw_only=True)
class Point(Formula):
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


@dataclass(frozen=True, slots=True)
class CombinationSource:
    """Encloses a rational combination of numbers to any number of digits."""

    terms: tuple[Term, ...]

    def enclose(self, digits: int) -> tuple[Fraction, Fraction]:
        """Return bounds at most 10^-digits apart."""
        size = sum((abs(factor) for factor, _ in self.terms), Fraction(0))
        more = digits + len(str(int(size) + 1))
        finer = [(factor, value.refined(more)) for factor, value in self.terms]
        return _bounds(finer)


def combination(terms: Iterable[Term]) -> Real:
    """Return ``sum factor * value``, exactly where every value is rational or a sum of square roots.

    >>> combination([(Fraction(1, 2), Real.rational(3)), (Fraction(2), Real.rational(1))])
    7/2
    """
    used = tuple((factor, value) for factor, value in terms if factor and not (value.is_rational and not value.low))
    if not used:
        return Real.rational(0)
    if len(used) == 1 and used[0][0] == 1:
        return used[0][1]
    if all(value.is_rational for _, value in used):
        return Real.rational(sum((factor * value.low for factor, value in used), Fraction(0)))
    radicals = [(factor, value.radical) for factor, value in used if value.radical is not None]
    if len(radicals) == len(used):
        total = RadicalSum()
        for factor, radical in radicals:
            total = total + radical.scaled(factor)
        return Real.of_radical(total)
    low, high = _bounds(used)
    return Real(low=low, high=high, source=CombinationSource(used))


def point_of(vertices: Sequence[Vertex], weights: Sequence[Fraction]) -> Point:
    """Return the point with these weights, which the caller has checked (see ``OptimalSet.point``)."""
    used = [(weight, vertex) for weight, vertex in zip(weights, vertices, strict=True) if weight]
    support = tuple(sorted({k for _, vertex in used for k in vertex.support}))
    size = len(used[0][1].amounts)
    amounts = tuple(combination((weight, vertex.amounts[k]) for weight, vertex in used) for k in range(size))
    return Point(weights=tuple(weights), amounts=amounts, support=support)


def _bounds(terms: Iterable[Term]) -> tuple[Fraction, Fraction]:
    low = high = Fraction(0)
    for factor, value in terms:
        ends = factor * value.low, factor * value.high
        low, high = low + min(ends), high + max(ends)
    return low, high
