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
from reluexact.pictures.picture import drawing, drawings

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    Floats = np.ndarray[Any, np.dtype[np.float64]]

CLAIM = RectifiedEllipsoid
SIZE = (9.0, 5.2)
FINE, COARSE = 1441, (49, 25)
TINY = np.finfo(np.float64).tiny
BELOW: dict[str, Any] = {"fontsize": "small", "loc": "upper center", "bbox_to_anchor": (0.5, -0.1), "ncols": 2, "frameon": False}
SET, HULL, TARGET, EXPOSED = "tab:blue", "tab:gray", "tab:red", "tab:orange"


def plot(ellipsoid: RectifiedEllipsoid, ax: Axes | None = None) -> Figure:
    """Draw the set and its hull; beside it, unless axes are given, the polar set with the dual point of the targets.

    Raises InputError for other than two or three rows, and for axes that do not have as many dimensions.

    >>> from reluexact import Dataset, rectified_ellipsoid
    >>> figure = plot(rectified_ellipsoid(Dataset(X=[[2, 0, 0, 0], [-1, 1, 1, 1]], y=[1, 1])))
    >>> [text.get_text() for text in figure.axes[0].get_legend().get_texts()][:2]
    ['{(Xu)+ : |u| <= 1}', 'hull with its negative']
    """
    data = ellipsoid.data
    if data.n not in (2, 3):
        raise InputError(f"plot: the rectified ellipsoid of {data.n} rows has {data.n} dimensions; pictures are of 2 or 3 rows")
    if ax is not None and hasattr(ax, "zaxis") is not (data.n == 3):
        raise InputError(f"ax: axes of {data.n} dimensions are needed for {data.n} rows")
    scene = _Scene.of(ellipsoid)
    draw, polar = (_plane, _polar_plane) if data.n == 2 else (_space, _polar_space)
    if ax is not None:
        figure = drawing(SIZE, ax)[0]
        draw(ax, scene)
        return figure
    figure, axes = _panels(data.n)
    draw(axes[0], scene)
    polar(axes[1], scene)
    return figure


def _panels(rows: int) -> tuple[Figure, tuple[Axes, ...]]:
    if rows == 2:
        return drawings(SIZE, 2)
    from matplotlib.figure import Figure

    figure = Figure(figsize=SIZE, dpi=150)
    figure.subplots_adjust(left=0.02, right=0.93, top=0.93, bottom=0.14, wspace=0.15)
    return figure, tuple(figure.add_subplot(1, 2, place, projection="3d") for place in (1, 2))


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
        names = tuple(f"output in row {row + 1}" for row in range(data.n))
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


def _plane(ax: Axes, scene: _Scene) -> None:
    hull = scene.hull
    ax.fill(*hull.T, color=HULL, alpha=0.25, label="hull with its negative", zorder=1)
    ax.fill(*scene.features.T, color=SET, alpha=0.5, label="{(Xu)+ : |u| <= 1}", zorder=2)
    if scene.target is not None:
        ax.plot(*scene.target, "o", color=TARGET, label="targets / gauge", zorder=5)
        ax.plot(*scene.neurons.T, "s", color=EXPOSED, label="exposed neurons, with their signs", zorder=4)
        normal = scene.dual / max(float(scene.dual @ scene.dual), TINY)
        along = np.array((-normal[1], normal[0])) / max(float(np.hypot(*normal)), TINY) * np.abs(hull).max()
        ax.plot(*np.array((normal - along, normal + along)).T, "--", color=TARGET, lw=1, label="dual point . z = 1", zorder=3)
    ax.set(xlabel=scene.names[0], ylabel=scene.names[1], title="outputs of networks of cost 1")
    ax.set_aspect("equal")
    handles, labels = ax.get_legend_handles_labels()
    ax.legend([handles[1], handles[0], *handles[2:]], [labels[1], labels[0], *labels[2:]], **BELOW)


def _polar_plane(ax: Axes, scene: _Scene) -> None:
    ax.fill(*scene.polar.T, color=HULL, alpha=0.25, label="polar set: |theta.(Xu)+| <= |u|")
    if scene.target is not None:
        ax.plot(*scene.dual, "o", color=TARGET, label="dual point")
        ax.annotate("", xy=(scene.dual[0], scene.dual[1]), xytext=(0, 0), arrowprops={"arrowstyle": "->", "color": TARGET})
    ax.set(xlabel="theta of row 1", ylabel="theta of row 2", title="dual points that no neuron exceeds")
    ax.set_aspect("equal")
    ax.legend(**BELOW)


def _grid(points: Floats) -> tuple[Floats, ...]:
    return tuple(points.reshape(*COARSE, 3).transpose(2, 0, 1))


def _space(ax: Any, scene: _Scene) -> None:
    ax.plot_surface(*_grid(scene.features), color=SET, alpha=0.45, lw=0)
    ax.plot_wireframe(*_grid(scene.hull), color=HULL, lw=0.4, rstride=3, cstride=2)
    proxies = [ax.plot([], [], [], color=SET, lw=4)[0], ax.plot([], [], [], color=HULL)[0]]
    labels = ["{(Xu)+ : |u| <= 1}", "hull with its negative"]
    if scene.target is not None:
        proxies += ax.plot(*scene.target[:, None], "o", color=TARGET)
        proxies += ax.plot(*scene.neurons.T, "s", color=EXPOSED)
        labels += ["targets / gauge", "exposed neurons, with their signs"]
    ax.set(xlabel=scene.names[0], ylabel=scene.names[1], zlabel=scene.names[2], title="outputs of networks of cost 1")
    ax.locator_params(nbins=4)
    ax.legend(proxies, labels, **BELOW | {"bbox_to_anchor": (0.5, -0.03)})


def _polar_space(ax: Any, scene: _Scene) -> None:
    bounded = np.where(np.abs(scene.polar) < 1 / np.sqrt(TINY), scene.polar, np.nan)
    ax.plot_surface(*_grid(bounded), color=HULL, alpha=0.4, lw=0)
    proxies, labels = [ax.plot([], [], [], color=HULL, lw=4)[0]], ["polar set: |theta.(Xu)+| <= |u|"]
    if scene.target is not None:
        proxies += ax.plot(*np.array((np.zeros(3), scene.dual)).T, "o-", color=TARGET)
        labels.append("dual point")
    names = [f"theta of row {row}" for row in (1, 2, 3)]
    ax.set(xlabel=names[0], ylabel=names[1], zlabel=names[2], title="dual points that no neuron exceeds")
    ax.locator_params(nbins=4)
    ax.legend(proxies, labels, **BELOW | {"bbox_to_anchor": (0.5, -0.03)})
