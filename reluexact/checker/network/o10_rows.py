"""O10 and the value in version 2: where the rows lie on their losses, and the dual value there."""

from __future__ import annotations

from fractions import Fraction

from ..document import Item
from ..quantities import ONE, ZERO, Interval
from ..radicals import Constant, Form, enclose, lies_in, plus
from .laws import Extension, Law
from .proof import Proof


def o10_rows(proof: Proof, extension: Extension) -> None:
    """O10: a fit on a piece lies between its ends, theta at a breakpoint between the slopes; the fit of a pinned row is there."""
    for i, (law, item) in enumerate(zip(extension.laws, proof.evidence["rows"].entries(), strict=True)):
        place = proof.fit(i) if law.level is None else proof.entry(i)
        if not between(proof, place, law.low, law.high):
            what = "the fit" if law.level is None else "theta"
            raise item.reject(f"O10: {what} of row {i} is not proved to lie between the ends of its place")
        fixed = (i in extension.pins or i in extension.tied) and law.level is not None
        if fixed and proof.known(proof.fit(i).plus(-(law.level or ZERO), proof.constant(ONE))) != {}:
            raise item.reject(f"O10: the fit of row {i}, whose theta is pinned, is not known to be at its breakpoint")


def between(proof: Proof, form: Form, low: Fraction | None, high: Fraction | None) -> bool:
    """Prove ``low <= form <= high`` for every point of the box that satisfies the known identities; None: no such bound."""
    minus = Form([-entry for entry in form.coefficients], plus({}, -ONE, form.constant))
    above = low is None or proof.not_negative(form.plus(-low, proof.constant(ONE)))
    return above and (high is None or proof.not_negative(minus.plus(high, proof.constant(ONE))))


def extended_value(proof: Proof, extension: Extension, claimed: Interval, item: Item) -> None:
    """Demand ``-sum_i L_i*(-theta_i) - sum_k ridge_k g_k^2 / 2`` in its box: for the whole box, or known exactly."""
    first = proof.omegas + len(proof.lineality)
    terms = [(dual_parts(law), proof.entry(i)) for i, law in enumerate(extension.laws)]
    terms += [((ZERO, ZERO, -ridge / 2), proof.unknown(place, [ONE])) for place, (_, ridge) in enumerate(extension.linear, first)]
    total: Constant = {}
    low = high = ZERO
    for parts, form in terms:
        constant, linear, square = parts
        value = proof.known(form) if linear or square else {}
        if value is None:
            ends = quadratic(parts, proof.enclosure(form))
            low, high = low + ends[0], high + ends[1]
        else:
            total = plus(total, constant, {1: ONE})
            total = plus(plus(total, linear, value), square, proof.radicals.times(value, value))
    if low or high:
        ends = enclose(total, 64 + proof.radius.denominator.bit_length())
        if claimed[0] > low + ends[0] or high + ends[1] > claimed[1]:
            raise item.reject("the optimal value is not proved to lie in this box")
    elif not lies_in(total, claimed):
        raise item.reject("the optimal value is not in this box")


def dual_parts(law: Law) -> tuple[Fraction, Fraction, Fraction]:
    """Return (c, l, q) with ``min_f (L(f) + theta f) = c + l theta + q theta^2`` for the theta of this place."""
    if law.level is not None:
        return law.constant, law.level, ZERO
    if not law.curve:
        return law.constant, ZERO, ZERO
    square = -1 / (2 * law.curve)
    return law.constant + square * law.slope**2, 2 * square * law.slope, square


def quadratic(parts: tuple[Fraction, Fraction, Fraction], inside: Interval) -> Interval:
    """Enclose ``c + l t + q t^2`` for t in an interval."""
    constant, linear, square = parts
    ends = [constant + (linear + square * t) * t for t in inside]
    if square and inside[0] < -linear / (2 * square) < inside[1]:
        ends.append(constant - linear * linear / (4 * square))
    return min(ends), max(ends)
