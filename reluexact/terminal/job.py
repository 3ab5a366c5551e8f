"""One call of a command about a problem: read data and penalty, work, say at any time what is known, hand over the answer."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from reluexact.progress import Progress
from reluexact.terminal.options import Source
from reluexact.terminal.parts import Parts
from reluexact.terminal.screen import Screen

if TYPE_CHECKING:
    from reluexact.model.dataset import Dataset
    from reluexact.model.problem import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """The problem, and where the answer goes. name: of the data file.

    known: what an interrupt says; proved: the claims that it may write; both with the last word last.
    """

    screen: Screen
    data: Dataset
    penalty: Fraction
    name: str
    known: list[str] = field(default_factory=list)
    proved: list[object] = field(default_factory=list)

    @classmethod
    def read(cls, screen: Screen, source: Source, penalty: str | None, parts: Parts) -> Job:
        """Read the problem; ``penalty`` as it stands on the command line, None for that of the file.

        parts: row weights or none; rows with weights become scaled copies of rows, which is said on the screen.
        """
        return cls.of(screen, parts.problem(screen, source, penalty), source.name)

    @classmethod
    def of(cls, screen: Screen, problem: Problem, name: str) -> Job:
        """Return the job of a problem without other parts than row weights."""
        from reluexact.model.row_weights import without_weights

        problem = without_weights(problem)
        if problem.data.copies is not None:
            screen.heed([problem.data.copies.remark()])
        return cls(screen=screen, data=problem.data, penalty=problem.penalty, name=name)

    def working(self) -> AbstractContextManager[Progress]:
        """Show how the work goes; it begins with the import of the solvers."""
        return self.screen.working("loading the solvers", lambda proved: self.known[-1] if self.known else proved)
