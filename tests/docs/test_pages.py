"""What the pages of the site say is what happens."""

from __future__ import annotations

import re

import pytest
from documents import check_commands, check_session, commands, stand_in
from paths import ROOT

DOCS = ROOT / "docs"
PAGES = sorted(path for path in DOCS.rglob("*.md") if not {"generated", "_build", "checker"} & set(path.relative_to(DOCS).parts))
TEXTS = {path.relative_to(DOCS).as_posix(): path.read_text(encoding="utf-8") for path in PAGES}
SESSIONS = [name for name, text in TEXTS.items() if re.search(r"^\s*>>> ", text, re.MULTILINE) or commands(text)]


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::UserWarning", "default")  # remarks on data, and what trainers say
@pytest.mark.parametrize("name", SESSIONS)
def test_sessions_print_what_the_page_says(name, tmp_path, monkeypatch):
    stand_in(tmp_path, monkeypatch)
    check_session(TEXTS[name], name)
    check_commands(TEXTS[name])


def test_the_pages_have_sessions():
    assert {"index.md", "tutorial/motorcycle.md", "tutorial/xor.md", "tutorial/iris.md", "guides/judge.md"} <= set(SESSIONS)


def test_a_command_of_a_page_is_a_known_one():
    from reluexact.cli.app import COMMANDS

    used = {command.arguments[2] for text in TEXTS.values() for command in commands(text) if command.arguments[0] == "-c"}
    assert used
    assert used <= set(COMMANDS)


def test_pages_name_files_of_the_repository_that_exist():
    named = {name for text in TEXTS.values() for name in re.findall(r"\b(?:examples|docs|benchmarks|reluexact)/[\w/.]+\w", text)}
    assert named
    assert [name for name in named if not (ROOT / name).exists()] == []
