"""Formulas of selected networks."""

from __future__ import annotations

from dataclasses import replace

from latex_tools import katex_faults
from small_problems import whole

import reluexact as rx
from reluexact.kinds.selection.claim import Selection
from reluexact.numbers.real import Real


def test_proved_and_undecided():
    amounts = whole("toy").vertices[1].amounts
    least = Selection(
        status=rx.Status.PROVED, reason="", criterion="least norm", value=Real.rational(2), amounts=amounts, unique=True
    )
    undecided = replace(least, status=rx.Status.UNDECIDED, reason="50% & more", value=None, amounts=())
    formulas = [least.latex(), undecided.latex()]
    assert r"\text{least norm}=2\\ &\alpha_{2}=\frac{19}{40}" in formulas[0]
    assert r"UNDECIDED: 50\% \& more" in formulas[1]
    assert r"\alpha" not in formulas[1]
    assert katex_faults(formulas) == []
