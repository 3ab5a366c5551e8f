"""LaTeX of every claim, one function per claim, all reached by :func:`latex`; the formulas parse in KaTeX's strict mode, too."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from reluexact.errors import InputError
from reluexact.evidence.neuron import Neuron
from reluexact.evidence.status import Status
from reluexact.kinds.connectivity.configuration import Configuration
from reluexact.kinds.connectivity.path import OptimalPath
from reluexact.kinds.connectivity.staircase import Staircase
from reluexact.kinds.descent_path.claim import WayDown
from reluexact.kinds.membership.claim import Verdict
from reluexact.kinds.minimum_network.claim import MinimumNetwork
from reluexact.kinds.optimal_set.claim import OptimalSet
from reluexact.kinds.optimal_set.point import Point
from reluexact.kinds.optimal_set.polytope import PairForm, pair_form
from reluexact.kinds.optimal_set.vertex import Vertex
from reluexact.kinds.optimum.claim import Optimum
from reluexact.kinds.selection.claim import Selection
from reluexact.kinds.stationary_graph.claim import StationaryGraph, StationaryNode
from reluexact.kinds.width_optimum.claim import WidthCurve, WidthOptimum
from reluexact.latex.landscape import curve_latex, graph_latex, node_latex, way_latex, width_latex
from reluexact.latex.numbers import DIGITS, rational_latex, real_latex, vector_latex
from reluexact.latex.text import chunks, escape, matrix
from reluexact.numbers.rational import to_count
from reluexact.numbers.real import MAX_DIGITS, Real

MOST_COLUMNS = 5
"""Entries of a row of a matrix, and numbers on one line."""

MOST_LINES = 12
"""Neurons, and half as many vertices, that a formula lists; dots stand for the rest."""


def latex(claim: object, digits: int = DIGITS) -> str:
    r"""Return a claim as one LaTeX formula, without dollar signs; numbers without a short exact form get ``digits`` digits.

    >>> latex(Real.rational(7))
    '7'
    """
    count = to_count(digits, where="digits", most=MAX_DIGITS)
    for kind, write in _WRITERS.items():
        if isinstance(claim, kind):
            return write(claim, count)
    raise InputError(f"latex: a {type(claim).__name__} has no formula; pass an Optimum, an OptimalSet or a part of one")


def status_latex(status: Status, reason: str = "") -> str:
    r"""Write a status, with the reason of UNDECIDED.

    >>> status_latex(Status.PROVED)
    '\\text{PROVED}'
    """
    return rf"\text{{{status.name}{': ' if reason else ''}{escape(reason)}}}"


def _neuron(neuron: Neuron, digits: int) -> str:
    amount = "" if neuron.amount is None else rf",\quad \alpha={real_latex(neuron.amount, digits)}"
    return rf"s={_sign(neuron)}1,\quad u={vector_latex(neuron.direction, digits)}{amount}"


def _optimum(optimum: Optimum, digits: int) -> str:
    lines = [bounds_latex(optimum, digits)]
    shown = optimum.neurons if len(optimum.neurons) <= MOST_LINES else optimum.neurons[: MOST_LINES - 1]
    for k, neuron in enumerate(shown):
        lines.append(rf"s_{{{k + 1}}}&={_sign(neuron)}1,& u_{{{k + 1}}}&={vector_latex(neuron.direction, digits)}")
    if len(shown) < len(optimum.neurons):
        last = len(optimum.neurons)
        lines += [
            r"&\;\;\vdots",
            rf"s_{{{last}}}&={_sign(optimum.neurons[-1])}1,& u_{{{last}}}&="
            + vector_latex(optimum.neurons[-1].direction, digits),
        ]
    return _aligned([*lines, rf"&{status_latex(optimum.status, optimum.reason)}"])


def bounds_latex(optimum: Optimum, digits: int) -> str:
    """Return the optimal value, or the bounds of one that is not proved, as a line of an aligned formula."""
    if optimum.status is Status.PROVED:
        return rf"p^\star&={real_latex(optimum.value, digits)}"
    return rf"p^\star&\in[{rational_latex(optimum.lower, digits)},\,{rational_latex(optimum.upper, digits)}]"


def _vertex(vertex: Vertex | Point, digits: int) -> str:
    return amounts_latex(vertex.amounts, vertex.support, digits)


def amounts_latex(amounts: Sequence[Real], support: Sequence[int], digits: int) -> str:
    """Write the amounts that are not 0."""
    if not support:
        return r"\alpha=0"
    texts = [rf"\alpha_{{{k + 1}}}={real_latex(amounts[k], digits)}" for k in support]
    lines = [r",\;".join(texts[part.start : part.stop]) for part in chunks(len(texts), MOST_COLUMNS)]
    return lines[0] if len(lines) == 1 else r"\begin{gathered}" + r",\\ ".join(lines) + r"\end{gathered}"


def _optimal_set(best: OptimalSet, digits: int) -> str:
    count = len(best.neurons)
    total = "0" if count == 0 else r"\textstyle\sum_k \alpha_k f_k"
    lines = [rf"\mathcal{{P}}&=\Bigl\{{\alpha\in\mathbb{{R}}_{{\ge 0}}^{{{count}}}:{total}=\hat y\Bigr\}}"]
    if best.system is not None:
        lines += pair_lines(pair_form(best), min(digits, 8))
    if best.dimension is not None:
        lines.append(rf"\dim\mathcal{{P}}&={best.dimension}")
    if best.status is Status.PROVED:
        widths = rf"m^\star={best.min_width},\quad M^\star={best.max_vertex_width}"
        lines.append(rf"\lvert\operatorname{{vert}}\mathcal{{P}}\rvert&={len(best.vertices)},\quad {widths}")
        shown = best.vertices if len(best.vertices) <= MOST_LINES // 2 else best.vertices[: MOST_LINES // 2 - 1]
        lines += [rf"\alpha^{{({k + 1})}}&:\;{_vertex(vertex, min(digits, 8))}" for k, vertex in enumerate(shown)]
        if len(shown) < len(best.vertices):
            lines.append(r"&\;\;\vdots")
    return _aligned([*lines, rf"&{status_latex(best.status, best.reason)}"])


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
    """Write a matrix times the vector of variables, at most six columns on a line; only the shape of a big matrix."""
    count, height = len(form.variables), len(form.right)
    if count > MOST_COLUMNS * 4 or height > MOST_LINES:
        return [rf"E\,\alpha_V&=c,\quad E\in\mathbb{{R}}^{{{height}\times {count}}}"]
    lines = []
    for part in chunks(count, MOST_COLUMNS):
        some = form.variables[part.start : part.stop]
        table = [[real_latex(variable.column[i], digits) for variable in some] for i in range(height)]
        text = matrix(table) + matrix([[rf"\alpha_{{{variable.neuron + 1}}}"] for variable in some])
        lines.append(text if part.start == 0 else "{}+" + text)
    return [*lines[:-1], rf"{lines[-1]}&={column_latex(form.right, digits)}"]


def column_latex(values: Sequence[Real], digits: int) -> str:
    """Return a column vector."""
    return matrix([[real_latex(value, digits)] for value in values])


def _minimum_network(found: MinimumNetwork, digits: int) -> str:
    known = rf"m^\star&={found.upper}" if found.status is Status.PROVED else rf"m^\star&\in[{found.lower},\,{found.upper}]"
    lines = [known, rf"&{amounts_latex(found.amounts, found.support, digits)}"]
    return _aligned([*lines, rf"&{status_latex(found.status, found.reason)}"])


def _staircase(stairs: Staircase, _: int) -> str:
    rows = [[str(step.width), rf"\text{{{escape(step.text)}}}"] for step in stairs.steps]
    body = r"\\ ".join(" & ".join(row) for row in [["m", r"\text{optimal networks of width }m"], *rows])
    return rf"\begin{{array}}{{rl}}{body}\end{{array}}"


def _selection(found: Selection, digits: int) -> str:
    value = "" if found.value is None else rf"={real_latex(found.value, digits)}"
    lines = [rf"&\text{{{escape(found.criterion)}}}{value}"]
    if found.status is Status.PROVED:
        lines.append(f"&{amounts_latex(found.amounts, found.support, digits)}")
    return _aligned([*lines, rf"&{status_latex(found.status, found.reason)}"])


def _verdict(verdict: Verdict, digits: int) -> str:
    lines = [rf"&\text{{{escape(verdict.statement)}}}", rf"&\text{{objective}}-p^\star={real_latex(verdict.excess, digits)}"]
    return _aligned([*lines, rf"&{status_latex(verdict.status, verdict.reason)}"])


def _path(path: OptimalPath, digits: int) -> str:
    """Write the networks at the ends of the pieces, at the times that ``path.at`` takes."""
    lines = [rf"&\text{{{escape(path.statement)}}}"]
    if path.pieces:
        stops = [path.start, *(piece.end for piece in path.pieces)]
        shown = stops if len(stops) <= MOST_LINES else stops[: MOST_LINES - 1]
        lines.append(r"&\text{each slot: its amount, [its neuron, counted from 1]}")
        times = [rational_latex(Fraction(k, len(path.pieces))) for k in range(len(shown))]
        lines += [rf"t={time}&:\;{_slots(stop, digits)}" for time, stop in zip(times, shown, strict=True)]
        if len(shown) < len(stops):
            lines.append(r"&\;\;\vdots")
    return _aligned([*lines, rf"&{status_latex(path.status, path.reason)}"])


def _slots(network: Configuration, digits: int) -> str:
    """Write the slots of a network in their order."""
    texts = [
        "0" if slot.neuron is None else rf"{real_latex(slot.amount, min(digits, 6))}\,[{slot.neuron + 1}]"
        for slot in network.slots
    ]
    return r"(" + r",\;".join(texts) + ")"


def _real(value: Real, digits: int) -> str:
    return real_latex(value, digits)


def _sign(neuron: Neuron) -> str:
    return "+" if neuron.sign > 0 else "-"


def _aligned(lines: Sequence[str]) -> str:
    return r"\begin{aligned}" + r"\\ ".join(lines) + r"\end{aligned}"


_WRITERS: dict[type, Callable[[Any, int], str]] = {
    Real: _real,
    Neuron: _neuron,
    Optimum: _optimum,
    Vertex: _vertex,
    Point: _vertex,
    OptimalSet: _optimal_set,
    MinimumNetwork: _minimum_network,
    Staircase: _staircase,
    Selection: _selection,
    Verdict: _verdict,
    OptimalPath: _path,
    StationaryNode: node_latex,
    StationaryGraph: graph_latex,
    WidthOptimum: width_latex,
    WidthCurve: curve_latex,
    WayDown: way_latex,
}
"""A new claim enters its function here."""
