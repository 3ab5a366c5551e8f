"""The linear equations of a structure in Gauss-Jordan form: what one elimination says is what adding them one by one says."""

from __future__ import annotations

from fractions import Fraction

import reluexact as rx
from reluexact.prove import identities
from reluexact.prove.identities import linear_identities, with_identity


def test_one_elimination_is_that_of_one_equation_at_a_time(monkeypatch):
    systems = []
    monkeypatch.setattr(identities, "linear_identities", lambda kkt: systems.append(kkt) or linear_identities(kkt))
    heights = [8, 10, 19, 16, 15, 12, 20]
    rx.solve(rx.Dataset([[x, 1] for x in range(len(heights))], heights), Fraction(1, 100))
    sizes = []
    for kkt in systems:
        done = []
        for row, value in identities._equations(kkt):
            done = with_identity(done, row, value)
        assert list(linear_identities(kkt)) == sorted(done, key=lambda identity: identity.pivot)
        sizes.append(len(done))
    assert max(sizes) > 1
