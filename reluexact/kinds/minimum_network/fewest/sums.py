"""Fewest fractional shares by meeting in the middle: every choice of the others is searched, in integers with known errors.

At a vertex the fractional shares F have independent steps and all other shares are 0 or 1. A functional g that nearly
vanishes on the steps of F turns ``sum t_j s_j = right`` into a subset sum: the numbers ``g . s_j`` of the other shares at 1
add up to ``g . right`` up to an error that is known. The sums of one half of them, sorted, are matched against those of the
other half (Horowitz & Sahni 1974, Computing partitions with applications to the knapsack problem). What matches is settled
exactly; where nothing matches there is no solution, whatever g was, so floats may choose it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import comb
from operator import mul

import numpy as np

from reluexact.errors import Argument, Cure, Limit, Message, message_of
from reluexact.kinds.minimum_network.fewest.fixed import Integers
from reluexact.kinds.minimum_network.fewest.screen import subset_sums, unscreened
from reluexact.kinds.minimum_network.fewest.steps import Steps
from reluexact.numbers.scalar import Undecided
from reluexact.numbers.scalar_vectors import ScalarVector
from reluexact.propose.fewest.functionals import vanishing_and_reading

HALF_BITS = 22
"""The sums of one half are at most 2^HALF_BITS numbers."""
SET_COST = 1_000
"""What one set F costs besides its sums, in sums."""
CHUNK = 2**20
TRIES = 1_000
"""Matches that exact arithmetic may refute for one F, before the search gives up."""
SUM_BITS = 60


@dataclass(slots=True)
class SumResult:
    """What a search knows so far.

    fewer: it is proved that no solution has fewer fractional shares. point: one with just so many, if found. reason: why not.
    """

    fewer: int = 0
    point: ScalarVector | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A condition on the shares at 1: their values add up to a number from ``low`` to ``high``. values: one per candidate."""

    values: Integers
    low: int
    high: int


@dataclass(slots=True)
class Effort:
    """Counts sums against a limit."""

    limit: int
    used: int = field(default=0)

    def allows(self, amount: int) -> bool:
        """Spend so much, if it is left."""
        if self.used + amount > self.limit:
            return False
        self.used += amount
        return True


def _stopped(text: str, limit: int) -> Message:
    """Say that the search for sums is at its limit."""
    return Message(text, Cure("raise ", Argument("limit")), limit=Limit(counted="sums", value=limit))


