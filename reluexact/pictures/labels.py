"""Labels of points that overlap neither one another nor the points: each has the nearest free place, or is left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import cos, pi, sin
from typing import TYPE_CHECKING

from reluexact.pictures.picture import figure_of

if TYPE_CHECKING:
    import numpy as np
    from matplotlib.text import Text
    from matplotlib.transforms import Bbox
    from numpy.typing import NDArray

    from reluexact.pictures.panel import Panel

RINGS = (11.0, 15.0, 20.0, 28.0, 38.0, 50.0)
"""Distances in points at which a label is tried, the nearest first."""
AROUND = 16
LEADER = 16.0
"""From this distance on a line leads from the point to its label."""
POINT = 5.0
"""Half the size of a marker, in points, which labels keep off."""
POINTS_PER_INCH = 72.0


Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Mark:
    """A point in the coordinates of the axes and what is to be written beside it."""

    at: Place
    text: str


def place_labels(panel: Panel, marks: Sequence[Mark], *, also: Sequence[Place] = ()) -> int:
    """Write labels beside their points, the first ones first; return how many found no place.

    also: further points that no label may cover, as none covers a text that the axes have already. The limits of the axes have
    to be final.
    """
    axes = panel.axes
    figure = figure_of(axes)
    figure.draw_without_rendering()
    scale = figure.dpi / POINTS_PER_INCH
    everything = [*(mark.at for mark in marks), *also]
    taken = [_around(axes.transData.transform(point), POINT * scale) for point in everything]
    taken += [text.get_window_extent() for text in axes.texts if text.get_text()]
    frame, left_out = axes.get_window_extent(), 0
    for mark in marks:
        text = axes.annotate(
            mark.text, mark.at, (0, 0), textcoords="offset points", ha="center", va="center", fontsize=8,
            color=panel.palette.ink, parse_math=False, zorder=6, annotation_clip=False, path_effects=panel.halo(),
        )  # fmt: skip
        text.set_in_layout(False)
        if not _moved(text, taken, frame, scale):
            text.remove()
            left_out += 1
            continue
        taken.append(text.get_window_extent())
        across, up = text.xyann
        if across**2 + up**2 > LEADER**2:
            shown = {"arrowstyle": "-", "color": panel.palette.muted, "linewidth": 0.5, "shrinkA": 0.0, "shrinkB": 3.0}
            axes.annotate(
                "", mark.at, (across * 0.8, up * 0.8), textcoords="offset points", arrowprops=shown, zorder=5
            ).set_in_layout(False)
    return left_out


def _moved(text: Text, taken: Sequence[Bbox], frame: Bbox, scale: float) -> bool:
    """Move a label to the first place that is free and within the axes; say whether there is one."""
    box = text.get_window_extent()
    for across, up in _offsets(box.width / scale, box.height / scale):
        moved = box.translated(across * scale, up * scale)
        inside = frame.x0 <= moved.x0 and moved.x1 <= frame.x1 and frame.y0 <= moved.y0 and moved.y1 <= frame.y1
        if inside and not any(moved.overlaps(other) for other in taken):
            text.xyann = (across, up)  # type: ignore[attr-defined]
            return True
    return False


def _offsets(width: float, height: float) -> Iterator[tuple[float, float]]:
    """Yield places of the middle of a label of this size around its point: above first, then to both sides, outwards."""
    for ring in RINGS:
        for k in range(AROUND):
            turn = pi / 2 + (k + 1) // 2 * (2 * pi / AROUND) * (1 if k % 2 else -1)
            yield cos(turn) * (ring + width / 2 - POINT), sin(turn) * (ring + height / 2 - POINT)


def _around(point: NDArray[np.float64], size: float) -> Bbox:
    from matplotlib.transforms import Bbox

    return Bbox([point - size, point + size])
