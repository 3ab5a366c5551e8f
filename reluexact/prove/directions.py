"""Directions of proved neurons, and which of them are opposite."""

from __future__ import annotations

from fractions import Fraction

from reluexact.numbers.intervals import Interval
from reluexact.numbers.quadratic import Box
from reluexact.numbers.radicals import RadicalSum
from reluexact.numbers.real import Real
from reluexact.numbers.types import Vector
from reluexact.prove.identities import ResidualForms
from reluexact.prove.neurons import TightNeuron, Unproved, tight_direction
from reluexact.prove.structure import Kkt

SPARE_BITS = 16
"""Directions and amounts are rounded to so many bits less than the box has."""


def rounded(value: Interval, bits: int) -> Real:
    """Return a rational number as it is, an enclosure rounded outward."""
    if value.low == value.high:
        return Real.rational(value.low)
    wider = value.outward(max(bits, SPARE_BITS))
    return Real(low=wider.low, high=wider.high)


def unit_direction(kkt: Kkt, box: Box, neuron: TightNeuron) -> tuple[Real, ...]:
    """Enclose the unit direction of a tight neuron, exactly where it is known."""
    penalty = kkt.program.penalty
    fine = box.radius.denominator.bit_length()
    if neuron.constant is not None:
        return tuple(Real.of_radical(value.scaled(1 / penalty), fine) for value in neuron.constant)
    if neuron.enclosed is not None:
        pulls = (Interval(low=pull.low / penalty, high=pull.high / penalty) for pull in neuron.enclosed)
        return tuple(rounded(pull, fine - SPARE_BITS) for pull in pulls)
    side = -1 if neuron.role == "partner" else 1
    if len(neuron.basis) == 1:
        ray = neuron.basis[0]
        length = RadicalSum.root(1 / Fraction(sum(entry * entry for entry in ray)))
        return tuple(Real.of_radical(length.scaled(Fraction(side * entry)), fine) for entry in ray)
    if neuron.block is None:
        raise ArithmeticError("a neuron without a block must be a tie")
    amount = Interval.around(box.midpoint[kkt.amount(neuron.block)], box.spread)
    bits = fine - SPARE_BITS
    result = []
    for j, middle in enumerate(kkt.weights(neuron.block, box.midpoint)):
        spread = box.spread * sum(abs(vector[j]) for vector in neuron.basis)
        result.append(rounded(Interval.around(side * middle, spread).over(amount), bits))
    return tuple(result)


def near_direction(kkt: Kkt, box: Box, neuron: TightNeuron) -> Vector:
    """Return a rational vector near the neuron's direction times b (the enclosures live elsewhere)."""
    penalty = kkt.program.penalty
    if neuron.constant is not None:
        return tuple(sum(value.enclose(96), Fraction(0)) / (2 * penalty) for value in neuron.constant)
    if neuron.enclosed is not None:
        return tuple((pull.low + pull.high) / (2 * penalty) for pull in neuron.enclosed)
    if neuron.block is None:
        raise ArithmeticError("a neuron without a block must be a tie")
    amount = box.midpoint[kkt.amount(neuron.block)] * (-1 if neuron.role == "partner" else 1)
    return tuple(entry / amount for entry in kkt.weights(neuron.block, box.midpoint))


def partners(forms: ResidualForms, neurons: tuple[TightNeuron, ...]) -> tuple[int | None, ...]:
    """Return for every neuron the index of the one with equal sign and opposite direction, None where there is none.

    Raises Unproved when two directions look opposite and nothing shows whether they are: the structure lacks a pair.
    """
    places = {neuron.face: k for k, neuron in enumerate(neurons)}
    result: list[int | None] = []
    for k, neuron in enumerate(neurons):
        other = places.get(neuron.face.opposite())
        known = other is not None and (neuron.role in ("pair", "partner") or _opposite(forms, neuron, neurons[other], k))
        result.append(other if known else None)
    return tuple(result)


def _opposite(forms: ResidualForms, left: TightNeuron, right: TightNeuron, index: int) -> bool:
    """Decide whether two directions, of which at most one belongs to a pair, are opposite."""
    kkt, box = forms.kkt, forms.box
    pairs = list(zip(unit_direction(kkt, box, left), unit_direction(kkt, box, right), strict=True))
    if any(a.high + b.high < 0 or a.low + b.low > 0 for a, b in pairs):
        return False
    sums = [a.radical + b.radical for a, b in pairs if a.radical is not None and b.radical is not None]
    if len(sums) == len(pairs):
        return not any(value.sign() for value in sums)
    lines = (tight_direction(kkt.program, neuron.face, neuron.basis) for neuron in (left, right))
    if all(forms.vanishes([a + b for a, b in zip(*both, strict=True)]) for both in zip(*lines, strict=True)):
        return True
    raise Unproved(f"neuron {index} and another look opposite, but the structure does not pair them")
