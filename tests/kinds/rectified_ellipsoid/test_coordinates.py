"""How far the set reaches along a coordinate: the formula, brute force, and where the literature needs a condition."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from strategies import datasets

import reluexact as rx
from reluexact.errors import InputError


def sampled(data, row, free, count=100_000):
    """Return the greatest output in one row of random unit neurons that see no other row, in floats (0 when none does)."""
    units = np.random.RandomState(7).normal(size=(count, data.d))
    units /= np.linalg.norm(units, axis=1)[:, None]
    heights = units @ np.array(data.X, dtype=float).T
    others = np.delete(heights, row, axis=1)
    if free:
        return float((heights[:, row] - others.max(axis=1)).max())
    alone = heights[:, row][(others <= 0).all(axis=1)]
    return float(alone.max(initial=0))


@pytest.mark.parametrize("free", [False, True])
@pytest.mark.parametrize("seed", range(4))
def test_dense_samples(seed, free):
    data = rx.Dataset(np.random.RandomState(seed).randint(-4, 5, size=(4, 2)).tolist(), [0] * 4)
    for row in range(4):
        found = rx.coordinate_neuron(data, row, hidden_bias="free" if free else "penalised")
        near = max(sampled(data, row, free), 0)
        assert found.holds()
        assert near <= float(found.value) + 1e-9
        assert near >= float(found.value) * (1 - 1e-3) - 1e-3


@settings(max_examples=25, deadline=None)
@given(datasets(rows=(2, 5)))
def test_the_conditions_hold_and_the_support_function_agrees(data):
    """``c e_i`` is exposed in Q by ``e_i - sum l_j e_j``, so its certificate is one of the kind ``support``."""
    for row in range(data.n):
        free = rx.coordinate_neuron(data, row, hidden_bias="free")
        assert free.holds()
        assert sum(free.multipliers) == 1
        found = rx.coordinate_neuron(data, row)
        assert found.holds()
        exposed = rx.support_function(data, found.exposing)
        assert exposed.square == found.square
        assert exposed.maximisers == ((found.vector,) if found.square else ())


def test_a_row_in_the_cone_of_others_is_never_seen_alone():
    """The formula of the literature divides by |x_i - sum l_j x_j|, which is 0 here; the middle of three dots with a bias."""
    hat = rx.Dataset([[-1, 1], [0, 1], [1, 1]], [0, 1, 0])
    found = rx.coordinate_neuron(hat, 1)
    assert (found.value, found.neuron, found.multipliers) == (0, None, (Fraction(1, 2), 0, Fraction(1, 2)))
    assert rx.coordinate_neuron(rx.Dataset([[-1], [0], [1]], [0] * 3), 1, hidden_bias="free").neuron is None


def test_the_reach_need_not_be_a_vertex_of_the_hull_with_the_negative():
    """Refuted: ``c e_i`` is always extreme. Neurons of both signs reach e_2 at the cost 2.68..., a single one at 4."""
    data = rx.Dataset([[-1, 1, 0], [0, 1, "1/4"], [1, 1, 0]], [0, 1, 0])
    found = rx.coordinate_neuron(data, 1)
    assert found.value == Fraction(1, 4)
    cost = rx.gauge(data, [0, found.value.as_fraction(), 0]).value
    assert cost < Fraction(68, 100)
    assert rx.in_hull(data, [0, "37/100", 0]).status.name == "PROVED"


@settings(max_examples=15, deadline=None)
@given(datasets(rows=(2, 2), columns=(2, 2)))
def test_with_two_rows_it_is_one(data):
    """With two rows the reach is on the boundary of the hull: the gauge of ``e_i`` is 1/c."""
    found = rx.coordinate_neuron(data, 0)
    gauge = rx.gauge(data, [1, 0])
    if found.square and gauge.status.name == "PROVED":
        assert float(gauge.value) == pytest.approx(1 / float(found.value))


def test_one_feature_with_a_free_bias():
    """The kinks are at data points: u is 1 or -1 at the ends, and no row between them is seen alone."""
    data = rx.Dataset([[-2], [-1], [0], [1], [2]], [1, -1, 1, 1, -1])
    ends = [rx.coordinate_neuron(data, row, hidden_bias="free").neuron for row in range(5)]
    assert ends == [(-1, -1), None, None, None, (1, -1)]


@pytest.mark.parametrize("row", [-1, 2, True, "0", None])
def test_what_is_no_row_is_refused(row):
    with pytest.raises(InputError, match="row: .* is no row of the data; give an integer from 0 to 1"):
        rx.coordinate_neuron(rx.Dataset([[1], [2]], [0, 0]), row)


def test_other_mistakes():
    with pytest.raises(InputError, match="hidden_bias: 'none' is not known"):
        rx.coordinate_neuron(rx.Dataset([[1]], [0]), 0, hidden_bias="none")
    with pytest.raises(InputError, match="with one row and a free bias there is no greatest output"):
        rx.coordinate_neuron(rx.Dataset([[1]], [0]), 0, hidden_bias="free")


def test_latex():
    data = rx.Dataset([[1, 0], [1, 1]], [0, 0])
    assert r"\operatorname{cone}" in rx.coordinate_neuron(data, 0).latex()
    assert r"\operatorname{conv}" in rx.coordinate_neuron(data, 0, hidden_bias="free").latex()
