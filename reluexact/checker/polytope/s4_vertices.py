"""S4 to S6: vertices with their amounts, the dimension, the sum of the amounts."""

from __future__ import annotations

from itertools import pairwise

from ..document import LARGE, Item, show
from ..linear import pivots
from ..network.proof import Proof
from ..quantities import ONE, ZERO, Interval
from ..radicals import Constant, Form, enclose, lies_in, plus
from .s1_amounts import Polytope
from .s2_labels import Point, all_vertices, minus, support


def times(proof: Proof, length: Constant | Interval, value: Form | Interval, box: Interval) -> bool:
    """Prove that length times value lies in a box; both are positive."""
    bits = 64 + proof.radius.denominator.bit_length()
    lengths = enclose(length, bits) if isinstance(length, dict) else length
    values = proof.enclosure(value) if isinstance(value, Form) else value
    if box[0] <= lengths[0] * max(values[0], ZERO) and lengths[1] * values[1] <= box[1]:
        return True
    constant = proof.known(value) if isinstance(value, Form) else None
    return constant is not None and isinstance(length, dict) and lies_in(proof.radicals.times(length, constant), box)


def s4_network(polytope: Polytope, claim: Item) -> tuple[tuple[int, ...], list[Interval], Item]:
    """S4, reading: the neurons of a network, ascending, and a box for the amount of each."""
    support_item, amounts_item = claim.fields("support", "amounts")
    neurons = tuple(item.index(len(polytope.amounts)) for item in support_item.entries())
    if any(i >= j for i, j in pairwise(neurons)):
        raise support_item.reject("S4: the neurons are not in ascending order")
    return neurons, [item.box() for item in amounts_item.entries(len(neurons))], claim


def s4_amounts(polytope: Polytope, point: Point, neurons: tuple[int, ...], boxes: list[Interval], item: Item) -> None:
    """S4: the amounts at a point lie in the claimed boxes."""
    for place, (k, box) in enumerate(zip(neurons, boxes, strict=True)):
        amount = polytope.amounts[k]
        bound = polytope.upper[amount.variable] if amount.variable >= 0 else None
        value = point.values.get(amount.variable, amount.total)
        if amount.rest and bound is not None:
            value = minus(polytope.proof, bound, value)
        if not times(polytope.proof, amount.length, value, box):
            raise item.table()["amounts"].entries()[place].reject("S4: the amount is not proved to lie in this box")


def s4_vertices(polytope: Polytope, points: list[Point], item: Item) -> None:
    """S4: the claimed vertices are the points of the labels, each once (a vertex is known by its support)."""
    claimed = {}
    for vertex in item.entries():
        neurons, boxes, place = s4_network(polytope, vertex)
        if neurons in claimed:
            raise vertex.reject("S4: a vertex with this support is listed before; there is only one")
        claimed[neurons] = (boxes, place)
    found = set()
    for point in points:
        neurons = support(polytope, point)
        if neurons not in claimed:
            raise item.reject(f"S4: the vertex with the neurons {show(str([*neurons]))} is missing")
        found.add(neurons)
        s4_amounts(polytope, point, neurons, *claimed[neurons])
    for neurons, (_, vertex) in claimed.items():
        if neurons not in found:
            raise vertex.reject("S4: no vertex has this support")


def s5_dimension(polytope: Polytope, points: list[Point]) -> int | None:
    """S5: count the variables that are not at one bound at all vertices, less the rank of their columns; None: not proved."""
    stuck = set.intersection(*(point.tight for point in points))
    moving = [j for j in range(len(polytope.columns)) if not {(j, False), (j, True)} & stuck]
    columns = [column for j in moving if (column := polytope.rational[j]) is not None]
    if len(columns) == len(moving):
        return len(moving) - len(pivots(columns))
    whole = any({*point.label[0]} <= {*moving} for point in points)
    return len(moving) - len(polytope.right) if whole else None


def s6_total(polytope: Polytope, item: Item) -> None:
    """S6: the amounts of every optimal network add up to those of the network of O6, the t of the blocks."""
    proof, box, exact = polytope.proof, item.box(), Constant()
    ends = [proof.size(k) for k in proof.blocks]
    if box[0] <= sum((low for low, _ in ends), ZERO) and sum((high for _, high in ends), ZERO) <= box[1]:
        return
    for k in proof.blocks:
        amount = polytope.amounts[k]
        constant = proof.known(amount.total)
        if constant is None or not isinstance(amount.length, dict):
            raise item.reject("S6: the sum of the amounts is not proved to lie in this box")
        exact = plus(exact, ONE, proof.radicals.times(amount.length, constant))
    if not lies_in(exact, box):
        raise item.reject("S6: the sum of the amounts is not in this box")


def check_set(polytope: Polytope, claim: list[Item], labels: Item, whose: str, lines: list[str]) -> None:
    """S1 to S6 without the sum of the amounts: dimension, vertices, and the fewest and most neurons of a vertex."""
    dimension, vertices, fewest, most = claim
    points = all_vertices(polytope, labels)
    corners = len(vertices.entries())
    lines.append(
        f"all {whose} networks: a polytope of dimension {dimension.index(LARGE)} with "
        f"{corners} {'vertex' if corners == 1 else 'vertices'}"
    )
    lines.append(f"neurons of a vertex: at least {fewest.index(LARGE)}, at most {most.index(LARGE)}")
    s4_vertices(polytope, points, vertices)
    if s5_dimension(polytope, points) != dimension.value:
        raise dimension.reject("S5: this is not proved to be the dimension")
    widths = [len(support(polytope, point)) for point in points]
    for item, width in ((fewest, min(widths)), (most, max(widths))):
        if item.value != width:
            raise item.reject(f"S6: the number is {width}")
