"""Approximate pruning to a given width: a HEURISTIC that changes the fit, in exact arithmetic.

The papers scale both layers by the square root of 1 - beta_j / beta_k. Here, as in :mod:`reluexact.kinds.pruning.find`, the
output weight alone is scaled by that number, which is the same function. It is never negative, because |beta_k| is the largest.

Source: Mishkin, Pilanci, "Optimal Sets and Solution Paths of ReLU Networks" (ICML 2023), Algorithm 2 with a signed step.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Literal, get_args

from reluexact.errors import InputError
from reluexact.kinds.pruning.claim import ApproximatelyPruned, ApproximateStep
from reluexact.kinds.pruning.find import checked_seed, draw, gates, squared_norms, step_along, with_penalty
from reluexact.model.dataset import Dataset
from reluexact.model.loss import SQUARED
from reluexact.model.network import Network
from reluexact.model.problem import Problem
from reluexact.model.symmetries import balanced_objective, features, require_fitting, without_zeros
from reluexact.numbers.linalg import dot, independent_rows, inverse, matmul, solve, transpose
from reluexact.numbers.rational import Floats
from reluexact.numbers.types import Matrix, Vector
from reluexact.progress import Progress, Stage, silent

Score = Literal["residual", "norm", "activation", "gradient", "random"]


def prune_to_width(
    network: Network,
    data: Dataset | Problem,
    width: int,
    *,
    score: Score = "residual",
    seed: int = 0,
    penalty: object = None,
    floats: Floats = None,
    progress: Progress | None = None,
) -> ApproximatelyPruned:
    """Remove neurons until at most ``width`` are left. A HEURISTIC: it changes the fit; every step records by how much.

    A step takes the neuron j of lowest ``score``, fits its feature by the others' with exact least squares (beta_j = -1; others
    that depend on earlier ones get 0), and scales as an exact step does with k the largest |beta_k|. Then every scale lies in
    [0, 2], so no output weight changes its sign. When the features are dependent and the score is "residual", the step is exact
    in the fit; unlike ``prune`` it does not choose the sign, so sum |w_j| |a_j| stays only if the network is optimal.

    data: as in ``prune``; with row weights the least squares are weighted, and so are ``fit_error`` and ``loss``.
    Scores: "residual" of that least-squares fit; "norm" |w_j| |a_j|; "activation" |q_j|; "gradient" |q_j . (fit - y)|, the
    neuron's weights times the gradient of the loss, the same for either layer; "random" from ``seed`` alone. Ties: lowest index.

    >>> data = Dataset(X=[[1, 0], [0, 1], [1, 1]], y=[4, 1, 4])
    >>> pruned = prune_to_width(Network([[1, 0], [0, 1]], [4, 1]), data, 1, score="norm", penalty=1)
    >>> pruned.kept, pruned.network.output, pruned.steps[0].residual, pruned.steps[0].fit_error
    ((0,), (Fraction(9, 2),), Fraction(3, 2), Fraction(3, 2))
    """
    data, weight = with_penalty(data, penalty, floats)
    network, data = require_fitting(network, data)
    if isinstance(width, bool) or not isinstance(width, int) or width < 0:
        raise InputError(f"width: {width!r} is not an integer from 0 on")
    if score not in get_args(Score):
        raise InputError(f"score: {score!r} is unknown; choose one of {', '.join(get_args(Score))}")
    original = network.predict(data.X)
    start = checked_seed(seed)
    current, kept = without_zeros(network)
    active = gates(network, data)
    steps: list[ApproximateStep] = []
    report, first = progress or silent, current.width
    while current.width > width:
        report(Stage("neurons removed", done=first - current.width, total=first - width))
        key = f"{start}:{len(steps)}"
        columns = tuple(active[j] for j in kept)
        neuron = _lowest(score, current, data, columns, [draw(key, j) for j in kept])
        beta, residual = _least_squares(current, columns, neuron)
        step = step_along(current, beta)
        current, kept = step.after, tuple(j for k, j in enumerate(kept) if k not in step.removed)
        fit = current.predict(data.X)
        objective = None if weight is None else balanced_objective(current, data, weight)
        error, loss = _distance(fit, original), SQUARED.value(fit, data.y)
        steps.append(
            ApproximateStep(step=step, neuron=neuron, residual=residual, fit_error=error, loss=loss, objective=objective)
        )
    return ApproximatelyPruned(network=current, steps=tuple(steps), kept=kept)


def _lowest(score: Score, network: Network, data: Dataset, columns: Matrix, draws: list[bytes]) -> int:
    """Return the position of the neuron with the lowest score."""
    if score == "residual":
        return _most_dependent(network, columns)
    if score == "random":
        return min(range(network.width), key=draws.__getitem__)
    if score == "norm":
        values = squared_norms(network)
    elif score == "activation":
        values = tuple(dot(share, share) for share in features(network, data))
    else:
        gap = SQUARED.residual(network.predict(data.X), data.y)
        values = tuple(abs(dot(share, gap)) for share in features(network, data))
    return min(range(network.width), key=values.__getitem__)


def _most_dependent(network: Network, columns: Matrix) -> int:
    """Return the position of the neuron whose feature is nearest to the span of the others.

    Independent features: the squared distance is a_j^2 / (inverse of the Gram matrix of the columns (X w_j)+)_jj. Dependent ones:
    the first that depends on earlier ones.
    """
    chosen = independent_rows(columns)
    if len(chosen) < len(columns):
        return min(set(range(len(columns))) - set(chosen))
    gram = inverse(matmul(columns, transpose(columns)))
    values = [amount**2 / gram[k][k] for k, amount in enumerate(network.output)]
    return min(range(len(columns)), key=values.__getitem__)


def _least_squares(network: Network, columns: Matrix, neuron: int) -> tuple[Vector, Fraction]:
    """Return the coefficients of least squares, -1 for the neuron itself, scaled by 1 or -1 so that the largest is positive.

    Features that depend on earlier ones get 0. The second value is the squared residual.
    """
    others = [k for k in range(len(columns)) if k != neuron]
    others = [others[k] for k in independent_rows([columns[k] for k in others])]
    amount = network.output[neuron]
    beta = [Fraction(0)] * len(columns)
    beta[neuron] = Fraction(-1)
    rest = [-amount * entry for entry in columns[neuron]]
    if others:
        basis = [columns[k] for k in others]
        found = solve(matmul(basis, transpose(basis)), [dot(column, columns[neuron]) for column in basis])
        if found is None:
            raise ArithmeticError("the normal equations have no solution")
        for k, entry in zip(others, found, strict=True):
            beta[k] = entry * amount / network.output[k]
        rest = [part + amount * dot(row, found) for part, row in zip(rest, transpose(basis), strict=True)]
    sign = 1 if max(beta) >= -min(beta) else -1
    return tuple(sign * entry for entry in beta), dot(rest, rest)


def _distance(left: Vector, right: Vector) -> Fraction:
    return sum(((a - b) ** 2 for a, b in zip(left, right, strict=True)), Fraction(0))
