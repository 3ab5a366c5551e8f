"""The cheapest networks of least squared error, with the proof."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from os import PathLike

from reluexact.errors import Message
from reluexact.evidence.neuron import Neuron
from reluexact.evidence.status import Status
from reluexact.evidence.tree import Tree
from reluexact.kinds.optimal_set.vertex import Vertex
from reluexact.kinds.optimum.problem_claim import ProblemOptimum
from reluexact.model.dataset import Dataset
from reluexact.model.network import Network
from reluexact.numbers.real import Real
from reluexact.numbers.types import Vector
from reluexact.public import Formula, Pictured, Tabular, public


@dataclass(frozen=True, slots=True, kw_only=True)
class DualPoint:
    """Rational theta with ``|theta.(Xu)+| <= |u|`` for all u, and the trees that show it: no network costs below fit.theta."""

    theta: Vector
    positive: Tree
    negative: Tree


Labels = tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Interpolation(Tabular, Formula, Pictured):
    """The networks of least squared error that cost least, ``1/2 sum (|w|^2 + a^2)``: of balanced ones ``sum |w| |a|``.

    fit: the outputs (n Fractions); the targets, unless rows are zero, or multiples of one another, so that no network has these.
    status: PROVED, or UNDECIDED with the ``reason``; then ``value`` only bounds the least cost, from ``lower`` to ``upper``.
    dual: an optimal dual point (n), one of several in general: ``|dual.(Xu)+| <= |u|`` for all u, ``fit.dual`` is the value.
    neurons: all directions (signs of output weights, d unit weights) that cheapest networks may use: where ``|dual.(Xu)+|`` is
    1. dimension, vertices: of the polytope of their amounts, all cheapest networks, those of fewest neurons first; the vertices
    are empty, with the ``open`` reason, where they are not known. network: rational; that of fewest neurons, whose outputs are
    ``fit`` where ``exact``, else near it; while it is UNDECIDED they are ``fit``, exactly, at the cost ``upper``.
    optimum: the answer of ``solve`` about the absolute loss with great row weights, on ``rows`` that determine all outputs.
    """

    data: Dataset
    fit: Vector
    status: Status
    reason: str
    value: Real
    lower: Fraction
    upper: Fraction
    dual: tuple[Real, ...]
    neurons: tuple[Neuron, ...]
    dimension: int | None
    vertices: tuple[Vertex, ...]
    open: str
    network: Network
    digits: int
    rows: tuple[int, ...]
    optimum: ProblemOptimum | None
    point: DualPoint | None
    labels: Labels = ()
    produced_by: tuple[tuple[str, str], ...] = field(default=(), compare=False)

    @property
    def interpolates(self) -> bool:
        """Say whether networks meet every target exactly."""
        return self.fit == self.data.y

    @property
    def exact(self) -> bool:
        """Say whether the outputs of ``network`` are ``fit``, exactly; they are only near it where its weights are irrational."""
        return (self.network.predict(self.data.X) if self.network.hidden else (Fraction(0),) * self.data.n) == self.fit

    @property
    def error(self) -> Fraction:
        """Return the least squared error ``1/2 sum (fit_i - y_i)^2``."""
        pairs = zip(self.fit, self.data.y, strict=True)
        return sum(((value - target) ** 2 for value, target in pairs), Fraction(0)) / 2

    @property
    def unique(self) -> bool | None:
        """Say whether the cheapest network is unique up to order and splitting of neurons (None: not known)."""
        return None if self.dimension is None else self.dimension == 0

    @property
    def min_width(self) -> int | None:
        """Return m*, the fewest neurons of a cheapest network; None where the vertices are not known."""
        return min((vertex.width for vertex in self.vertices), default=None)

    @property
    def max_vertex_width(self) -> int | None:
        """Return M*, the most neurons of a cheapest network none of whose neurons can go; None as for ``min_width``."""
        return max((vertex.width for vertex in self.vertices), default=None)

    def save(self, path: str | PathLike[str]) -> None:
        """Write the certificate (kind ``interpolation``), whole or not at all."""
        public("save")(self, path)

    def __repr__(self) -> str:
        """Show what is known in one line."""
        met = "targets met" if self.interpolates else "least squares"
        if self.status is not Status.PROVED:
            return f"Interpolation({self.status.name}, {met}, value={self.value!r}, {Message(self.reason)})"
        known = f"dimension={self.dimension}, min_width={self.min_width}, max_vertex_width={self.max_vertex_width}"
        return f"Interpolation(PROVED, {met}, value={self.value!r}, {known})"
