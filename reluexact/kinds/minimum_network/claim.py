"""The fewest neurons with which an optimal network exists, with evidence for both sides."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from os import PathLike
from typing import Protocol

from reluexact.evidence.status import Status
from reluexact.kinds.optimal_set.system import AmountSystem
from reluexact.kinds.optimal_set.vertex import Vertex
from reluexact.kinds.optimum.claim import Optimum
from reluexact.numbers.real import Real
from reluexact.numbers.types import Vector
from reluexact.public import Formula, Pictured, Tabular, public


@dataclass(frozen=True, slots=True, kw_only=True)
class Implied:
    """An equation ``x[variable] + ratio x[partner] = total`` (partner None: ``x[variable] = total``) that a system implies.

    multipliers: of the system's equations, which add up to it. The variable is used up: it is replaced in the equations, and its
    partner gets the upper bound ``total / ratio`` and stands for both.
    """

    variable: int
    partner: int | None
    ratio: Fraction
    total: Fraction
    multipliers: Vector


@dataclass(frozen=True, slots=True, kw_only=True)
class SumSearch:
    """Evidence that no solution has fewer than ``fractional`` shares strictly between their bounds: a search to be repeated.

    For every set F of fewer than ``fractional`` variables, and every way to put each other variable to a bound (0 or its upper
    bound; 0 where it has none), no values within the bounds for the variables of F solve the equations.
    implied: equations that are used up first, one after the other.
    """

    fractional: int
    implied: tuple[Implied, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """A closed part of the search: ``multipliers`` for the equations and ``count`` >= 0 for the budget contradict them."""

    multipliers: Vector
    count: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """A variable is at 0 (``zero``), at its upper bound (``one``; None without one), or costs a neuron (``counted``)."""

    variable: int
    zero: Branch | Leaf
    one: Branch | Leaf | None
    counted: Branch | Leaf


@dataclass(frozen=True, slots=True, kw_only=True)
class BranchTree:
    """Evidence that no solution has at most ``budget`` variables strictly between their bounds: a tree with Farkas vectors.

    uppers: rational upper bounds of the variables without one in the system, None for the others. bounding: for every
    variable j without one a vector z with ``z . column_j > 0`` and ``z . column >= 0`` for the others without one, so that
    x_j is at most ``(z . right + sum over the variables with a bound of max(0, -z . column) upper) / (z . column_j)``; empty
    for the variables with a bound. A branch on variable j says: x_j = 0, or x_j is at its upper bound, or it counts (is
    strictly between, or above 0). A leaf has multipliers y and a count m >= 0. With x_j = upper_j t_j, s_j = upper_j
    column_j, and k the number of variables that count on the way to the leaf, it closes because ``y . right - m (budget - k)
    - sum_j w_j > 0``, where w_j is 0 for x_j = 0; ``y . s_j`` for x_j at its upper bound; ``max(0, y . s_j)`` for one that
    counts and for an undecided one with an upper bound; ``max(0, y . s_j - m)`` for an undecided one without. It has to hold
    for all numbers within the enclosures.
    """

    budget: int
    uppers: tuple[Fraction | None, ...]
    bounding: tuple[Vector, ...]
    root: Branch | Leaf
    implied: tuple[Implied, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedTree:
    """Evidence as a certificate has it (CERTIFICATE.md, M2): a tree over neurons, its nodes in prefix order.

    A number branches on a neuron: without it first, then with it, where it is counted. None: enough neurons are counted. A
    vector, one number per equation of the system: no network is without the neurons left out on the way.
    """

    nodes: tuple[int | Vector | None, ...]


Evidence = SumSearch | BranchTree | CountedTree


class SolutionSet(Protocol):
    """What a certificate says of the set of optimal networks: :class:`reluexact.kinds.optimal_set.claim.OptimalSet` has it."""

    @property
    def optimum(self) -> Optimum:
        """Return the optimum."""

    @property
    def status(self) -> Status:
        """Return PROVED when the vertices are known."""

    @property
    def reason(self) -> str:
        """Return why it is not."""

    @property
    def vertices(self) -> tuple[Vertex, ...]:
        """Return all vertices, none when they are not known."""

    @property
    def system(self) -> AmountSystem | None:
        """Return the polytope of amounts, None when it is not known."""

    @property
    def labels(self) -> tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]:
        """Return every basis of the polytope."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MinimumNetwork(Tabular, Formula, Pictured):
    """The fewest neurons of an optimal network: PROVED when ``lower == upper``, else UNDECIDED with the interval and the reason.

    best: the set of optimal networks that it belongs to. Neurons that lie in one direction count once. amounts: |w| |a| of every
    optimal neuron in one optimal network with ``upper`` neurons, exactly 0 off ``support``. how: what proves that there is none
    with fewer:

    - ``vertices``: the list of all vertices is complete (the evidence of the optimal set), and one of them has the fewest.
    - ``sums``: a :class:`SumSearch` over the reduced polytope of the optimal set. There a variable with an upper bound is the
      share of a pair, one without is a single neuron. A network has ``fixed`` neurons (one per reading without a variable, one
      per pair), one for every implied equation with a positive total, and one for every variable strictly between its bounds.
    - ``tree``: a :class:`BranchTree` over the same polytope, counted in the same way, or a :class:`CountedTree`.
    - ``count``: no more is needed than what every network has: ``fixed`` and the implied equations.
    - ``none``: nothing better than one neuron is known (no neuron, when the optimal fit is 0).

    A checker repeats a search for sums: all numbers are rational, or enclosed, or sums of square roots.
    """

    best: SolutionSet = field(repr=False)
    status: Status
    lower: int
    upper: int
    amounts: tuple[Real, ...]
    support: tuple[int, ...]
    fixed: int = 0
    reason: str = ""
    how: str = "vertices"
    evidence: Evidence | None = field(default=None, compare=False)

    @property
    def width(self) -> int | None:
        """Return the fewest neurons, proved; None when UNDECIDED."""
        return self.upper if self.status is Status.PROVED else None

    def save(self, path: str | PathLike[str]) -> None:
        """Write the certificate (kind ``minimum-network``), after the stand-alone checker has accepted it."""
        public("save")(self, path)

    def __repr__(self) -> str:
        """Show what is known in one line."""
        if self.status is Status.PROVED:
            return f"MinimumNetwork(PROVED, width={self.upper}, by {self.how})"
        return f"MinimumNetwork(UNDECIDED, between {self.lower} and {self.upper}: {self.reason})"
