"""``--weights COLUMN`` on every command: certificates that the checker takes, and rows as they were given."""

from __future__ import annotations

import json
import re

import pytest
from latex_tools import compile_latex
from typer.testing import CliRunner

import reluexact as rx
from reluexact.cli.app import app

TABLE = "x,y,o\n0,0,2\n1,1,1\n2,-1,1/2\n3,2,3\n5,1,7/3\n"
WORDS = ("--target", "y", "--weights", "o", "--bias", "--penalty", "1/2")
PROBLEM = rx.Problem(
    rx.Dataset([[0], [1], [2], [3], [5]], [0, 1, -1, 2, 1], bias=True), "1/2", weights=["2", "1", "1/2", "3", "7/3"]
)
COMMANDS = {
    "solve": (),
    "set": (),
    "minimal": (),
    "width": ("--width", 1),
    "classify": ("--network", "net.json"),
    "graph": ("--only", "net.json"),
    "descend": ("--network", "net.json"),
}
REMARK = "row weights: 5 rows become 11 scaled copies of rows; certificates are about these"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "hat.csv").write_text(TABLE)
    rx.Network([[1, 0], [0, 0], [0, 0]], [1, 0, 0]).save(tmp_path / "net.json")
    return tmp_path


def run(*arguments, code=0):
    answer = CliRunner().invoke(app, list(map(str, arguments)), catch_exceptions=False)
    assert answer.exit_code == code, answer.stderr
    return answer


@pytest.mark.parametrize("command", COMMANDS)
def test_the_certificate_is_accepted_and_is_about_the_statement(folder, command):
    answer = run(command, "hat.csv", *WORDS, *COMMANDS[command], "--out", "out.json")
    if command != "solve":  # whose certificate has the version 2 and the weights themselves
        assert f"remark: {REMARK}\n" in answer.stderr
        assert re.search(r"^weights +of rows; certificates are about 11 scaled rows in their place$", answer.stdout, re.M)
    assert "data" in answer.stdout
    assert "hat.csv: 5 rows; features x, bias; target y" in answer.stdout
    assert rx.check("out.json").verified
    assert run("check", "out.json", "--statement", "hat.csv", *WORDS).stdout.endswith("VERIFIED\n")
    (folder / "other.csv").write_text(TABLE.replace("7/3", "8/3"))
    assert "another problem" in run("check", "out.json", "--statement", "other.csv", *WORDS, code=3).stdout
    unweighted = ("--target", "y", "--features", "x", "--bias", "--penalty", "1/2")
    assert "another problem" in run("check", "out.json", "--statement", "hat.csv", *unweighted, code=3).stdout


def test_a_refusal_says_where_the_copies_differ(folder):
    run("set", "hat.csv", *WORDS, "--out", "out.json")
    (folder / "other.csv").write_text(TABLE.replace("7/3", "8/3"))
    said = run("check", "out.json", "--statement", "other.csv", *WORDS, code=3).stdout
    assert "its target y differs in 1 row of 11: row 11 has 1/3, not 2/3 (of the scaled copies of rows)" in said


def test_the_set_is_that_of_the_library(folder):
    shown = json.loads(run("set", "hat.csv", *WORDS, "--json", "--out", "out.json").stdout)
    best = rx.optimal_set(PROBLEM)
    assert rx.load("out.json") == best
    assert shown["remarks"] == [REMARK]
    data = shown["data"]
    assert (data["rows"], data["digest"]) == (5, PROBLEM.data.digest)
    assert data["weights"] == ["2", "1", "1/2", "3", "7/3"]
    assert data["scaled_copies"]["digest"] == best.optimum.data.digest
    assert data["scaled_copies"]["rows"] == len(data["scaled_copies"]["row_of"]) == len(data["scaled_copies"]["factors"]) == 11
    assert [len(neuron["gate"]) for neuron in shown["neurons"]] == [5, 5]


def test_tables_count_the_given_rows(folder):
    for command in ("set", "minimal", "width"):
        lines = run(command, "hat.csv", *WORDS, *COMMANDS[command]).stdout.splitlines()
        head = next(k for k, line in enumerate(lines) if line.startswith("neuron") and "wall" in line)
        names = lines[head].replace("active where", "").replace("least amount", "l").replace("greatest amount", "g").split()
        for line in lines[head + 2 : head + 3]:
            cells = re.sub(r"x [<>] \S+( \(a data point\))?", "", line).split()
            counts = [int(cells[names.index(name)]) for name in ("on", "off", "wall")]
            assert sum(counts) == 5
    assert "x > 3 (a data point)" in run("set", "hat.csv", *WORDS).stdout


