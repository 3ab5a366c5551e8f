"""LaTeX of an optimal set, of its vertices and of other points of it; the document about it is ``paper/document.py``."""

from __future__ import annotations

from collections.abc import Sequence

from reluexact.evidence.status import Status
from reluexact.kinds.optimal_set.claim import OptimalSet
from reluexact.kinds.optimal_set.point import Point
from reluexact.kinds.optimal_set.polytope_formulas import PairForm, pair_form
from reluexact.kinds.optimal_set.vertex import Vertex
from reluexact.numbers.real import Real
from reluexact.tex.formulas import MOST_COLUMNS, MOST_LINES, aligned, amounts_latex, status_line, written
from reluexact.tex.numbers import real_latex
from reluexact.tex.text import chunks, matrix

FEW_DIGITS = 8
"""At most so many digits of the numbers of which a formula has many."""


def latex(claim: object, digits: int) -> str:
    """Write the polytope with its dimension, widths and vertices; of a vertex or a point the amounts that are not 0."""
    return written(claim, digits, {Vertex: _point, Point: _point, OptimalSet: _optimal_set})


def _point(point: Vertex | Point, digits: int) -> str:
    return amounts_latex(point.amounts, point.support, digits)


def _optimal_set(best: OptimalSet, digits: int) -> str:
    count, few = len(best.neurons), min(digits, FEW_DIGITS)
    total = "0" if count == 0 else r"\textstyle\sum_k \alpha_k f_k"
    lines = [rf"\mathcal{{P}}&=\Bigl\{{\alpha\in\mathbb{{R}}_{{\ge 0}}^{{{count}}}:{total}=\hat y\Bigr\}}"]
    if best.system is not None:
        lines += pair_lines(pair_form(best), few)
    if best.dimension is not None:
        lines.append(rf"\dim\mathcal{{P}}&={best.dimension}")
    if best.status is Status.PROVED:
        widths = rf"m^\star={best.min_width},\quad M^\star={best.max_vertex_width}"
        lines.append(rf"\lvert\operatorname{{vert}}\mathcal{{P}}\rvert&={len(best.vertices)},\quad {widths}")
        shown = best.vertices if len(best.vertices) <= MOST_LINES // 2 else best.vertices[: MOST_LINES // 2 - 1]
        lines += [rf"\alpha^{{({k + 1})}}&:\;{_point(vertex, few)}" for k, vertex in enumerate(shown)]
        if len(shown) < len(best.vertices):
            lines.append(r"&\;\;\vdots")
    return aligned([*lines, status_line(best.status, best.reason)])


def pair_lines(form: PairForm, digits: int) -> list[str]:
    """Return the equations of the polytope in the variables that pairs leave, as lines of an aligned formula."""
    lines = [rf"\alpha_{{{k + 1}}}&={real_latex(value, digits)}" for k, value in form.fixed]
    for variable in form.variables:
        if variable.other is not None and variable.total is not None:
            total = real_latex(variable.total, digits)
            lines.append(rf"\alpha_{{{variable.other + 1}}}+\alpha_{{{variable.neuron + 1}}}&={total}")
    if form.right and form.variables:
        lines += _equation_lines(form, digits)
    return lines


def _equation_lines(form: PairForm, digits: int) -> list[str]:
    """Write a matrix times the vector of variables, few columns on a line; only the shape of a big matrix."""
    count, height = len(form.variables), len(form.right)
    if count > MOST_COLUMNS * 4 or height > MOST_LINES:
        return [rf"E\,\alpha_V&=c,\quad E\in\mathbb{{R}}^{{{height}\times {count}}}"]
    lines = []
    for part in chunks(count, MOST_COLUMNS):
        some = form.variables[part.start : part.stop]
        table = [[real_latex(variable.column[i], digits) for variable in some] for i in range(height)]
        text = matrix(table) + matrix([[rf"\alpha_{{{variable.neuron + 1}}}"] for variable in some])
        lines.append(text if part.start == 0 else "{}+" + text)
    return [*lines[:-1], rf"{lines[-1]}&={_column(form.right, digits)}"]


def _column(values: Sequence[Real], digits: int) -> str:
    return matrix([[real_latex(value, digits)] for value in values])
