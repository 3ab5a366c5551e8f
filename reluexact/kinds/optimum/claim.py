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
from reluexact.model.misplaced import misplaced
from reluexact.model.network import Network
from reluexact.numbers.counts import counted
from reluexact.numbers.real import Real
from reluexact.public import Formula, Tabular, public

if TYPE_CHECKING:
    from reluexact.numbers.rational import Floats
    from reluexact.numbers.types import Vector
    from reluexact.prove.certified import CertifiedPoint


@dataclass(frozen=True, slots=True, kw_only=True)
class Optimum(Tabular, Formula):
    """The optimum over two-layer ReLU networks of every width; the objective is that of :mod:`reluexact.model.network`.

    status: PROVED, or UNDECIDED with the ``reason``; then ``value`` only bounds the optimum and ``neurons`` is empty.
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
        if rows and len(rows[0]) == self.data.d - 1 and not self.data.has_bias:
            raise InputError(
                f"X has {counted(len(rows[0]), 'column')}, but the data has {self.data.d} and no bias; give all columns"
            )
        return self.network.predict(rows, as_floats=True) if as_floats else self.network.predict(rows)

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
