"""The sections on the optimal set, its vertices, the widths, and the list of statements with their proof status."""

from __future__ import annotations

from reluexact.evidence.status import Status
from reluexact.kinds.connectivity.staircase import Staircase
from reluexact.kinds.minimum_network.claim import MinimumNetwork
from reluexact.kinds.optimal_set.claim import OptimalSet
from reluexact.kinds.optimal_set.paper_optimum import PLACES
from reluexact.kinds.optimal_set.polytope import PairForm, pair_form
from reluexact.latex.formulas import MOST_LINES
from reluexact.latex.numbers import inline_latex, number_latex, real_latex
from reluexact.latex.text import chunks, display, escape, matrix, plural, table
from reluexact.numbers.real import Real

MOST_VERTICES = 15
"""So many vertices are printed; of more, the first five."""

COLUMNS = 5
"""Vertices side by side in a table, and entries of a column of the equations."""


def sections(best: OptimalSet, *, minimum: MinimumNetwork | None = None, staircase: Staircase | None = None) -> list[str]:
    """Return the sections on the set, its vertices and the widths; nothing for the zero network."""
    if not best.neurons:
        return []
    parts = [_set(best, minimum)]
    used = any(vertex.support for vertex in best.vertices)
    if used and (best.dimension or (best.system is not None and best.system.polytope.columns)):
        parts.append(_vertices(best))
    if staircase is not None:
        parts.append(_staircase(staircase))
    return parts


def _set(best: OptimalSet, minimum: MinimumNetwork | None) -> str:
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
    shown = min(len(form.right), COLUMNS)
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


def _vertices(best: OptimalSet) -> str:
    count = len(best.vertices)
    shown = best.vertices if count <= MOST_VERTICES else best.vertices[:COLUMNS]
    if count == 1:
        intro = "The only point of the optimal set is the network of Table~\\ref{tab:vertices}."
    elif len(shown) == count:
        where = r"Table~\ref{tab:vertices} lists" if count <= COLUMNS else r"Table~\ref{tab:vertices} and those after it list"
        intro = f"{where} the {count} vertices: the optimal networks whose features are independent."
    else:
        intro = (
            rf"The vertices are the optimal networks whose features are independent. Table~\ref{{tab:vertices}} shows"
            rf" {len(shown)} of the {count}; \texttt{{reluexact set -{{}}-json}} prints all of them."
        )
    used = [k for k in range(len(best.neurons)) if any(k in vertex.support for vertex in shown)]
    tables = []
    for part in chunks(len(shown), COLUMNS):
        headings = ["$k$", *(rf"$\alpha^{{({v + 1})}}$" for v in part)]
        rows = [[str(k + 1), *(_amount(shown[v].amounts[k], k in shown[v].support) for v in part)] for k in used]
        widths = ["neurons", *(str(shown[v].width) for v in part)] if count > 1 else []
        label = r"\label{tab:vertices}" if part.start == 0 else ""
        caption = ("Amounts at the vertices" if count > 1 else "The amounts of the optimal network") + label + "."
        align = "r" + "l" * len(part)
        tables.append(table(headings, rows, align, caption=caption, foot=widths))
    widths_text = _widths(best) if count > 1 else ""
    return "\n".join([r"\section{The vertices}" if count > 1 else r"\section{The optimal network}", intro, widths_text, *tables])


def _amount(value: Real, used: bool) -> str:
    return f"${number_latex(value, PLACES)}$" if used else r"$\cdot$"


def _widths(best: OptimalSet) -> str:
    sizes = sorted({vertex.width for vertex in best.vertices})
    counts = [(size, sum(vertex.width == size for vertex in best.vertices)) for size in sizes]
    listed = [f"{plural(count, 'vertex', 'vertices')} with {plural(size, 'neuron')}" for size, count in counts]
    before, last = listed[:-1], listed[-1]
    text = f"{', '.join(before)} and {last}" if before else last
    return f"There {'is' if counts[0][1] == 1 else 'are'} {text}."


def _staircase(stairs: Staircase) -> str:
    rows = [[str(step.width), escape(step.text), step.proof] for step in stairs.steps]
    caption = r"The optimal networks of each width, as a subset of the space of weights\label{tab:widths}."
    body = table(["width", "optimal networks", "proved by"], rows, "rll", caption=caption)
    return (
        "\\section{The optimal networks of one width}\nWith order and splitting of neurons counted, the optimal networks of width"
        f" $m$ form a set whose components change with $m$ \\cite{{kim25}}: see Table~\\ref{{tab:widths}}.\n{body}"
    )


def statements(best: OptimalSet, *, minimum: MinimumNetwork | None = None) -> list[str]:
    """Return the section that lists what is claimed, how it is known, and its status."""
    proved = r"\textsc{proved}"
    rows = [
        (r"$p^\star$ is the minimum over networks of every width", "certificate, obligations O1 to O9", proved),
        (r"the residual $\theta$ is unique", "strict convexity of the dual", proved),
        (r"every neuron with $s\,\theta^{\top}(Xu)_+=b$ is listed, and no other", "two branch trees, one per sign", proved),
    ]
    status = rf"\textsc{{{best.status.name.lower()}}}"
    if best.neurons:
        if best.dimension is not None:
            rows.append((rf"$\dim\mathcal P={best.dimension}$", "exact signs, or enclosures without 0", proved))
        rows.append(("the list of vertices is complete", "every edge ends in a listed vertex", status))
        if best.status is Status.PROVED:
            rows.append((rf"$m^\star={best.min_width}$, $M^\star={best.max_vertex_width}$", "the list of vertices", proved))
            unique = "the optimal network is unique" if best.dimension == 0 else "the optimal network is not unique"
            rows.append((unique, r"$\dim\mathcal P$", proved))
    if minimum is not None and minimum.status is not Status.PROVED:
        rows.append((rf"${minimum.lower}\le m^\star\le {minimum.upper}$", escape(minimum.reason), proved))
    caption = r"The statements, and what each is known by\label{tab:statements}."
    body = table(["statement", "known by", "status"], rows, r"p{0.45\linewidth}p{0.36\linewidth}l", caption=caption)
    text = (
        "Table~\\ref{tab:statements} lists what this document says of the problem. Proved statements hold for the exact data;"
        " no tolerance decided any of them."
    )
    return ["\\section{What is proved}\n" + text + "\n\n" + body]
