"""LaTeX of a theorem and of what it says about the data."""

from __future__ import annotations

from reluexact.evidence.status import Status
from reluexact.kinds.theorem import orthogonal, rank_one, spike_free
from reluexact.kinds.theorem.claim import Theorem
from reluexact.tex.formulas import MOST_LINES, aligned, status_line, written
from reluexact.tex.neuron import neuron_latex
from reluexact.tex.numbers import rational_latex, real_latex
from reluexact.tex.text import escape

_STATEMENTS = {
    orthogonal.NAME: (
        r"x_i\cdot x_k&=0\;(i\ne k):\quad u_\pm=\sum_{\pm y_i>0}\frac{|y_i|\,x_i}{|x_i|^2t_\pm+b},\quad"
        r"\sum_{\pm y_i>0}\frac{|x_i|^2y_i^2}{(|x_i|^2t_\pm+b)^2}=1",
    ),
    rank_one.NAME: (
        r"x_i&=c_ia:\quad u_\pm=\frac{\pm a}{|a|},\quad"
        r"t_\pm=\frac{\max\bigl(|a|\,\bigl|\sum_{\pm c_i>0}|c_i|y_i\bigr|-b,\,0\bigr)}{|a|^2\sum_{\pm c_i>0}c_i^2}",
    ),
    spike_free.NAME: (r"p^\star&=\min_{Xp\ge0,\,Xq\ge0}\;\tfrac12\lVert X(p-q)-y\rVert^2+b\,(\lVert p\rVert+\lVert q\rVert)",),
}
"""The form of each theorem, with the amounts t of its neurons."""


def latex(claim: object, digits: int) -> str:
    """Write the theorem, the value and the neurons; without a theorem, which conditions fail."""
    return written(claim, digits, {Theorem: _theorem})


def _theorem(found: Theorem, digits: int) -> str:
    if found.name is None or found.value is None:
        lines = [rf"&\text{{{escape(c.theorem)}: {escape(c.reason)}}}" for c in found.conditions]
        return aligned([*lines, status_line(Status.UNDECIDED, "no theorem applies")])
    lines = [
        rf"b&={rational_latex(found.penalty, digits)}",
        *_STATEMENTS[found.name],
        rf"p^\star&={real_latex(found.value, digits)}",
    ]
    lines += [rf"&{k}:\;{neuron_latex(neuron, digits)}" for k, neuron in enumerate(found.neurons[:MOST_LINES], 1)]
    return aligned([*lines, status_line(Status.PROVED)])
