"""Random small extended problems, reproducible: the arguments of a Problem as plain values, which the judge takes, too."""

from __future__ import annotations

import random
from fractions import Fraction

import reluexact as rx

LOSSES = ("squared", "absolute", "huber(1)", "quantile(1/4)", "epsilon_insensitive(1/2)", "hinge", "squared_hinge")
PARTS = ("none", "free", "penalised")


def random_case(seed, *, loss=None, hidden=None, output=None, skip=None, parts=PARTS):
    """Return (X, y, penalty, loss, output_bias, hidden_bias, skip, weights)."""
    rng = random.Random(seed)
    n, d = rng.randint(2, 6), rng.randint(1, 2)
    loss = loss or rng.choice(LOSSES)
    X = [[rng.randint(-3, 3) for _ in range(d)] for _ in range(n)]
    X[0][0] = X[0][0] or 1
    y = [rng.choice([-1, 1]) for _ in range(n)] if "hinge" in loss else [rng.randint(-4, 4) for _ in range(n)]
    hidden = hidden or rng.choice(PARTS)
    output = "free" if hidden == "free" else output or rng.choice(parts)
    weights = rng.choice([None, [Fraction(rng.randint(1, 6), rng.randint(1, 3)) for _ in range(n)]])
    penalty = Fraction(rng.randint(1, 40), rng.choice([4, 20]))
    return X, y, penalty, loss, output, hidden, skip or rng.choice(parts), weights


def problem_of(case):
    X, y, penalty, *parts = case
    return rx.Problem(rx.Dataset(X, y), penalty, *parts)
