"""Networks of floats, snapped to exact stationary ones: proved, near, and of the kind that small moves show."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from classify_judges import dot

from reluexact.errors import InputError
from reluexact.evidence.status import Status
from reluexact.kinds.classification.find import classify
from reluexact.kinds.classification.snap import snap
from reluexact.kinds.optimum.find import solve
from reluexact.model.dataset import Dataset
from reluexact.model.network import Network

PROVED, REFUTED, UNDECIDED = Status.PROVED, Status.REFUTED, Status.UNDECIDED
HALF = Fraction(1, 2)
SMALL = Fraction(1, 10**25)


def trained(data, penalty, width, seed, steps=6000, rate=0.01):
    """Run gradient descent in floats; on a hyperplane it jumps to and fro, so it stays about a step away from it."""
    rng = np.random.default_rng(seed)
    X, y = np.array(data.X, dtype=float), np.array(data.y, dtype=float)
    hidden, output = rng.normal(size=(width, data.d)), rng.normal(size=width)
    for _ in range(steps):
        pre = X @ hidden.T
        rest = y - np.maximum(pre, 0) @ output
        slope = penalty * output - rest @ np.maximum(pre, 0)
        hidden = hidden - rate * (penalty * hidden - ((pre > 0) * np.outer(rest, output)).T @ X)
        output = output - rate * slope
    return hidden, output


def integer_data(seed, n, d):
    rng = np.random.default_rng(seed)
    return Dataset(rng.integers(-3, 4, size=(n, d)).tolist(), rng.integers(-3, 4, size=n).tolist())


def noisy(network, size, seed=0):
    rng = np.random.default_rng(seed)
    hidden = np.array(network.hidden, dtype=float)
    output = np.array(network.output, dtype=float)
    return hidden + size * rng.normal(size=hidden.shape), output + size * rng.normal(size=output.shape)


@pytest.mark.parametrize("seed", range(8))
def test_what_gradient_descent_finds(seed):
    n, d = [(5, 2), (6, 2), (6, 3), (8, 3)][seed % 4]
    data = integer_data(seed, n, d)
    start = trained(data, 0.5, 4, seed)
    found = snap(start, data, HALF, floats="binary", tolerance="1/10")
    assert found.status is PROVED
    assert found.clarke.status is PROVED
    assert found.moved < Fraction(1, 10)
    rough = classify(start, data, HALF, floats="binary")
    assert rough.summary == "not stationary"
    assert abs(found.value.low - rough.objective) < Fraction(1, 5)
    check_kind(found, data)
    optimum = solve(data, HALF)
    assert (found.global_minimum.status is PROVED) is (abs(optimum.value.low - found.value.low) < SMALL)


def check_kind(found, data):
    """Judge the kind by moves of the rational network next to the exact one."""
    network, value = found.network, found.network.objective(data, HALF)
    assert found.value.low - SMALL < value < found.value.high + SMALL
    step, worst = Fraction(1, 10**9), Fraction(0)
    for j, w in enumerate(network.hidden):
        on_hyperplane = [x for x in data.X if abs(dot(x, w)) < SMALL and any(x)]
        for normal in on_hyperplane:
            for sign in (1, -1):
                hidden = [list(row) for row in network.hidden]
                hidden[j] = [a + sign * step * b for a, b in zip(w, normal, strict=True)]
                worst = min(worst, (Network(hidden, network.output).objective(data, HALF) - value) / step)
    rng = np.random.default_rng(7)
    for move in rng.integers(-9, 10, size=(50, network.width * (data.d + 1))):
        entries = iter(step * int(entry) for entry in move)
        hidden = [[w + next(entries) for w in row] for row in network.hidden]
        moved = Network(hidden, [a + next(entries) for a in network.output])
        worst = min(worst, (moved.objective(data, HALF) - value) / step)
    steep = worst < -Fraction(1, 10**3)
    assert steep is (found.directional.status is REFUTED)


def test_an_optimum_with_noise_snaps_back():
    for seed in (3, 5, 8):
        data = integer_data(seed, 6, 2)
        optimum = solve(data, HALF)
        found = snap(noisy(optimum.network, 1e-7), data, HALF, floats="binary")
        if any(neuron.paired for neuron in optimum.neurons):
            continue
        assert found.status is PROVED
        assert found.global_minimum.status is PROVED
        assert abs(found.value.low - optimum.value.low) < SMALL
        assert found.moved < Fraction(1, 10**5)
        assert len(found.neurons) == sum(neuron.amount is not None for neuron in optimum.neurons)


def test_the_counterexamples_snap_to_the_bottom_of_their_cells_or_stay():
    data, network = Dataset([[1, -1], [0, 1]], ["11/10", "1/5"]), Network([[1, 0]], [1])
    found = snap(network, data, "1/10", tolerance="1/1000")
    assert found.status is PROVED
    assert found.clarke.status is PROVED
    assert found.sub_sampled.status is REFUTED
    assert found.directional.status is REFUTED
    assert found.value == Fraction(1, 8)
    assert found.moved == 0


def test_a_rational_network_is_the_same_for_both():
    data, network = Dataset([[1, 1], [0, 1]], [2, -3]), Network([[1, 0]], [1])
    exact, near = classify(network, data, 1), snap(noisy(network, 1e-8), data, 1, floats="binary")
    assert near.status is PROVED
    assert near.value == exact.objective
    for (name, one), (other, two) in zip(exact.properties, near.properties, strict=True):
        assert (name, one.status) == (other, two.status)
    assert "PROVED" in repr(near)


def test_dependent_features_are_undecided():
    """The three neurons of the toy inside the segment of optima: the stationary networks near it are a segment."""
    data = Dataset([[2, 0, 0, 0], [-1, 1, 1, 1]], [1, 1])
    root = (0.5 / 3) ** 0.5
    hidden = root * np.array([[0.5] * 4, [1, 0, 0, 0], [-0.5, 0.5, 0.5, 0.5]])
    found = snap((hidden, [root] * 3), data, 1, floats="binary")
    assert found.status is UNDECIDED
    assert "not isolated" in found.reason
    assert found.properties == ()
    assert found.network is None


def test_no_neuron_is_left():
    found = snap(Network([[0, 0]], [0]), Dataset([[1, 0]], [1]), 1)
    assert found.status is UNDECIDED
    assert "zero network" in repr(found)


def test_wrong_options():
    data = Dataset([[1, 0]], [1])
    with pytest.raises(InputError, match="tolerance: 2 is not between 0 and 1"):
        snap(Network([[1, 0]], [1]), data, 1, tolerance=2)
    with pytest.raises(InputError, match="digits"):
        snap(Network([[1, 0]], [1]), data, 1, digits=0)


@pytest.mark.parametrize("weights", [("1e-400", "1e400"), ("1e400", "1e400"), ("1e200", "1e200"), ("1e160", "1e160")])
def test_numbers_out_of_the_range_of_floats_are_undecided(weights):
    found = snap(([[weights[0]]], [weights[1]]), Dataset(X=[[1], [2]], y=[1, 2]), 1)
    assert found.status.name == "UNDECIDED"
    assert found.reason
