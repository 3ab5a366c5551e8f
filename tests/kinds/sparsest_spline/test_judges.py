"""Random problems: number and ranges against exhaustion over layouts of lines, and the certificate against the checker."""

from __future__ import annotations

import pytest
from spline_cases import SKIPS, problem_of, random_case, sparsest
from spline_judge import assert_sparsest, task_of

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
