"""Pictures of claims; each kind that has some draws them in ``kinds/KIND/picture.py``."""

from __future__ import annotations

from os import PathLike
from types import ModuleType
from typing import TYPE_CHECKING

from reluexact.certificates.files import write_bytes
from reluexact.errors import InputError
from reluexact.kinds.table import KINDS, kind_of
from reluexact.model.misplaced import named
from reluexact.pictures.palette import palette_of
from reluexact.pictures.picture import Canvas, figure_of, format_of, rendered, settings

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def plot(
    claim: object,
    path: str | PathLike[str] | None = None,
    *,
    ax: Axes | None = None,
    view: str | None = None,
    style: str = "light",
) -> Figure:
    """Draw a claim; with a path also into this file, png, svg or pdf, whole or not at all. The same claim gives the same bytes.

    ax: axes of matplotlib to draw in, instead of a new figure. view: which of the claim's pictures, the first of
    :func:`views` by default. style: ``light`` or ``dark``. Returns the figure; ``claim.plot(ax)`` does the same and returns the
    axes. InputError for a claim without pictures, a view that it does not have, a name that ends otherwise, and no axes.

    >>> from reluexact import Dataset, width_curve
    >>> curve = width_curve(Dataset([[1], [2]], [1, 2]), 1)
    >>> plot(curve).axes[0].get_xlabel(), curve.plot(style="dark").get_xlabel()
    ('neurons', 'neurons')
    >>> plot(curve.optima[0])
    Traceback (most recent call last):
    reluexact.errors.InputError: plot: a WidthOptimum has no picture; pass a Classification, a CrossValidation, \
a CuttingPlane, a DescentPath, an Explanation, an Interpolation, a MinimumNetwork, an OptimalSet, an Optimum, a Planted, \
a ProblemOptimum, a RectifiedEllipsoid, a Sensitivity, a SolutionPath, a SparsestSpline, a StationaryGraph or a WidthCurve
    """
    drawings = _pictures(claim).views(claim)
    if view is not None and view not in drawings:
        raise InputError(f"view: {view!r} is no picture of this {type(claim).__name__}; it has {', '.join(drawings)}")
    file_format = None if path is None else format_of(str(path))
    palette = palette_of(style)
    if ax is not None:
        figure_of(ax)
    with settings():
        figure = figure_of(drawings[next(iter(drawings)) if view is None else view](claim, Canvas(ax, palette)))
    if path is not None and file_format is not None:
        write_bytes(rendered(figure, file_format), path)
    return figure


def views(claim: object) -> tuple[str, ...]:
    """Return the names of the pictures that a claim has, for ``view=`` of :func:`plot`.

    >>> from reluexact import Dataset, width_curve
    >>> views(width_curve(Dataset([[1], [2]], [1, 2]), 1))
    ('gap', 'loss')
    """
    return tuple(_pictures(claim).views(claim))


def _pictures(claim: object) -> ModuleType:
    """Return the file that draws claims of this class; raises InputError where there is none."""
    kind = kind_of(claim)
    picture = None if kind is None else kind.part("picture")
    if picture is None or not isinstance(claim, picture.CLAIM):  # a class, or several
        raise InputError(f"plot: {named(claim)} has no picture; pass {_drawn()}")
    return picture


def _drawn() -> str:
    """Name the claims that have a picture."""
    pictures = [picture for kind in KINDS if (picture := kind.part("picture")) is not None]
    drawn = (picture.CLAIM if isinstance(picture.CLAIM, tuple) else (picture.CLAIM,) for picture in pictures)
    names = sorted(claim.__name__ for claims in drawn for claim in claims)
    *others, last = (f"{'an' if name[0] in 'AEIOU' else 'a'} {name}" for name in names)
    return f"{', '.join(others)} or {last}" if others else last
