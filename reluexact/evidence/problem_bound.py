"""Rational bounds of the optimal value of a problem with any loss and linear part (CERTIFICATE.md, kind ``bound``, version 2)."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from reluexact.evidence.cones import Cones
from reluexact.evidence.tree import Tree
from reluexact.model.biased_network import BiasedNetwork
from reluexact.model.dataset import Dataset
from reluexact.model.problem import Problem
from reluexact.numbers.real import Real
from reluexact.numbers.types import Vector
from reluexact.public import Formula, Tabular


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewTree:
    """A tree for one sign and the rows minus the row ``pivot``; None: the rows as they are (:mod:`reluexact.model.pivots`)."""

    pivot: int | None
    tree: Tree


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemBound(Formula, Tabular):
    """``lower <= p* <= upper``, checked in rational numbers.

    theta: the dual point (n); positive, negative: trees that bound ``+-theta.(Xw + c)+`` by ``penalty |w|``, one for each pivot
    that needs one, or cones; network: its objective is ``upper``.
    """

    problem: Problem
    theta: Vector
    positive: tuple[ViewTree, ...] | Cones
    negative: tuple[ViewTree, ...] | Cones
    lower: Fraction
    network: BiasedNetwork
    upper: Fraction
    produced_by: tuple[tuple[str, str], ...] = field(default=(), compare=False)

    @property
    def data(self) -> Dataset:
        """Return the data of the problem."""
        return self.problem.data

    @property
    def penalty(self) -> Fraction:
        """Return the penalty of the problem."""
        return self.problem.penalty

    @property
    def gap(self) -> Fraction:
        """Return ``(upper - lower) / |upper|``, or ``upper - lower`` when upper is 0."""
        return (self.upper - self.lower) / (abs(self.upper) if self.upper else Fraction(1))

    def __repr__(self) -> str:
        """Show what is known in one line."""
        return f"ProblemBound({Real.rational(self.lower)!r} to {Real.rational(self.upper)!r})"
