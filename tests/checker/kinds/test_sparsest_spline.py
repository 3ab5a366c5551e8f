"""Mutated certificates of fewest kinks: what is still accepted must be true, by exhaustion over layouts of lines."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest
from checker.stored import good
from hypothesis import given, settings
from mutations import mutants
from problem_judge import full_program_of
from spline_judge import assert_sparsest, task_of

from reluexact.certificates.problems import read_extended_problem
from reluexact.checker import check_document
from reluexact.kinds.files import read

GOOD = good("sparsest-spline-")
SMALL = {name: text for name, text in GOOD.items() if name != "sparsest-spline-collinear"}
ENTRIES = ("at", "change", "low", "high")


def assert_true(statement):
    """Demand that the value is the optimal one, and that the claimed function and the ranges of its kinks are right."""
    problem, claim = read_extended_problem(statement["problem"], {}), statement["claim"]
    value = Fraction(claim["value"]["low"])
    assert float(value) == pytest.approx(full_program_of(problem), rel=1e-6, abs=1e-6)
    places, fit = ([Fraction(entry) for entry in claim[name]] for name in ("places", "fit"))
    skip = None if claim["skip"] is None else Fraction(claim["skip"])
    kinks = [tuple(float(Fraction(kink[name])) for name in ENTRIES) for kink in claim["kinks"]]
    assert_sparsest(task_of(problem, value, places, fit, skip), float(Fraction(claim["slope"])), kinks)


@pytest.mark.parametrize("name", GOOD)
def test_the_judge_accepts_the_good_ones(name):
    assert_true(json.loads(GOOD[name])["statement"])


def turned(name, number, **ends):
    statement = json.loads(GOOD[name])["statement"]
    statement["claim"]["kinks"][number] |= ends
    return statement


@pytest.mark.parametrize(
    ("name", "number", "ends"),
    [
        ("sparsest-spline-odd-run", 0, {"high": "7/4"}),
        ("sparsest-spline-odd-run", 0, {"low": "9/8"}),
        ("sparsest-spline-odd-run", 1, {"low": "9/4"}),
        ("sparsest-spline-odd-run", 1, {"low": "3"}),
        ("sparsest-spline-steep", 0, {"low": "1"}),
        ("sparsest-spline-steep", 0, {"low": "1/10"}),
        ("sparsest-spline-hat", 0, {"high": "3"}),
        ("sparsest-spline-penalised", 0, {"low": "1/2"}),
    ],
)
def test_the_judge_finds_ranges_that_are_too_wide_or_too_narrow(name, number, ends):
    with pytest.raises(AssertionError):
        assert_true(turned(name, number, **ends))


def test_the_judge_finds_one_kink_too_many():
    statement = json.loads(GOOD["sparsest-spline-odd-run"])["statement"]
    statement["claim"]["kinks"] = [{"at": x, "change": "1", "low": x, "high": x} for x in ("1", "2", "3")]
    with pytest.raises(AssertionError):
        assert_true(statement)


@settings(max_examples=150, deadline=None)
@given(mutants(SMALL))
def test_accepted_mutants_are_true(text):
    report = check_document(text)
    if report.verified:
        assert_true(json.loads(text)["statement"])


def test_another_sparsest_function_is_accepted_and_comes_back():
    """The function of the file need not be the one that the package finds: here the one neuron of the steep case."""
    document = json.loads(GOOD["sparsest-spline-steep"])
    document["statement"]["claim"] |= {
        "slope": "0",
        "kinks": [{"at": "11/50", "change": "25/16", "low": "11/50", "high": "1"}],
    }
    report = check_document(json.dumps(document))
    assert report.verified, report.reason
    assert_true(document["statement"])
    spline = read(json.dumps(document).encode(), "file")
    assert (spline.fewest, spline.slope, spline.kinks[0].at) == (1, 0, Fraction(11, 50))


@pytest.mark.parametrize(
    ("turn", "verified"), [("1", True), ("9/8", True), ("3/2", True), ("2", True), ("7/8", False), ("17/8", False)]
)
def test_all_sparsest_functions_of_an_odd_run_and_no_others(turn, verified):
    """Fit 0, 0, 1, 3, 6: lines of slope 0 and 3 at the ends, and between them one through (2, 1) of a slope from 1 to 2."""
    slope = Fraction(turn)
    at = [2 - 1 / slope, (7 - 2 * slope) / (3 - slope)]
    document = json.loads(GOOD["sparsest-spline-odd-run"])
    for kink, place, change in zip(document["statement"]["claim"]["kinks"], at, (slope, 3 - slope), strict=True):
        kink |= {"at": str(place), "change": str(change)}
    report = check_document(json.dumps(document))
    assert report.verified is verified
    assert verified or report.reason.startswith("L2: the function")


def test_all_sparsest_functions_of_a_steep_end_and_no_others():
    document = json.loads(GOOD["sparsest-spline-steep"])
    for place, verified in (("11/50", True), ("1/4", True), ("9/10", True), ("1/5", False), ("11/10", False)):
        chord, at = Fraction(25, 16), Fraction(place)
        slope = (Fraction(39, 32) - chord * (1 - at)) / at
        document["statement"]["claim"] |= {
            "slope": str(slope),
            "kinks": [{"at": place, "change": str(chord - slope), "low": "11/50", "high": "1"}],
        }
        assert check_document(json.dumps(document)).verified is verified, place
