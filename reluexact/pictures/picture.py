"""What pictures share: where they are drawn, and their files as bytes, the same for the same input.

A file ``kinds/KIND/picture.py`` has ``CLAIM``, the class (or classes) that it draws, and ``views(claim)``, a table of the
pictures that a claim has: name -> function, the first one is drawn unless another is asked for. Such a function draws a claim
on a :class:`Canvas` and returns the axes; those of the main panel where there are several.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reluexact.errors import InputError
from reluexact.pictures.palette import SETTINGS, STYLES, Palette
from reluexact.pictures.panel import Panel

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FORMATS = {".png": "png", ".svg": "svg", ".pdf": "pdf"}
RESOLUTION = 150
"""Pixels per inch of a png."""


def format_of(path: str | Path) -> str:
    """Return the format that the name of a file asks for; raises InputError for others.

    >>> format_of("graph.svg")
    'svg'
    """
    suffix = Path(path).suffix.lower()
    if suffix not in FORMATS:
        raise InputError(f"{path}: a picture's name ends with one of {', '.join(FORMATS)}")
    return FORMATS[suffix]


@dataclass(frozen=True, slots=True)
class Canvas:
    """Where to draw: axes of the caller, or with None a new figure; and the colours. Nothing of pyplot is touched."""

    axes: Axes | None = None
    palette: Palette = STYLES["light"]

    def panel(self, size: tuple[float, float], *, projection: str | None = None) -> Panel:
        """Return the axes of the caller, or the only ones of a new figure of this size in inches."""
        return self.panels(size, 1, projection=projection)[0]

    def panels(self, size: tuple[float, float], count: int, *, rows: int = 1, projection: str | None = None) -> tuple[Panel, ...]:
        """Return axes in rows in a new figure; of a caller's axes there is one panel only. projection: "3d" for space."""
        axes = [self.axes]
        if self.axes is None:
            from matplotlib.figure import Figure

            figure = Figure(figsize=size, dpi=RESOLUTION, layout="constrained", facecolor=self.palette.paper)
            axes = [figure.add_subplot(rows, -(-count // rows), place + 1, projection=projection) for place in range(count)]
        panels = tuple(Panel(one, self.palette) for one in axes if one is not None)
        for panel in panels:
            panel.dress()
        return panels


View = Callable[[Any, Canvas], "Axes"]


def figure_of(axes: object) -> Figure:
    """Return the figure of axes; raises InputError for what is none, and for axes that were removed from theirs."""
    from matplotlib.axes import Axes

    if not isinstance(axes, Axes):
        cure = "; a file is written by rx.plot(claim, path)" if isinstance(axes, str | Path) else ""
        raise InputError(f"ax: a {type(axes).__name__} is no axes of matplotlib; pass axes, or leave ax out{cure}")
    figure = axes.get_figure(root=True)
    if figure is None:
        raise InputError("ax: these axes were removed from their figure; pass axes of a figure, or leave ax out")
    return figure


@contextmanager
def settings() -> Iterator[None]:
    """Draw with matplotlib's own settings and ours, whatever those of the caller are, so that bytes depend on the input alone."""
    from matplotlib import style

    with style.context(["default", SETTINGS]):
        yield


def rendered(figure: Figure, kind: str) -> bytes:
    """Return the file of a figure, without dates and random names."""
    buffer = io.BytesIO()
    metadata = {"png": {"Software": ""}, "svg": {"Date": ""}, "pdf": {"CreationDate": None}}[kind]
    with settings():
        figure.savefig(buffer, format=kind, metadata=metadata)
    return buffer.getvalue()
