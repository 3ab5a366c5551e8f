"""LaTeX of the optimum of one width, and of loss against width."""

from __future__ import annotations

from reluexact.evidence.status import Status
from reluexact.kinds.width_optimum.claim import WidthCurve, WidthOptimum
from reluexact.tex.formulas import aligned, array, status_line, written
from reluexact.tex.numbers import rational_latex, real_latex


def latex(claim: object, digits: int) -> str:
    """Write the optimal value of one width, or the table of a curve."""
    return written(claim, digits, {WidthOptimum: _width, WidthCurve: _curve})


def _width(optimum: WidthOptimum, digits: int) -> str:
    """Write the optimal value of a width, or its bounds."""
    name = rf"p_{{{optimum.width}}}"
    if optimum.status is Status.PROVED:
        lines = [rf"{name}&={real_latex(optimum.value, digits)}"]
    else:
        lines = [rf"{name}&\in[{rational_latex(optimum.lower, digits)},\,{rational_latex(optimum.upper, digits)}]"]
    if optimum.is_global:
        lines.append(r"&=p^\star")
    return aligned([*lines, status_line(optimum.status, optimum.reason)])


def _curve(curve: WidthCurve, digits: int) -> str:
    """Write a table of the optimal values of all widths."""
    rows = [
        [str(optimum.width), real_latex(optimum.value, min(digits, 20)), rf"\text{{{optimum.status.name}}}"]
        for optimum in curve.optima
    ]
    return array("rll", ["neurons", "least objective", "status"], rows)
