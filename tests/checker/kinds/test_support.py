"""Mutated certificates of support functions: what is still accepted must be true, by projections onto all cells."""

from __future__ import annotations

import json
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from checker.stored import good
from hypothesis import given, settings
from mutations import mutants
from scipy.optimize import nnls

import reluexact as rx
from reluexact.checker import check_document
from reluexact.kinds.rectified_ellipsoid.certificate import to_document

GOOD = good("support-")
NEAR = 1e-7


def greatest(X, theta):
    """Return the greatest length of a projection of X'D theta onto the cone of a pattern, over all 0/1 patterns D.

    Patterns without a cell do no harm: their cone {u : D Xu >= 0 >= (1 - D) Xu} is a face of others.
    """
    best = 0.0
    for pattern in product((0.0, 1.0), repeat=len(X)):
        gate = np.array(pattern)
        best = max(best, nnls(((2 * gate - 1)[:, None] * X).T, -(gate * theta) @ X)[1])
    return best


def scaled(rows):
    """Return numbers divided by the greatest of them, as floats, and that one; mutants may be too large for floats."""
    exact = [[Fraction(entry) for entry in row] for row in rows]
    most = max((abs(entry) for row in exact for entry in row), default=Fraction(0)) or Fraction(1)
    return np.array([[float(entry / most) for entry in row] for row in exact]), most


def assert_true(statement):
    """Demand that the value is the greatest one, and that the vectors reach it."""
    problem, claim = statement["problem"], statement["claim"]
    X, most = scaled(problem["X"])
    (theta,), top = scaled([problem["y"]])
    value = float(Fraction(claim["square"]) / (most * top) ** 2) ** 0.5
    assert value == pytest.approx(greatest(X, theta), abs=NEAR * (1 + value))
    for vector in claim["maximisers"]:
        (u,), _ = scaled([vector])
        assert theta @ np.maximum(X @ u, 0) == pytest.approx(value * np.linalg.norm(u), abs=NEAR * (1 + value))


@pytest.mark.parametrize("name", GOOD)
def test_the_judge_accepts_the_good_ones(name):
    assert_true(json.loads(GOOD[name])["statement"])


@pytest.mark.parametrize("change", [{"square": "5"}, {"square": "3"}, {"maximisers": [["0", "2", "0", "0"]]}])
def test_the_judge_finds_what_is_false(change):
    statement = json.loads(GOOD["support-three-directions"])["statement"]
    statement["claim"] |= change
    with pytest.raises(AssertionError):
        assert_true(statement)


@settings(max_examples=100, deadline=None)
@given(mutants(GOOD))
def test_accepted_mutants_are_true(text):
    report = check_document(text)
    if report.verified:
        assert_true(json.loads(text)["statement"])


def test_a_direction_in_which_all_unit_vectors_are_worse_than_none_is_stated_truly():
    """Over unit vectors the greatest value is -1 here; 0 is that of all vectors of at most length 1."""
    found = rx.support_function(rx.Dataset([[0], [1], [0], [1], [-1]], [0] * 5), [-1, -1, 2, -3, -1])
    report = check_document(json.dumps(to_document(found)))
    assert report.verified
    assert "over |u| <= 1 is the square root of a number in [0, 0]" in "\n".join(report.lines)
