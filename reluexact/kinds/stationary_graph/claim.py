"""The graph of stationary points: the optima of all sub-sampled programs, and what leads from one to the next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from os import PathLike
from typing import TYPE_CHECKING

from reluexact.errors import InputError
from reluexact.evidence.column import ColumnVerdict
from reluexact.evidence.column_supports import ColumnSupports, members
from reluexact.evidence.network import NetworkEvidence
from reluexact.evidence.neuron import Neuron
from reluexact.evidence.status import Status
from reluexact.kinds.optimal_set.vertex import Vertex
from reluexact.model.dataset import Dataset
from reluexact.numbers.counts import count_text, counted
from reluexact.numbers.rational import to_index
from reluexact.numbers.real import Real
from reluexact.public import Formula, Pictured, Tabular, public

if TYPE_CHECKING:
    import networkx as nx

Labels = tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphColumn:
    """A block of the convex program: the sign of its neurons, and a cell by the sign of x_i.u inside, one of ``+ - 0`` per row.

    inside: a point strictly inside the cell.
    """

    sign: int
    pattern: str
    inside: tuple[Fraction, ...] = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class MinimalNetwork(Vertex):
    """A network of a node of which no neuron can be left out.

    stationary: whether 0 is a Clarke subgradient of the objective there. local_minimum: whether no network of the same width
    nearby is better.
    """

    stationary: Status
    local_minimum: Status


@dataclass(frozen=True, slots=True, kw_only=True)
class StationaryNode(Formula):
    """The fit that is optimal for some sub-sampled programs; sets of columns are integers, bit k for column k of the graph.

    value, residual: its objective and y - fit. neurons: all directions that its networks use, and further tight ones. networks:
    its minimal networks, fewest neurons first. dimension: that of the polytope of all its networks. above: the columns that it
    violates, h > b: adding one lowers the optimum. column_supports: the columns of every neuron, and which of these carry a
    network. global_minimum: whether no network of any width is better. labels, evidence, verdicts: the proof (CERTIFICATE.md).
    """

    index: int
    value: Real
    residual: tuple[Real, ...]
    neurons: tuple[Neuron, ...]
    networks: tuple[MinimalNetwork, ...]
    dimension: int
    above: int
    column_supports: ColumnSupports
    size: int
    global_minimum: Status
    labels: Labels = field(repr=False)
    evidence: NetworkEvidence = field(repr=False)
    verdicts: tuple[ColumnVerdict, ...] = field(repr=False)

    @property
    def width(self) -> int:
        """Return the fewest neurons of a network of this node."""
        return self.networks[0].width

    @property
    def covers(self) -> int:
        """Return of how many sub-sampled programs the node is the optimum."""
        free = self.size - self.above.bit_count() - self.column_supports.tight.bit_count()
        return int(2**free) * self.column_supports.count()

    @property
    def violated(self) -> tuple[int, ...]:
        """Return the columns that the node violates."""
        return tuple(members(self.above))

    @property
    def largest(self) -> int:
        """Return the largest set of columns of which the node is the optimum: all that it does not violate."""
        return ((1 << self.size) - 1) & ~self.above

    def smallest(self) -> Iterator[int]:
        """Yield the smallest sets of columns of which the node is the optimum; every set between one and ``largest`` is one."""
        return self.column_supports.minimal()

    def answers(self, columns: int) -> bool:
        """Say whether the node is the optimum of the program with these columns (a set as an integer)."""
        if not isinstance(columns, int):
            raise InputError(f"columns: a {type(columns).__name__} is no set of columns; give an integer, bit k for column k")
        return not columns & self.above and self.column_supports.carries(columns)

    @property
    def stationary(self) -> Status:
        """Return whether its smallest network is Clarke-stationary."""
        return self.networks[0].stationary

    @property
    def local_minimum(self) -> Status:
        """Return whether its smallest network is a local minimum among networks of its width."""
        return self.networks[0].local_minimum

    @property
    def strict_saddle(self) -> Status:
        """Return whether its smallest network, with a zero neuron in addition, is a strict saddle.

        Then it is stationary, and the zero neuron, moved into a violated column, lowers the objective at second order. UNDECIDED
        when no column of the graph is violated, but one of the data may be.
        """
        if self.stationary is Status.REFUTED or self.global_minimum is Status.PROVED:
            return Status.REFUTED
        return self.stationary if self.above else Status.UNDECIDED

    @property
    def kind(self) -> str:
        """Return in words what the smallest network of the node is."""
        if self.global_minimum is Status.PROVED:
            return "global minimum"
        if not self.width:
            return "zero network"
        if self.local_minimum is Status.PROVED:
            return "local minimum at its width"
        words = {Status.PROVED: "Clarke-stationary", Status.REFUTED: "not stationary", Status.UNDECIDED: "undecided"}
        return words[self.stationary]

    def __repr__(self) -> str:
        """Show the node in one line."""
        return f"StationaryNode({self.index}, value={self.value!r}, {self.width} neurons, {self.kind})"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Edge:
    """The target is the optimum after one violated column joins the columns ``before`` of a minimal network of the source."""

    source: int
    target: int
    column: int
    before: int = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class StationaryGraph(Tabular, Formula, Pictured):
    """Optima of sub-sampled programs and the steps between them, highest value first; every node and edge is proved.

    status: PROVED when all that was asked for is there, else UNDECIDED with the ``reason``. columns: what the programs are made
    of. every: whether these are all columns of the data. complete: every one of the 2^len(columns) sub-sampled programs has its
    optimum among the nodes (their ``covers`` add up to that number). starts: the nodes at which the walks began.
    """

    data: Dataset
    penalty: Fraction
    status: Status
    reason: str
    columns: tuple[GraphColumn, ...]
    every: bool
    nodes: tuple[StationaryNode, ...]
    edges: tuple[Edge, ...]
    complete: bool
    starts: tuple[int, ...]
    produced_by: tuple[tuple[str, str], ...] = field(default=(), compare=False)

    @property
    def programs(self) -> int:
        """Return the number of sub-sampled programs."""
        return int(2 ** len(self.columns))

    @property
    def covered(self) -> int:
        """Return how many sub-sampled programs have their optimum among the nodes."""
        return sum(node.covers for node in self.nodes)

    @property
    def best(self) -> StationaryNode:
        """Return the node of the lowest value; it is the global minimum when its ``global_minimum`` is PROVED."""
        return self.nodes[-1]

    @property
    def levels(self) -> tuple[tuple[StationaryNode, ...], ...]:
        """Return the nodes by value, highest first; nodes whose values are not told apart share a level."""
        levels: list[list[StationaryNode]] = []
        for node in self.nodes:
            if levels and node.value.high >= levels[-1][-1].value.low:
                levels[-1].append(node)
            else:
                levels.append([node])
        return tuple(map(tuple, levels))

    def node_of(self, columns: Iterable[int] | int) -> StationaryNode | None:
        """Return the optimum of the program with these columns (numbers, or a set as an integer); None if it is not listed.

        Raises InputError for columns that the graph does not have.
        """
        size = len(self.columns)
        numbers = members(columns) if isinstance(columns, int) and columns >= 0 else columns
        chosen = {to_index(k) for k in numbers} if isinstance(numbers, Iterable) else {None}
        known = {k for k in chosen if k is not None and 0 <= k < size}
        if known != chosen:
            raise InputError(
                f"columns: there are {size} columns, numbered from 0; give numbers, or a set as an integer from 0 on"
            )
        mask = sum(1 << k for k in known)
        return next((node for node in self.nodes if node.answers(mask)), None)

    def values_by_width(self) -> tuple[tuple[int, Real], ...]:
        """Return the loss against the width: for widths from 0 on the least value of a node with so many neurons.

        Of a complete graph of all columns these are the optimal values of networks of each width, up to m*, the last one.
        """
        found: list[tuple[int, Real]] = []
        for width in range(max((node.width for node in self.nodes), default=0) + 1):
            best = [node.value for node in reversed(self.nodes) if node.width <= width]
            if best and (not found or best[0].high < found[-1][1].low):
                found.append((width, best[0]))
        return tuple(found)

    @property
    def descent_width(self) -> int | None:
        """Return a width from which training has no spurious valley; None unless the graph is complete with all columns.

        From any network of so many neurons or more a continuous path leads to the global minimum along which the objective never
        rises: to the optimum of its own columns, where a minimal network leaves a slot free for a column that is violated, to
        the optimum with that column, and so on. It is one more than the most neurons of a minimal network of a node that is not
        global, and at least the fewest of the global one; so at most n + 1, because minimal networks have independent features.
        """
        if not (self.complete and self.every):
            return None
        others = [network.width for node in self.nodes if node.above for network in node.networks]
        return max(1 + max(others, default=-1), self.best.width)

    @property
    def trap_widths(self) -> tuple[int, ...] | None:
        """Return the widths at which a node that is not global has a minimal network that is a local minimum at its width.

        None unless the graph has all columns: without them it is not known what is global. Copies of a neuron make local minima
        of every larger width from these; they are plateaus, not valleys.
        """
        if not self.every:
            return None
        found = {
            network.width
            for node in self.nodes
            if node.above
            for network in node.networks
            if network.width and network.local_minimum is Status.PROVED
        }
        return tuple(sorted(found))

    def to_networkx(self) -> nx.DiGraph:
        """Return a directed graph with plain attributes (numbers and text); parallel steps become one edge with a count."""
        graph: nx.DiGraph = public("to_networkx")(self)
        return graph

    def save(self, path: str | PathLike[str]) -> None:
        """Write the certificate (kind ``stationary``), after the stand-alone checker has accepted it, whole or not at all."""
        public("save")(self, path)

    def save_graphml(self, path: str | PathLike[str]) -> None:
        """Write the graph as GraphML, whole or not at all."""
        public("save_graphml")(self, path)

    def __repr__(self) -> str:
        """Show the graph in one line."""
        covered = "all" if self.complete else f"{count_text(self.covered)} of"
        size = f"{counted(len(self.nodes), 'node')}, {counted(len(self.edges), 'edge')}"
        size += f", {covered} {counted(self.programs, 'program')}"
        return f"StationaryGraph({self.status.name}, {size}{'; ' + self.reason if self.reason else ''})"
