"""The theorems of ``proofs/theories``: where each is, and what it says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
THEORIES = ROOT / "proofs" / "theories"
STATED = re.compile(r"^ *(Theorem|Lemma|Corollary) (\w+)(.*?\.)(?=\s+Proof\b)", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Theorem:
    """A theorem or lemma: its file, the line of its name, its statement in Coq."""

    name: str
    file: str
    line: int
    main: bool
    statement: str


@cache
def theorems():
    """Return name -> theorem, those called ``Theorem`` before lemmas of the same name.

    >>> theorems()["weak_duality"].file
    'Duality.v'
    """
    found = {}
    for path in sorted(THEORIES.glob("*.v")):
        text = path.read_text(encoding="utf-8")
        for match in STATED.finditer(text):
            word, name, rest = match.groups()
            line = text.count("\n", 0, match.start(2)) + 1
            if name not in found or word == "Theorem":
                found[name] = Theorem(name, path.name, line, word == "Theorem", f"{word} {name}{rest}")
    return found


@cache
def main_theorems():
    """Return the names that a map of statements has to hold: all that are called ``Theorem``, and the tables of the README.

    >>> "weak_duality" in main_theorems()
    True
    """
    readme = (ROOT / "proofs" / "README.md").read_text(encoding="utf-8").partition("## The theorems")[2].partition("## How")[0]
    cells = [line.split("|")[1] for line in readme.splitlines() if line.startswith("| `")]
    listed = {name for cell in cells for name in re.findall(r"`(\w+)`", re.sub(r"\(.*?\)", "", cell))}
    return listed | {theorem.name for theorem in theorems().values() if theorem.main}
