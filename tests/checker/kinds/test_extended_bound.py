"""Mutated certificates of version 2: what is still accepted must be true, by the full program over all patterns in floats."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest
from checker.stored import good
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from mutations import mutants
from problem_judge import full_program_of, judgeable

import reluexact as rx
from reluexact.certificates.problems import read_extended_problem
from reluexact.checker import check_document

GOOD = good("bound-2-")
ROOM = 1e-5


def assert_true(statement):
    """Demand that the optimal value of the full program lies between the bounds, and that the network reaches the upper one."""
    problem, claim = read_extended_problem(statement["problem"], {}), statement["claim"]
    assert problem.objective(rx.BiasedNetwork.from_lists(claim["network"])) <= Fraction(claim["upper"])
    value = full_program_of(problem)
    assert float(Fraction(claim["lower"])) <= value + ROOM * max(1.0, abs(value))


@pytest.mark.parametrize("name", GOOD)
def test_the_judge_accepts_the_good_ones(name):
    assert_true(json.loads(GOOD[name])["statement"])


def test_the_judge_finds_false_ones():
    statement = json.loads(GOOD["bound-2-hinge"])["statement"]
    statement["claim"]["lower"] = "2001/1000"
    with pytest.raises(AssertionError):
        assert_true(statement)


@settings(max_examples=300, deadline=None)
@given(mutants(GOOD))
def test_accepted_mutants_are_true(text):
    report = check_document(text)
    if report.verified:
        statement = json.loads(text)["statement"]
        assume(judgeable(read_extended_problem(statement["problem"], {})))
        assert_true(statement)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(sorted(GOOD)), st.integers(0, 10**6), st.binary(max_size=3))
def test_damaged_bytes_never_crash_the_checker(name, place, junk):
    content = GOOD[name].encode()
    place %= len(content)
    check_document(content[:place] + junk + content[place + len(junk) :])


@pytest.mark.parametrize("name", GOOD)
def test_a_file_is_about_its_problem_only(name):
    document = json.loads(GOOD[name])
    problem = document["statement"]["problem"]
    assert check_document(GOOD[name], json.dumps(problem)).verified
    for change in ({"penalty": "5"}, {"weights": ["7"] * len(problem["y"])}):
        report = check_document(GOOD[name], json.dumps(problem | change))
        assert report.path == "statement.problem"
    short = {key: problem[key] for key in ("X", "y", "penalty")}
    assert not check_document(GOOD[name], json.dumps(short)).verified
