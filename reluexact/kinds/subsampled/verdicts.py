"""Whether a column stays below the penalty, meets it or exceeds it at a proved residual: exactly, each with its evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from math import frexp

import numpy as np

from reluexact.evidence.column import Above, ColumnVerdict
from reluexact.evidence.tree import Leaf, Multipliers, TightLeaf
from reluexact.geometry.column import Column
from reluexact.geometry.signs import cell_signs
from reluexact.kinds.subsampled.columns import Columns
from reluexact.numbers.types import Vector
from reluexact.propose.pricing import project
from reluexact.propose.tree.leaf import dyadic, root
from reluexact.propose.tree.projection import exact_shortest
from reluexact.propose.tree.tight import maximiser, tight_leaf
from reluexact.propose.types import Floats
from reluexact.prove.certified import CertifiedPoint
from reluexact.prove.directions import near_direction
from reluexact.prove.dual_tree import spread_of_bounds
from reluexact.prove.form import Form, Scaled, TightCone
from reluexact.prove.neurons import TightNeuron, Unproved
from reluexact.prove.tight_leaf import TightLeafCheck
from reluexact.prove.whole_form import WholeForm

SURE = 1e-9
"""Columns this far (relatively) from the penalty are judged by floats first; what they propose is checked exactly."""

BITS = 40
ZERO_KINK = 2.0**-66


class Judge:
    """Judges the columns at the residual of one proved network."""

    def __init__(self, every: Columns, found: CertifiedPoint) -> None:
        self.every, self.found = every, found
        self.program = found.kkt.program
        self.penalty = self.program.penalty
        self.residual = every.floats(found.forms.midpoint)
        self.heights, self.units = every.heights(self.residual)
        self.targets = every.targets(self.residual)
        self.margin = spread_of_bounds(found.forms)
        self._forms: dict[int, Form] = {}
        self._wholes: dict[int, WholeForm] = {}
        self._scaled: dict[int, Scaled] = {}
        self._checks: dict[int, TightLeafCheck] = {}

    def verdict(self, index: int) -> ColumnVerdict:
        """Return the proved verdict of a column; raises Unproved when none of the three is."""
        share = float(self.heights[index]) / float(self.penalty) - 1.0
        quick = self._below(index) if share < -SURE else self._above(index) if share > SURE else self._tight(index)
        found = quick or (self._tight(index) if abs(share) > SURE else None) or self._exactly(index)
        if found is None:
            column = self.every.columns[index]
            raise Unproved(f"whether column {index} (sign {column.sign:+d}) meets the penalty is not decided")
        return found

    def form(self, sign: int) -> Form:
        """Return the function of one sign at the middle residual."""
        if sign not in self._forms:
            self._forms[sign] = Form.of(self.program.hyperplanes, self.found.forms.midpoint, sign, dimension=self.program.data.d)
        return self._forms[sign]

    def _whole(self, sign: int) -> WholeForm:
        if sign not in self._wholes:
            self._wholes[sign] = WholeForm.of(self.form(sign))
        return self._wholes[sign]

    def _below(self, index: int) -> Leaf | None:
        """Propose multipliers in floats: their vector must be shorter than the penalty, exactly."""
        walls, cone = self.every.cone(index)
        _, multipliers = project(self.targets[index], cone)
        rho = _rounded(walls, multipliers, self.every.wall_lengths[list(walls)])
        return Leaf(rho=rho) if self._is_below(self.every.columns[index], rho) else None

    def _is_below(self, column: Column, rho: Multipliers) -> bool:
        return self._whole(column.sign).is_below(column.cell, rho, self.penalty - self.margin)

    def _above(self, index: int) -> Above | None:
        """Propose a direction in floats, moved a little into the cell."""
        for share in (2.0**-40, 2.0**-30, 2.0**-20):
            point = self.units[index] + share * self.every.inward[index]
            found = Above(direction=tuple(dyadic(entry, 50) for entry in point.tolist()))
            if self._is_above(self.every.columns[index], found.direction):
                return found
        return None

    def _is_above(self, column: Column, point: Vector) -> bool:
        return self._whole(column.sign).is_above(column.cell, point, self.penalty + self.margin)

    def _tight(self, index: int) -> TightLeaf | None:
        """Find the neuron in the closed cell that meets the penalty there."""
        column = self.every.columns[index]
        for k, neuron in enumerate(self.found.neurons):
            if column.holds(neuron.face.sign, neuron.face.gate):
                leaf = self._tight_at(column, k, neuron)
                if leaf is not None:
                    return leaf
        return None

    def _tight_at(self, column: Column, index: int, neuron: TightNeuron) -> TightLeaf | None:
        form, sides = self.form(column.sign), cell_signs(column.cell)
        if column.sign not in self._scaled:
            self._scaled[column.sign] = Scaled.of(form, self.penalty)
        scaled = self._scaled[column.sign]
        cone = TightCone(neuron=index, direction=near_direction(self.found.kkt, self.found.box, neuron), gate=neuron.face.gate)
        known = maximiser(form, scaled, self.penalty, cone)
        place = replace(root(scaled, ZERO_KINK, 0), side=np.array(sides, dtype=np.int8))
        leaf = tight_leaf(form, scaled, place, known, ZERO_KINK)
        if leaf is None:
            return None
        try:
            self._check_of(column.sign).check(leaf, dict(enumerate(sides)))
        except Unproved:
            return None
        return leaf

    def _check_of(self, sign: int) -> TightLeafCheck:
        if sign not in self._checks:
            self._checks[sign] = TightLeafCheck(
                program=self.program, forms=self.found.forms, neurons=self.found.neurons, sign=sign
            )
        return self._checks[sign]

    def _exactly(self, index: int) -> Leaf | Above | None:
        """Project in rational numbers; for columns that floats cannot tell from the penalty."""
        column = self.every.columns[index]
        walls, _ = self.every.cone(index)
        normals = [
            normal if column.cell[wall] else tuple(-entry for entry in normal)
            for wall, normal in ((wall, self.program.hyperplanes.normals[wall]) for wall in walls)
        ]
        count = len(normals)
        form = self._whole(column.sign)
        gradient = tuple(Fraction(entry, form.unit) for entry in form.gradient(column.cell))
        point, vector, sure = exact_shortest(normals, gradient, [(Fraction(0), None)] * count, at_high=[False] * count, free=())
        if not sure:
            return None
        rho = tuple(sorted((walls[place], value) for place, value in point.items() if value))
        if self._is_below(column, rho):
            return Leaf(rho=rho)
        return Above(direction=vector) if self._is_above(column, vector) else None


def _rounded(walls: Sequence[int], multipliers: Floats, lengths: Floats) -> Multipliers:
    """Turn multipliers of unit normals into short ones of the exact normals."""
    entries = []
    for wall, value, length in zip(walls, multipliers.tolist(), lengths.tolist(), strict=True):
        if value > 0.0:
            bits = max(0, BITS - frexp(value / length)[1])
            entries.append((wall, dyadic(value / length, bits)))
    return tuple(sorted((wall, value) for wall, value in entries if value > 0))
