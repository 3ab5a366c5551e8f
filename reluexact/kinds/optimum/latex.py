"""LaTeX of an optimum."""

from __future__ import annotations

from reluexact.evidence.status import Status
from reluexact.kinds.optimum.claim import Optimum
from reluexact.tex.formulas import MOST_LINES, aligned, sign_latex, status_line, written
from reluexact.tex.numbers import rational_latex, real_latex, vector_latex


def latex(claim: object, digits: int) -> str:
    """Write the optimal value, or its bounds, and the optimal neurons."""
    return written(claim, digits, {Optimum: _optimum})


def _optimum(optimum: Optimum, digits: int) -> str:
    lines = [bounds_latex(optimum, digits)]
    shown = optimum.neurons if len(optimum.neurons) <= MOST_LINES else optimum.neurons[: MOST_LINES - 1]
    for k, neuron in enumerate(shown):
        lines.append(rf"s_{{{k + 1}}}&={sign_latex(neuron.sign)}1,& u_{{{k + 1}}}&={vector_latex(neuron.direction, digits)}")
    if len(shown) < len(optimum.neurons):
        number, last = len(optimum.neurons), optimum.neurons[-1]
        direction = vector_latex(last.direction, digits)
        lines += [r"&\;\;\vdots", rf"s_{{{number}}}&={sign_latex(last.sign)}1,& u_{{{number}}}&={direction}"]
    return aligned([*lines, status_line(optimum.status, optimum.reason)])


def bounds_latex(optimum: Optimum, digits: int) -> str:
    """Return the optimal value, or the bounds of one that is not proved, as a line of an aligned formula."""
    if optimum.status is Status.PROVED:
        return rf"p^\star&={real_latex(optimum.value, digits)}"
    return rf"p^\star&\in[{rational_latex(optimum.lower, digits)},\,{rational_latex(optimum.upper, digits)}]"
