"""Formulas as MathML: every one that claims write, as elements of MathML alone."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from paths import DATA

import reluexact as rx
from reluexact.reports.mathml import ELEMENTS, displayed, inline

MINUS = chr(0x2212)


def elements(markup):
    return [(one.tag, (one.text or "").strip()) for one in ElementTree.fromstring(markup).iter()]


def rows_of(markup):
    table = ElementTree.fromstring(markup).find("mtable")
    return [["".join(cell.itertext()) for cell in row] for row in table]


def test_the_lines_of_an_alignment_are_rows_and_the_status_is_none_of_them():
    formula = r"\begin{aligned}p&=1\\ u_1&=(-1,\,2),& s&=+1\\ &\text{PROVED}\end{aligned}"
    assert rows_of(displayed(formula)) == [["p", "=1"], ["u1", f"=({MINUS}1,2),", "s", "=+1"]]


def test_a_matrix_is_not_split_at_its_own_marks():
    formula = r"\begin{aligned}a&=1\\ \begin{pmatrix}1 & 2\\[3pt] 3 & 4\end{pmatrix}x&=c\end{aligned}"
    markup = displayed(formula)
    assert [len(row) for row in rows_of(markup)] == [2, 1]
    assert markup.count("<mtr") == 4
    assert "3pt" not in markup


def test_signs_are_signs_where_no_difference_is():
    def forms(latex):
        return [one.get("form") for one in ElementTree.fromstring(inline(latex)).iter("mo") if one.text in (MINUS, "+")]

    assert forms("(-1,\\,2-3)=-x") == ["prefix", None, "prefix"]


def test_bars_open_and_close():
    bars = [one for one in ElementTree.fromstring(inline(r"(|w_j|^2+|g|)")).iter("mo") if one.text == "|"]
    assert [bar.get("form") for bar in bars] == ["prefix", "postfix", "prefix", "postfix"]


def test_limits_stand_below_and_above():
    tags = {tag for tag, _ in elements(displayed(r"\min_{w}\;\left|\sum_{j=1}^{m}w_j\right|"))}
    assert {"munder", "munderover"} <= tags


@pytest.mark.parametrize("formula", [r"\href{javascript:x}{y}", r"\text{<a>x</a>}", r"\text{<b}", r"\text{a & b}"])
def test_what_is_no_formula_of_ours_raises(formula):
    with pytest.raises((ValueError, ElementTree.ParseError)):
        displayed(formula)


@pytest.fixture(scope="module")
def claims():
    toy = rx.solve(rx.Dataset(X=[[2, 0, 0, 0], [-1, 1, 1, 1]], y=[1, 1]), "1/10")
    data = rx.Dataset.read(DATA / "anscombe2.csv", bias=True)
    optimum = rx.solve(data, "1/10")
    labels = rx.Dataset(X=[[0], [1], [2], [3]], y=[-1, 1, 1, -1])
    hinge = rx.solve(rx.Problem(labels, "1/10", "hinge", hidden_bias="free", output_bias="free"))
    path = rx.solution_path(rx.Dataset([[1, 0], [0, 1]], [3, -1]), "1/2")
    return [toy, rx.optimal_set(toy), optimum, rx.optimal_set(optimum), hinge, path]


def test_formulas_of_claims_are_mathml_and_lose_no_digit(claims):
    for claim in claims:
        markup = displayed(claim.latex(8))
        found = elements(markup)
        assert {tag for tag, _ in found} <= ELEMENTS
        assert not any("\\" in text or "&" in text for _, text in found)
        assert "merror" not in markup
    value = ["".join(cell.itertext()) for cell in ElementTree.fromstring(displayed(claims[2].latex(12))).iter("mn")]
    assert "1.58339560501" in value
