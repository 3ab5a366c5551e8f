"""Rows that are orthogonal to each other: one neuron for the positive targets, one for the negative ones.

In one part, with the squared lengths d_i of its rows, the outputs z >= 0 of the neuron cost ``b t``, ``t^2 = sum z_i^2 / d_i``.
Hence ``z_i = |y_i| d_i t / (d_i t + b)``, where t is the root of ``sum d_i y_i^2 / (d_i t + b)^2 = 1``; there is one if
``sum d_i y_i^2 > b^2``, else the part has no neuron. With equal lengths ``d t + b = sqrt(d sum y_i^2)``: the soft threshold.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations

from reluexact.evidence.neuron import Neuron
from reluexact.kinds.theorem.block import BITS, Block, joined, root, scalar, served, silent
from reluexact.model.dataset import Dataset
from reluexact.numbers.linalg import dot
from reluexact.numbers.rational import format_fraction
from reluexact.numbers.real import Real
from reluexact.numbers.scalar import Scalar

NAME = "orthogonal rows"
SOURCE = "Ergen and Pilanci 2021, Convex Geometry and Duality (whitened data; rows of any length here)"


def fails(data: Dataset) -> str:
    """Return why the theorem does not apply, or nothing.

    >>> fails(Dataset(X=[[1, 1], [1, -1], [2, 0]], y=[1, 2, 3]))
    'rows 0 and 2 have the inner product 2'
    """
    for (i, x), (k, z) in combinations(enumerate(data.X), 2):
        product = dot(x, z)
        if product:
            return f"rows {i} and {k} have the inner product {format_fraction(product)}"
    return ""


def optimum(data: Dataset, penalty: Fraction) -> tuple[Real, tuple[Neuron, ...], tuple[Real, ...]]:
    """Return the value, the neurons and the residual."""
    return joined(_parts(data, penalty), data.n)


def _parts(data: Dataset, penalty: Fraction) -> list[Block]:
    """Return the blocks of the positive targets, of the negative ones, and of what no neuron reaches."""
    squares = [dot(x, x) for x in data.X]
    blocks = [_part(data, penalty, squares, sign) for sign in (1, -1)]
    unreached = [i for i in range(data.n) if not squares[i] or not data.y[i]]
    return [*blocks, silent(unreached, data.y)]


def _part(data: Dataset, penalty: Fraction, squares: Sequence[Fraction], sign: int) -> Block:
    rows = [i for i in range(data.n) if squares[i] and sign * data.y[i] > 0]
    pull = sum((squares[i] * data.y[i] ** 2 for i in rows), Fraction(0))
    if pull <= penalty**2:
        return silent(rows, data.y)
    amount = _amount([(squares[i], data.y[i] ** 2) for i in rows], penalty)
    spread = [scalar(squares[i]) * amount + scalar(penalty) for i in rows]
    coefficients = [scalar(abs(data.y[i])) / divisor for i, divisor in zip(rows, spread, strict=True)]
    return served(
        rows,
        data.y,
        data.X,
        sign=sign,
        coefficients=coefficients,
        vectors=rows,
        amount=amount,
        penalty=penalty,
    )


def _amount(terms: Sequence[tuple[Fraction, Fraction]], penalty: Fraction) -> Scalar:
    """Return the root t > 0 of ``sum d y^2 / (d t + b)^2 = 1`` for the terms (d, y^2); the sum falls in t."""
    lengths = {d for d, _ in terms}
    pull = sum((d * y for d, y in terms), Fraction(0))
    if len(lengths) == 1:
        return (root(pull) - scalar(penalty)) / scalar(lengths.pop())
    low, high = Fraction(0), Fraction(1)
    while _excess(terms, penalty, high) > 0:
        low, high = high, 2 * high
    while high - low > high / (1 << BITS):
        middle = (low + high) / 2
        excess = _excess(terms, penalty, middle)
        if not excess:
            return scalar(middle)
        low, high = (middle, high) if excess > 0 else (low, middle)
    return Scalar.enclosed(low, high, BITS)


def _excess(terms: Sequence[tuple[Fraction, Fraction]], penalty: Fraction, t: Fraction) -> Fraction:
    return sum((d * y / (d * t + penalty) ** 2 for d, y in terms), Fraction(0)) - 1
