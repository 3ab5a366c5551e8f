"""Labels of two features: the rows, and where a network is positive and negative."""

from __future__ import annotations

from fractions import Fraction
from math import inf
from typing import TYPE_CHECKING

from reluexact.pictures.panel import TO_PRINT, Panel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reluexact.model.biased_network import BiasedNetwork
    from reluexact.model.dataset import Dataset
    from reluexact.model.network import Network

_STEPS = 60
_ROOM = Fraction(1, 20)


def regions(
    panel: Panel, data: Dataset, network: Network | BiasedNetwork, *, columns: Sequence[str], target: str, name: str
) -> None:
    """Draw both sides of the network, the line between them, and the rows by their labels; ``name``: of the network."""
    axes, palette = panel.axes, panel.palette
    across, up = (_axis([row[j] for row in data.X]) for j in (0, 1))
    values = network.predict([[x, y] for y in up for x in across], as_floats=True)
    grid = [values[k * len(across) : (k + 1) * len(across)] for k in range(len(up))]
    places = list(map(float, across)), list(map(float, up))
    axes.contourf(*places, grid, levels=[-inf, 0.0, inf], colors=[palette.orange, palette.blue], alpha=TO_PRINT)
    if min(values) < 0.0 < max(values):
        axes.contour(*places, grid, levels=[0.0], colors=[palette.muted], linewidths=1.2)
    for label, colour, marker in ((-1, palette.orange, "^"), (1, palette.blue, "o")):
        rows = [row for row, value in zip(data.X, data.y, strict=True) if value == label]
        dots = [[float(row[j]) for row in rows] for j in (0, 1)]
        axes.plot(*dots, marker, color=colour, markersize=5, label=f"{target} = {label}", linestyle="none")
    axes.plot([], [], color=palette.muted, linewidth=1.2, label=f"{name} = 0")
    panel.label(*columns)
    panel.legend()


def _axis(values: Sequence[Fraction]) -> list[Fraction]:
    """Return places from a little below the least value to a little above the greatest."""
    room = _ROOM * (max(values) - min(values)) or Fraction(1)
    low, high = min(values) - room, max(values) + room
    return [low + (high - low) * k / _STEPS for k in range(_STEPS + 1)]
