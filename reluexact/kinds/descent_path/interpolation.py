"""The straight piece to a proved network: which neuron goes into which slot, and why the objective does not rise.

Let T be a proved network with residual theta and neurons t_k of unit directions u_k, V the network that the path has reached.
Slot by slot the piece goes from v_i to t_k along (1 - t) v_i + t t_k, where both lie in one closed cell and have one sign, or
shrinks v_i to 0, or lets t_k grow from 0. The fit moves on a straight line, so the objective f(t) is convex, and it does not rise
on [0, 1] exactly when its slope at t = 1 is at most 0. That slope is, because theta.fit(T) = b sum |t_k|,

    sum over the slots of (s_i theta.(X v_i)+ - b |v_i|), with b u_k.v_i in the place of b |v_i| in a shared slot.

So it is enough that each term is at most 0. In a cell where the bound b is attained by u_k alone, ``s theta.(Xv)+ <= b u_k.v``
for all v of the cell (obligation O7b of CERTIFICATE.md), which is at most b |v|; elsewhere the inequality is checked at v_i.
Nothing is asked of other columns: T need not be the optimum of all columns on the way.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import networkx as nx

from reluexact.evidence.tree import TightLeaf
from reluexact.kinds.descent_path.piece import Piece, SlotReason
from reluexact.kinds.descent_path.rational import WHY
from reluexact.kinds.descent_path.target import Target
from reluexact.kinds.descent_path.waypoint import PathNeuron, Waypoint
from reluexact.kinds.optimal_set.vertex import Vertex
from reluexact.propose.columns import Columns


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitting:
    """A piece that was looked for: the slots that it needs, and the piece when it fits and does not rise."""

    needed: int
    piece: Piece | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Router:
    """Makes pieces among some columns of a problem (``complete``: all of them), in a number of slots."""

    every: Columns
    width: int
    complete: bool

    def hyperplane_gate(self, neuron: PathNeuron) -> tuple[int, ...]:
        """Return the signs of a neuron on the hyperplanes."""
        return self.every.program.hyperplanes.hyperplane_gates(neuron.gate)

    def around(self, neuron: PathNeuron) -> tuple[int, ...]:
        """Return the known columns of a neuron's sign whose closed cell holds it."""
        gate = self.hyperplane_gate(neuron)
        return tuple(k for k, column in enumerate(self.every.columns) if column.holds(neuron.sign, gate))

    def fit(self, here: Waypoint, target: Target, vertex: Vertex) -> Fitting:
        """Place the neurons of a minimal representation in the slots, as many as possible in slots that are taken."""
        columns = {i: self.around(neuron) for i, neuron in enumerate(here.slots) if neuron is not None}
        shared = self._shared(columns, target, vertex)
        partner = _matched(shared)
        needed = len(columns) + len(vertex.support) - len(partner)
        if needed > self.width:
            return Fitting(needed=needed, piece=None)
        reasons: list[SlotReason | None] = [None] * self.width
        for i, neuron in enumerate(here.slots):
            if neuron is None:
                continue
            if i in partner:
                reasons[i] = shared[i, partner[i]]
            elif not self._below(neuron, target):
                reasons[i] = self._tight(columns[i], target)
                if reasons[i] is None:
                    return Fitting(needed=needed, piece=None)
        return Fitting(needed=needed, piece=self._piece(here, target, vertex, partner, tuple(reasons)))

    def _shared(self, columns: dict[int, tuple[int, ...]], target: Target, vertex: Vertex) -> dict[tuple[int, int], SlotReason]:
        """Return for every slot and neuron of the network that have a closed cell in common a reason in such a cell."""
        wanted = set(vertex.support)
        found: dict[tuple[int, int], SlotReason] = {}
        for i, around in columns.items():
            for column in around:
                leaf = target.optimum.verdicts[column]
                if isinstance(leaf, TightLeaf) and leaf.neuron in wanted:
                    found.setdefault((i, leaf.neuron), SlotReason(cell=self.every.columns[column].cell, leaf=leaf))
        return found

    def _tight(self, around: Sequence[int], target: Target) -> SlotReason | None:
        for column in around:
            leaf = target.optimum.verdicts[column]
            if isinstance(leaf, TightLeaf):
                return SlotReason(cell=self.every.columns[column].cell, leaf=leaf)
        return None

    def _below(self, neuron: PathNeuron, target: Target) -> bool:
        """Prove ``s theta.(Xv)+ < b |v|`` with the enclosures of theta and v."""
        total = Fraction(0)
        for row, gate, theta in zip(self.every.program.data.X, neuron.gate, target.residual, strict=True):
            if gate <= 0:
                continue
            low = high = Fraction(0)
            for entry, value in zip(row, neuron.vector, strict=True):
                ends = (entry * value.low, entry * value.high)
                low, high = low + min(ends), high + max(ends)
            weights = (theta.low, theta.high) if neuron.sign > 0 else (-theta.high, -theta.low)
            total += max(low * weights[0], low * weights[1], high * weights[0], high * weights[1])
        return total < self.every.program.penalty * neuron.amount.low

    def _piece(
        self,
        here: Waypoint,
        target: Target,
        vertex: Vertex,
        partner: dict[int, int],
        reasons: tuple[SlotReason | None, ...],
    ) -> Piece:
        slots: list[PathNeuron | None] = [None] * self.width
        for i, k in partner.items():
            slots[i] = target.held(vertex, k)
        free = [i for i, neuron in enumerate(here.slots) if neuron is None]
        fresh = [k for k in vertex.support if k not in partner.values()]
        for i, k in zip(free, fresh, strict=False):
            slots[i] = target.held(vertex, k)
        after = Waypoint(slots=tuple(slots), residual=target.residual, value=target.value)
        return Piece(
            kind="interpolate",
            before=here,
            after=after,
            slots=len(here.held) + len(fresh),
            why=WHY["interpolate"],
            target=target.network(vertex),
            reasons=reasons,
        )


def _matched(shared: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Return slots with their neurons, as many as possible, each at most once.

    >>> _matched([(0, 5), (1, 5), (1, 6)])
    {0: 5, 1: 6}
    """
    graph = nx.Graph()
    graph.add_edges_from((i, -1 - k) for i, k in sorted(shared))
    slots = sorted(node for node in graph if node >= 0)
    found = nx.bipartite.hopcroft_karp_matching(graph, top_nodes=slots) if slots else {}
    return {i: -1 - found[i] for i in slots if i in found}


def carried(target: Target, mask: int) -> tuple[Vertex, ...]:
    """Return the minimal representations that a set of columns carries, fewest neurons first."""
    classes = target.optimum.column_supports.classes
    return tuple(v for v in target.optimum.vertices if all(mask & classes[k] for k in v.support))
