"""Mutated optima of version 2: what is still accepted must be true, by the full program over all patterns in floats."""

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
from reluexact.kinds.files import read

GOOD = good("optimum-2-")
ROOM = 1e-5


def assert_true(statement):
    """Demand that the optimal value is the claimed one, and that theta attains it in the dual problem, near the claimed boxes."""
    problem, claim = read_extended_problem(statement["problem"], {}), statement["claim"]
    value = full_program_of(problem)
    room = ROOM * max(1.0, abs(value))
    low, high = (float(Fraction(claim["value"][end])) for end in ("low", "high"))
    assert low <= value + room
    assert value - room <= high
    middles = [(Fraction(box["low"]) + Fraction(box["high"])) / 2 for box in claim["theta"]]
    slack = max(Fraction(box["high"]) - Fraction(box["low"]) for box in claim["theta"])
    dual = problem.dual_value(middles)
    assert slack or (dual is not None and abs(float(dual) - value) <= room)


@pytest.mark.parametrize("name", GOOD)
def test_the_judge_accepts_the_good_ones(name):
    assert_true(json.loads(GOOD[name])["statement"])


@pytest.mark.parametrize("name", GOOD)
def test_the_network_that_is_read_attains_the_value(name):
    optimum = read(GOOD[name].encode(), name)
    value = full_program_of(optimum.problem)
    assert float(optimum.problem.objective(optimum.network)) == pytest.approx(value, rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("wrong", ["value", "theta"])
def test_the_judge_finds_false_ones(wrong):
    statement = json.loads(GOOD["optimum-2-hat"])["statement"]
    if wrong == "value":
        statement["claim"]["value"] = {"low": "13/65", "high": "13/65"}
    else:
        statement["claim"]["theta"][1] = {"low": "1/3", "high": "1/3"}
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
    problem = json.loads(GOOD[name])["statement"]["problem"]
    assert check_document(GOOD[name], json.dumps(problem)).verified
    for change in ({"penalty": "5"}, {"weights": ["7"] * len(problem["y"])}):
        assert check_document(GOOD[name], json.dumps(problem | change)).path == "statement.problem"


def test_a_problem_object_comes_back():
    for name, text in GOOD.items():
        assert isinstance(read(text.encode(), name).problem, rx.Problem)
