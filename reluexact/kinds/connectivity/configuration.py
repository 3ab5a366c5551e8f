"""Optimal networks slot by slot, exact whatever the amounts are: the form in which they are moved.

A configuration says for every slot which neuron it holds and which part of every vertex's amount of that neuron. The parts are
rational, and they sum, over the slots of one neuron, to the weight of the vertex. So the amounts of the slots add up to those
of a convex combination of the vertices: the network is optimal, and this can be checked without looking at any amount.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from reluexact.kinds.optimal_set.vertex import Vertex
from reluexact.numbers.combination import combination
from reluexact.numbers.real import Real

Parts = tuple[tuple[int, Fraction], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One neuron of a network: nothing, or a positive amount of an optimal neuron.

    parts: (vertex, part > 0) for vertices that use the neuron; the amount, the sum of part times the vertex's
    amount, follows from them.
    """

    neuron: int | None
    parts: Parts
    amount: Real = field(compare=False)


EMPTY = Slot(neuron=None, parts=(), amount=Real.rational(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """An optimal network of a given width: weights (vertex, weight > 0) with sum 1, and its slots in order."""

    weights: Parts
    slots: tuple[Slot, ...]

    @property
    def width(self) -> int:
        """Return the number of slots."""
        return len(self.slots)

    @property
    def neurons(self) -> tuple[int | None, ...]:
        """Return the neuron of every slot, None for a zero slot."""
        return tuple(slot.neuron for slot in self.slots)

    @property
    def amounts(self) -> tuple[Real, ...]:
        """Return |w| |a| of every slot."""
        return tuple(slot.amount for slot in self.slots)


def configuration(
    vertices: Sequence[Vertex], weights: Mapping[int, Fraction], slots: Sequence[tuple[int | None, Mapping[int, Fraction]]]
) -> Configuration:
    """Return the configuration with these weights and slots (neuron, parts); parts that come to nothing are dropped."""
    made = []
    for neuron, parts in slots:
        used = () if neuron is None else tuple((j, p) for j, p in sorted(parts.items()) if p and neuron in vertices[j].support)
        if neuron is None or not used:
            made.append(EMPTY)
            continue
        amount = combination((part, vertices[j].amounts[neuron]) for j, part in used)
        made.append(Slot(neuron=neuron, parts=used, amount=amount))
    kept = tuple((j, weight) for j, weight in sorted(weights.items()) if weight)
    return Configuration(weights=kept, slots=tuple(made))


def placed(vertices: Sequence[Vertex], vertex: int, neurons: Sequence[int | None]) -> Configuration:
    """Return a vertex with its neurons in given slots, each in exactly one."""
    one = {vertex: Fraction(1)}
    return configuration(vertices, one, [(neuron, one) for neuron in neurons])


def mixed(
    vertices: Sequence[Vertex], first: Configuration, second: Configuration, share: Fraction, neurons: Sequence[int | None]
) -> Configuration:
    """Return the point ``share`` (0 to 1) of the way between two configurations that agree with ``neurons``, slot by slot."""
    if share in (0, 1):
        return second if share else first
    slots = [
        (neuron, _mixed(left.parts, right.parts, share))
        for neuron, left, right in zip(neurons, first.slots, second.slots, strict=True)
    ]
    return configuration(vertices, _mixed(first.weights, second.weights, share), slots)


def _mixed(first: Parts, second: Parts, share: Fraction) -> dict[int, Fraction]:
    total = {j: (1 - share) * part for j, part in first}
    for j, part in second:
        total[j] = total.get(j, Fraction(0)) + share * part
    return total


def fault(vertices: Sequence[Vertex], given: Configuration) -> str | None:
    """Return why a configuration is not shown to be an optimal network, or None: the check of the module docstring.

    >>> from reluexact.numbers.real import Real
    >>> corner = Vertex(amounts=(Real.rational(2),), support=(0,))
    >>> half = {0: Fraction(1, 2)}
    >>> fault([corner], configuration([corner], {0: Fraction(1)}, [(0, half), (0, half)]))
    >>> fault([corner], configuration([corner], {0: Fraction(1)}, [(0, half)]))
    'the slots hold 1/2 of neuron 0 of vertex 0, whose weight is 1'
    """
    weights = dict(given.weights)
    if sum(weights.values()) != 1 or any(weight < 0 for weight in weights.values()):
        return "the weights of the vertices are not a convex combination"
    held: dict[tuple[int, int], Fraction] = {}
    for slot in given.slots:
        for j, part in slot.parts:
            if slot.neuron is None or slot.neuron not in vertices[j].support or part <= 0:
                return "a slot holds a part that its vertex does not have"
            held[j, slot.neuron] = held.get((j, slot.neuron), Fraction(0)) + part
    wanted = {(j, k): weight for j, weight in weights.items() for k in vertices[j].support}
    for j, k in sorted(wanted.keys() | held.keys()):
        part, weight = held.get((j, k), Fraction(0)), wanted.get((j, k), Fraction(0))
        if part != weight:
            return f"the slots hold {part} of neuron {k} of vertex {j}, whose weight is {weight}"
    return None
