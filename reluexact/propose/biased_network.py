"""A rational network with biases and a skip connection next to a proposed optimum; exact arithmetic says its objective."""

from __future__ import annotations

from fractions import Fraction
from math import frexp, sqrt

from reluexact.model.biased_network import BiasedNetwork
from reluexact.model.problem import NONE, Problem
from reluexact.numbers.types import Vector
from reluexact.propose.training import Prepared, TrainingCandidate
from reluexact.propose.tree.leaf import dyadic

_DROPS = (0.0, 2.0**-40, 2.0**-30, 2.0**-20)
"""Blocks whose weight is at most this share of the greatest are left out of the network; the best choice counts."""


def proposed_biased_network(prepared: Prepared, candidate: TrainingCandidate) -> tuple[BiasedNetwork, Fraction]:
    """Turn the proposed blocks into balanced neurons, with kinks at their pivots; keep the choice with the least objective."""
    problem = prepared.problem
    lengths = [sqrt(sum(w * w for w in weights)) for weights in candidate.weights]
    bias, skip = split_linear(problem, candidate.linear)
    best: tuple[BiasedNetwork, Fraction] | None = None
    for drop in (*_DROPS, 2.0):
        hidden, biases, output = [], [], []
        for (place, column), weights, length in zip(candidate.blocks, candidate.weights, lengths, strict=True):
            if length > drop * max(lengths):
                root = sqrt(length)
                short = dyadic(root, max(0, 30 - frexp(root)[1])) or Fraction(root)
                row = [Fraction(w / float(short)) for w in weights]
                hidden.append(row)
                biases.append(prepared.views[place].bias(row))
                output.append(column.sign * short)
        network = BiasedNetwork(hidden, output, hidden_bias=biases if problem.free_bias else [], output_bias=bias, skip=skip)
        value = problem.objective(network)
        if best is None or value < best[1]:
            best = network, value
    zero = BiasedNetwork([], [])
    start = problem.objective(zero)
    return best if best is not None and best[1] < start else (zero, start)


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
