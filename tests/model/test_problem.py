"""The extended problem: its parts, what it refuses, its objective and its dual value."""

from __future__ import annotations

import pickle
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

import reluexact as rx
from reluexact.model.problem import as_problem

DATA = rx.Dataset(X=[[1, 2], [0, 1], [3, -1]], y=[1, -1, 1])
PARTS = ("none", "free", "penalised")
NUMBER = st.fractions(min_value=-4, max_value=4, max_denominator=4)


def networks(problem, draw):
    d, width = problem.data.d, draw(st.integers(0, 2))
    numbers = lambda size: [draw(NUMBER) for _ in range(size)]  # noqa: E731
    skip = numbers(d) if problem.skip != "none" else []
    if skip and problem.hidden_bias == "penalised":
        skip[-1] = Fraction(0)
    return rx.BiasedNetwork(
        [numbers(d) for _ in range(width)],
        numbers(width),
        hidden_bias=numbers(width) if problem.free_bias else [],
        output_bias=draw(NUMBER) if problem.output_bias != "none" else 0,
        skip=skip,
    )


@st.composite
def problems(draw):
    loss = draw(
        st.sampled_from(
            ["squared", "absolute", "huber(1)", "quantile(1/4)", "epsilon_insensitive(1/2)", "hinge", "squared_hinge"]
        )
    )
    hidden = draw(st.sampled_from(PARTS))
    output = "free" if hidden == "free" else draw(st.sampled_from(PARTS))
    weights = draw(st.none() | st.just(["1/2", 3, 1]))
    return rx.Problem(DATA, "3/2", loss, output, hidden, draw(st.sampled_from(PARTS)), weights)


@given(st.data(), problems())
def test_the_objective_is_what_the_docstring_says(data, problem):
    network = networks(problem, data.draw)
    X, b = problem.data.X, problem.penalty
    total = Fraction(0)
    for row, y, weight in zip(X, problem.data.y, problem.weights or [1] * 3, strict=True):
        fit = network.output_bias + sum(g * x for g, x in zip(network.skip, row, strict=False))
        for w, c, a in zip(network.hidden, network.hidden_bias, network.output, strict=True):
            fit += a * max(Fraction(0), sum(v * x for v, x in zip(w, row, strict=True)) + c)
        total += weight * problem.loss.value(fit, y)
    total += b / 2 * sum(v * v for row in (*network.hidden, network.output) for v in row)
    total += b / 2 * network.output_bias**2 * (problem.output_bias == "penalised")
    total += b / 2 * sum(g * g for g in network.skip) * (problem.skip == "penalised")
    assert problem.objective(network) == total
    lists = rx.BiasedNetwork.from_lists(network.to_lists())
    assert lists == network


@given(st.data(), problems(), st.lists(st.fractions(-1, 1, max_denominator=3), min_size=3, max_size=3))
def test_weak_duality_of_the_linear_part(data, problem, theta):
    """Without neurons the dual value of any theta is at most the objective of any linear part."""
    lower = problem.dual_value(theta)
    if lower is not None:
        network = networks(problem, data.draw)
        alone = rx.BiasedNetwork([], [], output_bias=network.output_bias, skip=network.skip)
        assert lower <= problem.objective(alone)


def test_a_free_column_is_orthogonal_to_theta():
    problem = rx.Problem(DATA, 1, output_bias="free")
    assert problem.dual_value([Fraction(1), Fraction(0), Fraction(0)]) is None
    assert problem.dual_value([Fraction(1), Fraction(-1), Fraction(0)]) is not None
    penalised = rx.Problem(DATA, 2, output_bias="penalised")
    theta = [Fraction(1), Fraction(0), Fraction(0)]
    assert penalised.dual_value(theta) == rx.Problem(DATA, 2).dual_value(theta) - Fraction(1, 4)


def test_the_penalised_bias_is_the_column_of_the_data():
    with_column = rx.Dataset(DATA.X, DATA.y, bias=True)
    problem = rx.Problem(DATA, 1, hidden_bias="penalised")
    assert problem.data == with_column
    assert problem == rx.Problem(with_column, 1) == rx.Problem(with_column, 1, hidden_bias="penalised")
    assert problem.is_plain
    assert problem.hidden_bias == rx.Problem(with_column, 1).hidden_bias == "penalised"
    assert hash(problem) == hash(rx.Problem(with_column, 1))
    assert problem.features == (0, 1)
    assert rx.Problem(DATA, 1).features == (0, 1)
    assert [part.name for part in rx.Problem(with_column, 1, output_bias="free", skip="free").linear] == [
        "output bias",
        "x1",
        "x2",
    ]


