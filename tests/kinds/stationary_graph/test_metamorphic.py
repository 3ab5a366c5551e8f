"""Graphs of stationary points of data that are images of each other, and of some columns or other starts only."""

from __future__ import annotations

from fractions import Fraction

import pytest
from graph_judges import assert_every_program_has_its_node, assert_sound
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from strategies import datasets, penalties

import reluexact as rx
from reluexact.evidence.status import Status

F = Fraction
PROVED, REFUTED, UNDECIDED = Status.PROVED, Status.REFUTED, Status.UNDECIDED
X, Y, B = ((1, 0), (0, 1), (1, 1)), (1, 2, -1), F(1, 2)


def graph_of(X, y, penalty, **options):
    return rx.stationary_graph(rx.Dataset(X=X, y=y), penalty, **options)


def levels(graph, scale=1):
    """Return what a graph is up to names: for every level its value, and what its nodes are."""
    table = []
    for level in graph.levels:
        nodes = sorted(
            (n.covers, n.width, n.dimension, len(n.violated), len(n.neurons), len(n.networks), n.kind, str(n.stationary))
            for n in level
        )
        table.append((level[0].value.low / scale, level[-1].value.high / scale, nodes))
    return table


def assert_same(first, second, scale=1):
    """Demand the same levels, nodes and number of steps; values of the second are ``scale`` times those of the first."""
    left, right = levels(first), levels(second, scale)
    assert [nodes for *_, nodes in left] == [nodes for *_, nodes in right]
    assert len(first.edges) == len(second.edges)
    assert (first.covered, first.complete) == (second.covered, second.complete)
    for (low, high, _), (other_low, other_high, _) in zip(left, right, strict=True):
        assert low <= other_high
        assert other_low <= high


def images(X, y, b):
    """Yield (name, X, y, penalty, factor of the values)."""
    d = len(X[0])
    yield "rows turned round", X[::-1], y[::-1], b, 1
    yield "columns turned round", [row[::-1] for row in X], y, b, 1
    yield "rows and penalty scaled", [[F(3, 2) * x for x in row] for row in X], y, F(3, 2) * b, 1
    yield "targets and penalty scaled", X, [F(2, 3) * t for t in y], F(2, 3) * b, F(4, 9)
    yield "targets negated", X, [-t for t in y], b, 1
    yield "one column negated", [[-row[0], *row[1:]] for row in X], y, b, 1
    if d > 1:
        turned = [[(3 * r[0] + 4 * r[1]) * F(1, 5), (4 * r[0] - 3 * r[1]) * F(1, 5), *r[2:]] for r in X]
        yield "turned by a rational rotation", turned, y, b, 1
    yield "a column of zeros", [[*row, 0] for row in X], y, b, 1


@pytest.mark.parametrize("name", [name for name, *_ in images(X, Y, B)])
def test_images_of_data_have_the_same_graph(name):
    ((_, *data, factor),) = [image for image in images(X, Y, B) if image[0] == name]
    assert_same(graph_of(X, Y, B), graph_of(*data), factor)


@settings(max_examples=15)
@given(st.one_of(datasets(rows=(1, 4), columns=(1, 1)), datasets(rows=(1, 2), columns=(2, 3))), penalties, st.data())
def test_images_of_small_data_have_the_same_graph(data, penalty, draw):
    first = rx.stationary_graph(data, penalty, limit=200)
    options = list(images([list(row) for row in data.X], list(data.y), penalty))
    _, *image, factor = draw.draw(st.sampled_from(options))
    second = graph_of(*image, limit=200)
    assume(first.status is PROVED)
    assume(second.status is PROVED)
    assert_same(first, second, factor)


def patterns(graph):
    return [(column.sign, column.pattern) for column in graph.columns]


def test_some_columns_are_the_sub_graph_of_all():
    """The optimum of a set is the same node, whatever other columns there are."""
    whole = graph_of(X, Y, B)
    chosen = [0, 2, 3, 7, 9]
    part = graph_of(X, Y, B, columns=[patterns(whole)[k] for k in chosen])
    assert patterns(part) == [patterns(whole)[k] for k in chosen]
    assert (part.every, part.complete, part.programs) == (False, True, 32)
    assert_sound(part)
    assert_every_program_has_its_node(part)
    for mask in range(part.programs):
        wide = sum(1 << chosen[k] for k in range(5) if mask >> k & 1)
        first, second = part.node_of(mask), whole.node_of(wide)
        assert first.value.low <= second.value.high
        assert second.value.low <= first.value.high
        assert first.neurons == second.neurons or not first.width


