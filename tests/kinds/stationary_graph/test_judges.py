"""The graph of stationary points against brute force: every sub-sampled program solved by another solver, from its definition."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from graph_judges import (
    assert_every_program_has_its_node,
    assert_sound,
    network_in_floats,
    objective,
    programs_of,
    values_rise,
    weights_of,
)
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from strategies import datasets, penalties

import reluexact as rx
from reluexact.evidence.column import Above
from reluexact.evidence.status import Status

F = Fraction
PROVED, REFUTED = Status.PROVED, Status.REFUTED


def graph_of(X, y, penalty, **options):
    return rx.stationary_graph(rx.Dataset(X=X, y=y), penalty, **options)


LINE = [
    ([[1], [2]], [1, 2], 1),
    ([[1], [2]], [1, 2], 5),
    ([[1], [2]], [1, 2], 7),
    ([[1], [-1], [2]], [2, 2, 2], "1/2"),
    ([[1], [-2]], [1, 2], 1),
    ([[1], [-1], [2]], [1, 2, -1], "1/3"),
    ([[0], [3], [3]], [1, -1, 2], "1/2"),
    ([[0], [0]], [1, 2], 1),
]
"""One feature; pairs, penalties at a breakpoint of a cell, at and above the greatest, zero rows, no hyperplane at all."""

PLANE = [
    ([[0, 1], [1, -1]], [2, 2], 1),
    ([[2, 0, 0, 0], [-1, 1, 1, 1]], [1, 1], "1/10"),
    ([[1, 2], [-2, -4], [0, 0]], [1, 2, 3], "1/2"),
]
"""At most 8 columns: the counterexample with a concave kink, the toy of dimension 1, parallel and zero rows."""

SLOW = [
    ([[1, 0], [0, 1]], [1, 1], "1/2"),
    ([[1, 0], [0, 1]], [1, -1], "1/2"),
    ([[1, 0], [0, 1]], [1, 1], 1),
    ([[1, 1], [2, -1]], [-3, 1], "2/3"),
    ([[1, 0], [0, 1], [1, 1]], [1, -2, 3], "1/10"),
    ([[1, 1], [1, 2], [1, 4]], [3, -1, 2], "1/2"),
    ([[1, 0], [0, 1], [1, 1]], [1, 1, 1], "1/2"),
]
"""Up to 12 columns: 4,096 programs."""


@pytest.mark.parametrize(("X", "y", "penalty"), LINE + PLANE)
def test_every_program_has_its_optimum_among_the_nodes(X, y, penalty):
    graph = graph_of(X, y, penalty)
    assert graph.status is PROVED
    assert graph.complete
    assert_sound(graph)
    assert_every_program_has_its_node(graph)


@pytest.mark.slow
@pytest.mark.parametrize(("X", "y", "penalty"), SLOW)
def test_every_program_of_larger_data_has_its_optimum_among_the_nodes(X, y, penalty):
    graph = graph_of(X, y, penalty)
    assert graph.complete
    assert_sound(graph)
    assert_every_program_has_its_node(graph)


COINCIDENCES = [
    ([[0, -2], [-3, 3], [0, -2], [1, 1]], [2, 1, 0, 3], "12/5", 24),
    ([[3, 0], [-2, -3], [-2, 3]], [-1, -2, -3], "87/40", 20),
    pytest.param([[0, -3], [2, -3], [-1, -1], [-3, 2]], [-1, 3, -1, 0], "17/20", 36, marks=pytest.mark.slow),
]
"""Some program's optimum has a neuron whose opposite is tight because of the other neurons: no pair, but a tie."""


@pytest.mark.parametrize(("X", "y", "penalty", "count"), COINCIDENCES)
def test_opposite_neurons_that_are_no_pair(X, y, penalty, count):
    graph = graph_of(X, y, penalty)
    assert (graph.status, len(graph.nodes), graph.complete) == (PROVED, count, True)
    assert_sound(graph)
    odd = [
        node.smallest()
        for node in graph.nodes
        for neuron, role in zip(node.neurons, node.evidence.roles, strict=True)
        if role == "tie" and neuron.pattern.translate(str.maketrans("+-", "-+")) in {n.pattern for n in node.neurons}
    ]
    assert odd
    assert_every_program_has_its_node(graph, [next(masks) for masks in odd])


