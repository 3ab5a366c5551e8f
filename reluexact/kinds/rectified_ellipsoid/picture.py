"""The rectified ellipsoid of two or three rows as a picture: the set, its hull with its negative, the polar set, the dual point.

Sampled in floats: a picture proves nothing. ``X B`` for the unit ball B is ``S B`` with S the root of XX', so as many
dimensions as rows are enough.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from reluexact.errors import InputError
from reluexact.kinds.interpolation.claim import Interpolation
from reluexact.kinds.interpolation.find import interpolate
from reluexact.kinds.rectified_ellipsoid.claim import RectifiedEllipsoid
from reluexact.pictures.picture import Canvas, View

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from reluexact.pictures.panel import Panel

    Floats = np.ndarray[Any, np.dtype[np.float64]]

CLAIM = RectifiedEllipsoid
SIZE = (8.5, 5.2)
FINE, COARSE = 1441, (49, 25)
TINY = np.finfo(np.float64).tiny
SET, HULL, POLAR = "{(Xu)+ : |u| <= 1}", "hull with its negative", "polar set: |theta.(Xu)+| <= |u|"
TARGET, NEURONS = "targets / gauge", "exposed neurons, with their signs"


def views(ellipsoid: RectifiedEllipsoid) -> dict[str, View]:
    """Return ``set`` and ``polar``; raises InputError for other than two or three rows."""
    rows = ellipsoid.data.n
    if rows not in (2, 3):
        raise InputError(f"plot: the rectified ellipsoid of {rows} rows has {rows} dimensions; pictures are of 2 or 3 rows")
    return {"set": plot, "polar": plot_polar}


def plot(ellipsoid: RectifiedEllipsoid, canvas: Canvas) -> Axes:
    """Draw the set, its hull with its negative, the targets divided by their gauge, and the neurons that are exposed there.

    >>> from reluexact import Dataset, rectified_ellipsoid
    >>> axes = plot(rectified_ellipsoid(Dataset(X=[[2, 0, 0, 0], [-1, 1, 1, 1]], y=[1, 1])), Canvas())
    >>> [text.get_text() for text in axes.get_legend().get_texts()][:2]
    ['{(Xu)+ : |u| <= 1}', 'hull with its negative']
    """
    scene, panel = _Scene.of(ellipsoid), _panel(ellipsoid, canvas)
    (_plane if ellipsoid.data.n == 2 else _space)(panel, scene)
    panel.title("Outputs of networks of cost 1")
    panel.legend()
    return panel.axes


def plot_polar(ellipsoid: RectifiedEllipsoid, canvas: Canvas) -> Axes:
    """Draw the dual points that no neuron exceeds, and the one of the targets.

    >>> from reluexact import Dataset, rectified_ellipsoid
    >>> plot_polar(rectified_ellipsoid(Dataset(X=[[1, 0], [0, 1]], y=[1, -1])), Canvas()).get_xlabel()
    'theta of row 0'
    """
    scene, panel = _Scene.of(ellipsoid), _panel(ellipsoid, canvas)
    (_polar_plane if ellipsoid.data.n == 2 else _polar_space)(panel, scene)
    panel.title("Dual points that no neuron exceeds")
    panel.legend()
    return panel.axes


def _panel(ellipsoid: RectifiedEllipsoid, canvas: Canvas) -> Panel:
    rows = ellipsoid.data.n
    if canvas.axes is not None and hasattr(canvas.axes, "zaxis") is not (rows == 3):
        raise InputError(f"ax: axes of {rows} dimensions are needed for {rows} rows")
    return canvas.panel(SIZE, projection="3d" if rows == 3 else None)


@dataclass(frozen=True, slots=True)
class _Scene:
    """Points of the boundary, in floats: directions (k, n) of a circle or sphere and what they expose; and the targets."""

    root: Floats
    names: tuple[str, ...]
    circle: Floats
    cheapest: Interpolation

    @staticmethod
    def of(ellipsoid: RectifiedEllipsoid) -> _Scene:
        data = ellipsoid.data
        rows = np.array([[float(entry) for entry in row] for row in data.X])
        values, vectors = np.linalg.eigh(rows @ rows.T)
        root = (vectors * np.sqrt(np.maximum(values, 0))) @ vectors.T
        names = tuple(f"output in row {row}" for row in range(data.n))
        return _Scene(root, names, circle(data.n), interpolate(data))

    @property
    def features(self) -> Floats:
        found: Floats = np.maximum(self.circle @ self.root, 0)
        return found

    @property
    def polar(self) -> Floats:
        """Return the boundary of the polar set of the set and its negative."""
        return _polar(self.circle, self.features)

    @property
    def hull(self) -> Floats:
        """Return the boundary of the hull, which is the polar set of the polar set."""
        return _polar(self.circle, self.polar)

    @property
    def target(self) -> Floats | None:
        """Return the targets divided by their gauge; None for those that no network, or nothing, puts out."""
        gauge = float(self.cheapest.value.middle)
        return np.array([float(entry) for entry in self.cheapest.fit]) / gauge if gauge else None

    @property
    def dual(self) -> Floats:
        return np.array([float(entry.middle) for entry in self.cheapest.dual])

    @property
    def neurons(self) -> Floats:
        rows = np.array([[float(entry) for entry in row] for row in self.cheapest.data.X])
        units = [np.array([float(entry.middle) for entry in neuron.direction]) for neuron in self.cheapest.neurons]
        points = [neuron.sign * np.maximum(rows @ unit, 0) for neuron, unit in zip(self.cheapest.neurons, units, strict=True)]
        return np.array(points).reshape(len(points), len(rows))


def _polar(directions: Floats, points: Floats) -> Floats:
    reach: Floats = np.abs(directions @ points.T).max(axis=1)
    return directions / np.maximum(reach, TINY)[:, None]


def circle(rows: int) -> Floats:
    """Return unit vectors all around, of 2 or 3 dimensions."""
    if rows == 2:
        angles = np.linspace(0, 2 * np.pi, FINE)
        return np.stack((np.cos(angles), np.sin(angles)), axis=1)
    around, down = np.meshgrid(np.linspace(0, 2 * np.pi, COARSE[0]), np.linspace(0, np.pi, COARSE[1]), indexing="ij")
    sphere = np.stack((np.cos(around) * np.sin(down), np.sin(around) * np.sin(down), np.cos(down)), axis=2)
    return sphere.reshape(-1, 3)


def _plane(panel: Panel, scene: _Scene) -> None:
    ax, palette, hull = panel.axes, panel.palette, scene.hull
    ax.fill(*scene.features.T, facecolor=palette.blue, alpha=0.5, label=SET, zorder=2)
    ax.plot(*scene.features.T, color=palette.blue, lw=2, zorder=2)  # spikes along the axes have no inside
    ax.fill(*hull.T, color=palette.muted, alpha=0.25, label=HULL, zorder=1)
    if scene.target is not None:
        ax.plot(*scene.target, "o", color=palette.vermilion, label=TARGET, zorder=5)
        ax.plot(*scene.neurons.T, "s", color=palette.orange, label=NEURONS, zorder=4)
        normal = scene.dual / max(float(scene.dual @ scene.dual), TINY)
        along = np.array((-normal[1], normal[0])) / max(float(np.hypot(*normal)), TINY) * np.abs(hull).max()
        line = np.array((normal - along, normal + along)).T
        ax.plot(*line, "--", color=palette.vermilion, lw=1, label="dual point . z = 1", zorder=3)
    panel.label(scene.names[0], scene.names[1])
    ax.set_aspect("equal")


def _polar_plane(panel: Panel, scene: _Scene) -> None:
    ax, palette = panel.axes, panel.palette
    ax.fill(*scene.polar.T, color=palette.muted, alpha=0.35, label=POLAR)
    if scene.target is not None:
        ax.plot(*scene.dual, "o", color=palette.vermilion, label="dual point")
        arrow = {"arrowstyle": "->", "color": palette.vermilion}
        ax.annotate("", xy=(scene.dual[0], scene.dual[1]), xytext=(0, 0), arrowprops=arrow)
    panel.label("theta of row 0", "theta of row 1")
    ax.set_aspect("equal")


def _grid(points: Floats) -> tuple[Floats, ...]:
    return tuple(points.reshape(*COARSE, 3).transpose(2, 0, 1))


def _space(panel: Panel, scene: _Scene) -> None:
    ax: Any = panel.axes
    palette = panel.palette
    ax.plot_surface(*_grid(scene.features), color=palette.blue, alpha=0.45, lw=0)
    ax.plot_wireframe(*_grid(scene.hull), color=palette.muted, lw=0.4, rstride=3, cstride=2)
    ax.plot([], [], [], color=palette.blue, lw=4, label=SET)
    ax.plot([], [], [], color=palette.muted, label=HULL)
    if scene.target is not None:
        ax.plot(*scene.target[:, None], "o", color=palette.vermilion, label=TARGET)
        ax.plot(*scene.neurons.T, "s", color=palette.orange, label=NEURONS)
    _name(panel, scene.names)


def _polar_space(panel: Panel, scene: _Scene) -> None:
    ax: Any = panel.axes
    palette = panel.palette
    bounded = np.where(np.abs(scene.polar) < 1 / np.sqrt(TINY), scene.polar, np.nan)
    ax.plot_surface(*_grid(bounded), color=palette.muted, alpha=0.4, lw=0)
    ax.plot([], [], [], color=palette.muted, lw=4, label=POLAR)
    if scene.target is not None:
        ax.plot(*np.array((np.zeros(3), scene.dual)).T, "o-", color=palette.vermilion, label="dual point")
    _name(panel, tuple(f"theta of row {row}" for row in range(3)))


def _name(panel: Panel, names: tuple[str, ...]) -> None:
    ax: Any = panel.axes
    panel.label(names[0], names[1])
    ax.set_zlabel(names[2], color=panel.palette.ink)
    ax.zaxis.set_tick_params(labelcolor=panel.palette.ink)
    ax.locator_params(nbins=4)
