"""A polytope of dimension 1, 2 or 3 by its vertices and facets, drawn true to length."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import atan2
from typing import TYPE_CHECKING

import numpy as np

from reluexact.pictures.labels import Mark, Place, place_labels
from reluexact.pictures.panel import TO_PRINT, Panel
from reluexact.pictures.picture import Canvas

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

DRAWN = (1, 2, 3)
"""Dimensions of polytopes that are drawn."""
MOST_LABELS = 40
HIDDEN = " but for the projection; edges behind are dashed."
VIEW = np.array([[0.883, 0.469, 0.0], [-0.188, 0.354, 0.916]])
"""The rows span the plane that three dimensions are projected on, at right angles."""
ROOM = 0.18
"""Beyond the vertices, for labels: a share of the greatest extent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """vertices: their coordinates in any space. names: what is written beside each. facets: the vertices on each, with its name.

    chosen: the vertices to be marked, which ``why`` explains.
    """

    title: str
    dimension: int
    vertices: Sequence[Sequence[float]]
    names: Sequence[str]
    facets: Sequence[tuple[str, frozenset[int]]]
    chosen: frozenset[int]
    why: str


def polytope(given: Drawn, canvas: Canvas) -> Axes:
    """Draw edges and vertices; of three dimensions those edges that lie behind are dashed."""
    panel = canvas.panel((8.0, 5.5) if given.dimension > 1 else (8.0, 2.4))
    panel.bare()
    flat, depth = _flat(given)
    front = _front(given, flat, depth)
    _surface(panel, given, flat)
    shown = {True: ("-", 1.4), False: ("--", 0.8)}
    edges = _edges(given)
    for a, b in edges:
        style, width = shown[front is None or any({a, b} <= face for face in front)]
        panel.axes.plot(*flat[[a, b]].T, color=panel.palette.blue, linestyle=style, linewidth=width, zorder=2)
    others = [v for v in range(len(flat)) if v not in given.chosen]
    panel.axes.plot(
        *flat[others].T,
        "o",
        color=panel.palette.blue,
        markersize=6,
        label="minimal network (a vertex)" if others else None,
        zorder=4,
    )
    panel.axes.plot(*flat[sorted(given.chosen)].T, "*", color=panel.palette.vermilion, markersize=13, label=given.why, zorder=4)
    _limits(panel, flat)
    panel.title(given.title)
    panel.legend()
    marks = [Mark(_place(flat[v]), given.names[v]) for v in range(len(flat))][:MOST_LABELS]
    if given.dimension == 2:
        marks += [Mark(_place(flat[sorted(face)].mean(axis=0)), name) for name, face in given.facets if len(face) == 2]
    place_labels(panel, marks, also=[_place(point) for point in flat])
    panel.caption("Amounts of the neurons, true to length" + (HIDDEN if given.dimension == 3 else "."))
    return panel.axes


def _place(point: Floats) -> Place:
    return float(point[0]), float(point[1])


def _flat(given: Drawn) -> tuple[Floats, Floats]:
    """Return the vertices in the plane, true to length up to dimension 2, and how near those of dimension 3 are."""
    points = np.array(given.vertices, dtype=np.float64)
    axes = _axes(points - points[0], given.dimension)
    found: Floats = (points - points.mean(axis=0)) @ axes.T
    if given.dimension == 1:
        return np.column_stack([found[:, 0], np.zeros(len(found))]), np.zeros(len(found))
    if given.dimension == 2:
        return found, np.zeros(len(found))
    return found @ VIEW.T, found @ np.cross(VIEW[0], VIEW[1])


def _axes(apart: Floats, dimension: int) -> Floats:
    """Return unit vectors at right angles that span the differences: along the longest, then what is longest of the rest."""
    axes = np.zeros((0, apart.shape[1]))
    for _ in range(dimension):
        rest = apart - apart @ axes.T @ axes
        longest = rest[int(np.argmax((rest**2).sum(axis=1)))]
        axes = np.vstack([axes, longest / np.linalg.norm(longest)])
    return axes


def _edges(given: Drawn) -> list[tuple[int, int]]:
    """Return the pairs of vertices that span an edge: no third vertex lies on all facets that both lie on."""
    faces = [face for _, face in given.facets]
    everything = frozenset(range(len(given.vertices)))
    found = []
    for a, b in combinations(range(len(given.vertices)), 2):
        common = everything
        for face in faces:
            if a in face and b in face:
                common &= face
        if common == {a, b}:
            found.append((a, b))
    return found


def _front(given: Drawn, flat: Floats, depth: Floats) -> list[frozenset[int]] | None:
    """Return the facets that are seen from the front; None where there is no behind."""
    if given.dimension < 3:
        return None
    points = np.column_stack([flat, depth])
    middle, found = points.mean(axis=0), []
    for _, face in given.facets:
        corners = points[sorted(face)]
        _, _, axes = np.linalg.svd(corners - corners.mean(axis=0))
        outwards = axes[2] * np.sign(axes[2] @ (corners.mean(axis=0) - middle))
        if outwards[2] > 0.0:
            found.append(face)
    return found


def _surface(panel: Panel, given: Drawn, flat: Floats) -> None:
    """Fill the polygon, or each facet of a solid, lightly."""
    faces = [face for _, face in given.facets] if given.dimension == 3 else [frozenset(range(len(flat)))]
    for face in faces if given.dimension > 1 else []:
        corners = flat[sorted(face)]
        middle = corners.mean(axis=0)
        ordered = sorted(corners, key=lambda corner: atan2(corner[1] - middle[1], corner[0] - middle[0]))
        panel.axes.fill(*np.array(ordered).T, color=panel.palette.blue, alpha=TO_PRINT / 2, linewidth=0.0, zorder=1)


def _limits(panel: Panel, flat: Floats) -> None:
    low, high = flat.min(axis=0), flat.max(axis=0)
    room = ROOM * float((high - low).max())
    panel.axes.set_xlim(low[0] - room, high[0] + room)
    panel.axes.set_ylim(low[1] - room, high[1] + room)