def test_the_judge_finds_a_wrong_node():
    graph = graph_of([[1], [2]], [1, 2], 1)
    with pytest.raises(AssertionError):
        assert_every_program_has_its_node(graph_of([[1], [2]], [1, 2], 1, limit=1))
    judge = programs_of(graph)
    assert judge.agree(2, graph.nodes[1].value, graph.nodes[1].residual)
    assert not judge.agree(2, graph.nodes[0].value, graph.nodes[0].residual)
    assert not judge.agree(1, graph.nodes[1].value, graph.nodes[1].residual)


SMALL = st.one_of(
    datasets(rows=(1, 4), columns=(1, 1)), datasets(rows=(1, 3), columns=(2, 2)), datasets(rows=(1, 2), columns=(3, 3))
)


def penalty_of(data, kind, value):
    """Return a penalty: any, the greatest useful one exactly, or one above it."""
    most = rx.max_penalty(data)
    if kind == "any" or not most.high > 0:
        return value
    return most.low if kind == "greatest" and most.is_rational else most.high + value


KINDS = st.sampled_from(["any", "any", "any", "greatest", "above"])


@settings(max_examples=30)
@given(SMALL, penalties, KINDS, st.integers(0, 2**12))
def test_small_data_full_of_coincidences(data, value, kind, seed):
    penalty = penalty_of(data, kind, value)
    graph = rx.stationary_graph(data, penalty, limit=300)
    assert_sound(graph)
    assume(graph.status is PROVED)
    assert graph.complete
    best = rx.solve(data, penalty)
    assert graph.best.global_minimum is PROVED
    assert best.value.low <= graph.best.value.high
    assert graph.best.value.low <= best.value.high
    assert [node for node in graph.nodes if node.global_minimum is PROVED] == [graph.best]
    if kind != "any" and rx.max_penalty(data).high > 0:
        assert (len(graph.nodes), graph.best.width) == (1, 0)
    chosen = np.random.default_rng(seed).integers(0, graph.programs, size=4)
    assert_every_program_has_its_node(graph, [0, graph.programs - 1, *map(int, chosen)])


@pytest.mark.slow
@settings(max_examples=60)
@given(datasets(rows=(1, 4), columns=(1, 2)), penalties, st.integers(0, 2**16))
def test_more_small_data(data, penalty, seed):
    graph = rx.stationary_graph(data, penalty, limit=300)
    assert_sound(graph)
    assert graph.complete is (graph.status is PROVED)
    chosen = np.random.default_rng(seed).integers(0, graph.programs, size=30)
    answered = [mask for mask in map(int, chosen) if graph.node_of(mask) is not None]
    assert_every_program_has_its_node(graph, answered)


CASES = [case for case in LINE + PLANE + SLOW[:5] if any(any(row) for row in case[0])]


@pytest.mark.parametrize(("X", "y", "penalty"), CASES)
def test_local_minima_stay_lowest_and_others_do_not(X, y, penalty):
    """Every neuron moves a little, by random vectors: no objective near a local minimum is lower; near others a known one is."""
    graph, judge = graph_of(X, y, penalty), np.random.default_rng(7)
    data = np.array([[float(F(x)) for x in row] for row in X]), np.array([float(F(t)) for t in y]), float(F(penalty))
    for node in graph.nodes:
        for network in node.networks:
            entries = network_in_floats(node, network)
            signs, vectors = [sign for sign, _, _ in entries], [amount * u for _, u, amount in entries]
            hidden, output = weights_of(vectors, signs, data[0].shape[1])
            base = objective(*data, hidden, output)
            assert abs(base - float(node.value)) < 1e-9 * (1 + abs(base))
            if network.local_minimum is PROVED:
                for step in (1e-4, 1e-5) * 60:
                    moved = hidden + step * judge.normal(size=hidden.shape), output + step * judge.normal(size=output.shape)
                    assert objective(*data, *moved) > base - 1e-12 * (1 + abs(base))
            else:
                assert network.local_minimum is REFUTED
                assert lowest_by_a_violated_column(graph, node, network, data, vectors, signs) < base - 1e-9


