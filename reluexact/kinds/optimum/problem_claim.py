"""The proved optimum of a problem with any loss, linear part and biases, with its evidence."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from reluexact.evidence.network import ProblemEvidence
from reluexact.evidence.neuron import Neuron
from reluexact.evidence.problem_bound import ProblemBound
from reluexact.evidence.status import Status
from reluexact.kinds.optimum.fitted import Fitted, spread_of
from reluexact.model.biased_network import BiasedNetwork
from reluexact.model.dataset import Dataset
from reluexact.model.law import Law, PieceLaw, law_at
from reluexact.model.losses import squared
from reluexact.model.problem import Problem
from reluexact.numbers.combination import combination
from reluexact.numbers.real import Real
from reluexact.numbers.types import Vector

if TYPE_CHECKING:
    from reluexact.prove.problem_optimum import CertifiedProblemOptimum


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ProblemOptimum(Fitted):
    """The optimum of a :class:`reluexact.model.problem.Problem` over networks of every width.

    status: PROVED, or UNDECIDED with the ``reason``; then ``value`` only bounds the optimum, from ``lower`` to ``upper``.
    theta: an optimal dual point, minus a slope of each row's loss (n); the only one where the loss is differentiable.
    fit: the outputs of the exact optimal network (n); those of every optimal network where no piece of the loss is linear.
    neurons: all directions (signs of output weights, d unit weights) that optimal networks use. With a free hidden bias the
    listed ones have their kinks in rows, and all such are listed; an optimal neuron may have its kink also between two of them
    of its sign and direction with no row between, or beyond one active on all other rows (the output bias makes up for it).
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

    @property
    def hidden_bias(self) -> Vector | None:
        """Return the hidden biases of ``network`` that stand beside the columns of the data; None where there are none."""
        return self.network.hidden_bias if self.problem.free_bias else None

    @property
    def loss(self) -> Real:
        """Return the loss part of ``value``: that of ``fit``, or of ``network`` while the optimum is UNDECIDED.

        Where a piece of the loss is linear, optimal networks may divide the value otherwise.

        >>> from reluexact import Dataset, solve
        >>> optimum = solve(Problem(Dataset(X=[[1], [2], [4]], y=[1, 2, 9]), 1, loss="absolute", output_bias="free"))
        >>> optimum.value, optimum.loss, optimum.penalised, optimum.r_squared
        (13/3, 5/3, 8/3, None)
        """
        if isinstance(self.evidence, ProblemBound):
            return Real.rational(self.problem.loss_value(self.network.predict(self.data.X)))
        rows = zip(self.problem.row_losses, self.evidence.places, self.fit, strict=True)
        return combination([(Fraction(1), _row_loss(law_at(loss, place), fit)) for loss, place, fit in rows])

    @property
    def spread(self) -> Fraction | None:
        """Return what R^2 compares twice the loss with, by the weights of the rows; None where the loss is not squared."""
        weights = self.problem.weights or (Fraction(1),) * self.data.n
        return spread_of(self.data.y, weights) if self.problem.loss == squared else None


def _row_loss(law: Law, fit: Real) -> Real:
    """Return the loss of a row, whose fit lies on a known piece or at a breakpoint."""
    if not isinstance(law, PieceLaw):
        return Real.rational(law.cost)
    return combination([(law.square / 2, fit * fit), (law.linear, fit), (law.constant, Real.rational(1))])
