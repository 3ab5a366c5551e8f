"""Row weights in every kind: a weight of 2 is a row twice, one of 4 is a row twice as long, and judges know the weights only."""

from __future__ import annotations

import random
from fractions import Fraction
from math import sqrt

import numpy as np
import pytest
from classify_judges import judged
from graph_judges import Programs
from paths import ROOT
from problem_judge import full_program
from width_judge import least

import reluexact as rx
from reluexact.kinds.classification.gap import Gap

F = Fraction
X, Y = [[0, 1], [1, 1], [2, 1], [3, 1]], [0, 2, -1, 1]
DATA = rx.Dataset(X, Y)
SLOPE = rx.Network([[1, 0], [0, 0], [0, 0], [0, 0], [0, 0]], [1, 0, 0, 0, 0])


def twice(weights):
    """Return the data in which rows of weight 2 stand twice."""
    places = [i for i, weight in enumerate(weights) for _ in range(weight)]
    return rx.Dataset([X[i] for i in places], [Y[i] for i in places])


def random_problem(seed, *, most=4):
    rng = random.Random(seed)
    n, d = rng.randint(2, most), rng.randint(1, 2)
    rows = [[rng.randint(-3, 3) for _ in range(d)] for _ in range(n)]
    rows[0][0] = rows[0][0] or 1
    data = rx.Dataset(rows, [rng.randint(-4, 4) for _ in rows], rng.random() < 0.4 and d == 1)
    weights = [F(rng.randint(1, 9), rng.choice([1, 2, 3, 10])) for _ in rows]
    return rx.Problem(data, F(rng.randint(1, 30), 10), weights=weights)


def in_floats(problem):
    """Return rows and targets times the roots of the weights: what no rational square knows of."""
    roots = [sqrt(weight) for weight in problem.weights or [1] * problem.data.n]
    rows = [[root * float(x) for x in row] for root, row in zip(roots, problem.data.X, strict=True)]
    return rows, [root * float(t) for root, t in zip(roots, problem.data.y, strict=True)]


@pytest.mark.parametrize("weights", [[2, 1, 1, 1], [1, 2, 1, 2], [2, 2, 2, 2]])
def test_a_weight_of_two_is_a_row_twice(weights):
    problem, rows = rx.Problem(DATA, "1/2", weights=weights), twice(weights)
    best, other = rx.optimal_set(problem), rx.optimal_set(rx.solve(rows, "1/2"))
    assert best.optimum.value == other.optimum.value
    assert (best.dimension, best.min_width, best.max_vertex_width) == (other.dimension, other.min_width, other.max_vertex_width)
    assert best.minimum_network().upper == rx.minimum_network(problem).upper == other.min_width
    assert rx.solve_width(problem, width=1).value == rx.solve_width(rows, "1/2", 1).value
    assert rx.width_curve(problem).fewest == other.min_width
    graph, second = rx.stationary_graph(problem), rx.stationary_graph(rows, "1/2")
    assert [(node.value, node.kind, node.covers) for node in graph.nodes] == [
        (node.value, node.kind, node.covers) for node in second.nodes
    ]
    found, again = rx.classify(SLOPE, problem), rx.classify(SLOPE, rows, "1/2")
    assert (found.summary, found.objective, found.distance) == (again.summary, again.objective, again.distance)
    way = rx.descent_path(SLOPE, problem)
    assert (way.status, way.end) == (rx.Status.PROVED, rx.descent_path(SLOPE, rows, "1/2").end)


def test_a_weight_of_four_is_a_row_twice_as_long():
    long = rx.Dataset([[2 * x for x in X[0]], *X[1:]], [2 * Y[0], *Y[1:]])
    problem = rx.Problem(DATA, "1/2", weights=[4, 1, 1, 1])
    assert rx.optimal_set(problem) == rx.optimal_set(rx.solve(long, "1/2"))
    assert rx.stationary_graph(problem) == rx.stationary_graph(long, "1/2")
    assert rx.classify(SLOPE, problem) == rx.classify(SLOPE, long, "1/2")
    assert rx.solve_width(problem, width=1) == rx.solve_width(long, "1/2", 1)


@pytest.mark.parametrize("seed", range(25))
def test_the_set_is_that_of_the_weighted_optimum(seed):
    problem = random_problem(seed, most=5)
    optimum = rx.solve(problem)
    best = rx.optimal_set(optimum)
    assert optimum.status is best.status is rx.Status.PROVED
    assert best.optimum.value.low <= optimum.value.high
    assert optimum.value.low <= best.optimum.value.high
    data = best.optimum.data
    neurons = sorted(best.neurons, key=lambda one: (one.sign, one.gate, one.direction[0].low))
    listed = sorted(optimum.neurons, key=lambda one: (one.sign, one.gate, one.direction[0].low))
    assert [(one.sign, data.per_row(one.gate)) for one in neurons] == [(one.sign, one.gate) for one in listed]
    for one, other in zip(neurons, listed, strict=True):
        assert all(a.low <= b.high and b.low <= a.high for a, b in zip(one.direction, other.direction, strict=True))
    for fit, other in zip(best.fit(), optimum.fit, strict=True):
        assert fit.low <= other.high
        assert other.low <= fit.high
    near = rx.optimal_set(problem).network()
    assert problem.objective(near) - best.optimum.value.low < F(1, 10**20)
    assert rx.minimum_network(optimum).upper == best.min_width


