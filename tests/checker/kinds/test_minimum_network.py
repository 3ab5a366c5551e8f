"""Fewest neurons by sums and by trees: what proves them, and what does not."""

from __future__ import annotations

import dataclasses
import json
from fractions import Fraction

import pytest
from checker.polytope.polytopes import edited, polytope_of
from checker.stored import GOOD
from scipy.optimize import linprog

from reluexact.checker.kinds import minimum_network
from reluexact.checker.kinds.minimum_network import m2_excluded


@pytest.mark.parametrize("sums", [3, 2])
def test_cube_of_edges_by_sums(sums):
    """The edges of a cube: fewest 8 of 12 neurons, so two shares are between their bounds; three would be a false claim."""
    assert edited("minimum-network-cube-of-edges", minimum={"sums": sums}).verified is (sums == 2)


def test_too_many_sums_are_refused(monkeypatch):
    monkeypatch.setattr(minimum_network, "MAX_SUMS", 5)
    assert "more than 5 sums" in edited("minimum-network-by-sums", minimum={"sums": 2}).reason


def test_sums_have_to_be_few_at_once_and_their_matches_few(monkeypatch):
    """Equal sums make many matches: a small certificate must not keep the checker busy for days."""
    name = "minimum-network-by-sums"
    stored = json.loads(GOOD[name])["evidence"]["minimum"]
    assert edited(name, minimum=stored).verified
    monkeypatch.setattr(minimum_network, "MAX_HALF", 1)
    assert "1 at once" in edited(name, minimum=stored).reason
    monkeypatch.setattr(minimum_network, "MAX_HALF", 1 << 21)
    monkeypatch.setattr(minimum_network, "m2_matches", lambda numbers, low, high: [0])
    monkeypatch.setattr(minimum_network, "m2_misses", lambda balls, subset, readings: True)
    assert edited(name, minimum=stored).verified
    monkeypatch.setattr(minimum_network, "MAX_MATCHES", 0)
    assert "not proved to be impossible" in edited(name, minimum=stored).reason


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
    document = json.loads(GOOD["minimum-network-octahedron"])
    polytope = polytope_of(document)
    assert set(polytope.upper) == {None}
    tree = tree_over_singles(polytope, 2)
    assert edited("minimum-network-octahedron", minimum={"tree": tree}).verified
    spoiled = [{"farkas": ["1"] * len(polytope.right)} if "farkas" in node else node for node in tree]
    assert edited("minimum-network-octahedron", minimum={"tree": spoiled}).reason.startswith("M2: the weights")


def test_a_pair_without_both_neurons_is_impossible():
    """Every optimal network has one neuron of each pair, so no weights are needed there."""
    document = json.loads(GOOD["minimum-network-by-tree"])
    tree, partner = document["evidence"]["minimum"]["tree"], document["statement"]["claim"]["neurons"][0]["partner"]
    both_out = [{"branch": 0}, {"branch": partner}, {"farkas": ["0", "0"]}, *tree, *tree]
    assert edited("minimum-network-by-tree", minimum={"tree": both_out}).verified
    one_out = [{"branch": 0}, {"farkas": ["0", "0"]}, *tree]
    assert edited("minimum-network-by-tree", minimum={"tree": one_out}).path == "evidence.minimum.tree[1]"


def test_sums_on_a_wide_box_exclude_nothing():
    polytope = polytope_of(json.loads(GOOD["optimal-set-three-pairs"]))
    wide = dataclasses.replace(polytope, proof=dataclasses.replace(polytope.proof, radius=Fraction(10)))
    assert [m2_excluded(polytope, (j,), iter(range(9))) for j in range(3)] == [True] * 3
    assert [m2_excluded(wide, (j,), iter(range(9))) for j in range(3)] == [False] * 3
    assert not m2_excluded(polytope, (0, 2), iter(range(9)))
