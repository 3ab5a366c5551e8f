"""Certificates of graphs of stationary points: accepted mutants are true, crafted ones end soon and without a crash."""

from __future__ import annotations

import json
from copy import deepcopy
from fractions import Fraction
from functools import cache
from operator import mul

import numpy as np
import pytest
from checker.stored import ALONE, CHECKER, good, run
from graph_judges import Programs
from hypothesis import given, settings
from mutations import assert_rejected_or_true, mutants

from reluexact.checker import check_document
from reluexact.checker.document import Item, Rejected
from reluexact.checker.kinds import stationary
from reluexact.checker.kinds.stationary import Node, g5_count, regions
from reluexact.checker.walls import make_walls
from reluexact.geometry.arrangement import activation_patterns

GOOD = good("stationary-")
JUDGED = {name: text for name, text in GOOD.items() if len(json.loads(text)["statement"]["claim"]["columns"]) <= 8}
CLAIM = ("statement", "claim")
PARTS = (CLAIM, ("evidence",), (*CLAIM, "columns"), (*CLAIM, "edges"), ("evidence", "before"), ("evidence", "inside"))
PARTS += tuple((*CLAIM, "nodes", k) for k in (0, 1, 3)) + tuple(("evidence", "nodes", k) for k in (0, 1, 3))
PARTS += tuple(("evidence", "nodes", k, "verdicts") for k in (0, 1)) + tuple((*CLAIM, "nodes", k, "tight") for k in (1, 3))
WIDE = 1e-3


def verified(document):
    report = check_document(json.dumps(document))
    assert report.verified or (report.path and report.reason)
    return report.verified


@cache
def programs(problem, columns):
    data = json.loads(problem)
    numbers = ([[Fraction(x) for x in row] for row in data["X"]], [Fraction(t) for t in data["y"]], Fraction(data["penalty"]))
    return Programs(*numbers, [(1 if sign == "+" else -1, pattern) for sign, pattern in json.loads(columns)])


def inside(number, box):
    return float(Fraction(box["low"])) - WIDE < number < float(Fraction(box["high"])) + WIDE


def answers(node, columns):
    carried = any(all(columns & set(node["tight"][k]) for k in network["support"]) for network in node["networks"])
    return carried and not columns & set(node["above"])


def assert_true(statement):
    """Demand what CERTIFICATE.md says that the claim says, by solutions of all programs in floats."""
    claim = statement["claim"]
    size, seen = len(claim["columns"]), {}
    judge = programs(json.dumps(statement["problem"]), json.dumps(claim["columns"]))
    for place, node in enumerate(claim["nodes"]):
        assert len(node["local_minimum"]) == len(node["networks"])
        theirs = [mask for mask in range(1 << size) if answers(node, {k for k in range(size) if mask >> k & 1})]
        assert len(theirs) == int(node["covers"]) > 0
        for mask in theirs:
            assert mask not in seen, "two nodes are the optimum of one program"
            seen[mask] = place
            value, residual = judge.solve(mask)
            assert inside(value, node["value"])
            assert all(inside(r, box) for r, box in zip(residual, node["residual"], strict=True))
        assert not any(node["local_minimum"]) or claim["every"]
    assert not claim["complete"] or len(seen) == 1 << size
    if claim["every"]:
        X = [[Fraction(x) for x in row] for row in statement["problem"]["X"]]
        assert size == 2 * activation_patterns(X).count
    for source, target, column in claim["edges"]:
        assert column in claim["nodes"][source]["above"]
        assert Fraction(claim["nodes"][target]["value"]["low"]) < Fraction(claim["nodes"][source]["value"]["high"])


@pytest.mark.parametrize("name", sorted(JUDGED))
def test_the_judge_accepts_the_good_ones(name):
    assert_true(json.loads(JUDGED[name])["statement"])


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("nodes", 0, "covers"), "9"),
        (("nodes", 0, "above"), []),
        (("nodes", 1, "tight"), [[1, 3]]),
        (("nodes", 1, "value"), {"low": "1", "high": "2"}),
        (("nodes", 1, "residual", 0), {"low": "1", "high": "2"}),
        (("nodes",), []),
        (("edges",), [[1, 0, 1]]),
        (("columns", 3), ["+", "++"]),
    ],
)
def test_the_judge_finds_false_ones(path, value):
    statement = json.loads(GOOD["stationary-two-points"])["statement"]
    place = statement["claim"]
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    with pytest.raises(AssertionError):
        assert_true(statement)


