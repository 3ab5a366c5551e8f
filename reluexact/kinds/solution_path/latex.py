"""LaTeX of a solution path."""

from __future__ import annotations

from reluexact.kinds.solution_path.claim import Breakpoint, SolutionPath
from reluexact.tex.formulas import aligned, status_line, written
from reluexact.tex.numbers import real_latex

MOST_LINES = 24
"""Breakpoints that a formula lists; dots stand for the rest."""


def latex(claim: object, digits: int) -> str:
    r"""Write the breakpoints, from high penalty to low, with what happens there.

    >>> from reluexact import Dataset, solution_path
    >>> print(latex(solution_path(Dataset([[1, 0], [0, 1]], [3, -1]), low="1/2"), 5))
    \begin{aligned}b_{1}&=3&&\text{enters}\\ b_{2}&=1&&\text{enters}\\ &\text{PROVED}\end{aligned}
    """
    return written(claim, digits, {SolutionPath: _path})


def _path(path: SolutionPath, digits: int) -> str:
    few = min(digits, 12)
    lines = [_line(number, point, few) for number, point in enumerate(path.breakpoints[:MOST_LINES], start=1)]
    if len(path.breakpoints) > MOST_LINES:
        lines.append(r"&\;\;\vdots")
    return aligned([*lines, status_line(path.status, path.reason)])


def _line(number: int, point: Breakpoint, digits: int) -> str:
    events = ", ".join(sorted({event.event for event in point.events}))
    return rf"b_{{{number}}}&={real_latex(point.penalty, digits)}&&\text{{{events}}}"
