"""The list of commands imports none of them; the command that runs words messages with its own options."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib import import_module

import numpy as np
import pytest
from named_arguments import names_in_messages
from paths import DATA
from typer.testing import CliRunner

from reluexact.cli.app import COMMANDS, app, loaded
from reluexact.errors import Argument, Cure, Limit, LimitReached, Message
from reluexact.kinds.table import KINDS
from reluexact.terminal.wording import OTHER_NAMES, options_of

ANSCOMBE = str(DATA / "anscombe2.csv")
READING = {"target": "--target", "features": "--features", "bias": "--bias"} | {
    name: f"--{name.replace('_', '-')}" for name in ("floats", "drop_missing", "header", "sep", "decimal", "encoding", "format")
}
PROBLEM = {**READING, "hidden_bias": "--hidden-bias", "output_bias": "--output-bias", "skip": "--skip"}
TIMED = {**PROBLEM, "time_limit": "--time-limit"}
LIMITED = {**TIMED, "limit": "--limit"}
SHARED = {**LIMITED, "map": "--jobs"}
PATH = {**LIMITED, "low": "--low"}
OPTIONS = {
    "patterns": {**READING, "limit": "--limit", "time_limit": "--time-limit"},
    "solve": {**SHARED, "digits": "--digits"},
    "set": LIMITED,
    "minimal": LIMITED,
    "width": {**LIMITED, "digits": "--digits", "width": "--width"},
    "classify": {**LIMITED, "snap": "--snap", "balance": "--balance"},
    "graph": {**SHARED, "columns": "--only", "steepest": "--steepest"},
    "descend": LIMITED,
    "judge": LIMITED,
    "interpolate": {**READING, "limit": "--limit", "bases": "--bases", "time_limit": "--time-limit", "digits": "--digits"},
    "bank": {"time_limit": "--time-limit", "format": "--format"},
    "max-penalty": {**TIMED, "digits": "--digits"},
    "cross-validate": {**SHARED, "digits": "--digits", "folds": "--folds", "low": "--low"},
    "path": PATH,
    "theorem": {**PROBLEM, "digits": "--digits"},
    "ellipsoid": {**READING, "limit": "--limit", "digits": "--digits", "time_limit": "--time-limit"},
    "spike-free": {**PROBLEM, "time_limit": "--time-limit"},
    "cutting-plane": {**PROBLEM, "digits": "--digits", "time_limit": "--time-limit"},
    "sensitivity": {**TIMED, "digits": "--digits"},
    "report": {**LIMITED, "low": "--low"},
    "check": {**PROBLEM, "kernel": "--kernel"},
    "coq": {},
    "selftest": {},
}
"""The arguments that messages name, and the option for each that a command has one for; the others are worded without one."""

STUCK = Message(
    "the tree has more than 5 nodes", Cure("raise ", Argument("limit"), " to go on"), limit=Limit(counted="n", value=5)
)


def run(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments], catch_exceptions=False)


def test_every_argument_that_a_message_names_has_its_option():
    names = names_in_messages()
    assert set(OPTIONS) == set(COMMANDS)
    assert set(OTHER_NAMES) <= names | {"start", "tolerance"}
    for command, expected in OPTIONS.items():
        found = options_of(loaded(command).params)
        assert {name: found[name] for name in names if name in found} == expected
        spellings = {option for parameter in loaded(command).params for option in parameter.opts}
        assert set(expected.values()) <= spellings
        for name in names:
            text = Message("more than ", Argument(name, 5), Cure("raise ", Argument(name))).spelled(found.get)
            option = expected.get(name)
            assert text == (f"more than {option} 5; raise {option}" if option else "more than 5")


@pytest.mark.parametrize(
    ("command", "target", "expected"),
    [
        ("solve", "reluexact.kinds.optimum.find.solve", "the tree has more than 5 nodes; raise --limit to go on"),
        ("max-penalty", "reluexact.kinds.max_penalty.find.max_penalty", "the tree has more than 5 nodes"),
    ],
)
def test_advice_that_needs_an_option_is_given_where_there_is_one(monkeypatch, command, target, expected):
    def stopped(*arguments, **options):
        raise LimitReached(STUCK)

    monkeypatch.setattr(target, stopped)
    result = run(command, ANSCOMBE, *([] if command == "max-penalty" else ["--penalty", "1"]))
    assert (result.exit_code, result.stdout, result.stderr) == (4, "", f"error: {expected}\n")


def test_a_network_with_other_columns(tmp_path):
    file = tmp_path / "network.json"
    file.write_text('{"hidden": [[1, 2]], "output": [1]}')
    result = run("classify", ANSCOMBE, "--penalty", 1, "--network", file)
    assert result.stderr == "error: the network reads 2 columns but the data has 1; did you mean --bias?\n"


def test_too_many_cells_name_the_option_for_columns(monkeypatch):
    monkeypatch.setattr("reluexact.kinds.stationary_graph.find.CELLS", 1)
    result = run("graph", ANSCOMBE, "--bias", "--penalty", 1)
    assert result.exit_code == 4
    assert "use fewer rows or columns of X, or name the cells to use (--only)" in " ".join(result.stdout.split())


def test_floats_in_a_file_name_the_option(tmp_path):
    file = tmp_path / "data.npz"
    np.savez(file, X=np.array([[0.5], [1]]), y=np.array([1, 2]))
    assert run("patterns", file).stderr == (
        f"error: {file}: X[0][0]: the float 0.5 is not exact; give text such as '0.5', or say --floats decimal (shortest "
        "decimal) or --floats binary (stored value)\n"
    )
    assert run("patterns", file, "--floats", "decimal").exit_code == 0


def test_the_result_has_options_as_text_and_arguments_as_json():
    arguments = ["solve", ANSCOMBE, "--bias", "--penalty", "1/10", "--limit", 1]
    assert "raise --limit to go on" in run(*arguments).stdout
    assert json.loads(run(*arguments, "--json").stdout)["reason"].endswith("raise limit= to go on")


def test_listed_commands_are_the_commands():
    """The list is written without importing the commands; its lines are the first lines of their own help."""
    assert {kind.command for kind in KINDS if kind.command is not None} < set(COMMANDS)
    for name, (module, line) in COMMANDS.items():
        command = loaded(name)
        assert command.name == name
        assert command.help.partition("\n\n")[0] == line
        assert import_module(module).command.__doc__.startswith(line.partition(";")[0][:60])
        assert run(name, "--help").exit_code == 0


def test_defaults_that_a_help_text_names_are_shown():
    shown = " ".join(run("solve", "--help").stdout.replace("\u2502", " ").split())
    assert "The relative gap that --bound aims at. [default: 10^-12; 10^-7 with other parts or losses]" in shown
    assert "Column of a csv file to predict. [default: the last]" in shown


def test_the_list_imports_no_command():
    code = "import sys; from reluexact.cli.app import app; app(['--help'], standalone_mode=False); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    modules = set(done.stdout.split())
    assert "reluexact.cli.app" in modules
    assert not {"numpy", "flint", "scipy", "reluexact.checker", *(module for module, _ in COMMANDS.values())} & modules


def test_the_application_alone_does_not_even_import_rich():
    code = "import sys, reluexact.cli.app; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"rich", "numpy", "reluexact.terminal.screen"} & set(done.stdout.split())