def test_what_is_said_without_all_columns_is_proved():
    """Among the columns of the greatest node of some, nothing is violated, but the data has more."""
    whole = graph_of(X, Y, B)
    part = graph_of(X, Y, B, columns=[pair for pair in patterns(whole) if pair[0] < 0])
    for node in part.nodes:
        twin = next(one for one in whole.nodes if one.value.low <= node.value.high and node.value.low <= one.value.high)
        for name in ("global_minimum", "local_minimum", "stationary", "strict_saddle"):
            said, true = getattr(node, name), getattr(twin, name)
            assert said in (true, UNDECIDED), (name, node, said, true)
    assert part.best.global_minimum is REFUTED or part.best.global_minimum is UNDECIDED
    assert part.best.strict_saddle is not REFUTED or part.best.stationary is REFUTED


def test_columns_of_a_network_are_those_round_its_neurons():
    network = rx.Network([[1, 0], [1, 2], [0, 0]], [1, -3, 5])
    part = graph_of(X, Y, B, columns=network)
    whole = graph_of(X, Y, B)
    inside = [(sign, pattern) for sign, pattern in patterns(whole) if pattern == "+++" or (sign, pattern) == (1, "+-+")]
    assert patterns(part) == inside
    assert patterns(graph_of(X, Y, B, columns=(network.hidden, network.output))) == inside
    assert part.complete


def test_walks_from_a_start_reach_a_part_of_the_graph():
    whole, network = graph_of(X, Y, B), rx.Network([[-1, 2]], [3])
    walk = graph_of(X, Y, B, start=network)
    assert_sound(walk)
    assert not walk.complete
    (first,) = walk.starts
    assert walk.nodes[first].value == whole.node_of([patterns(whole).index((1, "-++"))]).value
    known = {(node.above, node.column_supports.classes): node for node in whole.nodes}
    assert all((node.above, node.column_supports.classes) in known for node in walk.nodes)
    assert walk.best.value == whole.best.value
    both = graph_of(X, Y, B, start=[network, rx.Network([[1, 2]], [3])])
    assert len(both.starts) == 2
    assert len(both.nodes) >= len(walk.nodes)


def test_the_steepest_walk_is_a_path_down_to_the_global_minimum():
    whole = graph_of(X, Y, B)
    walk = graph_of(X, Y, B, steepest=True)
    assert_sound(walk)
    assert [(edge.source, edge.target) for edge in walk.edges] == [(k, k + 1) for k in range(len(walk.nodes) - 1)]
    assert walk.starts == (0,)
    assert walk.best.global_minimum is PROVED
    assert walk.best.value == whole.best.value
    for edge in walk.edges:
        source, reach = walk.nodes[edge.source], {}
        theta = [float(r) for r in source.residual]
        for k in source.violated:
            reach[k] = greatest(whole.columns[k], theta)
        assert reach[edge.column] == pytest.approx(max(reach.values()))


def greatest(column, theta):
    """Return the greatest value of s theta.(Xu)+ over unit vectors of a cell of the plane, on a fine grid."""
    from math import cos, pi, sin

    best = 0.0
    for step in range(7200):
        u = cos(pi * step / 3600), sin(pi * step / 3600)
        heights = [x * u[0] + z * u[1] for x, z in X]
        if all((h >= -1e-9) if side == "+" else (h <= 1e-9) for h, side in zip(heights, column.pattern, strict=True)):
            best = max(best, column.sign * sum(t * max(h, 0) for t, h in zip(theta, heights, strict=True)))
    return best


def test_the_limit_leaves_what_is_proved():
    whole, part = graph_of(X, Y, B), graph_of(X, Y, B, limit=3)
    assert (part.status, len(part.nodes)) == (UNDECIDED, 3)
    assert part.reason == "there are more than limit=3 nodes"
    assert part.starts == (0,)
    assert_sound(part)
    known = {(node.above, node.column_supports.classes) for node in whole.nodes}
    assert {(node.above, node.column_supports.classes) for node in part.nodes} <= known
    assert graph_of(X, Y, B, limit=len(whole.nodes)).status is PROVED


