"""Mutated certificates of bounds and optima: what is still accepted must be true, by an independent solution in floats."""

from __future__ import annotations

import json

import pytest
from checker.stored import good
from hypothesis import given, settings
from hypothesis import strategies as st
from mutations import assert_rejected_or_true, assert_true, mutants

from reluexact.checker import check_document

KINDS = ("bound-", "optimum-")
GOOD = {name: text for name, text in good(*KINDS).items() if not name.startswith(("bound-2-", "optimum-2-"))}
"""Those of version 1, which the judge knows; :mod:`test_extended_bound` and :mod:`test_extended_optimum` have the others."""


def test_the_judge_accepts_the_good_ones():
    for text in GOOD.values():
        assert_true(json.loads(text)["statement"])


@pytest.mark.parametrize("wrong", ["value", "neurons", "amount"])
def test_the_judge_finds_false_ones(wrong):
    statement = json.loads(GOOD["optimum-pair"])["statement"]
    if wrong == "value":
        statement["claim"]["value"] = {"low": "71", "high": "72"}
    elif wrong == "neurons":
        statement["claim"]["neurons"].pop()
    else:
        statement["claim"]["neurons"][0]["amount"] = {"low": "3", "high": "4"}
    with pytest.raises(AssertionError):
        assert_true(statement)


@settings(max_examples=400, deadline=None)
@given(mutants(GOOD))
def test_accepted_mutants_are_true(text):
    assert_rejected_or_true(text, assert_true)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(sorted(GOOD)), st.integers(0, 10**6), st.binary(max_size=3))
def test_damaged_bytes_never_crash_the_checker(name, place, junk):
    data = GOOD[name].encode()
    place %= len(data)
    report = check_document(data[:place] + junk + data[place + len(junk) :])
    if report.verified:
        assert_true(json.loads(data[:place] + junk + data[place + len(junk) :])["statement"])
