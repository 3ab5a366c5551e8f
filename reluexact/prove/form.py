"""The function ``l.u + sum_h k_h (n_h.u)+`` whose bound a branch tree proves, exactly and as scaled floats."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from reluexact.geometry.hyperplanes import Hyperplanes
from reluexact.geometry.signs import Signs, zeros
from reluexact.numbers.types import Vector


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The function ``linear.u + sum_h kinks[h] * max(0, normals[h].u)`` of a vector u with d entries.

    >>> from reluexact.geometry.hyperplanes import hyperplanes
    >>> rows = ((Fraction(1), Fraction(0)), (Fraction(-2), Fraction(0)))
    >>> form = Form.of(hyperplanes(rows), (Fraction(1), Fraction(3)), 1)
    >>> form.kinks, form.linear, form.value((Fraction(-1), Fraction(0)))
    ((Fraction(7, 1),), (Fraction(-6, 1), Fraction(0, 1)), Fraction(6, 1))
    """

    normals: tuple[Vector, ...]
    kinks: Vector
    linear: Vector

    @classmethod
    def of(cls, walls: Hyperplanes, theta: Vector, sign: int, *, dimension: int | None = None) -> Form:
        """Build the form of ``sign * theta.(Xu)+``; ``dimension`` is needed only when there are no walls."""
        width = len(walls.normals[0]) if walls.normals else dimension or 0
        return cls(normals=walls.normals, kinks=walls.kinks(theta, sign), linear=walls.linear_part(theta, sign, width))

    @property
    def dimension(self) -> int:
        """Return d."""
        return len(self.linear)

    def value(self, direction: Vector) -> Fraction:
        """Return the exact value at a direction (any length)."""
        total = sum((a * b for a, b in zip(self.linear, direction, strict=True)), Fraction(0))
        for normal, kink in zip(self.normals, self.kinks, strict=True):
            product = sum((a * b for a, b in zip(normal, direction, strict=True)), Fraction(0))
            if product > 0:
                total += kink * product
        return total


@dataclass(frozen=True, slots=True, kw_only=True)
class TightCone:
    """A known maximiser: a neuron's index, its unit direction (approximately), its exact gate -1, 0, +1 per wall."""

    neuron: int
    direction: Vector
    gate: Signs

    @property
    def zeros(self) -> tuple[int, ...]:
        """Return the walls on which the neuron lies."""
        return zeros(self.gate)


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
        for wall, (normal, kink) in enumerate(zip(form.normals, form.kinks, strict=True)):
            top = max(abs(entry) for entry in normal)
            row = np.array([float(entry / top) for entry in normal])
            length = float(np.linalg.norm(row))
            rows[wall] = row / length
            kinks[wall] = float(kink * top / bound) * length
            norms[wall] = float(top) * length
        linear = np.array([float(entry / bound) for entry in form.linear])
        size = 1.0 + float(np.abs(kinks).sum() + np.linalg.norm(linear))
        return cls(rows=rows, kinks=kinks, linear=linear, norms=norms, unit=float(bound) / norms, bound=float(bound), size=size)

    def value(self, direction: np.ndarray) -> float:
        """Return the value at a unit direction, as a multiple of the bound."""
        return float(self.linear @ direction + self.kinks @ np.maximum(self.rows @ direction, 0.0))
