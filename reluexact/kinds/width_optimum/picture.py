"""Loss against width as a picture: how far the best network of each width is above the global optimum."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from reluexact.evidence.status import Status
from reluexact.kinds.width_optimum.claim import WidthCurve
from reluexact.pictures.labels import Mark, place_labels
from reluexact.pictures.picture import Canvas, View

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from reluexact.pictures.panel import Panel

CLAIM = WidthCurve
SIZE = (8.5, 4.5)
SPAN = 20.0
"""Values that differ by a greater factor are drawn on a logarithmic scale."""
BELOW, ABOVE = 0.2, 2.5
"""Where a gap of 0 is drawn, as a share of the least other one; and how far the axis goes beyond the greatest."""
MOST_LABELS = 12


def views(curve: WidthCurve) -> dict[str, View]:
    """Return ``gap`` where the curve reaches the global optimum, and ``loss``."""
    reaches = curve.fewest is not None and curve.fewest > 0
    return {"gap": plot_gap, "loss": plot} if reaches else {"loss": plot}


def plot_gap(curve: WidthCurve, canvas: Canvas) -> Axes:
    """Draw how far each optimal value is above the global optimum; an interval that is not closed is a bar.

    >>> from reluexact import Dataset, width_curve
    >>> plot_gap(width_curve(Dataset([[1], [2]], [1, 2]), 1), Canvas()).get_ylabel()
    'gap to the global optimum'
    """
    best = curve.optima[curve.fewest or 0]
    known = [(one.width, float(max(one.lower - best.upper, Fraction(0))), float(one.upper - best.lower)) for one in curve.optima]
    apart = [point for point in known if point[0] < best.width]
    panel = canvas.panel(SIZE)
    axes, palette = panel.axes, panel.palette
    least, most = min(high for _, _, high in apart), max(high for _, _, high in apart)
    floor = least * BELOW
    _bars(panel, curve, [(width, max(low, floor), high) for width, low, high in apart])
    axes.plot([width for width, _, _ in apart], [high for _, _, high in apart], "o-", color=palette.blue, label=_name(curve))
    there = [one.width for one in curve.optima[best.width :]]
    name = f"no gap: global optimum, {float(best.value.middle):.6g}"
    axes.plot(there, [floor] * len(there), "*", color=palette.vermilion, markersize=13, label=name)
    axes.set_yscale("log")
    axes.set_ylim(floor / ABOVE, most * ABOVE)
    _frame(panel, curve, "gap to the global optimum")
    place_labels(panel, [Mark((float(width), high), f"{high:.3g}") for width, _, high in apart[:MOST_LABELS]])
    return axes


def plot(curve: WidthCurve, canvas: Canvas) -> Axes:
    """Draw the proved optimal values; an interval that is not closed is a bar.

    >>> from reluexact import Dataset, width_curve
    >>> plot(width_curve(Dataset([[1], [2]], [1, 2]), 1), Canvas()).get_xlabel()
    'neurons'
    """
    points = [(one.width, float(one.lower), float(one.upper)) for one in curve.optima]
    panel = canvas.panel(SIZE)
    axes, palette = panel.axes, panel.palette
    _bars(panel, curve, points)
    axes.plot([width for width, _, _ in points], [high for _, _, high in points], "o-", color=palette.blue, label=_name(curve))
    low, high = points[-1][1], points[0][2]
    if curve.fewest is not None:
        axes.axhline(points[-1][2], color=palette.muted, linewidth=0.8, linestyle=":", label="optimum over all widths")
    if low > 0.0 and high > SPAN * low:
        axes.set_yscale("log")
    _frame(panel, curve, "least objective")
    return axes


def _bars(panel: Panel, curve: WidthCurve, points: list[tuple[int, float, float]]) -> None:
    widths, low, high = (list(column) for column in zip(*points, strict=True))
    label = "" if curve.status is Status.PROVED else "not closed: proved bounds"
    panel.axes.vlines(widths, low, high, color=panel.palette.vermilion, linewidth=3, label=label)


def _name(curve: WidthCurve) -> str:
    return "best network, proved" if curve.status is Status.PROVED else "best network known"


def _frame(panel: Panel, curve: WidthCurve, up: str) -> None:
    from matplotlib.ticker import MaxNLocator

    panel.axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    panel.axes.margins(x=0.06)
    panel.label("neurons", up)
    panel.title("The best network of each width" + ("" if curve.fewest is None else f"; global from {curve.fewest} neurons on"))
    panel.legend()