def test_the_residual_and_the_patterns_are_per_given_row(folder):
    shown = json.loads(run("classify", "hat.csv", *WORDS, "--network", "net.json", "--json").stdout)
    assert shown["residual"] == ["0", "0", "-3", "-1", "-4"]
    assert shown["witnesses_are_about"] == "scaled_copies"
    assert shown["objective"] == str(PROBLEM.objective(rx.Network.read("net.json")))
    graph = json.loads(run("graph", "hat.csv", *WORDS, "--json", "--graphml", "graph.graphml").stdout)
    assert {len(column["pattern"]) for column in graph["columns"]} == {5}
    assert {len(neuron["gate"]) for node in graph["nodes"] for neuron in node["neurons"]} == {5}
    assert graph["data"]["rows"] == 5
    assert "+++++" in (folder / "graph.graphml").read_text()


def test_gates_and_columns_of_a_network_are_per_given_row(folder):
    (folder / "plane.csv").write_text("a,b,y,o\n0,1,2,2\n1,-1,2,3\n")
    rx.Network([[1, 0]], [1]).save(folder / "one.json")
    words = ("--target", "y", "--weights", "o", "--penalty", 3, "--network", "one.json")
    said = run("classify", "plane.csv", *words).stdout
    assert re.search(r"^gates +neuron 0: \(0.75, 1\)$", said, re.M)
    assert re.search(r"bends downwards: neuron 0 on row 0\s", said)


def test_pictures_show_the_given_rows(folder):
    run("set", "hat.csv", *WORDS, "--plot", "set.svg", "--network-out", "best.json")
    figure = rx.plot(rx.optimal_set(PROBLEM))
    points = next(line for line in figure.axes[0].lines if line.get_label() == "data")
    assert list(points.get_xdata()) == [0, 1, 2, 3, 5]
    assert figure.axes[0].get_xlabel() == "x1"
    assert (folder / "set.svg").stat().st_size > 1000
    assert PROBLEM.objective(rx.Network.read("best.json")) < 3


def test_the_document_says_what_it_is_about(folder):
    run("set", "hat.csv", *WORDS, "--latex", "set.tex")
    text = (folder / "set.tex").read_text()
    assert "have $n=5$ rows" in text
    assert r"\label{eq:weighted}" in text
    assert r"\emph{From here on, $X$ and $y$ are these $11$ scaled rows, and $n=11$}" in text
    assert "--target y --weights o --bias --penalty 1/2 --out certificate.json" in re.sub(r"\\-|\{\}", "", text)
    lines = text[text.index(r"\section{Data, fit and residual}") :].splitlines()
    assert sum(bool(re.match(r"\d+ & ", line)) for line in lines) == 5
    assert r"5 & $5$ & $2.3333333\ldots$ & $1$ & $1.3388154\ldots$ & $-0.33881546\ldots$ \\" in lines
    compile_latex(text, folder)


def test_remarks_are_about_the_data_without_the_weights(folder):
    """With the bias the row of x = 0 is not zero, and the column of weights is no target."""
    (folder / "equal.csv").write_text("x,y,o\n0,0,2\n1,1,2\n2,0,2\n")
    assert run("solve", "equal.csv", *WORDS).stderr == ""
    (folder / "flat.csv").write_text("x,y,o\n0,1,2\n1,1,1\n")
    assert "remark: the target is 1 in all rows\n" in run("solve", "flat.csv", *WORDS).stderr


def test_weights_that_are_all_one_change_nothing(folder):
    (folder / "ones.csv").write_text("x,y,o\n1,1,1\n2,3,1\n")
    for command in ("set", "minimal", "graph"):
        weighted = run(command, "ones.csv", "--penalty", 1, "--target", "y", "--weights", "o")
        assert weighted.stdout == run(command, "ones.csv", "--penalty", 1, "--target", "y", "--features", "x").stdout
        assert "scaled" not in weighted.stderr


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(("weight", "reason"), [("-1", "is not positive"), ("0", "is not positive"), ("much", "much")])
def test_bad_weights(folder, command, weight, reason):
    (folder / "hat.csv").write_text(TABLE.replace("7/3", weight))
    answer = run(command, "hat.csv", *WORDS, *COMMANDS[command], code=2)
    assert reason in answer.stderr
    assert answer.stdout == ""


def test_patterns_are_about_the_data_alone(folder):
    assert run("patterns", "hat.csv", "--weights", "o", code=2).stdout == ""