@settings(max_examples=150, deadline=None)
@given(mutants(JUDGED, PARTS))
def test_accepted_mutants_are_true(text):
    assert_rejected_or_true(text, assert_true)


@pytest.mark.slow
@settings(max_examples=4000, deadline=None)
@given(mutants(JUDGED, PARTS))
def test_many_accepted_mutants_are_true(text):
    report = check_document(text)
    if report.verified:
        assert_true(json.loads(text)["statement"])


def test_what_claims_nothing_is_accepted():
    """A claim may leave out nodes, edges, flags and columns that are not needed."""
    document = json.loads(GOOD["stationary-two-points"])
    claim, evidence = document["statement"]["claim"], document["evidence"]
    claim["edges"], evidence["before"] = [], []
    assert verified(document)
    claim["nodes"][1]["local_minimum"] = [False]
    claim["complete"] = False
    assert verified(document)
    claim["nodes"], evidence["nodes"] = claim["nodes"][::-1], evidence["nodes"][::-1]
    assert verified(document)
    claim["nodes"], evidence["nodes"] = claim["nodes"][:1], evidence["nodes"][:1]
    assert verified(document)
    claim["nodes"], evidence["nodes"] = [], []
    assert verified(document)
    claim["columns"], evidence["inside"], claim["every"] = [], [], False
    assert verified(document)


def test_the_order_of_columns_is_free():
    document = json.loads(GOOD["stationary-two-points"])
    claim, evidence = document["statement"]["claim"], document["evidence"]
    claim["columns"], evidence["inside"] = claim["columns"][::-1], evidence["inside"][::-1]
    for proof in evidence["nodes"]:
        proof["verdicts"] = proof["verdicts"][::-1]
    assert not verified(document)
    claim["nodes"][0]["above"], claim["nodes"][1]["tight"], claim["edges"] = [2], [[2]], [[0, 1, 2]]
    assert verified(document)


@pytest.mark.parametrize("leave", range(8))
def test_every_needs_every_column(leave):
    """Whichever column is left out with all that belongs to it: these are not all."""
    document = json.loads(GOOD["stationary-three-directions"])
    claim, evidence = document["statement"]["claim"], document["evidence"]
    del claim["columns"][leave], evidence["inside"][leave]
    report = check_document(json.dumps(document))
    assert (report.path, report.reason) == ("statement.claim.columns", "G1: these are not all columns of the data")


@pytest.mark.parametrize("seed", range(12))
def test_cells_are_counted_as_the_enumeration_counts_them(seed):
    """Deletion and restriction against the package's rays, on rows with parallel, dependent and zero ones."""
    judge = np.random.default_rng(seed)
    d, n = int(judge.integers(1, 5)), int(judge.integers(1, 9))
    X = judge.integers(-2, 3, size=(n, d)).tolist()
    rows = [tuple(map(Fraction, row)) for row in X]
    normals = [list(normal) for normal in make_walls(rows).normals]
    count = activation_patterns(X).count
    assert regions(normals, 10**6) == count
    assert regions(normals, count) == count
    assert all(regions(normals, most) > most for most in range(min(count, 6)))


def test_counting_stops_where_the_certificate_stops():
    """600 walls in 12 dimensions have more cells than atoms; a claim of two is refuted by a count of three."""
    judge = np.random.default_rng(1)
    normals = [list(map(Fraction, row)) for row in judge.integers(-9, 10, size=(600, 12)).tolist()]
    assert 2 < regions(normals, 2) < 100


