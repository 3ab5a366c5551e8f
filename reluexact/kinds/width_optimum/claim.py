"""The best networks of at most a given width: the proved optimal value, a network, and the evidence for both sides."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from os import PathLike

from reluexact.evidence.neuron import Neuron
from reluexact.evidence.region import Region
from reluexact.evidence.status import Status
from reluexact.evidence.tree import Tree
from reluexact.model.dataset import Dataset
from reluexact.model.network import Network
from reluexact.numbers.real import Real
from reluexact.numbers.types import Vector
from reluexact.public import Formula, Pictured, Tabular, public


@dataclass(frozen=True, slots=True)
class SplitRegion:
    """Split the region at this place of the assignment, as :func:`reluexact.evidence.region.parts` does.

    The tree of ``on`` comes first.
    """

    place: int
    hyperplane: int


@dataclass(frozen=True, slots=True)
class Closed:
    """The dual point with this number bounds the objective of all networks of the assignment."""

    point: int


WidthTree = tuple[SplitRegion | Closed, ...]
"""Prefix order, one tree after the other for ``whole(width, width)`` to ``whole(width, 0)``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Covering:
    """The tree proves ``sign theta.(Xu)+ <= penalty |u|`` for all u of the region."""

    region: Region
    tree: Tree


@dataclass(frozen=True, slots=True, kw_only=True)
class DualPoint:
    """A rational theta that is feasible on some regions.

    A network with all its neurons there has an objective of at least ``y.theta - |theta|^2 / 2``.
    """

    residual: Vector
    coverings: tuple[Covering, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WidthEvidence:
    """Why no network of the width has an objective below the lower bound."""

    tree: WidthTree
    points: tuple[DualPoint, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WidthOptimum(Tabular, Formula):
    """The optimum over networks of at most ``width`` neurons; the objective is that of :mod:`reluexact.model.network`.

    status: PROVED when ``upper - lower`` is at most 10^-digits, else UNDECIDED with the ``reason``; the bounds are proved anyway.
    value: the optimal objective. ``exact`` says whether it is known to be that of the listed neurons; then it gives any number of
    digits. Else it is the interval from ``lower`` to ``upper``.
    network: rational, at most ``width`` neurons, its objective is ``upper``. neurons: what it is a rounding of, at most ``width``
    of them; empty when nothing exact is known. Other networks may be as good.
    is_global: whether no network of any width is better, None when that is not decided.
    nodes: assignments of neurons to regions that the search looked at.

    A certificate proves the bounds. What is known beyond them (``exact`` with its ``value``, ``neurons``, ``is_global``) and the
    effort (``nodes``) are not in it: a claim that is read from a file does without, and claims are compared without.
    """

    data: Dataset
    penalty: Fraction
    width: int
    status: Status
    reason: str
    value: Real = field(compare=False)
    exact: bool = field(compare=False)
    lower: Fraction
    upper: Fraction
    network: Network
    neurons: tuple[Neuron, ...] = field(compare=False)
    is_global: bool | None = field(compare=False)
    digits: int
    nodes: int = field(compare=False)
    evidence: WidthEvidence = field(repr=False)
    produced_by: tuple[tuple[str, str], ...] = field(default=(), compare=False)

    def save(self, path: str | PathLike[str]) -> None:
        """Write the certificate (kind ``width-optimum``), after the stand-alone checker has accepted it."""
        public("save")(self, path)

    def __repr__(self) -> str:
        """Show what is known in one line."""
        if self.status is Status.PROVED:
            reach = ", the global optimum" if self.is_global else ""
            return f"WidthOptimum(PROVED, width={self.width}, value={self.value!r}{reach})"
        return f"WidthOptimum(UNDECIDED, width={self.width}, value={self.value!r}, {self.reason})"


@dataclass(frozen=True, slots=True, kw_only=True)
class WidthCurve(Tabular, Formula, Pictured):
    """Loss against width: one optimum for each width 0, 1, 2, ...

    fewest: the smallest width that reaches the global optimum, None when the curve stops before it, or when that is not decided.
    The optimal values fall strictly up to there, and are constant from there on.
    """

    optima: tuple[WidthOptimum, ...]
    fewest: int | None

    @property
    def status(self) -> Status:
        """Return PROVED when every optimum of the curve is."""
        return Status.PROVED if all(one.status is Status.PROVED for one in self.optima) else Status.UNDECIDED

    @property
    def values(self) -> tuple[Real, ...]:
        """Return the optimal values for the widths 0, 1, 2, ..."""
        return tuple(one.value for one in self.optima)

    @property
    def falls(self) -> bool:
        """Say whether the bounds show every value to be less than the one before it."""
        return all(after.upper < before.lower for before, after in zip(self.optima, self.optima[1:], strict=False))

    def __repr__(self) -> str:
        """Show what is known in one line."""
        end = "" if self.fewest is None else f", global from width {self.fewest}"
        return f"WidthCurve({self.status.name}, widths 0 to {len(self.optima) - 1}{end})"
