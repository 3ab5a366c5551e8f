"""S1: polytopes that are not proved."""

from __future__ import annotations

import dataclasses
import json
from fractions import Fraction

import pytest
from checker.polytope.polytopes import polytope_of
from checker.stored import GOOD

from reluexact.checker.document import Rejected
from reluexact.checker.polytope import s1_amounts
from reluexact.checker.polytope.s1_amounts import s1_polytope


def test_a_wide_box_proves_no_independence():
    polytope = polytope_of(json.loads(GOOD["optimal-set-pair-off-the-walls"]))
    wide = dataclasses.replace(polytope.proof, radius=Fraction(10**6))
    with pytest.raises(Rejected, match="S1: the features"):
        s1_polytope(wide)


def test_a_direction_with_several_roots_is_judged_as_enclosed(monkeypatch):
    proof = polytope_of(json.loads(GOOD["optimal-set-octahedron"])).proof
    monkeypatch.setattr(s1_amounts, "tie_direction", lambda *_: [{2: Fraction(1)}, {3: Fraction(1)}, {}])
    with pytest.raises(Rejected, match="S1: the features are not proved to be independent"):
        s1_polytope(proof)
