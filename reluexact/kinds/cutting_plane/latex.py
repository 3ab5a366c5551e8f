"""LaTeX of the cutting-plane method: the dual with its constraints, the bounds of the rounds, the exact value."""

from __future__ import annotations

from reluexact.evidence.status import Status
from reluexact.kinds.cutting_plane.claim import CuttingPlane
from reluexact.tex.formulas import MOST_LINES, aligned, status_line, written
from reluexact.tex.numbers import rational_latex, real_latex


def latex(claim: object, digits: int) -> str:
    """Write the dual problem, the bounds of the last rounds, and the exact value."""
    return written(claim, digits, {CuttingPlane: _cutting_plane})


def _cutting_plane(found: CuttingPlane, digits: int) -> str:
    goal, level = r"\theta^\top y", "1"
    if found.penalty is not None:
        goal, level = r"\theta^\top y-\tfrac12|\theta|^2", rational_latex(found.penalty, digits)
    lines = [rf"&\max_\theta\;{goal}\quad\text{{s.t.}}\quad|\theta^\top(Xu)_+|\le {level}\,|u|\quad\forall u"]
    few = min(digits, 8)
    first = max(len(found.rounds) - MOST_LINES, 0)
    for number, one in enumerate(found.rounds[first:], first + 1):
        low, high = rational_latex(one.lower, few), rational_latex(one.upper, few)
        lines.append(rf"&{number}:\;[{low},\,{high}],\quad\max|\theta^\top(Xu)_+|={real_latex(one.violation, few)}")
    if found.status is Status.PROVED:
        lines.append(rf"&v^\star={real_latex(found.value, digits)}")
    return aligned([*lines, status_line(found.status, "" if found.status is Status.PROVED else found.reason)])
