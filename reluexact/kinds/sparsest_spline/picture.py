"""An optimal function of fewest kinks as a picture: the data, the function, and the range of each kink."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from reluexact.kinds.sparsest_spline.claim import SparsestSpline
from reluexact.pictures.picture import drawing
from reluexact.terminal.text import plural, printable

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

CLAIM = SparsestSpline
STEPS = 12
"""Points between two places at which the band of all optimal functions is drawn."""
BLACK, BLUE, VERMILION = "#000000", "#0072b2", "#d55e00"


def plot(spline: SparsestSpline, ax: Axes | None = None) -> Figure:
    """Draw the function between the first and the last place; bands show what can move, of kinks and of functions.

    >>> from reluexact import Dataset, Problem, solve, sparsest_spline
    >>> data = Dataset([[0], [1], [2]], [0, 1, 3], names=["t"])
    >>> figure = plot(sparsest_spline(solve(Problem(data, "7/32", hidden_bias="free", output_bias="free"))))
    >>> figure.axes[0].get_xlabel(), [text.get_text() for text in figure.axes[0].get_legend().get_texts()]
    ('t', ['data', 'optimal function, 1 kink', 'all optimal functions', 'kinks', 'where a kink may lie'])
    """
    data, count = spline.optimum.data, spline.fewest
    figure, ax = drawing((7.0, 4.5), ax)
    ax.plot([float(row[0]) for row in data.X], list(map(float, data.y)), "o", color=BLACK, markersize=4, label="data", zorder=3)
    places = sorted({spline.places[0], *(kink.at for kink in spline.kinks), spline.places[-1]})
    heights = [float(spline.value(place)) for place in places]
    ax.plot(list(map(float, places)), heights, color=BLUE, linewidth=1.5, label=f"optimal function, {plural(count, 'kink')}")
    if not spline.unique:
        grid = [p + (q - p) * share / STEPS for p, q in pairwise(spline.places) for share in range(STEPS)] + [spline.places[-1]]
        low, high = zip(*(map(float, spline.band(place)) for place in grid), strict=True)
        ax.fill_between(list(map(float, grid)), low, high, color=BLUE, alpha=0.25, linewidth=0, label="all optimal functions")
    if count:
        marks = [float(spline.value(kink.at)) for kink in spline.kinks]
        ax.plot([float(kink.at) for kink in spline.kinks], marks, "^", color=VERMILION, markersize=6, label="kinks", zorder=4)
    moving = [kink for kink in spline.kinks if kink.low < kink.high]
    for k, kink in enumerate(moving):
        label = "" if k else "where a kink may lie"
        ax.axvspan(float(kink.low), float(kink.high), color=VERMILION, alpha=0.15, linewidth=0, label=label)
    ax.set_xlabel(printable(data.names[0]), parse_math=False)
    ax.set_ylabel(printable(data.target_name), parse_math=False)
    ax.legend(frameon=False)
    return figure
