"""The penalty of an event to any number of bits, and exactly where identities or short fractions give it.

The unknowns of the richer side and t solve its equations together with ``quantity = 0``, which is linear in the unknowns: a
square quadratic system, to which Krawczyk's test applies. Its solution is that of the path where it lies in the segment's tube.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from reluexact.evidence.path import Link, Vanishing
from reluexact.numbers.curves import derivative, greatest, value_at
from reluexact.numbers.linalg import dot
from reluexact.numbers.quadratic import Product, QuadraticSystem
from reluexact.numbers.radicals import RadicalSum
from reluexact.numbers.types import Bounds
from reluexact.prove.neurons import tight_direction
from reluexact.prove.path.coincidence import affine, zero_place
from reluexact.prove.path.identities import Exact
from reluexact.prove.path.link import event_of
from reluexact.prove.path.segment import ProvedSegment
from reluexact.prove.unproved import Unproved

ZERO, ONE = Fraction(0), Fraction(1)
SPARE_BITS = 32


def richer(upper: ProvedSegment, lower: ProvedSegment) -> tuple[ProvedSegment, Vanishing]:
    """Return the side of an event whose unknowns show it, and what vanishes there."""
    turn = event_of(upper.segment, lower.segment)
    if turn is None:
        raise Unproved("there is no event between the two segments")
    return lower if turn.lower_is_rich else upper, turn.leaders[0]


def refined(proved: ProvedSegment, item: Vanishing, link: Link, bits: int) -> Bounds:
    """Return bounds of the penalty at which an amount, a gate or a slack vanishes, about ``2^-bits`` apart; equal if short."""
    system, size = _with_place(proved, item), len(proved.path.system)
    place = proved.path.line.place((link.low + link.high) / 2)
    start = (*(value_at(curve.coefficients, place) for curve in proved.residual.unknowns), place)
    fine = bits + SPARE_BITS + max(0, proved.path.line.half.__ceil__().bit_length())
    point = system.newton(start, fine + 64)
    box = None if point is None else system.krawczyk(point, fine)
    if box is None:
        raise Unproved("Newton's method does not settle on the event")
    t, spread = box.midpoint[size], box.spread
    if not -1 <= t - spread <= t + spread <= 1:
        raise Unproved("the event that was found lies outside the segment")
    for curve, unique, entry in zip(proved.residual.unknowns, proved.tube.unique, box.midpoint[:size], strict=True):
        moves = greatest(derivative(curve.coefficients)) * spread
        if abs(entry - value_at(curve.coefficients, t)) + spread + moves > unique:
            raise Unproved("the event that was found is not proved to be that of the segment")
    return proved.path.line.penalty(t - spread), proved.path.line.penalty(t + spread)


def _with_place(proved: ProvedSegment, item: Vanishing) -> QuadraticSystem:
    """Return the equations of the segment with t as one more unknown, and that of what vanishes."""
    system = proved.path.system
    size = len(system)
    constants = [*system.constants, *[(ZERO,) * size] * (3 - len(system.constants))]
    linear = [(*line, slope) for line, slope in zip(system.linear, constants[1], strict=True)]
    row = proved.path.layout.quantity(item, proved.program.hyperplanes.normals)
    products = []
    for k, (weights, square) in enumerate(zip(system.weights, constants[2], strict=True)):
        lines: dict[int, list[Fraction]] = {}
        for weight, (i, j) in zip(weights, system.pairs, strict=True):
            if weight:
                lines.setdefault(i, [ZERO] * (size + 1))[j] += weight
        if square:
            lines.setdefault(size, [ZERO] * (size + 1))[size] += square
        products += [Product(equation=k, variable=i, constant=ZERO, row=tuple(entries)) for i, entries in lines.items()]
    return QuadraticSystem(constants=(*constants[0], ZERO), linear=(*linear, (*row, ZERO)), products=tuple(products))


def exact_penalty(upper: ProvedSegment, lower: ProvedSegment, link: Link) -> RadicalSum | None:
    """Return the penalty of an event where the identities of one side give it; None elsewhere."""
    for proved, end in ((lower, "high"), (upper, "low")):
        for item in proved.segment.at_end(end)[:1]:
            found = _exact(proved, item, link)
            if found is not None:
                return found
    return None


def _exact(proved: ProvedSegment, item: Vanishing, link: Link) -> RadicalSum | None:
    if proved.segment.drift:
        return None
    if item.what == "watched":
        return _exact_length(proved, item.index, link)
    value = proved.quantities.exact(item, proved.identities)
    place = None if value is None else zero_place(affine(proved, value))
    if place is None:
        return None
    line = proved.path.line
    return RadicalSum.rational(line.middle) + place.scaled(line.half)


def _exact_length(proved: ProvedSegment, watched: int, link: Link) -> RadicalSum | None:
    """Return b with ``|v| = b`` for a watched neuron whose v is known: on a ray v is affine, else it has to be constant."""
    neuron = proved.segment.watched[watched]
    lines = tight_direction(proved.program, neuron.face, neuron.basis)
    known = [proved.identities.exact(line) for line in lines]
    values = [value for value in known if value is not None]
    if len(values) < len(known):
        return None
    if not any(value.root.terms for value in values):
        return RadicalSum.root(sum((value.constant**2 for value in values), ZERO))
    if len(neuron.basis) > 1:
        return None
    length = RadicalSum.root(Fraction(dot(neuron.basis[0], neuron.basis[0])))
    total = Exact()
    for factor, value in zip(neuron.basis[0], values, strict=True):
        total = total.plus(Fraction(factor), value)
    found = [_quotient(RadicalSum.rational(total.constant).scaled(side), length - total.root.scaled(side)) for side in _SIDES]
    inside = [value for value in found if value is not None and _within(value, link)]
    return inside[0] if len(inside) == 1 else None


_SIDES: Sequence[Fraction] = (ONE, -ONE)


def _quotient(top: RadicalSum, bottom: RadicalSum) -> RadicalSum | None:
    inverse = bottom.inverse() if bottom.terms else None
    return None if inverse is None else top * inverse


def _within(value: RadicalSum, link: Link) -> bool:
    return (value - RadicalSum.rational(link.low)).sign() >= 0 and (RadicalSum.rational(link.high) - value).sign() >= 0
