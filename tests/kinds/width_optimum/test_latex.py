"""Formulas of the optimum of one width, and of loss against width."""

from __future__ import annotations

from latex_tools import katex_faults

import reluexact as rx


def test_one_width_and_the_curve():
    curve = rx.width_curve(rx.Dataset(X=[[2, 1], [-1, 0], [1, -1]], y=[-1, -3, 1]), "1/8")
    assert r"&=p^\star" in curve.optima[-1].latex()
    assert r"p_{1}&=" in curve.optima[1].latex()
    assert curve.latex().count(r"\text{PROVED}") == len(curve.optima)
    assert katex_faults([curve.latex(), *(optimum.latex() for optimum in curve.optima)]) == []
