"""LaTeX of what is proved about the rectified ellipsoid."""

from __future__ import annotations

from reluexact.evidence.status import Status
from reluexact.kinds.interpolation.latex import latex as interpolation_latex
from reluexact.kinds.rectified_ellipsoid.claim import FREE, CoordinateNeuron, HullMembership, RectifiedEllipsoid, SupportValue
from reluexact.tex.formulas import MOST_LINES, Writers, aligned, status_line, written
from reluexact.tex.numbers import rational_latex, real_latex, vector_latex

_SET = r"\mathcal{Q}&=\{(Xu)_+:\;|u|\le 1\}"


def latex(claim: object, digits: int) -> str:
    """Write the set, a value of its support function, a reach along a coordinate, or the gauge of a point."""
    writers: Writers = {
        SupportValue: _support,
        CoordinateNeuron: _coordinate,
        HullMembership: _membership,
        RectifiedEllipsoid: _ellipsoid,
    }
    return written(claim, digits, writers)


def _ellipsoid(ellipsoid: RectifiedEllipsoid, digits: int) -> str:
    return aligned([_SET + rf"\subset\mathbb{{R}}^{{{ellipsoid.data.n}}},\quad u\in\mathbb{{R}}^{{{ellipsoid.data.d}}}"])


def _support(found: SupportValue, digits: int) -> str:
    theta = r",\,".join(rational_latex(entry, digits) for entry in found.direction)
    lines = [rf"\theta&=({theta})", rf"\max_{{|u|\le 1}}\theta^\top(Xu)_+&={real_latex(found.value, digits)}"]
    neurons = found.neurons[:MOST_LINES]
    lines += [rf"u_{{{k}}}&={vector_latex(neuron.direction, digits)}" for k, neuron in enumerate(neurons, 1)]
    return aligned([*lines, status_line(Status.PROVED)])


def _coordinate(found: CoordinateNeuron, digits: int) -> str:
    i = found.row + 1
    kind = r"\operatorname{conv}" if found.hidden_bias == FREE else r"\operatorname{cone}"
    lines = [
        rf"c_{{{i}}}&=\operatorname{{dist}}\bigl(x_{{{i}}},\,{kind}\{{x_j:\,j\ne {i}\}}\bigr)={real_latex(found.value, digits)}"
    ]
    if found.neuron is not None:
        name = "(u,t)" if found.hidden_bias == FREE else "u"
        lines.append(rf"{name}&={vector_latex(found.neuron, digits)}")
    return aligned([*lines, status_line(Status.PROVED)])


def _membership(found: HullMembership, digits: int) -> str:
    return interpolation_latex(found.gauge, digits)


_WRITERS: Writers = {
    SupportValue: _support,
    CoordinateNeuron: _coordinate,
    HullMembership: _membership,
    RectifiedEllipsoid: _ellipsoid,
}
