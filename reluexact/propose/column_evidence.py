"""What floats propose about the columns at one residual: which verdict is likely, and evidence for it, to be checked exactly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import frexp

import numpy as np

from reluexact.evidence.tree import Multipliers, TightLeaf
from reluexact.geometry.column import Column
from reluexact.geometry.signs import cell_signs
from reluexact.numbers.types import Vector
from reluexact.propose.columns import Columns
from reluexact.propose.pricing import project
from reluexact.propose.tree.leaf import dyadic, root
from reluexact.propose.tree.scaled import Scaled
from reluexact.propose.tree.tight import Maximiser, maximiser, tight_leaf
from reluexact.propose.types import Floats
from reluexact.prove.form import Form, TightCone

SURE = 1e-9
"""Columns this far (relatively) from the penalty are judged by floats first; what they propose is checked exactly."""

BITS = 40
ZERO_KINK = 2.0**-66


class ColumnProposals:
    """Proposals at one residual."""

    def __init__(self, every: Columns, residual: Vector) -> None:
        theta = every.floats(residual)
        self.every, self.penalty = every, every.program.penalty
        self.heights, self._units = every.heights(theta)
        self._targets = every.targets(theta)
        self._scaled: dict[int, Scaled] = {}
        self._known: dict[int, Maximiser] = {}

    def likely(self, index: int) -> int:
        """Return -1 or +1 for a column that seems to be well below or above the penalty, else 0."""
        share = float(self.heights[index]) / float(self.penalty) - 1.0
        return -1 if share < -SURE else 1 if share > SURE else 0

    def direction(self, index: int) -> tuple[float, ...]:
        """Return the direction in the cell along which the column is highest; see :class:`reluexact.propose.pricing.Priced`."""
        unit: Floats = self._units[index]
        return self.every.view.direction(unit)

    def multipliers(self, index: int) -> Multipliers:
        """Propose multipliers whose vector is shorter than the penalty."""
        hyperplanes, cone = self.every.cone(index)
        _, multipliers = project(self._targets[index], cone, self.every.view.scale)
        return _rounded(hyperplanes, multipliers, self.every.hyperplane_lengths[list(hyperplanes)])

    def directions_inside(self, index: int) -> Iterator[Vector]:
        """Propose directions along which the column exceeds the penalty, moved into the cell less or more."""
        for share in (2.0**-40, 2.0**-30, 2.0**-20):
            point = self._units[index] + share * self.every.inward[index]
            basis = self.every.view.basis
            yield tuple(dyadic(entry, 50) for entry in point.tolist()) if basis is None else basis.exact(point * basis.scale)

    def tight_leaf(self, column: Column, form: Form, cone: TightCone) -> TightLeaf | None:
        """Propose multipliers that make a known maximiser the only one of the column's cell."""
        if column.sign not in self._scaled:
            self._scaled[column.sign] = Scaled.of(form, self.penalty)
        scaled = self._scaled[column.sign]
        if cone.neuron not in self._known:
            self._known[cone.neuron] = maximiser(form, scaled, self.penalty, cone)
        known = self._known[cone.neuron]
        place = replace(root(scaled, ZERO_KINK, 0), side=np.array(cell_signs(column.cell), dtype=np.int8))
        return tight_leaf(form, scaled, place, known, ZERO_KINK)


def _rounded(hyperplanes: Sequence[int], multipliers: Floats, lengths: Floats) -> Multipliers:
    """Turn multipliers of unit normals into short ones of the exact normals."""
    entries = []
    for hyperplane, value, length in zip(hyperplanes, multipliers.tolist(), lengths.tolist(), strict=True):
        if value > 0.0:
            bits = max(0, BITS - frexp(value / length)[1])
            entries.append((hyperplane, dyadic(value / length, bits)))
    return tuple(sorted((hyperplane, value) for hyperplane, value in entries if value > 0))
