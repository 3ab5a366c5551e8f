"""The section on the graph of stationary points: a picture to move in, and a sheet for each node."""

from __future__ import annotations

from reluexact.errors import Message
from reluexact.evidence.status import Status
from reluexact.kinds.stationary_graph.claim import MinimalNetwork, StationaryGraph, StationaryNode
from reluexact.kinds.stationary_graph.graphml import counts_by_kind
from reluexact.numbers.counts import count_text
from reluexact.reports.answers import Answers, Asking
from reluexact.reports.blocks import Block, Dot, Facts, Network, Section, Sheet, Table
from reluexact.reports.layout import Layout, layout
from reluexact.reports.mathml import inline
from reluexact.terminal.text import plural, printable, proved
from reluexact.tex.numbers import real_latex

TITLE = "Stationary points"
NAME = "picture of the graph"
MOST_NODES = 150
"""Nodes that are drawn: the lowest ones, minima and stationary points before others."""

PLACES, DIGITS = 8, 12
MARKS = {
    "zero network": "zero",
    "not stationary": "not",
    "undecided": "undecided",
    "Clarke-stationary": "stationary",
    "local minimum at its width": "local",
    "global minimum": "global",
}
"""The names of the marks, which the style sheet draws, of the kinds of nodes."""


def section(answers: Answers, asking: Asking) -> Section:
    """Return the section."""
    graph = answers.graph
    if graph is None or not graph.nodes:
        reason = answers.reasons.get("graph", "") or (graph.reason if graph is not None else "it is not asked for")
        return Section(id="graph", title=TITLE, status=Status.UNDECIDED, reason=reason)
    blocks: list[Block] = [Facts(pairs=_facts(graph, answers.reasons.get("whole graph", "")))]
    drawn = asking.ask(NAME, lambda: _network(graph))
    blocks += [drawn] if drawn is not None else []
    reason = graph.reason if graph.status is not Status.PROVED else asking.reasons.get(NAME, "")
    return Section(
        id="graph", title=TITLE, status=Status.UNDECIDED if reason else Status.PROVED, reason=reason, blocks=tuple(blocks)
    )


def _facts(graph: StationaryGraph, whole: str) -> tuple[tuple[str, str], ...]:
    """Return what the graph is, in a few lines."""
    programs = count_text(graph.programs)
    if graph.complete and graph.every:
        what = Message(f"the optima of all {programs} sub-sampled programs, and every step between them")
    else:
        what = Message("the steepest walk from the zero network down; not all stationary points are listed: ", whole)
    facts: list[tuple[str, str]] = [
        ("shown", what),
        ("nodes", f"{len(graph.nodes)}, in {plural(len(graph.levels), 'level')} of the objective"),
        ("kinds", ", ".join(f"{count} {kind}" for kind, count in counts_by_kind(graph).items())),
        ("steps", f"{len(graph.edges)}, each leads down"),
        ("lowest", f"{proved(graph.best.value, 20)}, {plural(graph.best.width, 'neuron')}: {graph.best.kind}"),
    ]
    if graph.descent_width is not None:
        facts.append(("no valley", f"from width {graph.descent_width} on a path leads down from every network to the optimum"))
    if graph.trap_widths is not None:
        widths = ", ".join(map(str, graph.trap_widths)) or "none"
        facts.append(("traps", f"minimal networks that are local minima at their width, not global: widths {widths}"))
    return tuple(facts)


