"""Mutated certificates of optimal sets and fewest neurons: what the checker accepts must be true, by brute force in floats."""

from __future__ import annotations

import dataclasses
import json
from fractions import Fraction

import make_packaged_certificates
import pytest
from hypothesis import given, settings
from mutations import assert_rejected_or_true, assert_true, mutants
from paths import GOOD
from scipy.optimize import linprog

from reluexact import checker

STORED = {path.stem: path.read_text(encoding="utf-8") for path in sorted(GOOD.glob("*.json"))}
SMALL = 20_000  # characters: the judge solves these problems in floats
GOOD = {name: text for name, text in STORED.items() if name.startswith(("optimal-set-", "minimum-")) and len(text) < SMALL}
PARTS = (("statement", "claim"), ("evidence",), ("evidence", "labels"), ("evidence", "minimum"), ("evidence", "label"))
CLAIMS = ("vertices", "dimension", "total", "min_width", "max_vertex_width", "fewest", "network")
PARTS += tuple(("statement", "claim", name) for name in CLAIMS)


@pytest.mark.parametrize("name", sorted(GOOD))
def test_the_judge_accepts_the_good_ones(name):
    assert_true(json.loads(GOOD[name])["statement"])


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
    statement = json.loads(GOOD[name])["statement"]
    place = statement["claim"]
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    with pytest.raises((AssertionError, KeyError)):
        assert_true(statement)


@settings(max_examples=300, deadline=None)
@given(mutants(GOOD, PARTS))
def test_accepted_mutants_are_true(text):
    assert_rejected_or_true(text, assert_true)


def edited(name, **changes):
    document = json.loads(STORED[name])
    document["evidence"] |= changes
    return checker.check_document(json.dumps(document))


def test_labels_may_come_in_any_order():
    labels = json.loads(STORED["optimal-set-octahedron"])["evidence"]["labels"]
    assert edited("optimal-set-octahedron", labels=labels[::-1]).verified


@pytest.mark.parametrize("sums", [3, 2])
def test_cube_of_edges_by_sums(sums):
    """The edges of a cube: fewest 8 of 12 neurons, so two shares are between their bounds; three would be a false claim."""
    assert edited("minimum-network-cube-of-edges", minimum={"sums": sums}).verified is (sums == 2)


def test_too_many_sums_are_refused(monkeypatch):
    monkeypatch.setattr(checker, "MAX_SUMS", 5)
    assert "more than 5 sums" in edited("minimum-network-by-sums", minimum={"sums": 2}).reason


def test_sums_have_to_be_few_at_once_and_their_matches_few(monkeypatch):
    """Equal sums make many matches: a small certificate must not keep the checker busy for days."""
    name = "minimum-network-by-sums"
    stored = json.loads(STORED[name])["evidence"]["minimum"]
    assert edited(name, minimum=stored).verified
    monkeypatch.setattr(checker, "MAX_HALF", 1)
    assert "1 at once" in edited(name, minimum=stored).reason
    monkeypatch.setattr(checker, "MAX_HALF", 1 << 21)
    monkeypatch.setattr(checker, "m2_matches", lambda numbers, low, high: [0])
    monkeypatch.setattr(checker, "m2_misses", lambda balls, subset, readings: True)
    assert edited(name, minimum=stored).verified
    monkeypatch.setattr(checker, "MAX_MATCHES", 0)
    assert "not proved to be impossible" in edited(name, minimum=stored).reason


def polytope_of(document):
    """Return the polytope as the checker builds it."""
    stated = checker.Item(document["statement"], "statement").table()
    claim, evidence = stated["claim"].table(), checker.Item(document["evidence"], "evidence").table()
    problem = checker.o1_problem(stated["problem"])
    parts = [evidence[name] for name in checker.EVIDENCE]
    return checker.s1_polytope(checker.prove_optimum(problem, [claim[name] for name in checker.CLAIM], parts, []))


