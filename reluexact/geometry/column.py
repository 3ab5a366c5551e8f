"""Where neurons lie: the face of one neuron, and the column of the convex program, a cell for neurons of one sign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reluexact.geometry.signs import Cell, Signs, in_cell, opposite, zeros


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """Where a neuron lies: its output sign and the sign (-1, 0, 1) of ``normal_h . u`` for every hyperplane h.

    view: of which rows the hyperplanes are, where there are several (:mod:`reluexact.model.pivots`); else 0.
    """

    sign: int
    gate: Signs
    view: int = 0

    def opposite(self) -> Face:
        """Return the face of the direction -u, same output sign."""
        return Face(sign=self.sign, gate=opposite(self.gate), view=self.view)

    @property
    def order(self) -> tuple[int, int, Signs]:
        """Return the key of the canonical order: positive output first, then the positive side of the first hyperplanes first."""
        return -self.sign, self.view, opposite(self.gate)

    @property
    def zeros(self) -> tuple[int, ...]:
        """Return the hyperplanes on which the neuron lies."""
        return zeros(self.gate)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One block of the convex program: the sign of its neurons and, per hyperplane, True where ``normal.u >= 0`` on its cell."""

    sign: int
    cell: Cell

    def holds(self, sign: int, gate: Sequence[int]) -> bool:
        """Say whether a neuron with this sign, and these signs (-1, 0, 1) on the hyperplanes, lies in the closed cell.

        >>> Column(sign=1, cell=(True, False)).holds(1, (0, -1)), Column(sign=1, cell=(True, False)).holds(1, (1, 1))
        (True, False)
        """
        return sign == self.sign and in_cell(gate, self.cell)
