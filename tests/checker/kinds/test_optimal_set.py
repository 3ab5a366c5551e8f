"""Mutated certificates of optimal sets and fewest neurons: what the checker accepts must be true, by brute force in floats."""

from __future__ import annotations

import json

import make_packaged_certificates
import pytest
from checker.polytope.polytopes import edited
from checker.stored import GOOD, good
from hypothesis import given, settings
from mutations import assert_rejected_or_true, assert_true, mutants

SMALL = 20_000  # characters: the judge solves these problems in floats
JUDGED = {name: text for name, text in good("optimal-set-", "minimum-").items() if len(text) < SMALL}
PARTS = (("statement", "claim"), ("evidence",), ("evidence", "labels"), ("evidence", "minimum"), ("evidence", "label"))
CLAIMS = ("vertices", "dimension", "total", "min_width", "max_vertex_width", "fewest", "network")
PARTS += tuple(("statement", "claim", name) for name in CLAIMS)


@pytest.mark.parametrize("name", sorted(JUDGED))
def test_the_judge_accepts_the_good_ones(name):
    assert_true(json.loads(JUDGED[name])["statement"])


@pytest.mark.parametrize(
    ("name", "path", "value"),
    [
        ("optimal-set-three-pairs", ("vertices",), []),
        ("optimal-set-three-directions", ("dimension",), 0),
        ("optimal-set-octahedron", ("max_vertex_width",), 3),
        ("optimal-set-three-directions", ("total",), {"low": "1", "high": "2"}),
        ("optimal-set-three-directions", ("vertices", 0, "amounts", 0), {"low": "1", "high": "2"}),
        ("minimum-network-three-directions", ("fewest",), 2),
        ("minimum-network-octahedron", ("network", "support"), [0, 3]),
    ],
)
def test_the_judge_finds_false_ones(name, path, value):
    statement = json.loads(JUDGED[name])["statement"]
    place = statement["claim"]
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    with pytest.raises((AssertionError, KeyError)):
        assert_true(statement)


@settings(max_examples=300, deadline=None)
@given(mutants(JUDGED, PARTS))
def test_accepted_mutants_are_true(text):
    assert_rejected_or_true(text, assert_true)


def test_labels_may_come_in_any_order():
    labels = json.loads(GOOD["optimal-set-octahedron"])["evidence"]["labels"]
    assert edited("optimal-set-octahedron", labels=labels[::-1]).verified


def test_the_package_gives_what_is_stored():
    document = make_packaged_certificates.PACKAGED["optimal-set-octahedron"]()
    assert json.loads(json.dumps(document))["statement"] == json.loads(GOOD["optimal-set-octahedron"])["statement"]
