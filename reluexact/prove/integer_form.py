"""The function of one sign in whole numbers, so that thousands of columns are judged exactly without fractions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from operator import mul

from reluexact.evidence.tree import Multipliers
from reluexact.geometry.signs import Cell, side_sign
from reluexact.prove.form import Form

Whole = tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IntegerForm:
    """The form ``l.u + sum_h k_h (n_h.u)+``: ``linear`` (l), ``normals`` (n_h) and ``pieces`` (k_h n_h) as multiples of 1/unit.

    >>> one, half = Fraction(1), Fraction(1, 2)
    >>> plane = IntegerForm.of(Form(normals=((one, half),), kinks=(Fraction(3),), linear=(half, one)))
    >>> plane.unit, plane.gradient((True,)), plane.gradient((False,))
    (2, (7, 5), (1, 2))
    >>> plane.is_below((True,), (), Fraction(5)), plane.is_above((True,), (one, one), Fraction(4))
    (True, True)
    """

    unit: int
    linear: Whole
    normals: tuple[Whole, ...]
    pieces: tuple[Whole, ...]

    @classmethod
    def of(cls, form: Form) -> IntegerForm:
        """Convert exactly."""
        pieces = [[kink * entry for entry in normal] for kink, normal in zip(form.kinks, form.normals, strict=True)]
        vectors = [form.linear, *form.normals, *pieces]
        unit = lcm(*(entry.denominator for vector in vectors for entry in vector))
        whole = [_whole(vector, unit) for vector in vectors]
        count = len(form.normals)
        return cls(unit=unit, linear=whole[0], normals=tuple(whole[1 : 1 + count]), pieces=tuple(whole[1 + count :]))

    def gradient(self, cell: Cell) -> Whole:
        """Return the vector of the linear function that the form is on a cell, times ``unit``."""
        return tuple(map(sum, zip(self.linear, *(piece for piece, on in zip(self.pieces, cell, strict=True) if on), strict=True)))

    def is_below(self, cell: Cell, rho: Multipliers, room: Fraction) -> bool:
        """Say whether the gradient, plus multipliers >= 0 times inward normals of the cell, is shorter than ``room``."""
        if room <= 0 or any(value < 0 for _, value in rho):
            return False
        common = lcm(*(value.denominator for _, value in rho))
        vector = [common * entry for entry in self.gradient(cell)]
        for hyperplane, value in rho:
            factor = value.numerator * (common // value.denominator) * side_sign(cell[hyperplane])
            vector = [a + factor * b for a, b in zip(vector, self.normals[hyperplane], strict=True)]
        length = sum(map(mul, vector, vector)) * room.denominator**2
        return bool(length < (room.numerator * common * self.unit) ** 2)

    def is_above(self, cell: Cell, point: Sequence[Fraction], least: Fraction) -> bool:
        """Say whether a vector u of the closed cell has a value above ``least |u|``."""
        common = lcm(*(entry.denominator for entry in point))
        whole = _whole(point, common)
        for normal, on in zip(self.normals, cell, strict=True):
            height = sum(map(mul, normal, whole))
            if (height if on else -height) < 0:
                return False
        value = sum(map(mul, self.gradient(cell), whole))
        square = (least.numerator * self.unit) ** 2 * sum(map(mul, whole, whole))
        return bool(value > 0 and (value * least.denominator) ** 2 > square)


def _whole(vector: Sequence[Fraction], unit: int) -> Whole:
    return tuple(entry.numerator * (unit // entry.denominator) for entry in vector)
