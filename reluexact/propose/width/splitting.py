"""Which region to split by which hyperplane, or that a relaxed solution is a network of the width already (floats)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from reluexact.evidence.column_supports import members
from reluexact.evidence.region import Assignment, Region
from reluexact.propose.width.field import Direction, Field, Relaxed


def holds(region: Region, direction: Direction) -> bool:
    """Say whether a direction lies in a closed region."""
    return direction.sign == region.sign and all(direction.gate[hyperplane] * side >= 0 for hyperplane, side in region.sides)


def matching(assignment: Assignment, directions: Sequence[Direction]) -> list[int]:
    """Return for each direction the place of a region that takes it, -1 for none: as many as there is room for.

    Directions come in the order of their amounts: one that has a place keeps one.
    """
    seats = [place for place, (_, count) in enumerate(assignment) for _ in range(count)]
    taken: list[int] = [-1] * len(seats)

    def seated(k: int, asked: set[int]) -> bool:
        for seat, place in enumerate(seats):
            if seat not in asked and holds(assignment[place][0], directions[k]):
                asked.add(seat)
                if taken[seat] < 0 or seated(taken[seat], asked):
                    taken[seat] = k
                    return True
        return False

    for k in range(len(directions)):
        seated(k, set())
    places = [-1] * len(directions)
    for seat, k in enumerate(taken):
        if k >= 0:
            places[k] = seats[seat]
    return places


def merged(assignment: Assignment, directions: Sequence[Direction]) -> list[Direction]:
    """Add up directions that lie in one region and in one closed cell: one neuron does for them, and it stays in the region.

    What is left in one region is parted by hyperplanes.
    """
    kept: list[Direction] = []
    for direction in directions:
        for place, other in enumerate(kept):
            if _same_cell(assignment, direction, other):
                kept[place] = other.plus(direction)
                break
        else:
            kept.append(direction)
    return sorted(kept, key=lambda one: -float(np.linalg.norm(one.weights)))


def _same_cell(assignment: Assignment, one: Direction, other: Direction) -> bool:
    return (
        one.sign == other.sign
        and not (one.gate * other.gate < 0).any()
        and any(holds(region, one) and holds(region, other) for region, _ in assignment)
    )


def columns_of(field: Field, assignment: Assignment, relaxed: Relaxed) -> int:
    """Return one column for each direction that has a place: at most as many as there are neurons."""
    mask = 0
    directions = merged(assignment, relaxed.directions)
    for direction, place in zip(directions, matching(assignment, directions), strict=True):
        if place >= 0:
            found = field.columns_at(direction.sign, direction.gate, field.mask(assignment[place][0]))
            mask |= 1 << found[0] if found else 0
    return mask


def split_of(field: Field, assignment: Assignment, relaxed: Relaxed) -> tuple[int, int] | None:
    """Return the place of a region with too many directions and the hyperplane that halves them best; None when all have a place.

    A hyperplane is the better the more is on its lighter side: the sum of the heights of the weights over the hyperplane.
    """
    directions = merged(assignment, relaxed.directions)
    if -1 not in matching(assignment, directions):
        return None
    best: tuple[float, int, int, int] | None = None
    for place, (region, count) in enumerate(assignment):
        inside = [direction for direction in directions if holds(region, direction)]
        if len(inside) <= count:
            continue
        heights = field.every.view.weight_heights(np.array([direction.weights for direction in inside])).T
        gates = np.array([direction.gate for direction in inside]).T
        halves = np.minimum(np.where(gates > 0, heights, 0.0).sum(axis=1), np.where(gates < 0, -heights, 0.0).sum(axis=1))
        halves[[hyperplane for hyperplane, _ in region.sides]] = 0.0
        hyperplane = int(halves.argmax())
        score = float(halves[hyperplane]), field.mask(region).bit_count()
        if score[0] > 0.0 and (best is None or score > best[:2]):
            best = (*score, place, hyperplane)
    return None if best is None else best[2:]


def any_split(field: Field, assignment: Assignment) -> tuple[int, int] | None:
    """Return the place of the region with the most columns and the wall that halves it best; None when all are single cells."""
    sizes = [field.mask(region).bit_count() for region, _ in assignment]
    if max(sizes, default=0) <= 1:
        return None
    place = sizes.index(max(sizes))
    inside = field.cells[list(members(field.mask(assignment[place][0])))]
    on = inside.sum(axis=0)
    return place, int(np.minimum(on, len(inside) - on).argmax())
