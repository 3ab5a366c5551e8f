"""Planted instances: brute force, the prover that knows nothing of the plan, and the checker find what was planted."""

from __future__ import annotations

import json
from fractions import Fraction as F

import pytest
from brute import Brute, dot, faults

import reluexact as rx
from reluexact.kinds.files import certificate
from reluexact.kinds.planted.rows import mirrored
from reluexact.kinds.pruning.find import prune

PLAIN = (
    {},
    {"rows": 6, "neurons": 1},
    {"rows": 9, "features": 1, "neurons": 2},
    {"rows": 10, "features": 3},
    {"near": ["1e-9"]},
    {"difficulty": 2},
    {"on_hyperplane": 2},
    {"repeated": 3},
    {"rows": 14, "neurons": 4, "symmetric": True},
    {"rows": 16, "neurons": 4, "symmetric": True, "on_hyperplane": 2, "repeated": 2, "near": ["1e-6"]},
    {"features": 1, "hidden_bias": "penalised"},
    {"rows": 8, "neurons": 2, "shape": "paired"},
    {"rows": 10, "shape": "paired"},
    {"rows": 10, "shape": "corner"},
    {"rows": 12, "shape": "corner", "near": ["1e-9"], "on_hyperplane": 1},
)
FREE = {"features": 1, "hidden_bias": "free", "output_bias": "free"}
WITH_PARTS = (
    {**FREE},
    {**FREE, "rows": 20, "neurons": 5, "loss": "absolute"},
    {**FREE, "neurons": 2, "near": ["1e-4"]},
    {**FREE, "rows": 16, "neurons": 4, "loss": "huber(1)", "near": ["1e-3"]},
    {"loss": "absolute"},
    {"output_bias": "free"},
    {"output_bias": "penalised", "skip": "penalised"},
    {"loss": "huber(1)", "output_bias": "free", "near": ["1e-4"]},
    {"loss": "quantile(1/4)", "hidden_bias": "penalised"},
    {"loss": "epsilon_insensitive(1/10)", "on_hyperplane": 1},
    {"loss": "absolute", "output_bias": "free", "shape": "paired", "rows": 14},
    {"loss": "huber(2)", "symmetric": True, "neurons": 2, "rows": 10, "output_bias": "penalised"},
    {"skip": "free", "shape": "paired", "rows": 10},
    {"skip": "free", "shape": "corner", "rows": 12, "output_bias": "free"},
    {"loss": "squared_hinge"},
    {"loss": "squared_hinge", "output_bias": "free", "near": ["1e-3"], "on_hyperplane": 1, "rows": 14},
    {"loss": "squared_hinge", "hidden_bias": "penalised"},
    {**FREE, "loss": "squared_hinge", "neurons": 2},
    {"loss": "hinge", "rows": 14, "neurons": 4, "symmetric": True},
    {"loss": "hinge", "near": ["1e-3"]},
)


def height(instance, neuron):
    """Return ``sign theta.(Xu + bias)+``."""
    rows = zip(instance.theta, instance.data.X, strict=True)
    return neuron.sign * sum(t * max(0, dot(row, neuron.direction) + neuron.bias) for t, row in rows)


def text(instance):
    """Return all that is said about an instance."""
    numbers = (instance.network.to_lists(), instance.value, instance.theta, instance.neurons, instance.nearly)
    return certificate(instance.optimum), repr((instance, numbers, instance.dimension, instance.fewest, instance.attempts))


@pytest.mark.parametrize("options", PLAIN, ids=str)
@pytest.mark.parametrize("seed", [0, 1])
def test_brute_force_finds_exactly_what_was_planted(options, seed):
    instance = rx.planted(seed=seed, **options)
    assert faults(instance.optimum) == []
    assert instance.problem.objective(instance.network) == instance.value == instance.optimum.value
    brute = Brute(instance.data.X, instance.data.y)
    assert brute.greatest(instance.theta) == instance.penalty**2
    fit = instance.network.predict(instance.data.X)
    assert instance.theta == tuple(y - f for y, f in zip(instance.data.y, fit, strict=True))
    known = {(neuron.sign, tuple(entry.as_fraction() for entry in neuron.direction)) for neuron in instance.optimum.neurons}
    assert known == {(neuron.sign, neuron.direction) for neuron in instance.neurons}


