"""LaTeX of a sparsest spline."""

from __future__ import annotations

from fractions import Fraction

from reluexact.evidence.status import Status
from reluexact.kinds.sparsest_spline.claim import SparsestSpline
from reluexact.tex.formulas import MOST_LINES, aligned, status_line, written
from reluexact.tex.numbers import rational_latex


def latex(claim: object, digits: int) -> str:
    """Write the function: its line at the left, and the change of slope at every kink."""
    return written(claim, digits, {SparsestSpline: _spline})


def _spline(found: SparsestSpline, digits: int) -> str:
    status = status_line(found.status, str(found.reason))
    if found.status is not Status.PROVED:
        return aligned([status])
    start = _signed(found.fit[0], digits)
    start += f"{_signed(found.slope, digits)}{_shifted(found.places[0], digits)}" if found.slope else ""
    lines = [f"f(x)&={start.removeprefix('+')}"]
    lines += [rf"&\quad{_signed(kink.change, digits)}{_shifted(kink.at, digits)}_+" for kink in found.kinks[:MOST_LINES]]
    lines += [r"&\quad+\cdots"] if len(found.kinks) > MOST_LINES else []
    return aligned([*lines, status])


def _signed(value: Fraction, digits: int) -> str:
    return f"{'-' if value < 0 else '+'}{rational_latex(abs(value), digits)}"


def _shifted(place: Fraction, digits: int) -> str:
    return rf"\bigl(x{_signed(-place, digits)}\bigr)" if place else "(x)"
