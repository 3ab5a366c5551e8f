"""The cheapest networks as a picture: the functions of all minimal ones for one feature, else the fit against the targets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reluexact.evidence.status import Status
from reluexact.kinds.interpolation.assemble import near_network
from reluexact.kinds.interpolation.claim import Interpolation
from reluexact.kinds.optimum.picture import SIZE
from reluexact.pictures.functions import Names, band_of, fitted, functions
from reluexact.pictures.picture import Canvas, View
from reluexact.terminal.text import printable

if TYPE_CHECKING:
    from matplotlib.axes import Axes

CLAIM = Interpolation
MOST, BITS = 400, 96
FEW = 4
"""So many minimal networks are drawn one by one at most; more of them only by their band, up to MOST."""


def views(answer: Interpolation) -> dict[str, View]:
    """Return ``function`` (one feature) or ``fit``, the only picture."""
    return {"function" if _has_function(answer) else "fit": plot}


def _has_function(answer: Interpolation) -> bool:
    return answer.data.d - answer.data.has_bias == 1 and bool(answer.network.hidden)


def plot(answer: Interpolation, canvas: Canvas) -> Axes:
    """Draw the functions of the vertices, the one of fewest neurons first, and the band of all cheapest functions.

    >>> from reluexact import Dataset, interpolate
    >>> axes = plot(interpolate(Dataset(X=[[0], [1], [2]], y=[0, 0, 1], bias=True, names=["t"])), Canvas())
    >>> axes.get_xlabel(), [text.get_text() for text in axes.get_legend().get_texts()]
    ('t', ['data', 'cheapest function', 'kinks'])
    """
    data, panel = answer.data, canvas.panel(SIZE)
    target = printable(data.target_name)
    if not _has_function(answer):
        fitted(panel, data, answer.network, target)
        return panel.axes
    networks = [answer.network]
    if answer.optimum is not None:
        networks += [near_network(answer.optimum, vertex.amounts, BITS) for vertex in answer.vertices[1:MOST]]
    name = "cheapest function" if answer.status is Status.PROVED else "best function known\n(UNDECIDED)"
    band = band_of(data, networks) if 1 < len(networks) == len(answer.vertices) else ()
    functions(panel, data, networks[: FEW if len(networks) <= FEW else 1], Names(printable(data.names[0]), target, name), band)
    return panel.axes
