"""A way down as a picture: the objective along the path, piece by piece."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reluexact.evidence.status import Status
from reluexact.kinds.descent_path.claim import DescentPath
from reluexact.pictures.picture import drawing

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

CLAIM = DescentPath
COLOURS = {"balance": "#d98c21", "merge": "#7a9a3a", "prune": "#2468b4", "interpolate": "#c02020"}
DEPTH = 2.0**-23
"""The lowest share of the first excess that the logarithmic axis shows."""


def plot(way: DescentPath, ax: Axes | None = None, *, steps: int = 40) -> Figure:
    """Draw how far the objective is above the optimal value, over the time, one unit and ``steps`` steps per piece.

    >>> import reluexact as rx
    >>> way = rx.descent_path(rx.Network([[1]], [1]), rx.Dataset(X=[[1], [2]], y=[1, 2]), 1)
    >>> plot(way).axes[0].get_xlabel()
    'pieces of the path'
    """
    from matplotlib.ticker import MaxNLocator

    plan = way.sample(steps)
    best, excess = _excess(way, plan.objectives)
    figure, ax = drawing((9.0, 5.0), ax)
    named: set[str] = set()
    for k, piece in enumerate(way.pieces):
        part = slice(k * steps, (k + 1) * steps + 1)
        label = None if piece.kind in named else piece.kind
        named.add(piece.kind)
        ax.plot(plan.times[part], excess[part], color=COLOURS[piece.kind], label=label)
    ax.plot(plan.joints, excess[::steps], "o", color="#333333", markersize=3)
    if best is not None and max(excess) > 0.0:
        ax.set_yscale("log")
        ax.set_ylim(max(excess) * DEPTH, max(excess) * 2.0)
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    ax.set_xlabel("pieces of the path")
    ax.set_ylabel("objective" if best is None else f"objective - {best:.9g}, the optimal value")
    ends = "ends at the global optimum" if way.status is Status.PROVED else "ends above the global optimum"
    ax.set_title(f"the way down in networks of width {way.width} {ends}")
    if named:
        ax.legend(frameon=False)
    return figure


def _excess(way: DescentPath, objectives: tuple[float, ...]) -> tuple[float | None, list[float]]:
    """Return the optimal value, None where it is not proved, and how far the objectives are above it."""
    known = way.optimum.is_rational or way.optimum.high - way.optimum.low < abs(way.optimum.high) / 10**6
    if not known:
        return None, list(objectives)
    best = float(way.optimum.middle)
    return best, [max(value - best, 0.0) for value in objectives]