def set_effort(steps: Steps, count: int) -> int:
    """Return what all sets of ``count`` fractional shares cost at most, in sums."""
    pairs = sum(steps.bounded)
    singles = len(steps.bounded) - pairs
    if not pairs:
        return comb(singles, max(count - 1, 0)) * SET_COST
    kinds = range(min(pairs, count) + 1)
    return sum(comb(pairs, k) * comb(singles, count - k) * (2 ** ((pairs - k + 1) // 2) + SET_COST) for k in kinds)


def fewest_by_sums(steps: Steps, effort: Effort, most: int) -> SumResult:
    """Search 0, 1, ... fractional shares, fewer than ``most``, until one has a solution; ``fewer == most``: none has."""
    result = SumResult()
    for count in range(most):
        if (sum(steps.bounded) + 1) // 2 > HALF_BITS or not effort.allows(set_effort(steps, count)):
            text = f"to search all choices of {count} variables between their bounds would take too long"
            result.reason = _stopped(text, effort.limit)
            return result
        for chosen in unscreened(steps, count):
            found = _search(steps, chosen, effort, result)
            if found is not None:
                return SumResult(fewer=count, point=found)
        if result.reason:
            return result
        result.fewer = count + 1
    return result


def _search(steps: Steps, chosen: tuple[int, ...], effort: Effort, result: SumResult) -> ScalarVector | None:
    """Return a solution whose fractional shares are among the chosen ones; what stays open goes into ``result.reason``."""
    others = [j for j, bounded in enumerate(steps.bounded) if bounded and j not in chosen]
    vanishing, reading = vanishing_and_reading(steps.floats[list(chosen)], steps.floats.shape[1])
    halves = _Halves(others, _line(steps, others, chosen, vanishing[0], None))
    if not halves.matches:
        return None
    try:
        if _dependent(steps, chosen):
            return None
        lines = [_line(steps, others, chosen, g, None) for g in vanishing[1:]]
        lines += [_line(steps, others, chosen, g, m) for m, g in zip(chosen, reading, strict=True)]
        return _settled(steps, chosen, halves, lines, effort)
    except Undecided as problem:
        result.reason = result.reason or Message(
            message_of(problem), f": an exact solution with {len(chosen)} variables between their bounds may exist"
        )
    return None


def _settled(
    steps: Steps, chosen: tuple[int, ...], halves: _Halves, lines: Sequence[Line], effort: Effort
) -> ScalarVector | None:
    """Settle the matches exactly, those that break one of the further lines left out; raises Undecided when one stays open."""
    doubt: Undecided | None = None
    tried = 0
    for ones in halves.candidates(lines, effort):
        tried += 1
        if tried > TRIES:
            raise Undecided("too many near matches of sums")
        try:
            point = steps.settle(chosen, ones)
        except Undecided as problem:
            doubt = doubt or problem
            continue
        if point is not None:
            return point
    if doubt is not None:
        raise doubt
    return None


def _dependent(steps: Steps, chosen: Sequence[int]) -> bool:
    """Say whether the steps are dependent, so that no vertex has just these shares fractional."""
    return bool(chosen) and not steps.independent(chosen)


def _line(steps: Steps, others: Sequence[int], chosen: Sequence[int], g: Sequence[int], free: int | None) -> Line:
    """Apply a functional; ``free``: the chosen share whose whole range is allowed for, beyond the error of the others."""
    size = sum(map(abs, g))
    right, slack = sum(map(mul, g, steps.integers[-1])), size * steps.errors[-1]
    values, low, high = [], 0, 0
    for j in others:
        values.append(sum(map(mul, g, steps.integers[j])))
        slack += size * steps.errors[j]
    for m in chosen:
        value = sum(map(mul, g, steps.integers[m]))
        slack += size * steps.errors[m]
        if m == free:
            low, high = min(value, 0), max(value, 0)
        else:
            slack += abs(value)
    most = sum(map(abs, values)) + abs(right) + slack + high - low + 1
    shift = max(0, most.bit_length() - SUM_BITS)
    rounding = len(values) + 2
    return Line(
        values=np.array([value >> shift for value in values], dtype=np.int64),
        low=((right - high - slack) >> shift) - rounding,
        high=((right - low + slack) >> shift) + rounding,
    )


class _Halves:
    """The sums of both halves of the other shares by one line, and the choices whose sum it allows."""

    def __init__(self, others: Sequence[int], line: Line) -> None:
        self.others, self.line, self.cut = others, line, len(others) // 2
        first, self.second = subset_sums(line.values[: self.cut]), subset_sums(line.values[self.cut :])
        self.first = np.sort(first)
        wanted = np.sort(line.low - self.second)
        places = np.searchsorted(self.first, wanted)
        reached = self.first[np.minimum(places, len(self.first) - 1)]
        self.matches = bool(((places < len(self.first)) & (reached <= wanted + (line.high - line.low))).any())

    def candidates(self, lines: Sequence[Line], effort: Effort) -> Iterator[tuple[int, ...]]:
        """Yield the shares at 1 of every choice that satisfies all lines; raises Undecided when there are too many to look at."""
        order = np.argsort(subset_sums(self.line.values[: self.cut]), kind="stable")
        start = np.searchsorted(self.first, self.line.low - self.second, side="left")
        count = np.searchsorted(self.first, self.line.high - self.second, side="right") - start
        if not effort.allows(int(count.sum())):
            raise Undecided(_stopped("too many sums match in one equation", effort.limit))
        tables = [(subset_sums(line.values[: self.cut]), subset_sums(line.values[self.cut :]), line) for line in lines]
        rows = np.flatnonzero(count)
        edges = np.searchsorted(np.cumsum(count[rows]), np.arange(CHUNK, count.sum() + CHUNK, CHUNK))
        for part in np.split(rows, np.unique(np.minimum(edges, len(rows)))):
            right = np.repeat(part, count[part])
            offset = np.arange(len(right)) - np.repeat(np.cumsum(count[part]) - count[part], count[part])
            left = order[np.repeat(start[part], count[part]) + offset]
            for first, second, line in tables:
                total = first[left] + second[right]
                kept = (total >= line.low) & (total <= line.high)
                left, right = left[kept], right[kept]
            for i, k in zip(left.tolist(), right.tolist(), strict=True):
                yield self._chosen(i, k)

    def _chosen(self, first: int, second: int) -> tuple[int, ...]:
        bits = first | (second << self.cut)
        return tuple(j for k, j in enumerate(self.others) if bits >> k & 1)
