"""LaTeX of what is known of the landscape: stationary points, their graph, loss against width, a way down."""

from __future__ import annotations

from collections.abc import Sequence

from reluexact.evidence.status import Status
from reluexact.kinds.descent_path.claim import WayDown
from reluexact.kinds.stationary_graph.claim import StationaryGraph, StationaryNode
from reluexact.kinds.width_optimum.claim import WidthCurve, WidthOptimum
from reluexact.latex.numbers import rational_latex, real_latex, vector_latex
from reluexact.latex.text import escape
from reluexact.numbers.counts import count_text

MOST_ROWS = 24
"""Rows of a table; dots stand for the rest."""


def status_line(status: Status, reason: str) -> str:
    """Write the status as the last line of an aligned formula."""
    return rf"&\text{{{status.name}{': ' if reason else ''}{escape(reason)}}}"


def node_latex(node: StationaryNode, digits: int) -> str:
    """Write the value of a node, its kind, and the neurons of its smallest network."""
    network = node.networks[0]
    lines = [rf"p&={real_latex(node.value, digits)}", rf"&\text{{{escape(node.kind)}}}"]
    for place, k in enumerate(network.support):
        neuron = node.neurons[k]
        sign = "+" if neuron.sign > 0 else "-"
        direction, amount = vector_latex(neuron.direction, digits), real_latex(network.amounts[k], digits)
        lines.append(rf"u_{{{place + 1}}}&={direction},\quad s_{{{place + 1}}}={sign}1,\quad \alpha_{{{place + 1}}}={amount}")
    return _aligned(lines)


def graph_latex(graph: StationaryGraph, digits: int) -> str:
    """Write a table of the nodes, lowest first: objective, neurons, dimension, programs, kind."""
    nodes = list(reversed(graph.nodes))
    rows = [
        [
            real_latex(node.value, min(digits, 10)),
            str(node.width),
            str(node.dimension),
            rf"\text{{{escape(count_text(node.covers))}}}",
            rf"\text{{{escape(node.kind)}}}",
        ]
        for node in nodes[: MOST_ROWS - 1 if len(nodes) > MOST_ROWS else MOST_ROWS]
    ]
    if len(rows) < len(nodes):
        rows.append([r"\vdots", "", "", "", ""])
    heads = ["objective", "neurons", "dimension", "programs", "kind"]
    return _table("rrrrl", heads, rows)


def width_latex(found: WidthOptimum, digits: int) -> str:
    """Write the optimal value of a width, or its bounds."""
    name = rf"p_{{{found.width}}}"
    if found.status is Status.PROVED:
        lines = [rf"{name}&={real_latex(found.value, digits)}"]
    else:
        lines = [rf"{name}&\in[{rational_latex(found.lower, digits)},\,{rational_latex(found.upper, digits)}]"]
    if found.is_global:
        lines.append(r"&=p^\star")
    return _aligned([*lines, status_line(found.status, found.reason)])


def curve_latex(curve: WidthCurve, digits: int) -> str:
    """Write a table of the optimal values of all widths."""
    rows = [[str(one.width), real_latex(one.value, min(digits, 20)), rf"\text{{{one.status.name}}}"] for one in curve.optima]
    return _table("rll", ["neurons", "least objective", "status"], rows)


def way_latex(way: WayDown, digits: int) -> str:
    """Write the pieces of a path with the objective at their ends."""
    few = min(digits, 12)
    lines = [rf"t=0&:\;{rational_latex(way.start, few)}"]
    for place, piece in enumerate(way.pieces[:MOST_ROWS]):
        lines.append(rf"t={place + 1}&:\;{real_latex(piece.after.value, few)}\quad\text{{{piece.kind}}}")
    if len(way.pieces) > MOST_ROWS:
        lines.append(r"&\;\;\vdots")
    return _aligned([*lines, status_line(way.status, way.reason)])


def _table(columns: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    first = " & ".join(rf"\text{{{head}}}" for head in heads)
    body = r"\\ ".join([first, *(" & ".join(row) for row in rows)])
    return rf"\begin{{array}}{{{columns}}}{body}\end{{array}}"


def _aligned(lines: Sequence[str]) -> str:
    return r"\begin{aligned}" + r"\\ ".join(lines) + r"\end{aligned}"
