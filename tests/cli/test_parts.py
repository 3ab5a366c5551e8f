"""The options of an extended problem: what serves them does, everything else says so by name."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

import reluexact as rx
from reluexact.cli.app import COMMANDS, app

WEIGHTED = "x,y,o\n0,-1,1\n1,1,3\n2,-1,1\n"
FREE = ("--hidden-bias", "free", "--output-bias", "free")


@pytest.fixture
def file(tmp_path):
    (tmp_path / "hat.csv").write_text(WEIGHTED)
    return tmp_path / "hat.csv"


def run(*arguments):
    return CliRunner().invoke(app, list(map(str, arguments)), catch_exceptions=False)


def options(command):
    text = run(command, "--help").stdout
    return [option for option in ("--loss", "--hidden-bias", "--output-bias", "--skip", "--weights") if option in text]


WITHOUT_PARTS = {"patterns", "interpolate", "coq", "selftest", "bank", "ellipsoid"}


@pytest.mark.parametrize("command", [name for name in COMMANDS if name not in WITHOUT_PARTS])
def test_every_command_about_a_problem_has_the_options(command):
    assert len(options(command)) == 5


def test_bounds_are_written_and_checked(file, tmp_path):
    out = tmp_path / "bound.json"
    parts = ("--penalty", "1/4", "--loss", "hinge", *FREE, "--weights", "o", "--features", "x", "--target", "y")
    answer = run("solve", file, "--bound", *parts, "--gap", "1e-6", "--json", "--out", out)
    assert answer.exit_code == 0
    shown = json.loads(answer.stdout)
    assert shown["problem"]["loss"]["name"] == "hinge"
    assert shown["problem"]["weights"] == ["1", "3", "1"]
    proof = rx.load(out)
    wanted = rx.Problem(rx.Dataset([[0], [1], [2]], [-1, 1, -1]), "1/4", "hinge", "free", "free", weights=[1, 3, 1])
    assert proof.problem == wanted
    assert run("check", out, "--statement", file, *parts).exit_code == 0
    other = run("check", out, "--statement", file, *parts[:2], "--loss", "squared_hinge", *parts[4:])
    assert other.exit_code == 3
    assert "another problem" in other.stdout


def test_weights_are_a_column_of_a_table(tmp_path):
    (tmp_path / "data.json").write_text('{"X": [[1]], "y": [1], "penalty": 1}')
    answer = run("solve", tmp_path / "data.json", "--bound", "--weights", "o")
    assert answer.exit_code == 2
    assert "--weights: data.json has no columns with names" in answer.stderr


def test_the_text_names_the_problem(file):
    answer = run(
        "solve", file, "--features", "x", "--target", "y", "--bound", "--penalty", 1, "--loss", "huber(1)", "--skip", "free"
    )
    assert answer.exit_code == 0
    assert "problem  loss huber(1), skip free\n" in answer.stdout


@pytest.mark.parametrize("order", ["x,y,o", "o,x,y", "x,o,y"])
def test_the_column_of_the_weights_is_no_feature(tmp_path, order):
    """The target is the last column of the others."""
    rows = [dict(zip(("x", "y", "o"), line.split(","), strict=True)) for line in WEIGHTED.splitlines()[1:]]
    lines = [order, *(",".join(row[name] for name in order.split(",")) for row in rows)]
    (tmp_path / "data.csv").write_text("\n".join(lines) + "\n")
    answer = run("max-penalty", tmp_path / "data.csv", "--weights", "o", "--json")
    assert answer.exit_code == 0
    low = json.loads(answer.stdout)["max_penalty"]["low"]
    problem = rx.Problem(rx.Dataset([[0], [1], [2]], [-1, 1, -1]), 1, weights=[1, 3, 1])
    assert rx.max_penalty(problem) == 1
    assert low == "1"


def test_a_penalised_hidden_bias_is_that_of_today(file):
    words = ("--features", "x", "--target", "y", "--penalty", 1, "--json")
    for command in ("solve", "set", "minimal"):
        assert run(command, file, *words, "--bias").stdout == run(command, file, *words, "--hidden-bias", "penalised").stdout


@pytest.mark.parametrize("command", ["set", "width", "graph"])
@pytest.mark.parametrize("option", [("--loss", "hinge"), ("--skip", "free"), FREE])
def test_what_does_not_serve_a_part_says_so(file, command, option):
    words = ("--width", 1) if command == "width" else ()
    answer = run(command, file, "--penalty", 1, *words, *option)
    assert answer.exit_code == 2
    assert f"{option[0]} {option[1]}" in answer.stderr
    assert f"{command} serves the squared loss with row weights and without other parts only" in answer.stderr
    assert "; solve takes " in answer.stderr
    assert answer.stdout == ""


def test_what_takes_the_logistic_loss(file):
    answer = run("set", file, "--penalty", 1, "--loss", "logistic")
    assert answer.exit_code == 2
    assert "; solve --bound takes it" in answer.stderr


@pytest.mark.parametrize(
    ("option", "reason"),
    [
        (("--loss", "absolute"), "--hidden-bias free and --output-bias free (the problem has loss absolute)"),
        (("--skip", "free"), "(the problem has skip free)"),
        (FREE, "about one feature, where optimal functions are linear splines; here are 2"),
        ((*FREE, "--features", "x", "--loss", "huber(1)"), "not unique with loss huber(1)"),
    ],
)
def test_minimal_says_which_problems_have_fewest_kinks(file, option, reason):
    answer = run("minimal", file, "--penalty", 1, *option)
    assert answer.exit_code == 2
    assert reason in answer.stderr
    assert answer.stdout == ""


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("--loss", "cubed"), "is no loss"),
        (("--hidden-bias", "free"), "say --output-bias free"),
        (("--bias", *FREE), "make it without --bias"),
        (("--loss", "hinge", "--target", "x"), "is no label"),
        (("--weights", "w"), "no column 'w'"),
        (("--weights", "o", "--features", "x,o"), "feature and the weight"),
        (("--weights", "y", "--target", "o"), "is not positive"),
    ],
)
def test_bad_parts(file, words, reason):
    answer = run("solve", file, "--bound", "--penalty", 1, *words)
    assert answer.exit_code == 2
    assert reason in answer.stderr
