"""A fact of ``reluexact selftest``, the tiny data that facts are about, and the checker's verdict on a certificate."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from reluexact import checker

if TYPE_CHECKING:
    from reluexact.kinds.optimal_set.claim import OptimalSet
    from reluexact.model.dataset import Dataset
    from reluexact.model.problem import Problem

PLANE = (((7, 3), (0, -4), (-4, -9), (-8, -9), (-6, 6)), (3, 8, 0, 2, 9))
PLANE_PENALTY = Fraction(307, 39)
CHECKED = "VERIFIED (exit code 0)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A sentence and the program that finds out what it says; the two answers have to be the same text.

    kinds: the folders below ``reluexact/kinds`` that this is about.
    """

    kinds: tuple[str, ...]
    sentence: str
    expected: str
    find: Callable[[Path], str]


def two_points() -> Dataset:
    """Return (1, 1), (2, 2)."""
    from reluexact import Dataset

    return Dataset(((1,), (2,)), (1, 2))


def two_rows() -> Dataset:
    """Return two rows that are orthogonal to one another."""
    from reluexact import Dataset

    return Dataset(((1, 0), (0, 1)), (3, -1))


def labels() -> Problem:
    """Return four labels on a line, with free biases."""
    from reluexact import Dataset, Problem

    return Problem(Dataset(((0,), (1,), (2,), (3,)), (-1, 1, 1, -1)), "1/10", output_bias="free", hidden_bias="free")


@cache
def set_of_two_vertices() -> OptimalSet:
    """Return all optimal networks of a problem with more than one."""
    from reluexact import Dataset, optimal_set, solve

    return optimal_set(solve(Dataset(X=((2, 0, 0, 0), (-1, 1, 1, 1)), y=(1, 1)), "1/10"))


def run_checker(file: Path) -> str:
    """Run the checker as a stranger would: a new process, no packages, only the checker and the file."""
    command = [sys.executable, "-I", "-S", str(Path(checker.__file__).parent), str(file)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    last = run.stdout.splitlines()[-1] if run.stdout else run.stderr
    return f"{last.partition(':')[0]} (exit code {run.returncode})"


def checked(claim: object, folder: Path) -> str:
    """Save a claim, and return the checker's verdict on the file."""
    from reluexact import save

    save(claim, folder / "claim.json")
    return run_checker(folder / "claim.json")


def fact(kinds: str, sentence: str, expected: str, find: Callable[[Path], str], *, certified: bool = True) -> Fact:
    """Return a fact about kinds (their folders, with spaces); certified: the answer ends with the checker's verdict."""
    words = f"{expected}, {CHECKED}" if certified else expected
    return Fact(kinds=tuple(kinds.split()), sentence=sentence, expected=words, find=find)
