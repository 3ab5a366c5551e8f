"""Formulas of the answer whether a network is optimal."""

from __future__ import annotations

from latex_tools import katex_faults
from small_problems import whole

import reluexact as rx


def test_a_network_that_is_optimal_and_one_that_is_not():
    best = whole("toy")
    verdicts = [best.contains(best.network(best.vertices[0])), best.contains(rx.Network([[1, 0, 0, 0]], [1]))]
    formulas = [verdict.latex() for verdict in verdicts]
    for verdict, formula in zip(verdicts, formulas, strict=True):
        assert rf"&\text{{{verdict.status.name}: " in formula
        assert r"\text{objective}-p^\star=" in formula
    assert verdicts[1].status is rx.Status.REFUTED
    assert katex_faults(formulas) == []