def test_weights_of_one_are_none():
    assert rx.Problem(DATA, 1, weights=[1, 1, 1]) == rx.Problem(DATA, 1)
    assert rx.Problem(DATA, 1, weights=[1, 1, "1/2"]) != rx.Problem(DATA, 1)


def test_equality_sees_every_part():
    made = [
        rx.Problem(DATA, 1, skip=skip, output_bias=output, hidden_bias=hidden)
        for skip, output, hidden in product(PARTS, PARTS, PARTS[::2])
    ]
    assert len(set(made)) == len(made)
    assert rx.Problem(DATA, 1, "huber(1)") == rx.Problem(DATA, 1, rx.huber(1)) != rx.Problem(DATA, 1, "huber(2)")
    assert pickle.loads(pickle.dumps(made[3])) == made[3]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"hidden_bias": "free"}, "the minimum is not attained"),
        ({"hidden_bias": "free", "output_bias": "penalised"}, "the minimum is not attained"),
        ({"loss": "cubed"}, "is no loss"),
        ({"output_bias": True}, "say 'none', 'free' or 'penalised'"),
        ({"skip": "some"}, "say 'none', 'free' or 'penalised'"),
        ({"weights": [1, 2]}, "one weight per row"),
        ({"weights": [1, 0, 1]}, "is not positive"),
        ({"weights": [1, 0.5, 1]}, "not exact"),
        ({"penalty": 0}, "not positive"),
    ],
)
def test_bad_problems_are_refused(options, words):
    with pytest.raises(rx.InputError, match=words):
        rx.Problem(**{"data": DATA, "penalty": 1, **options})


def test_labels_are_wanted():
    with pytest.raises(rx.InputError, match=r"y\[1\]: 3 is no label; the loss hinge wants -1 or 1"):
        rx.Problem(rx.Dataset([[1], [2]], [1, 3]), 1, "hinge")


def test_a_free_bias_beside_a_penalised_one_is_refused():
    data = rx.Dataset([[1], [2]], [1, 3], bias=True)
    with pytest.raises(rx.InputError, match="without bias=True"):
        rx.Problem(data, 1, hidden_bias="free", output_bias="free")


@pytest.mark.parametrize(
    "network",
    [
        rx.BiasedNetwork([], [], output_bias=1),
        rx.BiasedNetwork([], [], skip=[1, 0]),
        rx.BiasedNetwork([[1, 1]], [1], hidden_bias=[1]),
    ],
)
def test_a_network_with_a_part_that_the_problem_has_not_is_refused(network):
    with pytest.raises(rx.InputError, match="which this problem has not"):
        rx.Problem(DATA, 1).objective(network)


@pytest.mark.parametrize(
    "network", [rx.Network([[0, 2]], [2]), rx.BiasedNetwork([[0, 2]], [2]), rx.BiasedNetwork([], [], skip=[0, 2])]
)
def test_a_network_with_a_weight_too_many_is_refused(network):
    """It was taken for one with a bias, whose objective 5 is below the minimum 27/5 of this problem."""
    for parts in ({}, {"skip": "free"}, {"output_bias": "free", "hidden_bias": "free", "skip": "penalised"}):
        with pytest.raises(
            rx.InputError,
            match=r"reads 2 columns, but the (?:data|problem) has 1.*; did you mean bias=True\?|has skip connection",
        ):
            rx.Problem(rx.Dataset([[1], [2]], [5, 5]), 1, **parts).objective(network)


def test_the_plain_problem_has_todays_objective():
    network = rx.Network([[1, "1/2"], [0, 1]], [1, -2])
    assert rx.Problem(DATA, 2).objective(network) == network.objective(DATA, 2)


def test_one_problem_or_data_and_penalty():
    assert as_problem(DATA, 2) == rx.Problem(DATA, 2)
    with pytest.raises(rx.InputError, match="penalty: give one"):
        as_problem(DATA)
