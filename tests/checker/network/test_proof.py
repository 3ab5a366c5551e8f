"""Forms in the residual: what the box and the known identities decide."""

from __future__ import annotations

import dataclasses
from fractions import Fraction

from checker.network.proofs import proof_of


def test_forms_are_decided_by_identities_alone_where_the_box_is_too_wide():
    proof = proof_of("optimum-identity")
    wide = dataclasses.replace(proof, radius=Fraction(1, 10))
    theta = wide.form([Fraction(1), Fraction(0)])
    assert wide.enclosure(theta) == (Fraction(2, 5), Fraction(3, 5))
    assert wide.known(theta) == {1: Fraction(1, 2)}
    assert wide.not_negative(wide.form([Fraction(1), Fraction(0)], Fraction(-1, 2)))
    assert not wide.not_negative(wide.form([Fraction(1), Fraction(0)], Fraction(-501, 1000)))


def test_forms_that_no_identity_settles_stay_undecided():
    wide = dataclasses.replace(proof_of("optimum-plane"), radius=Fraction(1))
    weights = [Fraction(1), *[Fraction(0)] * 4]
    low, high = wide.enclosure(wide.form(weights))
    assert low < 0 < high
    assert not wide.not_negative(wide.form(weights))
    assert wide.known(wide.form(weights)) is None
