"""The proved optimum of a training problem, with its evidence."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from os import PathLike
from typing import TYPE_CHECKING, Literal, overload

from reluexact.errors import InputError
from reluexact.evidence.network import BoundEvidence, OptimumEvidence
from reluexact.evidence.neuron import Neuron
from reluexact.evidence.status import Status
from reluexact.model.dataset import Dataset
from reluexact.model.entries import matrix
from reluexact.model.loss import SQUARED
from reluexact.model.misplaced import misplaced
from reluexact.model.network import Network
from reluexact.numbers.combination import combination
from reluexact.numbers.counts import counted
from reluexact.numbers.linalg import dot
from reluexact.numbers.real import Real
from reluexact.public import Formula, Tabular, public

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from reluexact.numbers.rational import Floats
    from reluexact.numbers.types import Vector
    from reluexact.prove.certified import CertifiedPoint


@dataclass(frozen=True, slots=True, kw_only=True)
class Optimum(Tabular, Formula):
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
    def r_squared(self) -> Real | None:
        """Return R^2 of the fit, ``1 - |theta|^2 / sum (y_i - mean)^2``, weighted as the rows are; None where y is constant."""
        targets, copies = self.data.given.y, self.data.copies
        weights = copies.weights if copies is not None else (Fraction(1),) * len(targets)
        mean = dot(weights, targets) / sum(weights)
        spread = sum((o * (y - mean) ** 2 for o, y in zip(weights, targets, strict=True)), Fraction(0))
        return combination([(Fraction(1), Real.rational(1)), (-2 / spread, self.loss)]) if spread else None

    @property
    def penalised(self) -> Real:
        """Return the penalty part of ``value``: ``penalty`` times the sum of the amounts |w| |a|."""
        value = self.value if self.status is Status.PROVED else Real.rational(self.upper)
        return combination([(Fraction(1), value), (Fraction(-1), self.loss)])

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

    @overload
    def predict(self, X: object, *, floats: Floats = None, as_floats: Literal[False] = False) -> Vector: ...
    @overload
    def predict(self, X: object, *, floats: Floats = None, as_floats: Literal[True]) -> tuple[float, ...]: ...
    def predict(self, X: object, *, floats: Floats = None, as_floats: bool = False) -> Vector | tuple[float, ...]:
        """Return the outputs of ``network`` for the rows of X; where the data has a bias, rows come without it (or with it).

        On the rows of the data all optimal networks agree; elsewhere they need not, and ``network`` is near one of them. The
        numbers are exact for it, as it is rational; as_floats: rounded to the nearest floats.

        >>> from reluexact import Dataset, solve
        >>> optimum = solve(Dataset(X=[[0], [1], [2]], y=[1, 1, 1], bias=True), penalty="1/10")
        >>> optimum.predict([[0], [5]], as_floats=True)
        (0.9193494255796796, 1.1561563516517075)
        """
        rows = matrix(X, "X", floats=floats)
        if rows and len(rows[0]) == self.data.d - 1 and not self.data.given.has_bias:
            raise InputError(
                f"X has {counted(len(rows[0]), 'column')}, but the data has {self.data.d} and no bias; give all columns"
            )
        return self.network.predict(rows, as_floats=True) if as_floats else self.network.predict(rows)

    def plot(self, path: str | PathLike[str] | None = None) -> Figure:
        """Draw the optimal function (one feature), or fitted against target and the residuals; with a path also into a file."""
        figure: Figure = public("plot")(self, path)
        return figure

    def save(self, path: str | PathLike[str]) -> None:
        """Write the certificate (kind ``optimum`` when PROVED, else ``bound``), whole or not at all."""
        public("save")(self, path)

    def __repr__(self) -> str:
        """Show what is known in one line."""
        what = counted(len(self.neurons), "optimal neuron") if self.status is Status.PROVED else self.reason
        return f"Optimum({self.status.name}, value={self.value!r}, {what})"


def require_optimum(optimum: object) -> None:
    """Raise InputError for anything but an optimum."""
    if not isinstance(optimum, Optimum):
        raise misplaced("optimum", optimum, "the answer of solve", "pass rx.solve(data, penalty)")
