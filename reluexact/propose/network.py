"""A rational network next to a proposed optimum; its objective, an upper bound, is for exact arithmetic to say."""

from __future__ import annotations

from fractions import Fraction
from math import frexp, sqrt

from reluexact.model.dataset import Dataset
from reluexact.model.network import Network
from reluexact.propose.candidates import Candidate
from reluexact.propose.tree.leaf import dyadic

_DROPS = (0.0, 2.0**-40, 2.0**-30, 2.0**-20)
"""Blocks whose weight is at most this share of the greatest are left out of the network; the best choice counts."""


def proposed_network(data: Dataset, penalty: Fraction, candidate: Candidate) -> Network:
    """Turn the proposed blocks into balanced neurons with dyadic weights; keep the choice with the least objective.

    Powers of two as denominators have a short common one, which makes exact evaluation (in Coq, too) cheap.
    """
    lengths = [sqrt(sum(float(w * w) for w in weights)) for weights in candidate.weights]
    best: tuple[Fraction, Network] | None = None
    for drop in _DROPS:
        hidden, output = [], []
        for column, weights, length in zip(candidate.columns, candidate.weights, lengths, strict=True):
            if length > drop * max(lengths):
                root = _root(length)
                hidden.append([w / root if isinstance(w, Fraction) else Fraction(w / float(root)) for w in weights])
                output.append(column.sign * root)
        network = Network(hidden, output)
        value = network.objective(data, penalty)
        if best is None or value < best[0]:
            best = (value, network)
    return Network([], []) if best is None else best[1]


def _root(length: float) -> Fraction:
    """Return a short number close to the square root: 30 bits keep the imbalance below the accuracy of floats."""
    root = sqrt(length)
    return dyadic(root, max(0, 30 - frexp(root)[1])) or Fraction(root)