@pytest.mark.parametrize("options", WITH_PARTS, ids=str)
def test_problems_with_parts_are_solved_from_scratch_to_what_was_planted(options):
    instance = rx.planted(seed=2, **options)
    assert rx.solve(instance.problem).value == instance.value == instance.problem.objective(instance.network)
    assert instance.problem.dual_value(instance.theta) == instance.value
    assert all(height(instance, neuron) == instance.penalty for neuron in instance.neurons)
    assert all(height(instance, neuron) == instance.penalty * (1 - neuron.short) for neuron in instance.nearly)


@pytest.mark.parametrize("options", [{**FREE, "neurons": 2}, {"loss": "huber(1)", "output_bias": "free"}], ids=str)
def test_bounds_enclose_what_was_planted_where_floats_cannot_tell_the_neurons(options):
    instance = rx.planted(seed=2, near=["1e-9"], **options)
    assert instance.optimum.value == instance.value
    found = rx.solve(instance.problem)
    assert found.lower <= instance.value <= found.upper


@pytest.mark.parametrize("options", [{}, {"near": ["1e-9"]}, {"rows": 10, "shape": "corner"}, {"on_hyperplane": 1}], ids=str)
def test_a_solver_that_knows_nothing_proves_the_same(options):
    instance = rx.planted(seed=3, **options)
    optimum = rx.solve(instance.data, instance.penalty)
    assert optimum.status is rx.Status.PROVED
    assert optimum.value.low <= instance.value <= optimum.value.high
    assert len(optimum.neurons) == len(instance.neurons)


@pytest.mark.parametrize("options", [*PLAIN[-4:], *PLAIN[:1]], ids=str)
def test_the_set_has_the_planted_dimension_and_fewest_neurons(options):
    instance = rx.planted(seed=1, **options)
    found = rx.optimal_set(instance.optimum)
    assert found.dimension == instance.dimension
    if instance.fewest is not None:
        assert found.min_width == instance.fewest


def test_a_corner_has_fewer_neurons_than_pruning_may_reach():
    instance = rx.planted(10, 2, 3, shape="corner", seed=5)
    best = rx.optimal_set(instance.optimum)
    widths = sorted(vertex.width for vertex in best.vertices)
    assert instance.network.width == instance.fewest == widths[0] == 3
    assert widths[-1] == 5
    inside = rx.network(best, rx.midpoint(best))
    reached = {prune(inside, instance.data, order="random", seed=seed).network.width for seed in range(8)}
    assert max(reached) == 5


def test_a_planted_spline_has_its_kinks_in_rows_and_is_the_only_one():
    instance = rx.planted(16, 1, 4, hidden_bias="free", output_bias="free", seed=3)
    kinks = {-neuron.bias / neuron.direction[0] for neuron in instance.neurons}
    assert kinks <= {row[0] for row in instance.data.X}
    spline = rx.sparsest_spline(instance.optimum)
    assert (spline.unique, spline.fewest, len(kinks), instance.dimension, instance.fewest) == (True, 4, 4, 0, 4)


def test_a_free_skip_connection_moves_neurons_to_their_opposites():
    """One dimension for each pair: the amounts of its sides, with the skip connection."""
    instance = rx.planted(10, 2, 3, shape="paired", skip="free", seed=4)
    assert (len(instance.neurons), instance.dimension, instance.fewest) == (6, 3, None)
    moved = F(1, 4) * min(neuron.amount for neuron in instance.neurons)
    one, other = next((a, b) for a in instance.neurons for b in instance.neurons if dot(a.direction, b.direction) == -1)
    amounts = {id(neuron): neuron.amount for neuron in instance.neurons}
    amounts[id(one)] -= moved
    amounts[id(other)] += moved
    skip = [g + one.sign * moved * u for g, u in zip(instance.network.skip, one.direction, strict=True)]
    network = rx.BiasedNetwork(
        [neuron.direction for neuron in instance.neurons],
        [neuron.sign * amounts[id(neuron)] for neuron in instance.neurons],
        skip=skip,
    )
    assert network.predict(instance.data.X) == instance.network.predict(instance.data.X)
    assert sum(amounts.values()) == sum(neuron.amount for neuron in instance.neurons)


