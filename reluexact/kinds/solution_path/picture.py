"""The solution path as a picture: value, number of neurons, amounts, and fit or kinks, against the logarithm of the penalty."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from reluexact.kinds.solution_path.claim import Piece, SolutionPath
from reluexact.kinds.solution_path.samples import samples
from reluexact.pictures.picture import drawing, drawings
from reluexact.propose.path.samples import Sample
from reluexact.terminal.text import printable

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

CLAIM = SolutionPath
BLUE, VERMILION, GREEN, BLACK, GREY = "#0072b2", "#d55e00", "#009e73", "#000000", "#b0b0b0"
MOST_ROWS = 30
"""Rows whose fit is drawn."""

BEYOND = Fraction(8, 5)
"""How far the axes go beyond the greatest breakpoint."""
DECADES = 100
"""Axes that span less than this factor have numbers between the powers of ten."""

Known = list[tuple[Piece, list[Sample]]]


def plot(path: SolutionPath, ax: Axes | None = None) -> Figure:
    """Draw the path; with axes given the value only. Vertical lines are the breakpoints, shaded what no proof covers.

    >>> from reluexact import Dataset, solution_path
    >>> figure = plot(solution_path(Dataset([[1, 0], [0, 1]], [3, -1]), low="1/2"))
    >>> [axes.get_ylabel() for axes in figure.axes]
    ['optimal value', 'neurons', 'amounts', 'fit']
    """
    known = samples(path)
    if ax is not None:
        figure, ax = drawing((7.0, 4.5), ax)
        _value(path, known, ax)
        return figure
    figure, panels = drawings((16.0, 4.0), 4)
    draw = (_value, _neurons, _amounts, _kinks if _has_kinks(path) else _fit)
    for panel, part in zip(panels, draw, strict=True):
        part(path, known, panel)
    return figure


def _frame(path: SolutionPath, ax: Axes, label: str) -> None:
    from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter, NullLocator

    ax.set_xscale("log")
    least, most = _ends(path)
    ax.set_xlim(least, most)
    ax.xaxis.set_minor_formatter(NullFormatter())
    if most < DECADES * least:  # the powers of ten alone would leave the axis without numbers
        ax.xaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
        ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
        ax.xaxis.set_minor_locator(NullLocator())
    ax.set_xlabel("penalty")
    ax.set_ylabel(label, parse_math=False)
    for point in path.breakpoints:
        ax.axvline(float(point.penalty.middle), color=GREY, linewidth=0.6, zorder=0)
    for low, high in path.gaps:
        ax.axvspan(float(low), float(high), color=VERMILION, alpha=0.2, linewidth=0)


def _ends(path: SolutionPath) -> tuple[float, float]:
    """Return the penalties of the ends of all axes: they are the same, so that the panels can be compared."""
    top = path.pieces[0].low.middle
    return float(path.low), float(top * BEYOND)


def _value(path: SolutionPath, known: Known, ax: Axes) -> None:
    for _, line in known:
        ax.plot([one.penalty for one in line], [one.value for one in line], color=BLUE)
    _frame(path, ax, "optimal value")


def _neurons(path: SolutionPath, known: Known, ax: Axes) -> None:
    """Draw the number of optimal neurons, m* and M*, and the dimension; crosses: where m* may be smaller."""
    from matplotlib.ticker import MaxNLocator

    for piece, line in known:
        ends = [line[0].penalty, line[-1].penalty]
        ax.plot(ends, [len(piece.neurons)] * 2, color=BLUE, linewidth=2, label="optimal neurons")
        if piece.dimension:
            ax.plot(ends, [piece.dimension] * 2, color=VERMILION, linewidth=1, label="dimension")
        for count, label in ((piece.greatest, "M*"), (piece.fewest, "m*")):
            if piece.dimension and count is not None:
                style = "-" if label == "M*" else (0, (3, 3))
                ax.plot(ends, [count] * 2, color=BLACK if label == "M*" else GREEN, linestyle=style, linewidth=1.5, label=label)
        places = [float((low + high) / 2) for low, high in piece.unsettled]
        if places and piece.fewest is not None:
            ax.plot(places, [piece.fewest] * len(places), "x", color=BLACK, markersize=4, label="m* open")
    ax.set_ylim(bottom=0)
    ax.yaxis.set_major_locator(MaxNLocator(integer=True))
    handles, labels = ax.get_legend_handles_labels()
    ax.legend(*zip(*{name: (one, name) for one, name in zip(handles, labels, strict=True)}.values(), strict=True), frameon=False)
    _frame(path, ax, "neurons")


def _amounts(path: SolutionPath, known: Known, ax: Axes) -> None:
    for piece, line in known:
        for place in range(len(piece.neurons)):
            colour = BLUE if line[0].neurons[place][0] > 0 else VERMILION
            ax.plot([one.penalty for one in line], [one.neurons[place][2] for one in line], color=colour, linewidth=1)
    _frame(path, ax, "amounts")


def _fit(path: SolutionPath, known: Known, ax: Axes) -> None:
    y = np.array([float(entry) for entry in path.data.y])
    step = max(1, path.data.n // MOST_ROWS)
    for _, line in known:
        fits = np.array([y - one.residual for one in line])[:, ::step]
        ax.plot([one.penalty for one in line], fits, color=BLUE, linewidth=0.6)
    _frame(path, ax, "fit")


def _has_kinks(path: SolutionPath) -> bool:
    return path.data.d == 2 and all(row[1] == 1 for row in path.data.X)


def _kinks(path: SolutionPath, known: Known, ax: Axes) -> None:
    places = [float(row[0]) for row in path.data.X]
    span = max(places) - min(places)
    for piece, line in known:
        for place in range(len(piece.neurons)):
            points = [(one.penalty, one.neurons[place]) for one in line]
            kinks = [(b, -unit[1] / unit[0]) for b, (_, unit, _) in points if unit[0]]
            inside = [(b, x) for b, x in kinks if min(places) - span / 20 <= x <= max(places) + span / 20]
            colour = BLUE if line[0].neurons[place][0] > 0 else VERMILION
            ax.plot([b for b, _ in inside], [x for _, x in inside], color=colour, linewidth=1)
    _frame(path, ax, f"kinks in {printable(path.data.names[0])}")
