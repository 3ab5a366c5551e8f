"""The dual point that a problem with the logistic loss has without neurons: exactly, or with a proved distance to it.

It is ``o y / 2`` without a linear part, and follows from the shares of the labels with an output bias alone. In general the value
encloses it: its dual function bends by at least ``4 / o_i`` in theta_i, so a feasible point whose dual value is below the optimal
one by delta has ``sum_i 2 (theta_i - theta*_i)^2 / o_i <= delta``, and by Cauchy's inequality

    sum_i |theta_i - theta*_i| |x_i|  <=  sqrt(delta sum_i o_i |x_i|^2 / 2),

a bound of the difference of ``|theta.(Xw + c)+| / |w|`` at both, rows seen from a pivot where the hidden bias is free.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from reluexact.errors import InputError, LimitReached, Message
from reluexact.model.problem import NONE, ONE, Problem
from reluexact.numbers.linalg import dot
from reluexact.numbers.roots import root_above
from reluexact.numbers.types import Vector
from reluexact.propose.dual_point import dual_point
from reluexact.propose.logistic_linear import refined_linear
from reluexact.propose.training import Prepared

_BITS = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class LogisticOptimum:
    """A dual point theta without neurons; ``error`` bounds how differently neurons see the optimal one; 0: it is theta."""

    theta: Vector
    error: Fraction


def logistic_optimum(prepared: Prepared) -> LogisticOptimum:
    """Return the dual point; raises LimitReached where floats find none, InputError for a penalised linear part.

    >>> from reluexact.model.dataset import Dataset
    >>> data = Dataset([[1], [2], [4], [5]], [1, 1, 1, -1])
    >>> logistic_optimum(Prepared(Problem(data, 1, "logistic", output_bias="free"))).theta
    (Fraction(1, 4), Fraction(1, 4), Fraction(1, 4), Fraction(-3, 4))
    """
    problem = prepared.problem
    weights = problem.weights or (ONE,) * problem.data.n
    if any(part.ridge for part in problem.linear):
        raise InputError("problem: its linear part is penalised; say 'none' or 'free'")
    if problem.skip == NONE:
        return LogisticOptimum(theta=_by_shares(problem, weights), error=Fraction(0))
    refined = refined_linear(prepared)
    if refined is None:
        raise LimitReached(Message("the solver found no point; rescale the data"))
    linear, near = refined
    theta = dual_point(problem, near, _BITS)
    fit = [dot([part.column[i] for part in problem.linear], linear) for i in range(problem.data.n)]
    value = problem.dual_value(theta)
    delta = problem.loss_value(fit) - (Fraction(0) if value is None else value)
    sizes = [sum(o * dot(row, row) for o, row in zip(weights, view.data.X, strict=True)) for view in prepared.views]
    return LogisticOptimum(theta=theta, error=root_above(delta * max(sizes) / 2, _BITS))


def _by_shares(problem: Problem, weights: Vector) -> Vector:
    """Return the dual point without a skip connection."""
    labels = problem.data.y
    share = Fraction(1, 2)
    if problem.linear:
        share = sum((o for o, y in zip(weights, labels, strict=True) if y > 0), Fraction(0)) / sum(weights)
    return tuple(o * (1 - share if y > 0 else -share) for o, y in zip(weights, labels, strict=True))
