"""The rows of a data set as floats, in coordinates in which they are well conditioned; nothing here is trusted."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

import numpy as np

from reluexact.errors import InputError
from reluexact.geometry.hyperplanes import Hyperplanes
from reluexact.model.dataset import Dataset
from reluexact.propose.basis import AXIS_BITS, Basis, basis_of, floats_in
from reluexact.propose.types import Floats

_EXPONENT_LIMIT = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class FloatView:
    """The rows of a data set as floats: row i is ``length[i] * normals[hyperplane[i]]`` with unit normals (W x d).

    Where the rows are nearly parallel ``normals`` are in the rotated coordinates of ``basis``, and ``even`` are unit normals in
    its even coordinates; otherwise both are in those of the user. Directions (of :class:`reluexact.propose.pricing.Priced`) are
    unit vectors in even coordinates.
    ``hyperplane[i]`` is -1 and ``length[i]`` 0 for a zero row; lengths are signed and multiplied by ``2**-exponent``.
    """

    normals: np.ndarray
    even: np.ndarray
    hyperplane: np.ndarray
    length: np.ndarray
    exponent: int
    basis: Basis | None
    grouped: Hyperplanes

    @classmethod
    def of(cls, data: Dataset) -> FloatView:
        """Convert exact data, scaling by a power of two so that no entry can overflow.

        >>> from reluexact.model.dataset import Dataset
        >>> FloatView.of(Dataset(X=[[3, 4], [-6, -8], [0, 0]], y=[1, 2, 3])).hyperplane.tolist()
        [0, 0, -1]
        """
        grouped = data.hyperplanes
        largest = max((abs(entry) for row in data.X for entry in row), default=Fraction(0))
        exponent = binary_exponent(largest, where="X")
        normals, basis = np.zeros((len(grouped), data.d)), basis_of(grouped.normals)
        norms = []
        for index, row in enumerate(grouped.normals):
            top = max(abs(entry) for entry in row)
            scaled = floats_in(basis, tuple(entry / top for entry in row))
            norm = float(np.linalg.norm(scaled))
            normals[index] = scaled / norm
            norms.append(top * Fraction(norm) / Fraction(2) ** exponent)
        even = normals if basis is None else normals / basis.scale
        even = even if basis is None else even / np.linalg.norm(even, axis=1)[:, None]
        hyperplane = np.array([-1 if w is None else w for w in grouped.hyperplane_of], dtype=np.intp)
        length = [0.0 if w is None else float(f * norms[w]) for w, f in zip(grouped.hyperplane_of, grouped.factor, strict=True)]
        return cls(
            normals=normals,
            even=even,
            hyperplane=hyperplane,
            length=np.array(length),
            exponent=exponent,
            basis=basis,
            grouped=grouped,
        )

    @property
    def scale(self) -> Floats | None:
        """Return the scale of the basis."""
        return None if self.basis is None else self.basis.scale

    def direction(self, point: Floats) -> tuple[float, ...]:
        """Return the direction of a point in the coordinates of ``normals``: a unit vector in even coordinates."""
        even = point if self.basis is None else point * self.basis.scale
        return tuple((even / math.sqrt(float(even @ even))).tolist())

    def point(self, direction: Sequence[float]) -> Floats:
        """Return a direction in the coordinates of ``normals``, as a unit vector."""
        even = np.array(direction)
        if self.basis is None:
            return even
        point = even / self.basis.scale
        return np.asarray(point / np.linalg.norm(point))

    def heights(self, point: Floats) -> Floats:
        """Return the heights over the hyperplanes of a point, or points (k x d), in the coordinates of ``normals``.

        Points are made unit vectors; the shape is (W,) or (k x W).
        """
        even = point if self.basis is None else point * self.basis.scale
        if even.ndim > 1:
            return np.asarray((even / np.linalg.norm(even, axis=1)[:, None]) @ self.even.T)
        return np.asarray(self.even @ (even / math.sqrt(float(even @ even))))

    def weight_heights(self, weights: Floats) -> Floats:
        """Return the heights (k x W) of weights (k x d), in the coordinates of the user, over the hyperplanes' unit normals."""
        rotated = weights if self.basis is None else weights @ self.basis.table.T
        return np.asarray(rotated @ self.normals.T)

    def sides(self, weights: Floats) -> Floats:
        """Return the heights (W,) of a weight, in the coordinates of the user, over the hyperplanes, for a unit vector."""
        even = self.in_even(weights)
        return np.asarray(self.even @ even / max(float(np.linalg.norm(even)), 1e-300))

    def in_even(self, weights: Sequence[float | Fraction] | Floats) -> Floats:
        """Return a weight, in the coordinates of the user, in those of directions."""
        floats = np.array(weights, dtype=float)
        return floats if self.basis is None else self.basis.even(floats)

    def gradients(self, residual: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the pulls (W,) of the rows that fire on the positive and on the negative side of each hyperplane.

        ``residual.(Xu)+ = sum_h (on_h if normal_h.u >= 0 else off_h) * normal_h.u`` for every u, up to the power of two.
        """
        pull = self.length * residual
        real = self.hyperplane >= 0
        width = len(self.normals)
        on, off = real & (self.length > 0), real & (self.length < 0)
        return (
            np.bincount(self.hyperplane[on], weights=pull[on], minlength=width),
            np.bincount(self.hyperplane[off], weights=pull[off], minlength=width),
        )


def exact_targets(view: FloatView, cells: np.ndarray, residual: np.ndarray) -> np.ndarray:
    """Return ``X'D residual`` (P x d) of cells (P x W) in the coordinates of a basis, times its power of two: summed exactly.

    Nearly parallel rows cancel to the last digits of floats, which say where a neuron bends.
    """
    grouped, basis = view.grouped, view.basis
    if basis is None:
        raise ValueError("the view has no basis")
    theta = tuple(Fraction(value) for value in residual.tolist())
    kinks, linear = grouped.kinks(theta, 1), grouped.linear_part(theta, 1, len(basis.axes))
    terms = [[kink * entry for entry in normal] for kink, normal in zip(kinks, grouped.normals, strict=True)]
    unit = lcm(*(entry.denominator for row in (*terms, linear) for entry in row))
    table = np.array([[int(entry * unit) for entry in row] for row in terms], dtype=object).reshape(-1, len(linear))
    sums = cells.astype(object) @ table + np.array([int(entry * unit) for entry in linear], dtype=object)
    below = 1 << AXIS_BITS
    axes = np.array([[int(entry * below) for entry in axis] for axis in basis.axes], dtype=object)
    whole = Fraction(2) ** view.exponent * unit * below
    return np.array([[float(Fraction(entry) / whole) for entry in row] for row in (sums @ axes.T).tolist()])


def binary_exponent(value: Fraction, *, where: str = "") -> int:
    """Return an e with ``2**(e-1) < value < 2**(e+1)``, 0 for the number 0; raises InputError far outside float range.

    >>> binary_exponent(Fraction(0)), binary_exponent(Fraction(1)), binary_exponent(Fraction(1, 1000))
    (0, 0, -9)
    """
    exponent = value.numerator.bit_length() - value.denominator.bit_length() if value else 0
    if abs(exponent) > _EXPONENT_LIMIT:
        raise InputError(f"{where or 'a number'} is near 2**{exponent}, too extreme for floats: rescale X, y and the penalty")
    return exponent
