"""A planted problem as pictures: those of its optimum."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from reluexact.kinds.optimum.picture import views as views_of_optimum
from reluexact.kinds.planted.claim import Planted
from reluexact.pictures.picture import Canvas, View

if TYPE_CHECKING:
    from matplotlib.axes import Axes

CLAIM = Planted


def views(found: Planted) -> dict[str, View]:
    """Return the pictures of the optimum.

    >>> import reluexact as rx
    >>> list(views(rx.planted(8, 2, 2, seed=1)))
    ['fit', 'arrangement']
    """
    return {name: partial(_optimum, view=view) for name, view in views_of_optimum(found.optimum).items()}


def _optimum(found: Planted, canvas: Canvas, view: View) -> Axes:
    return view(found.optimum, canvas)
