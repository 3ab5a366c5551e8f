"""The papers' block form: one block per output sign and closed cell, so that a neuron on a wall belongs to several blocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reluexact.evidence.neuron import Neuron
from reluexact.geometry.arrangement import activation_patterns
from reluexact.kinds.optimal_set.blocks import Block
from reluexact.kinds.optimal_set.claim import OptimalSet, require_set
from reluexact.model.dataset import Dataset


def blocks(best: OptimalSet) -> tuple[Block, ...]:
    """Return the block form of an optimal set: every (sign, cell) that an optimal solution of the convex program may use."""
    require_set(best)
    data = best.optimum.data
    return block_form(data.given, [replace(neuron, gate=data.per_row(neuron.gate)) for neuron in best.neurons])


def unique(best: OptimalSet) -> bool | None:
    """Say whether the papers' convex program has one solution: p-unique, and no neuron with weight lies on a hyperplane.

    A neuron on a hyperplane belongs to several closed cells, so its amount divides freely among their blocks. None: not known.
    """
    require_set(best)
    if best.p_unique is not True:
        return best.p_unique
    found = blocks(best)
    used = [k for k, neuron in enumerate(best.neurons) if neuron.positive is not False]
    return all(sum(block.neuron == k for block in found) == 1 for k in used)


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
    """Return the patterns of the cells around a neuron: those of the hyperplanes it lies on, completed by its own gates."""
    hyperplanes = [i for i in neuron.face if any(data.X[i])]
    if not hyperplanes:
        return [neuron.pattern]
    found = []
    for sides in activation_patterns([data.X[i] for i in hyperplanes]).patterns:
        signs = list(neuron.pattern)
        for i, on in zip(hyperplanes, sides, strict=True):
            signs[i] = "+" if on else "-"
        found.append("".join(signs))
    return sorted(found)
