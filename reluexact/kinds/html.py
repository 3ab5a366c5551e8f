"""Data, networks and claims as HTML, for notebooks; every text that comes from outside is escaped.

Each kind says what its page shows in ``kinds/KIND/notebook.py``; here are the rendering and the pages of what has no kind.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from reluexact.evidence.bound import BoundProof
from reluexact.evidence.neuron import Neuron
from reluexact.evidence.problem_bound import ProblemBound
from reluexact.geometry.arrangement import ActivationPatterns
from reluexact.kinds.bound.views import bound_pairs
from reluexact.kinds.page import (
    PLACES,
    Page,
    Pages,
    Table,
    biased_network_page,
    dataset_page,
    network_page,
    number,
    page_by_class,
    problem_page,
)
from reluexact.kinds.table import kind_of
from reluexact.model.biased_network import BiasedNetwork
from reluexact.model.dataset import Dataset
from reluexact.model.network import Network
from reluexact.model.problem import Problem
from reluexact.terminal.text import proved
from reluexact.trained.claim import Trained


def html(claim: object) -> str:
    """Return what notebooks show of data, networks and claims: names with their values, and tables.

    The text is safe to show: names of columns are escaped, and MathJax does not look into it.

    >>> html(Network([[1]], ["1/2"]))[:60]
    '<div class="tex2jax_ignore mathjax_ignore"><table><tr><th st'
    """
    kind = kind_of(claim)
    notebook = None if kind is None else kind.part("notebook")
    page: Page = page_by_class(claim, _PAGES) if notebook is None else notebook.page(claim)
    pairs, tables = page
    parts = [_pairs(pairs)] if pairs else []
    return f'<div class="tex2jax_ignore mathjax_ignore">{"".join([*parts, *map(_table, tables)])}</div>'


def _pairs(pairs: Sequence[tuple[str, str]]) -> str:
    lines = (f'<tr><th style="text-align:left">{escape(name)}</th><td>{escape(value)}</td></tr>' for name, value in pairs)
    style = ' style="text-align:left"'
    return f"<table>{''.join(lines)}</table>".replace("<td>", f"<td{style}>")


def _table(table: Table) -> str:
    headings, rows = table
    head = "".join(f"<th>{escape(heading)}</th>" for heading in headings)
    body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _bound(proof: BoundProof | ProblemBound) -> Page:
    """Return the bounds, and the network whose objective is the upper one."""
    network = BiasedNetwork.of(proof.network) if isinstance(proof.network, Network) else proof.network
    _, tables = biased_network_page(network)
    return bound_pairs(proof, proof.gap, ""), tables


def _neuron(neuron: Neuron) -> Page:
    pairs = [
        ("sign", "+" if neuron.sign > 0 else "-"),
        ("direction", ", ".join(proved(entry, PLACES) for entry in neuron.direction)),
        ("gates", "".join("-0+"[gate + 1] for gate in neuron.gate)),
    ]
    return [*pairs, *([] if neuron.amount is None else [("amount", proved(neuron.amount, PLACES))])], []


def _patterns(found: ActivationPatterns) -> Page:
    return [("patterns", repr(found)), ("in general position", str(found.general_position_count))], []


def _trained(found: Trained) -> Page:
    """Return the problem, what its trainer said, and the network."""
    pairs, _ = problem_page(found.problem)
    said = [("trainer", found.trainer), ("constant", number(found.constant)), *(("remark", text) for text in found.remarks)]
    linear, tables = biased_network_page(found.network)
    return [*pairs, *said, *linear], tables


_PAGES: Pages = {
    Dataset: dataset_page,
    Problem: problem_page,
    Network: network_page,
    BiasedNetwork: biased_network_page,
    BoundProof: _bound,
    ProblemBound: _bound,
    Trained: _trained,
    Neuron: _neuron,
    ActivationPatterns: _patterns,
}
