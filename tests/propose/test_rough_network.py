"""The network of little time: near the optimum where that is known, and what it claims is its objective."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

import reluexact as rx
from reluexact.propose import rough_network as module
from reluexact.propose.rough_network import rough_network

FREE = {"hidden_bias": "free", "output_bias": "free"}
OTHERS = {"hidden_bias": "penalised", "output_bias": "penalised", "skip": "penalised"}
LABELS = {"hinge", "squared_hinge", "logistic"}


def problem_of(seed, scale=1, loss="squared", penalty=1, **parts):
    random = np.random.RandomState(seed)
    X = [[Fraction(int(x), 8) * scale for x in row] for row in random.randint(-16, 17, size=(10, 2))]
    y = [int(t) for t in random.randint(-9, 10, size=10)]
    y = [1 if t > 0 else -1 for t in y] if loss in LABELS else y
    return rx.Problem(rx.Dataset(X, y), penalty, loss, **parts)


@pytest.mark.parametrize("few", [0, 200], ids=["ascent", "cells"])
@pytest.mark.parametrize("parts", [{}, FREE, OTHERS], ids=["none", "free", "penalised"])
@pytest.mark.parametrize("loss", ["squared", "absolute", "squared_hinge", "logistic"])
def test_it_is_near_the_optimum(few, parts, loss, monkeypatch):
    monkeypatch.setattr(module, "_FEW", few)
    mixed = parts is OTHERS  # a bias column beside features of another size makes it hard
    for seed, scale in enumerate((1, 1000 if few or not mixed else 1, 1 if mixed else Fraction(1, 1000))):
        problem = problem_of(seed, scale, loss, Fraction(scale) / 2, **parts)
        network, objective = rough_network(problem)
        assert objective == problem.objective(network)
        lower = rx.prove_bound(problem).lower
        zero = problem.objective(rx.BiasedNetwork([], []))
        assert lower <= objective <= zero
        assert objective - lower <= (zero - lower) / (10 if few or not mixed else 4)


def test_it_is_the_same_every_time_and_weights_count():
    problem = problem_of(3, **FREE, weights=[1, 2, 3, 4, 5, 1, 2, 3, 4, "1/2"])
    network, objective = rough_network(problem)
    assert rough_network(problem)[0] == network
    assert objective < problem.objective(rough_network(problem_of(3, **FREE))[0])


def test_where_the_zero_network_is_optimal_it_is_the_answer():
    zero = rx.BiasedNetwork([], [])
    assert rough_network(problem_of(0, penalty=10**6)) == (zero, problem_of(0).objective(zero))
