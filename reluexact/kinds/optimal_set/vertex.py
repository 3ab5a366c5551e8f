"""The vertices of the polytope of amounts: the minimal optimal networks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reluexact.numbers.counts import counted, listed
from reluexact.numbers.real import Real
from reluexact.public import Formula, Tabular

if TYPE_CHECKING:
    from reluexact.prove.origin import Proved


@dataclass(frozen=True, slots=True, kw_only=True)
class Vertex(Formula, Tabular):
    """A vertex of the polytope: an optimal network whose features are independent (minimal, irreducible).

    amounts: |w| |a| of every optimal neuron, exactly 0 off the support. basis, at_upper: the label of one basis of the reduced
    polytope that belongs to it.
    """

    amounts: tuple[Real, ...]
    support: tuple[int, ...]
    basis: tuple[int, ...] = field(default=(), compare=False)
    at_upper: tuple[int, ...] = field(default=(), compare=False)

    @property
    def width(self) -> int:
        """Return the number of neurons."""
        return len(self.support)

    def __repr__(self) -> str:
        """Show the neurons with their amounts."""
        used = [f"{k}: {self.amounts[k]!r}" for k in self.support]
        return f"Vertex({counted(self.width, 'neuron')}; amounts {listed(used, 4)})"


@dataclass(frozen=True, slots=True, kw_only=True)
class AmountAtVertex:
    """The origin of the amount of one neuron at the vertex with a label."""

    point: Proved
    neuron: int
    basis: tuple[int, ...]
    at_upper: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AmountAtPlaces:
    """The origin of the amount of one neuron at a vertex.

    places: for every variable whether it is at 0 (0), between its bounds (1), or at its upper bound (2).
    """

    point: Proved
    neuron: int
    places: tuple[int, ...]
