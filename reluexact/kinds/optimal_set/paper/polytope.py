"""The section on the polytope of all optimal networks, with its equations."""

from __future__ import annotations

from reluexact.evidence.status import Status
from reluexact.kinds.minimum_network.claim import MinimumNetwork
from reluexact.kinds.optimal_set.claim import OptimalSet
from reluexact.kinds.optimal_set.polytope_formulas import PairForm, pair_form
from reluexact.tex.formulas import MOST_LINES
from reluexact.tex.numbers import PLACES, inline_latex, number_latex, real_latex
from reluexact.tex.text import chunks, display, escape, matrix, plural, table

MOST_ENTRIES = 5
"""Entries of a column of the equations that a table has."""


def section(best: OptimalSet, minimum: MinimumNetwork | None) -> str:
    """Return the section."""
    count = len(best.neurons)
    total = (
        rf"\mathcal P=\Bigl\{{\alpha\in\mathbb R^{{{count}}}:\;\alpha\ge 0,\;\sum_{{k=1}}^{{{count}}}\alpha_kf_k=\hat y\Bigr\}},"
    )
    text = rf"""\section{{All optimal networks}}
\begin{{theorem}}\label{{thm:set}}
The optimal networks of \eqref{{eq:network}} are, up to order and splitting of neurons, the points of the polytope
\begin{{equation}}\label{{eq:set}}
{total}\qquad f_k=s_k\,(Xu_k)_+,\quad\hat y=y-\theta.
\end{{equation}}
{_theorem(best, minimum)}
\end{{theorem}}
The polytope is that of \cite{{mishkin23,kim25}}, with every direction counted once although it may lie in several
cells."""
    if best.system is None:
        return text
    return text + "\n" + _equations(pair_form(best))


def _theorem(best: OptimalSet, minimum: MinimumNetwork | None) -> str:
    """Return what is proved of the polytope."""
    if best.status is not Status.PROVED:
        known = "" if best.dimension is None else rf"Its dimension is ${best.dimension}$. "
        if minimum is not None:
            known += rf"The fewest neurons are at least ${minimum.lower}$ and at most ${minimum.upper}$. "
        return rf"{known}Its vertices are not all known: {escape(best.reason)}.\status{{undecided}}"
    if best.dimension == 0:
        return (
            rf"It is a point: the optimal network is unique, with ${best.min_width}$ {_neurons(best.min_width)}.\status{{proved}}"
            if best.min_width
            else r"It is a point: only the zero network is optimal.\status{proved}"
        )
    least, most = best.min_width, best.max_vertex_width
    count = plural(len(best.vertices), "vertex", "vertices")
    text = rf"It has dimension ${best.dimension}$ and {count}. "
    if least == most:
        text += rf"Every minimal (irreducible) network has $m^\star=M^\star={least}$ {_neurons(least)}, and none has fewer."
    else:
        text += rf"The fewest neurons of an optimal network are $m^\star={least}$, "
        text += rf"the most of a minimal (irreducible) one $M^\star={most}$."
    return text + r"\status{proved}"


def _neurons(count: int | None) -> str:
    return "neuron" if count == 1 else "neurons"


def _equations(form: PairForm) -> str:
    """Return the reduced description: fixed amounts, pairs with their totals, the equations."""
    parts = []
    if form.fixed:
        lines = [rf"\alpha_{{{k + 1}}}={real_latex(value)}" for k, value in form.fixed]
        rows = [r",\quad ".join(lines[part.start : part.stop]) for part in chunks(len(lines), 3)]
        body = r",\\ ".join(rows)
        fixed = "On all of it" if form.variables else "Its only point is"
        parts.append(f"{fixed}\n" + display(rf"\begin{{gathered}}{body}\end{{gathered}}" if len(rows) > 1 else body, "."))
    if form.variables:
        parts.append(_variables(form))
    return "\n".join(parts)


def _variables(form: PairForm) -> str:
    height = len(form.right)
    pairs = any(variable.other is not None for variable in form.variables)
    why = (
        r"The features of the pairs (one of each) and the linear functions that pairs add are independent, so the total amount"
        r" $\tau$ of each pair is the same in all optimal networks, and only the share of its second member is free. "
        if pairs
        else ""
    )
    index = r"k'" if pairs else "k"
    chosen = rf"\alpha_{{{index}}}"
    what = rf"With the columns $e_{{{index}}}$ of Table~\ref{{tab:system}}, \eqref{{eq:set}} then is"
    if not height:
        return why + "There are no further equations.\n" + _variable_table(form)
    rule = rf"\sum_{{{index}}}{chosen}\,e_{{{index}}}=c"
    bounds = r",\qquad 0\le\alpha_{k'}\le\tau_{k'},\qquad\alpha_k=\tau_{k'}-\alpha_{k'}" if pairs else r",\qquad\alpha_k\ge 0"
    if any(variable.other is None for variable in form.variables) and pairs:
        bounds += r"\;\text{ (pairs)}"
    if height <= MOST_LINES:
        right = rf",\qquad c={matrix([[real_latex(value)] for value in form.right])}"
    else:
        right = rf",\qquad c\in\mathbb R^{{{height}}}"
    return f"{why}{what}\n{display(rule + bounds + right, '.')}\n{_variable_table(form)}"


def _variable_table(form: PairForm) -> str:
    pairs = any(variable.other is not None for variable in form.variables)
    shown = min(len(form.right), MOST_ENTRIES)
    index = "k'" if pairs else "k"
    headings = [
        *(["$k$", "$k'$", r"$\tau_{k'}$"] if pairs else ["$k$"]),
        *(rf"$(e_{{{index}}})_{{{i + 1}}}$" for i in range(shown)),
    ]
    if shown < len(form.right):
        headings[-1] += r"\;\dots"
    rows = []
    for variable in sorted(form.variables, key=lambda variable: variable.neuron if variable.other is None else variable.other):
        column = [f"${inline_latex(entry, PLACES)}$" for entry in variable.column[:shown]]
        if not pairs:
            rows.append([str(variable.neuron + 1), *column])
            continue
        other = "" if variable.other is None else str(variable.other + 1)
        total = "" if variable.total is None else f"${number_latex(variable.total, 10)}$"
        rows.append([other, str(variable.neuron + 1), total, *column])
    align = ("rrl" if pairs else "r") + "l" * shown
    caption = r"The free amounts and their columns in the equations\label{tab:system}."
    return table(headings, rows, align, caption=caption)
