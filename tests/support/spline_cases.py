"""Random problems with one feature, free biases and the squared loss: small, and many with steep ends or collinear points."""

from __future__ import annotations

import random
from fractions import Fraction

import reluexact as rx

SKIPS = ("none", "free", "penalised")


def random_case(seed, rows=6):
    """Return (X, y, penalty, skip); every second one is monotone, so that a network pays for its slope."""
    rng = random.Random(f"spline {seed}")
    places = sorted(rng.sample(range(-6, 7), rng.randint(2, rows)))
    y = [rng.randint(-4, 4) for _ in places]
    if seed % 2:
        side, slopes = rng.choice([1, -1]), sorted((rng.randint(0, 6) for _ in places), reverse=rng.random() < 0.3)
        y = [rng.randint(-2, 2)]
        for k in range(1, len(places)):
            y.append(y[-1] + side * slopes[k] * (places[k] - places[k - 1]))
    return [[x] for x in places], y, Fraction(rng.randint(1, 20), rng.choice([4, 16, 64])), rng.choice(SKIPS)


def problem_of(X, y, penalty, skip, loss="squared", weights=None):
    return rx.Problem(rx.Dataset(X, y), penalty, loss, "free", "free", skip, weights)


def sparsest(*case, **options):
    """Solve, and return the sparsest spline of a proved optimum."""
    optimum = rx.solve(problem_of(*case, **options))
    assert optimum.status is rx.Status.PROVED, optimum.reason
    return rx.sparsest_spline(optimum)


def shown(spline):
    """Return ranges and signs of the kinks."""
    return [(kink.low, kink.high, 1 if kink.change > 0 else -1) for kink in spline.kinks]
