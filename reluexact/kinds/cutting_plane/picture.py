"""The bounds of the cutting-plane method over its rounds as a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reluexact.evidence.status import Status
from reluexact.kinds.cutting_plane.claim import CuttingPlane
from reluexact.pictures.picture import Canvas, View

if TYPE_CHECKING:
    from matplotlib.axes import Axes

CLAIM = CuttingPlane
SIZE = (8.5, 4.5)


def views(found: CuttingPlane) -> dict[str, View]:
    """Return ``bounds``."""
    return {"bounds": plot}


def plot(found: CuttingPlane, canvas: Canvas) -> Axes:
    """Draw both bounds over the rounds, and the exact value where it is proved.

    >>> from reluexact import Dataset, cutting_plane
    >>> axes = plot(cutting_plane(Dataset(X=[[1], [2]], y=[1, 2]), 1), Canvas())
    >>> [text.get_text() for text in axes.get_legend().get_texts()]
    ['upper bound: a network', 'lower bound: a dual point', 'exact value']
    """
    from matplotlib.ticker import MaxNLocator

    panel = canvas.panel(SIZE)
    axes, palette = panel.axes, panel.palette
    numbers = range(1, len(found.rounds) + 1)
    axes.plot(numbers, [float(one.upper) for one in found.rounds], "o-", color=palette.vermilion, label="upper bound: a network")
    axes.plot(numbers, [float(one.lower) for one in found.rounds], "s-", color=palette.blue, label="lower bound: a dual point")
    if found.status is Status.PROVED:
        axes.axhline(float(found.value), color=palette.muted, linewidth=0.8, linestyle=":", label="exact value")
    panel.label("round", "least cost" if found.penalty is None else "optimal value")
    panel.title("Bounds by cutting planes, each round proved")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    panel.legend()
    return axes
