"""Loss against width as a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reluexact.evidence.status import Status
from reluexact.kinds.width_optimum.claim import WidthCurve
from reluexact.pictures.picture import drawing

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

CLAIM = WidthCurve
SPAN = 20.0
"""Values that differ by a greater factor are drawn on a logarithmic scale."""


def plot(curve: WidthCurve, ax: Axes | None = None) -> Figure:
    """Draw the proved optimal values; an interval that is not closed is a bar.

    >>> from reluexact.kinds.width_optimum.find import width_curve
    >>> from reluexact.model.dataset import Dataset
    >>> plot(width_curve(Dataset([[1], [2]], [1, 2]), 1)).axes[0].get_xlabel()
    'neurons'
    """
    from matplotlib.ticker import MaxNLocator

    widths = [one.width for one in curve.optima]
    low, high = ([float(end) for end in ends] for ends in zip(*((o.lower, o.upper) for o in curve.optima), strict=True))
    figure, ax = drawing((6.0, 4.0), ax)
    ax.vlines(widths, low, high, color="C3", linewidth=3, label="" if curve.status is Status.PROVED else "not closed")
    label = "best network, proved" if curve.status is Status.PROVED else "best network known"
    ax.plot(widths, high, "o-", color="C0", label=label)
    if curve.fewest is not None:
        ax.axhline(high[-1], color="0.6", linewidth=0.8, linestyle=":", label="optimum over all widths")
    ax.set(xlabel="neurons", ylabel="least objective")
    if low[-1] > 0.0 and high[0] > SPAN * low[-1]:
        ax.set_yscale("log")
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    ax.legend(frameon=False)
    return figure
