"""Truth tables of logic gates, the first data that people try: their programs have ties that no linear equation shows."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from graph_judges import assert_every_program_has_its_node, assert_sound

import reluexact as rx
from reluexact.evidence.status import Status

GATES = {
    "and": (0, 0, 0, 1),
    "or": (0, 1, 1, 1),
    "xor": (0, 1, 1, 0),
    "nand": (1, 1, 1, 0),
    "nor": (1, 0, 0, 0),
    "xnor": (1, 0, 0, 1),
}
PENALTIES = ("1", "1/2", "1/4", "1/10", "1/20")

CORNERS = [(18, 54)] * 5
SHIFTED = [(28, 236), (98, 973), (105, 1185), (107, 1233), (107, 1233)]
PARITY = [(16, 128), (48, 548), (68, 888), (68, 888), (68, 888)]
SIZES = {
    ("and", "01"): [(2, 1), (5, 8), (7, 16), (11, 30), (11, 30)],
    ("and", "01 bias"): [(3, 3), (12, 44), (25, 132), (46, 369), (46, 390)],
    ("or", "01"): [(5, 8), (10, 27), (13, 35), (13, 35), (13, 35)],
    ("or", "01 bias"): [(11, 37), (52, 384), (71, 528), (94, 888), (95, 894)],
    ("xor", "01"): [(2, 1), (13, 35), (13, 35), (15, 43), (15, 43)],
    ("xor", "01 bias"): [(6, 13), (76, 488), (69, 500), (104, 1031), (104, 1031)],
    ("nand", "01"): [(2, 1), (13, 35), (13, 35), (15, 43), (15, 43)],
    ("nand", "01 bias"): [(19, 72), (62, 428), (96, 684), (121, 1032), (122, 1048)],
    ("nor", "01"): [(1, 0)] * 5,
    ("nor", "01 bias"): [(1, 0), (12, 44), (25, 121), (46, 369), (48, 402)],
    ("xnor", "01"): [(2, 1), (5, 8), (7, 16), (11, 30), (11, 30)],
    ("xnor", "01 bias"): [(6, 13), (53, 310), (66, 569), (79, 799), (79, 799)],
    ("xor", "pm"): [(16, 64)] * 5,
    ("xnor", "pm"): [(16, 64)] * 5,
    ("xor", "pm bias"): PARITY,
    ("xnor", "pm bias"): PARITY,
    **{(gate, "pm"): CORNERS for gate in ("and", "or", "nand", "nor")},
    **{(gate, "pm bias"): SHIFTED for gate in ("and", "or", "nand", "nor")},
}
"""Nodes and steps at the five penalties. On -1/+1 inputs four gates are images of each other, and so are the other two."""

CASES = [(gate, form, penalty) for (gate, form), _ in SIZES.items() for penalty in PENALTIES]


def quick(form, penalty):
    """Say whether a graph takes a fraction of a second."""
    return "bias" not in form and penalty in ("1/4", "1/20")


def table(gate, form):
    """Return a truth table: inputs 0 and 1, or -1 and +1 with targets to match; with a column of ones for a bias."""
    low, ones = (-1 if "pm" in form else 0), [1] if "bias" in form else []
    inputs = [[*pair, *ones] for pair in product((low, 1), repeat=2)]
    return rx.Dataset(X=inputs, y=[1 if on else low for on in GATES[gate]])


def assert_best(graph, data, penalty):
    """Demand that the lowest node is the optimum over networks of every width."""
    best = rx.solve(data, penalty)
    assert best.status is Status.PROVED
    assert graph.best.global_minimum is Status.PROVED
    assert best.value.low <= graph.best.value.high
    assert graph.best.value.low <= best.value.high


@pytest.mark.parametrize(
    ("gate", "form", "penalty"),
    [pytest.param(*case, marks=() if quick(*case[1:]) else pytest.mark.slow) for case in CASES],
)
def test_every_gate_has_a_complete_graph(gate, form, penalty):
    data = table(gate, form)
    graph = rx.stationary_graph(data, penalty)
    assert (graph.status, graph.complete) == (Status.PROVED, True)
    assert (len(graph.nodes), len(graph.edges)) == SIZES[gate, form][PENALTIES.index(penalty)]
    assert_best(graph, data, penalty)


def test_programs_with_ties_have_the_value_that_another_solver_finds(tmp_path):
    data = table("xor", "01 bias")
    graph = rx.stationary_graph(data, "1/4")
    assert (graph.status, graph.complete, len(graph.nodes)) == (Status.PROVED, True, 69)
    assert_sound(graph)
    tied = [node for node in graph.nodes if node.dimension and "tie" in node.evidence.roles]
    assert tied
    for node in tied:
        assert {network.width for network in node.networks} == {3}
    chosen = np.random.default_rng(3).integers(0, graph.programs, size=20)
    assert_every_program_has_its_node(graph, [*map(int, chosen), *(mask for node in tied for mask in node.smallest())])
    graph.save(tmp_path / "graph.json")
    assert rx.load(tmp_path / "graph.json") == graph


FOUR = [(1, "--++"), (1, "-+-+"), (1, "+-+-"), (1, "++--")]


@pytest.mark.parametrize("penalty", PENALTIES[1:])
def test_four_columns_of_exclusive_or(penalty):
    """Three of the columns carry the optimum of all four, in two ways."""
    graph = rx.stationary_graph(table("xor", "01 bias"), penalty, columns=FOUR)
    assert (graph.status, graph.complete, graph.covered) == (Status.PROVED, True, 16)
    assert_sound(graph)
    assert_every_program_has_its_node(graph)


def test_a_tie_is_judged_at_every_order_of_rows_and_columns():
    inputs, targets = [[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]], [0, 1, 1, 0]
    first = rx.stationary_graph(rx.Dataset(X=inputs, y=targets), "1/10", columns=FOUR)
    for rows, columns in (((3, 1, 0, 2), (2, 0, 1)), ((2, 1, 3, 0), (1, 2, 0))):
        data = rx.Dataset(X=[[inputs[i][j] for j in columns] for i in rows], y=[targets[i] for i in rows])
        named = [(sign, "".join(pattern[i] for i in rows)) for sign, pattern in FOUR]
        graph = rx.stationary_graph(data, "1/10", columns=named)
        assert (graph.status, len(graph.edges)) == (Status.PROVED, len(first.edges))
        assert [node.covers for node in graph.nodes if node.dimension] == [3]
        assert sorted(node.covers for node in graph.nodes) == sorted(node.covers for node in first.nodes)
        for mine, other in zip(graph.nodes, first.nodes, strict=True):
            assert max(mine.value.low, other.value.low) <= min(mine.value.high, other.value.high)


def swapped(seed):
    """Return small data that the exchange of two columns maps onto itself, and a penalty."""
    rng = np.random.default_rng(seed)
    rows = [[int(a), int(b), 1] for a, b in rng.integers(-1, 3, size=(2, 2))]
    diagonal = [[int(a), int(a), 1] for a in rng.integers(-1, 3, size=1)]
    targets = [int(t) for t in rng.integers(-2, 3, size=3)]
    X = [*rows, *([b, a, c] for a, b, c in rows), *diagonal]
    y = [*targets[:2], *targets[:2], targets[2]]
    return rx.Dataset(X=X, y=y), ("1/4", "1/10", "2/7")[seed % 3]


TIED = (35,)
"""Equations of symmetry that only short forms show."""


@pytest.mark.parametrize("seed", [*TIED, *(pytest.param(seed, marks=() if seed < 2 else pytest.mark.slow) for seed in range(8))])
def test_data_that_a_symmetry_maps_onto_itself(seed):
    """Some columns, in orbits of the symmetry: every program against another solver, those with ties too."""
    data, penalty = swapped(seed)
    rng = np.random.default_rng(seed)
    names = sorted("".join("+" if on else "-" for on in pattern) for pattern in rx.activation_patterns(data.X).patterns)
    picked = [names[k] for k in rng.permutation(len(names))[:3]]
    images = [pattern[2] + pattern[3] + pattern[0] + pattern[1] + pattern[4:] for pattern in picked]
    chosen = [(int(rng.choice([1, -1])), pattern) for pattern in picked]
    columns = list(dict.fromkeys([*chosen, *((sign, image) for (sign, _), image in zip(chosen, images, strict=True))]))
    graph = rx.stationary_graph(data, penalty, columns=columns)
    assert (graph.status, graph.complete) == (Status.PROVED, True)
    assert_sound(graph)
    assert_every_program_has_its_node(graph)
