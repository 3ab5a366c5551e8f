"""LaTeX of paths of optimal networks, and of the optimal networks width by width."""

from __future__ import annotations

from fractions import Fraction

from reluexact.kinds.connectivity.configuration import Configuration
from reluexact.kinds.connectivity.path import OptimalPath
from reluexact.kinds.connectivity.staircase import Staircase
from reluexact.tex.formulas import MOST_LINES, aligned, status_line, written
from reluexact.tex.numbers import rational_latex, real_latex
from reluexact.tex.text import escape

FEW_DIGITS = 6
"""At most so many digits of the amounts of a network on a path."""


def latex(claim: object, digits: int) -> str:
    """Write a path at the ends of its pieces, or a staircase as a table."""
    return written(claim, digits, {Staircase: _staircase, OptimalPath: _path})


def _staircase(stairs: Staircase, _: int) -> str:
    rows = [[str(step.width), rf"\text{{{escape(step.text)}}}"] for step in stairs.steps]
    body = r"\\ ".join(" & ".join(row) for row in [["m", r"\text{optimal networks of width }m"], *rows])
    return rf"\begin{{array}}{{rl}}{body}\end{{array}}"


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
    return aligned([*lines, status_line(path.status, path.reason)])


def _slots(network: Configuration, digits: int) -> str:
    """Write the slots of a network in their order."""
    texts = [
        "0" if slot.neuron is None else rf"{real_latex(slot.amount, min(digits, FEW_DIGITS))}\,[{slot.neuron + 1}]"
        for slot in network.slots
    ]
    return r"(" + r",\;".join(texts) + ")"
