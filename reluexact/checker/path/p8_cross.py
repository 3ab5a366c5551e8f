"""P8: a neuron crosses a wall whose kink is 0."""

from __future__ import annotations

from collections.abc import Sequence

from ..document import Item
from ..network.o7_tight_leaves import kink
from .segment import Flag, Segment


def off_side(upper: Segment, lower: Segment, item: Item) -> int:
    """Return the side on which the one neuron that crosses has the gate - at its wall: 0 the upper, 1 the lower."""
    for place, (segment, end) in enumerate(((upper, "low"), (lower, "high"))):
        flags = [flag for _, flag in segment.flags if flag[0] == end]
        if len(flags) != 1 or flags[0][1] != "gate" or not flags[0][2] < segment.count or flags[0][2] in segment.partners:
            raise item.reject("P8: where a neuron crosses a wall its gate is flagged on both sides, no pair, and nothing else")
        if segment.neurons[flags[0][2]].gate[segment.walls.heads[flags[0][3]]] == "-":
            return place
    raise item.reject("P8: a neuron that crosses a wall has the gate - at it on one side")


def p8_crossed(rich: Segment, end: str, flags: Sequence[Flag], blocks: Sequence[int], item: Item) -> set[Flag]:
    """P8f: return the gate that vanishes on the other side: the kink of its wall is 0 by the identities of this one."""
    ((_, _, index, wall, _),) = flags
    if rich.known(rich.form(kink(rich.views[-1], rich.neurons[index].sign, wall))) != {}:
        raise item.reject("P8: the kink of the wall that a neuron crosses is not proved to be 0")
    return {(end, "gate", blocks.index(index), wall, "")}
