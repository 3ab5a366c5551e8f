"""What kind of point a network is, for every loss and part: against rx.classify, exact differences, and known points."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

import reluexact as rx
from reluexact.kinds.judgement.exact import own_dual_point
from reluexact.kinds.judgement.stationarity import _linear_slopes, stationarity_of, surroundings_of

ROWS = rx.Dataset([[1, 2], [0, 1], [3, -1], [-2, 1], [1, 0]], [1, -1, 1, -1, 1])
STEP = Fraction(1, 10**12)
PROBLEMS = [
    rx.Problem(ROWS, "1/3"),
    rx.Problem(ROWS, "1/3", hidden_bias="free", output_bias="free"),
    rx.Problem(ROWS, "1/3", "huber(1/2)", "penalised", "penalised", "penalised"),
    rx.Problem(ROWS, "1/2", "squared_hinge", "free", "free", "free", [1, 2, "1/3", 4, 1]),
    rx.Problem(ROWS, "1/2", "absolute", "free", "none", "penalised"),
]


def drawn(problem, rng, width=3):
    """A network with neurons on hyperplanes of the data as well as off them."""
    number = lambda: Fraction(rng.randint(-3, 3), rng.choice([1, 1, 2]))  # noqa: E731
    features = len(problem.features)
    return rx.BiasedNetwork(
        [[number() for _ in range(problem.data.d)] for _ in range(width)],
        [number() for _ in range(width)],
        hidden_bias=[number() for _ in range(width)] if problem.free_bias else [],
        output_bias=number() if problem.output_bias != "none" else 0,
        skip=[number() if j < features else 0 for j in range(problem.data.d)] if problem.skip != "none" else [],
    )


def skip_of(network):
    """The skip connection with its zeros."""
    return network.skip or (0,) * network.inputs


def moved(network, move, step):
    """The network with the numbers of another one, times a step, added to its own."""
    add = lambda one, other: [a + step * b for a, b in zip(one, other, strict=True)]  # noqa: E731
    return rx.BiasedNetwork(
        [add(row, more) for row, more in zip(network.hidden, move.hidden, strict=True)],
        add(network.output, move.output),
        hidden_bias=add(network.hidden_bias, move.hidden_bias),
        output_bias=network.output_bias + step * move.output_bias,
        skip=add(skip_of(network), skip_of(move)),
    )


@pytest.mark.parametrize("number", range(len(PROBLEMS)))
def test_the_derivative_is_that_of_the_objective(number):
    problem, rng, seen = PROBLEMS[number], random.Random(number), 0
    while seen < 12:
        network, move = drawn(problem, rng), drawn(problem, rng)
        theta = own_dual_point(problem, network)
        if theta is None:
            continue
        seen += 1
        slope = Fraction(0)
        for near, weights, bias, amount in zip(
            surroundings_of(problem, network, theta), move.hidden, move.hidden_bias, move.output, strict=True
        ):
            slope += near.output_slope * amount - near.pull.value((*weights, bias) if problem.free_bias else weights)
        linear = [move.output_bias] if problem.output_bias != "none" else []
        linear += [skip_of(move)[j] for j in problem.features] if problem.skip != "none" else []
        slope += sum(a * b for a, b in zip(_linear_slopes(problem, network, theta), linear, strict=True))
        change = (problem.objective(moved(network, move, STEP)) - problem.objective(network)) / STEP
        assert abs(change - slope) < Fraction(1, 10**6)


@pytest.mark.parametrize(
    ("network", "data", "penalty"),
    [
        (rx.Network([[1, 0]], [1]), rx.Dataset([[0, 1], [1, -1]], [2, 2]), 1),
        (rx.Network([["1/2"]] * 3, ["1/2"] * 3), rx.Dataset([[1], [-1]], [1, 1]), "1/4"),
        (rx.Network([["6/5", "8/5"]], [2]), rx.Dataset([[1, 0], [0, 1]], [3, 4]), 1),
        (rx.Network([[0, 0]], [0]), rx.Dataset([[1, 0], [0, 1]], [3, 4]), 1),
        (rx.Network([[1, 1]], [1]), ROWS, 1),
    ],
)
def test_it_says_what_classify_says(network, data, penalty):
    problem = rx.Problem(data, penalty)
    ours = stationarity_of(rx.judge(network, problem), limit=1000)
    theirs = rx.classify(network, problem)
    known = dict(theirs.properties)
    assert {name: answer.status for name, answer in ours.properties} == {name: known[name].status for name, _ in ours.properties}
    assert ours.distance.low <= theirs.distance.high
    assert theirs.distance.low <= ours.distance.high
    assert bool(ours.distance.high) == bool(theirs.distance.high)


@pytest.mark.parametrize("loss", ["squared", "huber(1)"])
def test_planted_optima_with_free_biases_are_global_minima(loss):
    known = rx.planted(rows=12, neurons=3, features=1, hidden_bias="free", output_bias="free", loss=loss)
    found = stationarity_of(rx.judge(known.network, known.problem), limit=1000)
    assert found.summary == "global minimum, over networks of every width"
    assert {answer.status for _, answer in found.properties} == {rx.Status.PROVED}
    assert found.distance.high == 0


def test_what_is_stationary_without_being_a_minimum():
    """The best constant is stationary, with a neuron that is 0 as without; the neuron helps at second order."""
    problem = rx.Problem(rx.Dataset([[1], [2]], [1, 2]), "1/10", output_bias="free")
    alone = stationarity_of(rx.judge(rx.BiasedNetwork([], [], output_bias="3/2"), problem), limit=10)
    assert alone.summary == "local minimum among networks of width 0, not global"
    zero = stationarity_of(rx.judge(rx.BiasedNetwork([[0]], [0], output_bias="3/2"), problem), limit=10)
    assert zero.summary == "directionally stationary, not a local minimum"
    off = stationarity_of(rx.judge(rx.BiasedNetwork([], [], output_bias=1), problem), limit=10)
    assert (off.summary, off.distance) == ("not stationary", rx.Real.rational(1))


def test_a_limit_leaves_it_open():
    """The cells round a neuron that lies on many hyperplanes are not counted further."""
    circle = [[1, 0], [2, 1], [1, 2], [0, 1], [-1, 2], [-2, 1]]
    problem = rx.Problem(rx.Dataset(circle, [3, -1, 2, -2, 1, -3]), 1, output_bias="free")
    found = stationarity_of(rx.judge(rx.BiasedNetwork([[0, 0]], [1]), problem), limit=1)
    assert dict(found.properties)["directionally stationary"].status is rx.Status.REFUTED  # by the output weight alone
    assert found.distance.low > 0
