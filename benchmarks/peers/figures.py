"""The figures of a run, as ``results.json`` keeps them, and what they say of each other; standard library only."""

from __future__ import annotations

import json
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from measure import DONE, Run
from peers.sections import OURS, PROOF, Section, Size


@dataclass(frozen=True)
class Figure:
    """What became of a peer at a size of a section."""

    section: str
    peer: str
    size: Size
    run: Run


@dataclass(frozen=True)
class Excess:
    """By how much an objective is above the minimum, as a share of it: bounds that both are proved."""

    low: Fraction
    high: Fraction


@dataclass(frozen=True)
class Figures:
    """A whole run: its limits, the machine, the versions, and all figures in the order in which they were measured."""

    seconds: float
    memory: float
    machine: dict[str, Any]
    versions: dict[str, str]
    figures: list[Figure]

    @classmethod
    def read(cls, file: Path) -> Figures:
        """Read what a run wrote."""
        facts = json.loads(file.read_text(encoding="utf-8"))
        rows = [Figure(row["section"], row["peer"], tuple(row["size"]), Run(**row["run"])) for row in facts.pop("figures")]
        return cls(**facts, figures=rows)

    def run(self, section: Section, peer: str, size: Size) -> Run | None:
        """Return what became of a peer; None where it was not asked any more."""
        chosen = (one.run for one in self.figures if (one.section, one.peer, one.size) == (section.name, peer, size))
        return next(chosen, None)

    def scale(self, section: Section, size: Size) -> int | None:
        """Return how large a size is: its patterns, or its pairs of candidates."""
        runs = (self.run(one, OURS, size) for one in (section, PROOF))
        return next((run.answer["scale"] for run in runs if run and "scale" in run.answer), None)

    def ratio(self, section: Section, run: Run, size: Size) -> float | None:
        """Return how many times the CPU time of this project a peer took."""
        ours = self.run(section, OURS, size)
        both = ours and ours.status == DONE and run.status == DONE and ours.seconds
        return run.seconds / ours.seconds if both else None

    def excess(self, size: Size, objective: str | float) -> Excess | None:
        """Return the excess of an objective over the proved minimum, where there is one."""
        judge = self.run(PROOF, OURS, size)
        if judge is None or judge.status != DONE:
            return None
        lower, upper, value = (Fraction(text) for text in (judge.answer["lower"], judge.answer["upper"], objective))
        return Excess((value - upper) / upper, (value - lower) / lower)
