"""The cheapest interpolating networks: closed forms, cvxpy, the limit of small penalties, and what is open."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from interpolation_judge import least_cost_of, nearest_fit_of
from optimal_sets import five_points

import reluexact as rx

TOY = ([[2, 0, 0, 0], [-1, 1, 1, 1]], [1, 1])


def proved(X, y, **options):
    answer = rx.interpolate(rx.Dataset(X, y), **options)
    assert answer.status is rx.Status.PROVED, answer.reason
    return answer


def cost_of(network):
    return sum((sum(w * w for w in row) + a * a for row, a in zip(network.hidden, network.output, strict=True)), Fraction(0)) / 2


# ------------------------------------------------------------------------------------------------------------- closed forms


def test_the_five_points_have_cost_6_and_minimal_networks_of_4_and_5_neurons():
    amounts = tuple(Fraction(3, 2) * on for on in (1, 0, 1, 0, 1, 1))
    X, reached, directions = five_points(amounts)
    features = [[max(Fraction(0), sum(u * x for u, x in zip(unit, row, strict=True))) for row in X] for unit in directions]
    y = [sum((c * f[i] for c, f in zip(amounts, features, strict=True)), Fraction(0)) for i in range(5)]
    assert list(reached) != y  # which has the residual of the penalty 1
    answer = proved(X, y)
    assert (answer.value, answer.dimension, len(answer.neurons)) == (6, 1, 6)
    assert (answer.min_width, answer.max_vertex_width, answer.unique) == (4, 5, False)
    assert [vertex.width for vertex in answer.vertices] == [4, 5]
    assert sorted(map(str, answer.vertices[0].amounts)) == ["0", "0", "3/2", "3/2", "3/2", "3/2"]
    assert answer.exact
    assert answer.network.width == 4


def test_the_five_points_in_decimals():
    """The numbers of the fact sheet to 8 decimals: the segment collapses, the cost is 6 nearly."""
    x = ("-7.59575411", "-2.41421356", "-1.30322537", "-0.76732699", "1.73205081")
    y = ("8.07811602", "3.93185165", "3.47166528", "3.57873823", "8.07811602")
    answer = proved([[value, 1] for value in x], y)
    assert float(answer.value) == pytest.approx(6, abs=1e-6)
    assert answer.interpolates
    assert float(rx.interpolate(rx.Dataset([[value, 1] for value in x], y)).dual[4]) == pytest.approx(0.5, abs=1e-5)


def test_the_toy():
    answer = proved(*TOY)
    assert (answer.value, answer.dimension, answer.min_width, answer.max_vertex_width) == (1, 1, 1, 2)
    assert [vertex.amounts for vertex in answer.vertices] == [(1, 0, 0), (0, Fraction(1, 2), Fraction(1, 2))]
    assert answer.dual == (Fraction(1, 2), Fraction(1, 2))
    assert cost_of(answer.network) == 1


@pytest.mark.parametrize(
    ("s", "widths", "square"), [("1", [1], 1), ("17/10", [1], 1), ("7/4", [2], Fraction(64, 65)), ("2", [2], "4/5")]
)
def test_the_toy_turns_at_the_root_of_3(s, widths, square):
    s = Fraction(s)
    answer = proved([[-s, 1], [s, 1]], [1, 1])
    assert [vertex.width for vertex in answer.vertices] == widths
    assert answer.value * answer.value == Fraction(square)


def test_orthogonal_rows():
    """Rows of length 1: |y+| + |y-|, one neuron each."""
    answer = proved([[0, 1, 0], ["3/5", 0, "4/5"], ["-4/5", 0, "3/5"]], [1, -2, 3])
    assert answer.value.decimal(12) == "5.16227766017"
    assert (answer.dimension, answer.min_width) == (0, 2)
    assert sorted(neuron.sign for neuron in answer.neurons) == [-1, 1]


def test_rank_one():
    answer = proved([[1], [2], [-3]], [2, 4, 6])
    assert (answer.value, answer.min_width) == (4, 2)
    assert answer.network.predict([[1], [2], [-3]]) == (2, 4, 6)


def test_a_line_through_the_origin_is_one_pair_or_more():
    """f = x on both sides: a neuron of each sign, or any share of ... there is only one way: the cost is 2."""
    answer = proved([[1], [-1]], [1, -1])
    assert (answer.value, answer.min_width) == (2, 2)


# ---------------------------------------------------------------------------------------------------------- what floats say


def instances(count, *, seed=7):
    draw = random.Random(seed)
    for _ in range(count):
        n, d, size = draw.randint(2, 7), draw.randint(1, 3), draw.choice((1, 3, 9))
        X = [[draw.randint(-size, size) for _ in range(d)] for _ in range(n)]
        if any(map(any, X)):
            yield X, [draw.randint(-5, 5) for _ in range(n)]


@pytest.mark.parametrize(("X", "y"), [*instances(40)])
def test_random_instances(X, y):
    answer = proved(X, y)
    fit = list(map(float, answer.fit))
    assert fit == pytest.approx(nearest_fit_of(X, y), abs=1e-7)
    assert float(answer.value) == pytest.approx(least_cost_of(X, answer.fit), rel=1e-6, abs=1e-6)
    assert float(sum(t * f for t, f in zip(answer.dual, answer.fit, strict=True))) == pytest.approx(float(answer.value))
    for vertex in answer.vertices:
        assert sum(map(float, vertex.amounts)) == pytest.approx(float(answer.value))
        assert answer.min_width <= vertex.width <= answer.max_vertex_width
    outputs = [
        sum(_feature(neuron, row, amount) for neuron, amount in zip(answer.neurons, _first(answer), strict=True)) for row in X
    ]
    assert outputs == pytest.approx(fit, abs=1e-9)
    assert list(map(float, answer.network.predict(X) if answer.network.hidden else [0] * len(X))) == pytest.approx(fit, abs=1e-9)


def _first(answer):
    return list(map(float, answer.vertices[0].amounts))


def _feature(neuron, row, amount):
    return neuron.sign * amount * max(0.0, sum(float(u) * float(x) for u, x in zip(neuron.direction, row, strict=True)))


@pytest.mark.parametrize(("X", "y"), [*instances(6, seed=3), TOY, ([[1, 1], [1, 1], [0, 0], [2, 1]], [1, 2, 3, -1])])
def test_small_penalties_lead_there(X, y):
    """(value - least error) / penalty grows to the cost as the penalty falls."""
    answer = proved(X, y)
    before = None
    for power in (3, 6):
        penalty = Fraction(1, 10**power)
        optimum = rx.solve(rx.Dataset(X, y), penalty)
        share = (optimum.value - answer.error) / penalty
        assert share <= answer.value
        assert before is None or before <= share
        before = share
    assert float(before) == pytest.approx(float(answer.value), rel=1e-3, abs=1e-3)


@pytest.mark.parametrize(("X", "y"), [TOY, ([[1], [2], [-3]], [2, 4, 6])])
def test_the_set_is_that_of_a_regularised_problem(X, y):
    """With an optimal dual point added to the targets, penalty 1 has the same networks."""
    answer = proved(X, y)
    moved = [f + theta.low for f, theta in zip(answer.fit, answer.dual, strict=True)]
    best = rx.optimal_set(rx.solve(rx.Dataset(X, moved), 1))
    assert [(vertex.support, vertex.amounts) for vertex in best.vertices] == [
        (vertex.support, vertex.amounts) for vertex in answer.vertices
    ]
    assert best.dimension == answer.dimension


def test_a_polished_dual_point_closes_what_coarse_floats_do_not():
    draw = random.Random(2)
    X = [[draw.randint(-30, 30), 1] for _ in range(12)]
    y = [draw.randint(-30, 30) for _ in range(12)]
    answer = proved(X, y, bases=1)
    assert answer.value.decimal(12) == "3841.97541886"
    assert (answer.dimension, answer.vertices, answer.min_width) == (6, (), None)
    assert "bases" in answer.open


# ------------------------------------------------------------------------------------------- no network meets the targets


def test_least_squares_first():
    answer = proved([[1, 0], [2, 0], [-1, 0], [0, 1], [0, 0]], [1, 2, 3, 4, 5])
    assert not answer.interpolates
    assert answer.fit == (1, 2, 3, 4, 0)
    assert (answer.error, answer.value.decimal(9), answer.rows) == (Fraction(25, 2), "5.65685425", (0, 2, 3))
    assert answer.dual[1] == answer.dual[4] == 0


def test_rows_that_no_network_tells_apart():
    answer = proved([[1], [1]], [1, -1])
    assert (answer.fit, answer.value, answer.network.width, answer.min_width) == ((0, 0), 0, 0, 0)
    assert proved([[0, 0]], [3]).value == 0


# ---------------------------------------------------------------------------------------------------------- what is written


@pytest.mark.parametrize(("X", "y"), [TOY, ([[1, 1], [2, 1], [3, 1], [4, 1]], [1, 3, 2, 5]), ([[1], [1]], [1, -1])])
def test_certificates_come_back(X, y, tmp_path):
    answer = proved(X, y)
    answer.save(tmp_path / "interpolation.json")
    assert rx.load(tmp_path / "interpolation.json") == answer


def test_a_certificate_without_vertices_comes_back(tmp_path):
    answer = proved(*TOY, bases=1)
    assert answer.dimension == 1
    assert answer.vertices == ()
    answer.save(tmp_path / "interpolation.json")
    again = rx.load(tmp_path / "interpolation.json")
    assert (again.value, again.dimension, again.vertices, again.neurons) == (answer.value, 1, (), answer.neurons)


def test_open_cases_have_bounds_and_a_network_that_interpolates(tmp_path):
    X, y = [[1, 2, 1], [3, -1, 2], [2, 2, 5], [-1, 3, 1], [1, -3, -2], [4, 1, -1]], [1, -1, 2, 3, 1, 0]
    answer = rx.interpolate(rx.Dataset(X, y), limit=3)
    assert answer.status is rx.Status.UNDECIDED
    assert answer.reason
    assert answer.network.predict(X) == tuple(y)
    assert answer.lower <= proved(X, y).value <= answer.upper == cost_of(answer.network)
    assert answer.upper - proved(X, y).value < Fraction(1, 1000)
    answer.save(tmp_path / "bounds.json")
    again = rx.load(tmp_path / "bounds.json")
    assert (again.status, again.lower, again.upper, again.network) == (answer.status, answer.lower, answer.upper, answer.network)


def test_a_time_limit_leaves_bounds():
    answer = rx.interpolate(rx.Dataset([[1, 1], [2, 1], [3, 1], [4, 1]], [1, 3, 2, 5]), time_limit="1/1000")
    assert answer.status is rx.Status.UNDECIDED
    assert "time_limit" in answer.reason
    assert answer.lower <= Fraction(19989770105, 10**9) <= answer.upper
    assert answer.network.predict([[1, 1], [4, 1]]) == (1, 5)


def test_more_digits():
    answer = proved([[1, 1], [2, 1], [3, 1], [4, 1]], [1, 3, 2, 5])
    assert answer.value.decimal(60).startswith("19.9897701052065622836228738928112465")
    assert len(answer.value.decimal(60)) == 61


def test_what_is_no_data():
    with pytest.raises(rx.InputError, match=r"interpolate\(Dataset\(X, y\)\)"):
        rx.interpolate([[1], [2]], [1, 2])
    with pytest.raises(rx.InputError, match="digits"):
        rx.interpolate(rx.Dataset(*TOY), digits=0)


def test_formula():
    text = rx.latex(proved(*TOY))
    assert r"c^\star&=1" in text
    assert r"\text{PROVED}" in text
    assert r"\hat f" in rx.latex(proved([[1], [1]], [1, 2]))
