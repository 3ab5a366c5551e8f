"""What the texts of the repository say is what happens: their Python sessions and their commands are run.

A block that begins with ``$ reluexact`` or ``$ python3`` is a session: below each command stands what it prints, ``...`` for what
is left out; a command with nothing below it has to succeed.
"""

from __future__ import annotations

import doctest
import re
import shlex
import shutil
import subprocess
import sys
import textwrap
from dataclasses import dataclass

from paths import ROOT

MAIN = ["-c", "from reluexact.cli import main; main()"]
CONSOLE = re.compile(r"^( *)```console\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


@dataclass(frozen=True, slots=True)
class Command:
    """A line after ``$`` as arguments of a Python, and what the text says it prints."""

    arguments: tuple[str, ...]
    printed: str


def stand_in(folder, monkeypatch):
    """Work in a folder where the examples and the checker have the same relative names as in the repository."""
    shutil.copytree(ROOT / "examples", folder / "examples")
    shutil.copytree(ROOT / "reluexact" / "checker", folder / "reluexact" / "checker")
    monkeypatch.chdir(folder)


def arguments(line):
    """Return a command as the arguments of a Python; None for one that is not run (installation, Coq)."""
    words = shlex.split(line)
    if words[:1] in (["reluexact"], [".venv/bin/reluexact"]):
        return [*MAIN, *words[1:]]
    return words[1:] if words[:1] == ["python3"] and "venv" not in words else None


def commands(text):
    """Return the commands of all sessions of a text, in order."""
    found = []
    for _, block in CONSOLE.findall(text):
        for part in re.split(r"^\$ ", textwrap.dedent(block), flags=re.MULTILINE)[1:]:
            line, _, printed = part.partition("\n")
            found.append(Command(tuple(arguments(line)), printed))
    return found


def run(command):
    """Run a command of a text; return what it printed."""
    done = subprocess.run([sys.executable, *command], capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}: {done.stderr}"
    return done.stdout


def check_commands(text):
    """Run the commands of a text; what they print is what it says."""
    for command in commands(text):
        printed = run(command.arguments)
        if command.printed:
            assert doctest.OutputChecker().check_output(command.printed, printed, FLAGS), f"{command.arguments}:\n{printed}"


def check_session(text, name):
    """Run the Python session of a text; return how many examples it has."""
    text = re.sub(r"^ *```.*$", "", text, flags=re.MULTILINE)  # the end of a block is no output
    found = doctest.DocTestParser().get_doctest(text, {}, name, name, 0)
    report = []
    results = doctest.DocTestRunner(verbose=False).run(found, out=report.append)
    assert results.failed == 0, "".join(report)
    return results.attempted
