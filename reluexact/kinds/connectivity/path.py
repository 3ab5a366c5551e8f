"""Continuous paths through the optimal networks of a given width, or the proof that there is none."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from reluexact.errors import InputError
from reluexact.evidence.status import Status
from reluexact.kinds.connectivity.configuration import Configuration, fault, mixed
from reluexact.kinds.optimal_set.vertex import Vertex
from reluexact.model.network import Network
from reluexact.numbers.rational import to_fraction
from reluexact.public import Formula, Tabular, public


@dataclass(frozen=True, slots=True, kw_only=True)
class PathPiece:
    """A straight piece: every slot keeps its neuron, its amount goes linearly from that of ``start`` to that of ``end``.

    Every point is optimal because the amounts of every neuron stay in a convex set, the polytope. In the weights the slots move
    continuously, as (sqrt(t) u, sign sqrt(t)) for the amount t of the neuron with direction u.
    """

    neurons: tuple[int | None, ...]
    start: Configuration
    end: Configuration


class WithVertices(Protocol):
    """The optimal set that a path runs through; a path by itself looks at its vertices only."""

    @property
    def vertices(self) -> tuple[Vertex, ...]:
        """Return all vertices."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OptimalPath(Formula, Tabular):
    """A path between two optimal networks of one width, all of it optimal.

    status: PROVED (``pieces`` is a path), REFUTED (there is none: ``start`` and ``end`` lie in different components).
    best: the optimal set that it runs through. start_vertices, end_vertices: the minimal networks that the component of the
    start, of the end contains; given with REFUTED.
    """

    best: WithVertices = field(repr=False, compare=False)
    status: Status
    statement: str
    reason: str
    width: int
    start: Configuration
    end: Configuration
    pieces: tuple[PathPiece, ...] = ()
    start_vertices: tuple[int, ...] = ()
    end_vertices: tuple[int, ...] = ()

    def at(self, t: object) -> Configuration:
        """Return the network at a rational time t from 0 to 1; every piece takes equally long.

        Raises InputError for a path that does not exist.
        """
        time = to_fraction(t, where="t", choice=False)
        if not 0 <= time <= 1:
            raise InputError(f"t: {time} is not between 0 and 1")
        if self.status is not Status.PROVED:
            raise InputError(f"there is no path to follow: {self.reason}")
        if not self.pieces:
            return self.start
        scaled = time * len(self.pieces)
        index = min(int(scaled), len(self.pieces) - 1)
        piece = self.pieces[index]
        return mixed(self.best.vertices, piece.start, piece.end, scaled - index, piece.neurons)

    def networks(self, count: object, *, digits: int = 30) -> tuple[Network, ...]:
        """Return ``count`` >= 2 networks at equal times from start to end, rational to ``digits`` decimals, for plotting."""
        networks: tuple[Network, ...] = public("path_networks")(self, count, digits=digits)
        return networks

    def fault(self) -> str | None:
        """Return why the claim is not shown by what is listed here and the vertices of the set, or None.

        A path: every end of every piece is checked (:func:`reluexact.kinds.connectivity.configuration.fault`), that slots keep
        their neurons within a piece, and that the pieces follow each other. No path: no minimal network outside the
        start's list fits into the width together with one inside, and the end's list is another one; or start and end are
        different isolated points (:mod:`reluexact.kinds.connectivity.find` proves that this suffices).
        """
        if self.status is Status.REFUTED:
            return self._fault_of_none()
        vertices, here = self.best.vertices, self.start
        for number, piece in enumerate(self.pieces):
            if piece.start != here:
                return f"piece {number} does not begin where the one before ends"
            for end in (piece.start, piece.end):
                problem = fault(vertices, end)
                if problem is not None or end.width != self.width:
                    return f"piece {number}: {problem or 'the width changes'}"
                if any(slot.neuron not in (None, k) for slot, k in zip(end.slots, piece.neurons, strict=True)):
                    return f"piece {number}: a slot changes its neuron without being emptied"
            here = piece.end
        return None if here == self.end else "the path does not arrive"

    def _fault_of_none(self) -> str | None:
        inside, others = set(self.start_vertices), set(self.end_vertices)
        supports = [frozenset(vertex.support) for vertex in self.best.vertices]
        if not {j for j, _ in self.start.weights} <= inside or not {j for j, _ in self.end.weights} <= others:
            return "the lists of minimal networks do not hold those of start and end"
        if inside & others:
            full = inside == others and len(inside) == 1 and all(len(supports[j]) == self.width for j in inside)
            return None if full and self.start.neurons != self.end.neurons else "the components of start and end overlap"
        outside = [j for j in range(len(supports)) if j not in inside]
        if any(len(supports[i] | supports[j]) <= self.width for i in inside for j in outside):
            return "the list of the start's component is not complete"
        return None

    def __repr__(self) -> str:
        """Show what is known in one line."""
        what = f"{len(self.pieces)} pieces" if self.status is Status.PROVED else self.reason
        return f"OptimalPath({self.status.name}, width={self.width}, {what})"