def _network(graph: StationaryGraph) -> Network:
    nodes = _shown(graph)
    plan = layout([(float(node.value.middle), node.width) for node in nodes])
    places = dict(zip((node.index for node in nodes), plan.places, strict=True))
    pairs = sorted({(edge.source, edge.target) for edge in graph.edges if edge.source in places and edge.target in places})
    kinds = [kind for kind in MARKS if any(node.kind == kind for node in nodes)]
    count = plural(len(nodes), "node")
    left = f" {len(graph.nodes) - len(nodes)} more nodes are not drawn." if len(nodes) < len(graph.nodes) else ""
    return Network(
        width=f"{plan.width:g}",
        height=f"{plan.height:g}",
        below=f"{plan.height - 18:g}",
        description=f"{count} and {plural(len(pairs), 'line')}, each a step down. Each node is a link to its description.",
        caption=(
            "Height: the objective, on a scale by the cube root of the excess over the lowest node, so that small differences "
            "stay visible. Columns: neurons of the smallest network of a node; within a column nodes are moved sideways only so "
            f"as not to overlap. Lines: steps, all of which lead down.{left}"
        ),
        dots=tuple(_dot(node, *places[node.index]) for node in nodes),
        lines=tuple((f"{x:g}", f"{y:g}", f"{u:g}", f"{v:g}") for (x, y), (u, v) in ((places[s], places[t]) for s, t in pairs)),
        heights=tuple((f"{height:g}", _short(value)) for height, value in _levels(plan)),
        widths=tuple((f"{middle:g}", str(width)) for middle, width in plan.columns),
        marks=tuple((MARKS[kind], kind) for kind in kinds),
        sheets=tuple(_sheet(graph, node, places) for node in nodes),
    )


def _levels(plan: Layout) -> list[tuple[float, float]]:
    """Return the ticks; of equal numbers the lowest."""
    found: dict[str, tuple[float, float]] = {}
    for height, value in plan.levels:
        found.setdefault(_short(value), (height, value))
    return list(found.values())


def _short(value: float) -> str:
    """Write the number of a tick with five digits, without an exponent where it is no long one."""
    return f"{value:.0f}" if 10**4 <= abs(value) < 10**7 else f"{value:.5g}"


def _shown(graph: StationaryGraph) -> list[StationaryNode]:
    """Return the nodes that are drawn, in their order."""
    order = sorted(graph.nodes, key=lambda node: (node.kind == "not stationary", -node.index))[:MOST_NODES]
    return sorted(order, key=lambda node: node.index)


def _dot(node: StationaryNode, x: float, y: float) -> Dot:
    label = f"Node {node.index}: objective {proved(node.value, 6)}, {plural(node.width, 'neuron')}, {node.kind}"
    return Dot(index=node.index, x=f"{x:g}", y=f"{y:g}", mark=MARKS[node.kind], label=label)


def _sheet(graph: StationaryGraph, node: StationaryNode, places: dict[int, tuple[float, float]]) -> Sheet:
    """Return what is known of a node."""
    down = {edge.target for edge in graph.edges if edge.source == node.index and edge.target in places}
    up = {edge.source for edge in graph.edges if edge.target == node.index and edge.source in places}
    facts = (
        ("objective", proved(node.value, 20)),
        ("kind", node.kind),
        ("stationary (Clarke)", node.stationary.name),
        ("local minimum at its width", node.local_minimum.name),
        ("global minimum", node.global_minimum.name),
        ("dimension of its networks", str(node.dimension)),
        ("sub-sampled programs", f"the optimum of {count_text(node.covers)}"),
        ("violated columns", str(len(node.violated))),
    )
    exact = node.value.is_rational or node.value.radical is not None
    return Sheet(
        index=node.index,
        title=f"Node {node.index}: {node.kind}",
        facts=facts,
        math=inline(rf"p={real_latex(node.value, DIGITS)}") if exact else None,
        tables=(_neurons(graph, node, node.networks[0]),) if node.width else (),
        down=tuple(sorted(down)),
        up=tuple(sorted(up)),
    )


def _neurons(graph: StationaryGraph, node: StationaryNode, network: MinimalNetwork) -> Table:
    """Return the neurons of the smallest network of a node."""
    rows = []
    for k in network.support:
        neuron = node.neurons[k]
        entries = (proved(entry, PLACES) for entry in neuron.direction)
        rows.append(("+" if neuron.sign > 0 else "-", *entries, proved(network.amounts[k], PLACES)))
    others = len(node.networks) - 1
    return Table(
        caption="Its smallest network: the direction of each neuron, and its amount |w| |a|",
        headings=("sign", *map(printable, graph.data.names), "amount"),
        rows=tuple(rows),
        more=f"{plural(others, 'more minimal network')} of this node" if others else "",
    )
