"""Wrong input, places that cannot be written to, missing parts: one line on stderr and the right exit code."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from paths import DATA
from typer.testing import CliRunner

from reluexact.cli.app import app
from reluexact.errors import CertificateError, MissingDependency

ANSCOMBE = str(DATA / "anscombe1.csv")
IRIS = str(DATA / "iris.csv")


def run(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments], catch_exceptions=False)


def assert_fault(result, code, *words):
    assert result.exit_code == code
    assert result.stdout == ""
    assert result.stderr.startswith("error: ")
    assert result.stderr.count("\n") == 1
    for word in words:
        assert word in result.stderr


@pytest.mark.parametrize("penalty", ["0", "-1", "abc", "nan", "inf", "1e999999", "", "1/0", "0x10", "1_0", "\u0661"])
def test_a_wrong_penalty(penalty):
    assert_fault(run("solve", ANSCOMBE, f"--penalty={penalty}"), 2, "--penalty")


@pytest.mark.parametrize("command", [["solve", "--penalty", "1"], ["patterns"], ["max-penalty"]])
@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("missing.csv", None, "no such file"),
        ("empty.csv", b"", "empty"),
        ("header.csv", b"a,b\n", "no rows"),
        ("latin.csv", b"a,b\n1,\xff\n", "UTF-8"),
        ("words.csv", b"a,b\n1,two\n", "column b"),
        ("data.txt", b"a,b\n1,2\n", ".csv"),
        ("broken.json", b"{", "line 1"),
        ("broken.npz", b"PK", "savez"),
    ],
)
def test_a_wrong_file(tmp_path, command, name, content, word):
    file = tmp_path / name
    if content is not None:
        file.write_bytes(content)
    assert_fault(run(command[0], file, *command[1:]), 2, name, word)


def test_a_folder_instead_of_a_file(tmp_path):
    assert_fault(run("patterns", tmp_path), 2, "folder")
    assert_fault(run("check", tmp_path), 2)
    assert_fault(run("check", tmp_path / "missing.json"), 2, "missing.json")


def test_columns_that_are_not_there():
    assert_fault(run("patterns", ANSCOMBE, "--features", "z"), 2, "'z'", "x, y")
    assert_fault(run("patterns", ANSCOMBE, "--target", "z"), 2, "'z'")
    assert_fault(run("patterns", ANSCOMBE, "--features", '"x'), 2, "--features")
    assert_fault(run("patterns", IRIS), 2, "setosa", "leave the column out with --target and --features")


def test_no_penalty_at_all():
    assert_fault(run("solve", ANSCOMBE), 2, "--penalty")


@pytest.mark.parametrize("gap", ["0", "-1", "x"])
def test_a_wrong_gap(gap):
    assert_fault(run("solve", ANSCOMBE, "--penalty", 1, "--bound", f"--gap={gap}"), 2, "--gap")


def test_a_gap_without_bound():
    assert_fault(run("solve", ANSCOMBE, "--penalty", 1, "--gap", "1/10"), 2, "--bound")


@pytest.mark.parametrize(
    "arguments",
    [
        ["frob"],
        ["solve"],
        ["solve", ANSCOMBE, "--engine", "no"],
        ["patterns", ANSCOMBE, "--list", "-1"],
        ["solve", "--frob"],
    ],
)
def test_wrong_usage(arguments):
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Usage" in result.stderr


@pytest.fixture
def no_work(monkeypatch):
    """Fail when the work begins although the output has no place."""
    monkeypatch.setattr("reluexact.kinds.optimum.find.solve", lambda *args, **kwargs: pytest.fail("solved in vain"))


@pytest.mark.usefixtures("no_work")
def test_a_place_that_cannot_be_written_to_is_found_before_the_work(tmp_path):
    solve = ["solve", ANSCOMBE, "--penalty", 1, "--out"]
    assert_fault(run(*solve, tmp_path), 2, "folder")
    assert_fault(run(*solve, tmp_path / "no" / "x.json"), 2, str(tmp_path / "no"))
    assert_fault(run(*solve, ANSCOMBE + "/x.json"), 2, "folder")
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert_fault(run(*solve, pipe), 2, "pipe")
    assert_fault(run(*solve, os.devnull), 2, "device")
    assert not Path(os.devnull).is_file()


def test_a_result_that_cannot_be_written_is_still_printed(tmp_path, monkeypatch):
    def full(source, goal):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    result = run("solve", ANSCOMBE, "--penalty", 1, "--out", tmp_path / "x.json")
    assert result.exit_code == 2
    assert "PROVED" in result.stdout
    assert "No space left" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_an_old_file_is_replaced_and_a_link_stays_a_link(tmp_path):
    file, link = tmp_path / "old.json", tmp_path / "link.json"
    file.write_text("old")
    link.symlink_to(file)
    result = run("max-penalty", ANSCOMBE, "--out", link)
    assert result.exit_code == 0
    assert link.is_symlink()
    assert json.loads(file.read_text())["status"] == "PROVED"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link.json", "old.json"]
    assert "written" in result.stderr
    assert run("max-penalty", ANSCOMBE, "--out", link, "--quiet").stderr == ""


@pytest.mark.parametrize(
    ("error", "code"),
    [(MissingDependency("scip", "pip install pyscipopt"), 5), (CertificateError("claim", "two\nlines"), 3)],
)
def test_each_kind_of_error_has_its_exit_code(monkeypatch, error, code):
    def fail(*args, **kwargs):
        raise error

    monkeypatch.setattr("reluexact.kinds.optimum.find.solve", fail)
    assert_fault(run("solve", ANSCOMBE, "--penalty", 1), code)


def test_a_crash_is_not_hidden(monkeypatch):
    monkeypatch.setattr("reluexact.kinds.optimum.find.solve", lambda *args, **kwargs: 1 // 0)
    result = CliRunner().invoke(app, ["solve", ANSCOMBE, "--penalty", "1"])
    assert result.exit_code == 1
    assert isinstance(result.exception, ZeroDivisionError)


def test_names_of_columns_are_not_markup(tmp_path):
    file = tmp_path / "names.csv"
    file.write_text("[red]x[/red],:smile:\n1,1\n2,2\n")
    out = run("solve", file, "--penalty", 1).stdout
    assert "features [red]x[/red]; target :smile:" in out
