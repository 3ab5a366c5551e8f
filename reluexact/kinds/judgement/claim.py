"""The judgement of a network: its exact objective, and proved bounds of what it exceeds the global optimum by."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from os import PathLike
from typing import Any

from reluexact.evidence.bound import BoundProof
from reluexact.evidence.problem_bound import ProblemBound
from reluexact.evidence.status import Status
from reluexact.kinds.optimum.problem_claim import ProblemOptimum
from reluexact.model.biased_network import BiasedNetwork
from reluexact.model.dataset import Dataset
from reluexact.model.problem import Problem
from reluexact.numbers.rational import to_gap
from reluexact.numbers.real import Real
from reluexact.progress import Progress
from reluexact.public import Formula, Tabular, public

ZERO = Fraction(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Excess:
    """What is between ``low`` and ``high``, both proved: how far an objective is above the global optimum."""

    low: Fraction
    high: Fraction

    def __truediv__(self, size: Fraction) -> Excess:
        """Return the share of a positive number."""
        return Excess(low=self.low / size, high=self.high / size)

    @property
    def is_exact(self) -> bool:
        """Say whether both ends are the same number."""
        return self.low == self.high

    def __repr__(self) -> str:
        """Show the digits that are proved."""
        return f"Excess({Real(low=self.low, high=self.high)!r})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement(Tabular, Formula):
    """``excess.low <= objective - p* <= excess.high``; p*: the infimum over networks of every width.

    problem: what the network is judged by. network: with its parts. objective: of the network, exactly (logistic loss: rounded
    up by less than 2^-190 for each row). evidence: bounds of p*, or its proved optimum, which show the excess. reason: why the
    bounds are wider than they would be with more time; empty else. trainer, constant, remarks: of a network that another program
    trained, ``objective = constant * the loss of that program``; nothing of them is proved.
    """

    problem: Problem
    network: BiasedNetwork
    objective: Fraction
    excess: Excess
    evidence: BoundProof | ProblemBound | ProblemOptimum
    reason: str = field(default="", compare=False)
    trainer: str = field(default="", compare=False)
    constant: Fraction = field(default=Fraction(1), compare=False)
    remarks: tuple[str, ...] = field(default=(), compare=False)

    @property
    def data(self) -> Dataset:
        """Return the data of the problem."""
        return self.problem.data

    @property
    def penalty(self) -> Fraction:
        """Return the penalty of the problem."""
        return self.problem.penalty

    @property
    def optimum(self) -> Real:
        """Return the optimal value over networks of every width, enclosed."""
        return Real(low=self.objective - self.excess.high, high=self.objective - self.excess.low)

    @property
    def relative(self) -> Excess:
        """Return the excess as a share of the objective; the excess itself where the objective is 0."""
        return self.excess / (abs(self.objective) or Fraction(1))

    @property
    def is_optimal(self) -> bool | None:
        """Say whether the network is a global optimum; None where neither is proved."""
        return False if self.excess.low else None if self.excess.high else True

    def within(self, gap: object) -> Status:
        """Say whether the excess is at most this share of the objective (see :attr:`relative`): PROVED, REFUTED or UNDECIDED.

        gap: a number >= 0, such as "1/1000"; floats stand for their shortest decimal.
        """
        most = to_gap(gap)
        if self.relative.high <= most:
            return Status.PROVED
        return Status.REFUTED if self.relative.low > most else Status.UNDECIDED

    def explain(self, *, limit: int = 200_000, time_limit: object = None, progress: Progress | None = None) -> Any:
        """Say why the network is above the optimum: an Explanation, by :func:`reluexact.kinds.judgement.explain.explain`."""
        return public("explain")(self, limit=limit, time_limit=time_limit, progress=progress)

    def save(self, path: str | PathLike[str]) -> None:
        """Write the certificate (kind ``judgement``), after the stand-alone checker has accepted it, whole or not at all."""
        public("save")(self, path)

    def __repr__(self) -> str:
        """Show objective and excess in one line."""
        if self.is_optimal:
            return f"Judgement(a global optimum; objective={Real.rational(self.objective)!r})"
        excess = Real(low=self.excess.low, high=self.excess.high)
        return f"Judgement(objective={Real.rational(self.objective)!r}, excess={excess!r})"
