"""What the README says is what happens."""

from __future__ import annotations

import doctest
import re
import shlex
import shutil
import subprocess
import sys

import pytest
from paths import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
FENCED = re.findall(r"^```(\w*)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
BLOCKS = [text for language, text in FENCED if not language]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Stand where the examples and the checker have the same relative names as in the repository."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    shutil.copytree(ROOT / "reluexact" / "checker", tmp_path / "reluexact" / "checker")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def commands():
    """Return the commands of the README as the arguments of a Python, leaving out installation and tests."""
    steps = [step.strip() for block in BLOCKS for line in block.splitlines() for step in line.split("&&")]
    found = []
    for step in steps:
        words = shlex.split(step)
        if words[:1] == [".venv/bin/reluexact"]:
            found.append(["-c", "from reluexact.cli import main; main()", *words[1:]])
        elif words[:1] == ["python3"] and "venv" not in words:
            found.append(words[1:])
    return found


def test_the_python_session(folder):
    found = doctest.DocTestParser().get_doctest(README, {}, "README.md", "README.md", 0)
    report = []
    results = doctest.DocTestRunner(verbose=False).run(found, out=report.append)
    assert results.attempted >= 10
    assert results.failed == 0, "".join(report)


def test_the_first_screen_has_both_commands():
    first = README.splitlines()[:20]
    assert sum(" reluexact solve " in line.replace("/bin/", " ") for line in first) == 1
    assert sum(line.endswith(" -m pytest") for line in first) == 1


def test_the_links_lead_to_files():
    links = re.findall(r"\]\(([^)]+)\)", README)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_names_of_commands_and_exit_codes():
    from reluexact.cli.app import app

    registered = {command.name for command in app.registered_commands}
    assert set(re.findall(r"^\| `reluexact ([a-z-]+)", README, re.MULTILINE)) == registered


@pytest.mark.slow
def test_the_commands(folder):
    outputs = []
    for arguments in commands():
        run = subprocess.run([sys.executable, *arguments], cwd=folder, capture_output=True, text=True, check=False, env=None)
        assert run.returncode == 0, f"{arguments}: {run.stderr}"
        outputs.append(run.stdout)
    printed = [block for block in BLOCKS if block.startswith(("data ", "status "))]
    assert len(printed) == 2
    solve, alone, check, optimal_set, interpolate, report, graph, path = outputs
    assert solve.startswith(printed[0])
    assert alone.splitlines()[-1] == check.splitlines()[-1] == "VERIFIED"
    assert printed[1] in optimal_set
    assert re.search(r"^status +PROVED", interpolate, re.MULTILINE)
    assert re.search(r"^status +PROVED", report, re.MULTILINE)
    assert (folder / "report.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert re.search(r"^nodes +15,", graph, re.MULTILINE)
    assert re.search(r"^steps +14$", graph, re.MULTILINE)
    assert re.search(r"^breakpoints +2$", path, re.MULTILINE)
