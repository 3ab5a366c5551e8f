"""Mutated certificates of interpolation: what is still accepted must be true, by cvxpy over all patterns."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest
from checker.stored import good
from hypothesis import given, settings
from interpolation_judge import least_cost_of, nearest_fit_of
from mutations import mutants

from reluexact.checker import check_document

GOOD = good("interpolation-")
NEAR = 1e-6


def assert_true(statement):
    """Demand that the fit is the nearest one, that its least cost is claimed, and that the vertices have this fit and cost."""
    problem, claim = statement["problem"], statement["claim"]
    X = [[Fraction(x) for x in row] for row in problem["X"]]
    fit = [Fraction(value) for value in claim["fit"]]
    assert list(map(float, fit)) == pytest.approx(nearest_fit_of(X, map(Fraction, problem["y"])), abs=1e-7)
    least = least_cost_of(X, fit) if any(fit) else 0.0
    low, high = (claim["lower"], claim["upper"]) if "lower" in claim else (claim["value"]["low"], claim["value"]["high"])
    assert float(Fraction(low)) <= least + NEAR * (1 + least)
    assert float(Fraction(high)) >= least - NEAR * (1 + least)
    for vertex in claim.get("vertices") or ():
        low, high = (sum(float(Fraction(amount[end])) for amount in vertex["amounts"]) for end in ("low", "high"))
        assert low - NEAR <= least <= high + NEAR


@pytest.mark.parametrize("name", GOOD)
def test_the_judge_accepts_the_good_ones(name):
    assert_true(json.loads(GOOD[name])["statement"])


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("interpolation-squares", {"fit": ["1", "6/5", "0", "0"]}),
        ("interpolation-squares", {"value": {"low": "1/2", "high": "11/20"}}),
        ("interpolation-bounds", {"lower": "9/8"}),
        ("interpolation-bounds", {"upper": "7/8"}),
        ("interpolation-three-directions", {"vertices": [{"support": [0], "amounts": [{"low": "2", "high": "2"}]}]}),
    ],
)
def test_the_judge_finds_what_is_false(name, change):
    statement = json.loads(GOOD[name])["statement"]
    statement["claim"] |= change
    with pytest.raises(AssertionError):
        assert_true(statement)


@settings(max_examples=150, deadline=None)
@given(mutants(GOOD))
def test_accepted_mutants_are_true(text):
    report = check_document(text)
    if report.verified:
        assert_true(json.loads(text)["statement"])
