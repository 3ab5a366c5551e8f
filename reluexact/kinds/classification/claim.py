"""What kind of point a network is: every property with its status and an exact witness.

Notation: network (w_j, a_j), r = y - fit, penalty b, s_j the sign of a_j. The objective is piecewise smooth; only rows with
``x_i.w_j = 0`` ("on the hyperplane" of neuron j) make it bend.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from os import PathLike

from reluexact.errors import Message
from reluexact.evidence.network import BoundEvidence
from reluexact.evidence.neuron import Neuron
from reluexact.evidence.status import Status
from reluexact.kinds.classification.evidence import ClassificationEvidence
from reluexact.model.dataset import Dataset
from reluexact.model.network import Network
from reluexact.numbers.real import Real
from reluexact.numbers.types import Matrix, Vector
from reluexact.public import Pictured, Tabular, public

Numbers = tuple[tuple[int, Fraction], ...]
"""(row of the data, number) pairs, ascending in the row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Descent:
    """A direction (hidden, output) in the space of the weights along which the objective falls.

    derivative: the one-sided derivative at the network, negative; or 0 with the ``curvature``, the second one-sided derivative,
    negative. better: a network on this ray whose objective is lower.
    """

    hidden: Matrix
    output: Vector
    derivative: Fraction
    curvature: Fraction | None
    better: Network


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell round a neuron in a convex combination of gradients: its ``share``, and a direction ``inside`` of it from w."""

    neuron: int
    share: Fraction
    inside: Vector


@dataclass(frozen=True, slots=True, kw_only=True)
class Gates:
    """Gates d in [0, 1] with ``b w_j = a_j sum_i d_ji r_i x_i``, and b a_j = r.(X w_j)+: 0 is a Clarke subgradient.

    gates: one tuple per neuron with a number per row, 1 where x_i.w > 0 and 0 where x_i.w < 0; empty for a zero neuron.
    concave: (neuron, row) with a gate strictly between 0 and 1 on a hyperplane where the objective bends downwards.
    cells: for neurons whose bending hyperplanes have dependent normals and bend both ways, where not all gates in [0, 1] belong
    to a
    subgradient: the gates are these shares of the gates of cells. (A hyperplane that does not bend the objective has gate 1.)
    """

    gates: Matrix
    concave: tuple[tuple[int, int], ...]
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """The block of the convex program that a neuron uses: an activation pattern (1 where x_i.u >= 0 on its cell) and a sign.

    multipliers: rho >= 0 on rows with x_i.w = 0 such that ``b w/|w| = s sum_i D_i r_i x_i + sum_i rho_i (2 D_i - 1) x_i``.
    """

    neuron: int
    sign: int
    pattern: tuple[int, ...]
    multipliers: Numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class SubSampled:
    """The network is an optimum of the convex program that has just these columns (and of every larger one that r obeys)."""

    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocked:
    """A neuron that is optimal in no cell: each closed cell round it contains one of the ``directions``.

    Moving its hidden weights that way, within the cell, lowers the objective.
    """

    neuron: int
    directions: Matrix
    derivatives: Vector


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One piece of the directions h of a neuron: ``sides`` of the rows on its hyperplane where the objective bends downwards.

    The objective's derivative along h in the piece is at least 0, because ``b w_j - a_j sum_{on} r_i x_i`` is the sum of
    ``coefficients`` times rows (one row for each hyperplane; ``on``: x_i.w > 0, and rows antiparallel to the hyperplane's first
    row, which count as on). With k = a_j sum |f_i| r_i over the rows f_i x_row of the hyperplane, a coefficient is at least k on
    side +1, at most 0 on side -1, and between k and 0 where no side is named.
    """

    neuron: int
    sides: tuple[tuple[int, int], ...]
    coefficients: Numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """Every direction lies in one of the pieces of each neuron, so no one-sided derivative is negative."""

    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """A direction with ``value = sign * r.(X direction)+ > b |direction|``: one more neuron lowers the objective.

    better: the network with that neuron added.
    """

    sign: int
    direction: Vector
    value: Fraction
    better: Network


@dataclass(frozen=True, slots=True, kw_only=True)
class Better:
    """A network, of any width, whose objective is lower; nothing is said of how it was found."""

    better: Network


Witness = Descent | Gates | SubSampled | Blocked | Pieces | Violation | Better | BoundEvidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    """One property of a network: PROVED, REFUTED or UNDECIDED, the reason in words, and what shows it."""

    status: Status
    reason: str
    witness: Witness | None = None

    def __repr__(self) -> str:
        """Show the answer in one line."""
        return f"Property({self.status.name}: {self.reason})"


