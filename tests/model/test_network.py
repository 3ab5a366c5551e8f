"""Networks: exact outputs, the objective and its scaling."""

from __future__ import annotations

import dataclasses
import json
import pickle
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import datasets, networks, penalties

from reluexact.errors import InputError
from reluexact.model.dataset import Dataset
from reluexact.model.network import Network

ZERO = Network([], [])


def test_the_objective_by_hand():
    # fits are 2*3 = 6 and 1/2*4 = 2, so 1/2 (0 + 1) + 3/2 (1 + 1 + 4 + 1/4)
    network = Network([[1], [-1]], [2, "1/2"])
    assert network.objective(Dataset([[3], [-4]], [6, 3]), 3) == Fraction(1, 2) + Fraction(3, 2) * Fraction(25, 4)


def test_the_two_point_example_has_a_network_of_value_nine_tenths():
    # X = (1, 2), y = (1, 2), b = 1: one balanced neuron of amount 4/5; 1/2 * 5 * (1/5)^2 + 4/5
    amount = Fraction(4, 5)
    data = Dataset([[1], [2]], [1, 2])
    unbalanced = Network([[1]], [amount])
    assert unbalanced.objective(data, 1) == Fraction(1, 10) + (1 + amount**2) / 2
    root = Fraction(89443, 100000)
    assert 0 <= Network([[root]], [root]).objective(data, 1) - Fraction(9, 10) < Fraction(1, 10**4)


def test_a_row_on_the_kink_gives_zero():
    assert Network([[1, -1]], [5]).predict([[2, 2], [0, 0], [-1, 0], [1, 0]]) == (0, 0, 0, 5)


def test_width_zero_is_the_zero_network():
    data = Dataset([[3, 1], [-4, 2]], [6, 3])
    assert ZERO.width == 0
    assert ZERO.predict(data.X) == (0, 0)
    assert ZERO.objective(data, 7) == Fraction(45, 2)
    assert Network(np.zeros((0, 2)), np.zeros(0)) == ZERO


@pytest.mark.parametrize(
    ("hidden", "output", "message"),
    [
        ([[1]], [1, 2], "output has 2 entries but hidden has 1 row; give one output weight per hidden neuron"),
        ([[1], [2]], [1], "output has 1 entry but hidden has 2 rows"),
        ([[1, 2], [3]], [1, 2], r"hidden\[1\] has 1 entry but hidden\[0\] has 2"),
        ([1], [1], r"hidden\[0\]: 1 \(int\) is not a row"),
        ([[1], [2]], [[1, 2], [3, 4]], r"output\[0\]: \[1, 2\] \(list\) stands where one number belongs"),
        ([[]], [1], r"hidden\[0\] is empty"),
        ([[0.5]], [1], r"hidden\[0\]\[0\]: the float 0.5 is not exact"),
        ([["x"]], [1], r"hidden\[0\]\[0\]: 'x' is not a number"),
        (None, [1], "hidden: None"),
    ],
)
def test_bad_networks(hidden, output, message):
    with pytest.raises(InputError, match=f"^{message}"):
        Network(hidden, output)


def test_trained_floats():
    network = Network(np.array([[0.5, 0.25]]), np.array([2.0]), floats="binary")
    assert network.predict([[1, 2]]) == (2,)


def test_rows_of_the_wrong_length():
    with pytest.raises(InputError, match=r"^X has 1 column but the network reads 3; did you mean bias=True\?"):
        Network([[1, 2, 3]], [1]).predict([[1]])
    with pytest.raises(InputError, match=r"^X has 3 columns but the network reads 2"):
        Network([[1, 2]], [1]).predict([[1, 2, 3]])
    with pytest.raises(InputError, match=r"^X has 1 column but the network reads 2; did you mean bias=True\?"):
        Network([[1, 2]], [1]).objective(Dataset([[1]], [1]), 1)


def test_rows_without_the_bias_get_one():
    network = Network([[1, "-1/2"], [-1, 0]], ["1/3", 2])
    assert network.predict([[2], [-1]]) == network.predict([[2, 1], [-1, 1]]) == (Fraction(1, 2), 2)
    assert Network([[1]], [1]).predict([[3]]) == (3,)


@given(networks(columns=2), st.lists(st.tuples(st.integers(-9, 9), st.just(1)), min_size=1, max_size=3))
def test_floats_are_the_nearest_ones(network, rows):
    exact, floats = network.predict(rows), network.predict([row[:1] for row in rows], as_floats=True)
    assert all(isinstance(value, float) for value in floats)
    assert floats == tuple(value.numerator / value.denominator for value in exact)


def test_floats_have_a_range():
    with pytest.raises(InputError, match="beyond the range of floats"):
        Network([["1e300"]], ["1e300"]).predict([[1]], as_floats=True)


@pytest.mark.parametrize("penalty", [0, -1, 0.5, "x", None, True])
def test_bad_penalties(penalty):
    with pytest.raises(InputError, match="^penalty: "):
        ZERO.objective(Dataset([[1]], [1]), penalty)


@pytest.mark.parametrize("lists", [{}, {"hidden": []}, {"hidden": [], "output": [], "bias": []}, [[], []], None])
def test_bad_lists(lists):
    with pytest.raises(InputError, match="^network: give"):
        Network.from_lists(lists)


@st.composite
def cases(draw):
    data = draw(datasets())
    return data, draw(networks(columns=data.d)), draw(penalties)


@given(cases())
def test_the_objective_is_the_formula(case):
    data, network, penalty = case
    total = Fraction(0)
    for row, target in zip(data.X, data.y, strict=True):
        fit = sum(
            a * max(sum(w * x for w, x in zip(weights, row, strict=True)), 0)
            for weights, a in zip(network.hidden, network.output, strict=True)
        )
        total += Fraction(1, 2) * (fit - target) ** 2
    for weights, a in zip(network.hidden, network.output, strict=True):
        total += penalty / 2 * (sum(w * w for w in weights) + a * a)
    assert network.objective(data, penalty) == total


@given(cases(), st.fractions(min_value="1/9", max_value=9))
def test_scaling_a_neuron_keeps_the_function(case, factor):
    data, network, _ = case
    hidden = [[w * factor for w in row] for row in network.hidden]
    scaled = Network(hidden, [a / factor for a in network.output])
    assert scaled.predict(data.X) == network.predict(data.X)


@given(cases())
def test_lists_and_back(case):
    _, network, _ = case
    assert Network.from_lists(json.loads(json.dumps(network.to_lists()))) == network


@given(cases())
def test_copies_are_equal(case):
    _, network, _ = case
    twin = pickle.loads(pickle.dumps(network))
    assert twin == network
    assert hash(twin) == hash(network)


def test_nothing_can_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        ZERO.output = (1,)
