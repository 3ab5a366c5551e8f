"""Which texts of a figure overlap, or leave it: by the boxes that they are drawn in."""

from __future__ import annotations

from itertools import combinations

from matplotlib.figure import Figure
from matplotlib.text import Text


def texts_of(figure: Figure) -> list[tuple[str, object]]:
    """Return the texts that are seen, with their boxes in pixels."""
    figure.draw_without_rendering()
    shown = [text for text in figure.findobj(Text) if text.get_visible() and text.get_text().strip()]
    ticks = {id(label) for axes in figure.axes for axis in (axes.xaxis, axes.yaxis) for label in _hidden(axes, axis)}
    return [(text.get_text(), text.get_window_extent()) for text in shown if id(text) not in ticks]


def overlapping(figure: Figure) -> list[tuple[str, str]]:
    """Return pairs of texts that overlap, but for those that are the same text at the same place."""
    boxes = texts_of(figure)
    return [(first, second) for (first, a), (second, b) in combinations(boxes, 2) if a.padded(-0.5).overlaps(b.padded(-0.5))]


def outside(figure: Figure) -> list[str]:
    """Return texts that are cut off at the edge of the figure."""
    width, height = figure.canvas.get_width_height()
    return [text for text, box in texts_of(figure) if box.x0 < -1 or box.y0 < -1 or box.x1 > width + 1 or box.y1 > height + 1]


def _hidden(axes, axis):
    """Yield labels of ticks beyond the limits of the axis, which are not drawn."""
    low, high = sorted(axis.get_view_interval())
    for major in (True, False):
        ticks = axis.get_major_ticks() if major else axis.get_minor_ticks()
        for tick in ticks:
            if not low <= tick.get_loc() <= high:
                yield tick.label1
                yield tick.label2
