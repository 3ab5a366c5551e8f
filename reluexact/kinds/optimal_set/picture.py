"""An optimal set as a picture: the functions of its minimal networks, which agree at the data; else the fit that all share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reluexact.kinds.optimal_set.claim import OptimalSet
from reluexact.kinds.optimal_set.movement import network
from reluexact.kinds.optimum.picture import draw

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

CLAIM = OptimalSet
MOST = 8
"""So many minimal networks are drawn at most, those with the fewest neurons."""


def plot(best: OptimalSet, ax: Axes | None = None) -> Figure:
    """Draw the minimal networks, or the fit: see :func:`reluexact.kinds.optimum.picture.draw`.

    >>> from reluexact import Dataset, optimal_set, solve
    >>> figure = plot(optimal_set(solve(Dataset(X=[[2, 0], [-1, 1]], y=[1, 1]), penalty=1)))
    >>> [axes.get_ylabel() for axes in figure.axes]
    ['fitted', 'residual, target - fitted']
    """
    count = len(best.vertices)
    networks = [network(best, vertex) for vertex in best.vertices[:MOST]] or [best.optimum.network]
    some = f"{len(networks)} of {count}" if count > MOST else str(count)
    name = "optimal function" if count < 2 else f"{some} minimal networks"
    return draw(best.optimum, networks, name, ax)
