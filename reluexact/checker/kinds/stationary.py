"""Kind `stationary`, optima of sub-sampled programs and the steps between them: G1 to G6."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from ..columns import ABOVE, Column, c_verdicts, read_column
from ..document import LARGE, Item
from ..linear import dot
from ..network.existing import prove_network
from ..network.o1_structure import CLAIM, NETWORK
from ..network.proof import Proof
from ..polytope.s1_amounts import s1_polytope
from ..polytope.s2_labels import all_vertices, support
from ..polytope.s4_vertices import s4_vertices, s5_dimension
from ..problem import Problem
from ..quantities import Vector
from ..walls import Walls, make_walls

MAX_STEPS = 1 << 20
"""Steps of the count of the sets of columns that carry a network."""


@dataclass(frozen=True, slots=True)
class Node:
    """A node that is proved, as sets of columns (bit k for column k).

    above: the columns that exceed b. tight: for each neuron the columns in which it alone attains b. supports: the neurons of
    each minimal network.
    """

    above: int
    tight: tuple[int, ...]
    supports: tuple[tuple[int, ...], ...]

    def carried(self, columns: int) -> bool:
        """Decide whether these columns hold all neurons of a minimal network."""
        return any(all(columns & self.tight[k] for k in neurons) for neurons in self.supports)

    def answers(self, columns: int) -> bool:
        """Decide whether the node is the optimum of the program with these columns."""
        return not columns & self.above and self.carried(columns)


def members(columns: int) -> list[int]:
    """Return the members of a set."""
    return [k for k in range(columns.bit_length()) if columns >> k & 1]


def check_stationary(problem: Problem, claim: Item, evidence: Item, lines: list[str]) -> None:
    """Check G1-G6: optima of sub-sampled programs, and steps between them."""
    columns_item, every, complete, nodes_item, edges = claim.fields("columns", "every", "complete", "nodes", "edges")
    inside, proofs, before = evidence.fields("inside", "nodes", "before")
    walls = make_walls(problem.X)
    columns = g1_columns(problem, walls, columns_item, inside)
    if flag(every):
        g1_every(walls, columns, columns_item)
    items = nodes_item.entries()
    lines.append(f"claim (stationary): {len(items)} optima of programs of some of {len(columns)} columns (sign, cell)")
    nodes, counts = [], []
    for item, proof in zip(items, proofs.entries(len(items)), strict=True):
        node, count = g_node(problem, columns, item, proof, whole=every.value is True)
        nodes.append(node)
        counts.append(count)
    g5_distinct(nodes, nodes_item)
    g6_edges(nodes, len(columns), edges, before)
    total, programs = sum(counts), 1 << len(columns)
    if flag(complete):
        if total != programs:
            raise complete.reject("G5: the nodes do not cover every set of columns")
        what = "all columns of the data" if every.value else "these columns"
        lines.append(
            f"complete: every one of the 2^{len(columns)} sets of {what} has its optimum among them; {len(edges.entries())} steps"
        )


def flag(item: Item) -> bool:
    """Read true or false."""
    if not isinstance(item.value, bool):
        raise item.reject("true or false is expected here")
    return item.value


def g1_columns(problem: Problem, walls: Walls, item: Item, inside: Item) -> list[Column]:
    """G1: distinct columns, each with a point strictly inside its cell."""
    columns: list[Column] = []
    entries = item.entries()
    for entry, place in zip(entries, inside.entries(len(entries)), strict=True):
        sign, gate = entry.entries(2)
        columns.append(read_column(walls, sign, gate))
        point = place.vector(len(problem.X[0]))
        for side, normal in zip(columns[-1][1], walls.normals, strict=True):
            if side * dot(normal, point) <= 0:
                raise place.reject("G1: the point is not strictly inside the cell")
    if len({(sign, tuple(sides)) for sign, sides in columns}) != len(columns):
        raise item.reject("G1: a column is listed twice")
    return columns


def g1_every(walls: Walls, columns: Sequence[Column], item: Item) -> None:
    """G1: the columns are all cells with both signs, counted by deletion and restriction (Zaslavsky 1975)."""
    cells = {tuple(sides) for _, sides in columns}
    if len(columns) != 2 * len(cells) or regions([list(normal) for normal in walls.normals], len(cells)) != len(cells):
        raise item.reject("G1: these are not all columns of the data")


def regions(normals: Sequence[Vector], most: int) -> int:
    """Count the cells of hyperplanes through 0 in pairwise different directions; stop beyond `most`.

    Each hyperplane adds as many cells as the earlier ones cut it into.
    """
    total = 1
    for i, normal in enumerate(normals):
        pivot = next(j for j, entry in enumerate(normal) if entry)
        cut: dict[tuple[Fraction, ...], Vector] = {}
        for other in normals[:i]:
            factor = other[pivot] / normal[pivot]
            rest = [a - factor * b for j, (a, b) in enumerate(zip(other, normal, strict=True)) if j != pivot]
            lead = next((entry for entry in rest if entry), None)
            if lead is not None:
                cut.setdefault(tuple(entry / lead for entry in rest), rest)
        total += regions(list(cut.values()), most - total)
        if total > most:
            break
    return total


def g_node(problem: Problem, columns: list[Column], item: Item, evidence: Item, whole: bool) -> tuple[Node, int]:
    """Check G2-G5 of one node; return it, and of how many sets of columns it is the optimum."""
    *claim, above_item, tight_item, dimension, networks, local, covers = item.fields(
        *CLAIM, "above", "tight", "dimension", "networks", "local_minimum", "covers"
    )
    *parts, verdicts, labels = evidence.fields(*NETWORK, "verdicts", "labels")
    proof = prove_network(problem, claim, dict(zip(NETWORK, parts, strict=True)))
    found = c_verdicts(proof, columns, verdicts.entries(len(columns)))
    above, tight = column_set(above_item, len(columns)), [column_set(one, len(columns)) for one in tight_item.entries()]
    classes = [sum(1 << c for c, verdict in enumerate(found) if verdict == k) for k in range(len(proof.neurons))]
    if above != sum(1 << c for c, verdict in enumerate(found) if verdict == ABOVE):
        raise above_item.reject("G3: these are not the columns that exceed the penalty")
    if tight != classes:
        raise tight_item.reject("G3: these are not the columns in which the neurons are tight")
    polytope = s1_polytope(proof)
    points = all_vertices(polytope, labels)
    s4_vertices(polytope, points, networks)
    if s5_dimension(polytope, points) != dimension.index(LARGE):
        raise dimension.reject("G4: this is not proved to be the dimension")
    node = Node(above, tuple(tight), tuple(sorted({support(polytope, point) for point in points})))
    g4_local(proof, columns, node, networks, local, whole)
    count = g5_count(node, covers) << len(columns) - above.bit_count() - sum(tight).bit_count()
    if covers.number() != count or not count:
        raise covers.reject("G5: this is not the number of sets of columns of which the node is the optimum")
    return node, count


def column_set(item: Item, size: int) -> int:
    """Read an ascending list of columns."""
    numbers = [entry.index(size) for entry in item.entries()]
    if any(a >= b for a, b in pairwise(numbers)):
        raise item.reject("the columns are not in ascending order")
    return sum(1 << k for k in numbers)


def g4_local(proof: Proof, columns: list[Column], node: Node, networks: Item, item: Item, whole: bool) -> None:
    """G4: round no neuron of a network that is called a local minimum is there a column of its sign that exceeds b."""
    heads, violated = proof.walls.heads, dict[int, int]()
    for k, neuron in enumerate(proof.neurons):
        gates = [{"+": 1, "-": -1, "0": 0}[neuron.gate[head]] for head in heads]
        for c in members(node.above):
            sign, sides = columns[c]
            if sign == neuron.sign and all(not g or g == side for g, side in zip(gates, sides, strict=True)):
                violated.setdefault(k, c)
    entries = networks.entries()
    for network, claimed in zip(entries, item.entries(len(entries)), strict=True):
        if not flag(claimed):
            continue
        if not whole:
            raise claimed.reject("G4: local minima need all columns of the data")
        for k in (entry.index(len(proof.neurons)) for entry in network.table()["support"].entries()):
            if k in violated:
                raise claimed.reject(f"G4: column {violated[k]}, round neuron {k}, exceeds the penalty")


def g5_count(node: Node, item: Item) -> int:
    """G5: count the sets of tight columns that carry a network, neuron by neuron."""
    sizes, steps = [columns.bit_count() for columns in node.tight], 0
    open_sets = {frozenset(frozenset(neurons) for neurons in node.supports): 1}
    total = 0
    for k, size in enumerate(sizes):
        fresh: dict[frozenset[frozenset[int]], int] = {}
        for supports, ways in open_sets.items():
            steps += len(supports) + (ways.bit_length() >> 6)
            if steps > MAX_STEPS:
                raise item.reject("G5: the count takes too many steps")
            without = frozenset(one for one in supports if k not in one)
            holding = frozenset(one - {k} for one in supports)
            for rest, factor in ((without, 1), (holding, (1 << size) - 1)):
                if frozenset() in rest:
                    total += ways * factor << sum(sizes[k + 1 :])
                elif rest and factor:
                    fresh[rest] = fresh.get(rest, 0) + ways * factor
        open_sets = fresh
    return total if sizes else 1


def g5_distinct(nodes: Sequence[Node], item: Item) -> None:
    """G5: no optimum is listed twice; the same residual would exceed, and be tight, in the same columns."""
    seen: set[tuple[int, frozenset[int]]] = set()
    for node, entry in zip(nodes, item.entries(), strict=True):
        key = node.above, frozenset(columns for columns in node.tight if columns)
        if key in seen:
            raise entry.reject("G5: a node that violates the same columns, and is tight in the same, is listed before")
        seen.add(key)


def g6_edges(nodes: Sequence[Node], size: int, item: Item, before: Item) -> None:
    """G6: a column that the source violates joins columns that carry it, none to spare; the target is the optimum of these."""
    entries, seen = item.entries(), set()
    for entry, place in zip(entries, before.entries(len(entries)), strict=True):
        source, target, column = entry.entries(3)
        start, end, joined = nodes[source.index(len(nodes))], nodes[target.index(len(nodes))], column.index(size)
        known = source.index(len(nodes)), target.index(len(nodes)), joined
        if known in seen:
            raise entry.reject("G6: this edge is listed before")
        seen.add(known)
        held = column_set(place, size)
        if not start.carried(held) or any(start.carried(held & ~(1 << k)) for k in members(held)):
            raise place.reject("G6: these columns do not carry the source, or one could be left out")
        if not start.above >> joined & 1:
            raise column.reject("G6: the source does not violate this column")
        if not end.answers(held | 1 << joined):
            raise target.reject("G6: the target is not the optimum of these columns")