def tree_over_singles(polytope, fewest, out=(), counted=()):
    """Grow a tree for a polytope without upper bounds: weights from a linear program, rounded to small fractions."""
    if len(counted) >= fewest:
        return [{}]
    gone = {polytope.amounts[k].variable for k in out}
    columns = [[float(v) for v in polytope.rational[j]] for j in range(len(polytope.columns)) if j not in gone]
    right = [polytope.proof.ball(entry)[0] for entry in polytope.right]
    box = [(-1, 1)] * len(right)
    answer = linprog([-float(v) for v in right], A_ub=columns or None, b_ub=[0] * len(columns) or None, bounds=box)
    if answer.fun < -1e-6:
        return [{"farkas": [str(Fraction(float(w)).limit_denominator(60)) for w in answer.x]}]
    k = next(k for k in range(len(polytope.amounts)) if k not in {*out, *counted})
    without = tree_over_singles(polytope, fewest, (*out, k), counted)
    return [{"branch": k}, *without, *tree_over_singles(polytope, fewest, out, (*counted, k))]


def test_octahedron_by_a_tree():
    """Ties carry weight here, so shares have no upper bounds; two opposite neurons are the fewest."""
    document = json.loads(STORED["minimum-network-octahedron"])
    polytope = polytope_of(document)
    assert set(polytope.upper) == {None}
    tree = tree_over_singles(polytope, 2)
    assert edited("minimum-network-octahedron", minimum={"tree": tree}).verified
    spoiled = [{"farkas": ["1"] * len(polytope.right)} if "farkas" in node else node for node in tree]
    assert edited("minimum-network-octahedron", minimum={"tree": spoiled}).reason.startswith("M2: the weights")


def test_a_pair_without_both_neurons_is_impossible():
    """Every optimal network has one neuron of each pair, so no weights are needed there."""
    document = json.loads(STORED["minimum-network-by-tree"])
    tree, partner = document["evidence"]["minimum"]["tree"], document["statement"]["claim"]["neurons"][0]["partner"]
    both_out = [{"branch": 0}, {"branch": partner}, {"farkas": ["0", "0"]}, *tree, *tree]
    assert edited("minimum-network-by-tree", minimum={"tree": both_out}).verified
    one_out = [{"branch": 0}, {"farkas": ["0", "0"]}, *tree]
    assert edited("minimum-network-by-tree", minimum={"tree": one_out}).path == "evidence.minimum.tree[1]"


def test_a_wide_box_proves_no_independence():
    polytope = polytope_of(json.loads(STORED["optimal-set-pair-off-the-walls"]))
    wide = dataclasses.replace(polytope.proof, radius=Fraction(10**6))
    with pytest.raises(checker.Rejected, match="S1: the features"):
        checker.s1_polytope(wide)


def test_sums_on_a_wide_box_exclude_nothing():
    polytope = polytope_of(json.loads(STORED["optimal-set-three-pairs"]))
    wide = dataclasses.replace(polytope, proof=dataclasses.replace(polytope.proof, radius=Fraction(10)))
    assert [checker.m2_excluded(polytope, (j,), iter(range(9))) for j in range(3)] == [True] * 3
    assert [checker.m2_excluded(wide, (j,), iter(range(9))) for j in range(3)] == [False] * 3
    assert not checker.m2_excluded(polytope, (0, 2), iter(range(9)))


def test_directions_with_several_roots_are_refused(monkeypatch):
    proof = polytope_of(json.loads(STORED["optimal-set-octahedron"])).proof
    monkeypatch.setattr(checker, "tie_direction", lambda *_: [{2: Fraction(1)}, {3: Fraction(1)}, {}])
    with pytest.raises(checker.Rejected, match="S1: the direction of the tie"):
        checker.s1_polytope(proof)


def test_the_package_gives_what_is_stored():
    document = make_packaged_certificates.PACKAGED["optimal-set-octahedron"]()
    assert json.loads(json.dumps(document))["statement"] == json.loads(STORED["optimal-set-octahedron"])["statement"]
