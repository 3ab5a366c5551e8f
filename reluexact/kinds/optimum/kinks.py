"""Data with one feature and a column of ones: where on the axis of the feature a neuron is active."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reluexact.evidence.kink import kink
from reluexact.terminal.text import exact, proved

if TYPE_CHECKING:
    from reluexact.evidence.neuron import Neuron
    from reluexact.model.dataset import Dataset


def active_range(data: Dataset, neuron: Neuron, places: int) -> str:
    """Write the range of the feature on which the neuron is active.

    >>> from reluexact import Dataset, solve
    >>> data = Dataset(X=[[0], [1], [2], [3]], y=[0, 0, 1, 2], bias=True, names=["t"])
    >>> [active_range(data, solve(data, penalty=penalty).neurons[0], 8) for penalty in (1, "1/2")]
    ['t > 0 (a data point)', 't > 0.30056293']
    """
    slope, offset = neuron.direction
    place = kink(data, neuron)
    if place is None:
        constant = slope.low == slope.high and offset.low > 0
        return "everywhere" if constant else "not decided"
    side = ">" if slope.low > 0 else "<"
    if neuron.face:
        return f"{data.names[0]} {side} {exact(place.low) or proved(place, places)} (a data point)"
    return f"{data.names[0]} {side} {proved(place, places)}"
