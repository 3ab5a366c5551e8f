"""What a network is, as a picture: its neurons among the directions in which one more would help; and its function."""

from __future__ import annotations

from math import hypot
from typing import TYPE_CHECKING

from reluexact.kinds.classification.claim import Classification
from reluexact.kinds.optimum.picture import SIZE, arrangement_of
from reluexact.numbers.real import Real
from reluexact.pictures.arrangement import arrangement, can_be_drawn
from reluexact.pictures.functions import Names, fitted, functions
from reluexact.pictures.picture import Canvas, View
from reluexact.terminal.text import printable

if TYPE_CHECKING:
    from matplotlib.axes import Axes

CLAIM = Classification


def views(found: Classification) -> dict[str, View]:
    """Return ``arrangement``, where it can be drawn, and ``function`` (one feature) or ``fit``."""
    data = found.data
    first: dict[str, View] = {"arrangement": plot_arrangement} if can_be_drawn(data.d) else {}
    return first | {"function" if data.d - data.has_bias == 1 else "fit": plot}


def plot_arrangement(found: Classification, canvas: Canvas) -> Axes:
    """Draw h at the residual of the network: where it is beyond the penalty, one more neuron lowers the objective.

    >>> import reluexact as rx
    >>> found = rx.classify(rx.Network([[1, 0]], [1]), rx.Dataset(X=[[1, 0], [1, 1]], y=[1, 2]), 1)
    >>> plot_arrangement(found, Canvas()).get_title(loc="left") == f"The network: {found.summary}"
    True
    """
    directions = []
    for row, output in zip(found.network.hidden, found.network.output, strict=True):
        weights = list(map(float, row))
        length = hypot(*weights)
        if length and output:
            directions.append((1 if output > 0 else -1, [entry / length for entry in weights]))
    residual = map(Real.rational, found.residual)
    words = {"word": "neuron of the network", "title": f"The network: {found.summary}"}
    return arrangement(arrangement_of(found.data, residual, found.penalty, directions, **words), canvas)


def plot(found: Classification, canvas: Canvas) -> Axes:
    """Draw the function of the network through the data, or its fit against the targets.

    >>> import reluexact as rx
    >>> plot(rx.classify(rx.Network([[1]], [1]), rx.Dataset(X=[[1], [2]], y=[1, 2]), 1), Canvas()).get_ylabel()
    'y'
    """
    panel, data = canvas.panel(SIZE), found.data.given
    target = printable(data.target_name)
    if data.d - data.has_bias == 1:
        functions(panel, data, [found.network], Names(printable(data.names[0]), target, "the network"))
    else:
        fitted(panel, data, found.network, target)
    panel.title(f"The network: {found.summary}")
    return panel.axes
