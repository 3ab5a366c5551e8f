"""Chooses vectors g that nearly vanish on some steps, or read off the share of one: any g will do, good ones exclude more."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from reluexact.propose.types import Floats

FACTOR_BITS = 52


def step_table(integers: Sequence[Sequence[int]], bits: int) -> Floats:
    """Return vectors given in units of ``2^-bits`` as the rows of a table.

    >>> step_table([(3, 4)], 1).tolist()
    [[1.5, 2.0]]
    """
    return np.array([[float(Fraction(entry, 2**bits)) for entry in vector] for vector in integers]).reshape(len(integers), -1)


def vanishing_on(tables: Floats, width: int) -> Floats:
    """Return for each stack of steps a mixed vector that nearly vanishes on them."""
    count = tables.shape[1]
    weights = _weights(width - count)
    if not count:
        return np.tile(weights, (len(tables), 1))
    null = np.linalg.qr(tables.transpose(0, 2, 1), mode="complete")[0][:, :, count:]
    return np.asarray(null @ weights)


def vanishing_and_reading(table: Floats, width: int) -> tuple[list[list[int]], list[list[int]]]:
    """Return functionals that nearly vanish on the rows, a mixed one first, and one for each row that reads off its share."""
    null = np.eye(width)
    reading = np.zeros((0, width))
    if len(table):
        null = np.array(np.linalg.qr(table.T, mode="complete")[0].T[len(table) :], dtype=np.float64)
        reading = np.array(np.linalg.pinv(table).T, dtype=np.float64)
    mixed = _weights(len(null))[None, :] @ null
    return _whole(np.vstack([mixed, null]) if len(null) > 1 else null), _whole(reading)


def as_integers(functionals: Floats, bits: int) -> NDArray[np.int64]:
    """Scale each functional (a row) so that its greatest entry is ``2^bits`` in size, rounded; where floats failed it is 0."""
    most = 2.0**bits
    sizes = np.abs(functionals).max(axis=1, keepdims=True, initial=0.0)
    scaled = np.nan_to_num(functionals / np.where(sizes > 0, sizes, 1.0) * most)
    return np.rint(np.clip(scaled, -most, most)).astype(np.int64)


def _weights(count: int) -> Floats:
    return np.array([(0.6180339887498949 * (k + 1)) % 1.0 + 0.1 for k in range(count)])


def _whole(vectors: Floats) -> list[list[int]]:
    sizes = np.abs(vectors).max(axis=1, keepdims=True)
    scaled = vectors / np.where(sizes > 0, sizes, 1.0) * 2.0**FACTOR_BITS
    return [[int(entry) for entry in row] for row in scaled]
