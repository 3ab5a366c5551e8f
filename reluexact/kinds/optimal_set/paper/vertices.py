"""The section on the vertices of the optimal set."""

from __future__ import annotations

from reluexact.kinds.optimal_set.claim import OptimalSet
from reluexact.numbers.real import Real
from reluexact.tex.numbers import PLACES, number_latex
from reluexact.tex.text import chunks, plural, table

MOST_VERTICES = 15
"""So many vertices are printed; of more, the first five."""

COLUMNS = 5
"""Vertices side by side in a table."""


def section(best: OptimalSet) -> str:
    """Return the section."""
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
