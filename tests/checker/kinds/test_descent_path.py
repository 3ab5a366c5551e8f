"""Certificates of ways down: mutants that are accepted must still be true, as far as an independent solution can tell."""

from __future__ import annotations

import json
from fractions import Fraction

from checker.stored import good
from hypothesis import given, settings
from hypothesis import strategies as st
from mutations import TOLERANCE, assert_rejected_or_true, mutants, truth
from strategies import networks, problems

import reluexact as rx
from reluexact.checker import check_document
from reluexact.kinds.descent_path.certificate import to_document

GOOD = good("descent-path-")
PARTS = ((), ("statement",), ("statement", "claim"), ("statement", "claim", "network"), ("evidence",), ("evidence", "pieces"))


def assert_true(statement):
    """Compare both ends with floats, and see that the boxes allow a fall."""
    problem, claim = statement["problem"], statement["claim"]
    data = rx.Dataset(problem["X"], problem["y"])
    network = rx.Network(claim["network"]["hidden"], claim["network"]["output"])
    assert Fraction(claim["start"]) == network.objective(data, problem["penalty"])
    _, value, _ = truth(json.dumps(problem))
    boxes = [(Fraction(piece["value"]["low"]), Fraction(piece["value"]["high"])) for piece in claim["pieces"]]
    assert boxes[-1][0] - Fraction(TOLERANCE) <= value <= boxes[-1][1] + Fraction(TOLERANCE)
    highest = Fraction(claim["start"])
    for low, high in boxes:
        assert low <= highest
        highest = min(high, highest)


def test_the_judge_accepts_the_good_ones():
    assert len(GOOD) == 4
    for text in GOOD.values():
        assert check_document(text).verified
        assert_true(json.loads(text)["statement"])


@settings(max_examples=400, deadline=None)
@given(mutants(GOOD, PARTS))
def test_accepted_mutants_are_true(text):
    assert_rejected_or_true(text, assert_true)


@settings(max_examples=15, deadline=None)
@given(st.data())
def test_what_is_proved_is_verified(draws):
    data, penalty = draws.draw(problems(rows=(1, 4), columns=(1, 2)))
    network = draws.draw(networks(columns=data.d, width=(0, data.n + 1)))
    way = rx.descent_path(network, data, penalty, method=draws.draw(st.sampled_from(["auto", "walk"])))
    if way.status is rx.Status.PROVED:
        report = check_document(json.dumps(to_document(way)))
        assert report.verified, (report.path, report.reason)
