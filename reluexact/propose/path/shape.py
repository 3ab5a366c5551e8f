"""What a structure of the path is: its blocks, and a basis of the directions that its pairs span."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reluexact.evidence.path import PathBlock
from reluexact.numbers.types import IntVector


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """Blocks in canonical order; lineality: as in :class:`reluexact.evidence.path.Segment`."""

    blocks: tuple[PathBlock, ...]
    lineality: tuple[IntVector, ...] = ()

    @staticmethod
    def of(blocks: Iterable[PathBlock], lineality: tuple[IntVector, ...] = ()) -> Shape:
        """Put the blocks in order."""
        return Shape(blocks=tuple(sorted(blocks, key=lambda block: block.face.order)), lineality=lineality)
