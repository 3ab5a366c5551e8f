"""The numbers of a sensitivity: derivatives of the parts of an optimum, and where more digits of one come from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from reluexact.numbers.scalar import Scalar, Undecided
from reluexact.prove.certified import CertifiedPoint
from reluexact.prove.derivatives import Change, Moves, moves, value_move
from reluexact.prove.linearized import Linearized

Part = tuple[str, int, int]
"""value, fit (row of the given data), total, amount (neuron), direction or weight (neuron, entry), with two indices."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DerivativeOf:
    """The origin of a derivative: of which part, along which change of the data."""

    point: CertifiedPoint
    change: Change
    part: Part


def derivative_at(origin: DerivativeOf, bits: int) -> Scalar:
    """Enclose a derivative over a box of so many bits."""
    while True:
        system = Linearized(origin.point.refined(bits))
        try:
            if origin.part[0] == "value":
                return value_move(system, origin.change)
            (moved,) = moves(system, [origin.change])
            return PARTS[origin.part[0]](system, moved, *origin.part[1:])
        except Undecided:
            bits *= 2


def given_row(system: Linearized, row: int) -> tuple[tuple[int, Fraction], ...]:
    """Return the rows of the plain data that a given row stands for, with their factors."""
    copies = system.point.kkt.program.data.copies
    if copies is None:
        return ((row, Fraction(1)),)
    pairs = enumerate(zip(copies.rows, copies.factors, strict=True))
    return tuple((c, factor) for c, (known, factor) in pairs if known == row)


def fit_part(system: Linearized, moved: Moves, row: int, _: int) -> Scalar:
    """Return the derivative of the fit of a given row."""
    (copy, factor), *_rest = given_row(system, row)
    return moved.fit[copy] if factor == 1 else moved.fit[copy] / Scalar.of(factor, system.bits)


def total_part(system: Linearized, moved: Moves, neuron: int, _: int) -> Scalar:
    """Return the derivative of the amount of a neuron and, where it is paired, its partner."""
    return moved.amounts[_block(system, neuron)]


def amount_part(system: Linearized, moved: Moves, neuron: int, _: int) -> Scalar:
    """Return the derivative of the amount of a neuron, where that is unique."""
    block = _block(system, neuron)
    second = (moved.partners or {}).get(block)
    if system.point.neurons[neuron].role == "free" or second is None:
        return moved.amounts[block]
    return second if system.point.neurons[neuron].role == "partner" else moved.amounts[block] - second


def direction_part(system: Linearized, moved: Moves, neuron: int, entry: int) -> Scalar:
    """Return the derivative of an entry of a neuron's unit direction."""
    found = moved.directions[_block(system, neuron)][entry]
    return -found if system.point.neurons[neuron].role == "partner" and not found.is_zero else found


def weight_part(system: Linearized, moved: Moves, neuron: int, entry: int) -> Scalar:
    """Return the derivative of an entry of amount times direction, where the amount is unique."""
    block = system.blocks[_block(system, neuron)]
    side = Scalar.of(-1 if system.point.neurons[neuron].role == "partner" else 1)
    turned, grown = direction_part(system, moved, neuron, entry), amount_part(system, moved, neuron, 0)
    return amount_of(system, moved, neuron) * turned + grown * side * block.direction[entry]


def amount_of(system: Linearized, moved: Moves, neuron: int) -> Scalar:
    """Return the amount of a neuron, where it is unique."""
    role, block = system.point.neurons[neuron].role, _block(system, neuron)
    total = system.blocks[block].amount
    second = None if moved.split is None else moved.split.amounts.get(block)
    if role == "free" or second is None:
        return total
    return second if role == "partner" else total - second


def _block(system: Linearized, neuron: int) -> int:
    block = system.point.neurons[neuron].block
    if block is None:
        raise ArithmeticError("a tie has no block")
    return block


PARTS: dict[str, Callable[[Linearized, Moves, int, int], Scalar]] = {
    "fit": fit_part,
    "total": total_part,
    "amount": amount_part,
    "direction": direction_part,
    "weight": weight_part,
}
