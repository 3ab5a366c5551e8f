"""B4: cones that cover all neurons with a free hidden bias, each with a bound of the pull of theta on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress

from .document import Item
from .linear import whole_numbers
from .problem import Problem
from .quantities import Vector

UNIT, NEAR, DEEPEST = 20, 10, 1000
"""Slopes count multiples of 2^-UNIT; a falling row is on where the sum of its heights is above 2^-NEAR of their sizes."""


@dataclass(frozen=True, slots=True)
class Tip:
    """A vector g = (w, c) of a cone: `heights`, |theta_i| z_i.g of the rows that the cone crosses; `past`, what others pull."""

    weights: list[int]
    heights: list[int]
    past: int


def b4_cones(rows: Problem, theta: Vector, item: Item, sign: int) -> None:
    """B4, one sign: ``s theta.(Xw + c)+ <= b |w|`` for all w and c, in whole numbers."""
    center_item, axes_item, cells = item.fields("center", "axes", "cells")
    center, axes = center_item.vector(len(rows.X[0])), axes_item.vector(len(rows.X[0]) + 1)
    for entry, axis in zip(axes_item.entries(), axes, strict=True):
        if axis <= 0:
            raise entry.reject("B4: an axis must be positive")
    lengths, _ = whole_numbers(axes)
    pulls, unit = whole_numbers(sign * value for value in theta)
    moved, scale = whole_numbers(x - o for row in rows.X for x, o in zip(row, center, strict=True))
    width = len(center)
    table = [[*moved[k : k + width], scale] for k in range(0, len(moved), width)]
    depth = deepest(cells, width + 1)
    rising = [pull > 0 for pull in pulls]
    left, right = rows.penalty.denominator << UNIT, rows.penalty.numerator * unit * scale
    first = 0
    stack: list[tuple[list[bool], list[Tip]]] = []
    for entry in cells.entries():
        if not stack:
            if first >> width + 1:
                raise entry.reject("B4: there is no cone left for it")
            ends = [-length if first >> j & 1 else length for j, length in enumerate(lengths)]
            tips = [axis_tip(j, ends[j] << depth, pulls, table, width) for j in range(width + 1)]
            stack, first = [settled(rising, tips)], first + 1
        kinds, tips = stack.pop()
        if type(entry.value) is int:
            stack += halves(kinds, tips, *divmod(entry.value, width + 1))
        else:
            below(entry, kinds, tips, left, right)
    if stack or not first >> width + 1:
        raise cells.reject("B4: there are cones without a bound")


def axis_tip(axis: int, length: int, pulls: Sequence[int], table: Sequence[Sequence[int]], width: int) -> Tip:
    """Return the vector along an axis; theta may be 0 at a row, which then has no height."""
    heights = [abs(pull) * row[axis] * length for pull, row in zip(pulls, table, strict=True)]
    return Tip([length if k == axis else 0 for k in range(width)], heights, 0)


def deepest(cells: Item, count: int) -> int:
    """Return how often a cone is halved at most; the vectors are made so much longer that their means are whole."""
    most, depths = 0, [0]
    for entry in cells.entries():
        depth = depths.pop() if depths else 0
        if type(entry.value) is int:
            first, second = divmod(entry.value, count)
            if not 0 <= first < second or depth == DEEPEST:
                raise entry.reject(f"B4: two vectors are expected here, and at most {DEEPEST} halvings")
            depths += [depth + 1, depth + 1]
            most = max(most, depth + 1)
    return most


def halves(kinds: list[bool], tips: list[Tip], first: int, second: int) -> list[tuple[list[bool], list[Tip]]]:
    """Return both halves; the one without the vector `first` comes last, for it is the next."""
    one, other = tips[first], tips[second]
    mean = Tip(
        [(a + b) // 2 for a, b in zip(one.weights, other.weights, strict=True)],
        [(a + b) // 2 for a, b in zip(one.heights, other.heights, strict=True)],
        (one.past + other.past) // 2,
    )
    return [settled(kinds, [mean if k == gone else tip for k, tip in enumerate(tips)]) for gone in (second, first)]


def settled(kinds: list[bool], tips: list[Tip]) -> tuple[list[bool], list[Tip]]:
    """Take out the rows that the cone does not cross: linear on it where they are on, nothing where they are off."""
    low, high = (list(map(end, *(tip.heights for tip in tips))) for end in (min, max))
    crossed = [a < 0 < b for a, b in zip(low, high, strict=True)]
    up, down = ([a >= 0 and kind is rising for a, kind in zip(low, kinds, strict=True)] for rising in (True, False))
    shorter = [
        Tip(
            tip.weights,
            list(compress(tip.heights, crossed)),
            tip.past + sum(compress(tip.heights, up)) - sum(compress(tip.heights, down)),
        )
        for tip in tips
    ]
    return list(compress(kinds, crossed)), shorter


def below(entry: Item, kinds: list[bool], tips: list[Tip], left: int, right: int) -> None:
    """Demand ``pull <= b e.w`` at every vector of the cone, and ``|e| <= 1``."""
    slope = [part.value for part in entry.entries()] or [0] * len(tips[0].weights)
    if len(slope) != len(tips[0].weights):
        raise entry.reject(f"B4: {len(tips[0].weights)} entries are expected here, or none")
    numbers = [part for part in slope if type(part) is int]
    if len(numbers) != len(slope):
        raise entry.reject("B4: integers are expected here, multiples of 2^-20")
    if sum(part * part for part in numbers) > 1 << 2 * UNIT:
        raise entry.reject("B4: the slope is longer than 1")
    on = [
        not rising and (sum(heights) << NEAR) > sum(map(abs, heights))
        for rising, *heights in zip(kinds, *(tip.heights for tip in tips), strict=True)
    ]
    for tip in tips:
        raised = sum(height for height, rising in zip(tip.heights, kinds, strict=True) if rising and height > 0)
        pull = tip.past + raised - sum(compress(tip.heights, on))
        if pull * left > right * sum(part * weight for part, weight in zip(numbers, tip.weights, strict=True)):
            raise entry.reject("B4: the pull of theta exceeds the slope")
