"""The proved optimum of a problem with any loss, linear part and biases, with its evidence."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from os import PathLike
from typing import TYPE_CHECKING

from reluexact.evidence.network import ProblemEvidence
from reluexact.evidence.neuron import Neuron
from reluexact.evidence.problem_bound import ProblemBound
from reluexact.evidence.status import Status
from reluexact.model.biased_network import BiasedNetwork
from reluexact.model.dataset import Dataset
from reluexact.model.problem import Problem
from reluexact.numbers.real import Real
from reluexact.public import public

if TYPE_CHECKING:
    from reluexact.prove.problem_optimum import CertifiedProblemOptimum


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemOptimum:
    """The optimum of a :class:`reluexact.model.problem.Problem` over networks of every width.

    status: PROVED, or UNDECIDED with the ``reason``; then ``value`` only bounds the optimum, from ``lower`` to ``upper``.
    theta: an optimal dual point, minus a slope of each row's loss (n); the only one where the loss is differentiable.
    fit: the outputs of the exact optimal network (n); those of every optimal network where no piece of the loss is linear.
    neurons: all directions (signs of output weights, d unit weights) that optimal networks use. With a free hidden bias the
    listed ones have their kinks in rows; an optimal neuron may have its kink also between two of them of its sign and
    direction, or beyond one that is active on all rows (where the output bias makes up for it).
    linear: output bias, then skip connection, of the exact optimal network. network: rational, attains ``upper``.
    evidence: the proof, or that of the bounds. point: the proved structure, None when it is not at hand.
    """

    problem: Problem
    status: Status
    reason: str
    value: Real
    theta: tuple[Real, ...]
    fit: tuple[Real, ...]
    neurons: tuple[Neuron, ...]
    linear: tuple[Real, ...]
    network: BiasedNetwork
    lower: Fraction
    upper: Fraction
    digits: int
    evidence: ProblemEvidence | ProblemBound
    produced_by: tuple[tuple[str, str], ...] = field(default=(), compare=False)
    point: CertifiedProblemOptimum | None = field(default=None, compare=False, repr=False)

    @property
    def data(self) -> Dataset:
        """Return the data of the problem."""
        return self.problem.data

    @property
    def penalty(self) -> Fraction:
        """Return the penalty of the problem."""
        return self.problem.penalty

    def save(self, path: str | PathLike[str]) -> None:
        """Write the certificate (kind ``optimum`` when PROVED, else ``bound``), whole or not at all."""
        public("save")(self, path)

    def __repr__(self) -> str:
        """Show what is known in one line."""
        what = f"{len(self.neurons)} optimal neurons" if self.status is Status.PROVED else self.reason
        return f"ProblemOptimum({self.status.name}, value={self.value!r}, {what})"
