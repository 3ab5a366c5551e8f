"""A block of the papers' convex program that an optimal solution may use."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A (sign, cell) of the convex program that a solution may use, with the neuron that is its direction.

    pattern: one ``+`` or ``-`` per row of X (``0`` for a row of zeros), the side of the cell.
    """

    sign: int
    pattern: str
    neuron: int
