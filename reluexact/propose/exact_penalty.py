"""Row weights with which the absolute loss has the fit of the targets at its optimum: an exact penalty, from floats.

They have to exceed the entries of an optimal dual point; those that exceed them much make the solver inaccurate.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction

from reluexact.model.dataset import Dataset
from reluexact.model.problem import Problem
from reluexact.numbers.linalg import dot
from reluexact.numbers.types import Vector
from reluexact.progress import Progress
from reluexact.propose.basis import even_coordinates
from reluexact.propose.training import Prepared, propose_training

POWERS = (4, 8, 14, 22, 34)
"""Powers of 2 that are tried, times ``1 / |x_i|``, until the dual point stays below half of each."""

TIMES = (1, 8, 64, 512)
"""Multiples of the weights that a first dual point asks for."""

_FREE, _LEAST, _AT = 0.5, 1 / 64, 0.95


def exact_penalties(data: Dataset, engine: str, progress: Progress | None) -> Iterator[Problem]:
    """Yield problems with the absolute loss, penalty 1 and growing row weights; the targets are met by networks.

    >>> data = Dataset([[1], [-2]], [1, 1])
    >>> next(exact_penalties(data, "clarabel", None)).weights
    (Fraction(2, 1), Fraction(1, 1))
    """
    with even_coordinates():
        theta = _dual_point(data, engine, progress)
    lengths = [float(_length(row)) for row in data.X]
    top = max(abs(value) * length for value, length in zip(theta, lengths, strict=True)) or 1.0
    asked = [max(abs(value), _LEAST * top / length) for value, length in zip(theta, lengths, strict=True)]
    for times in TIMES:
        yield _problem(data, tuple(times * Fraction(2) ** math.ceil(math.log2(value) + 0.5) for value in asked))


def touches(problem: Problem, theta: Sequence[float]) -> bool:
    """Say whether a dual point comes near a row weight, which is too small then.

    >>> touches(Problem(Dataset([[1], [2]], [1, 2]), 1, "absolute", weights=[1, 8]), (0.99, 1.0))
    True
    """
    weights = problem.weights or (Fraction(1),) * len(theta)
    return any(abs(value) > _AT * float(weight) for value, weight in zip(theta, weights, strict=True))


def _dual_point(data: Dataset, engine: str, progress: Progress | None) -> tuple[float, ...]:
    """Return a dual point in floats that looks optimal for the targets; the last one that was found where none does."""
    like, found = None, (0.0,) * data.n
    for power in POWERS:
        weights = tuple(Fraction(2) ** power / _length(row) for row in data.X)
        like = Prepared(_problem(data, weights), like)
        candidate = propose_training(like, engine=engine, progress=progress)
        if candidate is not None:
            found = candidate.theta
            if all(abs(value) <= _FREE * float(weight) for value, weight in zip(found, weights, strict=True)):
                break
    return found


def _problem(data: Dataset, weights: Vector) -> Problem:
    return Problem(data, 1, "absolute", weights=weights)


def _length(row: Vector) -> Fraction:
    """Return the power of 2 that is near to the length of a row."""
    square = dot(row, row)
    return Fraction(2) ** ((square.numerator.bit_length() - square.denominator.bit_length()) // 2)
