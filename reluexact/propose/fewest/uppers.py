"""Proposes vectors of multipliers whose combination of the equations bounds a variable that has no upper bound of its own."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from reluexact.errors import InputError
from reluexact.geometry.polytope import BoundedSystem
from reluexact.numbers.scalar import Scalar
from reluexact.numbers.types import Vector
from reluexact.propose.engines import engine
from reluexact.propose.engines.program import Bound, LinearProgram
from reluexact.propose.types import Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class FloatSystem:
    """A bounded system: its columns as rows of ``table``, the right-hand side, upper bounds (0 for the ``singles``, without)."""

    table: Floats
    right: Floats
    uppers: tuple[float, ...]
    singles: tuple[int, ...]

    @classmethod
    def of(cls, system: BoundedSystem) -> FloatSystem:
        """Convert; raises InputError for numbers beyond the range of floats."""
        return cls(
            uppers=tuple(0.0 if upper is None else _float(upper) for upper in system.upper),
            table=np.array([[_float(entry) for entry in column] for column in system.columns]),
            right=np.array([_float(entry) for entry in system.right]),
            singles=tuple(j for j, upper in enumerate(system.upper) if upper is None),
        )

    def common_vector(self) -> Vector:
        """Propose z with z . column > 0 for all variables without a bound; InputError where such a column is 0."""
        table, singles = self.table, list(self.singles)
        sizes = np.abs(table[singles]).sum(axis=1)
        if not sizes.all():
            raise InputError("the system is not bounded: a variable without an upper bound can grow; give it one")
        rows = np.column_stack([-table[singles] / sizes[:, None], np.ones(len(singles))])
        box: list[Bound] = [*[(-1.0, 1.0)] * table.shape[1], (None, 1.0)]
        cost = np.append(np.zeros(table.shape[1]), -1.0)
        answer = engine("linear").solve(LinearProgram(cost=cost, rows=rows, limits=np.zeros(len(singles)), bounds=box))
        proposed = np.zeros(table.shape[1]) if answer is None else answer.point[:-1]
        return tuple(Fraction(round(value * 2**20), 2**20) for value in proposed)

    def vectors(self, j: int, common: Vector) -> list[Vector]:
        """Propose a vector for the best bound of one variable, moved a little towards ``common``, which has the right signs."""
        table, bounded = self.table, [i for i, upper in enumerate(self.uppers) if upper]
        width, singles = table.shape[1], [i for i, upper in enumerate(self.uppers) if not upper]
        rows = np.zeros((len(table), width + len(bounded)))
        rows[:, :width] = -table
        for place, i in enumerate(bounded):
            rows[i] *= self.uppers[i]
            rows[i, width + place] = -1.0
        box: list[Bound] = [*[(None, None)] * width, *[(0.0, None)] * len(bounded)]
        fixed = np.zeros((1, width + len(bounded)))
        fixed[0, :width] = table[j]
        order = singles + bounded
        cost = np.append(self.right, np.ones(len(bounded)))
        program = LinearProgram(
            cost=cost, rows=rows[order], limits=np.zeros(len(order)), equations=fixed, right=np.ones(1), bounds=box
        )
        answer = engine("linear").solve(program)
        if answer is None:
            return []
        near = [Fraction(round(value * 2**40), 2**40) for value in answer.point[:width]]
        return [tuple(a + b / 2**k for a, b in zip(near, common, strict=True)) for k in (30, 20, 10)]


def _float(number: Scalar) -> float:
    try:
        return float(number.middle)
    except OverflowError:
        raise InputError("a number of the system is larger than 1e308; scale the equations") from None
