"""Gauss-Jordan elimination in exact real numbers: every pivot is proved not to be 0, every dropped entry is proved to be 0."""

from __future__ import annotations

from collections.abc import Iterable

from reluexact.numbers.scalar import Scalar

ScalarRows = list[list[Scalar]]
"""A matrix of numbers that is worked on in place."""

ZERO = Scalar.of(0)
ONE = Scalar.of(1)


def eliminate(rows: ScalarRows, columns: Iterable[int], among: Iterable[int] | None = None) -> list[tuple[int, int]]:
    """Eliminate in place, pivoting in the given columns as often as possible; return the pivots (row, column).

    among: the rows that may have a pivot (all by default).

    Afterwards each pivot's column is a unit vector, and the rows without a pivot are 0 in all given columns.

    >>> rows = [[Scalar.of(2), Scalar.of(1)], [Scalar.of(4), Scalar.of(2)]]
    >>> eliminate(rows, range(2)), rows[0][0].rational
    ([(1, 0)], Fraction(0, 1))
    """
    free_rows, free_columns = list(range(len(rows)) if among is None else among), list(columns)
    pivots = []
    while free_rows and free_columns:
        found = _pivot(rows, free_rows, free_columns)
        if found is None:
            break
        row, column = found
        _clear(rows, row, column)
        free_rows.remove(row)
        free_columns.remove(column)
        pivots.append(found)
    return pivots


def minus_product(value: Scalar, first: Scalar, second: Scalar) -> Scalar:
    """Return ``value - first * second``, at once when the product is 0.

    >>> minus_product(Scalar.of(7), Scalar.of(2), Scalar.of(3)).rational
    Fraction(1, 1)
    """
    if first.is_zero or second.is_zero:
        return value
    return value - first * second


def product(first: Scalar, second: Scalar) -> Scalar:
    """Return ``first * second``, at once when it is 0.

    >>> product(Scalar.of(2), Scalar.of(3)).rational
    Fraction(6, 1)
    """
    return ZERO if first.is_zero or second.is_zero else first * second


def _pivot(rows: ScalarRows, free_rows: list[int], free_columns: list[int]) -> tuple[int, int] | None:
    """Return the entry that is surely farthest from 0, so that enclosures stay fine; None: all entries are proved to be 0."""
    best, place = ZERO.low, None
    doubtful = []
    for row in free_rows:
        for column in free_columns:
            entry = rows[row][column]
            size = max(entry.low, -entry.high)
            if size > best:
                best, place = size, (row, column)
            elif size <= 0 and not entry.is_zero:
                doubtful.append((row, column))
    if place is not None:
        return place
    return next(((row, column) for row, column in doubtful if rows[row][column].sign()), None)


def _clear(rows: ScalarRows, row: int, column: int) -> None:
    """Divide the row by its pivot and subtract multiples of it from all others."""
    inverse = ONE / rows[row][column]
    divided = [product(entry, inverse) for entry in rows[row]]
    divided[column] = ONE
    rows[row] = divided
    for i, other in enumerate(rows):
        if i != row and not other[column].is_zero:
            factor = other[column]
            rows[i] = [minus_product(entry, factor, above) for entry, above in zip(other, divided, strict=True)]
            rows[i][column] = ZERO
