"""The example that the help of each command shows, run on two points."""

from __future__ import annotations

import shlex

import pytest
from typer.testing import CliRunner

from reluexact.cli.app import COMMANDS, app
from reluexact.cli.examples import EXAMPLES

FILES = {
    "points.csv": "x,y\n1,1\n2,2\n",
    "network.json": '{"hidden": [[1]], "output": [1]}',
}
CERTIFICATES = {
    "check": EXAMPLES["solve"],
    "coq": "reluexact solve points.csv --penalty 1 --bound --out bound.json",
}
SLOW = {"set", "graph", "path", "cross-validate", "report", "selftest"}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def run(line):
    program, *arguments = shlex.split(line)
    assert program == "reluexact"
    return CliRunner().invoke(app, arguments, catch_exceptions=False)


@pytest.mark.parametrize("name", [pytest.param(n, marks=[pytest.mark.slow] if n in SLOW else []) for n in COMMANDS])
def test_the_example_of_a_command_runs(folder, name):
    if name in CERTIFICATES:
        assert run(CERTIFICATES[name]).exit_code == 0
    answer = run(EXAMPLES[name])
    assert answer.exit_code == 0, answer.output
    words = shlex.split(EXAMPLES[name])
    assert words[1] == name
    written = [words[k + 1] for k, word in enumerate(words) if word in ("--out", "--plot", "--latex", "--network-out")]
    assert all((folder / file).stat().st_size > 0 for file in written)


@pytest.mark.parametrize("name", COMMANDS)
def test_help_shows_the_example_in_one_line_of_a_narrow_terminal(name):
    lines = CliRunner().invoke(app, [name, "--help"], env={"COLUMNS": "80"}).stdout.splitlines()
    assert f" {EXAMPLES[name]}" in [line.rstrip() for line in lines]
    assert max(map(len, lines)) <= 80


@pytest.mark.parametrize("arguments", [["--help"], ["solve", "--help"]])
def test_a_switch_has_no_type(arguments):
    assert "<bool>" not in CliRunner().invoke(app, arguments, env={"COLUMNS": "200"}).stdout
