"""Functionals of the steps in fixed-point integers: many at once, in 64 bits, every error bounded by an integer.

The steps are integers with known errors (see Steps). Here the leading bits of these, and those of a functional g, are cut into
two limbs each, ``high * 2^limb + low`` with ``0 <= low < 2^limb``, so that all sums of products of limbs fit into 64 bits. The
values ``g . step`` are then rounded down by a power of two that makes room for the sums of all of them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reluexact.kinds.minimum_network.fewest.steps import Steps
from reluexact.propose.fewest.functionals import as_integers
from reluexact.propose.types import Floats

Integers = NDArray[np.int64]

LIMB = 25
SUM_BITS = 58
"""The values of all steps and of the right-hand side add up to at most 2^SUM_BITS in size, and ROUNDED for each of them."""
ROUNDED = 3
"""A value is less than this below the true one, where the steps are exact."""
MOST_ERROR = 2**32
"""With errors that add up to more, in units of the table, nothing is excluded."""


@dataclass(frozen=True, slots=True)
class Table:
    """The steps, the right-hand side last: ``high * 2^limb + low`` (count x width), each entry up to ``errors`` (count).

    Entries are at most ``2^(2 limb)`` in size, those of a functional too. A value is ``g . step / 2^drop`` rounded down.
    """

    high: Integers
    low: Integers
    errors: Integers
    limb: int
    drop: int

    @classmethod
    def of(cls, steps: Steps) -> Table | None:
        """Round the integers of the steps; None where their errors are so large that nothing could be excluded."""
        width, rows = len(steps.right), steps.integers
        limb = min(LIMB, (60 - width.bit_length()) // 2)
        cut = max(0, max((abs(x).bit_length() for row in rows for x in row), default=0) - 2 * limb)
        entries = [[_rounded(x, cut) for x in row] for row in rows]
        errors = [-(-error >> cut) + (cut > 0) for error in steps.errors]
        if sum(errors) > MOST_ERROR:
            return None
        total = sum(abs(entry) for row in entries for entry in row)
        table = np.array(entries, dtype=np.int64).reshape(len(rows), width)
        return cls(
            high=table >> limb,
            low=table & ((1 << limb) - 1),
            errors=np.array(errors, dtype=np.int64),
            limb=limb,
            drop=max(2 * limb + total.bit_length() - SUM_BITS, 4 * limb + width.bit_length() - 61),
        )

    def integral(self, functionals: Floats) -> Integers:
        """Scale each functional (a row) to integers of full size; whatever floats are given, no entry is too large."""
        most = 1 << 2 * self.limb
        return np.clip(as_integers(functionals, 2 * self.limb), -most, most)

    def values(self, g: Integers) -> Integers:
        """Return the values of functionals (sets x width) on all steps and the right-hand side (sets x count).

        With ``w < 2^b`` the width, ``2 limb + b <= 60`` bounds the three sums by 2^61, and ``4 limb + b - drop <= 61`` what the
        first one becomes when it is shifted. Each of three shifts rounds down.
        """
        high, low = g >> self.limb, g & ((1 << self.limb) - 1)
        first, last = high @ self.high.T, low @ self.low.T
        middle = high @ self.low.T + low @ self.high.T
        moved: Integers = _shifted(first, self.drop - 2 * self.limb) + _shifted(middle, self.drop - self.limb)
        return moved + _shifted(last, self.drop)

    def blur(self, g: Integers) -> Integers:
        """Return by how much values miss the true ones at most per unit of error (sets), besides rounding."""
        parts: Integers = np.abs(g).sum(axis=1) >> self.drop
        return parts + 1


def _rounded(number: int, cut: int) -> int:
    return (number + (1 << cut >> 1)) >> cut


def _shifted(numbers: Integers, places: int) -> Integers:
    return numbers >> places if places >= 0 else numbers << -places
