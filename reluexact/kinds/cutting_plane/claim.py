"""The rounds of the cutting-plane method, with the bounds that each of them proves, and its exact end."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from os import PathLike

from reluexact.evidence.bound import BoundProof
from reluexact.evidence.status import Status
from reluexact.kinds.interpolation.claim import Interpolation
from reluexact.kinds.optimum.claim import Optimum
from reluexact.numbers.real import Real
from reluexact.numbers.types import Vector
from reluexact.public import Formula, Pictured, Tabular, public


@dataclass(frozen=True, slots=True, kw_only=True)
class CuttingRound:
    """One round: the restricted program of ``columns`` neurons, its dual point theta (n), and what that violates most.

    violation: max over both signs of ``|theta.(Xu)+|`` over unit vectors u, which may be at most the penalty (1 for the minimum
    norm), as the exact square root that it is. lower, upper: proved by this and all earlier rounds. added: the directions (sign,
    rational u with ``|u| <= 1``) of the constraints that are added.
    """

    columns: int
    theta: Vector
    violation: Real
    lower: Fraction
    upper: Fraction
    added: tuple[tuple[int, Vector], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CuttingPlane(Formula, Pictured, Tabular):
    """What the cutting-plane method found: its rounds, its best proved bounds, and the exact answer that they enclose.

    penalty: None for the minimum norm. rounds: of them the bounds never get worse. bounds: of the last round, with dual point,
    trees and network: an Interpolation that is UNDECIDED, or a BoundProof. exact: the answer of ``rx.interpolate`` or
    ``rx.solve``, which solve for the directions of the neurons exactly; None where it was not asked for. reason: why the rounds
    ended.
    """

    penalty: Fraction | None
    rounds: tuple[CuttingRound, ...]
    bounds: Interpolation | BoundProof
    exact: Interpolation | Optimum | None
    reason: str

    @property
    def lower(self) -> Fraction:
        """Return the best proved lower bound."""
        return self.bounds.lower

    @property
    def upper(self) -> Fraction:
        """Return the best proved upper bound."""
        return self.bounds.upper

    @property
    def gap(self) -> Fraction:
        """Return ``(upper - lower) / upper``, 0 where the upper bound is 0."""
        return (self.upper - self.lower) / self.upper if self.upper else Fraction(0)

    @property
    def status(self) -> Status:
        """Say whether the exact answer is proved."""
        return Status.UNDECIDED if self.exact is None else self.exact.status

    @property
    def value(self) -> Real:
        """Return the exact value where it is proved, else the interval of the bounds."""
        if self.exact is not None and self.exact.status is Status.PROVED:
            return self.exact.value
        return Real(low=self.lower, high=self.upper)

    def save(self, path: str | PathLike[str]) -> None:
        """Write the certificate of the exact answer, or of the bounds (kinds of ``solve``, ``prove_bound``, ``interpolate``)."""
        public("save")(self.exact if self.status is Status.PROVED else self.bounds, path)

    def __repr__(self) -> str:
        """Show rounds and value."""
        return f"CuttingPlane({self.status.name}, {len(self.rounds)} rounds, value={self.value!r})"
