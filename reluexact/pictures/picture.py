"""What pictures share: a figure to draw in, and its file as bytes, the same for the same input.

A picture is the function ``plot(claim, ax=None)`` of ``kinds/KIND/picture.py``: it draws into ``ax``, or into a new figure of its
own size, and returns the figure. ``CLAIM`` is the class that it draws.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

from reluexact.errors import InputError

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FORMATS = {".png": "png", ".svg": "svg", ".pdf": "pdf"}


def format_of(path: str | Path) -> str:
    """Return the format that the name of a file asks for; raises InputError for others.

    >>> format_of("graph.svg")
    'svg'
    """
    suffix = Path(path).suffix.lower()
    if suffix not in FORMATS:
        raise InputError(f"{path}: a picture's name ends with one of {', '.join(FORMATS)}")
    return FORMATS[suffix]


def drawing(size: tuple[float, float], ax: Axes | None) -> tuple[Figure, Axes]:
    """Return a figure and axes to draw in: those given, or new ones of this size in inches; nothing of pyplot is touched."""
    if ax is None:
        from matplotlib.figure import Figure

        ax = Figure(figsize=size, dpi=150, layout="constrained").add_subplot()
    figure = ax.get_figure(root=True)
    if figure is None:
        raise InputError("ax: these axes were removed from their figure; pass axes of a figure, or leave ax out")
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    return figure, ax


def drawings(size: tuple[float, float], count: int) -> tuple[Figure, tuple[Axes, ...]]:
    """Return a new figure of this size in inches with axes side by side."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=size, dpi=150, layout="constrained")
    axes = tuple(figure.add_subplot(1, count, place + 1) for place in range(count))
    for ax in axes:
        drawing(size, ax)
    return figure, axes


def rendered(figure: Figure, kind: str) -> bytes:
    """Return the file of a figure, without dates and random names."""
    import matplotlib

    buffer = io.BytesIO()
    metadata = {"png": {"Software": ""}, "svg": {"Date": ""}, "pdf": {"CreationDate": None}}[kind]
    with matplotlib.rc_context({"svg.hashsalt": "reluexact"}):
        figure.savefig(buffer, format=kind, metadata=metadata)
    return buffer.getvalue()
