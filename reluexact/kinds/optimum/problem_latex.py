"""LaTeX of a training problem: its objective with loss and parts, and the linear part of an optimum."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from reluexact.model.logistic import Logistic
from reluexact.model.margin import MARGIN
from reluexact.model.problem import NONE, PENALISED, Problem
from reluexact.tex.formulas import MOST_LINES
from reluexact.tex.numbers import rational_latex, real_latex

if TYPE_CHECKING:
    from reluexact.kinds.optimum.problem_claim import ProblemOptimum
    from reluexact.model.convex import Piece
    from reluexact.model.losses import PiecewiseQuadratic


def problem_lines(problem: Problem, digits: int) -> list[str]:
    r"""Return the objective, the fit of a network and the loss, as lines of an aligned formula.

    >>> from reluexact.model.dataset import Dataset
    >>> for line in problem_lines(Problem(Dataset([[1], [2]], [1, 2]), 3, "absolute", output_bias="free"), 5):
    ...     print(line)
    p^\star&=\min_{w,a,g_0}\;\sum_{i=1}^{2}\ell(f_i,y_i)+\frac{b}{2}\sum_j\bigl(|w_j|^2+a_j^2\bigr),\quad b=3
    f_i&=\sum_ja_j(w_j\cdot x_i)_++g_0
    \ell(f,y)&=\begin{cases}-t&t\le 0\\ t&0\le t\end{cases}\quad t=f-y
    """
    parts = {"g_0": problem.output_bias, "g": problem.skip}
    there = [name for name, part in parts.items() if part != NONE]
    unknowns = ",".join(["w", "a", *(["c"] if problem.free_bias else []), *there])
    weight = "o_i" if problem.weights else ""
    ridges = [rf"+\frac{{b}}{{2}}|{name}|^2" for name, part in parts.items() if part == PENALISED]
    cost = rf"\sum_{{i=1}}^{{{problem.data.n}}}{weight}\ell(f_i,y_i)+\frac{{b}}{{2}}\sum_j\bigl(|w_j|^2+a_j^2\bigr)"
    penalty = rational_latex(problem.penalty, digits)
    terms = {"g_0": "+g_0", "g": r"+g\cdot x_i"}
    inner = r"w_j\cdot x_i+c_j" if problem.free_bias else r"w_j\cdot x_i"
    lines = [
        rf"p^\star&=\min_{{{unknowns}}}\;{cost}{''.join(ridges)},\quad b={penalty}",
        rf"f_i&=\sum_ja_j({inner})_+{''.join(terms[name] for name in there)}",
        rf"\ell(f,y)&={_loss(problem.loss, digits)}",
    ]
    if problem.weights and problem.data.n <= MOST_LINES:
        lines.append(f"o&=({', '.join(rational_latex(weight, digits) for weight in problem.weights)})")
    return lines


def linear_lines(optimum: ProblemOptimum, digits: int) -> list[str]:
    """Return the linear part of the exact optimal network."""
    values = [real_latex(value, digits) for value in optimum.linear]
    first = optimum.problem.output_bias != NONE
    lines = [f"g_0&={values[0]}"] if first and values else []
    skip = values[first:]
    return [*lines, f"g&=({', '.join(skip)})"] if skip else lines


def _loss(loss: PiecewiseQuadratic | Logistic, digits: int) -> str:
    if isinstance(loss, Logistic):
        return r"\log(1+e^{-yf})"
    of = "yf" if loss.of == MARGIN else "f-y"
    points = [rational_latex(point, digits) for point in loss.breakpoints]
    if not points:
        return rf"{_polynomial(loss.pieces[0], digits)},\quad t={of}"
    ranges = [
        rf"t\le {points[0]}",
        *(rf"{a}\le t\le {b}" for a, b in pairwise(points)),
        rf"{points[-1]}\le t",
    ]
    cases = r"\\ ".join(f"{_polynomial(piece, digits)}&{where}" for piece, where in zip(loss.pieces, ranges, strict=True))
    return rf"\begin{{cases}}{cases}\end{{cases}}\quad t={of}"


def _polynomial(piece: Piece, digits: int) -> str:
    r"""Write q t^2 + l t + c.

    >>> from fractions import Fraction
    >>> _polynomial((Fraction(1, 2), Fraction(-1), Fraction(3)), 5), _polynomial((Fraction(0),) * 3, 5)
    ('\\frac{1}{2}t^2-t+3', '0')
    """
    text = ""
    for factor, power in zip(piece, ("t^2", "t", ""), strict=True):
        if factor:
            size = "" if abs(factor) == 1 and power else rational_latex(abs(factor), digits)
            text += f"{'-' if factor < 0 else '+' if text else ''}{size}{power}"
    return text or "0"
