"""The proved optimum of a training problem, with its evidence."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from os import PathLike

from reluexact.claims.formula import Formula
from reluexact.claims.real import Real
from reluexact.claims.status import Status
from reluexact.claims.tree import Tree
from reluexact.training.dataset import Dataset
from reluexact.training.network import Network

Vector = tuple[Fraction, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Neuron(Formula):
    """An optimal neuron: a direction that optimal networks may use.

    sign: of its output weight. direction: unit vector u, d Reals. gate: for every row of X the sign (-1, 0, 1) of ``x_i . u``.
    face: the rows with ``x_i . u = 0``. partner: index of the listed neuron of equal sign and opposite direction, or None.
    positive: whether some optimal network gives it a positive amount (None: not decided).
    amount: |w| |a| in ``Optimum.network``'s exact original, None when that network does not use the neuron.
    """

    sign: int
    direction: tuple[Real, ...]
    gate: tuple[int, ...]
    partner: int | None
    positive: bool | None
    amount: Real | None

    @property
    def paired(self) -> bool:
        """Say whether the opposite direction is an optimal neuron of the same sign, too."""
        return self.partner is not None

    @property
    def face(self) -> tuple[int, ...]:
        """Return the rows of X on whose hyperplane the neuron lies."""
        return tuple(row for row, gate in enumerate(self.gate) if gate == 0)

    @property
    def pattern(self) -> str:
        """Return the gate as text, one of ``+ - 0`` per row of X."""
        return "".join("+" if gate > 0 else "-" if gate < 0 else "0" for gate in self.gate)


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundEvidence:
    """Rational dual point with its two trees: a lower bound (certificate kind ``bound``)."""

    residual: Vector
    positive: Tree
    negative: Tree


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkEvidence:
    """Why a network exists whose neurons are tight at its residual: its structure and its box (CERTIFICATE.md, O2 to O7a)."""

    roles: tuple[str, ...]
    bases: tuple[tuple[tuple[int, ...], ...], ...]
    lineality: tuple[tuple[int, ...], ...]
    midpoint: Vector
    radius: Fraction
    preconditioner: tuple[Vector, ...]
    split_fixed: tuple[tuple[int, Fraction], ...]
    split_solve: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OptimumEvidence(NetworkEvidence):
    """What the certificate kind ``optimum`` says: the network, and the trees that show that no direction exceeds the penalty."""

    positive: Tree
    negative: Tree


@dataclass(frozen=True, slots=True, kw_only=True)
class Optimum(Formula):
    """The optimum over two-layer ReLU networks of every width; the objective is that of :mod:`reluexact.training.network`.

    status: PROVED, or UNDECIDED with the ``reason``; then ``value`` only bounds the optimum and ``neurons`` is empty.
    value: the optimal objective. residual: y - fit at the optimum (unique). neurons: all directions that optimal networks use.
    network: rational and as close to an optimal network as ``digits`` asks (it attains ``upper``).
    lower, upper: rational bounds of the optimal value; upper is attained by ``network``.
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

    def save(self, path: str | PathLike[str]) -> None:
        """Write the certificate (kind ``optimum`` when PROVED, else ``bound``), whole or not at all."""
        from reluexact.export.certificate import save

        save(self, path)

    def __repr__(self) -> str:
        """Show what is known in one line."""
        what = f"{len(self.neurons)} optimal neurons" if self.status is Status.PROVED else self.reason
        return f"Optimum({self.status.name}, value={self.value!r}, {what})"
