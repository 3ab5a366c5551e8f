"""Pictures of claims; each kind that has one draws it in ``kinds/KIND/picture.py``."""

from __future__ import annotations

from os import PathLike
from typing import TYPE_CHECKING

from reluexact.certificates.files import write_bytes
from reluexact.errors import InputError
from reluexact.kinds.table import KINDS, kind_of
from reluexact.model.misplaced import named
from reluexact.pictures.picture import format_of, rendered

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def plot(claim: object, path: str | PathLike[str] | None = None, *, ax: Axes | None = None, **options: int) -> Figure:
    """Draw a claim; with a path also into this file, png, svg or pdf, whole or not at all. Notebooks show the figure.

    ax: axes of matplotlib to draw in, instead of a new figure. options: of the kind's ``plot``, such as ``steps`` of a path.

    >>> from reluexact import Dataset, width_curve
    >>> curve = width_curve(Dataset([[1], [2]], [1, 2]), 1)
    >>> plot(curve).axes[0].get_ylabel()
    'least objective'
    >>> plot(curve.optima[0])
    Traceback (most recent call last):
    reluexact.errors.InputError: plot: a WidthOptimum has no picture; pass a CrossValidation, a CuttingPlane, a \
DescentPath, an Interpolation, an OptimalSet, an Optimum, a ProblemOptimum, a RectifiedEllipsoid, a SolutionPath, a \
SparsestSpline, a StationaryGraph or a WidthCurve
    """
    kind = kind_of(claim)
    picture = None if kind is None else kind.part("picture")
    if picture is None or not isinstance(claim, picture.CLAIM):  # a class, or several
        raise InputError(f"plot: {named(claim)} has no picture; pass {_drawn()}")
    file_format = None if path is None else format_of(str(path))
    figure: Figure = picture.plot(claim, ax, **options)
    if path is not None and file_format is not None:
        write_bytes(rendered(figure, file_format), path)
    return figure


def _drawn() -> str:
    """Name the claims that have a picture."""
    pictures = [picture for kind in KINDS if (picture := kind.part("picture")) is not None]
    drawn = (picture.CLAIM if isinstance(picture.CLAIM, tuple) else (picture.CLAIM,) for picture in pictures)
    names = sorted(claim.__name__ for claims in drawn for claim in claims)
    *others, last = (f"{'an' if name[0] in 'AEIOU' else 'a'} {name}" for name in names)
    return f"{', '.join(others)} or {last}" if others else last
