"""LaTeX of a path down to the optimum."""

from __future__ import annotations

from reluexact.kinds.descent_path.claim import DescentPath
from reluexact.tex.formulas import aligned, status_line, written
from reluexact.tex.numbers import rational_latex, real_latex

MOST_PIECES = 24
"""Pieces that a formula lists; dots stand for the rest."""


def latex(claim: object, digits: int) -> str:
    """Write the pieces of a path with the objective at their ends."""
    return written(claim, digits, {DescentPath: _path})


def _path(path: DescentPath, digits: int) -> str:
    few = min(digits, 12)
    lines = [rf"t=0&:\;{rational_latex(path.start, few)}"]
    for time, piece in enumerate(path.pieces[:MOST_PIECES], start=1):
        lines.append(rf"t={time}&:\;{real_latex(piece.after.value, few)}\quad\text{{{piece.kind}}}")
    if len(path.pieces) > MOST_PIECES:
        lines.append(r"&\;\;\vdots")
    return aligned([*lines, status_line(path.status, path.reason)])
