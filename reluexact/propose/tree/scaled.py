"""A form divided by its bound, in floats: what the search for a branch tree computes with."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from reluexact.numbers.types import Vector
from reluexact.propose.basis import Basis, basis_of, floats_in
from reluexact.prove.form import Form


@dataclass(frozen=True, slots=True, kw_only=True)
class Scaled:
    """A form divided by its bound, with unit normals, in floats.

    rows (m x d): unit normals, in the rotated coordinates of ``basis`` where they are nearly parallel; even: unit normals in its
    even coordinates; kinks (m,), linear (d,): the function is ``linear.u + sum kinks (rows.u)+`` and the bound 1.
    norms (m,): lengths of the exact normals; unit (m,): a multiplier of the unit normal times ``unit`` multiplies the exact one.
    size: total absolute weight, the scale of the rounding errors.
    """

    rows: np.ndarray
    even: np.ndarray
    basis: Basis | None
    kinks: np.ndarray
    linear: np.ndarray
    norms: np.ndarray
    unit: np.ndarray
    bound: float
    size: float

    @classmethod
    def of(cls, form: Form, bound: Fraction) -> Scaled:
        """Convert; numbers beyond the range of floats raise OverflowError."""
        count, basis = len(form.normals), basis_of(form.normals)
        rows, kinks, norms = np.zeros((count, form.dimension)), np.zeros(count), np.zeros(count)
        for hyperplane, (normal, kink) in enumerate(zip(form.normals, form.kinks, strict=True)):
            top = max(abs(entry) for entry in normal)
            row = floats_in(basis, tuple(entry / top for entry in normal))
            length = float(np.linalg.norm(row))
            rows[hyperplane] = row / length
            kinks[hyperplane] = float(kink * top / bound) * length
            norms[hyperplane] = float(top) * length
        linear = floats_in(basis, tuple(entry / bound for entry in form.linear))
        size = 1.0 + float(np.abs(kinks).sum() + np.linalg.norm(linear))
        even = rows if basis is None else rows / basis.scale
        even = even if basis is None else even / np.linalg.norm(even, axis=1)[:, None]
        return cls(
            rows=rows,
            even=even,
            basis=basis,
            kinks=kinks,
            linear=linear,
            norms=norms,
            unit=float(bound) / norms,
            bound=float(bound),
            size=size,
        )

    @property
    def scale(self) -> np.ndarray | None:
        """Return the scale of the basis."""
        return None if self.basis is None else self.basis.scale

    def direction(self, point: np.ndarray) -> tuple[float, ...]:
        """Return the direction of a point in the coordinates of ``rows``: a unit vector in even coordinates; 0 for 0."""
        even = point if self.basis is None else point * self.basis.scale
        return tuple((even / (np.linalg.norm(even) or 1.0)).tolist())

    def heights(self, point: np.ndarray) -> np.ndarray:
        """Return the heights over the hyperplanes of a point in the coordinates of ``rows``, made a unit vector."""
        if self.basis is None:
            return np.asarray(self.rows @ point)
        even = point * self.basis.scale
        return np.asarray(self.even @ (even / np.linalg.norm(even)))

    def point(self, vector: Vector) -> np.ndarray:
        """Return an exact vector in the coordinates of ``rows``."""
        return floats_in(self.basis, vector)

    def value(self, direction: np.ndarray) -> float:
        """Return the value at a unit direction, as a multiple of the bound."""
        return float(self.linear @ direction + self.kinks @ np.maximum(self.rows @ direction, 0.0))
