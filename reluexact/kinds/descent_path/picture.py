"""A way down as a picture: the objective along the path, piece by piece."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reluexact.evidence.status import Status
from reluexact.kinds.descent_path.claim import DescentPath
from reluexact.pictures.picture import Canvas, View
from reluexact.terminal.text import plural

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from reluexact.pictures.palette import Palette

CLAIM = DescentPath
LINES = {
    "interpolate": ("-", "interpolate: straight to a better network"),
    "prune": ((0, (5, 1.5)), "prune: the same fit of fewer neurons"),
    "merge": ((0, (1, 1)), "merge: neurons of one cell become one"),
    "balance": ((0, (3, 1, 1, 1)), "balance: |w| = |a| in every neuron"),
}
"""The line of every kind of piece, and what it does; the kinds are those of ``piece.py``."""
DEPTH = 2.0**-23
"""The lowest share of the first excess that the logarithmic axis shows."""
STEPS = 40
"""Points of a piece."""


def views(way: DescentPath) -> dict[str, View]:
    """Return ``descent``, the only picture."""
    return {"descent": plot}


def plot(way: DescentPath, canvas: Canvas) -> Axes:
    """Draw how far the objective is above the optimal value, over the time, one unit per piece.

    >>> import reluexact as rx
    >>> way = rx.descent_path(rx.Network([[1]], [1]), rx.Dataset(X=[[1], [2]], y=[1, 2]), 1)
    >>> plot(way, Canvas()).get_xlabel()
    'pieces of the path'
    """
    from matplotlib.ticker import MaxNLocator

    plan = way.sample(STEPS)
    best, excess = _excess(way, plan.objectives)
    panel = canvas.panel((10.0, 4.8))
    ax, palette = panel.axes, panel.palette
    floor = max(excess) * DEPTH if best is not None else min(excess)
    shown = [max(value, floor) for value in excess]
    for k, piece in enumerate(way.pieces):
        part = slice(k * STEPS, (k + 1) * STEPS + 1)
        style, label = LINES[piece.kind]
        ax.plot(plan.times[part], shown[part], color=_colour(palette, piece.kind), linestyle=style, linewidth=2.0, label=label)
    ax.plot(plan.joints, shown[::STEPS], "o", color=palette.ink, markersize=4, label="where a piece begins or ends")
    if best is not None and max(excess) > 0.0:
        ax.set_yscale("log")
        ax.set_ylim(floor / 2.0, max(excess) * 2.0)
    if way.status is Status.PROVED:
        ax.plot(plan.joints[-1:], shown[-1:], "*", color=palette.vermilion, markersize=14, label="the global optimum", zorder=4)
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    panel.label("pieces of the path", "objective" if best is None else f"objective - {best:.9g}, the optimal value")
    ends = "to the global optimum" if way.status is Status.PROVED else "that ends above the global optimum"
    panel.title(f"A way down in networks of {plural(way.width, 'neuron')}, {ends}")
    panel.legend()
    return ax


def _colour(palette: Palette, kind: str) -> str:
    colours = {"interpolate": palette.vermilion, "prune": palette.blue, "merge": palette.green, "balance": palette.orange}
    return colours[kind]


def _excess(way: DescentPath, objectives: tuple[float, ...]) -> tuple[float | None, list[float]]:
    """Return the optimal value, None where it is not proved, and how far the objectives are above it."""
    known = way.optimum.is_rational or way.optimum.high - way.optimum.low < abs(way.optimum.high) / 10**6
    if not known:
        return None, list(objectives)
    best = float(way.optimum.middle)
    return best, [max(value - best, 0.0) for value in objectives]
