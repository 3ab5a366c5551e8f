"""Mutated certificates of the kind ``width-optimum``: what the checker still accepts must be true, by brute force in floats."""

from __future__ import annotations

import json
from fractions import Fraction
from functools import cache

import pytest
from checker.stored import good
from hypothesis import given, settings
from hypothesis import strategies as st
from mutations import assert_rejected_or_true, mutants
from width_judge import least

from reluexact.checker import check_document
from reluexact.checker.kinds import width_optimum

NAMES = ("width-optimum-no-neuron", "width-optimum-one-neuron", "width-optimum-two-neurons")
GOOD = good(*NAMES)
PARTS = (
    (),
    ("statement",),
    ("statement", "claim"),
    ("evidence", "tree"),
    ("evidence", "points"),
)
NEAR = 1e-5


@cache
def truth(problem, width):
    data = json.loads(problem)
    X = [[float(Fraction(entry)) for entry in row] for row in data["X"]]
    return least(X, [float(Fraction(entry)) for entry in data["y"]], float(Fraction(data["penalty"])), width)


def assert_true(statement):
    claim = statement["claim"]
    value = truth(json.dumps(statement["problem"]), min(claim["width"], 3))
    assert float(Fraction(claim["high"])) >= value - NEAR
    assert claim["width"] > 3 or float(Fraction(claim["low"])) <= value + NEAR


def test_the_judge_accepts_the_good_ones_and_finds_false_ones():
    for text in GOOD.values():
        assert_true(json.loads(text)["statement"])
    statement = json.loads(GOOD["width-optimum-two-neurons"])["statement"]
    statement["claim"]["width"] = 1
    with pytest.raises(AssertionError):
        assert_true(statement)
    statement["claim"]["width"], statement["claim"]["low"] = 2, "1"
    with pytest.raises(AssertionError):
        assert_true(statement)


@settings(max_examples=300, deadline=None)
@given(mutants(GOOD, PARTS))
def test_accepted_mutants_are_true(text):
    assert_rejected_or_true(text, assert_true)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(NAMES), st.integers(0, 10**6), st.binary(max_size=3))
def test_damaged_bytes_never_crash_the_checker(name, place, junk):
    data = GOOD[name].encode()
    place %= len(data)
    text = data[:place] + junk + data[place + len(junk) :]
    report = check_document(text)
    if report.verified:
        assert_true(json.loads(text)["statement"])


def test_crafted_trees_end_early(monkeypatch):
    """A wide network and a long chain of splits would need a lot of memory; the checker counts and refuses."""
    document = json.loads(GOOD["width-optimum-two-neurons"])
    document["statement"]["claim"]["width"] = 10**17
    document["evidence"]["tree"] = [{"split": wall, "region": place} for place in range(3) for wall in (0, 1, 2)] * 2
    report = check_document(json.dumps(document))
    assert (report.path, report.reason[:3]) != ("", "")
    monkeypatch.setattr(width_optimum, "MAX_REGIONS", 20)
    document["evidence"]["tree"] = [{"split": wall, "region": 0} for wall in (0, 1, 2)] * 2
    assert not check_document(json.dumps(document)).verified
    text = GOOD["width-optimum-two-neurons"]
    report = check_document(text)
    assert report.reason == "W2: more than 20 regions to look at"
    monkeypatch.setattr(width_optimum, "MAX_REGIONS", 200)
    assert check_document(text).verified
