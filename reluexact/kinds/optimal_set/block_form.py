"""The papers' block form: one block per output sign and closed cell, so that a neuron on a wall belongs to several blocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reluexact.evidence.neuron import Neuron
from reluexact.geometry.arrangement import activation_patterns
from reluexact.model.dataset import Dataset


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A (sign, cell) of the convex program that a solution may use, with the neuron that is its direction.

    pattern: one ``+`` or ``-`` per row of X (``0`` for a row of zeros), the side of the cell.
    """

    sign: int
    pattern: str
    neuron: int


def block_form(data: Dataset, neurons: Sequence[Neuron]) -> tuple[Block, ...]:
    """List the blocks of all full-dimensional cells whose closed cones contain a neuron, neuron by neuron.

    The amount of a neuron divides freely among its blocks, so the papers' optimal set (one amount per block: Mishkin & Pilanci
    2023, Thm 3.2) has one more dimension for every block of a neuron with weight beyond its first.
    """
    blocks: list[Block] = []
    for k, neuron in enumerate(neurons):
        for pattern in _cells(data, neuron):
            blocks.append(Block(sign=neuron.sign, pattern=pattern, neuron=k))
    return tuple(blocks)


def _cells(data: Dataset, neuron: Neuron) -> list[str]:
    """Return the patterns of the cells around a neuron: those of the walls it lies on, completed by its own gates."""
    walls = [i for i in neuron.face if any(data.X[i])]
    if not walls:
        return [neuron.pattern]
    found = []
    for sides in activation_patterns([data.X[i] for i in walls]).patterns:
        signs = list(neuron.pattern)
        for i, on in zip(walls, sides, strict=True):
            signs[i] = "+" if on else "-"
        found.append("".join(signs))
    return sorted(found)
