"""The proved optimum of a training problem, with its evidence."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from reluexact.errors import InputError
from reluexact.evidence.network import BoundEvidence, OptimumEvidence
from reluexact.evidence.neuron import Neuron
from reluexact.evidence.status import Status
from reluexact.kinds.optimum.fitted import Fitted, spread_of
from reluexact.model.dataset import Dataset
from reluexact.model.loss import SQUARED
from reluexact.model.misplaced import misplaced
from reluexact.model.network import Network
from reluexact.numbers.combination import combination
from reluexact.numbers.real import Real

if TYPE_CHECKING:
    from reluexact.prove.certified import CertifiedPoint


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Optimum(Fitted):
    """The optimum over two-layer ReLU networks of every width; the objective is that of :mod:`reluexact.model.network`.

    status: PROVED, or UNDECIDED with the ``reason``; then ``value`` only bounds the optimum and ``neurons`` is empty.
    data: scaled copies of rows (``data.copies``) where the problem has row weights; residual and gates are then about these.
    value: the optimal objective. residual: y - fit at the optimum (unique). neurons: all directions that optimal networks use.
    network: rational and as close to an optimal network as ``digits`` asks (it attains ``upper``).
    lower, upper: rational bounds of the optimal value; upper is attained by ``network``. point: the proved structure, None
    when it is not at hand; what needs it then certifies it again from the evidence.
    """

    data: Dataset
    penalty: Fraction
    status: Status
    reason: str
    value: Real
    residual: tuple[Real, ...]
    neurons: tuple[Neuron, ...]
    network: Network
    lower: Fraction
    upper: Fraction
    digits: int
    evidence: OptimumEvidence | BoundEvidence
    produced_by: tuple[tuple[str, str], ...] = field(default=(), compare=False)
    point: CertifiedPoint | None = field(default=None, compare=False, repr=False)

    @property
    def spread(self) -> Fraction:
        """Return ``sum o_i (y_i - mean)^2``, o_i the weights of the rows: what R^2 compares twice the loss with."""
        given, copies = self.data.given, self.data.copies
        return spread_of(given.y, (Fraction(1),) * given.n if copies is None else copies.weights)

    @property
    def loss(self) -> Real:
        """Return the loss part of ``value``: half the squared residual; that of ``network`` while the optimum is UNDECIDED.

        >>> from reluexact import Dataset, solve
        >>> optimum = solve(Dataset(X=[[1], [2]], y=[1, 2]), penalty=1)
        >>> optimum.loss, optimum.penalised, optimum.r_squared
        (1/10, 4/5, 3/5)
        """
        if self.status is not Status.PROVED:
            return Real.rational(SQUARED.value(self.network.predict(self.data.X), self.data.y))
        along = zip(self.data.y, self.residual, strict=True)  # the value is y.theta - loss
        return combination([*along, (Fraction(-1), self.value)])


def require_optimum(optimum: object) -> None:
    """Raise InputError for anything but an optimum of the short form."""
    if not isinstance(optimum, Optimum):
        described = getattr(getattr(optimum, "problem", None), "described", None)
        if described is not None:
            has = ", ".join(described())
            raise InputError(f"optimum: it is of a problem with {has}; this takes optima of the squared loss without other parts")
        raise misplaced("optimum", optimum, "the answer of solve", "pass rx.solve(data, penalty)")
