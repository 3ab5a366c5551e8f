"""Criteria over the whole optimal set, judged by cvxpy and by the list of vertices."""

from __future__ import annotations

import random
from fractions import Fraction

import cvxpy as cp
import numpy as np
import pytest
from brute_amounts import features

import reluexact as rx
from reluexact.evidence.status import Status
from reluexact.kinds.selection.find import extreme, least_loss, least_norm
from reluexact.numbers.real import Real

F = Fraction
TOY = rx.Dataset(X=[[2, 0, 0, 0], [-1, 1, 1, 1]], y=[1, 1])
PAIRED = (
    [[2, -5], [9, 8], [-8, -6], [-6, -6], [2, -3], [0, -5], [9, 3], [3, -7]],
    [-6, 8, -3, 7, 5, -9, -1, 1],
    F(57, 13),
)


@pytest.fixture(scope="module")
def toy():
    return rx.optimal_set(rx.solve(TOY, F(1, 10)))


@pytest.fixture(scope="module")
def paired():
    X, y, penalty = PAIRED
    return rx.optimal_set(rx.solve(rx.Dataset(X, y), penalty))


def judged(best, criterion):
    """Return the least value of ``criterion(amounts)`` by cvxpy."""
    table, fit = features(best.optimum)
    amounts = cp.Variable(table.shape[1], nonneg=True)
    problem = cp.Problem(cp.Minimize(criterion(amounts)), [table @ amounts == fit])
    return problem.solve(solver="CLARABEL")


def test_least_norm_of_the_toy(toy):
    found = least_norm(toy)
    assert (found.status, found.unique, found.amounts) == (Status.PROVED, True, (Real.rational(F(19, 60)),) * 3)
    assert found.value == 3 * F(19, 60) ** 2


def test_least_norm_of_a_paired_set(paired):
    found = least_norm(paired)
    assert (found.status, found.unique) == (Status.PROVED, True)
    assert float(found.value) == pytest.approx(judged(paired, cp.sum_squares), rel=1e-6)


def test_extreme_points_are_the_greatest_over_the_vertices(paired):
    rng = random.Random(3)
    for _ in range(10):
        direction = [rng.randint(-9, 9) for _ in paired.neurons]
        found = extreme(paired, direction)
        values = [sum(c * float(a) for c, a in zip(direction, vertex.amounts, strict=True)) for vertex in paired.vertices]
        assert found.status is Status.PROVED
        assert float(found.value) == pytest.approx(max(values))


def test_least_loss_finds_the_validation_targets_within_the_set(toy):
    rows = [[0, 1, 0, 0], [0, 0, 1, 0], [1, 1, 0, 1]]
    vertex = next(vertex for vertex in toy.vertices if vertex.width == 2)
    targets = rx.Network(*network_of(toy, vertex)).predict(rows)
    found = least_loss(toy, rx.Dataset(rows, targets))
    assert (found.status, found.value) == (Status.PROVED, Real.rational(0))
    assert found.amounts == vertex.amounts


def network_of(best, vertex):
    hidden = [[entry.low for entry in best.neurons[k].direction] for k in vertex.support]
    return hidden, [best.neurons[k].sign * vertex.amounts[k].low for k in vertex.support]


@pytest.mark.parametrize("seed", range(4))
def test_least_loss_agrees_with_cvxpy(paired, seed):
    rng = random.Random(seed)
    rows = [[rng.randint(-9, 9), rng.randint(-9, 9)] for _ in range(12)]
    data = rx.Dataset(rows, [rng.randint(-20, 20) for _ in rows])
    found = least_loss(paired, data)
    assert found.status is Status.PROVED, found.reason
    directions = np.array([[float(entry) for entry in neuron.direction] for neuron in paired.neurons])
    table = np.maximum(np.array(rows) @ directions.T, 0) * [neuron.sign for neuron in paired.neurons]
    expected = judged(paired, lambda amounts: cp.sum_squares(table @ amounts - np.array(data.y, dtype=float)) / 2)
    assert float(found.value) == pytest.approx(expected, rel=1e-6)


def test_other_shapes_are_refused(toy):
    with pytest.raises(rx.InputError, match="1 column"):
        least_loss(toy, rx.Dataset([[1]], [1]))
    with pytest.raises(rx.InputError, match="direction has 2 entries, expected 3"):
        extreme(toy, [1, 2])


def test_the_zero_network_has_one_choice():
    best = rx.optimal_set(rx.solve(rx.Dataset([[1], [2]], [1, 2]), 100))
    assert (least_norm(best).value, least_norm(best).amounts) == (Real.rational(0), ())
