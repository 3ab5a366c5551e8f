"""Data with one feature and a column of ones: where on the axis of the feature a neuron bends."""

from __future__ import annotations

from reluexact.evidence.neuron import Neuron
from reluexact.model.dataset import Dataset
from reluexact.numbers.real import Real


def is_one_feature(data: Dataset) -> bool:
    """Say whether X is one feature and a column of ones, or scaled copies of such rows."""
    return data.d == 2 and all(row[1] == 1 for row in data.given.X)


def kink(data: Dataset, neuron: Neuron) -> Real | None:
    """Return the value of the feature at which the neuron starts or stops to act, ``-u_bias / u_feature``; None when it has none.

    It is exact when it is the value of a data point or the direction is known in square roots. Needs data as in
    :func:`is_one_feature`.
    """
    slope, offset = neuron.direction
    if slope.low <= 0 <= slope.high:
        return None
    if neuron.face:
        feature, one = data.X[neuron.face[0]]
        return Real.rational(feature / one)
    if slope.radical is not None and offset.radical is not None:
        return Real.of_scalar(-offset.scalar / slope.scalar)
    ends = [-b / a for a in (slope.low, slope.high) for b in (offset.low, offset.high)]
    return Real(low=min(ends), high=max(ends))
