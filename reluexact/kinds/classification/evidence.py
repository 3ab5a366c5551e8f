"""What the certificate of a classification says beyond the witnesses: trees and points round single neurons, as plain data.

Hyperplanes are numbered as in :class:`reluexact.kinds.classification.neuron.Surroundings` of the neuron.
"""

from __future__ import annotations

from dataclasses import dataclass

from reluexact.evidence.tree import Leaf, Split, Tighten
from reluexact.numbers.types import Vector

Fan = tuple[Split | Tighten | Leaf | Vector, ...]
"""A tree over the hyperplanes round a neuron; a leaf may be a direction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fall:
    """The objective falls when the hidden weights of this neuron alone move along the direction."""

    neuron: int
    direction: Vector


@dataclass(frozen=True, slots=True, kw_only=True)
class Separation:
    """A direction that every Clarke gradient of the neuron's pull meets with a positive product, by the tree."""

    neuron: int
    direction: Vector
    tree: Fan


@dataclass(frozen=True, slots=True, kw_only=True)
class Blockade:
    """A tree whose leaves are directions of descent, each in all closed cells of its cone."""

    neuron: int
    tree: Fan


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassificationEvidence:
    """What shows the answers to the checker, as far as their witnesses do not (CERTIFICATE.md, K3 to K5).

    pieces: a tree for every neuron: no pull is positive. fall: one is. separation: 0 is no Clarke subgradient. blockade: a neuron
    is optimal in no cell. inside: for every neuron a point inside of the cell in which it is optimal, None for a zero neuron.
    """

    pieces: tuple[Fan, ...] | None = None
    fall: Fall | None = None
    separation: Separation | None = None
    blockade: Blockade | None = None
    inside: tuple[Vector | None, ...] | None = None
