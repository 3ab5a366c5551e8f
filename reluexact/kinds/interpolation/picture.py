"""The cheapest networks as a picture: the functions of all minimal ones for one feature, else the fit against the targets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reluexact.evidence.status import Status
from reluexact.kinds.interpolation.assemble import near_network
from reluexact.kinds.interpolation.claim import Interpolation
from reluexact.kinds.optimum.picture import SIZE, fitted, functions
from reluexact.pictures.picture import drawing

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

CLAIM = Interpolation
MOST, BITS = 6, 96


def plot(answer: Interpolation, ax: Axes | None = None) -> Figure:
    """Draw the functions of the vertices, the one of fewest neurons first.

    >>> from reluexact import Dataset, interpolate
    >>> figure = plot(interpolate(Dataset(X=[[0], [1], [2]], y=[0, 0, 1], bias=True, names=["t"])))
    >>> figure.axes[0].get_xlabel(), [text.get_text() for text in figure.axes[0].get_legend().get_texts()]
    ('t', ['data', 'cheapest function', 'kinks'])
    """
    data = answer.data
    figure, axes = drawing(SIZE, ax)
    if data.d - data.has_bias != 1 or not answer.network.hidden:
        fitted(axes, data, answer.network)
        return figure
    networks = [answer.network]
    if answer.optimum is not None:
        networks += [near_network(answer.optimum, vertex.amounts, BITS) for vertex in answer.vertices[1:MOST]]
    proved = answer.status is Status.PROVED
    functions(axes, data, networks, "cheapest function" if proved else "best function known (UNDECIDED)")
    return figure