def lowest_by_a_violated_column(graph, node, network, data, vectors, signs):
    """Add a little of the direction of a violated column to a neuron in its closed cell; return the lowest objective."""
    values = []
    for place, k in enumerate(network.support):
        neuron = node.neurons[k]
        for c in node.violated:
            column, verdict = graph.columns[c], node.verdicts[c]
            assert isinstance(verdict, Above)
            sides = zip(neuron.pattern, column.pattern, strict=True)
            if neuron.sign != column.sign or not all(a in ("0", b) for a, b in sides):
                continue
            way = np.array([float(entry) for entry in verdict.direction])
            for power in range(4, 16):
                trial = list(vectors)
                trial[place] = vectors[place] + 2.0**-power * np.linalg.norm(vectors[place]) * way / np.linalg.norm(way)
                values.append(objective(*data, *weights_of(trial, signs, data[0].shape[1])))
    return min(values)


RATIONAL = [
    ([[1, 0], [0, 1]], [5, 10], 1),
    ([[1, 0], [0, 1]], [5, -10], 1),
    ([[1], [-1]], [5, 10], 1),
    ([[1], [-1]], [5, -10], 1),
    ([[1], [2]], [1, 2], "25/9"),
    ([[0, 1], [1, -1]], [2, 2], 1),
]
"""Data of which many networks are rational: directions along the axes, amounts that are squares."""


def root(value):
    """Return the root of a rational number, None when it is none."""
    top, bottom = (round(part**0.5) for part in (value.numerator, value.denominator))
    return F(top, bottom) if F(top, bottom) ** 2 == value else None


def rational_network(node, network):
    reals = [entry for k in network.support for entry in (*node.neurons[k].direction, network.amounts[k])]
    if not network.support or not all(real.is_rational for real in reals):
        return None
    roots = [root(network.amounts[k].low) for k in network.support]
    if None in roots:
        return None
    hidden = [[size * e.low for e in node.neurons[k].direction] for size, k in zip(roots, network.support, strict=True)]
    return rx.Network(hidden, [size * node.neurons[k].sign for size, k in zip(roots, network.support, strict=True)])


@pytest.mark.parametrize(("X", "y", "penalty"), RATIONAL)
def test_rational_networks_are_what_classify_says(X, y, penalty):
    data, seen = rx.Dataset(X=X, y=y), 0
    for node in rx.stationary_graph(data, penalty).nodes:
        for network in node.networks:
            exact = rational_network(node, network)
            if exact is None:
                continue
            seen += 1
            known = rx.classify(exact, data, penalty)
            assert known.objective == node.value.low == node.value.high
            assert known.sub_sampled.status is PROVED
            assert known.clarke.status is network.stationary
            assert known.local_minimum.status is network.local_minimum
            assert known.global_minimum.status is node.global_minimum
    assert seen


def test_values_by_width_are_the_best_of_few_neurons():
    """The optimum for two neurons (5, 10 on the axes) beats what one does; a third is of no use."""
    graph = graph_of([[1, 0], [0, 1]], [5, -10], 1)
    widths = graph.values_by_width()
    assert [width for width, _ in widths] == [0, 1, 2]
    assert [value.low for _, value in widths] == [F(125, 2), F(22), F(14)]
    assert graph.nodes[-1].kind == "global minimum"


def test_the_order_holds_at_every_scale():
    small = F(1, 10**15)
    graph = graph_of([[1], [2]], [small, 2 * small], small)
    assert [node.value for node in graph.nodes] == [F(5, 2) * small**2, F(9, 10) * small**2]
    assert graph.best.kind == "global minimum"
    large = 10**15
    assert graph_of([[1], [2]], [large, 2 * large], large).best.value == F(9, 10) * large**2


def test_equal_values_share_a_level():
    graph = graph_of([[1, 0], [0, 1]], [1, -1], "1/2")
    assert [[node.index for node in level] for level in graph.levels] == [[0], [1, 2], [3]]
    assert not values_rise(graph.nodes[2].value, graph.nodes[1].value)
