"""Inner products of integer vectors, all of a list at once."""

from __future__ import annotations

from collections.abc import Sequence

from flint import fmpz_mat


def integer_gram(rows: Sequence[Sequence[int]]) -> list[list[int]]:
    """Return the inner products of all pairs of integer vectors (at least one).

    >>> integer_gram([[1, 2], [0, 3]])
    [[5, 6], [6, 9]]
    """
    table = fmpz_mat(rows)
    return [[int(value) for value in row] for row in (table * table.transpose()).tolist()]


def integer_products(left: Sequence[Sequence[int]], right: Sequence[Sequence[int]]) -> list[list[int]]:
    """Return the inner products of integer vectors with others (at least one of each).

    >>> integer_products([[1, 2], [0, 3]], [[1, 1]])
    [[3], [3]]
    """
    return [[int(value) for value in row] for row in (fmpz_mat(left) * fmpz_mat(right).transpose()).tolist()]
