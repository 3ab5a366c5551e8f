"""Numerical linear algebra and special functions that NumPy lacks, loaded when first used."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from reluexact.propose.engines.packages import needed


@cache
def _dposv() -> Any:
    with needed("scipy"):
        from scipy.linalg.lapack import dposv
    return dposv


def solve_positive(matrix: np.ndarray, right: np.ndarray) -> np.ndarray | None:
    """Solve by Cholesky's method; None where the matrix is not positive definite.

    >>> solve_positive(np.eye(2), np.ones(2)).tolist(), solve_positive(np.zeros((1, 1)), np.ones(1))
    ([1.0, 1.0], None)
    """
    _, solution, failed = _dposv()(matrix, right)
    return None if failed else solution


def pivot_order(rows: np.ndarray) -> list[int]:
    """Return the rows in the order of a pivoted QR decomposition: the first ones are well independent.

    >>> pivot_order(np.array([[1.0, 0.0], [0.0, 3.0]]))
    [1, 0]
    """
    with needed("scipy"):
        from scipy.linalg import qr
    return [int(i) for i in qr(rows.T, pivoting=True, mode="r")[1]]


def normal_quantiles(levels: np.ndarray) -> np.ndarray:
    """Return the points below which a standard normal number lies with these probabilities.

    >>> normal_quantiles(np.array([0.5])).tolist()
    [0.0]
    """
    with needed("scipy"):
        from scipy.special import ndtri
    return np.asarray(ndtri(levels))
