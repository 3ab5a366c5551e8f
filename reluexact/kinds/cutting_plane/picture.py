"""The bounds of the cutting-plane method over its rounds as a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reluexact.evidence.status import Status
from reluexact.kinds.cutting_plane.claim import CuttingPlane
from reluexact.pictures.picture import drawing

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

CLAIM = CuttingPlane


def plot(found: CuttingPlane, ax: Axes | None = None) -> Figure:
    """Draw both bounds over the rounds, and the exact value where it is proved.

    >>> from reluexact import Dataset, cutting_plane
    >>> figure = plot(cutting_plane(Dataset(X=[[1], [2]], y=[1, 2]), 1))
    >>> [text.get_text() for text in figure.axes[0].get_legend().get_texts()]
    ['upper bound: a network', 'lower bound: a dual point', 'exact value']
    """
    from matplotlib.ticker import MaxNLocator

    figure, axes = drawing((6.0, 4.0), ax)
    numbers = range(1, len(found.rounds) + 1)
    axes.plot(numbers, [float(one.upper) for one in found.rounds], "o-", ms=4, label="upper bound: a network")
    axes.plot(numbers, [float(one.lower) for one in found.rounds], "o-", ms=4, label="lower bound: a dual point")
    if found.status is Status.PROVED:
        axes.axhline(float(found.value), color="0.4", lw=0.8, ls=":", label="exact value")
    axes.set(xlabel="round", ylabel="least cost" if found.penalty is None else "optimal value")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.legend(frameon=False)
    return figure
