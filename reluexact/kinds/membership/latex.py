"""LaTeX of the answer whether a network is optimal."""

from __future__ import annotations

from reluexact.kinds.membership.claim import Verdict
from reluexact.tex.formulas import aligned, status_line, written
from reluexact.tex.numbers import real_latex
from reluexact.tex.text import escape


def latex(claim: object, digits: int) -> str:
    """Write what was asked, how far the objective is above the optimal value, and the answer."""
    return written(claim, digits, {Verdict: _verdict})


def _verdict(verdict: Verdict, digits: int) -> str:
    lines = [rf"&\text{{{escape(verdict.statement)}}}", rf"&\text{{objective}}-p^\star={real_latex(verdict.excess, digits)}"]
    return aligned([*lines, status_line(verdict.status, verdict.reason)])