def test_rows_of_a_planted_hinge_loss_end_the_margin():
    instance = rx.planted(loss="hinge", seed=6)
    margins = [y * f for y, f in zip(instance.data.y, instance.network.predict(instance.data.X), strict=True)]
    assert set(instance.data.y) == {-1, 1}
    assert margins.count(1) >= len(instance.neurons)
    assert max(margins) == 1
    for margin, weight, y, t in zip(margins, instance.problem.weights, instance.data.y, instance.theta, strict=True):
        assert (0 < y * t < weight) if margin == 1 else y * t == weight


def test_what_no_draw_has_ends_with_the_time():
    hopeless = {"rows": 14, "features": 3, "neurons": 4, "shape": "paired", "hidden_bias": "penalised", "seed": 22}
    with pytest.raises(rx.LimitReached, match="time_limit=0.5"):
        rx.planted(**hopeless, time_limit="1/2")


def test_degeneracies_are_there():
    near = rx.planted(seed=4, near=["1e-9", "1/7"])
    assert [height(near, neuron) / near.penalty for neuron in near.nearly] == [1 - F(1, 10**9), F(6, 7)]
    wall = rx.planted(seed=4, on_hyperplane=2)
    zeros = [sum(dot(row, neuron.direction) == 0 for row in wall.data.X) for neuron in wall.neurons]
    assert sorted(zeros) == [0, 1, 1]
    twice = rx.planted(seed=4, repeated=2)
    assert len(set(twice.data.X)) == twice.data.n - 2
    mirror = rx.planted(14, 2, 4, seed=4, symmetric=True)
    rows = sorted(zip(mirror.data.X, mirror.data.y, strict=True))
    assert rows == sorted((mirrored(x), y) for x, y in rows)


def test_the_same_arguments_give_the_same_bytes():
    options = {"rows": 10, "shape": "corner", "near": ["1/1000"]}
    assert text(rx.planted(seed=7, **options)) == text(rx.planted(seed=7, **options))
    assert text(rx.planted(seed=7, **options)) != text(rx.planted(seed=8, **options))


def test_the_certificate_is_about_the_instance(tmp_path):
    instance = rx.planted(seed=1)
    instance.save(tmp_path / "planted.json")
    assert rx.check(tmp_path / "planted.json").verified
    stated = json.loads((tmp_path / "planted.json").read_text())["statement"]["problem"]
    assert F(stated["penalty"]) == instance.penalty
    assert rx.load(tmp_path / "planted.json").value == instance.value


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"rows": 3}, r"rows: 3 are too few .* give 4 or more"),
        ({"shape": "round"}, "shape: 'round'"),
        ({"shape": "corner", "neurons": 2}, "give 3 or more"),
        ({"near": ["2"]}, "near: 2 is no relative distance"),
        ({"on_hyperplane": 4, "rows": 20}, "on_hyperplane: 4 of 3"),
        ({"symmetric": True}, "neurons: 3 is odd"),
        ({"features": 1}, "features: one without a bias"),
        ({"loss": "logistic"}, "logistic cannot be planted; a loss of regression can, and hinge"),
        ({"loss": "hinge", "output_bias": "free"}, "hinge is planted without biases"),
        ({"loss": "squared_hinge", "skip": "penalised"}, "squared_hinge is planted without a skip connection"),
        ({"hidden_bias": "some"}, "hidden_bias: 'some'"),
        ({"hidden_bias": "free"}, "with features=1, output_bias=free and no skip connection"),
        ({**FREE, "symmetric": True, "neurons": 2}, "no other degeneracy than near"),
        ({**FREE, "rows": 7}, "rows: 7 are too few for so many kinks; give 8 or more"),
        ({"skip": "free"}, "skip: a free one, .* with shape=paired or shape=corner only"),
        ({"skip": "some"}, "skip: 'some'"),
        ({"output_bias": "free", "hidden_bias": "penalised"}, "shape=paired or shape=corner only"),
        ({"output_bias": "free", "symmetric": True, "neurons": 2}, "symmetric data"),
        ({"seed": 1.5}, "seed: 1.5 is no integer"),
        ({"difficulty": -1}, "difficulty: -1"),
        ({"rows": 0}, "rows"),
    ],
)
def test_what_does_not_fit_is_refused(options, message):
    with pytest.raises(rx.InputError, match=message):
        rx.planted(**options)
