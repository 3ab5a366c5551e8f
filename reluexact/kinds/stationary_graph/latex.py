"""LaTeX of the graph of stationary points, of a node and of a minimal network of a node."""

from __future__ import annotations

from reluexact.kinds.stationary_graph.claim import MinimalNetwork, StationaryGraph, StationaryNode
from reluexact.numbers.counts import count_text
from reluexact.tex.formulas import aligned, amounts_latex, array, sign_latex, written
from reluexact.tex.numbers import real_latex, vector_latex
from reluexact.tex.text import escape

MOST_ROWS = 24
"""Rows of a table; dots stand for the rest."""


def latex(claim: object, digits: int) -> str:
    """Write the graph as a table of its nodes, a node with its smallest network, a network by its amounts."""
    return written(claim, digits, {StationaryNode: _node, StationaryGraph: _graph, MinimalNetwork: _network})


def _network(network: MinimalNetwork, digits: int) -> str:
    return amounts_latex(network.amounts, network.support, digits)


def _node(node: StationaryNode, digits: int) -> str:
    """Write the value of a node, its kind, and the neurons of its smallest network."""
    network = node.networks[0]
    lines = [rf"p&={real_latex(node.value, digits)}", rf"&\text{{{escape(node.kind)}}}"]
    for place, k in enumerate(network.support, start=1):
        neuron = node.neurons[k]
        direction, amount = vector_latex(neuron.direction, digits), real_latex(network.amounts[k], digits)
        signed = rf"s_{{{place}}}={sign_latex(neuron.sign)}1"
        lines.append(rf"u_{{{place}}}&={direction},\quad {signed},\quad \alpha_{{{place}}}={amount}")
    return aligned(lines)


def _graph(graph: StationaryGraph, digits: int) -> str:
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
    return array("rrrrl", ["objective", "neurons", "dimension", "programs", "kind"], rows)
