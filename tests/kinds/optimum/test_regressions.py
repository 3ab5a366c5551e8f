"""Instances on which an earlier version crashed, said something false or gave up; found by random data."""

from __future__ import annotations

import json
from fractions import Fraction

import numpy as np
import pytest
from brute import DIGITS, Brute, faults
from solving import proved

from reluexact import checker
from reluexact.evidence.status import Status
from reluexact.evidence.tree import Split
from reluexact.kinds.files import certificate
from reluexact.kinds.optimum.certificate import to_document
from reluexact.kinds.optimum.find import solve
from reluexact.model.dataset import Dataset
from reluexact.model.problem import Problem

TURNED = [
    [2000, "1/1000", -2000],
    [-1000, "1/500", 1000],
    [-2000, "1/500", -1000],
    [1000, "1/1000", 1000],
    [2000, "1/1000", -2000],
]
TURNED_Y = [-117562, 502888, 821069, 911681, -827332]

PROVED_NOW = {
    "a tie that no identity showed": ([[0, -1, -1, 0], [-1, -1, 1, 0], [1, 0, 1, 0], [0, 1, 1, 0]], [-1, 1, -1, 0], "1"),
    "the same between breakpoints": ([[0, -1, -1, 0], [-1, -1, 1, 0], [1, 0, 1, 0], [0, 1, 1, 0]], [-1, 1, -1, 0], "433/750"),
    "a tie of three rows that add up": ([[-1, 3, -2], [-2, -1, 3], [2, 1, -3], [1, 1, -1], [1, 1, -1]], [-3, -3, 1, -1, 2], "10"),
    "a multiplier that is zero": (
        [[0, -1, 1, 1], [-1, 1, -1, 1], [0, 0, 1, 0], [1, -1, 0, 0], [0, 1, 1, -1]],
        [1, 0, 0, -1, 1],
        "129/100",
    ),
    "huge targets": ([[-1, 1, 0, 0], [-1, 1, 1, 0], [-1, 0, 1, 0], [1, 0, -1, 1]], [581887, -369793, 490727, 938468], "938468"),
    "partners of ties": ([[5], [-5]], [1, 1], "5"),
    "partners of ties, a zero row": ([[-1], [1], [0]], [1, 1, 1], "1"),
    "partners of ties, the survey's": ([[0, -1], [0, 1], [0, -2], [0, 1]], [-1, 1, 1, 0], "1"),
}

ODD = {
    "all kinks vanish": ([[1, 1], [2, 1], [-1, -1], [-2, -1]], [-3, -3, 3, 3], "1/10"),
    "all kinks vanish, a greater penalty": ([[-1, 0], [2, 2], [1, 0], [-2, -2]], [3, 3, -3, -3], "2"),
    "all kinks vanish, a fraction as penalty": ([[1, -1], [-1, 0], [-1, 1], [1, 0]], [-1, 1, 1, -1], "76/85"),
    "three dimensions": ([[1, -3, 0], [-1, 3, 0], [2, 1, -2], [-2, -1, 2]], [-1, 1, 1, -1], "129/62"),
    "repeated rows": ([[0, 3], [0, -3], [3, 3], [0, 1], [0, -2], [-3, -3], [0, 2], [0, -1]], [3, -3, 3, 2, 2, -3, -2, -2], "2"),
}
"""Symmetric under x -> -x, y -> -y: all kinks of the dual optimum are 0, which no identity shows."""

SOUND = {
    "columns of very different scale": (TURNED, TURNED_Y, "502888000"),
    "columns of very different scale, small penalty": (TURNED, TURNED_Y, "2514439/1000"),
    "nearly parallel rows": (
        [[3, 0, 1000, "3/1000"], [5, "-3/1000", 4000, "3/500"], [2, "-3/1000", 3000, "3/1000"]],
        [1, 1, -1],
        "1/1000",
    ),
    "amounts of pairs, huge targets": (
        [[0, 0, 2000, 0], [-1000, -1000, 0, -1], [1000, 1000, -1000, 1], [0, 0, -1000, 0], [1000, 1000, -1000, 1]],
        [-903722, 236989, -866864, -361186, 815228],
        "12675804289/125",
    ),
    "four neurons, one relation": ([[0, 1, 0], [1, 0, 0], [0, -1, 0], [0, 0, 2], [-1, 0, 0]], [1, 1, 1, 1, 1], "707/500"),
    "a nearly dead neuron": ([[0, -9], [-4, 6], [4, -6]], [0, 8, 4], "7211/250"),
    "a nearly dead pair": ([[1, -1], [-1, 1], [1, -1]], [3080, -337516, -100149], "17159537/125"),
    "a tiny penalty": ([[0, -1], [1, -1], [1, -1], [-1, 1], [0, 1], [1, -1]], [1, 1, 1, 1, 1, 1], "1/1000000"),
    "a multiplier that is nearly zero": (
        [[2, 1, 0], [2, -2, 2], [3, 2, -3], [-3, 0, -1], [-2, 0, -3], [-1, -3, -3]],
        [3, 0, -2, 3, -2, -3],
        "8",
    ),
}


