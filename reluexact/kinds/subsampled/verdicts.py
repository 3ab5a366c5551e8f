"""Whether a column stays below the penalty, meets it or exceeds it at a proved residual: exactly, each with its evidence."""

from __future__ import annotations

from fractions import Fraction

from reluexact.evidence.column import Above, ColumnVerdict
from reluexact.evidence.tree import Leaf, Multipliers, TightLeaf
from reluexact.geometry.column import Column
from reluexact.geometry.signs import cell_signs
from reluexact.numbers.types import Vector
from reluexact.propose.column_evidence import ColumnProposals
from reluexact.propose.columns import Columns
from reluexact.propose.tree.projection import exact_shortest
from reluexact.prove.certified import CertifiedPoint
from reluexact.prove.directions import near_direction
from reluexact.prove.form import Form, TightCone
from reluexact.prove.integer_form import IntegerForm
from reluexact.prove.neurons import TightNeuron, Unproved
from reluexact.prove.o7_tight_leaf import TightLeafCheck
from reluexact.prove.o8_dual_tree import spread_of_bounds


class Judge:
    """Judges the columns at the residual of one proved network."""

    def __init__(self, every: Columns, found: CertifiedPoint) -> None:
        self.every, self.found = every, found
        self.program = found.kkt.program
        self.penalty = self.program.penalty
        self.proposals = ColumnProposals(every, found.forms.midpoint)
        self.margin = spread_of_bounds(found.forms, found.kkt.program)
        self._forms: dict[int, Form] = {}
        self._wholes: dict[int, IntegerForm] = {}
        self._checks: dict[int, TightLeafCheck] = {}
        self._cones: dict[int, TightCone] = {}

    def verdict(self, index: int) -> ColumnVerdict:
        """Return the proved verdict of a column; raises Unproved when none of the three is."""
        likely = self.proposals.likely(index)
        quick = self._below(index) if likely < 0 else self._above(index) if likely > 0 else self._tight(index)
        found = quick or (self._tight(index) if likely else None) or self._exactly(index)
        if found is None:
            column = self.every.columns[index]
            raise Unproved(f"whether column {index} (sign {column.sign:+d}) meets the penalty is not decided")
        return found

    def form(self, sign: int) -> Form:
        """Return the function of one sign at the middle residual."""
        if sign not in self._forms:
            self._forms[sign] = Form.of(self.program.hyperplanes, self.found.forms.midpoint, sign, dimension=self.program.data.d)
        return self._forms[sign]

    def _whole(self, sign: int) -> IntegerForm:
        if sign not in self._wholes:
            self._wholes[sign] = IntegerForm.of(self.form(sign))
        return self._wholes[sign]

    def _below(self, index: int) -> Leaf | None:
        """Propose multipliers in floats: their vector must be shorter than the penalty, exactly."""
        rho = self.proposals.multipliers(index)
        return Leaf(rho=rho) if self._is_below(self.every.columns[index], rho) else None

    def _is_below(self, column: Column, rho: Multipliers) -> bool:
        return self._whole(column.sign).is_below(column.cell, rho, self.penalty - self.margin)

    def _above(self, index: int) -> Above | None:
        """Propose a direction in floats, moved a little into the cell."""
        for direction in self.proposals.directions_inside(index):
            if self._is_above(self.every.columns[index], direction):
                return Above(direction=direction)
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
        if index not in self._cones:
            direction = near_direction(self.found.kkt, self.found.box, neuron)
            self._cones[index] = TightCone(neuron=index, direction=direction, gate=neuron.face.gate)
        leaf = self.proposals.tight_leaf(column, self.form(column.sign), self._cones[index])
        if leaf is None:
            return None
        try:
            self._check_of(column.sign).check(leaf, dict(enumerate(cell_signs(column.cell))))
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
        hyperplanes, _ = self.every.cone(index)
        normals = [
            normal if column.cell[hyperplane] else tuple(-entry for entry in normal)
            for hyperplane, normal in ((hyperplane, self.program.hyperplanes.normals[hyperplane]) for hyperplane in hyperplanes)
        ]
        count = len(normals)
        form = self._whole(column.sign)
        gradient = tuple(Fraction(entry, form.unit) for entry in form.gradient(column.cell))
        point, vector, sure = exact_shortest(normals, gradient, [(Fraction(0), None)] * count, at_high=[False] * count, free=())
        if not sure:
            return None
        rho = tuple(sorted((hyperplanes[place], value) for place, value in point.items() if value))
        if self._is_below(column, rho):
            return Leaf(rho=rho)
        return Above(direction=vector) if self._is_above(column, vector) else None
