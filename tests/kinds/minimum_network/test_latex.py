"""Formulas of fewest neurons."""

from __future__ import annotations

from dataclasses import replace

from latex_tools import katex_faults
from small_problems import whole

import reluexact as rx
from reluexact.kinds.minimum_network.claim import MinimumNetwork


def test_proved_and_undecided():
    best = whole("toy")
    first, second = best.vertices
    fewest = MinimumNetwork(best=best, status=rx.Status.PROVED, lower=1, upper=1, amounts=first.amounts, support=(0,))
    undecided = replace(
        fewest, status=rx.Status.UNDECIDED, upper=2, amounts=second.amounts, support=(1, 2), reason="limit_reached"
    )
    formulas = [fewest.latex(), undecided.latex()]
    assert formulas[0].startswith(r"\begin{aligned}m^\star&=1\\ &\alpha_{1}=\frac{19}{20}")
    assert r"m^\star&\in[1,\,2]" in formulas[1]
    assert r"limit\_reached" in formulas[1]
    assert katex_faults(formulas) == []
