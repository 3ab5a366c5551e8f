"""The best linear part with the logistic loss and no neuron, beyond floats: Newton's method in rational numbers."""

from __future__ import annotations

from fractions import Fraction

from reluexact.model.logistic import LogisticRow
from reluexact.model.problem import Problem
from reluexact.numbers.linalg import dot, independent_rows, solve
from reluexact.numbers.logarithm import share_near
from reluexact.numbers.types import Vector
from reluexact.propose.training import Prepared, propose_linear
from reluexact.propose.tree.leaf import dyadic

_STEPS = 8
_BITS = 160


def refined_linear(prepared: Prepared) -> tuple[Vector, Vector] | None:
    """Return the best linear part (K), and minus the slopes of the losses there (n); None when the solver finds none.

    >>> from reluexact.model.dataset import Dataset
    >>> problem = Problem(Dataset([[1], [2], [4], [5]], [1, 1, 1, -1]), 1, "logistic", output_bias="free")
    >>> linear, theta = refined_linear(Prepared(problem))
    >>> round(float(linear[0]), 12), [float(t) for t in theta]      # log 3
    (1.098612288668, [0.25, 0.25, 0.25, -0.75])
    """
    proposed = propose_linear(prepared)
    if proposed is None:
        return None
    problem, linear = prepared.problem, list(proposed[0])
    columns = [part.column for part in problem.linear]
    kept = independent_rows(columns)
    for _ in range(_STEPS):
        theta, bends = _slopes(problem, tuple(linear))
        pull = [dot(columns[k], theta) for k in kept]
        bent = [[bend * entry for bend, entry in zip(bends, columns[k], strict=True)] for k in kept]
        step = solve([[dot(columns[j], column) for column in bent] for j in kept], pull)
        if step is None:
            break
        for k, change in zip(kept, step, strict=True):
            linear[k] = dyadic(linear[k] + change, _BITS)
    return tuple(linear), _slopes(problem, tuple(linear))[0]


def _slopes(problem: Problem, linear: Vector) -> tuple[Vector, Vector]:
    """Return minus the slopes of the losses, and their bends."""
    theta, bends = [], []
    columns = [part.column for part in problem.linear]
    for i, row in enumerate(problem.row_functions):
        if isinstance(row, LogisticRow):
            share = share_near(row.label * dot([column[i] for column in columns], linear))
            theta.append(row.weight * row.label * share)
            bends.append(max(row.weight * share * (1 - share), Fraction(1, 1 << _BITS)))
    return tuple(theta), tuple(bends)
