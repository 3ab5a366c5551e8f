"""From proved optima of sub-sampled programs to the nodes that users see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from reluexact.evidence.status import Status
from reluexact.kinds.classification.snap_kinds import global_minimum, kinds
from reluexact.kinds.optimal_set.vertex import Vertex
from reluexact.kinds.stationary_graph.claim import Edge, GraphColumn, MinimalNetwork, StationaryNode
from reluexact.kinds.stationary_graph.walk import Step
from reluexact.kinds.subsampled.find import SampledOptimum
from reluexact.numbers.real import Real
from reluexact.propose.columns import Columns
from reluexact.prove.assemble import assemble_neurons, assemble_value, network_evidence

TREE_LIMIT = 10_000
"""Nodes of a branch tree, for graphs of some columns only: whether no other column lowers the objective."""


def graph_columns(every: Columns) -> tuple[GraphColumn, ...]:
    """Describe the columns."""
    hyperplanes = every.program.hyperplanes
    result = []
    for column, inside in zip(every.columns, every.inside, strict=True):
        result.append(GraphColumn(sign=column.sign, pattern=hyperplanes.pattern(column.cell), inside=inside))
    return tuple(result)


@dataclass(frozen=True, slots=True, kw_only=True)
class Valued:
    """A proved optimum with its objective and its residual."""

    found: SampledOptimum
    value: Real
    residual: tuple[Real, ...]

    @staticmethod
    def of(found: SampledOptimum) -> Valued:
        """Enclose objective and residual."""
        value, residual = assemble_value(found.found)
        return Valued(found=found, value=value, residual=residual)

    def refined(self, digits: int) -> Valued:
        """Return the same with the value known to so many decimals."""
        return replace(self, value=self.value.refined(digits))


def node_of(index: int, known: Valued, every: Columns, *, whole: bool) -> StationaryNode:
    """Assemble one node; ``whole``: the columns are all of the data."""
    found = known.found
    around = rounds(found, every)
    lowest = _global(found, whole=whole)
    networks = [_network(found, vertex, around, whole=whole or lowest is Status.PROVED) for vertex in found.vertices]
    return StationaryNode(
        index=index,
        value=known.value,
        residual=known.residual,
        neurons=assemble_neurons(found.found),
        networks=tuple(networks),
        dimension=found.dimension,
        above=found.above,
        column_supports=found.column_supports,
        size=len(every),
        global_minimum=lowest,
        labels=found.labels,
        evidence=network_evidence(found.found),
        verdicts=found.verdicts,
    )


def rounds(found: SampledOptimum, every: Columns) -> tuple[int, ...]:
    """Return for every neuron the set of the columns of its sign whose closed cells hold it."""
    faces = [neuron.face for neuron in found.found.neurons]
    return tuple(sum(1 << k for k, column in enumerate(every.columns) if column.holds(face.sign, face.gate)) for face in faces)


def _network(found: SampledOptimum, vertex: Vertex, around: Sequence[int], *, whole: bool) -> MinimalNetwork:
    """Say what a minimal network is.

    A network without zero neurons is directionally stationary, hence a local minimum at its width, exactly when no column round
    its neurons exceeds the penalty: it is an optimum of the program of every choice of columns round them then, and these
    programs cover all that is near (see :mod:`reluexact.kinds.classification.find`). ``whole``: columns that are not listed do
    not matter, because there are none, or none exceeds the penalty.
    """
    local = Status.PROVED
    if any(around[k] & found.above for k in vertex.support):
        local = Status.REFUTED
    elif not whole:
        local = kinds(found.found.forms, tuple(found.found.neurons[k] for k in vertex.support)).directional.status
    stationary = local
    if local is not Status.PROVED:
        stationary = kinds(found.found.forms, tuple(found.found.neurons[k] for k in vertex.support)).clarke.status
    return MinimalNetwork(
        amounts=vertex.amounts,
        support=vertex.support,
        basis=vertex.basis,
        at_upper=vertex.at_upper,
        stationary=stationary,
        local_minimum=local,
    )


def _global(found: SampledOptimum, *, whole: bool) -> Status:
    """Decide whether no network of any width is better."""
    if found.above:
        return Status.REFUTED
    if whole:
        return Status.PROVED
    return global_minimum(found.found.forms, found.found.neurons, TREE_LIMIT).status


def by_value(values: Sequence[Real], names: Sequence[tuple[int, tuple[int, ...]]]) -> list[int]:
    """Order numbers from the highest to the lowest; those that are not told apart by their names.

    >>> one, third = Real.rational(Fraction(1)), Real(low=Fraction(1, 3), high=Fraction(2, 5))
    >>> by_value([third, one, third], [(7, ()), (0, ()), (5, ())])
    [1, 2, 0]
    """
    groups: list[list[int]] = []
    lowest = Fraction(0)
    for k in sorted(range(len(values)), key=lambda k: values[k].high, reverse=True):
        if not groups or values[k].high < lowest:
            groups.append([])
            lowest = values[k].low
        groups[-1].append(k)
        lowest = min(lowest, values[k].low)
    return [k for group in groups for k in sorted(group, key=lambda k: names[k])]


def ordered(nodes: Sequence[Valued], steps: Sequence[Step]) -> tuple[list[int], tuple[Edge, ...]]:
    """Order the nodes by value, highest first, and rename the ends of the steps; one edge for each source, target, column.

    Values that are not told apart are ordered by what the nodes violate and use: the order does not depend on the walk.
    """
    order = by_value([node.value for node in nodes], [(node.found.above, node.found.column_supports.classes) for node in nodes])
    place = {old: new for new, old in enumerate(order)}
    edges: dict[tuple[int, int, int], Edge] = {}
    for step in steps:
        edge = Edge(source=place[step.source], target=place[step.target], column=step.column, before=step.before)
        known = edges.get((edge.source, edge.target, edge.column))
        if known is None or edge.before < known.before:
            edges[edge.source, edge.target, edge.column] = edge
    return order, tuple(sorted(edges.values()))
