"""Rational bounds of the optimal value, with the network and the dual point that prove them (CERTIFICATE.md, kind ``bound``)."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from reluexact.evidence.tree import Tree
from reluexact.model.dataset import Dataset
from reluexact.model.network import Network
from reluexact.numbers.real import Real
from reluexact.numbers.types import Vector
from reluexact.public import Formula, Tabular


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundProof(Formula, Tabular):
    """``lower <= p* <= upper``, checked in rational numbers.

    residual: the dual point theta (n); positive, negative: trees that bound ``+-theta.(Xu)+`` by ``penalty |u|``; network: its
    objective is ``upper``.
    """

    data: Dataset
    penalty: Fraction
    residual: Vector
    positive: Tree
    negative: Tree
    lower: Fraction
    network: Network
    upper: Fraction
    produced_by: tuple[tuple[str, str], ...] = field(default=(), compare=False)

    @property
    def gap(self) -> Fraction:
        """Return ``(upper - lower) / upper``, 0 when the optimal value is 0."""
        return (self.upper - self.lower) / self.upper if self.upper else Fraction(0)

    def __repr__(self) -> str:
        """Show what is known in one line."""
        return f"BoundProof({Real.rational(self.lower)!r} to {Real.rational(self.upper)!r})"
