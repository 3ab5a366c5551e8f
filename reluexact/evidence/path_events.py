"""What happens between two segments of a path, by what vanishes at their ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reluexact.errors import InputError
from reluexact.evidence.path import Segment, Vanishing

LEADERS = {
    "enter": ("amount", "watched"),
    "leave": ("amount", "watched"),
    "cross": ("gate", "gate"),
    "meet": ("gate", "tau"),
    "part": ("gate", "tau"),
    "pairing-begins": ("slack", "watched"),
    "pairing-ends": ("slack", "watched"),
}
"""What vanishes on the richer side of an event, which has more unknowns, and on the poorer one.

Where a neuron crosses a hyperplane both have as many; that on which its gate is -1 counts as the richer one.
"""
LOWER_IS_RICHER = ("enter", "part", "pairing-begins")
FOLLOWERS = {"amount": ("gate", "tau"), "slack": ("tau",), "gate": ("tau",)}
"""What may vanish besides on the richer side, because it is 0 on all of the poorer one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PathTurn:
    """An event between an upper and a lower segment.

    kind: as in :class:`reluexact.evidence.path.Link`. lower_is_rich: which of them is the richer one. leaders, followers: what
    vanishes at its end, poor: what vanishes at that of the other.
    """

    kind: str
    lower_is_rich: bool
    leaders: tuple[Vanishing, ...]
    followers: tuple[Vanishing, ...]
    poor: tuple[Vanishing, ...]


def turn_between(upper: Segment, lower: Segment) -> PathTurn | None:
    """Return the event between two segments, None where nothing vanishes; InputError where it is none of one kind."""
    ends = (_telling(upper, "low", lower), _telling(lower, "high", upper))
    if not any(ends):
        return None
    for kind, (leading, other) in LEADERS.items():
        low = kind in LOWER_IS_RICHER or (kind == "cross" and _is_off(lower, ends[1]))
        rich, poor = ends[low], ends[not low]
        leaders = tuple(item for item in rich if item.what == leading)
        followers = tuple(item for item in rich if item.what != leading)
        known = all(item.what in FOLLOWERS[leading] for item in followers)
        if leaders and poor and known and all(item.what == other for item in poor):
            return PathTurn(kind=kind, lower_is_rich=low, leaders=leaders, followers=followers, poor=poor)
    above, below = (sorted({item.what for item in items}) for items in ends)
    raise InputError(f"what vanishes above ({above}) and below ({below}) is no event of one kind")


def _telling(segment: Segment, end: str, other: Segment) -> tuple[Vanishing, ...]:
    """Return what says which event lies at an end: what vanishes there, but for watched neurons that are ties beyond it.

    theta is one at the event, so these reach the penalty there in any case. Where nothing else vanishes they are returned.
    """
    ties, items = [tie.face for tie in other.ties], segment.at_end(end)
    main = tuple(item for item in items if item.what != "watched" or segment.watched[item.index].face not in ties)
    return main or items


def _is_off(segment: Segment, items: Sequence[Vanishing]) -> bool:
    """Say whether a gate that vanishes is -1."""
    gates = [segment.blocks[item.index].gate[item.hyperplane or 0] for item in items if item.what == "gate"]
    return bool(gates) and gates[0] < 0
