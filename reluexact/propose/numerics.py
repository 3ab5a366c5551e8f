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


@cache
def _nnls() -> Any:
    with needed("scipy"):
        from scipy.optimize import nnls
    return nnls


def non_negative_least_squares(matrix: np.ndarray, right: np.ndarray) -> np.ndarray | None:
    """Return x >= 0 with the least ``|matrix x - right|`` (Lawson & Hanson); None when the method does not end.

    >>> non_negative_least_squares(np.eye(2), np.array([1.0, -1.0])).tolist()
    [1.0, 0.0]
    """
    try:
        point: np.ndarray = _nnls()(matrix, right)[0]
    except RuntimeError:  # too many iterations
        return None
    return point


def pivot_order(rows: np.ndarray) -> list[int]:
    """Return the rows in the order of a pivoted QR decomposition: the first ones are well independent.

    >>> pivot_order(np.array([[1.0, 0.0], [0.0, 3.0]]))
    [1, 0]
    """
    with needed("scipy"):
        from scipy.linalg import qr
    return [int(i) for i in qr(rows.T, pivoting=True, mode="r")[1]]


def graded_least_squares(matrix: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Return x with the least ``|matrix x - right|`` for few columns and rows whose sizes differ by many orders.

    Householder's method with the greatest rows first and pivoting (Powell & Reid 1969) keeps what the small rows say.

    >>> np.round(graded_least_squares(np.array([[1e-9, 2e-9], [1.0, 1.0]]), np.array([5e-9, 3.0])), 6).tolist()
    [1.0, 2.0]
    """
    rows, columns = matrix.shape
    order = np.argsort(-np.abs(matrix).max(axis=1, initial=0.0), kind="stable")
    table = np.column_stack((matrix, right))[order]
    chosen = list(range(columns))
    rank = min(rows, columns)
    for j in range(rank):
        pivot = j + int((table[j:, j:columns] ** 2).sum(axis=0).argmax())
        table[:, [j, pivot]] = table[:, [pivot, j]]
        chosen[j], chosen[pivot] = chosen[pivot], chosen[j]
        mirror = table[j:, j].copy()
        length = float(np.linalg.norm(mirror))
        if not length:
            rank = j
            break
        mirror[0] += length if mirror[0] >= 0.0 else -length
        table[j:, j:] -= np.outer(mirror, (2.0 / float(mirror @ mirror)) * (mirror @ table[j:, j:]))
    solution = np.zeros(columns)
    for j in range(rank - 1, -1, -1):
        rest = float(table[j, j + 1 : rank] @ solution[[chosen[k] for k in range(j + 1, rank)]])
        solution[chosen[j]] = (table[j, columns] - rest) / table[j, j]
    return solution


def normal_quantiles(levels: np.ndarray) -> np.ndarray:
    """Return the points below which a standard normal number lies with these probabilities.

    >>> normal_quantiles(np.array([0.5])).tolist()
    [0.0]
    """
    with needed("scipy"):
        from scipy.special import ndtri
    return np.asarray(ndtri(levels))
