"""The rectified ellipsoid ``Q = {(Xu)+ : |u| <= 1}`` of a data set, and what is proved about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from os import PathLike

from reluexact.evidence.neuron import Neuron
from reluexact.evidence.status import Status
from reluexact.evidence.tree import Tree
from reluexact.geometry.signs import Signs, signs_of
from reluexact.kinds.interpolation.claim import Interpolation
from reluexact.model.dataset import Dataset
from reluexact.numbers.linalg import dot
from reluexact.numbers.radicals import RadicalSum
from reluexact.numbers.real import Real
from reluexact.numbers.types import Vector
from reluexact.public import Formula, Pictured, Tabular, public

PENALISED, FREE = "penalised", "free"


def _unit(vector: Vector, square: Fraction) -> tuple[Real, ...]:
    """Return the entries of a vector divided by the root of a positive number."""
    root = RadicalSum.root(1 / square)
    return tuple(Real.of_radical(root.scaled(entry)) for entry in vector)


def _gate(data: Dataset, vector: Vector) -> Signs:
    return signs_of(dot(row, vector) for row in data.X)


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportValue(Formula, Tabular):
    """The support function of Q in one direction, ``h = max {theta.(Xu)+ : |u| <= 1}``, with all unit vectors that reach it.

    data: X with theta (n) in place of the targets. square: h squared, rational. maximisers: all of them, as rational vectors of
    squared length ``square``; none when h = 0. tree: shows that no direction reaches more, and that no other one as much.
    """

    data: Dataset
    square: Fraction
    maximisers: tuple[Vector, ...]
    tree: Tree

    @property
    def penalty(self) -> Fraction:
        """Return 1: a support function has no penalty, its certificate says 1."""
        return Fraction(1)

    @property
    def direction(self) -> Vector:
        """Return theta, n Fractions."""
        return self.data.y

    @property
    def value(self) -> Real:
        """Return h, the square root of a rational number."""
        return Real.of_radical(RadicalSum.root(self.square))

    @property
    def neurons(self) -> tuple[Neuron, ...]:
        """Return the exposed neurons: the maximisers as unit vectors, with the side of every row, which is their cell."""
        opposites = {tuple(-entry for entry in vector): k for k, vector in enumerate(self.maximisers)}
        return tuple(
            Neuron(
                sign=1,
                direction=_unit(vector, self.square),
                gate=_gate(self.data, vector),
                partner=opposites.get(vector),
                positive=None,
                amount=None,
            )
            for vector in self.maximisers
        )

    @property
    def points(self) -> tuple[tuple[Real, ...], ...]:
        """Return the points (Xu)+ of Q that the direction exposes, n Reals each; Q has none other with this product."""
        features = (tuple(max(dot(row, vector), Fraction(0)) for row in self.data.X) for vector in self.maximisers)
        return tuple(dict.fromkeys(_unit(feature, self.square) for feature in features))

    def save(self, path: str | PathLike[str]) -> None:
        """Write the certificate (kind ``support``), whole or not at all."""
        public("save")(self, path)

    def __repr__(self) -> str:
        """Show the value and the cells of the maximisers."""
        cells = ", ".join(neuron.pattern for neuron in self.neurons) or "none"
        return f"SupportValue(PROVED, {self.value!r}, cells of the maximisers: {cells})"


@dataclass(frozen=True, slots=True, kw_only=True)
class CoordinateNeuron(Formula, Tabular):
    """How far Q reaches along one coordinate: the greatest c with ``c e_i`` in Q, the output of a neuron that sees one row only.

    It is the distance of x_i from the cone of the other rows; with a free bias, from their convex hull. row: i. vector: what is
    left of x_i, ``x_i - sum_j l_j x_j``, whose length is c. multipliers: l_j >= 0 (n, 0 at i; of sum 1 with a free bias).
    offset: the bias of the neuron with weights ``vector``; 0 unless it is free. hidden_bias: ``penalised`` (a column of X,
    or none) or ``free``. c is 0 where x_i lies in the cone (the hull): then no neuron sees this row alone, and the formula of
    the literature divides by 0.
    """

    data: Dataset
    row: int
    hidden_bias: str
    vector: Vector
    multipliers: Vector
    offset: Fraction

    @property
    def square(self) -> Fraction:
        """Return c squared, rational."""
        return dot(self.vector, self.vector)

    @property
    def value(self) -> Real:
        """Return c."""
        return Real.of_radical(RadicalSum.root(self.square))

    @property
    def neuron(self) -> tuple[Real, ...] | None:
        """Return the unit weights (d) of the neuron, and with a free bias this bias as the last entry; None where c = 0."""
        if not self.square:
            return None
        return _unit((*self.vector, self.offset) if self.hidden_bias == FREE else self.vector, self.square)

    @property
    def exposing(self) -> Vector:
        """Return a direction, ``e_i - sum_j l_j e_j``, in which the point ``c e_i`` exceeds every other one of Q."""
        return tuple(Fraction(int(j == self.row)) - part for j, part in enumerate(self.multipliers))

    def holds(self) -> bool:
        """Check the conditions of optimality, exactly: the vector is what is left, the multipliers belong to rows level with it.

        With t the offset: ``x_j.v + t <= 0`` for all j but i, ``l_j (x_j.v + t) = 0`` and ``l_j >= 0``, ``x_i.v + t = |v|^2``.
        """
        heights = [dot(row, self.vector) + self.offset for row in self.data.X]
        left = tuple(dot(self.exposing, column) for column in zip(*self.data.X, strict=True))
        others = [(part, height) for j, (part, height) in enumerate(zip(self.multipliers, heights, strict=True)) if j != self.row]
        sums = sum(self.multipliers) == 1 if self.hidden_bias == FREE else not self.offset
        level = all(part >= 0 and height <= 0 and not part * height for part, height in others)
        return left == self.vector and sums and level and heights[self.row] == self.square

    def __repr__(self) -> str:
        """Show how far Q reaches."""
        return f"CoordinateNeuron(PROVED, row {self.row}, bias {self.hidden_bias}, reach={self.value!r})"


@dataclass(frozen=True, slots=True, kw_only=True)
class HullMembership(Formula, Tabular):
    """Whether a point lies in the convex hull of Q and -Q: whether its gauge is at most 1.

    status: PROVED (it does), REFUTED (it does not), UNDECIDED. gauge: the cheapest networks with these outputs; its ``value``
    is the gauge where it ``interpolates``, else no network has these outputs and the gauge is infinite.
    """

    status: Status
    reason: str
    gauge: Interpolation

    def __repr__(self) -> str:
        """Show the answer and why."""
        return f"HullMembership({self.status.name}: {self.reason})"


@dataclass(frozen=True, slots=True, kw_only=True)
class RectifiedEllipsoid(Formula, Pictured, Tabular):
    """The set ``Q = {(Xu)+ : |u| <= 1}`` of a data set, in n dimensions: the outputs of single neurons with weights of length 1.

    The targets of ``data`` are the point that pictures show.
    """

    data: Dataset

    def support(self, direction: Sequence[object]) -> SupportValue:
        """Return the support function in a direction (n numbers), with all exposed neurons, proved; ``rx.support_function``."""
        found: SupportValue = public("support_function")(self.data, direction)
        return found

    def coordinate(self, row: int, *, hidden_bias: str = PENALISED) -> CoordinateNeuron:
        """Return how far Q reaches along the coordinate of a row (from 0); see ``rx.coordinate_neuron``."""
        found: CoordinateNeuron = public("coordinate_neuron")(self.data, row, hidden_bias=hidden_bias)
        return found

    def gauge(self, point: Sequence[object], *, time_limit: object = None) -> Interpolation:
        """Return the least cost of a network with these outputs (n numbers), the gauge of the hull of Q and -Q; ``rx.gauge``."""
        found: Interpolation = public("gauge")(self.data, point, time_limit=time_limit)
        return found

    def contains(self, point: Sequence[object], *, time_limit: object = None) -> HullMembership:
        """Decide whether a point (n numbers) lies in the convex hull of Q and -Q; see ``rx.in_hull``."""
        found: HullMembership = public("in_hull")(self.data, point, time_limit=time_limit)
        return found

    def __repr__(self) -> str:
        """Show the sizes."""
        return f"RectifiedEllipsoid(of {self.data.n} rows in dimension {self.data.d})"
