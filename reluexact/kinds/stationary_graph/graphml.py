"""Graphs of stationary points for other programs: networkx and GraphML."""

from __future__ import annotations

import io
from collections import Counter
from os import PathLike
from typing import TYPE_CHECKING

from reluexact.certificates.files import write_text
from reluexact.evidence.status import Status
from reluexact.kinds.stationary_graph.claim import StationaryGraph
from reluexact.model.misplaced import misplaced
from reluexact.numbers.rational import format_fraction

if TYPE_CHECKING:
    import networkx as nx

DIGITS = 15
"""Decimals of the values in GraphML and networkx."""


def to_networkx(graph: StationaryGraph) -> nx.DiGraph:
    """Return the graph with plain attributes; the edges of one pair of nodes are one edge that lists their columns.

    Nodes: value (float), value_text (its proved digits), width, dimension, kind, covers (text: it may be huge), violated (count),
    best. Edges: columns (text) and steps (their number). The graph has complete, programs (text), penalty (text).
    """
    import networkx as nx

    if not isinstance(graph, StationaryGraph):
        raise misplaced("graph", graph, "the answer of stationary_graph", "pass rx.stationary_graph(data, penalty)")
    result = nx.DiGraph(
        complete=graph.complete,
        programs=format_fraction(graph.programs),
        penalty=format_fraction(graph.penalty),
        columns=" ".join(
            f"{'+' if column.sign > 0 else '-'}{''.join(graph.data.per_row(column.pattern))}" for column in graph.columns
        ),
    )
    for node in graph.nodes:
        result.add_node(
            node.index,
            value=float(node.value),
            value_text=node.value.decimal(DIGITS),
            width=node.width,
            dimension=node.dimension,
            kind=node.kind,
            covers=format_fraction(node.covers),
            violated=len(node.violated),
            neurons=len(node.neurons),
            best=node.global_minimum is Status.PROVED,
        )
    between: dict[tuple[int, int], list[int]] = {}
    for edge in graph.edges:
        between.setdefault((edge.source, edge.target), []).append(edge.column)
    for (source, target), columns in between.items():
        result.add_edge(source, target, columns=" ".join(map(str, columns)), steps=len(columns))
    return result


def save_graphml(graph: StationaryGraph, path: str | PathLike[str]) -> None:
    """Write GraphML."""
    import networkx as nx

    buffer = io.BytesIO()
    nx.write_graphml_xml(to_networkx(graph), buffer, encoding="us-ascii")
    write_text(buffer.getvalue().decode("ascii") + "\n", path)


def counts_by_kind(graph: StationaryGraph) -> dict[str, int]:
    """Return how many nodes there are of each kind, most frequent first.

    >>> from reluexact.kinds.stationary_graph.find import stationary_graph
    >>> from reluexact.model.dataset import Dataset
    >>> counts_by_kind(stationary_graph(Dataset([[1], [2]], [1, 2]), 1))
    {'global minimum': 1, 'zero network': 1}
    """
    counted = Counter(node.kind for node in graph.nodes)
    return dict(sorted(counted.items(), key=lambda entry: (-entry[1], entry[0])))
