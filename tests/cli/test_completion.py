"""What shells are told while a command is being typed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest
from paths import DATA, ROOT
from typer.testing import CliRunner

from reluexact.cli.app import COMMANDS, app
from reluexact.kinds.bank.find import bank

IRIS = str(DATA / "iris.csv")


def offered(*words, shell="bash"):
    """Return what is offered for the last of these words; it is what stands there so far."""
    typed = " ".join(["reluexact", *words])
    given = {
        "_RELUEXACT_COMPLETE": f"complete_{shell}",
        "COMP_WORDS": typed,
        "COMP_CWORD": str(len(words)),
        "_TYPER_COMPLETE_ARGS": typed,
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
    }
    return CliRunner().invoke(app, [], prog_name="reluexact", env=given).stdout.split()


def test_commands():
    assert offered("") == list(COMMANDS)
    assert offered("se") == [name for name in COMMANDS if name.startswith("se")]


def test_options_and_their_choices():
    assert offered("solve", "--en") == ["--encoding", "--engine"]
    assert offered("solve", "--engine", "") == ["clarabel", "scip"]
    assert offered("solve", IRIS, "--skip", "") == ["none", "free", "penalised"]
    assert offered("solve", IRIS, "--loss", "s") == ["squared", "squared_hinge"]
    assert offered("judge", "net.json", IRIS, "--from", "s") == ["sklearn", "scnn"]


@pytest.mark.parametrize(
    "words", [("solve", ""), ("solve", "exam"), ("judge", "net"), ("check", "a"), ("solve", IRIS, "--out", "")]
)
def test_files_are_left_to_the_shell(words):
    assert offered(*words) == []


def test_columns_of_the_file():
    names = ["sepal_length", "sepal_width", "petal_length", "petal_width"]
    assert offered("solve", IRIS, "--penalty", "1", "--target", "")[:4] == names
    assert offered("set", IRIS, "--target", "pe") == names[2:]
    assert offered("classify", "--features", "sepal_length,pe") == []
    assert offered("classify", IRIS, "--features", "sepal_length,se") == ["sepal_length,sepal_width"]
    assert offered("check", "a.json", "--statement", IRIS, "--target", "pe") == names[2:]


def test_columns_of_awkward_files(tmp_path):
    texts = {
        "blank.csv": "two words,ok,a;b,'q'\n",
        "semi.csv": "a;b\n1;2\n",
        "tab.tsv": "a\tb\n",
        "empty.csv": "",
        "quote.csv": 'a,"b\n',
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "latin.csv").write_bytes(b"a,\xe9\n")

    def columns(name, *options):
        return offered("solve", str(tmp_path / name), *options, "--target", "")

    assert columns("blank.csv") == ["ok"]  # the others would have to be quoted
    assert columns("semi.csv", "--sep", ";") == columns("semi.csv", "--sep", "semicolon") == columns("tab.tsv") == ["a", "b"]
    assert [columns(name) for name in ("empty.csv", "quote.csv", "latin.csv", "nothing.csv", "data.npz")] == [[]] * 5
    assert columns("tab.tsv", "--encoding", "no-such") == columns("tab.tsv", "--sep", "ab") == []


def test_the_bank():
    names = [entry.name for entry in bank()]
    assert offered("bank", "get", "") == names
    assert offered("bank", "score", "") == []
    assert offered("bank", "list", "--names", f"{names[0]},{names[1]}") == [f"{names[0]},{names[1]}"]
    assert f"{names[0]},{names[0]}" not in offered("bank", "list", "--names", f"{names[0]},")
    assert offered("bank", "list", "--group", "p") == ["paper", "planted", "problem"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_other_shells_are_offered_the_commands_with_their_help(shell):
    text = " ".join(offered("sol", shell=shell))
    assert "solve" in text


@pytest.mark.slow
def test_bash_completes_once_it_is_installed(tmp_path):
    """Bash is of every machine that runs `.ci/run`, which is a script of it."""
    program = tmp_path / "bin" / "reluexact"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "from reluexact.cli import main; main()" "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    (tmp_path / "points.csv").write_text("length,width\n1,2\n", encoding="utf-8")
    script = """
reluexact --install-completion
source ~/.bashrc
for typed in "reluexact sel" "reluexact solve points.csv --target w"; do
    COMP_WORDS=($typed); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _reluexact_completion reluexact; echo "${COMPREPLY[@]}"
done
complete -p reluexact
reluexact --show-completion | grep -c complete
"""
    paths = {"HOME": str(tmp_path), "PATH": f"{program.parent}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    command = [shutil.which("bash"), "--norc", "-c", script]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, env=os.environ | paths)
    assert run.stderr == ""
    installed, _, *rest = run.stdout.splitlines()
    assert installed.startswith("bash completion installed in")
    assert rest == ["selftest", "width", "complete -o default -F _reluexact_completion reluexact", "2"]
