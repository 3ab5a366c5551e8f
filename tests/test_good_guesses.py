"""Where good guesses about two-layer networks are wrong: instances with exact answers, one per guess."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

import reluexact as rx

PROVED, REFUTED = rx.Status.PROVED, rx.Status.REFUTED
ALTERNATING = rx.Dataset([[-2], [-1], [0], [1], [2]], [1, 0, 1, 0, 1], bias=True)


def test_a_clarke_stationary_network_need_not_be_an_optimum_of_a_sub_sampled_program():
    data, network = rx.Dataset([[1, -1], [0, 1]], ["11/10", "1/5"]), rx.Network([[1, 0]], [1])
    found = rx.classify(network, data, "1/10")
    assert (found.clarke.status, found.sub_sampled.status) == (PROVED, REFUTED)
    assert found.objective == Fraction(1, 8)


def test_an_optimum_of_a_sub_sampled_program_need_not_be_clarke_stationary():
    """The neuron lies on a wall of its cell: the program holds it there, the gates of the other side do not balance it."""
    data, network = rx.Dataset([[0, 1], [1, -1]], [0, 2]), rx.Network([[1, 0]], [1])
    found = rx.classify(network, data, 1)
    assert (found.clarke.status, found.sub_sampled.status) == (REFUTED, PROVED)
    assert found.objective == Fraction(3, 2)
    optimum = rx.solve(data, 1)
    assert (optimum.status, optimum.value.decimal(8)) == (PROVED, "1.1642136")


def test_generic_data_need_not_have_a_unique_optimum():
    best = rx.optimal_set(rx.solve(ALTERNATING, "1/100"))
    assert (best.status, best.dimension, len(best.optimum.neurons)) == (PROVED, 1, 6)
    assert (best.min_width, best.max_vertex_width) == (5, 5)


@pytest.mark.parametrize("seed", range(30))
def test_nor_does_a_small_change_of_the_data_make_it_unique(seed):
    """Once X'theta = 0 the neurons come in opposite pairs, and the dimension is their number less that of the columns."""
    source = random.Random(seed)
    moved = [[x[0] + Fraction(source.randint(-999, 999), 10**6), 1] for x in ALTERNATING.X]
    targets = [y + Fraction(source.randint(-999, 999), 10**6) for y in ALTERNATING.y]
    best = rx.optimal_set(rx.solve(rx.Dataset(moved, targets), "1/100"))
    assert (best.status, best.dimension) == (PROVED, 1)
    assert len(best.optimum.neurons) == 2 * (best.dimension + 2)


@pytest.mark.parametrize(
    ("width", "weight", "penalty", "value"),
    [(3, "1/2", "1/4", Fraction(23, 32)), (25, "1/6", "11/36", None)],
)
def test_wide_networks_without_dead_neurons_have_local_minima_that_are_not_global(width, weight, penalty, value):
    data = rx.Dataset([[1], [-1]], [1, 1])
    found = rx.classify(rx.Network([[weight]] * width, [weight] * width), data, penalty)
    assert (found.local_minimum.status, found.global_minimum.status) == (PROVED, REFUTED)
    best, weights = Fraction(penalty), Fraction(width) * Fraction(weight) ** 2
    assert found.objective == ((weights - 1) ** 2 + 1) / 2 + best * weights
    assert value is None or found.objective == value
    assert rx.solve(data, penalty).value == 2 * best - best**2  # a neuron for each row, each of amount 1 - b


def test_the_second_neuron_may_gain_more_than_the_first():
    curve = rx.width_curve(rx.Dataset([[-2, -1], [2, 2], [-1, 0]], [2, 1, -3]), "1/10")
    assert curve.status is PROVED
    assert [value.decimal(4) for value in curve.values[:4]] == ["7.000", "5.195", "1.390", "0.9249"]
    gains = [float(a) - float(b) for a, b in zip(curve.values[:3], curve.values[1:4], strict=True)]
    assert gains[1] > gains[0] > gains[2]


def test_the_fewest_neurons_may_grow_with_the_penalty():
    data, found = rx.Dataset([[1, -2], [0, 2], [1, 1]], [1, -2, 0]), []
    for penalty in ("1/100", "1/10", "1/2", "1", "2", "4"):
        fewest = rx.minimum_network(rx.optimal_set(rx.solve(data, penalty)))
        assert fewest.status is PROVED
        found.append(fewest.width)
    assert found == [2, 2, 3, 2, 2, 0]


def test_a_penalised_bias_may_need_more_neurons_than_the_sparsest_spline_has_kinks():
    """Three kinks interpolate 1, 0, 1, 0, 1; the optima need five neurons."""
    spline = [max(x + 1, 0) * 2 - max(x, 0) * 2 + max(x - 1, 0) * 2 - x - 1 for x, _ in ALTERNATING.X]
    assert tuple(spline) == ALTERNATING.y
    fewest = rx.minimum_network(rx.optimal_set(rx.solve(ALTERNATING, "1/1000")))
    assert (fewest.status, fewest.width) == (PROVED, 5)
