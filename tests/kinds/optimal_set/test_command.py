"""``reluexact set``: what it prints, the files it writes, and the document that compiles and reads like a paper."""

from __future__ import annotations

import json
import shlex
from fractions import Fraction

import pytest
from latex_tools import compile_latex, formulas_of, katex_faults
from paths import DATA
from typer.testing import CliRunner

import reluexact as rx
from reluexact.cli.app import app
from reluexact.evidence.kink import kink
from reluexact.tex.text import code, escape

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
    assert "1: a single point; 2: 3 components, 2 of them isolated points; 3 and more: connected" in shown["widths"]


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
    from reluexact.kinds.optimal_set import find_vertices as module

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


def document_of(rows, penalty, folder, *options):
    """Return the text of the document about these rows."""
    data, place = folder / "data.csv", folder / "set.tex"
    data.write_text(rows)
    assert run(data, "--penalty", penalty, "--latex", place, *options).exit_code == 0
    return place.read_text(encoding="ascii")


@pytest.mark.parametrize(
    ("rows", "first", "second"),
    [
        (
            "a,b,y\n2,0,1\n-2,1,-1\n",
            "Exactly 1 direction of hidden neurons occurs in optimal networks; 1 more direction attains",
            "One of the neurons attains $b$ without carrying weight",
        ),
        (
            "a,b,c,d,y\n2,0,0,0,1\n-1,1,1,1,1\n",
            "No direction of hidden neurons occurs in optimal networks;",
            "Only the zero network is optimal.",
        ),
    ],
)
def test_directions_without_weight_are_not_said_to_occur(rows, first, second, tmp_path):
    text = document_of(rows, 2, tmp_path)
    assert first in text
    assert second in text
    _, widest, warnings = compile_latex(text, tmp_path)
    assert widest < MOST_OVERFULL
    assert warnings == []


def test_directions_without_weight_in_the_table(tmp_path):
    data = tmp_path / "data.csv"
    data.write_text("a,b,y\n2,0,1\n-2,1,-1\n")
    shown = lines_of(run(data, "--penalty", 2).stdout)
    assert shown["neurons"] == "2 directions, no opposite ones; 1 of them with amount 0 in every optimal network"


def test_the_table_of_blocks_in_five_dimensions_fits(tmp_path):
    rows = "a,b,c,d,e,y\n-7,-7,2,-4,0,-2\n-1,-3,-8,9,-4,-9\n4,3,7,2,8,-4\n5,7,-1,-8,-9,1\n2,5,1,3,4,-4\n7,-4,8,-4,-2,-5\n"
    text = document_of(rows, "1/10", tmp_path)
    assert r"\label{tab:blocks}" in text
    assert "Entry 5 of the directions" in text
    assert katex_faults(formulas_of(text)) == []
    _, widest, warnings = compile_latex(text, tmp_path)
    assert widest < MOST_OVERFULL
    assert warnings == []


def test_a_kink_that_is_a_rational_number_is_shown_as_one(tmp_path):
    rows = "x,y\n1,1\n2,3\n3,1\n"
    text = document_of(rows, "1/10", tmp_path, "--bias")
    assert "$>-0.5$" in text
    assert r"\pm" not in text.partition(r"\section{The optimal neurons}")[2].partition(r"\section")[0]
    assert "x > -0.5 " in run(tmp_path / "data.csv", "--penalty", "1/10", "--bias").stdout
    data = rx.Dataset.read(tmp_path / "data.csv", bias=True)
    assert kink(data, rx.solve(data, "1/10").neurons[0]) == Fraction(-1, 2)


@pytest.mark.parametrize("name", ["-a b.csv", "it's.csv", "$HOME;x.csv"])
def test_the_command_of_the_document_is_quoted_for_the_shell(name, toy, tmp_path):
    data, place = tmp_path / name, tmp_path / "set.tex"
    data.write_bytes(toy.read_bytes())
    assert run("--penalty", 1, "--latex", place, "--", data).exit_code == 0
    text = place.read_text(encoding="ascii")
    typed = f"./{name}" if name.startswith("-") else name
    assert code(shlex.join(["reluexact", "set", typed, "--penalty", "1", "--out", "certificate.json"])) in text
    compile_latex(text, tmp_path)


def test_letters_of_european_names_are_typeset(toy, tmp_path):
    name = "".join(map(chr, [*range(0xC0, 0x110), 0x20AC]))
    assert "[U+" not in escape(name)
    assert escape(chr(0x131) + chr(0xEF) + chr(0x12F)) == r"\i{}\"{\i}\k{i}"
    assert escape(chr(0x4E2D)) == "[U+4E2D]"
    data, place = tmp_path / f"{name[:60]}{chr(0x4E2D)}.csv", tmp_path / "set.tex"
    data.write_bytes(toy.read_bytes())
    assert run(data, "--penalty", 1, "--latex", place).exit_code == 0
    text = place.read_text(encoding="ascii")
    assert "There [U+...] stands for" in text
    compile_latex(text, tmp_path)


def test_a_device_for_the_document(toy):
    result = run(toy, "--penalty", 1, "--latex", "/dev/full")
    assert result.exit_code == 2
    assert result.stderr == "error: --latex /dev/full: this is a device or a pipe; name a file\n"
    assert "or use --json for stdout" in run(toy, "--penalty", 1, "--out", "/dev/full").stderr


def test_connected_widths_are_said_once():
    result = run(DATA / "anscombe2.csv", "--bias", "--penalty", "1/10", "--quiet")
    assert lines_of(result.stdout)["widths"].count("connected") == 1
