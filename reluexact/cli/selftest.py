"""``reluexact selftest``: a fact of every kind, found, proved, saved and re-checked on this machine."""

from __future__ import annotations

import tempfile
from pathlib import Path

import typer

from reluexact.cli.fact import Fact
from reluexact.cli.facts import FACTS
from reluexact.progress import Stage
from reluexact.terminal.options import JsonOutput, Quiet
from reluexact.terminal.screen import Screen


def command(as_json: JsonOutput = False, quiet: Quiet = False) -> None:
    """Find, prove, save and re-check a few known facts; takes seconds and needs no files."""
    screen = Screen(as_json=as_json, quiet=quiet)
    results = []
    with tempfile.TemporaryDirectory() as folder, screen.working("selftest") as report:
        for done, fact in enumerate(FACTS):
            report(Stage(fact.sentence, done=done, total=len(FACTS)))
            results.append((fact, _found(fact, Path(folder))))
    wrong = [fact for fact, found in results if found != fact.expected]
    end = f"All {len(results)} facts hold: reluexact works on this machine."
    if wrong:
        end = f"{len(wrong)} of {len(results)} facts do not hold: do not trust this installation; please report the lines above."
    lines = [("ok" if found == fact.expected else "WRONG", _line(fact, found)) for fact, found in results]
    facts = [{"fact": fact.sentence, "expected": fact.expected, "found": found} for fact, found in results]
    screen.show({"ok": not wrong, "facts": facts, "summary": end}, lines, lines=("", end))
    if wrong:
        raise typer.Exit(1)


def _found(fact: Fact, folder: Path) -> str:
    try:
        return fact.find(folder)
    except Exception as error:  # whatever goes wrong is the finding
        return f"{type(error).__name__}: {error}"


def _line(fact: Fact, found: str) -> str:
    return f"{fact.sentence}: {fact.expected}" if found == fact.expected else f"{fact.sentence}: {fact.expected}, found {found}"
