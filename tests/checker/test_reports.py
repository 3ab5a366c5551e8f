"""Every way to run the checker gives the report that the first checker gave, byte for byte, and the same exit code."""

from __future__ import annotations

import io
import json
import os
import shutil
import sys
from contextlib import redirect_stdout

import pytest
from checker.reports import STORE, documents, report
from checker.stored import ALONE, CHECKER, TESTS, run

from reluexact.certificates.checker_archive import checker_archive
from reluexact.checker import main

STORED = json.loads(STORE.read_text(encoding="utf-8"))
SOME = ("good/bound-two-points.json", "bad/o8-neuron-missing.json", "golden/optima.json")
WAYS = ("folder", "module", "copy", "archive")


@pytest.fixture(params=WAYS)
def command(request, tmp_path, monkeypatch):
    """Return the command of a way to run the checker."""
    if request.param == "folder":
        return (*ALONE, CHECKER)
    if request.param == "module":
        monkeypatch.setenv("PYTHONPATH", str(CHECKER.parents[1]))
        return (sys.executable, "-m", "reluexact.checker")
    if request.param == "copy":
        return (*ALONE, copied(tmp_path))
    (tmp_path / "given-away.pyz").write_bytes(checker_archive())
    return (*ALONE, tmp_path / "given-away.pyz")


def copied(folder):
    return shutil.copytree(CHECKER, folder / "anywhere", ignore=shutil.ignore_patterns("__pycache__"))


def differing(names, main):
    return [name for name in names if report(name, main) != STORED[name]]


def test_every_document_has_a_report_that_is_kept():
    assert documents() == sorted(STORED)


def test_reports_of_the_function():
    def within(arguments):
        with redirect_stdout(io.StringIO()) as output:
            code = main(arguments)
        return code, output.getvalue()

    assert differing(STORED, within) == []


def test_a_changed_report_is_found():
    assert differing(SOME, lambda arguments: (3, "VERIFIED\n")) == list(SOME)


def program(command):
    def outside(arguments):
        answer = run(*arguments, command=command)
        assert answer.stderr == ""
        return answer.returncode, answer.stdout

    return outside


def test_reports_of_all_ways(command):
    assert differing(SOME, program(command)) == []


@pytest.mark.slow
def test_all_reports_of_all_ways(command):
    assert differing(STORED, program(command)) == []


def test_exit_codes_of_all_ways(command, tmp_path):
    answer = run(tmp_path / "nothing.json", command=command)
    assert (answer.returncode, answer.stdout) == (2, "")
    assert answer.stderr.startswith("checker: [Errno 2]")
    assert run(command=command).returncode == 2
    assert run("--help", command=command).returncode == 0


def test_the_archive_has_the_same_bytes_at_any_time(tmp_path, monkeypatch):
    monkeypatch.setattr("reluexact.checker.__file__", str(copied(tmp_path) / "__init__.py"))
    for path in (tmp_path / "anywhere").rglob("*.py"):
        os.utime(path, (10**9, 10**9))
    copy = checker_archive()
    monkeypatch.undo()
    assert copy == checker_archive()


def test_nothing_is_written_beside_the_sources_when_python_is_told_so(tmp_path):
    folder = copied(tmp_path)
    before = sorted(folder.rglob("*"))
    answer = run(TESTS / "good" / "bound-two-points.json", command=(*ALONE, "-B", folder))
    assert answer.stdout.endswith("VERIFIED\n")
    assert sorted(folder.rglob("*")) == before
