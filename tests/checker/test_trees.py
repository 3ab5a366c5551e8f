"""Trees prove no bound below the maximum; walls are decided where a tree says so."""

from __future__ import annotations

import json
from fractions import Fraction

import numpy as np
import pytest
from checker.kinds.false_bound import MAKERS
from hypothesis import given, settings
from hypothesis import strategies as st

from reluexact.checker import check_document
from reluexact.checker.document import Item, Rejected
from reluexact.checker.problem import Problem
from reluexact.checker.trees import Tree, good_leaf, walk
from reluexact.checker.walls import make_profile, make_walls

number = st.fractions(min_value=-3, max_value=3, max_denominator=4)


@st.composite
def trees(draw, walls, sides=None, depth=0):
    """Draw any tree over these walls, with any multipliers."""
    sides = sides or {}
    undecided = [h for h in walls if h not in sides]
    rho = {str(h): str(abs(draw(number))) for h in sides if draw(st.booleans())}
    kind = draw(st.sampled_from(["leaf", "split", "tighten"])) if undecided and depth < 4 else "leaf"
    if kind == "leaf":
        return [{"rho": rho, "slope": {str(h): str(draw(number)) for h in undecided if draw(st.booleans())}}]
    h = draw(st.sampled_from(undecided))
    if kind == "split":
        return [{"split": h}, *draw(trees(walls, {**sides, h: 1}, depth + 1)), *draw(trees(walls, {**sides, h: -1}, depth + 1))]
    return [{"tighten": h, "side": draw(st.sampled_from(["hi", "lo"])), "rho": rho}, *draw(trees(walls, sides, depth + 1))]


@settings(max_examples=150)
@given(st.data())
def test_no_tree_bounds_a_function_below_its_maximum(data):
    """Any tree at all: if it is accepted for some penalty, no direction exceeds that penalty."""
    integer = st.integers(-3, 3).map(Fraction)
    rows = data.draw(st.lists(st.tuples(integer, integer), min_size=1, max_size=4))
    theta = data.draw(st.lists(number, min_size=len(rows), max_size=len(rows)))
    problem = Problem(tuple(rows), tuple(theta), Fraction(1))
    walls = make_walls(problem.X)
    nodes = data.draw(trees(walls.heads))
    profile = make_profile(problem, walls, theta, 1)
    angles = np.linspace(0, 2 * np.pi, 721)
    values = np.array(rows, dtype=float) @ np.array([np.cos(angles), np.sin(angles)])
    peak = max(float((np.array(theta, dtype=float) @ np.maximum(values, 0)).max()), 0.0)
    for factor in (Fraction(1, 2), Fraction(9, 10), Fraction(999, 1000)):
        limit = Fraction(peak) * factor

        def leaf(tree, node, cone, limit=limit):
            good_leaf(tree, node, cone, limit, strict=False)

        if peak > 1e-9:
            with pytest.raises(Rejected):
                walk(Tree(Item(nodes, ""), walls, profile, "B1", "B1", leaf))
    far = Fraction(10**6)
    walk(Tree(Item(nodes, ""), walls, profile, "B1", "B1", lambda *a: good_leaf(*a, far, strict=True)))


def test_walls_decided_by_tightening():
    """Where n_2 = n_0 + n_1, the wall 2 is `on` inside the cone of the first two and `off` opposite to it."""
    document = MAKERS["b1-tightened-to-zero"]()
    low = {"tighten": 2, "side": "lo", "rho": {"0": "1", "1": "1"}}
    high = {**low, "side": "hi"}
    leaf, one_sided = {"rho": {}, "slope": {}}, {"rho": {"0": "1"}, "slope": {"2": "1"}}
    document["statement"]["problem"]["penalty"] = "2"
    document["evidence"]["positive"] = [{"split": 0}, {"split": 1}, low, leaf, leaf, {"split": 1}, leaf, high, leaf]
    assert check_document(json.dumps(document)).verified
    document["evidence"]["positive"][-1] = one_sided
    assert check_document(json.dumps(document)).path == "evidence.positive[8].slope.2"
