"""Formulas of optimal sets, their vertices and their points."""

from __future__ import annotations

import pytest
from latex_tools import katex_faults
from small_problems import PROBLEMS, whole

from reluexact.kinds.latex import latex
from reluexact.kinds.optimal_set.movement import midpoint


def test_the_toy_in_formulas():
    best = whole("toy")
    assert best.vertices[1].latex() == r"\alpha_{2}=\frac{19}{40},\;\alpha_{3}=\frac{19}{40}"
    assert best.neurons[0].latex().startswith(r"s=+1,\quad u=\tfrac{1}{2}\,(1,\,1,\,1,\,1)")
    assert r"\dim\mathcal{P}&=1" in best.latex()
    assert best._repr_latex_() == rf"$\displaystyle {best.latex()}$"


@pytest.mark.parametrize("name", PROBLEMS)
def test_every_formula_parses_in_strict_mode(name):
    best = whole(name)
    claims = [best, best.total, *best.vertices, *best.neurons, *best.fit(), midpoint(best)]
    assert katex_faults([latex(claim, digits) for claim in claims for digits in (3, 30)]) == []
