"""LaTeX of a solution path; the document about it is ``document.py``."""

from __future__ import annotations

import re

from reluexact.kinds.solution_path.claim import Breakpoint, Piece, SolutionPath
from reluexact.kinds.solution_path.formula import Quadratic, formula_of
from reluexact.numbers.real import Real
from reluexact.tex.formulas import aligned, status_line, written
from reluexact.tex.numbers import number_latex, real_latex

MOST_LINES = 24
"""Breakpoints that a formula lists, and formulas of the value; dots stand for the rest."""

MOST_LETTERS = 120
"""A longer quadratic function is written with the digits of its coefficients."""


def latex(claim: object, digits: int) -> str:
    r"""Write the breakpoints, from high penalty to low, with what happens there, and the value where it has a formula.

    >>> from reluexact import Dataset, solution_path
    >>> text = latex(solution_path(Dataset([[1], [2]], [1, 2]), low="1/2"), 5)
    >>> print(text.replace(r"\\ ", "\n"))
    \begin{aligned}b_{1}&=5&&\text{enters}
    p^\star(b)&=\frac{5}{2}&&b\ge b_{1}
    p^\star(b)&=b-\frac{1}{10}b^2&&0.5\le b\le b_{1}
    &\text{PROVED}\end{aligned}
    """
    return written(claim, digits, {SolutionPath: _path})


def _path(path: SolutionPath, digits: int) -> str:
    few = min(digits, 12)
    lines = [_line(number, point, few) for number, point in enumerate(path.breakpoints[:MOST_LINES], start=1)]
    if len(path.breakpoints) > MOST_LINES:
        lines.append(r"&\;\;\vdots")
    return aligned([*lines, *_values(path, few), status_line(path.status, path.reason)])


def _line(number: int, point: Breakpoint, digits: int) -> str:
    events = ", ".join(sorted({event.event for event in point.events}))
    return rf"b_{{{number}}}&={real_latex(point.penalty, digits)}&&\text{{{events}}}"


def _values(path: SolutionPath, digits: int) -> list[str]:
    """Return the formulas of the value, with dots for some of many."""
    lines = [line for piece in path.pieces[:MOST_LINES] for line in value_lines(path, piece, digits)]
    return [*lines, r"&\;\;\vdots"] if len(path.pieces) > MOST_LINES else lines


def value_lines(path: SolutionPath, piece: Piece, digits: int) -> list[str]:
    """Return the formula of the value and where it holds, as a line of an aligned formula; nothing where there is none."""
    found = formula_of(path, piece)
    if found is None:
        return []
    low = end_latex(path, piece.low, digits)
    where = rf"b\ge {low}" if piece.high is None else rf"{low}\le b\le {end_latex(path, piece.high, digits)}"
    return [rf"p^\star(b)&={quadratic_latex(found, digits)}&&{where}"]


def end_latex(path: SolutionPath, end: Real | None, digits: int) -> str:
    """Write an end of a piece: by the number of the breakpoint where it is one, else by its digits."""
    if end is None:
        return r"\infty"
    known = next((k for k, point in enumerate(path.breakpoints, start=1) if point.penalty is end), None)
    return number_latex(end, digits) if known is None else rf"b_{{{known}}}"


def quadratic_latex(formula: Quadratic, digits: int) -> str:
    r"""Write a quadratic function of b, exactly where that is short, else with the digits of its coefficients.

    >>> quadratic_latex((Real.rational(0), Real.rational(-1), Real.rational(3) / 4), 5)
    '-b+\\frac{3}{4}b^2'
    """
    text = _sum([real_latex(value, digits) for value in formula])
    return text if len(text) <= MOST_LETTERS else _sum([number_latex(value, digits) for value in formula])


def _sum(texts: list[str]) -> str:
    """Write a sum of powers with these coefficients."""
    total = ""
    for power, text in enumerate(texts):
        if text == "0":
            continue
        sign, body = ("-", text[1:]) if text.startswith("-") else ("+", text)
        if power and re.search(r"[-+]|\\pm", _outside(body)):
            sign, body = "+", rf"\left({text}\right)"
        letter = ("", "b", "b^2")[power]
        body = letter if power and body == "1" else body + (r"\," if power and body.endswith(r"\ldots") else "") + letter
        total += sign + body
    return total.removeprefix("+") or "0"


def _outside(text: str) -> str:
    """Return a formula without what stands in braces."""
    before = ""
    while before != text:
        before, text = text, re.sub(r"\{[^{}]*\}", "", text)
    return text
