"""``reluexact set``: what it prints, the files it writes, and the document that compiles and reads like a paper."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from latex_tools import compile_latex, formulas_of, katex_faults
from typer.testing import CliRunner

import reluexact as rx
from reluexact.cli.app import app

DATA = Path(__file__).parents[1] / "examples" / "data"
MOTORCYCLE = [DATA / "motorcycle.csv", "--bias", "--penalty", 10]
MOST_OVERFULL = 20
"""So many pt may a line stick out."""


def run(*arguments):
    return CliRunner().invoke(app, ["set", *map(str, arguments)], catch_exceptions=False)


@pytest.fixture
def toy(tmp_path):
    file = tmp_path / "toy_50%.csv"
    file.write_text("a_1,b,c,d,y\n2,0,0,0,1\n-1,1,1,1,1\n")
    return file


def lines_of(output):
    return dict(line.split(maxsplit=1) for line in output.splitlines() if len(line.split(maxsplit=1)) == 2)


def test_the_toy_in_a_table(toy):
    result = run(toy, "--penalty", "1/10")
    assert result.exit_code == 0
    shown = lines_of(result.stdout)
    assert shown["value"] == "0.0975 (exactly)"
    assert shown["status"] == "PROVED: these are all optimal networks"
    assert shown["dimension"] == "1 (not unique)"
    assert shown["vertices"] == "2, the minimal networks: 1 with 1 neuron, 1 with 2 neurons"
    assert shown["fewest"] == "1 neuron (m*)"
    assert shown["most"] == "2 neurons in a minimal network (M*)"
    assert shown["total"].startswith("0.95,")
    assert "1: a single point; 2: 3 components, 2 of them isolated points; 3: connected" in shown["widths"]


def test_the_toy_as_json_and_as_a_certificate(toy, tmp_path):
    certificate = tmp_path / "set.json"
    result = run(toy, "--penalty", "1/10", "--json", "--quiet", "--out", certificate)
    document = json.loads(result.stdout, parse_float=lambda text: pytest.fail(f"a float: {text}"))
    assert document["kind"] == "optimal-set"
    assert [vertex["support"] for vertex in document["vertices"]] == [[0], [1, 2]]
    assert document["vertices"][0]["amounts"][0]["low"] == "19/20"
    assert (document["dimension"], document["min_width"], document["max_vertex_width"]) == (1, 1, 2)
    assert rx.check(certificate).verified


def test_the_document_of_the_toy_compiles(toy, tmp_path):
    place = tmp_path / "set.tex"
    assert run(toy, "--penalty", "1/10", "--latex", place).exit_code == 0
    text = place.read_text(encoding="ascii")
    assert r"\frac{39}{400}=0.0975" in text
    assert r"\texttt{toy\_50\%.csv}" in text
    assert r"\texttt{a\_1}" in text
    assert katex_faults(formulas_of(text)) == []
    pages, widest, warnings = compile_latex(text, tmp_path)
    assert pages <= 5
    assert widest < MOST_OVERFULL
    assert warnings == []


@pytest.mark.slow
def test_the_document_of_the_motorcycle_data_compiles(tmp_path):
    place = tmp_path / "set.tex"
    assert run(*MOTORCYCLE, "--latex", place).exit_code == 0
    text = place.read_text(encoding="ascii")
    assert r"p^\star=49671.3088640816535514898497358\ldots" in text
    assert r"(-5,\,202)/\sqrt{40829}" in text
    assert "It has dimension $6$ and 114 vertices" in text
    assert katex_faults(formulas_of(text)) == []
    pages, widest, warnings = compile_latex(text, tmp_path)
    assert pages <= 9
    assert widest < MOST_OVERFULL
    assert warnings == []


@pytest.mark.parametrize(
    ("rows", "penalty"),
    [
        ("x,one,y\n0,1,0\n1,1,0\n2,1,1\n3,1,2\n", "1/2"),  # the root of a polynomial
        ("x,one,y\n-1,1,0\n0,1,1\n1,1,0\n", "1/10"),  # a pair
        ("x,one,y\n-1,1,1\n0,1,0\n2,1,3\n", "1/10"),  # square roots
        ("x,y\n1,1\n2,2\n", "100"),  # the zero network
        ("a,b,c,d,e,y\n1,2,3,1,1,1\n2,1,1,0,1,2\n0,1,2,2,0,3\n", "1/3"),  # directions in a table of their own
    ],
)
def test_documents_of_every_kind_compile(rows, penalty, tmp_path):
    data, place = tmp_path / "data.csv", tmp_path / "set.tex"
    data.write_text(rows)
    assert run(data, "--penalty", penalty, "--latex", place).exit_code == 0
    text = place.read_text(encoding="ascii")
    assert katex_faults(formulas_of(text)) == []
    pages, widest, warnings = compile_latex(text, tmp_path)
    assert pages <= 5
    assert widest < MOST_OVERFULL
    assert warnings == []


def test_the_same_document_every_time(toy, tmp_path):
    texts = []
    for name in ("first.tex", "second.tex"):
        assert run(toy, "--penalty", 1, "--latex", tmp_path / name).exit_code == 0
        texts.append((tmp_path / name).read_bytes())
    assert texts[0] == texts[1]


def test_undecided_ends_with_4_and_the_reason(tmp_path):
    place = tmp_path / "set.tex"
    result = run(DATA / "anscombe2.csv", "--bias", "--penalty", "1/10", "--limit", 3, "--latex", place, "--json")
    assert result.exit_code == 4
    document = json.loads(result.stdout)
    assert document["status"] == "UNDECIDED"
    assert document["reason"]
    text = place.read_text(encoding="ascii")
    assert "did not close" in text
    _, widest, warnings = compile_latex(text, tmp_path)
    assert widest < MOST_OVERFULL
    assert warnings == []


def test_an_undecided_set_of_a_proved_optimum(toy, tmp_path, monkeypatch):
    from reluexact.search.optimal import optimal_set as module

    def few(system, *, limit):
        return found(system, limit=1)

    found = module.vertices
    monkeypatch.setattr(module, "vertices", few)
    place = tmp_path / "set.tex"
    result = run(toy, "--penalty", 1, "--latex", place)
    assert result.exit_code == 4
    assert lines_of(result.stdout)["status"].startswith("UNDECIDED: ")
    text = place.read_text(encoding="ascii")
    assert r"\textsc{undecided}" in text
    compile_latex(text, tmp_path)


def test_places_are_checked_before_any_work(toy, tmp_path):
    result = run(toy, "--penalty", 1, "--latex", tmp_path)
    assert result.exit_code == 2
    assert "--latex" in result.stderr
    assert run(toy, "--penalty", 1, "--latex", toy).exit_code == 2
    both = tmp_path / "both"
    assert run(toy, "--penalty", 1, "--latex", both, "--out", both).exit_code == 2
    assert not both.exists()
