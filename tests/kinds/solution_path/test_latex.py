"""Formulas and documents about paths: what they say, and that KaTeX and pdflatex read them."""

from __future__ import annotations

from pathlib import Path

import pytest
from latex_tools import compile_latex, formulas_of, katex_faults
from typer.testing import CliRunner

import reluexact as rx
from reluexact.cli.app import app
from reluexact.kinds.solution_path.document import PathPaper
from reluexact.kinds.solution_path.formula import value_formula
from reluexact.kinds.solution_path.latex import quadratic_latex
from reluexact.numbers.real import Real

DATA = Path(__file__).parents[3] / "examples" / "data"
MOST_OVERFULL = 12
PAIRING = rx.Dataset([[-2, 1], [-1, 1], [0, 1], [1, 1], [2, 1]], [1, -1, 2, 0, 1])


def run(*arguments):
    return CliRunner().invoke(app, [*map(str, arguments)], catch_exceptions=False)


@pytest.fixture(scope="module")
def pairing():
    return rx.solution_path(PAIRING, share="1/20")


@pytest.fixture
def two(tmp_path):
    file = tmp_path / "two_50%.csv"
    file.write_text("a_1,b,y\n1,0,3\n0,1,-1\n")
    return file


@pytest.mark.slow
def test_the_formula_of_the_value_is_the_value_that_fresh_solves_find(pairing):
    known = 0
    for piece in pairing.pieces:
        b = ((pairing.pieces[0].low.middle * 2 if piece.high is None else piece.high.middle) + piece.low.middle) / 2
        b = b.limit_denominator(10**6)
        found = value_formula(pairing, b)
        if found is not None:
            known += 1
            assert found[0] + found[1] * b + found[2] * b * b == rx.solve(PAIRING, b).value
    assert known == 8
    assert value_formula(pairing, 2) is None  # a neuron turns there


def test_the_formula_lists_breakpoints_and_values():
    path = rx.solution_path(rx.Dataset([[1, 0], [0, 1]], [3, -1]), low="1/2")
    lines = path.latex().removeprefix(r"\begin{aligned}").split(r"\\ ")
    assert lines[:2] == [r"b_{1}&=3&&\text{enters}", r"b_{2}&=1&&\text{enters}"]
    assert lines[2] == r"p^\star(b)&=5&&b\ge b_{1}"
    assert lines[3] == r"p^\star(b)&=\frac{1}{2}+3b-\frac{1}{2}b^2&&b_{2}\le b\le b_{1}"
    assert lines[4] == r"p^\star(b)&=4b-b^2&&0.5\le b\le b_{2}"


def test_coefficients_that_are_sums_have_brackets_and_long_ones_are_digits():
    root = rx.solve(rx.Dataset([[1, 1]], [1]), 1).neurons[0].direction[0]  # 1 / sqrt 2
    assert quadratic_latex((Real.rational(1), root - 1, -root), 5) == (
        r"1+\left(-1+\frac{1}{\sqrt{2}}\right)b-\frac{1}{\sqrt{2}}b^2"
    )
    assert quadratic_latex((Real.rational(0),) * 3, 5) == "0"


@pytest.mark.slow
def test_formulas_of_every_length_parse(pairing):
    assert katex_faults([pairing.latex(digits) for digits in (1, 3, 30)]) == []


@pytest.mark.slow
def test_the_document_of_a_path_with_pairs_compiles(pairing, tmp_path):
    text = PathPaper(name="pairing.csv", path=pairing).latex()
    assert r"a neuron becomes one of a pair" in text
    assert r"\texttt{reluexact path" not in text  # all breakpoints are listed
    assert katex_faults(formulas_of(text)) == []
    pages, widest, warnings = compile_latex(text, tmp_path)
    assert pages <= 4
    assert widest < MOST_OVERFULL
    assert warnings == []


def test_the_command_writes_the_document(two, tmp_path):
    place = tmp_path / "path.tex"
    result = run("path", two, "--low", "1/2", "--latex", place)
    assert result.exit_code == 0
    assert f"written: {place}" in result.stderr
    text = place.read_text(encoding="ascii")
    assert r"2 & $1$ & a neuron enters ($-$ \texttt{0+})" in text
    assert r"$b_{2}$ & $0.5$ & $+$ \texttt{+0}; $-$ \texttt{0+} & 0 & 0 & 2 & 2" in text
    assert r"reluexact path two\_50\%.csv -{}-low 1/2 -{}-out certificate.json" in text
    assert "The problem" in text
    assert "the penalty $b>0$" in text
    assert run("path", two, "--low", "1/2", "--latex", two).exit_code == 2


def test_the_document_of_a_set_has_a_section_on_the_path_where_it_is_asked_for(two, tmp_path):
    place = tmp_path / "set.tex"
    assert run("set", two, "--penalty", "2", "--latex", place).exit_code == 0
    assert "The path in the penalty" not in place.read_text()
    assert run("set", two, "--penalty", "2", "--latex", place, "--path", "1/2").exit_code == 0
    text = place.read_text(encoding="ascii")
    assert "The path in the penalty" in text
    assert "all breakpoints of the path from $b=0.5$ on are listed" in text
    assert katex_faults(formulas_of(text)) == []
    result = run("set", two, "--penalty", "2", "--path", "1/2")
    assert result.exit_code == 2
    assert "--latex" in result.stderr


def test_a_path_that_is_not_proved_says_what_is_open():
    data = rx.Dataset([[2, 0, 0, 0], [-1, 1, 1, 1]], [1, 1])
    path = rx.solution_path(data, low=1, limit=1)
    assert path.status is rx.Status.UNDECIDED
    text = PathPaper(name="toy.csv", path=path).latex()
    assert r"the path as a whole is \textsc{undecided}: " in text
    assert katex_faults(formulas_of(text)) == []


def test_rows_with_weights_count_as_the_rows_of_the_data(tmp_path):
    file, place = tmp_path / "weights.csv", tmp_path / "path.tex"
    file.write_text("a,b,o,y\n1,0,2,3\n0,1,7,-1\n")
    assert run("path", file, "--low", "1/2", "--weights", "o", "--latex", place).exit_code == 0
    text = place.read_text(encoding="ascii")
    assert r"($-$ \texttt{0+})" in text
    assert r"-{}-weights o" in text
    assert katex_faults(formulas_of(text)) == []


@pytest.mark.slow
def test_the_document_of_a_set_with_its_path_compiles(tmp_path):
    data, place = tmp_path / "hat.csv", tmp_path / "set.tex"
    data.write_text("x,one,y\n-1,1,0\n0,1,1\n1,1,0\n")
    assert run("set", data, "--penalty", "1/10", "--latex", place, "--path", "1/20").exit_code == 0
    text = place.read_text(encoding="ascii")
    assert katex_faults(formulas_of(text)) == []
    _, widest, warnings = compile_latex(text, tmp_path)
    assert widest < MOST_OVERFULL
    assert warnings == []


@pytest.mark.slow
def test_the_document_of_the_motorcycle_data_compiles(tmp_path):
    place = tmp_path / "path.tex"
    assert run("path", DATA / "motorcycle.csv", "--bias", "--share", "1/20", "--latex", place).exit_code == 0
    text = place.read_text(encoding="ascii")
    assert katex_faults(formulas_of(text)) == []
    pages, widest, warnings = compile_latex(text, tmp_path)
    assert pages <= 6
    assert widest < MOST_OVERFULL
    assert warnings == []
