"""The penalty from which on nothing pays: closed forms, brute force in exact arithmetic, and solve on both sides of it."""

from __future__ import annotations

from fractions import Fraction
from math import isqrt

import numpy as np
import pytest
from brute import Brute
from hypothesis import given
from hypothesis import strategies as st
from paths import DATA
from solving import exact_neurons, proved
from strategies import datasets

from reluexact.kinds.max_penalty.find import max_penalty
from reluexact.model.dataset import Dataset


def square(number):
    return Fraction(0) if number == 0 else (number.radical * number.radical).as_fraction()


@pytest.mark.parametrize(
    ("X", "y", "expected"),
    [
        ([[2, 0, 0, 0], [-1, 1, 1, 1]], [1, 1], 4),  # the toy: 2, reached in three directions
        ([[1, 0], [0, 1]], [3, -1], 9),
        ([[1], [2]], [1, 2], 25),
        ([[1], [-1]], [3, -4], 16),
        ([[1, 1], [0, 1]], [1, 1], 5),
        ([[1, 0, 0], [0, 1, 0], [0, 0, 1]], [1, -2, 3], 10),
        ([[0, 0], [3, 4]], [7, "1/5"], 1),
        ([[0, 0], [0, 0]], [7, 3], 0),
        ([[1, 2], [3, 4]], [0, 0], 0),
        ([[5, 1], [5, 1], [-5, -1]], [1, -1, 0], 0),  # a pair that cancels
    ],
)
def test_closed_forms(X, y, expected):
    top = max_penalty(Dataset(X, y))
    assert square(top) == expected
    assert top.is_rational == (isqrt(expected) ** 2 == expected)
    assert top.low**2 <= expected <= top.high**2


@given(datasets(rows=(1, 7), columns=(1, 3)))
def test_against_brute_force(data):
    assert square(max_penalty(data)) == Brute(data.X, data.y).greatest(data.y)


@given(datasets(rows=(1, 6), columns=(1, 3)), st.sampled_from([Fraction(1, 3), Fraction(7), Fraction(1, 10**6)]))
def test_scaling(data, factor):
    top = max_penalty(data)
    assert square(max_penalty(Dataset([[factor * x for x in row] for row in data.X], data.y))) == factor**2 * square(top)
    assert square(max_penalty(Dataset(data.X, [factor * t for t in data.y]))) == factor**2 * square(top)
    assert square(max_penalty(Dataset(data.X, [-t for t in data.y]))) == square(top)


@given(datasets(rows=(1, 5), columns=(1, 3)))
def test_on_both_sides(data):
    """Beyond it the zero network is the only optimum, a little below it is not optimal."""
    top = max_penalty(data)
    half = sum(t * t for t in data.y) / 2
    beyond = proved(data.X, data.y, top.high + Fraction(1, 1000))
    assert beyond.value == half
    assert beyond.neurons == ()
    assert all(entry == target for entry, target in zip(beyond.residual, data.y, strict=True))
    if top > 0:
        below = proved(data.X, data.y, top.low * Fraction(999, 1000))
        assert below.value < half
        assert any(neuron.amount is not None for neuron in below.neurons)


def test_exactly_at_it_the_neurons_are_tight_with_no_amount():
    optimum = proved([[1], [2]], [1, 2], 5)
    assert optimum.value == Fraction(5, 2)
    assert exact_neurons(optimum) == {(1, (1,))}
    assert optimum.neurons[0].amount is None
    assert optimum.network.output == ()


def motorcycle():
    return Dataset.read(DATA / "motorcycle.csv", target="accel", features=["times"], bias=True)


def iris():
    return Dataset.read(DATA / "iris.csv", target="sepal_length", features=["petal_length", "petal_width"], bias=True)


def test_iris_is_pulled_as_one():
    """All inputs and targets are positive, so the best neuron fires on every row: the square is |X'y|^2."""
    data = iris()
    pull = [sum(t * row[j] for row, t in zip(data.X, data.y, strict=True)) for j in range(data.d)]
    assert square(max_penalty(data)) == sum(entry * entry for entry in pull)
    assert max_penalty(data).decimal(12) == "3765.30687291"


def test_motorcycle_against_a_dense_scan():
    data = motorcycle()
    top = max_penalty(data)
    angles = np.linspace(0, 2 * np.pi, 200_001)
    X, y = np.array(data.X, dtype=float), np.array(data.y, dtype=float)
    best = max(np.abs(y @ np.maximum(X @ np.array([np.cos(part), np.sin(part)]), 0)).max() for part in np.array_split(angles, 50))
    assert best <= float(top) * (1 + 1e-12)
    assert best >= float(top) * (1 - 1e-6)
    assert len(top.decimal(50)) == 51
