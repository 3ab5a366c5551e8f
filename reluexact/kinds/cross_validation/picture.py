"""The cross-validation error against the penalty as a picture."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from reluexact.kinds.cross_validation.claim import CrossValidation
from reluexact.kinds.cross_validation.find import errors_of
from reluexact.pictures.picture import Canvas, View

if TYPE_CHECKING:
    from matplotlib.axes import Axes

CLAIM = CrossValidation
STEPS = 4
"""Points between two penalties at which some path changes its segment."""


def views(found: CrossValidation) -> dict[str, View]:
    """Return ``error``, the only picture."""
    return {"error": plot}


def plot(found: CrossValidation, canvas: Canvas) -> Axes:
    """Draw the error on a logarithmic axis of penalties; marked: the intervals that hold the best one.

    >>> from reluexact import Dataset, cross_validate
    >>> axes = plot(cross_validate(Dataset([[1], [2], [3], [4]], [1, 2, 3, 5]), low="1/10", folds=2), Canvas())
    >>> axes.get_xlabel(), [text.get_text() for text in axes.get_legend().get_texts()]
    ('penalty', ['error', 'best penalty'])
    """
    panel = canvas.panel((8.0, 4.5))
    ax, palette = panel.axes, panel.palette
    errors = errors_of(found.data, found.folds, found.low, found.evidence)
    cuts = errors.cuts
    places = [p + (q - p) * step / STEPS for p, q in pairwise(cuts) for step in range(STEPS)] + [cuts[-1], cuts[-1] * 3 / 2]
    known = [(place, errors.at(place)) for place in places]
    heights = [float("nan") if ends is None else float(ends[0] + ends[1]) / 2 for _, ends in known]
    ax.plot(list(map(float, places)), heights, color=palette.blue, linewidth=1.5, label="error")
    for k, (low, high) in enumerate(found.best):
        ends = float(low), float(places[-1] if high is None else high)
        ax.axvspan(*ends, color=palette.vermilion, alpha=0.3, linewidth=1.2, label="" if k else "best penalty")
    ax.set_xscale("log")
    panel.label("penalty", f"mean squared error of {max(found.folds) + 1} folds")
    panel.title("Cross-validation at every penalty, not on a grid")
    panel.legend()
    return ax
