"""The map of statements, ``docs/statements.toml``: read, and held against what exists."""

from __future__ import annotations

import ast
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from generate.certificate import obligations
from generate.coq import main_theorems, theorems

DOCS = Path(__file__).parents[1]
TESTS = DOCS.parent / "tests"


@dataclass(frozen=True, slots=True)
class Statement:
    """One row of the map: what is said, where it comes from, and what stands behind it."""

    name: str
    title: str
    says: str
    source: str
    theorems: tuple[str, ...]
    tests: tuple[str, ...]
    obligations: tuple[str, ...]

    @property
    def kinds(self):
        """Return the sections of CERTIFICATE.md that ask for its obligations, in their order."""
        return tuple(dict.fromkeys(obligations()[name][0] for name in self.obligations))


@cache
def statements():
    """Return the rows of the map, in the order of the file."""
    rows = tomllib.loads((DOCS / "statements.toml").read_text(encoding="utf-8"))
    return tuple(
        Statement(name, **{key: tuple(value) if isinstance(value, list) else value.strip() for key, value in row.items()})
        for name, row in rows.items()
    )


@cache
def page_of(name):
    """Return the page below ``docs/mathematics`` that shows a statement; None when none does."""
    pages = sorted((DOCS / "mathematics").glob("*.md"))
    return next((page.stem for page in pages if f"{{statement}} {name}\n" in page.read_text(encoding="utf-8")), None)


@cache
def _functions(file):
    """Return the test functions of a file; none when there is no such file."""
    path = TESTS / file
    tree = ast.parse(path.read_text(encoding="utf-8")) if path.is_file() else ast.Module([], [])
    return {node.name.removeprefix("test_") for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def faults(rows):
    """Return what is wrong with a map, one text each: names that do not exist, and what no row names.

    >>> faults(statements())
    []
    """
    found = []
    for row in rows:
        found += [f"{row.name}: no theorem {name} in proofs/theories" for name in row.theorems if name not in theorems()]
        found += [f"{row.name}: no obligation {name} in CERTIFICATE.md" for name in row.obligations if name not in obligations()]
        for test in row.tests:
            file, _, name = test.partition("::")
            found += [] if name in _functions(file) else [f"{row.name}: no test {test} below tests/"]
        found += [f"{row.name}: no test"] if not row.tests else []
        found += [] if page_of(row.name) else [f"{row.name}: on no page of docs/mathematics"]
    named = {name for row in rows for name in (*row.theorems, *row.obligations)}
    found += [f"no statement names the theorem {name}" for name in sorted(main_theorems() - named)]
    return found + [f"no statement names the obligation {name} of CERTIFICATE.md" for name in obligations() if name not in named]
