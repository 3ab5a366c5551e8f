"""Whether a data set is spike-free, with the proof; and the training problem with the all-ones pattern only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from os import PathLike

from reluexact.errors import InputError, LimitReached, Message
from reluexact.evidence.status import Status
from reluexact.kinds.stationary_graph.claim import StationaryGraph, StationaryNode
from reluexact.model.dataset import Dataset
from reluexact.numbers.linalg import matmul
from reluexact.numbers.real import Real
from reluexact.numbers.types import Matrix, Vector
from reluexact.public import Formula, Tabular, public


@dataclass(frozen=True, slots=True, kw_only=True)
class SpikeFree(Formula, Tabular):
    """Whether X is spike-free: for every u there is a z with ``(Xu)+ = Xz`` and ``|z| <= |u|``, no output sticks out.

    status: PROVED or REFUTED. reason: in words, for PROVED with the sufficient condition of the literature that applies, if one
    does. rows: the first row of every direction. inverse: for PROVED the inverse H of the Gram matrix of these rows, without a
    positive entry off the diagonal (k x k). direction, separating: for REFUTED a rational u (d) and a v (n) with ``v.(Xu)+ >
    |X'v| |u|``, while ``v.Xz <= |X'v| |u|`` for all z with ``|z| <= |u|``. The targets play no role.
    """

    data: Dataset
    status: Status
    reason: str
    rows: tuple[int, ...]
    inverse: Matrix
    direction: Vector
    separating: Vector

    @property
    def penalty(self) -> Fraction:
        """Return 1: there is no penalty, the certificate says 1."""
        return Fraction(1)

    def cell(self, on: Sequence[int]) -> tuple[Matrix, Matrix]:
        """Return the certificate of one cell, where the rows ``on`` of ``rows`` see u and the others of ``rows`` do not.

        The pair is M (d x d) with ``|z|^2 = u'Mu`` for the shortest z with ``Xz = (Xu)+`` on the cell ``{u : A u >= 0}``, A the
        rows times their sides, and N >= 0 (k x k) for which ``I - M - A'N A`` is positive semidefinite; so ``|z| <= |u|`` there.
        Raises InputError for other rows, and where the data are not spike-free.
        """
        if self.status is not Status.PROVED:
            raise InputError("cell: the data are not spike-free, so not every cell has a certificate")
        if not set(on) <= set(self.rows):
            raise InputError(f"on: {list(on)!r} are not among the rows {list(self.rows)}, one for every direction")
        sees = [row in set(on) for row in self.rows]
        rows = [self.data.X[row] for row in self.rows]
        if not rows:
            return ((Fraction(0),) * self.data.d,) * self.data.d, ()
        some = [row if seen else (Fraction(0),) * self.data.d for row, seen in zip(rows, sees, strict=True)]
        square = matmul(matmul(tuple(zip(*some, strict=True)), self.inverse), some)
        pairs = [
            tuple(-entry if sees[i] is not sees[j] else Fraction(0) for j, entry in enumerate(line))
            for i, line in enumerate(self.inverse)
        ]
        return square, tuple(pairs)

    def save(self, path: str | PathLike[str]) -> None:
        """Write the certificate (kind ``spike-free``), whole or not at all."""
        public("save")(self, path)

    def __repr__(self) -> str:
        """Show the answer and why."""
        return f"SpikeFree({self.status.name}: {self.reason})"


@dataclass(frozen=True, slots=True, kw_only=True)
class AllOnes(Formula, Tabular):
    """The optimum of the training problem over neurons that see all rows (``Xu >= 0``): an upper bound of the optimal value.

    graph: the optima of the programs of the all-ones pattern, of both signs, with their certificate (kind ``stationary``).
    optimal: whether no network of any width is better: PROVED, REFUTED or UNDECIDED. spike_free: whether the data are, in which
    case it is always optimal.
    """

    graph: StationaryGraph
    spike_free: SpikeFree
    optimal: Status

    @property
    def node(self) -> StationaryNode:
        """Return the optimum of both columns, with its neurons, networks and residual; LimitReached where it is not proved."""
        everything = (1 << len(self.graph.columns)) - 1
        found = next((node for node in self.graph.nodes if node.answers(everything)), None)
        if found is None:
            raise LimitReached(Message("the optimum of the all-ones pattern is not proved: ", self.graph.reason))
        return found

    @property
    def value(self) -> Real:
        """Return its objective, proved."""
        return self.node.value

    def save(self, path: str | PathLike[str]) -> None:
        """Write the certificate of the graph (kind ``stationary``), whole or not at all."""
        public("save")(self.graph, path)

    def __repr__(self) -> str:
        """Show the value and whether it is optimal."""
        return f"AllOnes({self.value!r}, optimal: {self.optimal.name}, spike-free: {self.spike_free.status.name})"
