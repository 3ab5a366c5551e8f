"""The branch tree that proves an upper bound of ``sign * theta.(Xu)+`` over all u (CERTIFICATE.md, "Trees").

A tree is the tuple of its nodes in prefix order. Hyperplanes are positions in
:class:`reluexact.geometry.hyperplanes.Hyperplanes`.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

Multipliers = tuple[tuple[int, Fraction], ...]
"""(hyperplane, number) pairs, ascending in the hyperplane, zeros left out."""


@dataclass(frozen=True, slots=True)
class Split:
    """Decide one hyperplane; the tree of the side ``on`` follows, then the tree of the side ``off``."""

    hyperplane: int


@dataclass(frozen=True, slots=True)
class Tighten:
    """Improve the bound ``hi`` or ``lo`` of one hyperplane from the decided cone; the tree of the same cone follows."""

    hyperplane: int
    side: str
    rho: Multipliers


@dataclass(frozen=True, slots=True)
class Leaf:
    """Bound the function on the node's cone with multipliers of decided hyperplanes and slopes of undecided ones."""

    rho: Multipliers = ()
    slope: Multipliers = ()


@dataclass(frozen=True, slots=True)
class TightLeaf:
    """The node's cone contains exactly one maximiser of value b: the neuron with this index.

    fixed: multipliers. kinks: multipliers as multiples of the kink of their hyperplane. free: hyperplanes that the neuron
    does not lie on, whose multipliers are like those of the others.
    """

    neuron: int
    solve: tuple[int, ...] = ()
    fixed: Multipliers = ()
    kinks: Multipliers = ()
    free: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PointwiseLeaf:
    """A leaf of a tree for a curve of functions: one for each control point of the curve."""

    leaves: tuple[Leaf, ...]


Node = Split | Tighten | Leaf | TightLeaf | PointwiseLeaf
Tree = tuple[Node, ...]