def test_a_program_without_proof_leaves_what_is_proved(monkeypatch):
    from reluexact.kinds.stationary_graph import frontier as build
    from reluexact.prove.neurons import Unproved

    whole, proved = graph_of(X, Y, B), build.sampled_optimum
    place = whole.best.networks[0].support[0]
    unlucky = whole.best.column_supports.classes[place]  # the columns of one neuron of the best network

    def fails_with_it(every, mask, **options):
        if mask & unlucky:
            raise Unproved("not this one")
        return proved(every, mask, **options)

    monkeypatch.setattr(build, "sampled_optimum", fails_with_it)
    graph = graph_of(X, Y, B)
    assert (graph.status, graph.starts, graph.complete) == (UNDECIDED, (0,), False)
    assert graph.reason.endswith("no proof: not this one")
    assert_sound(graph)
    # the walk goes on: the optima of all programs without these columns are there
    without = [mask for mask in range(graph.programs) if not mask & unlucky]
    assert all(graph.node_of(mask).value == whole.node_of(mask).value for mask in without)


def test_a_program_that_another_node_answers_needs_no_proof_of_its_own(monkeypatch):
    from reluexact.kinds.stationary_graph import frontier as build
    from reluexact.prove.neurons import Unproved

    proved, calls = build.sampled_optimum, []

    def third_fails(every, mask, **options):
        calls.append(mask)
        if len(calls) == 3:
            raise Unproved("not this one")
        return proved(every, mask, **options)

    monkeypatch.setattr(build, "sampled_optimum", third_fails)
    graph = graph_of(X, Y, B)
    assert (graph.status, graph.complete) == (PROVED, True)
    assert graph.nodes == graph_of(X, Y, B).nodes


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"columns": []}, "columns: none is given"),
        ({"columns": "++"}, "columns: '\\+\\+' does not name columns"),
        ({"columns": [(1, "+-")]}, r"columns\[0\]: a column is a sign"),
        ({"columns": [(1, "+++"), (2, "+++")]}, r"columns\[1\]: a column is a sign"),
        ({"columns": [(1, "++-")]}, r"columns\[0\]: no cell of the data has this pattern"),
        ({"start": [(1, "++-")]}, r"start\[0\]: no cell of the data has this pattern"),
        ({"columns": [(1, "+++")], "start": [(1, "---")]}, "start: names a cell that is not among the columns given"),
        ({"columns": [(1, "+0+")]}, r"columns\[0\]: a pattern has \+ or - for every row"),
        ({"columns": [(1, "+*+")]}, r"columns\[0\]: '\+\*\+' is no pattern"),
        ({"columns": [(1, 7)]}, r"columns\[0\]: 7 is no pattern"),
        ({"columns": [7, 8, 9]}, r"columns\[0\]: 7 is no pair"),
        ({"columns": rx.Network([[1]], [1])}, "reads 1 column but the data has 2"),
        ({"columns": rx.Network([[0, 0]], [1])}, "columns: none is given"),
        ({"start": 5}, "start: 5 does not name columns"),
        ({"start": [(1, "+-+"), "x"]}, r"start\[1\]: 'x' is no pair"),
        ({"limit": 0}, "limit: 0 is not an integer from 1 on"),
        ({"digits": "many"}, "digits: 'many' is not an integer"),
    ],
)
def test_bad_arguments(options, words):
    with pytest.raises(rx.InputError, match=words):
        graph_of(X, Y, B, **options)


@pytest.mark.parametrize("columns", [-1, 4096, [12], [-1], ["a"], [True], 2.5, None])
def test_node_of_refuses_other_columns(columns):
    with pytest.raises(rx.InputError, match="there are 12 columns, numbered from 0"):
        graph_of(X, Y, B).node_of(columns)


def test_too_many_cells(monkeypatch):
    from reluexact.kinds.stationary_graph import find as build

    whole = graph_of(X, Y, B)
    monkeypatch.setattr(build, "CELLS", 5)
    found = graph_of(X, Y, B)
    assert found.status.name == "UNDECIDED"
    assert "more than 5 activation patterns" in found.reason
    assert found.best.value == whole.best.value
