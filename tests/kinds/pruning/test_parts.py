"""Exact pruning for every loss and part: the outputs stay, the balanced objective does not rise, the features are independent."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

import reluexact as rx
from reluexact.kinds.judgement.rebuilt import balanced_parts
from reluexact.kinds.pruning.parts import prune_parts
from reluexact.numbers.linalg import rank

ROWS = rx.Dataset([[1, 2], [0, 1], [3, -1], [-2, 1]], [1, -1, 1, -1])
PARTS = [
    {},
    {"hidden_bias": "free", "output_bias": "free"},
    {"hidden_bias": "free", "output_bias": "free", "skip": "free", "loss": "hinge"},
    {"output_bias": "penalised", "skip": "free", "loss": "absolute", "weights": [1, 2, 3, "1/2"]},
    {"hidden_bias": "penalised", "output_bias": "free", "skip": "penalised", "loss": "logistic"},
    {"output_bias": "penalised", "skip": "penalised"},
]


def drawn(problem, rng, width):
    number = lambda: Fraction(rng.randint(-5, 5), rng.choice([1, 2, 3]))  # noqa: E731
    d, features = problem.data.d, len(problem.features)
    return rx.BiasedNetwork(
        [[number() for _ in range(d)] for _ in range(width)],
        [number() for _ in range(width)],
        hidden_bias=[number() for _ in range(width)] if problem.free_bias else [],
        output_bias=number() if problem.output_bias != "none" else 0,
        skip=[number() if j < features else 0 for j in range(d)] if problem.skip != "none" else [],
    )


def features(problem, network):
    gates = [
        [max(sum(x * w for x, w in zip(row, weights, strict=True)) + bias, 0) for row in problem.data.X]
        for weights, bias in zip(network.hidden, network.hidden_bias, strict=True)
    ]
    return gates, [list(part.column) for part in problem.linear if not part.ridge]


@pytest.mark.parametrize("parts", PARTS, ids=lambda parts: "-".join(f"{name}-{value}" for name, value in parts.items()))
def test_random_networks(parts):
    problem, rng = rx.Problem(ROWS, "1/3", **parts), random.Random(len(parts))
    for width in (1, 3, 6, 9):
        network = drawn(problem, rng, width)
        found = prune_parts(problem, network)
        pruned = found.network
        assert pruned.predict(problem.data.X) == network.predict(problem.data.X)
        gates, free = features(problem, pruned)
        assert rank([*gates, *free]) == len(gates) + (rank(free) if free else 0)
        assert pruned.width == len(found.kept) <= problem.data.n
        assert pruned.hidden == tuple(network.hidden[j] for j in found.kept)
        assert all(a * network.output[j] > 0 for a, j in zip(pruned.output, found.kept, strict=True))
        for part, change in (("output_bias", pruned.output_bias != network.output_bias), ("skip", pruned.skip != network.skip)):
            assert not change or parts.get(part) == "free"
        before, after = (problem.objective(balanced_parts(problem, one)) for one in (network, pruned))
        assert after <= before + Fraction(1, 10**15)


def test_a_neuron_that_is_on_everywhere_is_a_free_linear_part():
    problem = rx.Problem(ROWS, 1, hidden_bias="free", output_bias="free", skip="free")
    found = prune_parts(problem, rx.BiasedNetwork([[1, -1]], [2], hidden_bias=[10], output_bias=1, skip=[0, 3]))
    assert (found.kept, found.network) == ((), rx.BiasedNetwork([], [], output_bias=21, skip=[2, 1]))


def test_explanations_have_it():
    problem = rx.Problem(ROWS, "1/3", hidden_bias="free", output_bias="free")
    network = drawn(problem, random.Random(5), 8)
    found = rx.judge(network, problem).explain()
    assert found.pruned.network.width <= problem.data.n - 1
    assert found.pruned.network.to_lists() == prune_parts(problem, found.steps[1].network).network.to_lists()
