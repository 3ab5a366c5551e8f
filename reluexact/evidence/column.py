"""What is known of a column (sign, cell) of the convex program at a residual theta.

Let h be the greatest value of ``sign theta.(Xu)+`` over the unit vectors u of the closed cell. The verdict is a
:class:`~reluexact.evidence.tree.Leaf` (h < b), a :class:`~reluexact.evidence.tree.TightLeaf` (h = b, at the named neuron alone)
or :class:`Above` (h > b).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from reluexact.evidence.tree import Leaf, TightLeaf


@dataclass(frozen=True, slots=True)
class Above:
    """A vector u of the closed cell with ``sign theta.(Xu)+ > b |u|``."""

    direction: tuple[Fraction, ...]


ColumnVerdict = Leaf | TightLeaf | Above
