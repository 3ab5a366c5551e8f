"""Random problems: number and ranges against exhaustion over layouts of lines, and the certificate against the checker."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from scipy.optimize import linprog
from spline_cases import SKIPS, problem_of, random_case, sparsest
from spline_judge import assert_sparsest, extremes, task_of
from tight_kinks import tight_kinks_of

import reluexact as rx
from reluexact.kinds.files import certificate, read

JUDGED = 3
"""Kinks up to which exhaustion takes seconds."""


def judge(seed, rows):
    spline = sparsest(*random_case(seed, rows))
    if spline.fewest <= JUDGED:
        problem, value = spline.optimum.problem, spline.optimum.value.low
        task = task_of(problem, value, spline.places, spline.fit, spline.skip)
        listed = [tuple(map(float, (kink.at, kink.change, kink.low, kink.high))) for kink in spline.kinks]
        assert_sparsest(task, float(spline.slope), listed)
    assert read(certificate(spline), "file") == spline


@pytest.mark.parametrize("seed", range(24))
def test_number_and_ranges(seed):
    judge(seed, 5)


@pytest.mark.slow
@pytest.mark.parametrize("start", range(1000, 1300, 50))
def test_number_and_ranges_of_many(start):
    for seed in range(start, start + 50):
        judge(seed, 6)


@pytest.mark.parametrize("seed", range(60))
def test_the_band_of_all_optimal_functions(seed):
    spline = sparsest(*random_case(seed, 7))
    problem, value = spline.optimum.problem, spline.optimum.value.low
    task, wide = task_of(problem, value, spline.places, spline.fit, spline.skip), False
    for left, right in pairwise(spline.places):
        for share in (Fraction(1, 4), Fraction(2, 3)):
            place = left + share * (right - left)
            low, high = spline.band(place)
            assert (float(low), float(high)) == pytest.approx(extremes(task, float(place)), abs=1e-5)
            assert low <= spline.value(place) <= high
            wide |= low < high
    assert wide is not spline.unique
    assert all(spline.band(place) == (value, value) for place, value in zip(spline.places, spline.fit, strict=True))


def dimension_of(optimum):
    """Return the dimension of all amounts of the tight neurons that give the fit, by linear programs in floats."""
    problem, data = optimum.problem, [float(row[0]) for row in optimum.data.X]
    tight = sorted(tight_kinks_of(optimum))
    columns = [[sign * max(0.0, side * (x - float(kink))) for x in data] for sign, side, kink in tight]
    count, fit = len(columns), np.array([float(value) for value in optimum.fit])
    if problem.skip == "penalised":
        fit -= float(optimum.linear[-1].low) * np.array(data)
    free = [np.ones(len(data)), *([np.array(data)] if problem.skip == "free" else [])]
    matrix = np.array([*columns, *free]).T
    bounds = [(0, None)] * count + [(None, None)] * len(free)
    tops = []
    for k in range(count):
        goal = np.zeros(len(bounds))
        goal[k] = -1.0
        found = linprog(goal, A_eq=matrix, b_eq=fit, bounds=bounds, method="highs")
        assert found.status == 0
        tops.append(-found.fun)
    moving = [k for k, top in enumerate(tops) if top > 1e-6]
    used = matrix[:, [*moving, *range(count, len(bounds))]]
    linear = np.linalg.matrix_rank(matrix[:, count:], tol=1e-8)
    return len(moving) + linear - np.linalg.matrix_rank(used, tol=1e-8)


@pytest.mark.parametrize("seed", range(60))
def test_the_dimension_of_all_optimal_networks(seed):
    spline = sparsest(*random_case(seed, 7))
    assert spline.dimension == dimension_of(spline.optimum)


def test_the_cases_have_movable_kinks_of_every_kind():
    """Else the judge would see nothing: kinks that move inside of the dots and those that leave them."""
    inside = outside = 0
    for seed in range(200):
        X, y, penalty, skip = random_case(seed, 5)
        spline = sparsest(X, y, penalty, skip)
        for kink in spline.kinks:
            inside += kink.low < kink.high and len(spline.kinks) > 1
            outside += kink.low < spline.places[1] or kink.high > spline.places[-2]
    assert inside > 5
    assert outside > 10


ASYMMETRIC = rx.PiecewiseQuadratic([0], [["1/2", 0, 0], ["3/2", 0, 0]])


@pytest.mark.parametrize("seed", range(12))
def test_other_strictly_convex_losses_and_weights(seed):
    X, y, penalty, _ = random_case(seed, 6)
    case, weights = (X, y, penalty, SKIPS[seed % 3]), [1 + (seed + k) % 3 for k in range(len(y))]
    spline = sparsest(*case, loss=ASYMMETRIC, weights=weights)
    assert spline.optimum.problem == problem_of(*case, ASYMMETRIC, weights)
    back = read(certificate(spline), "file")
    assert back == spline
    assert certificate(back) == certificate(spline)
