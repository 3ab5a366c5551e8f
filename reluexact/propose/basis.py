"""Coordinates in which the rows of X are well conditioned, for floats only; problem, proof and certificate do not know of them.

A feature far from zero beside the bias (calendar years) makes all rows nearly parallel: floats then blur what tells them apart.
An orthogonal rotation whose axes are those of the rows keeps lengths and leaves the small differences in coordinates of their own
("rotated"); each divided by a power of two near its size, the coordinates are all of one size ("even").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import frexp

import numpy as np

from reluexact.numbers.linalg import dot
from reluexact.numbers.types import Matrix, Vector
from reluexact.propose.types import Floats

STEEP = 3e5
"""Coordinates change when the greatest singular value of the rows exceeds the least one by this factor."""

_NOTHING = 1e-14
AXIS_BITS = 60
"""The axes are multiples of 2 to the power of minus so many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """An orthogonal basis, up to rounding, and the size of the rows along its vectors.

    axes: d exact vectors, the steepest first. table (d x d): the same in floats. scale (d,): powers of two, the greatest 1.
    """

    axes: Matrix
    table: Floats
    scale: Floats

    def rotated(self, vector: Vector) -> Floats:
        """Return the rotated coordinates of an exact vector, each with all digits of a float."""
        return np.array([float(dot(axis, vector)) for axis in self.axes])

    def even(self, vector: Floats) -> Floats:
        """Return the even coordinates (d,) of a direction or weight in the coordinates of the user."""
        return np.asarray(self.scale * (self.table @ vector))

    def exact(self, even: Floats) -> Vector:
        """Return the vector that has these even coordinates."""
        parts = [Fraction(float(value)) for value in even / self.scale]
        return tuple(dot(parts, column) for column in zip(*self.axes, strict=True))


_used: ContextVar[bool] = ContextVar("even coordinates", default=False)


@contextmanager
def even_coordinates() -> Iterator[None]:
    """Let everything that is proposed inside use :func:`basis_of`; what floats manage without it, they manage faster."""
    token = _used.set(True)
    try:
        yield
    finally:
        _used.reset(token)


def steep(rows: Matrix) -> bool:
    """Say whether the rows of a matrix are so nearly parallel that :func:`even_coordinates` may help.

    >>> steep(tuple((Fraction(year), Fraction(1)) for year in (1947, 1948, 1949)))
    True
    """
    return _basis_of(rows) is not None


def basis_of(rows: Matrix) -> Basis | None:
    """Return the basis for the rows of a matrix; None outside of :func:`even_coordinates`, and for rows that are not steep.

    >>> rows = tuple((Fraction(year), Fraction(1)) for year in (1947, 1948, 1949))
    >>> basis_of(rows) is None
    True
    >>> with even_coordinates():
    ...     basis_of(rows).scale.tolist()[1] < 1e-6
    True
    """
    return _basis_of(rows) if _used.get() else None


@lru_cache(maxsize=16)
def _basis_of(rows: Matrix) -> Basis | None:
    if not rows or len(rows[0]) < 2:
        return None
    largest = max(abs(entry) for row in rows for entry in row)
    table = np.array([[float(entry / largest) for entry in row] for row in rows])
    _, values, found = np.linalg.svd(table, full_matrices=True)
    values = values[values > _NOTHING * values[0]]
    if len(values) < 2 or values[0] <= STEEP * values[-1]:
        return None
    axes = tuple(tuple(Fraction(round(float(entry) * 2**AXIS_BITS), 2**AXIS_BITS) for entry in axis) for axis in found)
    scale = np.ones(len(axes))
    for j in range(1, len(values)):
        length = float(np.linalg.norm([float(dot(axes[j], row) / largest) for row in rows]))
        scale[j] = 2.0 ** (frexp(length / float(values[0]))[1] - 1)
    return Basis(axes=axes, table=np.array([[float(entry) for entry in axis] for axis in axes]), scale=scale)


def users(basis: Basis | None, even: Sequence[float]) -> Floats:
    """Return the unit vector in the coordinates of the user that has this direction in even coordinates."""
    vector = np.array(even, dtype=float)
    vector = vector if basis is None else basis.table.T @ (vector / basis.scale)
    return np.asarray(vector / np.linalg.norm(vector))


def floats_in(basis: Basis | None, vector: Vector) -> Floats:
    """Return an exact vector in rotated coordinates, without a basis in its own."""
    return np.array([float(entry) for entry in vector]) if basis is None else basis.rotated(vector)
