"""The hyperplanes of the rows in the space of directions, with the optimal neurons: a circle, or the sphere.

With the optimal residual theta, ``h(u) = sum theta_i (x_i . u)+`` lies between minus the penalty and the penalty for all unit
vectors u, and the optimal neurons are where it attains one of them (Mishkin & Pilanci 2023): there the curve of ``|h|`` touches
the circle.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import pi
from typing import TYPE_CHECKING, Any

import numpy as np

from reluexact.pictures.labels import Mark, Place, place_labels
from reluexact.pictures.panel import TO_PRINT, Panel
from reluexact.pictures.picture import Canvas

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

DRAWN = (2, 3)
"""Numbers of columns of which directions can be drawn."""
ANGLES, GRID = 1441, 241
MOST = 1.6
"""Of what exceeds the penalty at other networks than optimal ones so much is drawn, as a share of the penalty."""
NEAR = 0.95
"""On the sphere what exceeds this share of the penalty is shaded."""
APART = 2.9
"""Between the middles of the two hemispheres, of radius 1."""
UNEQUAL = 2.0
"""Columns whose sizes differ by a greater factor are scaled before directions are drawn."""
FEW = 12
"""So many hyperplanes are drawn in full; more of them fade."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """What is drawn: names of the columns, hyperplanes, the rows of X, theta, and sign and unit vector of every neuron.

    word: what the neurons are. title: above the picture; without one their number.
    """

    names: tuple[str, ...]
    normals: tuple[tuple[float, ...], ...]
    rows: tuple[tuple[float, ...], ...]
    dual: tuple[float, ...]
    penalty: float
    neurons: tuple[tuple[int, tuple[float, ...]], ...]
    word: str = "optimal neuron"
    title: str = ""

    @property
    def scale(self) -> Floats:
        """Return what the weights are multiplied by before they are drawn: 1, or where columns differ much, their size."""
        size = np.sqrt((np.array(self.rows) ** 2).mean(axis=0))
        size = np.where(size > 0.0, size, 1.0)
        scale: Floats = size if size.max() > UNEQUAL * size.min() else np.ones(len(size))
        return scale

    @property
    def lines(self) -> Floats:
        """Return the unit normals of the hyperplanes as they are drawn."""
        return _unit(np.array(self.normals).reshape(-1, len(self.names)) / self.scale)

    @property
    def places(self) -> list[tuple[float, ...]]:
        """Return the unit vectors of the neurons as they are drawn."""
        found = _unit(np.array([unit for _, unit in self.neurons]).reshape(-1, len(self.names)) * self.scale)
        return [tuple(map(float, row)) for row in found]

    def share(self, points: Floats) -> Floats:
        """Return ``h(u) / penalty`` at the unit vectors u that are drawn as the rows of ``points``."""
        points = _unit(points / self.scale)
        heights: Floats = np.maximum(points @ np.array(self.rows).T, 0.0) @ np.array(self.dual) / self.penalty
        return heights


def can_be_drawn(columns: int) -> bool:
    """Say whether directions with so many entries can be drawn.

    >>> [can_be_drawn(columns) for columns in (1, 2, 3, 4)]
    [False, True, True, False]
    """
    return columns in DRAWN


def arrangement(given: Arrangement, canvas: Canvas) -> Axes:
    """Draw the directions of neurons: two columns as a circle, three as the sphere."""
    panel = canvas.panel((8.5, 6.0) if len(given.names) == 2 else (11.0, 4.8))
    panel.bare()
    if len(given.names) == 2:
        _circle(given, panel)
        caption = f"A direction is the pair of hidden weights of a neuron. More than {MOST} times the penalty is cut off."
    else:
        _sphere(given, panel)
        caption = (
            "A direction is the three hidden weights of a neuron. Stereographic: a half of the sphere each, seen from one side."
        )
    if (given.scale != 1.0).any():
        caption += " Weights are multiplied by the size of their columns before they are drawn."
    panel.caption(caption)
    count = f"{_counted(len(given.neurons), given.word)} among {_counted(len(given.normals), 'hyperplane')}"
    panel.title(given.title or count)
    return panel.axes


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _circle(given: Arrangement, panel: Panel) -> None:
    """Draw the circle of unit vectors in the plane."""
    axes, palette, normals = panel.axes, panel.palette, given.lines
    turn = np.linspace(0.0, 2.0 * pi, ANGLES)
    ring = np.column_stack([np.cos(turn), np.sin(turn)])
    axes.plot([], [], color=palette.muted, linewidth=1.0, label="hyperplane of a row: its neuron is 0 there")
    for a, b in normals:
        axes.plot(
            [-1.15 * b, 1.15 * b],
            [1.15 * a, -1.15 * a],
            color=palette.faint,
            linewidth=_thin(len(normals)),
            zorder=1,
        )
    share = given.share(ring)
    for sign, word in ((1, "positive"), (-1, "negative")):
        length = np.clip(sign * share, 0.0, MOST)[:, None] * ring
        if length.any():
            name = f"h for {word} output: length h(u) / penalty"
            axes.fill(*length.T, color=palette.of_sign(sign), alpha=TO_PRINT, linewidth=0.0, label=name, zorder=2)
            axes.plot(*length.T, color=palette.of_sign(sign), linewidth=0.9, zorder=2)
    axes.plot(*ring.T, color=palette.ink, linewidth=1.2, label="the penalty: of an optimum h is nowhere more", zorder=3)
    reach = min(max(1.0, float(np.abs(share).max())), MOST)
    axes.set_xlim(-1.45 * reach, 1.45 * reach)
    axes.set_ylim(-1.3 * reach, 1.3 * reach)
    _axis_names(panel, given.names, (0.0, 0.0), 1.22 * reach)
    _neurons(panel, given, [(unit[0], unit[1]) for unit in given.places])


def _sphere(given: Arrangement, panel: Panel) -> None:
    """Draw both halves of the sphere, each projected from its opposite pole."""
    axes, palette, normals = panel.axes, panel.palette, given.lines
    turn = np.linspace(0.0, 2.0 * pi, ANGLES)
    line = np.linspace(-1.0, 1.0, GRID)
    x, y = (entry.ravel() for entry in np.meshgrid(line, line))
    third, near = given.names[2], set()
    for side in (1, -1):
        centre = -side * APART / 2
        square = x**2 + y**2
        points = np.column_stack([2 * x, 2 * y, side * (1 - square)]) / (1 + square)[:, None]
        share = np.where(square <= 1.0, given.share(points), 0.0).reshape(GRID, GRID)
        for sign in (1, -1):
            if (sign * share).max() > NEAR:
                near.add(sign)
                axes.contourf(
                    line + centre, line, sign * share, levels=[NEAR, float("inf")], colors=[palette.of_sign(sign)], alpha=0.45
                )
        for normal in normals:
            across, up = _projected(_great_circle(normal, turn), side).T
            axes.plot(across + centre, up, color=palette.faint, linewidth=_thin(len(normals)), zorder=1)
        axes.plot(np.cos(turn) + centre, np.sin(turn), color=palette.ink, linewidth=1.2, zorder=3)
        axes.annotate(
            f"weight of {third} {'≥' if side > 0 else '≤'} 0", (centre, -1.08), ha="center", va="top", fontsize="small",
            color=palette.ink, parse_math=False,
        )  # fmt: skip
        _axis_names(panel, given.names[:2], (centre, 0.0), 1.03)
    axes.plot([], [], color=palette.muted, linewidth=1.0, label="hyperplane of a row: its neuron is 0 there")
    for sign in sorted(near, reverse=True):
        word = "positive" if sign > 0 else "negative"
        axes.fill([], [], color=palette.of_sign(sign), alpha=0.45, label=f"h above {NEAR:.0%} of the penalty, {word} output")
    axes.set_xlim(-APART / 2 - 1.3, APART / 2 + 1.3)
    axes.set_ylim(-1.25, 1.2)
    _neurons(panel, given, [_placed(unit) for unit in given.places])


def _neurons(panel: Panel, given: Arrangement, places: list[Place]) -> None:
    axes, palette = panel.axes, panel.palette
    for sign, word, marker in ((1, "positive", "o"), (-1, "negative", "s")):
        chosen = [place for place, (one, _) in zip(places, given.neurons, strict=True) if one == sign]
        if chosen:
            label = f"{given.word}, {word} output"
            style: dict[str, Any] = {"color": palette.of_sign(sign), "markeredgecolor": palette.paper, "markersize": 8}
            axes.plot(*np.array(chosen).T, marker, **style, label=label, zorder=5, linestyle="none")
    panel.legend()
    place_labels(panel, [Mark(place, str(k)) for k, place in enumerate(places)])


def _axis_names(panel: Panel, names: tuple[str, ...], centre: tuple[float, float], radius: float) -> None:
    """Say at the ends of the axes which weights they are."""
    axes = panel.axes
    style: dict[str, Any] = {"fontsize": "small", "color": panel.palette.muted, "parse_math": False}
    axes.text(centre[0] + radius, centre[1], names[0][:12], ha="left", va="center", **style)
    axes.text(centre[0], centre[1] + radius, names[1][:12], ha="center", va="bottom", **style)


def _unit(rows: Floats) -> Floats:
    unit: Floats = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return unit


def _thin(count: int) -> float:
    return 1.0 if count <= FEW else max(0.25, 8.0 / count)


def _great_circle(normal: Floats, turn: Floats) -> Floats:
    """Return unit vectors orthogonal to a normal."""
    axis = np.eye(3)[int(np.argmin(np.abs(normal)))]
    first = np.cross(normal, axis)
    first /= np.linalg.norm(first)
    points: Floats = np.outer(np.cos(turn), first) + np.outer(np.sin(turn), np.cross(normal, first))
    return points


def _projected(points: Floats, side: int) -> Floats:
    """Project those of one half from the opposite pole; the others are no numbers, so that lines break there."""
    height = side * points[:, 2]
    with np.errstate(divide="ignore", invalid="ignore"):
        flat: Floats = points[:, :2] / (1.0 + height)[:, None]
    flat[height < -1.0 / ANGLES] = np.nan
    return flat


def _placed(unit: tuple[float, ...]) -> Place:
    side = 1 if unit[2] >= 0.0 else -1
    across, up = (entry / (1.0 + abs(unit[2])) for entry in unit[:2])
    return across - side * APART / 2, up