def many_columns():
    """Return a certificate of the zero network for all 2,304 columns of 16 rows, none of which exceeds the penalty."""
    judge = np.random.default_rng(5)
    X = judge.integers(-99, 100, size=(16, 4)).tolist()
    found, rows = activation_patterns(X), len(X)
    points = [found.witness(k) for k in range(found.count)]
    cells = ["".join("+" if sum(map(mul, row, u)) > 0 else "-" for row in X) for u in points]
    assert found.count == 2 * (1 + 15 + 105 + 455)
    columns = [[sign, cell] for sign in "+-" for cell in cells]
    box = {"low": "0", "high": "0"}
    node = {"value": box, "residual": [box] * rows, "neurons": [], "above": [], "tight": [], "dimension": 0}
    node |= {"networks": [{"support": [], "amounts": []}], "local_minimum": [True], "covers": str(2 ** len(columns))}
    proof = {"roles": [], "bases": [], "lineality": [], "split": {"fraction": {}, "solve": []}, "labels": [[[], []]]}
    proof |= {"system": {"midpoint": [], "radius": "1", "preconditioner": []}}
    proof |= {"verdicts": [{"rho": {}, "slope": {}}] * len(columns)}
    problem = {"X": [[str(x) for x in row] for row in X], "y": ["0"] * rows, "penalty": "1"}
    claim = {"columns": columns, "every": True, "complete": True, "nodes": [node], "edges": []}
    evidence = {"inside": [[str(x) for x in u] for u in points] * 2, "nodes": [proof], "before": []}
    statement = {"kind": "stationary", "problem": problem, "claim": claim}
    return {"format": "reluexact-certificate", "version": 1, "statement": statement, "evidence": evidence, "produced_by": {}}


@pytest.mark.parametrize(
    "covers", [None, pytest.param("1", marks=pytest.mark.slow), pytest.param("9" * 900, marks=pytest.mark.slow)]
)
def test_counts_longer_than_python_writes(tmp_path, covers):
    """2,304 columns: the count has 694 digits, and Python is told to write no more than 640."""
    document = many_columns()
    if covers is not None:
        document["statement"]["claim"]["nodes"][0]["covers"] = covers
    path = tmp_path / "many.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    answer = run(path, command=(*ALONE, "-X", "int_max_str_digits=640", CHECKER))
    assert answer.stderr == ""
    last = answer.stdout.splitlines()[-1]
    if covers is None:
        assert (answer.returncode, last) == (0, "VERIFIED")
        assert "every one of the 2^2304 sets of all columns of the data" in answer.stdout
    else:
        assert answer.returncode == 3
        assert last.startswith("REJECTED: statement.claim.nodes[0].covers: G5: this is not the number")


def test_a_count_of_too_many_steps_is_refused(monkeypatch):
    """5,000 networks of 20 of 40 neurons: what is left of them multiplies with every neuron."""
    judge = np.random.default_rng(2)
    supports = {tuple(sorted(judge.choice(40, 20, replace=False).tolist())) for _ in range(5000)}
    node = Node(0, tuple(1 << k for k in range(40)), tuple(sorted(supports)))
    monkeypatch.setattr(stationary, "MAX_STEPS", 1 << 16)
    with pytest.raises(Rejected, match="the count takes too many steps"):
        g5_count(node, Item("", "here"))


def test_the_count_of_carrying_sets_is_that_of_all_sets():
    judge = np.random.default_rng(3)
    for _ in range(60):
        size, places = int(judge.integers(1, 6)), iter(range(20))
        tight = tuple(sum(1 << next(places) for _ in range(int(judge.integers(0, 4)))) for _ in range(size))
        some = {tuple(sorted(judge.choice(size, int(judge.integers(1, size + 1)), replace=False).tolist())) for _ in range(3)}
        node, everything = Node(0, tight, tuple(sorted(some))), sum(tight)
        subset, count = everything, 0
        while True:
            count += node.carried(subset)
            if not subset:
                break
            subset = (subset - 1) & everything
        assert g5_count(node, Item("", "here")) == count


@pytest.mark.parametrize("value", [None, 0, "0", [], {}, [[]], True, 10**17, "9" * 30, {"low": "0", "high": "1"}])
def test_anything_in_any_place_is_rejected_with_its_place(value):
    """One value after the other in every place of a certificate: a verdict with a path, or a claim that holds."""
    text = GOOD["stationary-two-points"]
    original = json.loads(text)
    for path in paths(original):
        document = deepcopy(original)
        owner = document
        for key in path[:-1]:
            owner = owner[key]
        if owner[path[-1]] == value:
            continue
        owner[path[-1]] = deepcopy(value)
        if verified(document):
            assert_true(document["statement"])


def paths(value, path=()):
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in children:
        yield (*path, key)
        yield from paths(child, (*path, key))
