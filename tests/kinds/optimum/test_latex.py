"""Formulas of optima."""

from __future__ import annotations

import pytest
from latex_tools import katex_faults
from small_problems import PROBLEMS, solved

import reluexact as rx
from reluexact.kinds.latex import latex
from reluexact.kinds.optimum.polynomial_system import polynomial_system


def test_the_value_of_the_toy():
    assert latex(solved("toy").value) == r"\frac{39}{400}" == solved("toy").value.latex()
    assert r"p^\star&=\frac{39}{400}" in solved("toy").latex()


def test_undecided_formulas_say_so():
    optimum = rx.solve(rx.Dataset.read("examples/data/anscombe2.csv", bias=True), "1/10", limit=3)
    assert optimum.status is rx.Status.UNDECIDED
    text = optimum.latex()
    assert "UNDECIDED: " in text
    assert r"p^\star&\in[" in text
    assert katex_faults([text]) == []


@pytest.mark.parametrize("name", PROBLEMS)
def test_every_formula_parses_in_strict_mode(name):
    optimum = solved(name)
    formulas = [latex(claim, digits) for claim in (optimum, optimum.value, *optimum.neurons) for digits in (3, 30)]
    formulas.append(polynomial_system(optimum).latex())
    assert katex_faults(formulas) == []
