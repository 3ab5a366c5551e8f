"""What notebooks show of the stationary points."""

from __future__ import annotations

from reluexact.kinds.page import PLACES, Page, page_by_class
from reluexact.kinds.stationary_graph.claim import StationaryGraph
from reluexact.terminal.text import proved

MOST_NODES = 40
"""Nodes of a graph that are shown."""


def page(claim: object) -> Page:
    """Show the first nodes."""
    return page_by_class(claim, {StationaryGraph: _graph})


def _graph(graph: StationaryGraph) -> Page:
    rows = [
        (str(node.index), proved(node.value, PLACES), str(node.width), str(node.dimension), node.kind)
        for node in graph.nodes[:MOST_NODES]
    ]
    more = len(graph.nodes) - len(rows)
    rows += [(f"... {more} more nodes", "", "", "", "")] if more else []
    return [("graph", repr(graph))], [(("node", "objective", "neurons", "dimension", "kind"), rows)] if rows else []
