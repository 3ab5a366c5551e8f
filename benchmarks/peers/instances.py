"""What every peer is given: data and penalties that follow from the sizes alone, and how networks are scored exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from fractions import Fraction
from typing import Any

import numpy as np
from full_program import penalty_of, random_data

import reluexact as rx

_NEGLIGIBLE = 1e-6
_DIGITS = 40


def decimals(number: Fraction, *, up: bool = True) -> str:
    """Return a number to 40 digits, rounded up or down."""
    context = Context(prec=_DIGITS, rounding=ROUND_CEILING if up else ROUND_FLOOR)
    return str(context.divide(Decimal(number.numerator), Decimal(number.denominator)))


@dataclass(frozen=True)
class Training:
    """A training problem of the sizes n, d: integers from -9 to 9, a tenth of the greatest useful penalty."""

    data: rx.Dataset
    penalty: Fraction

    @classmethod
    def of(cls, n: int, d: int) -> Training:
        data = random_data(n, d)
        return cls(data, penalty_of(data))

    @property
    def floats(self) -> tuple[np.ndarray, np.ndarray, float]:
        """Return X, y and the penalty."""
        return np.array(self.data.X, dtype=float), np.array(self.data.y, dtype=float), float(self.penalty)

    def objective(self, hidden: Any, output: Any) -> Fraction:
        """Return the exact objective of a network of doubles."""
        rows = [[Fraction(float(entry)) for entry in row] for row in hidden]
        return rx.Network(rows, [Fraction(float(entry)) for entry in output]).objective(self.data, self.penalty)

    def objective_of_blocks(self, signs: Sequence[int], vectors: np.ndarray) -> Fraction:
        """Return the exact objective of the network that blocks (k x d) of the convex program make, negligible ones left out."""
        lengths = np.linalg.norm(vectors, axis=1)
        kept = np.flatnonzero(lengths > _NEGLIGIBLE * lengths.max(initial=0.0))
        roots = np.sqrt(lengths[kept])
        return self.objective(vectors[kept] / roots[:, None], roots * np.array(signs)[kept])
