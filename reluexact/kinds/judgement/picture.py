"""Why a network is above the optimum, as a picture: what every step of the explanation gains."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reluexact.errors import InputError
from reluexact.kinds.judgement.explanation import Explanation
from reluexact.pictures.picture import Canvas, View

if TYPE_CHECKING:
    from matplotlib.axes import Axes

CLAIM = Explanation


def views(found: Explanation) -> dict[str, View]:
    """Return ``steps``, the only picture; raises InputError where the steps are not known."""
    if not found.steps:
        raise InputError("plot: the steps of this explanation are not known, see its reasons; there is nothing to draw")
    return {"steps": plot}


def plot(found: Explanation, canvas: Canvas) -> Axes:
    """Draw the objective before and after every step, as bars that hang on one another.

    >>> import reluexact as rx
    >>> problem = rx.Problem(rx.Dataset(X=[[1], [2]], y=[1, 2]), 1)
    >>> axes = plot(rx.explain(rx.judge(rx.Network([[1]], [1]), problem)), Canvas())
    >>> axes.get_xlabel(), [text.get_text() for text in axes.get_yticklabels()]
    ('objective', ['balance', 'merging', 'amounts', 'directions', 'missing neurons'])
    """
    steps = found.steps or ()
    panel = canvas.panel((9.5, 3.8))
    axes, palette = panel.axes, panel.palette
    halo = panel.halo()
    before = float(found.judgement.objective)
    axes.axvline(before, color=palette.muted, linewidth=1.0, linestyle="--", label=f"the network, {before:.6g}")
    for place, step in enumerate(steps):
        gain = float((step.gain.low + step.gain.high) / 2)
        axes.barh(place, -gain, left=before, height=0.6, color=palette.blue, label="gain of a step")
        axes.annotate(
            f"{gain:.3g} ",
            (before - gain, place),
            va="center",
            ha="right",
            fontsize="small",
            color=palette.ink,
            path_effects=halo,
        )
        before -= gain
    axes.axvline(before, color=palette.vermilion, linewidth=1.4, label=f"the optimum, {before:.6g}")
    axes.set_yticks(range(len(steps)), [step.name for step in steps])
    axes.invert_yaxis()
    axes.margins(x=0.16)
    panel.label("objective", "")
    panel.title("What keeps the network from the optimum")
    panel.legend()
    return axes
