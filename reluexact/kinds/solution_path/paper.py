"""The section of a paper on the path: its breakpoints, the structure of its pieces, and the value where it has a formula."""

from __future__ import annotations

from fractions import Fraction

from reluexact.errors import LimitReached
from reluexact.evidence.status import Status
from reluexact.geometry.signs import sign_text
from reluexact.kinds.solution_path.claim import WORDS, Breakpoint, PathEvent, PathNeuron, SolutionPath
from reluexact.kinds.solution_path.latex import end_latex, value_lines
from reluexact.kinds.solution_path.views import counted_events
from reluexact.numbers.real import Real
from reluexact.tex.formulas import aligned, sign_latex
from reluexact.tex.numbers import PLACES, decimal_latex, inline_latex, number_latex
from reluexact.tex.text import display, escape, plural, table

MOST_GATE = 10
"""Rows of which a table shows on which side of each hyperplane a neuron lies."""

MOST_ROWS = 100
"""Breakpoints and pieces that the tables list."""

MOST_FORMULAS = 12
"""Formulas of the value under one another."""

DIGITS = 12


def section(path: SolutionPath) -> str:
    """Return the section."""
    parts = [_introduction(path)]
    if path.breakpoints:
        parts.append(_breakpoints(path))
    return "\n\n".join([*parts, _pieces(path), _value(path), _gaps(path)])


def _introduction(path: SolutionPath) -> str:
    count, low = len(path.breakpoints), decimal_latex(path.low)
    where = r" (Table~\ref{tab:breakpoints})" if count else ""
    several = sum(not piece.unique for piece in path.pieces)
    text = rf"""\section{{The path in the penalty}}
Now the penalty $b$ varies. The minimum $p^\star(b)$ is a concave, nondecreasing function of it, whose derivative is the sum of
the amounts $\alpha_k$ of any optimal network, and the residual is continuous \cite{{mishkin23}}. From $b={low}$ on there
{"is" if count == 1 else "are"} {plural(count, "penalty", "penalties")} at which the structure of the optimum changes{where}.
Between two of them the optimal neurons have the same signs, are active on the same rows and form the same pairs
(Table~\ref{{tab:pieces}}). """
    if path.status is Status.PROVED:
        text += "That there are no other breakpoints is proved, piece by piece."
    else:
        text += rf"What is listed is proved; the path as a whole is \textsc{{undecided}}: {escape(str(path.reason))}."
    if any(piece.unsettled for piece in path.pieces):
        text += r" Where the optimal set has a degenerate vertex, at single penalties, $m^\star$ is smaller than in the table."
    if several:
        what = "one piece" if several == 1 else plural(several, "piece")
        text += f" On {what} more than one network is optimal."
    return text


def _breakpoints(path: SolutionPath) -> str:
    shown = path.breakpoints[:MOST_ROWS]
    rows = [[str(k), f"${_penalty(point.penalty)}$", _events(path, point)] for k, point in enumerate(shown, start=1)]
    rest = len(path.breakpoints) - len(shown)
    more = rf"; {plural(rest, 'more')} \texttt{{reluexact path -{{}}-json}} lists" if rest else ""
    caption = rf"The breakpoints, and what happens there as the penalty falls{more}\label{{tab:breakpoints}}."
    return table(["$k$", "$b_k$", "event"], rows, r"rl>{\raggedright\arraybackslash}p{0.56\linewidth}", caption=caption)


def _penalty(value: Real) -> str:
    """Write a penalty exactly where that is short, else with as many digits as are known or found at once."""
    try:
        finer = value if value.is_rational or value.radical is not None else value.refined(DIGITS + 2)
    except LimitReached:
        finer = value
    return inline_latex(finer, DIGITS)


def _events(path: SolutionPath, point: Breakpoint) -> str:
    return "; ".join(counted_events(point, [_event(path, event) for event in point.events]))


def _event(path: SolutionPath, event: PathEvent) -> str:
    row = path.data.row_of(event.row) if event.row is not None else None
    where = "" if row is None else f" of row {row + 1}"
    return f"{WORDS[event.event]}{where} ({_neuron(path, event.neuron)})"


def _neuron(path: SolutionPath, neuron: PathNeuron) -> str:
    """Write a neuron by its sign and the sides of its hyperplanes, or the number of rows where it is active."""
    if path.data.given.n <= MOST_GATE:
        gate = "".join(path.data.per_row(sign_text(neuron.gate)))
        return rf"${sign_latex(neuron.sign)}$ \texttt{{{escape(gate)}}}"
    on = sum(side == "+" for side in path.data.per_row(sign_text(neuron.gate)))
    return f"${sign_latex(neuron.sign)}$ on {plural(on, 'row')}"


def _pieces(path: SolutionPath) -> str:
    shown = path.pieces[:MOST_ROWS]
    rows = [
        [
            f"${end_latex(path, piece.high, PLACES)}$",
            f"${end_latex(path, piece.low, PLACES)}$",
            "; ".join(_neuron(path, neuron) for neuron in piece.neurons) or "none",
            str(piece.pairs),
            str(piece.dimension),
            _count(piece.fewest),
            _count(piece.greatest),
        ]
        for piece in shown
    ]
    what = (
        "with its sign and, row by row, whether $x_i^{\\top}u$ is positive, 0 or negative"
        if path.data.given.n <= MOST_GATE
        else "with its sign and the number of rows where it is active"
    )
    caption = rf"The pieces of the path: every optimal neuron {what}; the dimension of the optimal set\label{{tab:pieces}}."
    headings = ["from", "to", "neurons", "pairs", r"$\dim$", r"$m^\star$", r"$M^\star$"]
    return table(headings, rows, r"ll>{\raggedright\arraybackslash}p{0.4\linewidth}rrrr", caption=caption)


def _count(value: int | None) -> str:
    return "--" if value is None else str(value)


def _value(path: SolutionPath) -> str:
    lines = [line for piece in path.pieces[:MOST_ROWS] for line in value_lines(path, piece, DIGITS)]
    if not lines:
        return "On no piece all directions stay fixed, so that the value has no formula as simple as a quadratic function."
    blocks = [aligned(lines[start : start + MOST_FORMULAS]) for start in range(0, len(lines), MOST_FORMULAS)]
    left = len(path.pieces) - len(lines)
    rest = f" On the other {plural(left, 'piece')} a neuron turns as the penalty changes." if left > 0 else ""
    text = "Where the directions of all neurons stay fixed, amounts and residual are affine functions of $b$, and the value is\n"
    return text + "\n".join(display(block) for block in blocks) + rest


def _gaps(path: SolutionPath) -> str:
    if not path.gaps:
        return ""
    shown = ", ".join(rf"$[{_gap(low)},\,{_gap(high)}]$" for low, high in path.gaps[:MOST_ROWS])
    return f"Nothing is claimed for penalties in {shown}."


def _gap(end: Fraction) -> str:
    return number_latex(Real.rational(end), PLACES)
