"""O6: systems of pairs that are not proved to be regular."""

from __future__ import annotations

import dataclasses
from fractions import Fraction

import pytest
from checker.network.proofs import proof_of

from reluexact.checker.document import Rejected
from reluexact.checker.network.o6_pairs import o6_pairs


def test_singular_pairs_are_rejected():
    proof = proof_of("optimum-three-pairs")
    moved = [Fraction(0), *proof.midpoint[1:]]
    with pytest.raises(Rejected, match="not proved to be regular"):
        o6_pairs(dataclasses.replace(proof, midpoint=moved))


def test_pairs_on_a_wide_box_are_rejected():
    proof = proof_of("optimum-three-pairs")
    with pytest.raises(Rejected, match="not proved to be regular"):
        o6_pairs(dataclasses.replace(proof, radius=Fraction(10)))
    with pytest.raises(Rejected, match="fraction of pair"):
        o6_pairs(dataclasses.replace(proof, radius=Fraction(1, 40)))
