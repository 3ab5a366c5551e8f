"""Which region to split by which wall, or that a relaxed solution is a network of the width already (floats)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from reluexact.claims.width_optimum import Assignment, Region
from reluexact.search.width.field import Direction, Field, Relaxed

_PARTED = 1e-9


def holds(region: Region, direction: Direction) -> bool:
    """Say whether a direction lies in a closed region."""
    return direction.sign == region.sign and all(direction.gate[wall] * side >= 0 for wall, side in region.sides)


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


def columns_of(field: Field, assignment: Assignment, relaxed: Relaxed) -> int:
    """Return one column for each direction that has a place: at most as many as there are neurons."""
    mask = 0
    for direction, place in zip(relaxed.directions, matching(assignment, relaxed.directions), strict=True):
        if place >= 0:
            mask |= 1 << field.columns_at(direction.sign, direction.gate, field.mask(assignment[place][0]))[0]
    return mask


def split_of(field: Field, assignment: Assignment, relaxed: Relaxed) -> tuple[int, int] | None:
    """Return the place of a region with too many directions and the wall that halves them best; None when all have a place.

    A wall is the better the more is on its lighter side: the sum of amount times height over the wall.
    """
    if -1 not in matching(assignment, relaxed.directions):
        return None
    best: tuple[float, int, int, int] | None = None
    for place, (region, count) in enumerate(assignment):
        inside = [direction for direction in relaxed.directions if holds(region, direction)]
        if len(inside) <= count:
            continue
        weights = np.array([direction.amount for direction in inside])
        heights = field.every.view.normals @ np.array([direction.vector for direction in inside]).T * weights
        gates = np.array([direction.gate for direction in inside]).T
        halves = np.minimum(np.where(gates > 0, heights, 0.0).sum(axis=1), np.where(gates < 0, -heights, 0.0).sum(axis=1))
        halves[[wall for wall, _ in region.sides]] = 0.0
        wall = int(halves.argmax())
        score = float(halves[wall]) / float(weights.sum())
        if score > _PARTED * 1e-3 and (best is None or (score, field.mask(region).bit_count()) > best[:2]):
            best = (score, field.mask(region).bit_count(), place, wall)
    return None if best is None else best[2:]