Properties = tuple[tuple[str, Property], ...]
"""Properties with their names, the strongest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Classification(Tabular, Pictured):
    """All that is decided about a network; the objective is that of :mod:`reluexact.model.network`.

    limit: that under which it was decided. balanced: whether |w_j| = |a_j| for all neurons. merged: the network with the neurons
    of one sign and ray in one, zero neurons left out. zero_neurons: those with w = 0 and a = 0. distance: the length of the
    shortest Clarke subgradient, 0 at a Clarke-stationary network. evidence: what a certificate says beyond the witnesses; None
    until ``find_evidence.with_evidence`` looks for it.

    clarke: 0 is in the Clarke subdifferential of the objective as a function of all weights.
    sub_sampled: it is an optimum of the convex program restricted to some columns (cell, sign).
    directional: no one-sided directional derivative is negative (B-stationary).
    local_minimum: no network of the same width nearby has a lower objective.
    global_minimum: no network of any width has a lower objective.

    global implies local implies directional, and directional implies both clarke and sub_sampled, which do not imply each other.
    """

    data: Dataset
    penalty: Fraction
    network: Network
    objective: Fraction
    residual: Vector
    limit: int
    balanced: bool
    merged: Network
    zero_neurons: tuple[int, ...]
    distance: Real
    clarke: Property
    sub_sampled: Property
    directional: Property
    local_minimum: Property
    global_minimum: Property
    evidence: ClassificationEvidence | None = field(default=None, compare=False, repr=False)

    @property
    def properties(self) -> Properties:
        """Return the five properties with their names, the strongest first."""
        return (
            ("global minimum", self.global_minimum),
            ("local minimum", self.local_minimum),
            ("directionally stationary", self.directional),
            ("sub-sampled optimum", self.sub_sampled),
            ("Clarke-stationary", self.clarke),
        )

    @property
    def decided(self) -> bool:
        """Say whether every property is proved or refuted."""
        return all(answer.status is not Status.UNDECIDED for _, answer in self.properties)

    @property
    def summary(self) -> str:
        """Return the strongest property that is proved, in words."""
        return summarised(self.properties, self.network.width)

    def save(self, path: str | PathLike[str]) -> None:
        """Write the certificate (kind ``classification``), after the stand-alone checker has accepted it, whole or not at all."""
        public("save")(self, path)

    def __repr__(self) -> str:
        """Show the strongest property and all answers."""
        answers = ", ".join(f"{name} {answer.status.name}" for name, answer in self.properties)
        return f"Classification({self.summary}; objective={Real.rational(self.objective)!r}; {answers})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapped(Tabular):
    """An exact network next to a given one, proved to exist; its weights are algebraic numbers, enclosed here.

    Its neurons meet the optimality conditions within their faces; whether that makes it stationary is what the properties say.

    status: PROVED, or UNDECIDED with the ``reason``; then nothing else is known. neurons: sign, unit direction, gates and amount
    |w| |a| of each; neurons on one face are one. value, residual: its objective and y - fit. network: a rational network next to
    it. moved: an upper bound of the change of any entry of |a_j| w_j. The five properties are those of :class:`Classification`.
    """

    data: Dataset
    penalty: Fraction
    status: Status
    reason: str
    neurons: tuple[Neuron, ...] = ()
    value: Real | None = None
    residual: tuple[Real, ...] = ()
    network: Network | None = None
    moved: Fraction | None = None
    clarke: Property | None = None
    sub_sampled: Property | None = None
    directional: Property | None = None
    local_minimum: Property | None = None
    global_minimum: Property | None = None

    @property
    def properties(self) -> Properties:
        """Return the properties that are known with their names, the strongest first."""
        named = (
            ("global minimum", self.global_minimum),
            ("local minimum", self.local_minimum),
            ("directionally stationary", self.directional),
            ("sub-sampled optimum", self.sub_sampled),
            ("Clarke-stationary", self.clarke),
        )
        return tuple((name, answer) for name, answer in named if answer is not None)

    @property
    def summary(self) -> str:
        """Return the strongest property that is proved, in words."""
        return summarised(self.properties, len(self.neurons)) if self.properties else Message("undecided: ", self.reason)

    def __repr__(self) -> str:
        """Show what is known in one line."""
        if self.status is not Status.PROVED:
            return f"Snapped({self.status.name}: {self.reason})"
        answers = ", ".join(f"{name} {answer.status.name}" for name, answer in self.properties)
        return f"Snapped({self.summary}; objective={self.value!r}; {answers})"


def summarised(properties: Properties, width: int) -> str:
    """Say in words what is the strongest property that is proved, and what is open."""
    status = {name: answer.status for name, answer in properties}
    ways = {name: ("", ", not {}", "; whether it is {} is undecided")[list(Status).index(status[name])] for name in status}
    if status["global minimum"] is Status.PROVED:
        return "global minimum, over networks of every width"
    if status["local minimum"] is Status.PROVED:
        return f"local minimum among networks of width {width}{ways['global minimum'].format('global')}"
    if status["directionally stationary"] is Status.PROVED:
        return f"directionally stationary{ways['local minimum'].format('a local minimum')}"
    sampled = status["sub-sampled optimum"]
    if status["Clarke-stationary"] is Status.PROVED:
        words = {
            Status.PROVED: "Clarke-stationary and an optimum of a sub-sampled program",
            Status.REFUTED: "Clarke-stationary, an optimum of no sub-sampled program",
            Status.UNDECIDED: "Clarke-stationary",
        }[sampled]
        return words + ways["directionally stationary"].format("directionally stationary")
    known = "not stationary" if status["Clarke-stationary"] is Status.REFUTED else "stationarity is undecided"
    return f"{known}, though an optimum of a sub-sampled program" if sampled is Status.PROVED else known
