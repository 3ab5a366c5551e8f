"""Kind `path`: what is verified, and what no alteration makes true."""

from __future__ import annotations

import json
from fractions import Fraction
from random import Random

import make_paths
import pytest
from checker.breaking import good
from checker.stored import GOOD

from reluexact.checker import check_document
from reluexact.checker.path.polynomials import bernstein, bounds, control_points, product, value

PATHS = [name for name in GOOD if name.startswith("path-")]


def moved(document, link, point, low, high):
    """Move the box of an event, in evidence and claim."""
    box = {"low": str(low), "high": str(high)}
    document["evidence"]["links"][link] |= box
    claim = document["statement"]["claim"]
    claim["breakpoints"][point] |= box
    claim["pieces"][point]["to"] = claim["pieces"][point + 1]["from"] = box
    return document


def test_the_report_lists_breakpoints_and_gaps():
    lines = check_document(GOOD["path-gap"]).lines
    assert "from 7/8 on: 4 pieces, 2 breakpoints, 1 gap" in lines[1]
    assert lines[2].startswith("breakpoint in [1.9999")
    assert lines[2].endswith(": enters")
    assert lines[3].endswith(": pairs")
    assert "nothing is claimed between the ends of [1.375, 1.625]" in lines[4]


def test_a_leaf_may_be_another_one_at_each_control_point():
    document = good("path-two-points")
    segment = document["evidence"]["segments"][1]
    leaf, points = {"rho": {}, "slope": {}}, min(6, len(segment["coefficients"]) - 1) + 1
    assert segment["negative"] == [leaf]
    segment["negative"] = [{"points": [{"rho": {}, "slope": {"0": f"1/{place + 2}"}} for place in range(points)]}]
    assert check_document(json.dumps(document)).verified


def test_a_box_is_verified_only_when_it_holds_the_breakpoint():
    draw, verified = Random(14), 0
    for _ in range(60):
        low, high = sorted(5 + Fraction(draw.randint(-9, 9), 4096) for _ in range(2))
        report = check_document(json.dumps(moved(good("path-two-points"), 0, 0, low, high)))
        if report.verified:
            assert low <= 5 <= high
            verified += 1
    assert 0 < verified < 60


@pytest.mark.parametrize("name", PATHS)
def test_altered_evidence_for_another_claim_is_rejected(name):
    """Without one of its events the claim of a path is false, whatever link stands in its place."""
    document = good(name)
    claim, links = document["statement"]["claim"], document["evidence"]["links"]
    events = [k for k, link in enumerate(links) if link["kind"] not in ("same", "gap")]
    link, left, right = links[events[0]], claim["pieces"][0], claim["pieces"][1]
    claim["pieces"][:2] = [{**right, "from": left["from"]}]
    claim["breakpoints"] = claim["breakpoints"][1:]
    for other in ({"kind": "same"}, {"kind": "gap", "low": link["low"], "high": link["high"]}, link):
        links[events[0]] = other
        assert not check_document(json.dumps(document)).verified


def test_events_a_hair_apart_are_told_apart_and_those_at_one_point_are_one():
    assert not check_document(json.dumps(make_paths.together(Fraction(1, 10**12)))).verified
    report = check_document(json.dumps(make_paths.together(Fraction(0))))
    assert report.verified, report
    assert report.lines[2].endswith("2 enters")


def test_a_polynomial_lies_between_its_control_points():
    draw = Random(5)
    for _ in range(20):
        curve = [Fraction(draw.randint(-9, 9), draw.randint(1, 9)) for _ in range(draw.randint(1, 7))]
        low, high = bounds(curve)
        ends = control_points(curve, len(curve) + 2)
        for t in (Fraction(k, 7) for k in range(-7, 8)):
            assert max(low, min(ends)) <= value(curve, t) <= min(high, max(ends))
        assert (ends[0], ends[-1]) == (value(curve, Fraction(-1)), value(curve, Fraction(1)))
        assert value(product(curve, curve), Fraction(2, 3)) == value(curve, Fraction(2, 3)) ** 2


def test_weights_of_control_points():
    assert bernstein(1) == ([[1, -1], [1, 1]], 1)
