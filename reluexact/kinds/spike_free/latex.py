"""LaTeX of spike-free data, and of the training problem with the all-ones pattern only."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from reluexact.evidence.status import Status
from reluexact.kinds.spike_free.claim import AllOnes, SpikeFree
from reluexact.tex.formulas import aligned, status_line, written
from reluexact.tex.numbers import rational_latex, real_latex


def latex(claim: object, digits: int) -> str:
    """Write the answer with its proof: an inverse of a Gram matrix, or a direction with a vector that separates."""
    return written(claim, digits, {SpikeFree: _spike_free, AllOnes: _all_ones})


def _row(entries: Sequence[Fraction], digits: int) -> str:
    return "(" + r",\,".join(rational_latex(entry, digits) for entry in entries) + ")"


def _spike_free(found: SpikeFree, digits: int) -> str:
    if found.status is Status.PROVED:
        lines = [r"\forall u\;\exists z:\;(Xu)_+&=Xz,\quad |z|\le|u|"]
        if found.inverse:
            body = r"\\ ".join(" & ".join(rational_latex(entry, digits) for entry in line) for line in found.inverse)
            lines.append(rf"\bigl(\tilde X\tilde X^\top\bigr)^{{-1}}&=\begin{{pmatrix}}{body}\end{{pmatrix}}")
    else:
        u, v = _row(found.direction, digits), _row(found.separating, digits)
        lines = [rf"u&={u}", rf"v&={v}", r"v^\top(Xu)_+&>|X^\top v|\,|u|"]
    return aligned([*lines, status_line(found.status, found.reason)])


def _all_ones(found: AllOnes, digits: int) -> str:
    problem = r"\min_{Xw_\pm\ge 0}\;\tfrac12|X(w_+-w_-)-y|^2+b\,(|w_+|+|w_-|)"
    penalty = rational_latex(found.graph.penalty, digits)
    lines = [rf"{problem}&={real_latex(found.value, digits)}", rf"b&={penalty}"]
    return aligned([*lines, rf"&\text{{optimal among all networks: {found.optimal.name}}}"])
