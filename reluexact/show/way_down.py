"""A way down as a picture: the objective along the path, piece by piece."""

from __future__ import annotations

from reluexact.claims.way_down import WayDown
from reluexact.show.picture import rendered

COLOURS = {"balance": "#d98c21", "merge": "#7a9a3a", "prune": "#2468b4", "interpolate": "#c02020"}


def way_down_picture(way: WayDown, kind: str = "png", steps: int = 40) -> bytes:
    """Return a picture: the objective over the time, one unit per piece; the dotted line is the global optimum.

    >>> import reluexact as rx
    >>> way = rx.way_down(rx.Network([[1]], [1]), rx.Dataset(X=[[1], [2]], y=[1, 2]), 1)
    >>> way_down_picture(way, "svg").startswith(b"<?xml")
    True
    """
    from matplotlib.figure import Figure

    plan = way.sample(steps)
    figure = Figure(figsize=(9.0, 5.0), dpi=150, layout="constrained")
    axes = figure.add_subplot()
    named: set[str] = set()
    for k, piece in enumerate(way.pieces):
        part = slice(k * steps, (k + 1) * steps + 1)
        label = None if piece.kind in named else piece.kind
        named.add(piece.kind)
        axes.plot(plan.times[part], plan.objectives[part], color=COLOURS[piece.kind], label=label)
    axes.plot(plan.joints, plan.objectives[::steps], "o", color="#333333", markersize=3)
    if way.optimum.is_rational or way.optimum.high - way.optimum.low < way.optimum.high / 1000:
        axes.axhline(float(way.optimum), linestyle=":", color="#555555", linewidth=1, label="global optimum")
    if min(plan.objectives) > 0 and max(plan.objectives) > 50 * min(plan.objectives):
        axes.set_yscale("log")
    axes.set_xlabel("pieces of the path")
    axes.set_ylabel("objective")
    axes.set_title(f"the way down in networks of width {way.width}: {way.status.name}")
    if named:
        axes.legend(frameon=False)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    return rendered(figure, kind)
