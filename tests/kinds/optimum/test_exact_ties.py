"""Ties that only identities between the quadratic equations explain: small data, symmetric data (CERTIFICATE.md, R1, R2)."""

from __future__ import annotations

import json
from fractions import Fraction
from itertools import permutations, product

import pytest
from brute import DIGITS, Brute, faults

import reluexact as rx
from reluexact import checker
from reluexact.evidence.status import Status
from reluexact.kinds.optimum.certificate import from_document, to_document


def signed_permutations(vector):
    signs = product((1, -1), repeat=len(vector))
    rows = {tuple(s * x for s, x in zip(sign, order, strict=True)) for sign in signs for order in permutations(vector)}
    return [list(row) for row in sorted(rows)]


AXES = [[1, 0], [0, 1], [1, 1], [1, -1]]
BOTH = AXES + [[-x for x in row] for row in AXES]
PROBLEMS = {
    "three relations give a partner": ([[1, 0], [-1, 0], [0, 1], [0, -1], [0, 1]], [1] * 5, "1/2", 1.196841277510),
    "units and diagonals": (AXES, [1] * 4, "1/7", 0.263933223328),
    "units and diagonals, both sides": (BOTH, [1] * 8, "1", 2.184113435044),
    "random 0": ([[1, 1, 1], [-1, -1, -1], [1, 0, 0], [-1, -1, 0]], [2, -2, 0, 0], "1/2", 1.3736526),
    "random 1": ([[-1, 0, 0], [1, 1, 0], [-1, 1, 0], [-1, 0, -1], [1, -1, 0]], [3, -3, -1, 1, 0], "1/2", 2.8766346),
    "random 3": (
        [[0, 1, 0], [0, -1, 0], [-1, 1, 0], [0, 1, 1], [-1, 0, 1], [-1, 0, 0], [-1, 0, 0]],
        [0, -1, 2, 1, 0, 3, 2],
        "1/7",
        1.0302571,
    ),
    "random 4": (
        [[-2, 0, 2], [-1, 0, 1], [0, -1, 0], [0, -1, -1], [-1, 1, 1], [-1, 1, 1], [0, 0, 1], [1, 1, 0]],
        [0, -2, 0, 3, 1, -3, 0, 0],
        "1/7",
        6.1073121,
    ),
    "random 6": (
        [[0, 1, 1], [1, 0, 1], [0, 0, 1], [-1, 0, 1], [0, -1, 1], [1, 1, 1], [0, -1, 1], [-1, -1, 1], [0, 0, 1]],
        [1, 2, 3, 3, 1, -1, -1, 3, 0],
        "1/7",
        4.510497,
    ),
    "random 7": (
        [[1, 1, -1], [1, -1, -1], [-1, 1, 1], [-1, -1, 1], [-1, 1, 0], [0, 0, 1], [1, 0, -1], [-1, -1, 1], [1, 1, 1], [-1, 1, 1]],
        [3, -3, 2, -3, -1, 0, 2, -1, 1, -1],
        "1/2",
        6.5441712,
    ),
    "a multiplier on its kink": (
        [[1, -1, 1], [0, -1, 1], [-1, -1, 1], [1, 0, 1], [0, 1, 1], [0, 0, 1], [1, 1, 1], [1, 0, 1], [-1, 1, 1]],
        [-1, 0, -2, 2, -2, 2, 2, -1, 2],
        "1",
        None,
    ),
    "relations with amounts only": ([[1, -2, 1], [2, 2, 2], [1, 1, -2]], [2, 1, 1], "2", 1.891251800314),
    "cuboctahedron": (signed_permutations((0, 1, 1)), [1] * 12, "1/2", 1.26664078649987),
    "cuboctahedron, larger": (signed_permutations((0, 1, 1)), [2] * 12, "5/2", 11.541407864998),
    "truncated octahedron": (signed_permutations((3, 1, 0)), [1] * 24, "5/2", 2.713140234837),
    "a solution in Q(sqrt 3)": (
        [[-1, 1], [0, 1], [0, 1], [1, -1], [0, 0], [0, -1], [1, 0], [-1, -1], [0, -1]],
        [-1, 0, -1, 1, -1, 0, -1, 1, 0],
        "1",
        2.649519052838,
    ),
    "two neurons change places": ([[-1, 3, 1], [3, -1, 1], [-3, 2, 1], [2, -3, 1]], [0, 0, 2, 2], "1", 1.407486319297),
    "three turn, and three ties": (
        [[-1, 0, 0], [0, -1, 0], [0, 0, -1], [-3, 2, 0], [0, -3, 2], [2, 0, -3]],
        [1, 1, 1, -1, -1, -1],
        "1",
        2.571042392894,
    ),
    "eight of twelve, none of which is a symmetric choice": (
        [
            [-1, -1, 1],
            [1, -1, -1],
            [1, 1, 1],
            [-1, 1, -1],
            [-1, 0, -1],
            [-1, 1, 0],
            [0, 1, -1],
            [-1, -1, 0],
            [0, 1, 1],
            [1, 0, -1],
        ],
        [1, 1, 1, 2, 3, 3, 3, 3, 3, 3],
        "1/2",
        4.528181253930,
    ),
    "one of the neurons that reach the fit has the amount 0": (
        [
            *[[0, -1, 0], [0, 0, -1], [1, 0, 0]] * 2,
            *[[-1, -1, 0], [-1, 0, -1], [0, -1, 1], [0, 1, -1], [1, 0, 1], [1, 1, 0]],
        ],
        [2] * 3 + [1] * 9,
        "2",
        6.092841234469,
    ),
    "a square of eight, four of which are enough": (
        [[-1, 0, 0], [0, -1, 0], [0, 0, -1], [0, 0, 1], [0, 1, 0], [0, -1, -1], [0, -1, 1], [0, 1, -1], [0, 1, 1]],
        [1, 2, 2, 2, 2, 1, 1, 1, 1],
        "5/2",
        8.695467780785,
    ),
}
SLOW = {
    "random 2": (
        [[0, 2, -2], [0, 1, -1], [1, 0, 0], [1, -1, 1], [0, 1, 1], [1, -1, -1], [0, -1, 1]],
        [1, -3, 3, 1, -3, -3, -1],
        "1/7",
        6.2257476,
    ),
    "random 5": (
        [[1, -1, 1], [0, -1, 1], [0, 0, 1], [1, 1, 1], [-1, -1, 1], [-1, 0, 1], [-1, 1, 1], [1, 0, 1], [-1, 0, 1]],
        [2, 0, -3, 0, 1, -1, 2, 1, 0],
        "1/7",
        2.2059143,
    ),
}


