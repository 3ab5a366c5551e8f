"""How the optimum moves as a picture: the leverage of every row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reluexact.kinds.sensitivity.claim import Sensitivity
from reluexact.pictures.labels import Mark, place_labels
from reluexact.pictures.picture import Canvas, View

if TYPE_CHECKING:
    from matplotlib.axes import Axes

CLAIM = Sensitivity
NAMED = 5
"""So many rows of the greatest leverage have their number beside them."""


def views(found: Sensitivity) -> dict[str, View]:
    """Return ``leverage``, the only picture."""
    return {"leverage": plot}


def plot(found: Sensitivity, canvas: Canvas) -> Axes:
    """Draw how much the fit of every row follows its own target.

    >>> from reluexact import Dataset, sensitivity, solve
    >>> plot(sensitivity(solve(Dataset(X=[[-1, 1], [1, 1]], y=[1, 1]), penalty="1/10")), Canvas()).get_title(loc="left")
    'Leverages add up to the degrees of freedom, 1.95'
    """
    from matplotlib.ticker import MaxNLocator

    panel = canvas.panel((9.0, 4.2))
    axes, palette = panel.axes, panel.palette
    known = [(float(row), float(entry.middle)) for row, entry in enumerate(found.leverage) if entry is not None]
    missing = [row for row, entry in enumerate(found.leverage) if entry is None]
    axes.vlines([row for row, _ in known], 0.0, [height for _, height in known], color=palette.blue, linewidth=1.2)
    axes.plot([row for row, _ in known], [height for _, height in known], "o", color=palette.blue, markersize=4, label="leverage")
    if missing:
        axes.plot(missing, [0.0] * len(missing), "x", color=palette.vermilion, label="a kink: no derivative")
    axes.axhline(0.0, color=palette.muted, linewidth=0.8)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.margins(y=0.12)
    panel.label("row, from 0", "d fit / d target of the row")
    freedom = found.degrees_of_freedom
    more = "" if freedom is None else f" add up to the degrees of freedom, {float(freedom.middle):.6g}"
    panel.title("Leverages" + (more or " of the rows"))
    panel.legend()
    highest = sorted(known, key=lambda point: (-point[1], point[0]))[:NAMED]
    place_labels(panel, [Mark(point, f"{point[0]:.0f}") for point in highest], also=known)
    return axes
