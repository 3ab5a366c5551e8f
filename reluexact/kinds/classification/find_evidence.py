"""The evidence that the certificate of a classification needs and its answers do not; found on request, for it takes time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reluexact.evidence.status import Status
from reluexact.evidence.tree import Leaf
from reluexact.kinds.classification.claim import Blocked, Classification, Descent, Pieces, SubSampled
from reluexact.kinds.classification.evidence import Blockade, ClassificationEvidence, Fall, Fan, Separation
from reluexact.kinds.classification.fan import blocked_tree, inside, pieces_tree, separation
from reluexact.kinds.classification.neuron import Surroundings, surroundings
from reluexact.numbers.types import Vector


def with_evidence(found: Classification) -> Classification:
    """Return the classification with the evidence that its certificate needs; as it is when it has it.

    One answer is shown once: what follows from another answer needs nothing.

    >>> from reluexact.kinds.classification.find import classify
    >>> from reluexact.model.dataset import Dataset
    >>> from reluexact.model.network import Network
    >>> found = with_evidence(classify(Network([[1, 0]], [1]), Dataset([[0, 1], [1, -1]], [2, 2]), 1))
    >>> found.evidence.blockade.neuron, found.evidence.pieces, found.evidence.fall
    (0, None, None)
    """
    if found.evidence is not None:
        return found
    near = surroundings(found.network, found.data, found.penalty, found.residual)
    return replace(found, evidence=_Search(found=found, near=near).run())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Search:
    found: Classification
    near: Sequence[Surroundings]

    def run(self) -> ClassificationEvidence:
        """Find what the answers leave to be shown."""
        found = self.found
        if found.directional.status is Status.PROVED:
            return ClassificationEvidence(pieces=None if found.global_minimum.status is Status.PROVED else self._pieces())
        evidence = ClassificationEvidence()
        if found.balanced and not any(one.output_slope for one in self.near):
            evidence = ClassificationEvidence(separation=self._separation(), blockade=self._blockade(), inside=self._inside())
        weaker = (found.clarke.status, found.sub_sampled.status)
        if found.directional.status is Status.REFUTED and Status.REFUTED not in weaker:
            evidence = replace(evidence, fall=self._fall())
        return evidence

    def _pieces(self) -> tuple[Fan, ...] | None:
        witness = self.found.directional.witness
        if not isinstance(witness, Pieces):
            return None
        trees: list[Fan] = []
        for one in self.near:
            own = [piece for piece in witness.pieces if piece.neuron == one.index]
            trees.append((Leaf(),) if one.is_zero else pieces_tree(one, own, self.found.limit))
        return tuple(trees)

    def _fall(self) -> Fall | None:
        witness = self.found.directional.witness
        if not isinstance(witness, Descent):
            return None
        pulled = (one for one in self.near if one.pull.value(witness.hidden[one.index]) > 0)
        index = next(pulled).index
        return Fall(neuron=index, direction=witness.hidden[index])

    def _separation(self) -> Separation | None:
        if self.found.clarke.status is not Status.REFUTED:
            return None
        for one in self.near:
            apart = separation(one, self.found.limit)
            if apart is not None:
                return Separation(neuron=one.index, direction=apart[0], tree=apart[1])
        return None

    def _blockade(self) -> Blockade | None:
        witness = self.found.sub_sampled.witness
        if not isinstance(witness, Blocked):
            return None
        return Blockade(neuron=witness.neuron, tree=blocked_tree(self.near[witness.neuron], witness, self.found.limit))

    def _inside(self) -> tuple[Vector | None, ...] | None:
        witness = self.found.sub_sampled.witness
        if not isinstance(witness, SubSampled):
            return None
        patterns = {column.neuron: column.pattern for column in witness.columns}
        return tuple(_inside(one, patterns[one.index]) if one.index in patterns else None for one in self.near)


def _inside(near: Surroundings, pattern: Sequence[int]) -> Vector:
    """Return a point inside of the cell with this pattern."""
    return inside(
        near, {hyperplane: pattern[near.hyperplane_row(hyperplane)] == 1 for hyperplane in range(len(near.pull.normals))}
    )
