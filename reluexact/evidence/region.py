"""Where the neurons of a network may lie: cones that decided hyperplanes name, and how one is parted by a hyperplane."""

from __future__ import annotations

from dataclasses import dataclass

from reluexact.geometry.signs import Sides


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """Where a neuron may lie: its sign, and a closed cone of directions named by decided hyperplanes.

    >>> Region(sign=1).part(3, -1).part(0, 1)
    Region(sign=1, sides=((0, 1), (3, -1)))
    """

    sign: int
    sides: Sides = ()

    def part(self, hyperplane: int, side: int) -> Region:
        """Return the part of the region on one side of a hyperplane."""
        return Region(sign=self.sign, sides=tuple(sorted((*self.sides, (hyperplane, side)))))

    def within(self, other: Region) -> bool:
        """Say whether the other region is known to contain this one: it has the same sign, and decides fewer hyperplanes."""
        return self.sign == other.sign and set(other.sides) <= set(self.sides)


Assignment = tuple[tuple[Region, int], ...]
"""Distinct regions, each with the number of neurons that lie in it; in an order that the rules of splitting fix."""


def whole(width: int, positive: int) -> Assignment:
    """Return the assignment of ``positive`` neurons of sign +1 and the others of sign -1, all anywhere."""
    return tuple((Region(sign=sign), count) for sign, count in ((1, positive), (-1, width - positive)) if count)


def parts(assignment: Assignment, place: int, hyperplane: int) -> tuple[Assignment, Assignment]:
    """Split the region at ``place`` by a hyperplane: one of its neurons is on the side ``on``, or all are on the side ``off``.

    Neurons of one region are interchangeable, so nothing is lost. A part that is there already adds to the number there.

    >>> [[count for _, count in one] for one in parts(whole(3, 3), 0, 5)]
    [[2, 1], [3]]
    """
    region, count = assignment[place]
    rest = dict(assignment)
    del rest[region]
    on = dict(assignment)
    if count > 1:
        on[region] = count - 1
    else:
        del on[region]
    for table, side, number in ((on, 1, 1), (rest, -1, count)):
        part = region.part(hyperplane, side)
        table[part] = table.get(part, 0) + number
    return tuple(on.items()), tuple(rest.items())
