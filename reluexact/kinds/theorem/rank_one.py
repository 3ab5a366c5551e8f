"""Rows that are multiples of one vector: one neuron for each side of the origin.

With ``x_i = c_i a`` the rows with c_i > 0 and those with c_i < 0 share no neuron. On a side, with ``s = sum |c_i| y_i`` and
``q = sum c_i^2``, the amount is ``max(|a| |s| - b, 0) / (|a|^2 q)``, the sign that of s, the direction a or -a of length 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from reluexact.evidence.neuron import Neuron
from reluexact.kinds.theorem.block import Block, joined, root, scalar, served, silent
from reluexact.model.dataset import Dataset
from reluexact.numbers.linalg import dot
from reluexact.numbers.real import Real

NAME = "rank one"
SOURCE = "Ergen and Pilanci 2021, Convex Geometry and Duality (rank-one data, without a free bias)"


def fails(data: Dataset) -> str:
    """Return why the theorem does not apply, or nothing.

    >>> fails(Dataset(X=[[1, 2], [0, 0], [2, 4], [1, 0]], y=[1, 2, 3, 4]))
    'rows 0 and 3 are no multiples of one vector'
    """
    first = next((i for i, x in enumerate(data.X) if any(x)), None)
    if first is None:
        return ""
    a = data.X[first]
    square = dot(a, a)
    for i, x in enumerate(data.X):
        if dot(x, a) ** 2 != dot(x, x) * square:
            return f"rows {first} and {i} are no multiples of one vector"
    return ""


def optimum(data: Dataset, penalty: Fraction) -> tuple[Real, tuple[Neuron, ...], tuple[Real, ...]]:
    """Return the value, the neurons and the residual."""
    return joined(_parts(data, penalty), data.n)


def _parts(data: Dataset, penalty: Fraction) -> list[Block]:
    """Return the blocks of both sides, and of the rows of zeros."""
    first = next((i for i, x in enumerate(data.X) if any(x)), None)
    if first is None:
        return [silent(range(data.n), data.y)]
    a = data.X[first]
    multiples = [dot(x, a) / dot(a, a) for x in data.X]
    zeros = [i for i, c in enumerate(multiples) if not c]
    return [*(_side(data, penalty, first, multiples, side) for side in (1, -1)), silent(zeros, data.y)]


def _side(data: Dataset, penalty: Fraction, first: int, multiples: Sequence[Fraction], side: int) -> Block:
    rows = [i for i, c in enumerate(multiples) if side * c > 0]
    pull = sum((abs(multiples[i]) * data.y[i] for i in rows), Fraction(0))
    square = dot(data.X[first], data.X[first])
    if square * pull**2 <= penalty**2:
        return silent(rows, data.y)
    length, weight = root(square), square * sum((multiples[i] ** 2 for i in rows), Fraction(0))
    return served(
        rows,
        data.y,
        data.X,
        sign=1 if pull > 0 else -1,
        coefficients=[scalar(side) / length],
        vectors=[first],
        amount=(length * scalar(abs(pull)) - scalar(penalty)) / scalar(weight),
        penalty=penalty,
    )
