"""LaTeX of the cheapest networks of least squared error."""

from __future__ import annotations

from collections.abc import Sequence

from reluexact.evidence.status import Status
from reluexact.kinds.interpolation.claim import Interpolation
from reluexact.numbers.real import Real
from reluexact.tex.formulas import MOST_LINES, aligned, amounts_latex, status_line, written
from reluexact.tex.neuron import neuron_latex
from reluexact.tex.numbers import rational_latex, real_latex, vector_latex

_DOTS = r"&\;\;\vdots"


def latex(claim: object, digits: int) -> str:
    """Write the problem, the least cost or its bounds, the fit if it is not the targets, the neurons, the vertices."""
    return written(claim, digits, {Interpolation: _interpolation})


def _interpolation(answer: Interpolation, digits: int) -> str:
    goal = "y_i" if answer.interpolates else r"\hat f_i"
    lines = [
        rf"c^\star&=\min_{{w,a}}\;\frac12\sum_j\bigl(|w_j|^2+a_j^2\bigr)\quad\text{{s.t.}}\quad"
        rf"\sum_ja_j(w_j\cdot x_i)_+={goal},\quad i=1,\dots,{answer.data.n}"
    ]
    if answer.status is Status.PROVED:
        lines.append(rf"c^\star&={real_latex(answer.value, digits)}")
    else:
        lines.append(rf"c^\star&\in[{rational_latex(answer.lower, digits)},\,{rational_latex(answer.upper, digits)}]")
    if not answer.interpolates:
        lines.append(rf"\hat f&={vector_latex(tuple(map(Real.rational, answer.fit)), digits)}")
    lines += _some([rf"&{k}:\;{neuron_latex(neuron, digits)}" for k, neuron in enumerate(answer.neurons, 1)], MOST_LINES)
    lines += _some([rf"&{amounts_latex(v.amounts, v.support, digits)}" for v in answer.vertices], MOST_LINES // 2)
    return aligned([*lines, status_line(answer.status, answer.reason)])


def _some(lines: Sequence[str], most: int) -> list[str]:
    """Return the lines, with dots for some of many."""
    return [*lines] if len(lines) <= most else [*lines[: most - 1], _DOTS, lines[-1]]
