"""The optimal residual as text, and the appendix with the data, the optimal fit and the residual."""

from __future__ import annotations

from fractions import Fraction

from reluexact.evidence.status import Status
from reluexact.kinds.optimum.blocks import known_residual
from reluexact.kinds.optimum.claim import Optimum
from reluexact.kinds.optimum.paper.problem import is_small
from reluexact.numbers.real import Real
from reluexact.tex.numbers import PLACES, number_latex, real_latex
from reluexact.tex.text import display, escape, matrix, plural, table

MOST_ROWS, MOST_FEATURES = 500, 5
"""Data of this size or less are printed in an appendix."""


def residual_text(optimum: Optimum) -> str:
    """Return the residual, or its greatest entry where there are many."""
    if optimum.data.copies is not None:
        listed = r"; Appendix~\ref{app:data} lists these" if has_appendix(optimum) else ""
        return rf"Its entries are $t_{{ik}}(y_i-\hat y_i)$, with the residuals $y_i-\hat y_i$ of the rows of the data{listed}."
    residual = known_residual(optimum)
    if is_small(optimum.data):
        column = matrix([[real_latex(entry)] for entry in residual])
        return "It is\n" + display(rf"\theta={column}.")
    sizes = [max(abs(entry.low), abs(entry.high)) for entry in residual]
    at = max(range(len(sizes)), key=sizes.__getitem__)
    zero = sum(entry.is_rational and not entry.low for entry in residual)
    fitted = f" {plural(zero, 'row')} {'is' if zero == 1 else 'are'} fitted exactly." if zero else ""
    where = f"Its entry of greatest size is $\\theta_{{{at + 1}}}={number_latex(residual[at])}$."
    listed = r" Appendix~\ref{app:data} lists it." if has_appendix(optimum) else ""
    return where + fitted + listed


def has_appendix(optimum: Optimum) -> bool:
    """Say whether the document ends with a table of the data."""
    data = optimum.data.given
    return (not is_small(data) or optimum.data.copies is not None) and data.n <= MOST_ROWS and data.d <= MOST_FEATURES


def appendix(optimum: Optimum) -> list[str]:
    """Return the table of data, fit and residual, when it has a reasonable size."""
    data, copies = optimum.data.given, optimum.data.copies
    if not has_appendix(optimum) or optimum.status is not Status.PROVED:
        return []
    shown = [j for j in range(data.d) if any(row[j] != 1 for row in data.X)]
    headings = ["$i$", *(rf"\texttt{{{escape(data.names[j])}}}" for j in shown)]
    headings += ["$o_i$"] if copies else []
    headings += [rf"\texttt{{{escape(data.target_name)}}}", r"$\hat y_i$", r"$y_i-\hat y_i$" if copies else r"$\theta_i$"]
    rows = []
    residual = optimum.data.unscaled(known_residual(optimum))
    for i, (row, target, entry) in enumerate(zip(data.X, data.y, residual, strict=True)):
        fit = Real(low=target - entry.high, high=target - entry.low)
        inputs = [*(_cell(row[j]) for j in shown), *([_cell(copies.weights[i])] if copies else [])]
        numbers = [*inputs, _cell(target), number_latex(fit, PLACES), number_latex(entry, PLACES)]
        rows.append([str(i + 1), *(f"${number}$" for number in numbers)])
    caption = r"Data, optimal fit and residual\label{tab:data}."
    body = table(headings, rows, "r" * (len(headings) - 2) + "ll", caption=caption)
    return [r"\clearpage\appendix", "\\section{Data, fit and residual}\\label{app:data}\n" + body]


def _cell(value: Fraction) -> str:
    return number_latex(Real.rational(value), PLACES)
