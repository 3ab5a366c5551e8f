"""Penalties a hair beside the greatest useful one: amounts down to 1e-30, which floats cannot see."""

from fractions import Fraction

import pytest
from support.solving import proved

from reluexact.kinds.max_penalty.find import max_penalty
from reluexact.model.dataset import Dataset

F = Fraction

ONE = ([[1], [2]], [1, 2], F(5))
"""One feature: the greatest useful penalty is 5; 5 - t has the neuron of amount t / 5."""

MIDDLE = ([[x, 1] for x in range(-2, 3)], [1, 0, 1, 0, 1], F(3))
"""Symmetric data: the constant function leads."""


@pytest.mark.parametrize("k", [10, 15, 16, 17, 20, 25, 30])
@pytest.mark.parametrize(("X", "y", "greatest"), [ONE, MIDDLE], ids=["one", "middle"])
def test_just_below_the_greatest_penalty(X, y, greatest, k):
    step = F(1, 10**k)
    best = proved(X, y, greatest - step)
    square = sum(F(v) ** 2 for v in y) / 2
    assert len(best.neurons) == 1
    assert best.value.low <= square - step**2 / 10 <= best.value.high  # the feature of the maximiser has the squared length 5
    above = proved(X, y, greatest + step)
    assert not above.neurons
    assert above.value.low == square == above.value.high


@pytest.mark.parametrize("k", [16, 30])
def test_with_the_other_engine(k):
    for X, y, greatest in (ONE, MIDDLE):
        assert len(proved(X, y, greatest - F(1, 10**k), engine="scip").neurons) == 1
        assert not proved(X, y, greatest + F(1, 10**k), engine="scip").neurons


@pytest.mark.parametrize("k", [10, 15, 16, 20, 30])
def test_a_neuron_about_to_leave(k):
    """X = 1, -1 and y = 2, 1: a neuron each way, the second one up to the penalty 1."""
    step = F(1, 10**k)
    below, above = (proved([[1], [-1]], [2, 1], 1 + side * step) for side in (-1, 1))
    assert len(below.neurons) == 2
    assert below.value.low == 3 * (1 - step) - (1 - step) ** 2
    assert len(above.neurons) == 1
    assert above.value.low == 2 * (1 + step) - (1 + step) ** 2 / 2 + F(1, 2)


SEVERAL = {
    "mirror images": ([[x, 1] for x in (-2, -1, 0, 1, 2)], [3, 0, 0, 0, 3]),
    "four": ([[1, 0], [-1, 0], [0, 1], [0, -1]], [1, 1, 1, 1]),
    "both signs": ([[x, 1] for x in (-1, 0, 1)], [-2, 0, 2]),
    "irrational": ([[1, 1], [0, 1], [2, -1]], [1, 1, 0]),
}


@pytest.mark.parametrize("k", [12, 16, 20, 30])
@pytest.mark.parametrize("name", SEVERAL)
def test_several_maximisers(name, k):
    X, y = SEVERAL[name]
    greatest = F(max_penalty(Dataset(X, y)).decimal(60))
    square = sum(F(v) ** 2 for v in y) / 2
    below = proved(X, y, greatest * (1 - F(1, 10**k)))
    assert below.neurons
    assert below.value.low <= square < below.value.high + F(10, 10**k)
    assert not proved(X, y, greatest * (1 + F(1, 10**k))).neurons
