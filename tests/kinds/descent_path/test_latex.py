"""Formulas of paths down to the optimum."""

from __future__ import annotations

from latex_tools import katex_faults

import reluexact as rx


def test_a_path_and_one_in_too_few_neurons():
    data = rx.Dataset(X=[[2, 1], [-1, 0], [1, -1]], y=[-1, -3, 1])
    way = rx.descent_path(rx.Network([[1, 1], [0, 1], [1, 0]], [1, -2, 1]), data, "1/8")
    narrow = rx.descent_path(rx.Network([[1, 1]], [1]), data, "1/8")
    assert way.latex().startswith(r"\begin{aligned}t=0&:\;")
    assert r"\text{PROVED}" in way.latex()
    assert any(word in narrow.latex() for word in ("REFUTED: ", "UNDECIDED: "))
    assert katex_faults([way.latex(), narrow.latex()]) == []
