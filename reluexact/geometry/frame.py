"""What is listed of X: its hyperplanes, in small integer coordinates of the row space."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from reluexact.errors import InputError
from reluexact.geometry.hyperplanes import Hyperplanes, hyperplanes
from reluexact.numbers.linalg import independent_rows, primitive, transpose
from reluexact.numbers.rational import Floats, to_fraction
from reluexact.numbers.types import Matrix, Vector


@dataclass(frozen=True, slots=True)
class Frame:
    """Integer coordinates of the row space: normals[h] is a positive multiple of (x_j / scale_j, j in columns), x = wall h."""

    normals: tuple[tuple[int, ...], ...]
    columns: tuple[int, ...]
    scale: Vector
    width: int

    @property
    def independent(self) -> bool:
        """Say whether the hyperplanes are independent, so that every sign vector is one of a cell."""
        return len(self.normals) == len(self.columns)

    def lift(self, point: Sequence[int | Fraction]) -> Vector:
        """Return a point of the whole space that lies on the same side of every hyperplane."""
        lifted = [Fraction(0)] * self.width
        for column, factor, value in zip(self.columns, self.scale, point, strict=True):
            lifted[column] = value / factor
        return tuple(Fraction(value) for value in primitive(lifted))


def hyperplanes_of(X: object, floats: Floats) -> tuple[Hyperplanes, int]:
    """Return the hyperplanes and the number of columns; a data set knows its own."""
    known, given = getattr(X, "hyperplanes", None), getattr(X, "X", None)
    if isinstance(known, Hyperplanes) and isinstance(given, tuple):
        return known, len(given[0])
    rows = _rows(X, floats)
    return hyperplanes(rows), len(rows[0])


def _rows(X: object, floats: Floats) -> Matrix:
    """Return the rows of X exactly, at least one row and one column."""
    inner = getattr(X, "X", None)
    if isinstance(inner, tuple):
        X = inner
    if isinstance(X, np.ndarray):
        X = X.tolist()
    if not isinstance(X, Iterable) or isinstance(X, str):
        raise InputError(f"X must be rows of numbers, got {type(X).__name__}; write [[1, 2], [3, 4]]")
    rows = []
    for i, row in enumerate(X):
        values = row.tolist() if isinstance(row, np.ndarray) else row
        if not isinstance(values, Iterable) or isinstance(values, str):
            raise InputError(f"X[{i}] must be a row of numbers, got {type(values).__name__}; write [[1, 2], [3, 4]]")
        rows.append(tuple(to_fraction(value, where=f"X[{i}][{j}]", floats=floats) for j, value in enumerate(values)))
        if len(rows[i]) != len(rows[0]):
            raise InputError(f"X[{i}] has {len(rows[i])} entries but X[0] has {len(rows[0])}")
    if not rows or not rows[0]:
        raise InputError("X needs at least one row and one column")
    return tuple(rows)


def frame_of(found: Hyperplanes, width: int) -> Frame:
    """Choose independent columns that determine the others, and scale them so that the integers stay small."""
    columns = independent_rows(transpose(found.normals))
    scale = []
    scaled = []
    for j in columns:
        column = [normal[j] for normal in found.normals]
        integers = primitive(column)
        lead = next(i for i, value in enumerate(integers) if value)
        scale.append(column[lead] / integers[lead])
        scaled.append(integers)
    normals = tuple(primitive(normal) for normal in transpose(scaled))
    return Frame(normals, columns, tuple(scale), width)
