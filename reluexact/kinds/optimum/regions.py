"""A picture for labels and two features: the rows, and where the optimal network is positive and negative."""

from __future__ import annotations

from fractions import Fraction
from math import inf
from typing import TYPE_CHECKING

from reluexact.model.margin import MARGIN
from reluexact.terminal.text import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from reluexact.kinds.optimum.fitted import Fitted
    from reluexact.model.biased_network import BiasedNetwork
    from reluexact.model.dataset import Dataset
    from reluexact.model.network import Network

ORANGE, BLUE, GREY = "#e69f00", "#0072b2", "#999999"
PALE = 0.2
"""How much of their colours the sides have."""
_STEPS = 60
_ROOM = Fraction(1, 20)


def has_regions(optimum: Fitted) -> bool:
    """Say whether the targets are labels, of rows with two features."""
    data, problem = optimum.data, getattr(optimum, "problem", None)
    return problem is not None and problem.loss.of == MARGIN and data.d - data.has_bias == 2


def regions(ax: Axes, data: Dataset, network: Network | BiasedNetwork, name: str) -> None:
    """Draw both sides of the network, the line between them, and the rows by their labels; ``name``: of the network."""
    across, up = (_axis([row[j] for row in data.X]) for j in (0, 1))
    values = network.predict([[x, y] for y in up for x in across], as_floats=True)
    grid = [values[k * len(across) : (k + 1) * len(across)] for k in range(len(up))]
    places = list(map(float, across)), list(map(float, up))
    ax.contourf(*places, grid, levels=[-inf, 0.0, inf], colors=[ORANGE, BLUE], alpha=PALE)
    if min(values) < 0.0 < max(values):
        ax.contour(*places, grid, levels=[0.0], colors=[GREY], linewidths=1.0)
    for label, colour, marker in ((-1, ORANGE, "^"), (1, BLUE, "o")):
        rows = [row for row, target in zip(data.X, data.y, strict=True) if target == label]
        dots = [[float(row[j]) for row in rows] for j in (0, 1)]
        ax.plot(*dots, marker, color=colour, markersize=4, label=f"{printable(data.target_name)} = {label}", linestyle="none")
    ax.plot([], [], color=GREY, linewidth=1.0, label=f"{name} = 0")
    ax.set_xlabel(printable(data.names[0]), parse_math=False)
    ax.set_ylabel(printable(data.names[1]), parse_math=False)
    ax.legend(frameon=False)


def _axis(values: Sequence[Fraction]) -> list[Fraction]:
    """Return places from a little below the least value to a little above the greatest."""
    room = _ROOM * (max(values) - min(values)) or Fraction(1)
    low, high = min(values) - room, max(values) + room
    return [low + (high - low) * k / _STEPS for k in range(_STEPS + 1)]
