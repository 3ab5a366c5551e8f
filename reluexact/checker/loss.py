"""The squared loss: the one place of the checker that says what it is.

With the fit f = sum_j a_j (X w_j)+ the loss is |f - y|^2 / 2, and theta = y - f, the residual, is minus its gradient. The
dual value is y.theta - |theta|^2 / 2, which is minus the conjugate of the loss at -theta: no objective is below it where
theta is dual feasible. That theta is linear in the columns of a network is said in network/proof.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from operator import mul

from .linear import dot
from .problem import Problem
from .quantities import ZERO, Matrix, Vector
from .radicals import Constant, Radicals, plus


def residual_and_objective(problem: Problem, hidden: Matrix, output: Vector) -> tuple[Vector, Fraction]:
    """Return ``y - fit`` and the objective of a network: the loss and the penalty."""
    theta = []
    for row, target in zip(problem.X, problem.y, strict=True):
        fit = sum((a * max(ZERO, dot(row, w)) for w, a in zip(hidden, output, strict=True)), ZERO)
        theta.append(target - fit)
    weights = sum((dot(w, w) for w in hidden), ZERO) + dot(output, output)
    return theta, loss(theta) + problem.penalty * weights / 2


def loss(theta: Vector) -> Fraction:
    """Return the loss of a network with this residual."""
    return dot(theta, theta) / 2


def dual_value(problem: Problem, theta: Vector) -> Fraction:
    """Return ``y.theta - |theta|^2 / 2``."""
    return dot(problem.y, theta) - dot(theta, theta) / 2


def exact_dual_value(problem: Problem, theta: Sequence[Constant], radicals: Radicals) -> Constant:
    """Return ``y.theta - |theta|^2 / 2`` of a residual of sums of radicals."""
    total: Constant = {}
    for target, entry in zip(problem.y, theta, strict=True):
        total = plus(total, target, entry)
        total = plus(total, Fraction(-1, 2), radicals.times(entry, entry))
    return total


def dual_spread(columns: Sequence[Sequence[int]], unit: int, middle: Vector, radius: Fraction) -> Fraction:
    """Bound how far the dual value of ``theta = y - A z`` is from that at the middle, for |z_j - middle_j| <= radius.

    A has the columns `columns` / unit. In z the dual value is quadratic of gradient ``-A'A z``.
    """
    spread = ZERO
    for a in columns:
        row = [Fraction(sum(map(mul, a, b)), unit**2) for b in columns]
        spread += abs(dot(row, middle)) + radius * sum(map(abs, row), ZERO) / 2
    return spread * radius
