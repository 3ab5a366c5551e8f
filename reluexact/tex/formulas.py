"""Pieces that the formulas of several kinds share: lines under one another, tables, the status, amounts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from reluexact.errors import InputError
from reluexact.evidence.status import Status
from reluexact.model.misplaced import named
from reluexact.numbers.real import Real
from reluexact.tex.numbers import real_latex
from reluexact.tex.text import chunks, escape

MOST_COLUMNS = 5
"""Entries of a row of a matrix, and numbers on one line."""

MOST_LINES = 12
"""Neurons, and half as many vertices, that a formula lists; dots stand for the rest."""

Writers = Mapping[type, Callable[[Any, int], str]]


def written(claim: object, digits: int, writers: Writers) -> str:
    """Write a claim by the function of its class; InputError when there is none."""
    for kind, write in writers.items():
        if isinstance(claim, kind):
            return write(claim, digits)
    raise InputError(f"latex: {named(claim)} has no formula; pass an Optimum, an OptimalSet or a part of one")


def aligned(lines: Sequence[str]) -> str:
    r"""Set lines under one another, aligned at the mark ``&`` of each.

    >>> aligned(["x&=1", "y&=2"])
    '\\begin{aligned}x&=1\\\\ y&=2\\end{aligned}'
    """
    return r"\begin{aligned}" + r"\\ ".join(lines) + r"\end{aligned}"


def array(columns: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    r"""Set a table whose headings are words; a cell is a formula.

    >>> array("rl", ["a", "b"], [["1", "x"]])
    '\\begin{array}{rl}\\text{a} & \\text{b}\\\\ 1 & x\\end{array}'
    """
    first = " & ".join(rf"\text{{{head}}}" for head in heads)
    body = r"\\ ".join([first, *(" & ".join(row) for row in rows)])
    return rf"\begin{{array}}{{{columns}}}{body}\end{{array}}"


def status_line(status: Status, reason: str = "") -> str:
    r"""Write a status, with the reason of UNDECIDED, as the last line of an aligned formula.

    >>> status_line(Status.PROVED)
    '&\\text{PROVED}'
    """
    return rf"&\text{{{status.name}{': ' if reason else ''}{escape(reason)}}}"


def sign_latex(sign: int) -> str:
    """Write the sign of a neuron's output weight."""
    return "+" if sign > 0 else "-"


def amounts_latex(amounts: Sequence[Real], support: Sequence[int], digits: int) -> str:
    """Write the amounts that are not 0."""
    if not support:
        return r"\alpha=0"
    texts = [rf"\alpha_{{{k + 1}}}={real_latex(amounts[k], digits)}" for k in support]
    lines = [r",\;".join(texts[part.start : part.stop]) for part in chunks(len(texts), MOST_COLUMNS)]
    return lines[0] if len(lines) == 1 else r"\begin{gathered}" + r",\\ ".join(lines) + r"\end{gathered}"
