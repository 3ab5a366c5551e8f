"""Where the cones of a data set stand (:mod:`reluexact.evidence.cones`), and the rows in floats from there."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import frexp

import numpy as np

from reluexact.model.dataset import Dataset
from reluexact.numbers.linalg import dot
from reluexact.numbers.types import Vector
from reluexact.propose.types import Floats

_MEAN_BITS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Where the cones of a data set stand: see :class:`reluexact.evidence.cones.Cones`. rows (n x d+1): in units of the axes.

    lengths (d): of the axes of w, the greatest 1, in units of ``longest``.
    """

    center: Vector
    axes: Vector
    rows: Floats
    lengths: Floats
    longest: float

    @classmethod
    def of(cls, data: Dataset) -> Frame:
        """Return the frame: the center is next to the mean, and the rows are of size 1 along the axes.

        >>> from reluexact.model.dataset import Dataset
        >>> frame = Frame.of(Dataset([[0, 1], [400, 2]], [0, 0]))
        >>> [str(c) for c in frame.center], [str(a) for a in frame.axes], frame.rows[0].tolist()
        (['200', '3/2'], ['1/128', '2', '2'], [-1.5625, -1.0, 2.0])
        """
        columns = [np.array([float(entry) for entry in column]) for column in zip(*data.X, strict=True)]
        spreads = [float(np.std(column)) for column in columns]
        usual = max(spreads) or 1.0
        axes = [Fraction(2) ** -(frexp(spread or usual)[1] - 1) for spread in spreads]
        center = [_near(float(np.mean(column)), axis) for column, axis in zip(columns, axes, strict=True)]
        moved = np.array([[float((x - c) * a) for x, c, a in zip(row, center, axes, strict=True)] for row in data.X])
        high = 2.0 ** frexp(float(np.abs(moved).max()))[1]  # so that the mean of any axis and this one has all rows on one side
        longest = max(axes)
        return cls(
            center=tuple(center),
            axes=(*axes, Fraction(high)),
            rows=np.hstack([moved, np.full((data.n, 1), high)]),
            lengths=np.array([float(axis / longest) for axis in axes]),
            longest=float(longest),
        )

    def neuron(self, tip: Floats) -> tuple[Vector, Fraction]:
        """Return the weights and the bias that a vector in units of the axes means."""
        weights = tuple(Fraction(float(u)) * axis for u, axis in zip(tip[:-1], self.axes[:-1], strict=True))
        return weights, Fraction(float(tip[-1])) * self.axes[-1] - dot(weights, self.center)


def _near(value: float, axis: Fraction) -> Fraction:
    """Return a number of few bits next to a value."""
    unit: Fraction = 1 / (axis * 2**_MEAN_BITS)
    return Fraction(round(Fraction(value) / unit)) * unit
