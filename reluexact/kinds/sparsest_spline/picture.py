"""An optimal function of fewest kinks as a picture: the data, the function, and the range of each kink."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from reluexact.kinds.sparsest_spline.claim import SparsestSpline
from reluexact.pictures.functions import scatter
from reluexact.pictures.panel import TO_PRINT
from reluexact.pictures.picture import Canvas, View
from reluexact.terminal.text import plural, printable

if TYPE_CHECKING:
    from matplotlib.axes import Axes

CLAIM = SparsestSpline
STEPS = 12
"""Points between two places at which the band of all optimal functions is drawn."""


def views(spline: SparsestSpline) -> dict[str, View]:
    """Return ``function``, the only picture."""
    return {"function": plot}


def plot(spline: SparsestSpline, canvas: Canvas) -> Axes:
    """Draw the function between the first and the last place; bands show what can move, of kinks and of functions.

    >>> from reluexact import Dataset, Problem, solve, sparsest_spline
    >>> data = Dataset([[0], [1], [2]], [0, 1, 3], names=["t"])
    >>> axes = plot(sparsest_spline(solve(Problem(data, "7/32", hidden_bias="free", output_bias="free"))), Canvas())
    >>> axes.get_xlabel(), [text.get_text() for text in axes.get_legend().get_texts()]
    ('t', ['data', 'optimal function, 1 kink', 'all optimal functions', 'kinks', 'where a kink may lie'])
    """
    data, count = spline.optimum.data, spline.fewest
    panel = canvas.panel((8.5, 4.5))
    ax, palette = panel.axes, panel.palette
    scatter(panel, data)
    places = sorted({spline.places[0], *(kink.at for kink in spline.kinks), spline.places[-1]})
    heights = [float(spline.value(place)) for place in places]
    ax.plot(
        list(map(float, places)), heights, color=palette.blue, linewidth=1.5, label=f"optimal function, {plural(count, 'kink')}"
    )
    if not spline.unique:
        grid = [p + (q - p) * share / STEPS for p, q in pairwise(spline.places) for share in range(STEPS)] + [spline.places[-1]]
        low, high = zip(*(map(float, spline.band(place)) for place in grid), strict=True)
        ax.fill_between(
            list(map(float, grid)), low, high, color=palette.blue, alpha=TO_PRINT, linewidth=0, label="all optimal functions"
        )
    if count:
        marks = [float(spline.value(kink.at)) for kink in spline.kinks]
        ax.plot(
            [float(kink.at) for kink in spline.kinks], marks, "^", color=palette.vermilion, markersize=6, label="kinks", zorder=4
        )
    moving = [kink for kink in spline.kinks if kink.low < kink.high]
    for k, kink in enumerate(moving):
        label = "" if k else "where a kink may lie"
        ax.axvspan(float(kink.low), float(kink.high), color=palette.vermilion, alpha=TO_PRINT / 2, linewidth=0, label=label)
    panel.label(printable(data.names[0]), printable(data.target_name))
    panel.legend()
    return ax
