"""Row weights as scaled copies: the same objective of every network, few copies, and the rows can be read off them again."""

from __future__ import annotations

import pickle
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import datasets, networks, penalties

import reluexact as rx

F = Fraction
weights = st.builds(Fraction, st.integers(1, 60), st.sampled_from([1, 1, 2, 3, 10, 97]))


@given(datasets(rows=(1, 5), columns=(1, 3)), penalties, st.booleans(), st.data())
def test_every_network_has_the_same_objective(data, penalty, bias, draw):
    data = rx.Dataset(data.X, data.y, bias)
    problem = rx.Problem(data, penalty, weights=[draw.draw(weights) for _ in data.X])
    plain = rx.without_weights(problem)
    assert plain.is_plain
    network = draw.draw(networks(columns=data.d, width=(0, 3)))
    assert plain.objective(network) == problem.objective(network) == network.objective(plain.data, penalty)
    assert len(plain.data.hyperplanes) == len(data.hyperplanes)


@given(datasets(rows=(1, 5), columns=(1, 2)), st.data())
def test_the_copies_of_a_row_add_up_to_its_weight(data, draw):
    wanted = [draw.draw(weights) for _ in data.X]
    plain = rx.without_weights(rx.Problem(data, 1, weights=wanted)).data
    if plain.copies is None:
        assert set(wanted) == {1}
        return
    copies = plain.copies
    assert plain.given == data
    for i, weight in enumerate(wanted):
        places = [k for k, row in enumerate(copies.rows) if row == i]
        assert 1 <= len(places) <= 4
        assert sum(copies.factors[k] ** 2 for k in places) == weight
        assert all(plain.X[k] == tuple(copies.factors[k] * x for x in data.X[i]) for k in places)
        assert all(plain.y[k] == copies.factors[k] * data.y[i] for k in places)
    assert plain.unscaled(plain.y) == data.y
    assert plain.per_row(copies.rows) == tuple(range(data.n))


def test_a_square_needs_one_copy():
    data = rx.Dataset([[1, 2], [3, 4]], [5, 6], bias=True)
    plain = rx.without_weights(rx.Problem(data, 1, weights=["4", "0.25"])).data
    assert list(map(list, plain.X)) == [[2, 4, 2], [F(3, 2), 2, F(1, 2)]]
    assert plain.y == (10, 3)
    assert plain.names == data.names
    assert not plain.has_bias
    assert plain.given.has_bias


def test_without_weights_a_problem_stays_what_it_is():
    data = rx.Dataset([[1], [2]], [3, 4])
    for problem in (rx.Problem(data, 1), rx.Problem(data, 1, weights=[1, 1])):
        assert rx.without_weights(problem) is problem
        assert problem.data.copies is None
        assert problem.data.given is problem.data
        assert problem.data.per_row("ab") == ("a", "b")


def test_scaled_copies_are_data_like_any_other():
    plain = rx.without_weights(rx.Problem(rx.Dataset([[1], [2]], [3, 4]), 1, weights=[2, 1])).data
    assert plain == rx.Dataset([[1], [1], [2]], [3, 3, 4])
    again = pickle.loads(pickle.dumps(plain))
    assert again == plain
    assert again.given == rx.Dataset([[1], [2]], [3, 4])
    assert again.copies == plain.copies
    assert repr(plain).startswith("Dataset(3 scaled copies of 2 rows, 1 column: x1;")
    assert plain.remarks[-1] == "row weights: 2 rows become 3 scaled copies of rows; certificates are about these"


def test_long_decimals_are_taken_exactly():
    text = "0.12345678901234567890123456789012345678901234567890"
    data = rx.Dataset([[i, 1] for i in range(40)], [1] * 40)
    problem = rx.Problem(data, 1, weights=[f"{i}{text[1:]}" for i in range(40)])
    network = rx.Network([[1, 2]], [3])
    assert problem.objective(network) == rx.without_weights(problem).objective(network)


@pytest.mark.parametrize(
    ("parts", "named"),
    [
        ({"loss": "absolute"}, "loss absolute"),
        ({"output_bias": "free"}, "output_bias free"),
        ({"output_bias": "free", "hidden_bias": "free"}, "output_bias free, hidden_bias free"),
        ({"skip": "penalised"}, "skip penalised"),
    ],
)
def test_what_does_not_scale_is_refused_by_name(parts, named):
    problem = rx.Problem(rx.Dataset([[1], [2]], [3, 4]), 1, weights=[1, 2], **parts)
    with pytest.raises(rx.InputError, match=f"problem: it has {named}; only the squared loss"):
        rx.without_weights(problem)


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ([1, 0], r"weights\[1\]: 0 is not positive; leave a row out"),
        ([1, -2], r"weights\[1\]: -2 is not positive"),
        ([1, "many"], r"weights\[1\]"),
        ([1], "weights: 1 for 2 rows"),
    ],
)
def test_bad_weights(wrong, reason):
    with pytest.raises(rx.InputError, match=reason):
        rx.Problem(rx.Dataset([[1], [2]], [3, 4]), 1, weights=wrong)


def test_only_a_problem_has_weights():
    with pytest.raises(rx.InputError, match="a Dataset is no problem; pass rx.Problem"):
        rx.without_weights(rx.Dataset([[1]], [2]))
