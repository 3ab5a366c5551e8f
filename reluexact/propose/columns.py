"""Numbered columns (sign, cell) of the convex program, and how far each exceeds the penalty at a residual (floats).

Sets of columns are integers: bit k stands for column k.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

import numpy as np

from reluexact.errors import InputError
from reluexact.evidence.column_supports import members
from reluexact.geometry.arrangement import activation_patterns
from reluexact.geometry.column import Column
from reluexact.geometry.signs import Cell
from reluexact.model.program import Program
from reluexact.numbers.linalg import dot
from reluexact.numbers.types import Vector
from reluexact.propose.basis import floats_in
from reluexact.propose.pricing import Priced, distinct, facets, project
from reluexact.propose.types import Floats
from reluexact.propose.view import FloatView

CAP = 1e-6
"""Columns outside of a set may exceed the penalty by this share and still be proposed as tight; the proof decides."""

EQUAL = 1e-9
"""Columns that exceed the penalty equally far up to this share count as equal; the first of them is followed."""


@dataclass(frozen=True)
class Columns:
    """Columns of one program, each with a point strictly inside its cell.

    >>> from reluexact.model.dataset import Dataset
    >>> from reluexact.model.program import make_program
    >>> every = all_columns(make_program(Dataset([[1], [2]], [1, 2]), Fraction(1)))
    >>> len(every), every.columns[0], every.heights(np.array([1.0, 2.0]))[0].tolist()
    (4, Column(sign=1, cell=(False,)), [0.0, 5.0, 0.0, 0.0])
    """

    program: Program
    columns: tuple[Column, ...]
    inside: tuple[Vector, ...]
    _cones: dict[Cell, tuple[tuple[int, ...], Floats]] = field(default_factory=dict, compare=False, repr=False)

    def __len__(self) -> int:
        """Return the number of columns."""
        return len(self.columns)

    @property
    def everything(self) -> int:
        """Return the set of all columns."""
        return (1 << len(self.columns)) - 1

    @cached_property
    def view(self) -> FloatView:
        """Return the data as floats."""
        return FloatView.of(self.program.data)

    @cached_property
    def _sides(self) -> Floats:
        return np.array([column.cell for column in self.columns], dtype=float).reshape(len(self.columns), len(self.view.normals))

    @cached_property
    def _signs(self) -> Floats:
        return np.array([column.sign for column in self.columns], dtype=float)

    @cached_property
    def hyperplane_lengths(self) -> Floats:
        """Return the lengths of the hyperplanes' normals in the units of the view."""
        normals = np.array([[float(entry) for entry in normal] for normal in self.program.hyperplanes.normals])
        return np.asarray(np.linalg.norm(normals.reshape(-1, self.program.data.d), axis=1) / 2.0**self.view.exponent)

    @cached_property
    def inward(self) -> Floats:
        """Return a unit vector strictly inside the cell of every column, in the coordinates of the view."""
        points = np.array([floats_in(self.view.basis, point) for point in self.inside])
        return np.asarray(points / np.maximum(np.linalg.norm(points, axis=1), np.finfo(float).tiny)[:, None])

    def cone(self, column: int) -> tuple[tuple[int, ...], Floats]:
        """Return hyperplanes that describe the cell of a column, and their inward unit normals."""
        cell = self.columns[column].cell
        if cell not in self._cones:
            hyperplanes = facets(self.view.even, cell)
            inward = (
                np.where(np.array(cell, dtype=bool)[list(hyperplanes)][:, None], 1.0, -1.0) * self.view.normals[list(hyperplanes)]
            )
            self._cones[cell] = hyperplanes, inward
        return self._cones[cell]

    def targets(self, residual: Floats) -> Floats:
        """Return ``sign X'D residual`` of every column, times a power of two (that of the view)."""
        on, off = self.view.gradients(residual)
        total = off @ self.view.normals + (self._sides * (on - off)) @ self.view.normals
        return np.asarray(self._signs[:, None] * total)

    def heights(self, residual: Floats, chosen: Sequence[int] | None = None) -> tuple[Floats, Floats]:
        """Return the lengths of the projections of the chosen columns' targets, and the unit vectors there (in the view)."""
        numbers = range(len(self)) if chosen is None else chosen
        targets = self.targets(residual)[list(numbers)]
        points = np.array(
            [project(target, self.cone(k)[1], self.view.scale)[0] for k, target in zip(numbers, targets, strict=True)]
        )
        points = points.reshape(targets.shape)
        lengths = np.linalg.norm(points, axis=1)
        units = points / np.where(lengths > 0.0, lengths, 1.0)[:, None]
        return lengths * 2.0**self.view.exponent, units

    @staticmethod
    def floats(residual: Sequence[Fraction]) -> Floats:
        """Return a residual in floats."""
        return np.array([float(value) for value in residual])

    def chosen(self, mask: int) -> tuple[Column, ...]:
        """Return the columns of a set."""
        return tuple(self.columns[k] for k in members(mask))


def all_columns(program: Program, *, limit: int = 1_000_000) -> Columns:
    """Return the columns of all cells, those of sign +1 first; raises LimitReached for more than ``limit`` cells."""
    found = activation_patterns(program.data, limit=limit)
    cells = [tuple(row) for row in found.signs.tolist()]
    inside = tuple(found.witness(k) for k in range(len(cells)))
    columns = tuple(Column(sign=sign, cell=cell) for sign in (1, -1) for cell in cells)
    return Columns(program=program, columns=columns, inside=inside * 2)


def some_columns(program: Program, wanted: Sequence[tuple[int, Vector]]) -> Columns:
    """Return the distinct columns of (sign, point strictly inside a cell); raises InputError for a point on a hyperplane."""
    columns: dict[Column, Vector] = {}
    for sign, point in wanted:
        heights = [dot(normal, point) for normal in program.hyperplanes.normals]
        if not all(heights):
            raise InputError("a point that names a cell lies on a wall; move it into the cell")
        columns.setdefault(Column(sign=sign, cell=tuple(height > 0 for height in heights)), tuple(point))
    return Columns(program=program, columns=tuple(columns), inside=tuple(columns.values()))


@dataclass(frozen=True, slots=True)
class Restricted:
    """Prices the columns of a set, and, near the penalty from below or above, those of all columns.

    See :class:`reluexact.propose.pricing.Pricing`.
    """

    every: Columns
    mask: int
    around: bool = True

    def violated(self, residual: Floats, level: float, count: int) -> list[Priced]:
        """Return the columns with ``h > level``; those outside of the set only when h is about the penalty."""
        penalty = float(self.every.program.penalty)
        most = penalty + min(max(penalty - level, 0.0), CAP * penalty)
        numbers = range(len(self.every)) if self.around else list(members(self.mask))
        heights, units = self.every.heights(residual, numbers)
        found = [
            Priced(column=self.every.columns[k], value=height, direction=self.every.view.direction(unit))
            for k, height, unit in zip(numbers, heights.tolist(), units, strict=True)
            if height > level and (self.mask >> k & 1 or height <= most)
        ]
        return distinct(found, count)
