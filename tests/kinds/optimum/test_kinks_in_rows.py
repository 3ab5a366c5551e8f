"""With a free hidden bias all tight neurons with a kink in a row are listed, also where theta is 0 and the kink bends nothing."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import permutations

import numpy as np
import pytest
from tight_kinks import listed_kinks, tight_kinks_of

import reluexact as rx
from reluexact.checker import check_document
from reluexact.kinds.files import certificate

LOSSES = ("squared", "absolute", "huber(1)", "quantile(1/4)", "epsilon_insensitive(1/2)", "hinge", "squared_hinge")
FREE = {"hidden_bias": "free", "output_bias": "free"}
FLAT = {
    "flat": ([-4, -5, 4], [16, 25, 16], "1/100", "none"),
    "greater": ([-4, -5, 4], [16000, 25000, 16000], 10, "none"),
    "penalised skip": ([5, 3, -2], [25, 9, 4], "1/1000", "penalised"),
    "hinge, many rows": ([5, 5, 2, -3, 2, -1, 0], [1, 1, -1, -1, 1, -1, -1], "1/100", "penalised"),
}


def solved(X, y, penalty, skip, loss="squared", weights=None):
    problem = rx.Problem(rx.Dataset([[x] for x in X], y), penalty, loss, skip=skip, weights=weights, **FREE)
    return rx.solve(problem)


def random_line(seed, loss):
    """Return a random problem with one feature; convex targets and labels often have rows with theta = 0."""
    rng = random.Random(f"{loss} {seed}")
    X = rng.sample(range(-5, 6), rng.randint(3, 6))
    X += rng.choices(X, k=rng.randint(0, 2))
    y = [rng.choice([-1, 1]) if "hinge" in loss else rng.choice([rng.randint(-6, 6), x * x]) for x in X]
    weights = rng.choice([None, [rng.randint(1, 3) for _ in X]])
    return X, y, Fraction(1, rng.choice([1, 2, 5, 10, 100])), rng.choice(["none", "free", "penalised"]), loss, weights


def judge(loss, seeds):
    """Compare the list with that of brute force; return how many are PROVED, and how many have a theta of 0 at a tight kink."""
    proved = flat = 0
    for seed in seeds:
        case = random_line(seed, loss)
        optimum = solved(*case)
        if optimum.status is not rx.Status.PROVED:
            continue
        assert listed_kinks(optimum) == tight_kinks_of(optimum), case
        proved += 1
        straight = {row[0] for row, entry in zip(optimum.data.X, optimum.theta, strict=True) if entry.low == 0}
        flat += any(kink in straight for _, _, kink in listed_kinks(optimum))
    return proved, flat


@pytest.mark.parametrize("loss", LOSSES)
def test_all_tight_kinks_are_listed(loss):
    proved, flat = judge(loss, range(15, 40))
    assert proved > 20
    assert flat > 0


@pytest.mark.slow
@pytest.mark.parametrize("loss", LOSSES)
def test_all_tight_kinks_of_many_are_listed(loss):
    assert judge(loss, range(1000, 1300))[0] > 250


def test_the_neuron_that_bends_nothing():
    optimum = solved(*FLAT["flat"])
    assert [entry.low for entry in optimum.theta] == [Fraction(-1, 100), Fraction(1, 100), 0]
    assert listed_kinks(optimum) == {(1, -1, -4), (1, -1, 4), (-1, 1, -5)}
    assert optimum.value.as_fraction() == Fraction(899, 10000)


@pytest.mark.parametrize("name", FLAT)
def test_the_order_of_the_rows_changes_no_neuron(name):
    X, y, penalty, skip = FLAT[name]
    loss = "hinge" if "hinge" in name else "squared"
    orders = list(permutations(range(len(X))))
    found = []
    for order in orders if len(orders) < 10 else random.Random(name).sample(orders, 8):
        optimum = solved([X[i] for i in order], [y[i] for i in order], penalty, skip, loss)
        assert optimum.status is rx.Status.PROVED
        assert check_document(certificate(optimum)).verified
        found.append(listed_kinks(optimum))
    assert all(kinks == found[0] for kinks in found)


@pytest.mark.parametrize("seed", range(12))
def test_kinks_of_the_same_direction_in_the_plane(seed):
    """Beside each listed neuron: a parallel kink in another row, as tight, is listed too; floats judge."""
    rng, loss = random.Random(f"plane {seed}"), LOSSES[seed % len(LOSSES)]
    X = [[rng.randint(-3, 3), rng.randint(-3, 3)] for _ in range(rng.randint(4, 8))]
    y = [rng.choice([-1, 1]) if "hinge" in loss else x * x + z for x, z in X]
    optimum = rx.solve(rx.Problem(rx.Dataset(X, y), "1/10", loss, **FREE))
    assert optimum.lower <= optimum.upper
    table, theta = np.array(X, float), np.array([float(entry) for entry in optimum.theta])
    known = [(neuron.sign, np.array([float(entry) for entry in neuron.direction]), neuron.face) for neuron in optimum.neurons]
    for sign, direction, _ in known:
        heights = table @ direction
        for k, height in enumerate(heights):
            if abs(sign * theta @ np.maximum(heights - height, 0) - 0.1) < 1e-11:
                assert any(s == sign and k in face and np.allclose(u, direction, atol=1e-12) for s, u, face in known)
