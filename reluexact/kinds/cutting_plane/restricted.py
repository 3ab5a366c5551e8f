"""The programs whose neurons have given directions, in rational numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from reluexact.geometry.polytope import BoundedSystem
from reluexact.geometry.shortest import shortest
from reluexact.geometry.simplex import maximum
from reluexact.numbers.linalg import independent_rows, transpose
from reluexact.numbers.scalar import Scalar
from reluexact.numbers.types import Vector

_SLIGHT = Fraction(1, 1 << 40)


@dataclass(frozen=True, slots=True)
class Column:
    """A direction (rational, of at most length 1) with the sign of its output weight, and the outputs with this sign."""

    sign: int
    direction: Vector
    outputs: Vector


def cheapest(columns: Sequence[Column], targets: Vector) -> tuple[Vector, Vector]:
    """Return the amounts >= 0 of least sum whose outputs are the targets, and the dual point of this linear program.

    The dual point sees no column by more than 1, and the targets by the sum; it is 0 in rows that depend on others.

    >>> one, zero = Fraction(1), Fraction(0)
    >>> amounts, theta = cheapest([Column(1, (one,), (one, zero)), Column(1, (one,), (one, one))], (one, one))
    >>> [str(amount) for amount in amounts], sum(theta) == 1
    (['0', '1'], True)
    """
    rows = independent_rows(transpose([column.outputs for column in columns]))
    shown = [[column.outputs[row] for row in rows] for column in columns]
    system = BoundedSystem.of(shown, [targets[row] for row in rows], [None] * len(columns))
    best = maximum(system, [Scalar.of(-1)] * len(columns))
    if best is None:
        raise ArithmeticError("the directions of a network with these outputs do not give them")
    prices = dict(zip(rows, best.multipliers, strict=True))
    theta = tuple(-_rational(prices[row]) if row in prices else Fraction(0) for row in range(len(targets)))
    return tuple(map(_rational, best.at.point)), theta


def _rational(value: Scalar) -> Fraction:
    if value.rational is None:
        raise ArithmeticError("a rational linear program has a rational answer")
    return value.rational


def regularised(columns: Sequence[Column], targets: Vector, penalty: Fraction) -> tuple[Vector, Vector]:
    """Return amounts >= 0 that nearly minimise ``1/2 |outputs - targets|^2 + penalty sum``, and what is left of the targets.

    ``(g s + b / g)^2 / 2`` is ``b s``, a constant, and ``g^2 s^2 / 2``, which a small g makes slight: least squares alone.

    >>> amounts, rest = regularised([Column(1, (Fraction(1),), (Fraction(1),))], (Fraction(3),), Fraction(1))
    >>> float(amounts[0]), float(rest[0])
    (2.0, 1.0)
    """
    if not columns:
        return (), targets
    rows = [(*column.outputs, _SLIGHT) for column in columns]
    offset = (*(-entry for entry in targets), penalty / _SLIGHT)
    found = shortest(rows, offset, [(Fraction(0), None)] * len(columns))
    return found.coefficients, tuple(-entry for entry in found.vector[:-1])