def is_proved(X, y, penalty, value):
    """The optimum is PROVED, by brute force right, its certificate VERIFIED, and read back as the same claim."""
    best = rx.solve(rx.Dataset(X, y), Fraction(penalty), digits=DIGITS)
    assert best.status is Status.PROVED, best.reason
    assert value is None or float(best.value.low) == pytest.approx(value, rel=1e-7)
    assert faults(best, Brute(best.data.X, best.data.y)) == []
    document = to_document(best)
    assert checker.check_document(json.dumps(document)).verified
    assert from_document(document) == best
    return document["evidence"]


@pytest.mark.parametrize("name", PROBLEMS)
def test_ties_are_proved(name):
    is_proved(*PROBLEMS[name])


@pytest.mark.slow
@pytest.mark.parametrize("name", SLOW)
def test_ties_that_need_the_central_path_are_proved(name):
    is_proved(*SLOW[name])


def test_the_evidence_says_why():
    system = is_proved(*PROBLEMS["three relations give a partner"])["system"]
    assert [len(relation["forms"]) for relation in system["relations"]][:2] == [1, 1]
    assert system["ties"]
    evidence = is_proved(*PROBLEMS["a multiplier on its kink"])
    assert any("kinks" in node for sign in ("positive", "negative") for node in evidence[sign])


def test_more_digits_keep_the_relations():
    best = rx.solve(rx.Dataset(*PROBLEMS["random 0"][:2]), "1/2")
    assert rx.refine(best, 200).value.decimal(60).startswith(best.value.decimal(25)[:-1])


def test_a_set_with_a_tie_known_by_enclosures(tmp_path):
    X, y, penalty, _ = PROBLEMS["relations with amounts only"]
    found = rx.optimal_set(rx.solve(rx.Dataset(X, y), penalty))
    assert found.status is Status.PROVED
    found.save(tmp_path / "set.json")
    assert rx.load(tmp_path / "set.json") == found


def test_a_set_with_a_tie_in_an_irrational_direction(tmp_path):
    X, y, penalty, _ = PROBLEMS["a solution in Q(sqrt 3)"]
    optimum = rx.solve(rx.Dataset(X, y), penalty)
    assert str(optimum.value.radical) == str(rx.load(_saved(optimum, tmp_path)).value.radical)
    best = rx.optimal_set(optimum)
    for found in (best, rx.minimum_network(best)):
        assert rx.load(_saved(found, tmp_path)) == found


def _saved(claim, folder):
    claim.save(folder / "claim.json")
    return folder / "claim.json"
