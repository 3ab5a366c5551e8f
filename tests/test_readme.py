"""What the README says is what happens."""

from __future__ import annotations

import re

import pytest
from documents import arguments, check_session, run, stand_in
from paths import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
FENCED = re.findall(r"^```(\w*)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
BLOCKS = [text for language, text in FENCED if not language]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    stand_in(tmp_path, monkeypatch)
    return tmp_path


def commands():
    """Return the commands of the README as the arguments of a Python, leaving out installation and tests."""
    steps = [step.strip() for block in BLOCKS for line in block.splitlines() for step in line.split("&&")]
    return [found for found in map(arguments, steps) if found]


def test_the_python_session(folder):
    assert check_session(README, "README.md") >= 10


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
    outputs = [run(command) for command in commands()]
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
