"""LaTeX of a sensitivity: the linear system behind the derivatives, in symbols, and its matrices where they are small."""

from __future__ import annotations

from collections.abc import Iterable

from reluexact.kinds.sensitivity.claim import Derivative, Sensitivity
from reluexact.numbers.real import Real
from reluexact.tex.formulas import aligned, written
from reluexact.tex.numbers import rational_latex, real_latex
from reluexact.tex.text import escape, matrix

MOST_UNKNOWNS, MOST_ROWS = 6, 8
"""Unknowns, and rows of data, of which the matrices are written out."""

FEW_DIGITS = 8


def latex(claim: object, digits: int) -> str:
    """Write the system and its solution; of a single derivative its fit."""
    return written(claim, digits, {Sensitivity: _sensitivity, Derivative: _derivative})


def _sensitivity(found: Sensitivity, digits: int) -> str:
    few, n, size = min(digits, FEW_DIGITS), len(found.targets), len(found.features)
    curvature = r"\operatorname{diag}_k\tfrac{\beta}{|w_k|}B_k^\top(I-u_ku_k^\top)B_k"
    lines = [rf"J&=Z^\top Z+{curvature},\quad Z=\bigl[s_kD_kXB_k,\;XL\bigr],\quad g=\bigl[B_k^\top u_k,\;0\bigr]"]
    if found.penalty.fit is not None:
        lines.append(r"\frac{\partial\hat y}{\partial\beta}&=-ZJ^{-1}g,\qquad\frac{\partial\hat y}{\partial y}=ZJ^{-1}Z^\top")
    if size and size <= MOST_UNKNOWNS and n <= MOST_ROWS:
        rows = zip(*found.features, strict=True)
        lines.append(rf"Z&={matrix([[rational_latex(entry, few) for entry in row] for row in rows])}")
        lines.append(rf"J&={matrix([[real_latex(entry, few) for entry in row] for row in found.matrix])}")
        lines.append(rf"g&={matrix([[real_latex(entry, few)] for entry in found.push])}")
    if found.penalty.value is not None:
        lines.append(rf"\frac{{\partial p^\star}}{{\partial\beta}}&={real_latex(found.penalty.value, digits)}")
    if n <= MOST_ROWS:
        lines.append(rf"\frac{{\partial p^\star}}{{\partial y}}&={_row([known.value for known in found.targets], few)}")
        if found.penalty.fit is not None:
            lines.append(rf"\frac{{\partial\hat y}}{{\partial\beta}}&={_row(found.penalty.fit, few)}")
        if found.degrees_of_freedom is not None:
            hat = [[real_latex(entry, few) for entry in row] for row in found.hat]
            lines.append(rf"\frac{{\partial\hat y}}{{\partial y}}&={matrix(hat)}")
    if found.degrees_of_freedom is not None:
        lines.append(rf"\sum_i\frac{{\partial\hat y_i}}{{\partial y_i}}&={real_latex(found.degrees_of_freedom, digits)}")
    return aligned([*lines, *([] if not found.penalty.reason else [rf"&\text{{{escape(found.penalty.reason)}}}"])])


def _derivative(known: Derivative, digits: int) -> str:
    if known.fit is None:
        return rf"\text{{{escape(known.reason)}}}"
    return rf"\mathrm d\hat y={_row(known.fit, digits)}"


def _row(values: Iterable[Real | None], digits: int) -> str:
    texts = [r"\text{none}" if value is None else real_latex(value, digits) for value in values]
    return "(" + r",\;".join(texts) + ")"
