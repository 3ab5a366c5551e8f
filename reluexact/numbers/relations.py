"""Small integer relations between real numbers, by lattice reduction (Lenstra, Lenstra & Lovasz 1982); proposals, not proofs."""

from __future__ import annotations

from fractions import Fraction

import flint

from reluexact.numbers.types import Vector

LARGEST = 1 << 16
"""A relation counts only with coefficients below this."""


def integer_relations(values: Vector, bits: int) -> tuple[tuple[int, ...], ...]:
    """Return independent integer vectors r with ``r . values = 0`` as far as ``bits`` bits show.

    The values should be known to ``bits`` bits relative to the greatest of them.

    >>> integer_relations((Fraction(2, 3), Fraction(1), Fraction(141421356237309504880, 10**20)), 60)
    ((3, -2, 0),)
    """
    size = max((abs(value) for value in values), default=Fraction(0))
    if not size:
        return ()
    count = len(values)
    scaled = [round(value / size * (1 << bits)) for value in values]
    rows = [[int(i == j) for j in range(count)] + [scaled[i]] for i in range(count)]
    reduced = flint.fmpz_mat(rows).lll().tolist()
    found = []
    for row in reduced:
        numbers = [int(entry) for entry in row]
        if max(abs(entry) for entry in numbers[:-1]) < LARGEST and abs(numbers[-1]) <= count * LARGEST:
            found.append(tuple(numbers[:-1]))
    return tuple(found)
