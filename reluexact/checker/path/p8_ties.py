"""P8, ties: those of one side of an event that are no neurons of the other side are watched there."""

from __future__ import annotations

from ..document import Item
from ..network.proof import Neuron
from .p8_spans import nested
from .segment import Flag, Segment


def new_ties(segment: Segment, other: Segment) -> list[int]:
    """Return the ties that are no optimal neurons of another segment."""
    known = {(neuron.sign, neuron.gate) for neuron in other.neurons[: other.active]}
    ties = range(segment.carriers, segment.active)
    return [k for k in ties if (segment.neurons[k].sign, segment.neurons[k].gate) not in known]


def p8_tied(rich: Segment, poor: Segment, end: str, crosses: bool, item: Item) -> set[Flag]:
    """P8, ties of the poorer side that are no neurons of the richer one: it has flagged the watched neurons that they are."""
    if crosses and (new_ties(poor, rich) or new_ties(rich, poor)):
        raise item.reject("P8: the ties change where a neuron crosses a wall")
    tied = {(end, "watched", watcher(rich, poor.neurons[n], item), -1, "") for n in new_ties(poor, rich)}
    if not tied <= {flag for _, flag in rich.flags}:
        raise item.reject("P8: the richer side must have flagged the ties of the poorer one that it has not")
    return tied


def tight(segment: Segment, sign: int, gate: str) -> bool:
    """Say whether a segment has an optimal neuron of this sign and gate."""
    return any((one.sign, one.gate) == (sign, gate) for one in segment.neurons[: segment.active])


def tie_events(rich: Segment, poor: Segment, side: int) -> list[tuple[str, Neuron]]:
    """Say which ties enter or leave; side: 0 where the richer segment is above, 1 where it is below."""
    found = [("leaves", "enters")[side], ("enters", "leaves")[side]]
    pairs = zip(found, ((rich, poor), (poor, rich)), strict=True)
    return [(name, some.neurons[k]) for name, (some, other) in pairs for k in new_ties(some, other)]


def watcher(segment: Segment, neuron: Neuron, item: Item) -> int:
    """Return the number of the watched neuron with this sign, gate and span."""
    for number, other in enumerate(segment.neurons[segment.active :]):
        same = (other.sign, other.gate, len(other.basis)) == (neuron.sign, neuron.gate, len(neuron.basis))
        if same and nested(other.basis, neuron.basis):
            return number
    raise item.reject("P8: one side does not watch a neuron that the other one has")
