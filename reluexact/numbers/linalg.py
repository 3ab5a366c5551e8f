"""Exact linear algebra over the rationals: Fractions (or ints) in, tuples of Fractions out, python-flint inside.

A matrix is a sequence of rows of equal length. Rows may be rescaled by positive numbers on the way in where that changes nothing,
so that the elimination itself runs over the integers.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import gcd, lcm

from flint import fmpq, fmpq_mat, fmpz_mat

from reluexact.budget import check
from reluexact.errors import Argument, Cure, InputError, Message
from reluexact.numbers.types import Matrix, Number, Rows, Vector


def dot(left: Sequence[Number], right: Sequence[Number]) -> Fraction:
    """Return the inner product of two vectors of equal length.

    >>> dot([1, 2], [Fraction(1, 2), 3])
    Fraction(13, 2)
    """
    return Fraction(*_dot(left, right))


def dot_sign(left: Sequence[Number], right: Sequence[Number]) -> int:
    """Return the sign -1, 0 or 1 of the inner product of two vectors of equal length.

    >>> dot_sign([1, 2], [Fraction(-1, 2), Fraction(1, 4)]), dot_sign([1, 2], [1, -1])
    (0, -1)
    """
    top, _ = _dot(left, right)
    return (top > 0) - (top < 0)


def absolute_sum(vector: Sequence[Number]) -> Fraction:
    """Return the sum of the absolute values.

    >>> absolute_sum([Fraction(-1, 2), 0, 3])
    Fraction(7, 2)
    """
    return dot(vector, [-1 if value.numerator < 0 else 1 for value in vector])


def minus_multiple(left: Sequence[Fraction], factor: Fraction, right: Sequence[Fraction]) -> Vector:
    """Return ``left - factor * right``.

    >>> minus_multiple((Fraction(1), Fraction(2)), Fraction(2), (Fraction(0), Fraction(1)))
    (Fraction(1, 1), Fraction(0, 1))
    """
    check()
    return tuple(a - factor * b if b else a for a, b in zip(left, right, strict=True))


def _dot(left: Sequence[Number], right: Sequence[Number]) -> tuple[int, int]:
    """Return numerator and denominator of an inner product, not reduced; entries of one denominator cost one addition each."""
    top, bottom = 0, 1
    for a, b in zip(left, right, strict=True):
        if part := a.numerator * b.numerator:
            under = a.denominator * b.denominator
            if under == bottom:
                top += part
            else:
                common = gcd(under, bottom)
                top = top * (under // common) + part * (bottom // common)
                bottom *= under // common
    return top, bottom


def rank(rows: Rows) -> int:
    """Return the rank of a matrix; a matrix without rows has rank 0.

    >>> rank([[1, 2], [2, 4]]), rank([]), rank([[0, 0]])
    (1, 0, 0)
    """
    width = _width(rows)
    return int(_integer(rows, width).rank()) if rows else 0


def kernel(rows: Rows, width: int | None = None) -> Matrix:
    """Return a basis of all v with ``rows @ v == 0``, as primitive integer vectors whose first non-zero entry is positive.

    ``width`` is the length of v; it may be left out when there is a row.

    >>> kernel([[1, 2], [2, 4]])
    ((Fraction(2, 1), Fraction(-1, 1)),)
    >>> kernel([[1, 0], [0, 1]])
    ()
    >>> kernel([], 1)
    ((Fraction(1, 1),),)
    >>> kernel([])
    Traceback (most recent call last):
    reluexact.errors.InputError: a matrix without rows has no width: pass width=
    """
    columns = _width(rows, width, needed=True)
    if not rows:
        return _identity(columns)
    reduced, den, pivots = _echelon(rows, columns)
    basis = []
    for free in (j for j in range(columns) if j not in pivots):
        vector = [0] * columns
        vector[free] = den
        for i, pivot in enumerate(pivots):
            vector[pivot] = -reduced[i][free]
        basis.append(_primitive(vector))
    return tuple(basis)


def solve(matrix: Rows, right: Sequence[Number]) -> Vector | None:
    """Return one x with ``matrix @ x == right``, or None when there is none; undetermined entries of x are 0.

    The system may have any shape with at least one row.

    >>> solve([[2, 0], [0, 3]], [1, 1])
    (Fraction(1, 2), Fraction(1, 3))
    >>> solve([[1, 1]], [5])
    (Fraction(5, 1), Fraction(0, 1))
    >>> solve([[1], [1]], [0, 1]) is None
    True
    >>> solve([[1], [1]], [0])
    Traceback (most recent call last):
    reluexact.errors.InputError: the matrix has 2 rows but the right-hand side has 1 entries
    """
    width = _width(matrix, needed=True)
    if len(right) != len(matrix):
        raise InputError(f"the matrix has {len(matrix)} rows but the right-hand side has {len(right)} entries")
    augmented = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    reduced, den, pivots = _echelon(augmented, width + 1)
    if pivots and pivots[-1] == width:
        return None
    solution = [Fraction(0)] * width
    for i, pivot in enumerate(pivots):
        solution[pivot] = Fraction(reduced[i][width], den)
    return tuple(solution)


def inverse(matrix: Rows) -> Matrix:
    """Return the inverse of a square matrix.

    >>> inverse([[1, 1], [0, 2]])
    ((Fraction(1, 1), Fraction(-1, 2)), (Fraction(0, 1), Fraction(1, 2)))
    >>> inverse([[1, 2], [2, 4]])
    Traceback (most recent call last):
    reluexact.errors.InputError: the 2 x 2 matrix has no inverse: its rows are dependent
    """
    size = _width(matrix)
    if size != len(matrix):
        raise InputError(f"only a square matrix has an inverse, this one is {len(matrix)} x {size}")
    if not size:
        return ()
    try:
        return _fractions(_rational(matrix, size).inv())
    except ZeroDivisionError:
        raise InputError(f"the {size} x {size} matrix has no inverse: its rows are dependent") from None


def divided(right: Rows, matrix: Rows) -> Matrix | None:
    """Return ``inverse(matrix) @ right``, None when the square matrix has no inverse.

    >>> divided([[1], [2]], [[1, 1], [0, 2]]), divided([[1], [2]], [[1, 1], [2, 2]])
    (((Fraction(0, 1),), (Fraction(1, 1),)), None)
    """
    width = _width(right, needed=True)
    try:
        return _fractions(_rational(matrix, len(matrix)).solve(_rational(right, width)))
    except ZeroDivisionError:
        return None


def projector(rows: Rows, width: int | None = None) -> Matrix:
    """Return the orthogonal projector onto ``{v: rows @ v == 0}``, a rational width x width matrix.

    >>> projector([[1, 1]])
    ((Fraction(1, 2), Fraction(-1, 2)), (Fraction(-1, 2), Fraction(1, 2)))
    >>> projector([], 1)
    ((Fraction(1, 1),),)
    """
    columns = _width(rows, width, needed=True)
    chosen = [rows[i] for i in independent_rows(rows)]
    if not chosen:
        return _identity(columns)
    basis = _integer(chosen, columns)
    across = fmpq_mat(basis.transpose()) * fmpq_mat(basis * basis.transpose()).inv() * fmpq_mat(basis)
    one = fmpq_mat(columns, columns, [int(i == j) for i in range(columns) for j in range(columns)])
    return _fractions(one - across)


def independent_rows(rows: Rows) -> tuple[int, ...]:
    """Return the indices of the rows that are independent of the rows before them.

    >>> independent_rows([[0, 0], [1, 2], [2, 4], [0, 1]])
    (1, 3)
    """
    width = _width(rows)
    if not rows or not width:
        return ()
    return _echelon(transpose(rows), len(rows))[2]


def transpose(matrix: Rows) -> tuple[tuple[Number, ...], ...]:
    """Return the transposed matrix.

    >>> transpose([[1, 2], [3, 4]])
    ((1, 3), (2, 4))
    """
    return tuple(zip(*matrix, strict=True))


def matmul(left: Rows, right: Rows) -> Matrix:
    """Return the product of two matrices with at least one row each.

    >>> matmul([[1, 2]], [[3], [4]])
    ((Fraction(11, 1),),)
    >>> matmul([[1, 2]], [[3, 4]])
    Traceback (most recent call last):
    reluexact.errors.InputError: a matrix with 2 columns cannot be multiplied with one of 1 rows
    """
    inner, width = _width(left, needed=True), _width(right, needed=True)
    if inner != len(right):
        raise InputError(f"a matrix with {inner} columns cannot be multiplied with one of {len(right)} rows")
    return _fractions(_rational(left, inner) * _rational(right, width))


def primitive(vector: Sequence[Number]) -> tuple[int, ...]:
    """Return the positive multiple of a vector that has coprime integer entries; the zero vector stays as it is.

    >>> primitive((Fraction(2, 3), Fraction(-4, 3)))
    (1, -2)
    >>> primitive((0, 0))
    (0, 0)
    """
    integers = _scaled(vector)
    common = gcd(*integers) or 1
    return tuple(integers) if common == 1 else tuple(value // common for value in integers)


def _scaled(vector: Sequence[Number]) -> list[int]:
    """Return the vector times the least common denominator."""
    den = lcm(*[value.denominator for value in vector])
    if den == 1:
        return [value.numerator for value in vector]
    return [value.numerator * (den // value.denominator) for value in vector]


def _primitive(vector: Sequence[int]) -> Vector:
    lead = next(value for value in vector if value)
    common = gcd(*vector) * (1 if lead > 0 else -1)
    return tuple(Fraction(value // common) for value in vector)


def _width(rows: Rows, width: int | None = None, *, needed: bool = False) -> int:
    """Return the common length of the rows, or raise."""
    if not rows:
        if width is None and needed:
            raise InputError(Message("a matrix without rows has no width", Cure("pass ", Argument("width"), mark=": ")))
        return width or 0
    columns = len(rows[0]) if width is None else width
    for i, row in enumerate(rows):
        if len(row) != columns:
            raise InputError(f"row {i} of the matrix has {len(row)} entries, expected {columns}")
    return columns


def _integer(rows: Rows, width: int) -> fmpz_mat:
    """Return the rows, each scaled to integers."""
    return fmpz_mat(len(rows), width, [value for row in rows for value in _scaled(row)])


def _rational(rows: Rows, width: int) -> fmpq_mat:
    """Return the rows as they are."""
    return fmpq_mat(len(rows), width, [fmpq(value.numerator, value.denominator) for row in rows for value in row])


def _fractions(matrix: fmpq_mat) -> Matrix:
    """Return a flint matrix as tuples of Fractions."""
    return tuple(tuple(Fraction(int(value.p), int(value.q)) for value in row) for row in matrix.tolist())


def _echelon(rows: Rows, width: int) -> tuple[list[list[int]], int, tuple[int, ...]]:
    """Return the reduced echelon form times a common denominator, that denominator and the pivot columns."""
    check()
    form, den, found = _integer(rows, width).rref()
    reduced = [[int(value) for value in row] for row in form.tolist()[:found]]
    pivots = tuple(next(j for j, value in enumerate(row) if value) for row in reduced)
    return reduced, int(den), pivots


def _identity(size: int) -> Matrix:
    return tuple(tuple(Fraction(int(i == j)) for j in range(size)) for i in range(size))
