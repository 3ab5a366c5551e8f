"""Steepest walks without a list of all cells: the same walks as with it, and walks where there are too many cells to list."""

from __future__ import annotations

import json
import random
from fractions import Fraction

import pytest

import reluexact as rx
from reluexact import checker
from reluexact.geometry.arrangement import patterns_at_most
from reluexact.kinds.files import to_document
from reluexact.kinds.stationary_graph import find as build
from reluexact.kinds.stationary_graph.pricing import steepest_columns
from reluexact.model.program import make_program


def integers(n, d, most, seed):
    source = random.Random(seed)
    X = [[source.randint(-most, most) for _ in range(d)] for _ in range(n)]
    return rx.Dataset(X, [source.randint(-most, most) for _ in range(n)])


def text_of(graph):
    """Return what a walk is, whatever columns the graph has."""
    names = [(column.sign, column.pattern) for column in graph.columns]
    nodes = [
        {
            "value": node.value.decimal(18),
            "kind": node.kind,
            "dimension": node.dimension,
            "neurons": [(neuron.sign, neuron.pattern) for neuron in node.neurons],
            "networks": [
                (one.support, [amount.decimal(12) for amount in one.amounts], one.local_minimum.name, one.stationary.name)
                for one in node.networks
            ],
        }
        for node in graph.nodes
    ]
    steps = [(edge.source, edge.target, names[edge.column]) for edge in graph.edges]
    return json.dumps([graph.status.name, nodes, steps, graph.starts]).encode()


def both(monkeypatch, data, penalty, **options):
    listed = rx.stationary_graph(data, penalty, steepest=True, **options)
    monkeypatch.setattr(build, "CELLS", 1)
    return listed, rx.stationary_graph(data, penalty, steepest=True, **options)


CASES = [(5, 2, 9, 1), (8, 2, 9, 8), (5, 3, 2, 35), (4, 3, 9, 11), (6, 2, 1, 13), (6, 2, 2, 7)]


@pytest.mark.parametrize("case", CASES[:1], ids=str)
def test_the_walk_without_the_list_has_the_same_bytes(case, monkeypatch):
    listed, unlisted = both(monkeypatch, integers(*case), "1/2")
    assert text_of(listed) == text_of(unlisted)
    assert listed.every
    assert not unlisted.every
    assert len(unlisted.columns) < len(listed.columns)


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES, ids=str)
@pytest.mark.parametrize("penalty", ["1/10", "1"])
def test_more_walks_without_the_list_have_the_same_bytes(case, penalty, monkeypatch):
    listed, unlisted = both(monkeypatch, integers(*case), penalty)
    assert text_of(listed) == text_of(unlisted)


def test_walks_from_a_network_without_the_list(monkeypatch):
    start = rx.Network([[1, 0], [0, 1]], [1, -1])
    listed, unlisted = both(monkeypatch, integers(4, 2, 9, 3), "1/2", start=start)
    assert text_of(listed) == text_of(unlisted)


def test_what_the_walk_met_has_a_certificate(monkeypatch):
    _, unlisted = both(monkeypatch, integers(5, 2, 9, 1), "1/2")
    assert checker.check_document(json.dumps(to_document(unlisted))).verified


def test_limit_and_state_of_a_walk_without_the_list(monkeypatch, tmp_path):
    data, place = integers(5, 2, 9, 1), tmp_path / "state"
    monkeypatch.setattr(build, "CELLS", 1)
    short = rx.stationary_graph(data, "1/2", steepest=True, limit=2, state=place)
    assert (short.status.name, len(short.nodes)) == ("UNDECIDED", 2)
    assert "more than limit=2 nodes" in short.reason
    whole = rx.stationary_graph(data, "1/2", steepest=True)
    assert text_of(rx.stationary_graph(data, "1/2", steepest=True, state=place)) == text_of(whole)


def test_the_steepest_columns_of_a_tie_are_all_there():
    program = make_program(rx.Dataset([[1, 0], [0, 1]], [1, 1]), Fraction(1))
    found = steepest_columns(program, (Fraction(1), Fraction(0)))
    assert found.proved
    assert sorted((sign, point[1] > 0) for sign, point in found.places) == [(1, False), (1, True)]


@pytest.mark.slow
def test_a_walk_among_more_cells_than_can_be_listed():
    data = integers(20, 6, 9, 1)
    assert not patterns_at_most(data, build.CELLS)
    graph = rx.stationary_graph(data, 100, steepest=True)
    assert graph.status.name == "PROVED"
    assert graph.best.kind == "global minimum"
    optimum = rx.solve(data, 100)
    assert abs(graph.best.value.low - optimum.lower) < Fraction(1, 10**15)
