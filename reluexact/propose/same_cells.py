"""Better amounts for the neurons of a network, and better directions within their cells; floats that propose networks."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import sqrt

import numpy as np

from reluexact.geometry.column import Column
from reluexact.model.biased_network import BiasedNetwork
from reluexact.numbers.linalg import dot
from reluexact.numbers.types import Vector
from reluexact.propose.biased_network import proposed_biased_network, split_linear
from reluexact.propose.training import Block, Prepared, TrainingCandidate
from reluexact.propose.tree.leaf import dyadic
from reluexact.propose.types import Floats

_BITS = 50


def with_best_amounts(prepared: Prepared, network: BiasedNetwork) -> BiasedNetwork | None:
    """Return the network with the amounts and the linear part that suit its directions best; None when the solver fails.

    No neuron of the network has hidden weights 0.
    """
    if not network.width:
        return _linear_only(prepared)
    lengths = [sqrt(float(dot(weights, weights))) for weights in network.hidden]
    features = [_feature(prepared, network, j, lengths[j]) for j in range(network.width)]
    answer = prepared.solver().solve(prepared.program([(feature[:, None], np.ones((1, 1))) for feature in features]))
    if answer is None:
        return None
    amounts = np.maximum(np.ldexp(answer.weights[:, 0], prepared.height - prepared.width), 0.0).tolist()
    hidden, biases, output = [], [], []
    for j, amount in enumerate(amounts):
        factor = dyadic(sqrt(amount / (lengths[j] * abs(float(network.output[j])))), _BITS)
        if factor:
            hidden.append([factor * w for w in network.hidden[j]])
            biases.append(factor * network.hidden_bias[j])
            output.append(factor * network.output[j])
    bias, skip = split_linear(prepared.problem, prepared.to_linear(answer.linear))
    return BiasedNetwork(hidden, output, hidden_bias=biases, output_bias=bias, skip=skip)


def with_best_directions(prepared: Prepared, network: BiasedNetwork) -> BiasedNetwork | None:
    """Return the best network with neurons in the closed cells of these ones; None when the solver fails.

    With a free hidden bias the kinks go to rows: for each neuron the ones next to its kink, with its direction's cell there.
    """
    blocks = tuple(dict.fromkeys(block for j in range(network.width) for block in _blocks(prepared, network, j)))
    if not blocks:
        return _linear_only(prepared)
    answer = prepared.solver().solve(prepared.program([prepared.block(block) for block in blocks]))
    if answer is None:
        return None
    candidate = TrainingCandidate(
        theta=tuple(prepared.to_theta(answer.theta).tolist()),
        blocks=blocks,
        weights=tuple(map(tuple, prepared.to_weights(blocks, answer.weights).tolist())),
        linear=prepared.to_linear(answer.linear),
        excess=1.0,
        rounds=0,
    )
    return proposed_biased_network(prepared, candidate)[0]


def _linear_only(prepared: Prepared) -> BiasedNetwork | None:
    answer = prepared.solver().solve(prepared.program([]))
    if answer is None:
        return None
    bias, skip = split_linear(prepared.problem, prepared.to_linear(answer.linear))
    return BiasedNetwork([], [], output_bias=bias, skip=skip)


def _feature(prepared: Prepared, network: BiasedNetwork, neuron: int, length: float) -> Floats:
    """Return what the neuron with weights of length 1 adds to the fits, in the units of the program."""
    unit = Fraction(2) ** prepared.width
    heights = [max(Fraction(0), height) / unit for height in heights_of(prepared.problem.data.X, network, neuron)]
    sign = 1.0 if network.output[neuron] > 0 else -1.0
    return np.array([sign * float(height) / length for height in heights])


def heights_of(X: Sequence[Vector], network: BiasedNetwork, neuron: int) -> Vector:
    """Return ``x_i.w + c`` for the rows."""
    weights, bias = network.hidden[neuron], network.hidden_bias[neuron]
    return tuple(dot(row, weights) + bias for row in X)


def _blocks(prepared: Prepared, network: BiasedNetwork, neuron: int) -> list[Block]:
    """Return the blocks next to a neuron: its cell, or with a free bias its direction's cell at the rows beside its kink."""
    sign, weights = (1 if network.output[neuron] > 0 else -1), network.hidden[neuron]
    places = range(len(prepared.views))
    if prepared.problem.free_bias:
        heights = heights_of(prepared.problem.data.X, network, neuron)
        near = [max((h for h in heights if h <= 0), default=None), min((h for h in heights if h > 0), default=None)]
        rows = {heights.index(height) for height in near if height is not None}
        places_of = {row: place for place, view in enumerate(prepared.views) for row in view.rows}
        chosen = sorted({places_of[row] for row in rows})
    else:
        chosen = list(places)
    return [(place, Column(sign=sign, cell=_cell(prepared, place, weights))) for place in chosen]


def _cell(prepared: Prepared, place: int, weights: Vector) -> tuple[bool, ...]:
    """Return the cell of a direction in a view; where it lies on hyperplanes, that of a direction beside it."""
    normals = prepared.views[place].data.hyperplanes.normals
    beside = tuple(Fraction((37 * k * k + 11 * k + 5) % 101 - 50, 101) for k in range(len(weights)))
    return tuple((dot(normal, weights) or dot(normal, beside)) > 0 for normal in normals)
