"""Certificates of graphs of stationary points: kind ``stationary``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from reluexact.certificates import reading
from reluexact.certificates.columns import verdict_nodes, verdicts_of
from reluexact.certificates.document import Json, make_document, texts
from reluexact.certificates.network import amounts_claim, network_claim, network_evidence
from reluexact.certificates.point import narrowed, neurons_of, point_from_document
from reluexact.certificates.reading import Read
from reluexact.errors import InputError, Message, message_of
from reluexact.evidence.column_supports import ColumnSupports, members
from reluexact.evidence.status import Status
from reluexact.geometry.column import Column
from reluexact.kinds.stationary_graph.claim import Edge, StationaryGraph, StationaryNode
from reluexact.kinds.stationary_graph.nodes import Valued, graph_columns, node_of
from reluexact.kinds.subsampled.find import SampledOptimum, represented
from reluexact.numbers.rational import format_fraction
from reluexact.propose.columns import Columns
from reluexact.prove.neurons import Unproved

CLAIM = StationaryGraph


def to_document(graph: StationaryGraph) -> Json:
    """Return the certificate of a graph as a JSON object, kind ``stationary``.

    What is not proved is left out: a graph that is UNDECIDED is certified as far as it goes. Raises InputError for no nodes.
    """
    if not graph.nodes:
        raise InputError(Message("the graph has no nodes (", graph.reason, "); there is nothing to certify"))
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
    notes = {**dict(graph.produced_by), "starts": " ".join(map(str, graph.starts))}
    if graph.status is not Status.PROVED:
        notes["reason"] = graph.reason
    return make_document("stationary", graph, claim, evidence, notes)


def _node(node: StationaryNode, *, whole: bool) -> Json:
    return {
        **network_claim(node.value, node.residual, node.neurons, node.evidence),
        "above": list(node.violated),
        "tight": [list(members(mask)) for mask in node.column_supports.classes],
        "dimension": node.dimension,
        "networks": [amounts_claim(network.support, network.amounts, node.evidence) for network in node.networks],
        "local_minimum": [whole and network.local_minimum is Status.PROVED for network in node.networks],
        "covers": format_fraction(node.covers),
    }


def from_document(document: Json) -> StationaryGraph:
    """Return the claim of a certificate that the checker has accepted.

    Its status is PROVED when no reason says that the walk was stopped and every node that violates a column has a
    step for each of them, or every node just one (the steepest).
    """
    read = Read.of(document)
    every, whole = _columns(read), bool(read.claim["every"])
    parts = enumerate(zip(read.claim["nodes"], read.evidence["nodes"], strict=True))
    nodes = tuple(node_of(index, _node_read(read, claim, evidence), every, whole=whole) for index, (claim, evidence) in parts)
    befores = (sum(1 << k for k in columns) for columns in read.evidence["before"])
    edges = tuple(
        Edge(source=source, target=target, column=column, before=before)
        for (source, target, column), before in zip(read.claim["edges"], befores, strict=True)
    )
    complete = sum(node.covers for node in nodes) == 2 ** len(every)
    reason = _reason(read, nodes, edges, complete=complete)
    return StationaryGraph(
        data=read.data,
        penalty=read.program.penalty,
        status=Status.UNDECIDED if reason else Status.PROVED,
        reason=reason,
        columns=graph_columns(every),
        every=whole,
        nodes=nodes,
        edges=edges,
        complete=complete,
        starts=_starts(read, len(nodes), edges),
        produced_by=read.produced_by,
    )


def _columns(read: Read) -> Columns:
    columns = tuple(
        Column(sign=reading.SIGNS[sign], cell=reading.cell(read.program, gate)) for sign, gate in read.claim["columns"]
    )
    return Columns(program=read.program, columns=columns, inside=reading.matrix(read.evidence["inside"]))


def _node_read(read: Read, claim: dict[str, Any], evidence: dict[str, Any]) -> Valued:
    """Return the proved optimum behind a node."""
    found = point_from_document(read, claim["neurons"], evidence)
    neurons_of(found, claim["neurons"])
    try:
        point, known = represented(found.point)
    except Unproved as problem:
        raise InputError(
            Message("the certificate holds, but this program cannot work with its evidence: ", message_of(problem))
        ) from None
    classes = [0] * len(claim["tight"])
    for k, columns in enumerate(claim["tight"]):
        classes[found.place[k]] = sum(1 << column for column in columns)
    optimum = SampledOptimum(
        found=point,
        verdicts=verdicts_of(read, evidence["verdicts"], found),
        above=sum(1 << column for column in claim["above"]),
        column_supports=ColumnSupports(classes=tuple(classes), supports=tuple(vertex.support for vertex in known.vertices)),
        vertices=known.vertices,
        labels=known.found.labels,
        dimension=known.dimension,
    )
    valued = Valued.of(optimum)
    residual = tuple(map(narrowed, valued.residual, claim["residual"]))
    return replace(valued, value=narrowed(valued.value, claim["value"]), residual=residual)


def _reason(read: Read, nodes: Sequence[StationaryNode], edges: Sequence[Edge], *, complete: bool) -> Message:
    """Say what is missing."""
    if read.notes.get("reason"):
        return Message(read.notes["reason"])
    left = {(edge.source, edge.column) for edge in edges}
    violated = {(node.index, column) for node in nodes for column in node.violated}
    steepest = len(left) == len({source for source, _ in left}) == sum(bool(node.above) for node in nodes)
    if not complete and left != violated and not steepest:
        return Message("the certificate has nodes whose steps it does not list")
    return Message()


def _starts(read: Read, count: int, edges: Sequence[Edge]) -> tuple[int, ...]:
    """Return the nodes at which the walks began; those that no step leads to where the certificate does not say."""
    named = read.notes.get("starts", "").split()
    if named and all(text.isascii() and text.isdecimal() and len(text) < 10 and int(text) < count for text in named):
        return tuple(sorted({int(text) for text in named}))
    reached = {edge.target for edge in edges}
    return tuple(k for k in range(count) if k not in reached)
