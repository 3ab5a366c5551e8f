"""LaTeX of an optimal network that a criterion selects."""

from __future__ import annotations

from reluexact.evidence.status import Status
from reluexact.kinds.selection.claim import Selection
from reluexact.tex.formulas import aligned, amounts_latex, status_line, written
from reluexact.tex.numbers import real_latex
from reluexact.tex.text import escape


def latex(claim: object, digits: int) -> str:
    """Write the criterion with its value, and the amounts of the network."""
    return written(claim, digits, {Selection: _selection})


def _selection(chosen: Selection, digits: int) -> str:
    value = "" if chosen.value is None else rf"={real_latex(chosen.value, digits)}"
    lines = [rf"&\text{{{escape(chosen.criterion)}}}{value}"]
    if chosen.status is Status.PROVED:
        lines.append(f"&{amounts_latex(chosen.amounts, chosen.support, digits)}")
    return aligned([*lines, status_line(chosen.status, chosen.reason)])
