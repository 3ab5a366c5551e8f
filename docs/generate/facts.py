"""Figures of the texts, counted when the site is built: lines of files, numbers of theorems."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from checker.import_graph import COMMON, graph, kinds, lines, sources, to_read

from generate.certificate import obligations
from generate.coq import THEORIES, main_theorems

ROOT = Path(__file__).parents[2]


def length(path):
    """Return the number of lines of a file."""
    return len(path.read_text(encoding="utf-8").splitlines())


@cache
def checker_lines():
    """Return kind -> lines of the checker that somebody has to read who trusts certificates of this kind, all files counted once.

    >>> checker_lines()["bound"] > 1000
    True
    """
    arrows = graph()
    return {kind: lines(to_read(*COMMON, file, arrows=arrows)) for kind, file in kinds().items()}


def substitutions():
    """Return what texts may say as ``{{ name }}``."""
    return {
        "spec_lines": length(THEORIES / "Spec.v"),
        "theory_lines": f"{sum(map(length, THEORIES.glob('*.v'))):,}",
        "theorem_count": len(main_theorems()),
        "obligation_count": len(obligations()),
        "checker_lines": f"{lines(sources()):,}",
        "false_count": f"{len(list((ROOT / 'tests' / 'bad').glob('*.json'))):,}",
        "good_count": f"{len(list((ROOT / 'tests' / 'good').glob('*.json'))):,}",
    }
