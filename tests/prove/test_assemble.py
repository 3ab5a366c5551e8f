"""prove/assemble.py: what a proof says about the residual."""

from __future__ import annotations

import reluexact as rx
from reluexact.prove.assemble import exact_residual
from reluexact.prove.structure import Kkt


def test_the_exact_residual_is_read_entry_by_entry(monkeypatch):
    forms = rx.solve(rx.Dataset([[1], [2], [-3]], [1, 2, 4]), 1).point.forms
    units = [[int(i == j) for j in range(3)] for i in range(3)]
    whole = [forms.constant(unit) for unit in units]
    monkeypatch.delattr(Kkt, "pull")  # a whole form for each entry makes the cost a square of the rows
    assert list(exact_residual(forms)) == whole
