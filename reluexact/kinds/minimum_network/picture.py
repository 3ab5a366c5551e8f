"""An optimal network of fewest neurons as a picture: its function within the band of all optimal ones, or its fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reluexact.errors import InputError
from reluexact.kinds.minimum_network.claim import MinimumNetwork
from reluexact.kinds.optimal_set.claim import OptimalSet
from reluexact.kinds.optimal_set.movement import network
from reluexact.kinds.optimal_set.picture import band_of_set
from reluexact.kinds.optimum.picture import draw, view_of
from reluexact.pictures.picture import Canvas, View
from reluexact.terminal.text import plural

if TYPE_CHECKING:
    from matplotlib.axes import Axes

CLAIM = MinimumNetwork


def views(found: MinimumNetwork) -> dict[str, View]:
    """Return ``function`` (one feature) or ``fit``, the only picture."""
    return {view_of(_set(found).optimum): plot}


def plot(found: MinimumNetwork, canvas: Canvas) -> Axes:
    """Draw the network of fewest neurons that is known.

    >>> from reluexact import Dataset, optimal_set, solve
    >>> best = optimal_set(solve(Dataset(X=[[0], [1], [2]], y=[0, 0, 1], bias=True), penalty="1/10"))
    >>> [text.get_text() for text in plot(best.minimum_network(), Canvas()).get_legend().get_texts()]
    ['data', 'optimal, fewest neurons: 1', 'kinks']
    """
    best = _set(found)
    name = f"optimal, fewest neurons: {found.upper}" if found.width is not None else f"optimal, {plural(found.upper, 'neuron')}"
    return draw(best.optimum, [network(best, found)], name, canvas, band_of_set(best))


def _set(found: MinimumNetwork) -> OptimalSet:
    if not isinstance(found.best, OptimalSet):
        raise InputError("plot: a smallest network of an interpolation has no picture; draw the interpolation")
    return found.best
