"""Graphs of stationary points: networkx, GraphML, and certificates of the kind ``stationary``."""

from __future__ import annotations

import io
from collections import Counter
from os import PathLike
from typing import TYPE_CHECKING

from reluexact.certificates.columns import verdict_nodes
from reluexact.certificates.document import (
    Json,
    accepted,
    make_document,
    network_claim,
    network_evidence,
    texts,
    wider,
    write_document,
    write_text,
)
from reluexact.errors import InputError
from reluexact.evidence.column_supports import members
from reluexact.evidence.status import Status
from reluexact.kinds.stationary_graph.claim import MinimalNetwork, StationaryGraph, StationaryNode
from reluexact.numbers.rational import format_fraction

if TYPE_CHECKING:
    import networkx as nx

AMOUNT_BITS = 64
DIGITS = 15
"""Decimals of the values in GraphML and networkx."""


def to_networkx(graph: StationaryGraph) -> nx.DiGraph:
    """Return the graph with plain attributes; the edges of one pair of nodes are one edge that lists their columns.

    Nodes: value (float), value_text (its proved digits), width, dimension, kind, covers (text: it may be huge), violated (count),
    best. Edges: columns (text) and steps (their number). The graph has complete, programs (text), penalty (text).
    """
    import networkx as nx

    result = nx.DiGraph(
        complete=graph.complete,
        programs=format_fraction(graph.programs),
        penalty=format_fraction(graph.penalty),
        columns=" ".join(f"{'+' if column.sign > 0 else '-'}{column.pattern}" for column in graph.columns),
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


def graph_document(graph: StationaryGraph) -> Json:
    """Return the certificate of a graph as a JSON object, kind ``stationary``.

    What is not proved is left out: a graph that is UNDECIDED is certified as far as it goes. Raises InputError for no nodes.
    """
    if not graph.nodes:
        raise InputError(f"the graph has no nodes ({graph.reason}); there is nothing to certify")
    known = graph.data.hyperplanes
    claim = {
        "columns": [["+" if column.sign > 0 else "-", column.pattern] for column in graph.columns],
        "every": graph.every,
        "complete": graph.complete,
        "nodes": [_node(node, whole=graph.every) for node in graph.nodes],
        "edges": [[edge.source, edge.target, edge.column] for edge in graph.edges],
    }
    evidence = {
        "inside": [texts(column.inside) for column in graph.columns],
        "nodes": [
            {
                **network_evidence(node.evidence),
                "verdicts": verdict_nodes(node.verdicts, known),
                "labels": [[list(basis), list(at_upper)] for basis, at_upper in node.labels],
            }
            for node in graph.nodes
        ],
        "before": [list(members(edge.before)) for edge in graph.edges],
    }
    return make_document("stationary", graph, claim, evidence, dict(graph.produced_by))


def _node(node: StationaryNode, *, whole: bool) -> Json:
    bits = min(node.evidence.radius.denominator.bit_length() // 2, AMOUNT_BITS)
    return {
        **network_claim(node.value, node.residual, node.neurons, node.evidence),
        "above": list(node.violated),
        "tight": [list(members(mask)) for mask in node.column_supports.classes],
        "dimension": node.dimension,
        "networks": [_network(network, bits) for network in node.networks],
        "local_minimum": [whole and network.local_minimum is Status.PROVED for network in node.networks],
        "covers": format_fraction(node.covers),
    }


def _network(network: MinimalNetwork, bits: int) -> Json:
    return {
        "support": list(network.support),
        "amounts": [wider(network.amounts[k], bits) for k in network.support],
    }


def save_graph(graph: StationaryGraph, path: str | PathLike[str]) -> None:
    """Write the certificate, after the stand-alone checker has accepted it."""
    write_document(accepted(graph_document(graph), "graph"), path)


def counts_by_kind(graph: StationaryGraph) -> dict[str, int]:
    """Return how many nodes there are of each kind, most frequent first.

    >>> from reluexact.kinds.stationary_graph.find import stationary_graph
    >>> from reluexact.model.dataset import Dataset
    >>> counts_by_kind(stationary_graph(Dataset([[1], [2]], [1, 2]), 1))
    {'global minimum': 1, 'zero network': 1}
    """
    counted = Counter(node.kind for node in graph.nodes)
    return dict(sorted(counted.items(), key=lambda entry: (-entry[1], entry[0])))
