"""What proofs about a network and about the dual point leave behind: structure, box and trees."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from reluexact.evidence.dependence import Dependence
from reluexact.evidence.exact import Combination, Relation
from reluexact.evidence.neuron import Neuron
from reluexact.evidence.problem_bound import ViewTree
from reluexact.evidence.tree import Tree
from reluexact.model.dataset import Dataset
from reluexact.numbers.types import Vector


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundEvidence:
    """Rational dual point with its two trees: a lower bound (certificate kind ``bound``)."""

    residual: Vector
    positive: Tree
    negative: Tree


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkEvidence:
    """Why a network exists whose neurons are tight at its residual: its structure and its box (CERTIFICATE.md, O2 to O7a).

    relations: what vanishes exactly (R1). ties: of those known by enclosures only, the index and why its length is b (R2).
    dependences: why features of ties depend on others (R3), where the amounts of all neurons are described.
    """

    roles: tuple[str, ...]
    bases: tuple[tuple[tuple[int, ...], ...], ...]
    lineality: tuple[tuple[int, ...], ...]
    midpoint: Vector
    radius: Fraction
    preconditioner: tuple[Vector, ...]
    split_fixed: tuple[tuple[int, Fraction], ...]
    split_solve: tuple[int, ...]
    relations: tuple[Relation, ...] = ()
    ties: tuple[tuple[int, Combination], ...] = ()
    dependences: tuple[Dependence, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class OptimumEvidence(NetworkEvidence):
    """What the certificate kind ``optimum`` says: the network, and the trees that show that no direction exceeds the penalty."""

    positive: Tree
    negative: Tree


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemEvidence(NetworkEvidence):
    """The same for a problem with other losses, a linear part or free biases.

    places: of the rows on their losses (:mod:`reluexact.model.law`). pins: (row, theta) where theta is not determined.
    tied: (row, neuron) where theta follows from a tie.
    """

    places: tuple[int, ...]
    pins: tuple[tuple[int, Fraction], ...]
    tied: tuple[tuple[int, int], ...] = ()
    positive: tuple[ViewTree, ...]
    negative: tuple[ViewTree, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvedNetwork:
    """A network with all that it takes to certify it again: the problem, the neurons of the claim, and their evidence."""

    data: Dataset
    penalty: Fraction
    neurons: tuple[Neuron, ...]
    evidence: NetworkEvidence
