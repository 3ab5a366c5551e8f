"""The graph of stationary points as a picture: every node at its value, in the column of its width."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reluexact.evidence.status import Status
from reluexact.kinds.stationary_graph.claim import StationaryGraph, StationaryNode
from reluexact.numbers.counts import count_text
from reluexact.numbers.rational import format_fraction
from reluexact.pictures.labels import Mark, place_labels
from reluexact.pictures.picture import Canvas, View
from reluexact.terminal.text import plural

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from reluexact.pictures.palette import Palette
    from reluexact.pictures.panel import Panel

CLAIM = StationaryGraph
MARKERS = {
    "zero network": ("s", 40),
    "not stationary": ("o", 26),
    "undecided": ("X", 36),
    "Clarke-stationary": ("^", 40),
    "local minimum at its width": ("D", 36),
    "global minimum": ("*", 240),
}
"""Marker and its size by the kind of node, of which :attr:`reluexact.kinds.stationary_graph.claim.StationaryNode.kind` tells."""
CLOSE = 0.035
"""Nodes of one width stand side by side where their values differ by less than this share of the range of all values."""
SHIFT, FARTHEST = 0.11, 0.4
"""How far apart these stand, and how far from the column of their width at most, as shares of the distance of columns."""
MOST_LABELS = 60
UNNAMED = ("not stationary", "undecided")
"""Kinds of nodes that have no number where there are many nodes."""

Places = dict[int, tuple[float, float]]


def views(graph: StationaryGraph) -> dict[str, View]:
    """Return ``graph``, the only picture."""
    return {"graph": plot}


def plot(graph: StationaryGraph, canvas: Canvas) -> Axes:
    """Draw the nodes: height is the objective, columns are widths, lines are steps, the global minimum is a star.

    >>> from reluexact import Dataset, stationary_graph
    >>> plot(stationary_graph(Dataset([[1], [2]], [1, 2]), 1), Canvas()).get_ylabel()
    'objective'
    """
    panel = canvas.panel((11.0, 6.5))
    places, moved = _places(graph)
    _edges(panel, graph, places)
    _nodes(panel, graph, places)
    axes, widths = panel.axes, sorted({node.width for node in graph.nodes})
    axes.set_xticks(widths, [str(width) for width in widths])
    panel.label("neurons of the smallest network of a node", "objective")
    whole = "all" if graph.complete else f"{count_text(graph.covered)} of"
    count = f"{plural(len(graph.nodes), 'optimum').replace('optimums', 'optima')} of {whole} {count_text(graph.programs)}"
    panel.title(f"{count} sub-sampled programs, penalty {format_fraction(graph.penalty):.40}")
    panel.legend("every step leads down")
    marks = _marks(graph, places)
    left_out = place_labels(panel, marks, also=list(places.values()))
    panel.caption(_caption(graph, moved=moved, unlabelled=left_out + len(graph.nodes) - len(marks)))
    return axes


def _caption(graph: StationaryGraph, *, moved: bool, unlabelled: int) -> str:
    parts = ["Numbers are those of the nodes in the table." if graph.nodes else "No node is known."]
    if moved:
        parts.append("Nodes of one width whose values are close stand side by side; a shift within a column has no meaning.")
    if unlabelled:
        parts.append(f"{plural(unlabelled, 'node')} without a number, for want of room.")
    return " ".join(parts)


def _marks(graph: StationaryGraph, places: Places) -> list[Mark]:
    """Return what is to be written beside nodes, the best one first."""
    marks = []
    named = [node for node in reversed(graph.nodes) if len(graph.nodes) <= MOST_LABELS or node.kind not in UNNAMED]
    for node in named[:MOST_LABELS]:
        lowest = node.index == graph.best.index and node.global_minimum is not Status.PROVED
        marks.append(Mark(places[node.index], f"{node.index}, the lowest found" if lowest else str(node.index)))
    return marks


def _places(graph: StationaryGraph) -> tuple[Places, bool]:
    """Place every node in the column of its width, beside it where one of nearly its value is there; say whether one is."""
    places: Places = {}
    values = {node.index: float(node.value.middle) for node in graph.nodes}
    close = CLOSE * (max(values.values(), default=0.0) - min(values.values(), default=0.0))
    columns: dict[int, list[StationaryNode]] = {}
    for node in graph.nodes:
        columns.setdefault(node.width, []).append(node)
    moved = False
    for width, nodes in columns.items():  # from the lowest up, so that the best of a width stands in its column
        taken: list[float | None] = [None] * (1 + 2 * int(FARTHEST / SHIFT))  # the last value at each place
        for node in reversed(nodes):
            value = values[node.index]
            room = [float("inf") if last is None else value - last for last in taken]
            place = next((k for k, space in enumerate(room) if space > close), room.index(max(room)))
            taken[place] = value
            moved = moved or place > 0
            places[node.index] = (width + SHIFT * ((place + 1) // 2) * (1 if place % 2 else -1), value)
    return places, moved


def _edges(panel: Panel, graph: StationaryGraph, places: Places) -> None:
    """Draw the steps, darker where there are few of them."""
    from matplotlib.collections import LineCollection

    pairs = sorted({(edge.source, edge.target) for edge in graph.edges})
    strength = min(0.6, max(0.08, 120.0 / (1 + len(pairs))))
    lines = [(places[source], places[target]) for source, target in pairs]
    panel.axes.add_collection(LineCollection(lines, colors=panel.palette.muted, linewidths=0.7, alpha=strength, zorder=1))


def _nodes(panel: Panel, graph: StationaryGraph, places: Places) -> None:
    for kind, (marker, size) in MARKERS.items():
        chosen = [places[node.index] for node in graph.nodes if node.kind == kind]
        if chosen:
            across, up = zip(*chosen, strict=True)
            style: dict[str, Any] = {"c": _colour(panel.palette, kind), "edgecolors": panel.palette.paper, "linewidths": 0.5}
            panel.axes.scatter(across, up, s=size, marker=marker, zorder=2, label=kind, **style)
    panel.axes.autoscale_view()
    panel.axes.margins(x=0.06, y=0.07)


def _colour(palette: Palette, kind: str) -> str:
    colours = {
        "Clarke-stationary": palette.orange,
        "local minimum at its width": palette.blue,
        "global minimum": palette.vermilion,
    }
    return colours.get(kind, palette.ink if kind == "zero network" else palette.muted)
