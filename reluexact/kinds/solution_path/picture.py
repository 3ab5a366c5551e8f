"""The solution path as a picture: value, number of neurons, amounts, and fit or kinks, against the logarithm of the penalty."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from reluexact.kinds.solution_path.claim import Piece, SolutionPath
from reluexact.kinds.solution_path.samples import samples
from reluexact.pictures.panel import TO_PRINT, Panel
from reluexact.pictures.picture import Canvas, View
from reluexact.propose.path.samples import Sample
from reluexact.terminal.text import plural, printable

if TYPE_CHECKING:
    from matplotlib.axes import Axes

CLAIM = SolutionPath
MOST_ROWS = 30
"""Rows whose fit is drawn."""

BEYOND = Fraction(8, 5)
"""How far the axes go beyond the greatest breakpoint."""
DECADES = 100
"""Axes that span less than this factor have numbers between the powers of ten."""

ROOM = 20
"""Kinks are drawn up to this part of the range of the feature beyond its ends."""
LEAST, MOST = "fewest of a network, m*", "most of a minimal one, M*"

Known = list[tuple[Piece, list[Sample]]]
Draw = Callable[[SolutionPath, Known, Panel], None]


def views(path: SolutionPath) -> dict[str, View]:
    """Return ``path`` with four panels, and each of them: ``value``, ``neurons``, ``amounts``, and ``kinks`` or ``fit``."""
    found: dict[str, View] = {"path": plot}
    return found | {name: partial(_one, draw=draw) for name, draw in _panels(path).items()}


def plot(path: SolutionPath, canvas: Canvas) -> Axes:
    """Draw the path; with axes given the value only. Vertical lines are the breakpoints, shaded what no proof covers.

    >>> from reluexact import Dataset, solution_path
    >>> axes = plot(solution_path(Dataset([[1, 0], [0, 1]], [3, -1]), low="1/2"), Canvas())
    >>> [one.get_ylabel() for one in axes.figure.axes]
    ['optimal value', 'neurons', 'amounts', 'fit']
    """
    known, draw = samples(path), _panels(path)
    panels = canvas.panels((12.5, 7.5), len(draw), rows=2) if canvas.axes is None else [canvas.panel((8.0, 4.5))]
    for panel, part in zip(panels, draw.values(), strict=False):
        part(path, known, panel)
    return panels[0].axes


def _panels(path: SolutionPath) -> dict[str, Draw]:
    last: dict[str, Draw] = {"kinks": _kinks} if _has_kinks(path) else {"fit": _fit}
    return {"value": _value, "neurons": _neurons, "amounts": _amounts} | last


def _one(path: SolutionPath, canvas: Canvas, draw: Draw) -> Axes:
    panel = canvas.panel((8.5, 4.5))
    draw(path, samples(path), panel)
    return panel.axes


def _frame(path: SolutionPath, panel: Panel, label: str, title: str) -> None:
    from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter, NullLocator

    ax, palette = panel.axes, panel.palette
    ax.set_xscale("log")
    least, most = _ends(path)
    ax.set_xlim(least, most)
    ax.xaxis.set_minor_formatter(NullFormatter())
    if most < DECADES * least:  # the powers of ten alone would leave the axis without numbers
        ax.xaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
        ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
        ax.xaxis.set_minor_locator(NullLocator())
    panel.label("penalty", label)
    for point in path.breakpoints:
        ax.axvline(float(point.penalty.middle), color=palette.faint, linewidth=0.7, zorder=0, label="breakpoint")
    for low, high in path.gaps:
        ax.axvspan(float(low), float(high), color=palette.vermilion, alpha=TO_PRINT, linewidth=0, label="gap: nothing is proved")
    panel.title(title)
    panel.legend()


def _ends(path: SolutionPath) -> tuple[float, float]:
    """Return the penalties of the ends of all axes: they are the same, so that the panels can be compared."""
    top = path.pieces[0].low.middle
    return float(path.low), float(top * BEYOND)


def _value(path: SolutionPath, known: Known, panel: Panel) -> None:
    ax, palette = panel.axes, panel.palette
    for _, line in known:
        ax.plot([one.penalty for one in line], [one.value for one in line], color=palette.blue)
    _frame(path, panel, "optimal value", f"{plural(len(path.pieces), 'piece')} down to the penalty {float(path.low):.4g}")


def _neurons(path: SolutionPath, known: Known, panel: Panel) -> None:
    """Draw the number of optimal neurons, m* and M*, and the dimension; crosses: where m* may be smaller."""
    from matplotlib.ticker import MaxNLocator

    ax, palette = panel.axes, panel.palette
    for piece, line in known:
        ends = [line[0].penalty, line[-1].penalty]
        ax.plot(ends, [len(piece.neurons)] * 2, color=palette.blue, linewidth=2, label="optimal neurons")
        if piece.dimension:
            ax.plot(ends, [piece.dimension] * 2, color=palette.vermilion, linewidth=1, label="dimension of the set")
        for count, label in ((piece.greatest, MOST), (piece.fewest, LEAST)):
            if piece.dimension and count is not None:
                style = "-" if label == MOST else (0, (3, 3))
                ax.plot(
                    ends,
                    [count] * 2,
                    color=palette.ink if label == MOST else palette.green,
                    linestyle=style,
                    linewidth=1.5,
                    label=label,
                )
        places = [float((low + high) / 2) for low, high in piece.unsettled]
        if places and piece.fewest is not None:
            ax.plot(places, [piece.fewest] * len(places), "x", color=palette.ink, markersize=4, label="fewest: open")
    ax.set_ylim(bottom=-0.04 * max(1, *(len(piece.neurons) for piece, _ in known)))
    ax.yaxis.set_major_locator(MaxNLocator(integer=True))
    _frame(path, panel, "neurons", "Neurons of optimal networks")


def _amounts(path: SolutionPath, known: Known, panel: Panel) -> None:
    ax = panel.axes
    for piece, line in known:
        for place in range(len(piece.neurons)):
            colour, label = _of_sign(panel, line[0].neurons[place][0])
            ax.plot(
                [one.penalty for one in line], [one.neurons[place][2] for one in line], color=colour, linewidth=1.2, label=label
            )
    _frame(path, panel, "amounts", "Amount of every neuron, |w| |a|")


def _fit(path: SolutionPath, known: Known, panel: Panel) -> None:
    ax, palette = panel.axes, panel.palette
    y = np.array([float(entry) for entry in path.data.y])
    step = max(1, path.data.n // MOST_ROWS)
    for _, line in known:
        fits = np.array([y - one.residual for one in line])[:, ::step]
        ax.plot([one.penalty for one in line], fits, color=palette.blue, linewidth=0.6)
    _frame(path, panel, "fit", "Fit of " + ("every row" if step == 1 else f"every {step}th row"))


def _has_kinks(path: SolutionPath) -> bool:
    return path.data.d == 2 and all(row[1] == 1 for row in path.data.X)


def _kinks(path: SolutionPath, known: Known, panel: Panel) -> None:
    ax = panel.axes
    places = [float(row[0]) for row in path.data.X]
    span = max(places) - min(places)
    for piece, line in known:
        for place in range(len(piece.neurons)):
            points = [(one.penalty, one.neurons[place]) for one in line]
            kinks = [(b, -unit[1] / unit[0]) for b, (_, unit, _) in points if unit[0]]
            inside = [(b, x) for b, x in kinks if min(places) - span / ROOM <= x <= max(places) + span / ROOM]
            colour, label = _of_sign(panel, line[0].neurons[place][0])
            ax.plot([b for b, _ in inside], [x for _, x in inside], color=colour, linewidth=1.2, label=label)
    ax.set_ylim(min(places) - span / ROOM, max(places) + span / ROOM)
    _frame(path, panel, printable(path.data.names[0]), "Where the optimal function bends")


def _of_sign(panel: Panel, sign: float) -> tuple[str, str]:
    """Return the colour of neurons of a sign, and what it means."""
    return panel.palette.of_sign(1 if sign > 0 else -1), f"{'positive' if sign > 0 else 'negative'} output"
