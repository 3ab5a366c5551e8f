"""Rows of data that are scaled copies of others: which, and how what is known of them is said of the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Protocol, TypeVar

from reluexact.errors import Message
from reluexact.numbers.counts import counted
from reluexact.numbers.types import Vector

Entry = TypeVar("Entry")
Scaled = TypeVar("Scaled", bound="Divisible")


class Divisible(Protocol):
    """A number of any kind that can be divided by a rational one."""

    def __truediv__(self, divisor: Fraction, /) -> Any:
        """Return the quotient."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaledCopies:
    """Where the rows of a data set come from: its row k is ``factors[k]`` times the row ``rows[k]`` of the data that was given.

    weights: one per given row, the sum of the squares of the factors of its copies, which stand one after the other.
    """

    weights: Vector
    rows: tuple[int, ...]
    factors: Vector

    @property
    def firsts(self) -> tuple[int, ...]:
        """Return for each given row its first copy."""
        return tuple(k for k, row in enumerate(self.rows) if not k or self.rows[k - 1] != row)

    def of_rows(self, entries: Sequence[Entry]) -> tuple[Entry, ...]:
        """Return what stands at the first copy of each row: for signs and gates, which the copies of a row have in common.

        >>> from fractions import Fraction as F
        >>> copies = ScaledCopies(weights=(F(2), F(4)), rows=(0, 0, 1), factors=(F(1), F(1), F(2)))
        >>> copies.of_rows("++-")
        ('+', '-')
        """
        return tuple(entries[k] for k in self.firsts)

    def unscaled(self, values: Sequence[Scaled]) -> tuple[Scaled, ...]:
        """Return values that scale with the row, such as fit and residual, as those of the rows.

        >>> from fractions import Fraction as F
        >>> ScaledCopies(weights=(F(5),), rows=(0, 0), factors=(F(2), F(1))).unscaled([F(6), F(3)])
        (Fraction(3, 1),)
        """
        return tuple(values[k] if self.factors[k] == 1 else values[k] / self.factors[k] for k in self.firsts)

    def remark(self) -> Message:
        """Say what became of the rows."""
        rows, copies = counted(len(self.weights), "row"), counted(len(self.rows), "scaled copy", "scaled copies")
        one = len(self.weights) == 1
        return Message(f"row weights: {rows} {'becomes' if one else 'become'} {copies} of rows; certificates are about these")