@pytest.mark.parametrize("seed", range(8))
def test_the_optimum_is_that_of_the_full_program(seed):
    problem = random_problem(seed)
    bias = problem.hidden_bias == "penalised"
    rows = [row[:-1] if bias else row for row in problem.data.X]
    known = full_program(rows, problem.data.y, problem.penalty, "squared", "none", problem.hidden_bias, "none", problem.weights)
    assert abs(float(rx.optimal_set(problem).optimum.value) - known) <= 1e-6 * max(1.0, known)


@pytest.mark.parametrize("seed", range(6))
def test_the_best_networks_of_a_width(seed):
    problem = random_problem(seed)
    rows, targets = in_floats(problem)
    for width in (1, 2):
        known = least(rows, targets, problem.penalty, width)
        found = rx.solve_width(problem, width=width)
        assert found.status is rx.Status.PROVED
        assert abs(float(found.value) - known) <= 1e-6 * max(1.0, known)
        assert problem.objective(found.network) == found.upper


@pytest.mark.parametrize("seed", range(40))
def test_classes_are_those_of_brute_force_over_repeated_rows(seed):
    rng = random.Random(seed)
    weights = [rng.randint(1, 3) for _ in X]
    problem, rows = rx.Problem(DATA, "1/2", weights=weights), twice(weights)
    network = rx.Network([[rng.randint(-1, 1), rng.randint(-1, 1)] for _ in range(2)], [rng.choice([-1, 1]) for _ in range(2)])
    found = rx.classify(network, problem)
    answers = (found.clarke, found.sub_sampled, found.directional)
    assert tuple(one.status is rx.Status.PROVED for one in answers) == judged(rows, network, F(1, 2))
    assert found.objective == problem.objective(network)
    optimum = rx.solve(problem)
    gap = Gap.between(rx.Real.rational(found.objective), rx.optimal_set(optimum).optimum)
    assert gap.low <= found.objective - optimum.value.high + F(1, 10**20)
    assert found.objective - optimum.value.low <= gap.high + F(1, 10**20)


def test_a_trained_network_is_a_global_minimum():
    """One feature: alpha = (sum o x y - b) / sum o x^2 = 4 / 1, so the weights are rational: w = a = 2."""
    problem = rx.Problem(rx.Dataset([[1], [-1]], [7, 0]), "3/2", weights=["1/2", 1])
    assert rx.classify(rx.Network([[2]], [2]), problem).global_minimum.status is rx.Status.PROVED
    unweighted = rx.classify(rx.Network([[2]], [2]), problem.data, "3/2")
    assert unweighted.global_minimum.status is rx.Status.REFUTED


@pytest.mark.parametrize("seed", range(6))
def test_the_network_of_a_weighted_optimum_snaps_to_a_global_minimum(seed):
    problem = random_problem(seed)
    best = rx.optimal_set(problem)
    if not best.min_width:
        return
    found = rx.snap(best.network(), problem)
    assert found.global_minimum.status is rx.Status.PROVED
    assert found.value.low <= best.optimum.value.high


@pytest.mark.parametrize("weights", [["1/2", 3], [7, "2/3"]])
def test_every_program_of_a_graph_in_floats(weights):
    problem = rx.Problem(rx.Dataset([[1], [2]], [1, 2]), 1, weights=weights)
    graph = rx.stationary_graph(problem)
    rows, targets = in_floats(problem)
    columns = [(column.sign, "".join(graph.data.per_row(column.pattern))) for column in graph.columns]
    assert all(len(pattern) == 2 for _, pattern in columns)
    judge = Programs(rows, targets, 1, columns)
    values = np.array([float(node.value) for node in graph.nodes])
    for mask in range(2 ** len(columns)):
        assert np.abs(values - judge.solve(mask)[0]).min() < 1e-5
    assert graph.status is rx.Status.PROVED
    assert graph.complete


def test_patterns_name_the_given_rows():
    problem = rx.Problem(DATA, "1/2", weights=[2, 1, 3, "1/2"])
    graph = rx.stationary_graph(problem, columns=[(1, "++++"), (-1, "---+")])
    assert [graph.data.per_row(column.pattern) for column in graph.columns] == [tuple("++++"), tuple("---+")]
    again = rx.stationary_graph(problem, columns=[(column.sign, column.pattern) for column in graph.columns])
    assert again == graph
    with pytest.raises(rx.InputError, match="a pattern of 4 rows"):
        rx.stationary_graph(problem, columns=[(1, "++")])


