"""Random small extended problems, reproducible: the arguments of a Problem as plain values, which the judge takes, too."""

from __future__ import annotations

import random
from fractions import Fraction

import reluexact as rx

LOSSES = ("squared", "absolute", "huber(1)", "quantile(1/4)", "epsilon_insensitive(1/2)", "hinge", "squared_hinge")
OF_LABELS = ("hinge", "squared_hinge", "logistic")
PARTS = ("none", "free", "penalised")


def random_case(seed, *, loss=None, hidden=None, output=None, skip=None, parts=PARTS):
    """Return (X, y, penalty, loss, output_bias, hidden_bias, skip, weights)."""
    rng = random.Random(seed)
    n, d = rng.randint(2, 6), rng.randint(1, 2)
    loss = loss or rng.choice(LOSSES)
    X = [[rng.randint(-3, 3) for _ in range(d)] for _ in range(n)]
    X[0][0] = X[0][0] or 1
    y = [rng.choice([-1, 1]) for _ in range(n)] if loss in OF_LABELS else [rng.randint(-4, 4) for _ in range(n)]
    hidden = hidden or rng.choice(PARTS)
    output = "free" if hidden == "free" else output or rng.choice(parts)
    weights = rng.choice([None, [Fraction(rng.randint(1, 6), rng.randint(1, 3)) for _ in range(n)]])
    penalty = Fraction(rng.randint(1, 40), rng.choice([4, 20]))
    return X, y, penalty, loss, output, hidden, skip or rng.choice(parts), weights


def random_labels(count, *, first=0, **options):
    """Return as many cases of the logistic loss, those left out where a free linear part separates the labels."""
    found, seed = [], first
    while len(found) < count:
        case = random_case(seed, loss="logistic", **options)
        seed += 1
        try:
            problem_of(case)
        except rx.InputError:
            continue
        found.append(case)
    return found


def problem_of(case):
    X, y, penalty, *parts = case
    return rx.Problem(rx.Dataset(X, y), penalty, *parts)
