"""The neurons of a network against those of the optimum: which no optimum has, and which one is missing most."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from reluexact.budget import check
from reluexact.kinds.judgement.claim import Excess, Judgement
from reluexact.kinds.judgement.explanation import Fate, Missing
from reluexact.kinds.optimum.claim import Optimum
from reluexact.kinds.optimum.problem_claim import ProblemOptimum
from reluexact.model.biased_network import BiasedNetwork
from reluexact.model.problem import Problem
from reluexact.numbers.linalg import dot
from reluexact.numbers.real import Real
from reluexact.numbers.roots import rational_root, root_above, root_below
from reluexact.numbers.types import Vector

ZERO, ONE = Fraction(0), Fraction(1)
_BITS = 64
_HALVINGS = 40


def fates_of(found: Judgement, optimum: Optimum | ProblemOptimum) -> tuple[Fate, ...]:
    """Compare every neuron with the dual optimum theta: only neurons with ``s theta.(Xw + c)+ = b |w|`` are in optimal networks.

    That holds for every optimal theta (complementary slackness), so for the one that is enclosed.
    """
    theta = optimum.theta if isinstance(optimum, ProblemOptimum) else optimum.residual
    return tuple(_fate(found.problem, found.network, j, theta) for j in range(found.network.width))


def _fate(problem: Problem, network: BiasedNetwork, neuron: int, theta: tuple[Real, ...]) -> Fate:
    check()
    weights, bias, sign = network.hidden[neuron], network.hidden_bias[neuron], -1 if network.output[neuron] < 0 else 1
    square = dot(weights, weights)
    if not square:
        return Fate(neuron=neuron, sign=sign, tightness=Excess(low=ZERO, high=ZERO), foreign=bool(network.output[neuron]))
    low = high = ZERO
    for row, entry in zip(problem.data.X, theta, strict=True):
        height = max(ZERO, dot(row, weights) + bias)
        ends = sign * entry.low * height, sign * entry.high * height
        low, high = low + min(ends), high + max(ends)
    limit = problem.penalty**2 * square
    below, above = root_bounds(limit)
    tightness = Excess(low=low / (above if low > 0 else below), high=min(ONE, high / (below if high > 0 else above)))
    foreign = True if high <= 0 or high * high < limit else None
    return Fate(neuron=neuron, sign=sign, tightness=tightness, foreign=foreign)


def root_bounds(square: Fraction) -> tuple[Fraction, Fraction]:
    """Return bounds of a root, equal where it is rational, else with 64 bits and more.

    >>> root_bounds(Fraction(9, 4)), [float(bound) for bound in root_bounds(Fraction(2))]
    ((Fraction(3, 2), Fraction(3, 2)), [1.4142135623730951, 1.4142135623730951])
    """
    exact = rational_root(square)
    if exact is not None:
        return exact, exact
    bits = _BITS + max(0, square.denominator.bit_length() - square.numerator.bit_length())
    return root_below(square, bits), root_above(square, bits)


def missing_of(found: Judgement, best: BiasedNetwork, most: int | None = None) -> Missing | None:
    """Return the neuron of a better network that lowers the objective most when it joins the network, with the best amount.

    The objective is convex in the amount; every value that the search for it compares is exact. most: how many
    neurons are tried, those with the greatest output weights; all where it is not said.
    """
    order = sorted(range(best.width), key=lambda j: -abs(best.output[j]))
    tried = [_joined(found, best, j) for j in sorted(order[:most])]
    return max((one for one in tried if one is not None), key=lambda one: one.gain, default=None)


def _joined(found: Judgement, best: BiasedNetwork, neuron: int) -> Missing | None:
    problem, network = found.problem, found.network
    weights, bias, output = best.hidden[neuron], best.hidden_bias[neuron], best.output[neuron]
    fit, more = network.predict(problem.data.X), _feature(problem, weights, bias, output)
    cost = problem.penalty * (dot(weights, weights) + output * output) / 2
    start = problem.loss_value(fit)

    def value(amount: Fraction) -> Fraction:
        check()
        return problem.loss_value([f + amount * g for f, g in zip(fit, more, strict=True)]) - start + amount * cost

    amount = _least(value)
    factor = root_bounds(amount)[0]
    if not factor:
        return None
    scaled = tuple(factor * w for w in weights)
    with_it = BiasedNetwork(
        [*network.hidden, scaled],
        [*network.output, factor * output],
        hidden_bias=[*network.hidden_bias, factor * bias],
        output_bias=network.output_bias,
        skip=network.skip,
    )
    gain = found.objective - problem.objective(with_it)
    if gain <= 0:
        return None
    return Missing(sign=1 if output > 0 else -1, weights=scaled, bias=factor * bias, gain=gain, network=with_it)


def _feature(problem: Problem, weights: Vector, bias: Fraction, output: Fraction) -> Vector:
    return tuple(output * max(ZERO, dot(row, weights) + bias) for row in problem.data.X)


def _least(value: Callable[[Fraction], Fraction]) -> Fraction:
    """Return an amount >= 0 near the least value of a convex function."""
    end = ONE
    while end < 2**20 and value(2 * end) < value(end):
        end *= 2
    low, high = ZERO, 2 * end
    for _ in range(_HALVINGS):
        first, second = low + (high - low) * 3 / 8, low + (high - low) * 5 / 8
        low, high = (low, second) if value(first) <= value(second) else (first, high)
    return (low + high) / 2 if low else ZERO
