"""The graph of stationary points as a picture: every node at its value, in the column of its width."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reluexact.evidence.status import Status
from reluexact.kinds.stationary_graph.claim import StationaryGraph, StationaryNode
from reluexact.numbers.counts import count_text
from reluexact.numbers.rational import format_fraction
from reluexact.pictures.picture import drawing

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

CLAIM = StationaryGraph
STYLES = {
    "zero network": ("s", "#555555"),
    "not stationary": ("o", "#b8b8b8"),
    "undecided": ("o", "#b8b8b8"),
    "Clarke-stationary": ("^", "#d98c21"),
    "local minimum at its width": ("D", "#2468b4"),
    "global minimum": ("*", "#c02020"),
}
SPREAD = 0.6
"""Nodes of one width are spread over this share of the distance to the next width."""


def plot(graph: StationaryGraph, ax: Axes | None = None) -> Figure:
    """Draw the nodes: height is the objective, columns are widths, lines are steps, the global minimum is a star.

    >>> from reluexact.kinds.stationary_graph.find import stationary_graph
    >>> from reluexact.model.dataset import Dataset
    >>> plot(stationary_graph(Dataset([[1], [2]], [1, 2]), 1)).axes[0].get_ylabel()
    'objective'
    """
    figure, ax = drawing((10.5, 6.0), ax)
    places = _places(graph)
    _edges(ax, graph, places)
    _nodes(ax, graph, places)
    widths = sorted({node.width for node in graph.nodes})
    ax.set_xticks(widths, [str(width) for width in widths])
    ax.set_xlabel("neurons of the smallest network of the node")
    ax.set_ylabel("objective")
    whole = "all" if graph.complete else f"{count_text(graph.covered)} of"
    programs = f"{whole} {count_text(graph.programs)} sub-sampled programs"
    ax.set_title(f"{len(graph.nodes)} optima of {programs}, penalty {format_fraction(graph.penalty):.40}")
    if graph.nodes:
        ax.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0), frameon=False, title="every step leads down")
    return figure


def _places(graph: StationaryGraph) -> dict[int, tuple[float, float]]:
    """Place the nodes of one width left and right of its column in turns, so that neighbours in value stand apart."""
    places: dict[int, tuple[float, float]] = {}
    groups: dict[int, list[StationaryNode]] = {}
    for node in graph.nodes:
        groups.setdefault(node.width, []).append(node)
    for width, nodes in groups.items():
        for position, node in enumerate(nodes):
            shift = _reversed_bits(position + 1) - 0.5 if len(nodes) > 1 else 0.0
            places[node.index] = (width + SPREAD * shift, float(node.value.middle))
    return places


def _reversed_bits(number: int) -> float:
    """Return the number's binary digits read backwards behind the point (van der Corput): evenly spread over (0, 1).

    >>> [_reversed_bits(k) for k in (1, 2, 3, 4)]
    [0.5, 0.25, 0.75, 0.125]
    """
    result, share = 0.0, 0.5
    while number:
        result += share * (number & 1)
        number >>= 1
        share /= 2
    return result


def _edges(ax: Axes, graph: StationaryGraph, places: dict[int, tuple[float, float]]) -> None:
    """Draw the steps, darker where there are few of them."""
    from matplotlib.collections import LineCollection

    pairs = sorted({(edge.source, edge.target) for edge in graph.edges})
    strength = min(0.6, max(0.08, 120.0 / (1 + len(pairs))))
    lines = [(places[source], places[target]) for source, target in pairs]
    ax.add_collection(LineCollection(lines, colors="#7f7f7f", linewidths=0.6, alpha=strength, zorder=1))


def _nodes(ax: Axes, graph: StationaryGraph, places: dict[int, tuple[float, float]]) -> None:
    for kind, (marker, colour) in STYLES.items():
        chosen = [places[node.index] for node in graph.nodes if node.kind == kind]
        if chosen:
            across, up = zip(*chosen, strict=True)
            size = 240 if kind == "global minimum" else 34
            ax.scatter(across, up, s=size, marker=marker, c=colour, edgecolors="white", linewidths=0.5, zorder=2, label=kind)
    if graph.nodes and graph.best.global_minimum is not Status.PROVED:
        ax.annotate("lowest found", places[graph.best.index], xytext=(6, -12), textcoords="offset points")
    ax.autoscale_view()