def test_tables_of_notebooks_say_what_the_rows_are():
    problem = rx.Problem(DATA, "1/2", weights=[2, 1, 3, "1/2"])
    plain = rx.without_weights(problem).data
    assert plain.remarks[-1] in rx.html(plain)
    assert "4 rows" in rx.html(rx.optimal_set(problem))


@pytest.mark.parametrize("seed", range(10))
def test_rows_in_another_order(seed):
    problem = random_problem(seed, most=5)
    order = list(range(problem.data.n))
    random.Random(seed).shuffle(order)
    data, weights = problem.data, problem.weights or [1] * problem.data.n
    rows = rx.Dataset([data.X[i] for i in order], [data.y[i] for i in order])
    second = rx.Problem(rows, problem.penalty, weights=[weights[i] for i in order])
    best, other = rx.optimal_set(problem), rx.optimal_set(second)
    assert (best.dimension, best.min_width) == (other.dimension, other.min_width)
    assert best.optimum.value.low <= other.optimum.value.high
    assert other.optimum.value.low <= best.optimum.value.high
    assert sorted(str(best.fit()[i].decimal(9)) for i in order) == sorted(entry.decimal(9) for entry in other.fit())


def test_what_is_said_of_rows_is_said_of_the_given_ones():
    problem = rx.Problem(DATA, "1/2", weights=[2, 3, 7, "1/2"])
    best = rx.optimal_set(problem)
    optimum = best.optimum
    fit, features = best.fit(), best.features()
    assert len(fit) == 4
    assert {len(feature) for feature in features} == {4}
    outputs = optimum.predict(X)
    assert all(abs(float(entry) - float(output)) < 1e-12 for entry, output in zip(fit, outputs, strict=True))
    assert optimum.predict([[0], [1], [2], [3]]) == outputs
    assert {len(block.pattern) for block in best.blocks()} == {4}
    assert best.contains(best.network(best.vertices[0])).status in (rx.Status.PROVED, rx.Status.REFUTED)
    loss = sum(o * (t - f) ** 2 for o, t, f in zip([2, 3, 7, F(1, 2)], Y, outputs, strict=True)) / 2
    assert abs(float(optimum.loss) - float(loss)) < 1e-12
    mean = F(2 * 0 + 3 * 2 - 7 + F(1, 2), F(25, 2))
    spread = sum(o * (t - mean) ** 2 for o, t in zip([2, 3, 7, F(1, 2)], Y, strict=True))
    assert abs(float(optimum.r_squared) - float(1 - 2 * loss / spread)) < 1e-12


def test_pruning_counts_the_weights():
    network = rx.Network([[1, 0], [0, 1], [1, 1]], [1, 1, -1])
    problem = rx.Problem(DATA, 1, weights=[2, 1, 1, 2])
    assert rx.prune(network, problem) == rx.prune(network, twice([2, 1, 1, 2]), penalty=1)
    pruned = rx.prune_to_width(network, problem, 1)
    assert pruned == rx.prune_to_width(network, twice([2, 1, 1, 2]), 1, penalty=1)
    assert pruned != rx.prune_to_width(network, DATA, 1, penalty=1)


def test_certificates_are_about_the_scaled_copies(tmp_path):
    problem = rx.Problem(DATA, "1/2", weights=[2, 1, "1/4", 3])
    best = rx.optimal_set(problem)
    claims = [
        best.optimum,
        best,
        rx.minimum_network(problem),
        rx.solve_width(problem, width=1),
        rx.classify(SLOPE, problem),
        rx.stationary_graph(problem),
        rx.descent_path(SLOPE, problem),
    ]
    for k, claim in enumerate(claims):
        rx.save(claim, tmp_path / f"{k}.json")
        assert rx.check(tmp_path / f"{k}.json").verified
        assert rx.load(tmp_path / f"{k}.json") == claim


def test_many_weighted_rows_are_proved(tmp_path):
    """The search with weights misses a neuron here; the structure of the scaled copies, proved for the weights, has it."""
    data = rx.Dataset.read(ROOT / "examples" / "data" / "motorcycle.csv", bias=True)
    rng = random.Random(3)
    problem = rx.Problem(data, 50, weights=[rng.randint(1, 9) for _ in data.X])
    optimum = rx.solve(problem)
    assert optimum.status is rx.Status.PROVED
    assert optimum.value.decimal(12) == "259047.141361"
    assert problem.objective(optimum.network) - optimum.value.low < F(1, 10**20)
    optimum.save(tmp_path / "optimum.json")  # of version 2, about the weights themselves
    assert rx.load(tmp_path / "optimum.json") == optimum


def test_a_limit_that_leaves_the_optimum_open_is_one():
    problem = rx.Problem(rx.Dataset([[i, 1, i * i % 7] for i in range(12)], [i % 5 for i in range(12)]), "1/9", weights=[3] * 12)
    with pytest.raises(rx.LimitReached, match="the optimum is not proved"):
        rx.optimal_set(problem, time_limit="1/1000")
