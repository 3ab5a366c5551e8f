"""What a structure of the path is: its blocks, and a basis of the directions that its pairs span."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from reluexact.evidence.path import PathBlock, TieNeuron
from reluexact.geometry.column import Face
from reluexact.numbers.types import IntVector, Vector
from reluexact.propose.types import Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """Blocks in canonical order; lineality, ties, apart: as in :class:`reluexact.evidence.path.Segment`."""

    blocks: tuple[PathBlock, ...]
    lineality: tuple[IntVector, ...] = ()
    ties: tuple[TieNeuron, ...] = ()
    apart: Vector = ()

    @staticmethod
    def of(blocks: Iterable[PathBlock], lineality: tuple[IntVector, ...] = ()) -> Shape:
        """Put the blocks in order."""
        return Shape(blocks=tuple(sorted(blocks, key=lambda block: block.face.order)), lineality=lineality)

    @property
    def faces(self) -> tuple[Face, ...]:
        """Return the faces of blocks, opposites of pairs, and ties."""
        pairs = (block.face.opposite() for block in self.blocks if block.paired)
        return (*(block.face for block in self.blocks), *pairs, *(tie.face for tie in self.ties))


def unit_vector(tie: TieNeuron) -> Floats:
    """Return the unit vector of a tie."""
    ray = np.array(tie.ray, dtype=float)
    return np.asarray(ray / np.linalg.norm(ray))