@pytest.mark.parametrize("name", PROVED_NOW)
def test_proved_and_right(name):
    X, y, penalty = PROVED_NOW[name]
    optimum = proved(X, y, penalty, digits=DIGITS)
    assert faults(optimum) == []


@pytest.mark.parametrize("name", ODD)
def test_kinks_that_vanish_unproved_are_split(name):
    """A tight leaf may leave a wall open only if its kink is known to be at most 0; otherwise the tree decides the wall."""
    X, y, penalty = ODD[name]
    optimum = proved(X, y, penalty, digits=DIGITS)
    assert faults(optimum) == []
    report = checker.check_document(json.dumps(to_document(optimum)))
    assert report.verified, f"{report.path}: {report.reason}"
    assert [neuron.sign for neuron in optimum.neurons] == [1, -1]
    assert [-gate for gate in optimum.neurons[0].gate] == list(optimum.neurons[1].gate)
    assert any(isinstance(node, Split) for node in optimum.evidence.positive)


@pytest.mark.parametrize("digits", [30, DIGITS])
@pytest.mark.parametrize("name", SOUND)
def test_sound_whatever_the_status(name, digits):
    """The checker accepts the certificate, and a PROVED optimum is right."""
    X, y, penalty = SOUND[name]
    optimum = solve(Dataset(X, y), penalty, digits=digits)
    report = checker.check_document(json.dumps(to_document(optimum)))
    assert report.verified, f"{report.path}: {report.reason}"
    assert optimum.lower <= optimum.upper
    network = optimum.network
    assert Brute(optimum.data.X, optimum.data.y).objective(network.hidden, network.output, Fraction(penalty)) == optimum.upper
    if optimum.status is Status.PROVED and digits == DIGITS:
        assert faults(optimum) == []


@pytest.mark.parametrize("X", [[[5], [-5]], [[3, 4], [-3, -4]]])
def test_pairs_know_each_other_at_the_greatest_penalty(X):
    optimum = proved(X, [1, 1], 5)
    assert [neuron.partner for neuron in optimum.neurons] == [1, 0]
    assert all(neuron.paired and neuron.amount is None for neuron in optimum.neurons)


@pytest.mark.parametrize("digits", [30, 60, 400])
def test_a_value_in_square_roots_takes_any_number_of_digits(digits):
    """The value 2 b/q - b^2/q^2 with q = sqrt 5 once was refined for ever, since its first enclosure has a fixed width."""
    optimum = proved([[-2, 1], [2, 1]], [1, 1], "1/10", digits=digits)
    assert optimum.value.high - optimum.value.low <= Fraction(1, 10**digits)
    assert optimum.value.radical is not None


@pytest.mark.parametrize("digits", [30, 100])
@pytest.mark.parametrize("parts", [("none", "none"), ("penalised", "none"), ("penalised", "penalised"), ("free", "free")])
@pytest.mark.parametrize("seed", range(3))
def test_data_with_all_bits_of_floats(seed, parts, digits):
    """Standardised features: the unknowns of spans with long basis vectors are tiny, and one cube encloses all unknowns."""
    draw = np.random.default_rng(seed)
    data = Dataset(draw.normal(size=(12, 2)).tolist(), draw.normal(size=12).tolist(), floats="binary")
    optimum = solve(Problem(data, 1, hidden_bias=parts[0], output_bias=parts[1]), digits=digits)
    assert optimum.status is Status.PROVED, optimum.reason
    assert optimum.value.high - optimum.value.low <= Fraction(1, 10**digits)
    assert checker.check_document(certificate(optimum)).verified
