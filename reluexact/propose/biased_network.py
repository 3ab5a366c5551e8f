"""A rational network with biases and a skip connection next to a proposed optimum; exact arithmetic says its objective."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import frexp, sqrt

import numpy as np

from reluexact.model.biased_network import BiasedNetwork
from reluexact.model.problem import NONE, Problem
from reluexact.numbers.types import Vector
from reluexact.propose.training import Block, Prepared, TrainingCandidate
from reluexact.propose.tree.leaf import dyadic

_Choice = tuple[Sequence[Block], Sequence[Sequence[float]], Vector]
"""Blocks with their vectors, and the linear part."""

_DROPS = (0.0, 2.0**-40, 2.0**-30, 2.0**-20)
"""Blocks whose weight is at most this share of the greatest are left out of the network; the best choice counts."""


def proposed_biased_network(prepared: Prepared, candidate: TrainingCandidate) -> tuple[BiasedNetwork, Fraction]:
    """Turn the proposed blocks into balanced neurons, with kinks at their pivots; keep the choice with the least objective.

    Once more the amounts and the linear part are chosen, for the directions as they are: a loss with kinks does not forgive that
    the directions leave their cells by a rounding error.
    """
    problem = prepared.problem
    zero = BiasedNetwork([], [])
    best = zero, problem.objective(zero)
    for blocks, weights, linear in (_parts(candidate), _resolved(prepared, candidate)):
        lengths = [sqrt(sum(w * w for w in vector)) for vector in weights]
        for least in sorted({drop * max(lengths, default=1.0) for drop in (*_DROPS, 2.0)}):
            kept = [k for k, length in enumerate(lengths) if length > least]
            network = _network(prepared, [blocks[k] for k in kept], [weights[k] for k in kept], linear)
            value = problem.objective(network)
            if value < best[1]:
                best = network, value
    return best


def _parts(candidate: TrainingCandidate) -> _Choice:
    return candidate.blocks, candidate.weights, candidate.linear


def _resolved(prepared: Prepared, candidate: TrainingCandidate) -> _Choice:
    """Choose amounts and linear part for the proposed directions, whose features are those of the neurons themselves."""
    if not candidate.blocks:
        return _parts(candidate)
    vectors = np.array(candidate.weights)
    lengths = np.linalg.norm(vectors, axis=1)
    kept = [k for k in range(len(lengths)) if lengths[k] > _DROPS[-1] * lengths.max()]
    units = [vectors[k] / lengths[k] for k in kept]
    blocks = [candidate.blocks[k] for k in kept]
    features = [prepared.feature(block, unit) for block, unit in zip(blocks, units, strict=True)]
    answer = prepared.solver().solve(prepared.program([(feature[:, None], np.ones((1, 1))) for feature in features]))
    if answer is None:
        return _parts(candidate)
    amounts = np.maximum(np.ldexp(answer.weights[:, 0], prepared.height - prepared.width), 0.0)
    weights = tuple(tuple((amount * unit).tolist()) for amount, unit in zip(amounts, units, strict=True))
    return tuple(blocks), weights, prepared.to_linear(answer.linear)


def _network(prepared: Prepared, blocks: Sequence[Block], weights: Sequence[Sequence[float]], linear: Vector) -> BiasedNetwork:
    problem = prepared.problem
    hidden, biases, output = [], [], []
    for (place, column), vector in zip(blocks, weights, strict=True):
        root = sqrt(sqrt(sum(w * w for w in vector)))
        short = dyadic(root, max(0, 30 - frexp(root)[1])) or Fraction(root)
        row = [Fraction(w / float(short)) for w in vector]
        hidden.append(row)
        biases.append(prepared.views[place].bias(row))
        output.append(column.sign * short)
    bias, skip = split_linear(problem, linear)
    return BiasedNetwork(hidden, output, hidden_bias=biases if problem.free_bias else [], output_bias=bias, skip=skip)


def split_linear(problem: Problem, linear: Vector) -> tuple[Fraction, Vector]:
    """Return the output bias and the skip connection (d entries, or none) of a linear part.

    >>> from reluexact.model.dataset import Dataset
    >>> problem = Problem(Dataset([[1], [2]], [1, 2], bias=True), 1, output_bias="free", skip="free")
    >>> split_linear(problem, (Fraction(7), Fraction(5)))
    (Fraction(7, 1), (Fraction(5, 1), Fraction(0, 1)))
    """
    first = problem.output_bias != NONE
    bias = linear[0] if first else Fraction(0)
    if problem.skip == NONE:
        return bias, ()
    skip = dict(zip(problem.features, linear[first:], strict=True))
    return bias, tuple(skip.get(j, Fraction(0)) for j in range(problem.data.d))
