"""What must not change the answer: shifted, scaled, mirrored data, permuted rows, a weight of 2 for a row that is there twice."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from spline_cases import random_case, shown, sparsest

SEEDS = range(12)


def turned(ranges, by):
    """Apply a falling function to the ranges."""
    return [(by(high), by(low), sign) for low, high, sign in reversed(ranges)]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_shifted_feature(seed):
    X, y, penalty, skip = random_case(seed)
    here, there = sparsest(X, y, penalty, skip), sparsest([[x + Fraction(7, 3)] for (x,) in X], y, penalty, skip)
    assert there.fit == here.fit
    assert shown(there) == [(low + Fraction(7, 3), high + Fraction(7, 3), sign) for low, high, sign in shown(here)]


@pytest.mark.parametrize("seed", SEEDS)
def test_shifted_targets(seed):
    X, y, penalty, skip = random_case(seed)
    assert shown(sparsest(X, [t + 5 for t in y], penalty, skip)) == shown(sparsest(X, y, penalty, skip))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_scaled_feature(seed):
    """The slopes get smaller, so the penalty gets greater; that of a skip connection is a square, and does not go along."""
    X, y, penalty, skip = random_case(seed)
    skip = "none" if skip == "penalised" else skip
    here, there = sparsest(X, y, penalty, skip), sparsest([[3 * x] for (x,) in X], y, 3 * penalty, skip)
    assert there.fit == here.fit
    assert shown(there) == [(3 * low, 3 * high, sign) for low, high, sign in shown(here)]


@pytest.mark.parametrize("seed", SEEDS)
def test_scaled_targets(seed):
    X, y, penalty, skip = random_case(seed)
    skip = "none" if skip == "penalised" else skip
    here, there = sparsest(X, y, penalty, skip), sparsest(X, [4 * t for t in y], 4 * penalty, skip)
    assert there.fit == tuple(4 * value for value in here.fit)
    assert shown(there) == shown(here)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_mirrored_feature(seed):
    X, y, penalty, skip = random_case(seed)
    here, there = sparsest(X, y, penalty, skip), sparsest([[-x] for (x,) in X], y, penalty, skip)
    assert shown(there) == turned(shown(here), lambda place: -place)


@pytest.mark.parametrize("seed", SEEDS)
def test_mirrored_targets(seed):
    X, y, penalty, skip = random_case(seed)
    here, there = sparsest(X, y, penalty, skip), sparsest(X, [-t for t in y], penalty, skip)
    assert shown(there) == [(low, high, -sign) for low, high, sign in shown(here)]


@pytest.mark.parametrize("seed", SEEDS)
def test_permuted_rows(seed):
    X, y, penalty, skip = random_case(seed)
    order = list(range(len(y)))
    random.Random(seed).shuffle(order)
    here, there = sparsest(X, y, penalty, skip), sparsest([X[i] for i in order], [y[i] for i in order], penalty, skip)
    assert (there.places, there.fit, there.slope, there.skip, there.kinks) == (
        here.places,
        here.fit,
        here.slope,
        here.skip,
        here.kinks,
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_a_weight_of_two(seed):
    X, y, penalty, skip = random_case(seed)
    twice = sparsest([*X, X[0]], [*y, y[0]], penalty, skip)
    weighed = sparsest(X, y, penalty, skip, weights=[2, *([1] * (len(y) - 1))])
    assert (twice.fit, twice.kinks, twice.optimum.value) == (weighed.fit, weighed.kinks, weighed.optimum.value)
