"""How far a network is from the optimal ones: its fit from theirs, its weights from those of the nearest optimal network."""

from __future__ import annotations

from fractions import Fraction

from reluexact.evidence.neuron import Neuron
from reluexact.kinds.judgement.claim import Judgement
from reluexact.kinds.judgement.neurons import root_bounds
from reluexact.kinds.optimum.claim import Optimum
from reluexact.kinds.optimum.problem_claim import ProblemOptimum
from reluexact.model.biased_network import BiasedNetwork
from reluexact.model.losses import PiecewiseQuadratic
from reluexact.model.problem import Problem
from reluexact.numbers.linalg import dot
from reluexact.numbers.real import Real

ZERO = Fraction(0)
Ends = tuple[Fraction, Fraction]
"""A lower and an upper bound of a number."""


def has_one_fit(problem: Problem) -> bool:
    """Say whether all optimal networks have one fit: the loss is strictly convex.

    >>> from reluexact.model.dataset import Dataset
    >>> data = Dataset([[1], [2]], [1, -1])
    >>> has_one_fit(Problem(data, 1)), has_one_fit(Problem(data, 1, "huber(1)"))
    (True, False)
    """
    loss = problem.loss
    return not isinstance(loss, PiecewiseQuadratic) or all(piece[0] > 0 for piece in loss.pieces)


def fit_distance_of(found: Judgement, optimum: Optimum | ProblemOptimum) -> Real:
    """Return the length of the difference between the fit of the network and that of all optimal networks."""
    data = found.problem.data
    if isinstance(optimum, ProblemOptimum):
        best = [(fit.low, fit.high) for fit in optimum.fit]
    else:
        best = [(y - entry.high, y - entry.low) for y, entry in zip(data.y, optimum.residual, strict=True)]
    low = high = ZERO
    for value, (below, above) in zip(found.network.predict(data.X), best, strict=True):
        far = max(value - below, above - value)
        near = max(ZERO, below - value, value - above)
        low, high = low + near * near, high + far * far
    return Real(low=root_bounds(low)[0], high=root_bounds(high)[1])


def weight_distance_of(found: Judgement, optimum: Optimum) -> tuple[Fraction, Fraction | None]:
    """Return bounds of the distance to the nearest optimal network of this width, neurons in any order, some of them 0.

    A neuron (w, a) of an optimal network is (r u, s r) with one of the listed directions u and signs s, r >= 0; the distance of a
    neuron from this ray is the length of (w, a) without its component ``(w.u + s a) / sqrt 2`` along it, if that is positive.
    From below: every neuron is that far from the nearest ray. From above: one optimal network, that of the listed amounts, whose
    neurons are matched one after the other; None where it has more neurons than there are.
    """
    network = found.network
    square = sum((_off_rays(network, j, optimum.neurons) for j in range(network.width)), ZERO)
    parts = [_enclosed(neuron, neuron.amount) for neuron in optimum.neurons if neuron.amount is not None]
    above = None if len(parts) > network.width else root_bounds(_matched(network, parts))[1]
    return root_bounds(square)[0], above


def _enclosed(neuron: Neuron, amount: Real) -> tuple[Ends, ...]:
    """Enclose the weights ``r u`` and ``s r`` of an optimal neuron, r the root of its amount."""
    low, high = root_bounds(max(ZERO, amount.low))[0], root_bounds(amount.high)[1]
    products = [[r * u for r in (low, high) for u in (entry.low, entry.high)] for entry in neuron.direction]
    ends = sorted((neuron.sign * low, neuron.sign * high))
    return (*((min(four), max(four)) for four in products), (ends[0], ends[1]))


def _off_rays(network: BiasedNetwork, neuron: int, listed: tuple[Neuron, ...]) -> Fraction:
    """Return a lower bound of the squared distance of a neuron from all rays of optimal neurons, and from 0."""
    weights, amount = network.hidden[neuron], network.output[neuron]
    length = dot(weights, weights) + amount * amount
    along = ZERO
    for one in listed:
        products = ((w * u.low, w * u.high) for w, u in zip(weights, one.direction, strict=True))
        along = max(along, sum(map(max, products), one.sign * amount))
    return max(ZERO, length - along * along / 2)


def _matched(network: BiasedNetwork, parts: list[tuple[Ends, ...]]) -> Fraction:
    """Return an upper bound of the squared distance when each optimal neuron takes the nearest one that is left."""
    left = {j: (*network.hidden[j], network.output[j]) for j in range(network.width)}
    total = ZERO
    for part in parts:
        middle = [(low + high) / 2 for low, high in part]
        nearest = max(left, key=lambda j: (dot(middle, left[j]), -j))
        taken = left.pop(nearest)
        total += sum((max(w - low, high - w) ** 2 for w, (low, high) in zip(taken, part, strict=True)), ZERO)
    return total + sum((dot(rest, rest) for rest in left.values()), ZERO)
