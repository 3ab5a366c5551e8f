"""A form divided by its bound, in floats: what the search for a branch tree computes with."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from reluexact.prove.form import Form


@dataclass(frozen=True, slots=True, kw_only=True)
class Scaled:
    """A form divided by its bound, with unit normals, in floats.

    rows (m x d): unit normals; kinks (m,), linear (d,): the function is ``linear.u + sum kinks (rows.u)+`` and the bound 1.
    norms (m,): lengths of the exact normals; unit (m,): a multiplier of the unit normal times ``unit`` multiplies the exact one.
    size: total absolute weight, the scale of the rounding errors.
    """

    rows: np.ndarray
    kinks: np.ndarray
    linear: np.ndarray
    norms: np.ndarray
    unit: np.ndarray
    bound: float
    size: float

    @classmethod
    def of(cls, form: Form, bound: Fraction) -> Scaled:
        """Convert; numbers beyond the range of floats raise OverflowError."""
        count = len(form.normals)
        rows, kinks, norms = np.zeros((count, form.dimension)), np.zeros(count), np.zeros(count)
        for hyperplane, (normal, kink) in enumerate(zip(form.normals, form.kinks, strict=True)):
            top = max(abs(entry) for entry in normal)
            row = np.array([float(entry / top) for entry in normal])
            length = float(np.linalg.norm(row))
            rows[hyperplane] = row / length
            kinks[hyperplane] = float(kink * top / bound) * length
            norms[hyperplane] = float(top) * length
        linear = np.array([float(entry / bound) for entry in form.linear])
        size = 1.0 + float(np.abs(kinks).sum() + np.linalg.norm(linear))
        return cls(rows=rows, kinks=kinks, linear=linear, norms=norms, unit=float(bound) / norms, bound=float(bound), size=size)

    def value(self, direction: np.ndarray) -> float:
        """Return the value at a unit direction, as a multiple of the bound."""
        return float(self.linear @ direction + self.kinks @ np.maximum(self.rows @ direction, 0.0))
