"""Formulas of the graph of stationary points."""

from __future__ import annotations

from latex_tools import katex_faults

import reluexact as rx


def test_graphs_their_nodes_and_their_networks():
    data = rx.Dataset(X=[[2, 1], [-1, 0], [1, -1]], y=[-1, -3, 1])
    graph, part = rx.stationary_graph(data, "1/8"), rx.stationary_graph(data, "1/8", limit=2)
    networks = [network for node in graph.nodes for network in node.networks]
    formulas = [claim.latex() for claim in (graph, part, *graph.nodes, *networks)]
    assert formulas[0].startswith(r"\begin{array}{rrrrl}\text{objective} & \text{neurons}")
    assert formulas[0].count(r"\\") == min(len(graph.nodes), 24)
    assert r"\text{global minimum}" in graph.best.latex()
    assert graph.best.networks[0].latex().startswith(r"\alpha_{")
    assert katex_faults(formulas) == []
