"""Loss against width as a picture."""

from __future__ import annotations

from reluexact.evidence.status import Status
from reluexact.kinds.width_optimum.claim import WidthCurve
from reluexact.pictures.picture import rendered

SPAN = 20.0
"""Values that differ by a greater factor are drawn on a logarithmic scale."""


def curve_picture(curve: WidthCurve, kind: str = "png") -> bytes:
    """Return a picture of the proved optimal values; an interval that is not closed is a bar.

    kind: png, svg or pdf.

    >>> from reluexact.kinds.width_optimum.find import width_curve
    >>> from reluexact.model.dataset import Dataset
    >>> curve_picture(width_curve(Dataset([[1], [2]], [1, 2]), 1), "svg").startswith(b"<?xml")
    True
    """
    from matplotlib.figure import Figure
    from matplotlib.ticker import MaxNLocator

    widths = [one.width for one in curve.optima]
    low, high = ([float(end) for end in ends] for ends in zip(*((o.lower, o.upper) for o in curve.optima), strict=True))
    figure = Figure(figsize=(6.0, 4.0), dpi=150, layout="constrained")
    axes = figure.add_subplot()
    axes.vlines(widths, low, high, color="C3", linewidth=3, label="" if curve.status is Status.PROVED else "not closed")
    label = "best network, proved" if curve.status is Status.PROVED else "best network known"
    axes.plot(widths, high, "o-", color="C0", label=label)
    if curve.fewest is not None:
        axes.axhline(high[-1], color="0.6", linewidth=0.8, linestyle=":", label="optimum over all widths")
    axes.set(xlabel="neurons", ylabel="least objective")
    if low[-1] > 0.0 and high[0] > SPAN * low[-1]:
        axes.set_yscale("log")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.legend(frameon=False)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    return rendered(figure, kind)
