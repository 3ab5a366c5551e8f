"""``rx.latex``: one door for the claims of all kinds, for neurons and for numbers."""

from __future__ import annotations

from fractions import Fraction

import pytest
from latex_tools import katex_faults
from small_problems import solved, whole

import reluexact as rx
from reluexact.errors import InputError
from reluexact.kinds.latex import latex
from reluexact.kinds.optimum.claim import Optimum
from reluexact.kinds.table import KINDS
from reluexact.numbers.real import Real


def test_what_is_no_claim_is_refused():
    with pytest.raises(InputError, match="an int has no formula"):
        latex(3)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.part("latex") is not None], ids=lambda kind: kind.folder)
def test_every_kind_refuses_what_is_not_its_claim(kind):
    with pytest.raises(InputError, match="a Real has no formula; pass an Optimum, an OptimalSet or a part of one"):
        kind.part("latex").latex(Real.rational(1), 5)


def test_a_claim_without_formula_is_refused():
    found = rx.classify(rx.Network([[1]], [1]), rx.Dataset([[1]], [2]), 1)
    with pytest.raises(InputError, match="a Classification has no formula"):
        latex(found)
    with pytest.raises(InputError, match="an AmountSystem has no formula"):
        latex(whole("toy").system)


def test_a_class_made_from_a_claim_is_written_like_it():
    class Mine(Optimum):
        pass

    optimum = solved("toy")
    mine = Mine(**{name: getattr(optimum, name) for name in Optimum.__dataclass_fields__})
    assert latex(mine) == latex(optimum)


@pytest.mark.parametrize("digits", [None, "", [], 0.5, 0, -3, True, "7", 3001])
def test_digits_that_are_no_number_of_digits_are_refused(digits):
    for claim in (whole("toy"), whole("toy").optimum, whole("toy").vertices[0], Real.rational(1)):
        with pytest.raises(InputError, match="digits: .* is not an integer from 1 to 3000"):
            claim.latex(digits)


def test_strict_mode_finds_faults():
    assert len(katex_faults([r"\frac{1}{", r"a_b_c", "x"])) == 2


def test_a_real_in_a_notebook():
    assert Real.rational(Fraction(1, 3))._repr_latex_() == r"$\displaystyle \frac{1}{3}$"


def test_networks_bounds_and_splines_are_formulas():
    assert rx.Network([], []).latex() == "f(x)=0"
    assert rx.Network([[0, 0]], [-1]).latex() == r"f(x)=-\bigl(0\bigr)_+"
    biased = rx.BiasedNetwork([[1], [-2]], ["1/2", -1], hidden_bias=[0, 3], output_bias=-4, skip=[5])
    assert biased.latex() == (
        r"\begin{aligned}f(x)&=\frac{1}{2}\,\bigl(x_{1}\bigr)_+\\ &\quad-\bigl(-2x_{1}+3\bigr)_+\\ &\quad+5x_{1}-4\end{aligned}"
    )
    bound = rx.prove_bound(rx.Dataset(X=[[1], [2]], y=[1, 2]), 1)
    assert r"\le p^\star\le " in bound.latex()
    labels = rx.Dataset([[0], [1], [2], [3]], [-1, 1, 1, -1])
    spline = rx.sparsest_spline(rx.solve(rx.Problem(labels, "1/10", output_bias="free", hidden_bias="free")))
    assert spline.latex().count("_+") == len(spline.kinks) > 0
    assert spline.latex().endswith(r"&\text{PROVED}\end{aligned}")
    wide = rx.Network([[1]] * 20, [1] * 20).latex()
    assert wide.count("_+") == 12
    assert r"\cdots" in wide


def test_formulas_of_networks_and_bounds_are_strict():
    biased = rx.BiasedNetwork([[1], [-2]], ["1/2", -1], hidden_bias=[0, 3], output_bias=-4, skip=[5])
    bound = rx.prove_bound(rx.Dataset(X=[[1], [2]], y=[1, 2]), 1)
    labels = rx.Dataset([[0], [1], [2], [3]], [-1, 1, 1, -1])
    spline = rx.sparsest_spline(rx.solve(rx.Problem(labels, "1/10", output_bias="free", hidden_bias="free")))
    formulas = [biased.latex(), bound.latex(), spline.latex(), rx.Network([[1]] * 20, [1] * 20).latex()]
    assert katex_faults(formulas) == []
