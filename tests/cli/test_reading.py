"""How a file is read, from the command line: every command that takes data takes the same options; remarks are said once."""

from __future__ import annotations

import json

import numpy as np
import pytest
from typer.testing import CliRunner

from reluexact.cli.app import COMMANDS, app, loaded

NETWORK = '{"hidden": [["1"]], "output": ["1"]}'
ARGUMENTS = {
    "patterns": [],
    "max-penalty": [],
    "interpolate": [],
    "path": ["--low", "1"],
    "cross-validate": ["--low", "1/2", "--folds", "2"],
    "sensitivity": ["--penalty", "1"],
    "theorem": ["--penalty", "1"],
    "report": ["--penalty", "1", "--low", "1/2", "--out", "report.html"],
    "ellipsoid": [],
    "spike-free": [],
    "cutting-plane": ["--penalty", "1"],
    "solve": ["--penalty", "1"],
    "set": ["--penalty", "1"],
    "minimal": ["--penalty", "1"],
    "width": ["--penalty", "1", "--width", "1"],
    "graph": ["--penalty", "1"],
    "classify": ["--penalty", "1", "--network", "network.json"],
    "descend": ["--penalty", "1", "--network", "network.json"],
    "judge": ["--penalty", "1"],
}
BEFORE = {"judge": ["network.json"]}
"""What a command takes before the data."""
GAPS = "Unnamed: 0;a;y\n0;1,5;2,5\n1;;7\n2;2,5;3\n"
ASKED = ["--sep", "semicolon", "--decimal", ",", "--drop-missing"]
REMARKS = [
    "data.csv line 1: column 'Unnamed: 0' is taken for an index and left out; name it in {features} to use it",
    "data.csv: 1 of 3 rows has a missing value (a: 1): left out",
]


@pytest.fixture(autouse=True)
def files(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data.csv").write_text(GAPS)
    (tmp_path / "network.json").write_text(NETWORK)


def run(*arguments, given=None):
    return CliRunner().invoke(app, [str(argument) for argument in arguments], catch_exceptions=False, input=given)


def test_every_command_about_data_is_tried_here():
    takes = {name for name in COMMANDS if any(parameter.name == "drop_missing" for parameter in loaded(name).params)}
    assert takes == {*ARGUMENTS, "check"}


@pytest.mark.parametrize("command", ARGUMENTS)
def test_the_options_and_the_remarks(command):
    result = run(command, *BEFORE.get(command, ()), "data.csv", *ARGUMENTS[command], *ASKED)
    assert result.exit_code == 0
    said = [f"remark: {text.format(features='--features')}" for text in REMARKS]
    assert [line for line in result.stderr.splitlines() if line.startswith("remark")] == said
    assert "data.csv: 2 rows" in result.stdout
    quiet = run(command, *BEFORE.get(command, ()), "data.csv", *ARGUMENTS[command], *ASKED, "--json", "--quiet")
    assert quiet.stderr == ""
    assert json.loads(quiet.stdout)["remarks"] == [text.format(features="features") for text in REMARKS]


@pytest.mark.parametrize("command", ARGUMENTS)
def test_stdin(command):
    result = run(
        command, *BEFORE.get(command, ()), "-", "--format", "csv", "--no-header", *ARGUMENTS[command], given="1,2\n3,4\n"
    )
    assert result.exit_code == 0
    assert "stdin: 2 rows" in result.stdout
    assert run(command, *BEFORE.get(command, ()), "-", *ARGUMENTS[command], given="1,2\n").stderr == (
        "error: stdin has no name that says what it is; say, for example, --format csv\n"
    )


def test_other_formats_on_stdin():
    assert "stdin: 1 row" in run("patterns", "-", "--format", "json", given='{"X": [[1]], "y": [2]}').stdout
    assert run("patterns", "-", "--format", "json", given="{").stderr.startswith("error: stdin line 1: this is not JSON")


def test_floats_from_the_command_line(tmp_path):
    np.save("data.npy", np.array([[0.1, 0.2], [0.3, 0.4]]))
    result = run("max-penalty", "data.npy")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "or say --floats decimal (shortest decimal) or --floats binary (stored value)" in result.stderr
    assert "0.14 (exactly)" in run("max-penalty", "data.npy", "--floats", "decimal").stdout
    assert "0.14 (exactly)" not in run("max-penalty", "data.npy", "--floats", "binary").stdout


def test_the_statement_of_a_certificate_is_read_in_the_same_way():
    assert run("solve", "data.csv", "--penalty", 1, *ASKED, "--out", "optimum.json").exit_code == 0
    arguments = ["check", "optimum.json", "--statement", "data.csv", "--penalty", 1]
    result = run(*arguments, *ASKED)
    assert result.exit_code == 0
    assert result.stderr.count("remark: ") == 2
    assert run(*arguments, *ASKED, "--no-header").exit_code == 2
    assert "give it, too" in run("check", "optimum.json", "--drop-missing").stderr
    assert "give it, too" in run("check", "optimum.json", "--sep", ",").stderr


@pytest.mark.parametrize(
    ("option", "message"),
    [
        (["--floats", "x"], "--floats: 'x' is not known; say 'decimal' or 'binary'"),
        (["--sep", "xx"], "--sep: 'xx' is no separator"),
        (["--decimal", ";"], "--decimal: ';' is not known"),
        (["--encoding", "x"], "--encoding: 'x' is not known"),
        (["--format", "x"], "--format: 'x' is not known"),
        (["--sep", ",", "--decimal", ","], "--sep , and --decimal , are the same sign"),
        (
            [],
            "data.csv line 1: only one column, 'Unnamed: 0;a;y'; ",
        ),
    ],
)
def test_faults_name_the_options(option, message):
    result = run("patterns", "data.csv", *option)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"error: {message}")


def test_a_value_that_an_option_does_not_know_is_named_without_words_of_a_library():
    result = run("solve", "data.csv", "--engine", "foo")
    assert result.exit_code == 2
    assert "'foo' is not one of" in result.stderr
    assert "Value error" not in result.stderr
