"""Screens many sets of fractional shares at once for a solution, in integers with known errors.

For a set F and any vector g, a solution t has ``sum of g . s_j over the other shares at 1`` equal to ``g . right`` up to the
values of g on the steps of F. Floats choose a g that nearly vanishes on F; its values are then computed in fixed-point integers
with bounds on all errors (see :mod:`fixed`). Sets without a match have no solution, whatever floats did.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, combinations, islice, product

import numpy as np
from numpy.typing import NDArray

from reluexact.kinds.minimum_network.fewest.fixed import ROUNDED, Integers, Table
from reluexact.kinds.minimum_network.fewest.steps import Steps
from reluexact.propose.fewest.functionals import vanishing_on

Flags = NDArray[np.bool_]

BATCH = 2**18
"""About so many sums are held at once, for small halves."""
SETS = 2**12
"""For so many sets the values are computed at once."""
SMALL = 2**10
"""Halves with more sums than this are matched one set at a time, through a table of buckets."""
MOST_SLACK = 2**57
"""A set whose sums may miss by more is not excluded. Slacks up to this, and sums of at most 2^58 plus roundings, leave the
doubled numbers of the matching below 2^61."""
RATIO_BITS, MOST_RATIO, MOST_REACH = 10, 2**30, 2**31


def unscreened(steps: Steps, count: int) -> Iterator[tuple[int, ...]]:
    """Yield the sets of ``count`` variables that may be the fractional ones of a solution; the others are proved not to be."""
    pairs = [j for j, bounded in enumerate(steps.bounded) if bounded]
    table = Table.of(steps)
    ratio = _ratio(steps, count) if count and not pairs else None
    if table is not None and ratio is not None:
        yield from _spanning(steps, table, count, ratio)
        return
    for k in range(min(len(pairs), count) + 1):
        if count - k > len(steps.singles):
            continue
        sets = (first + second for first, second in product(combinations(pairs, k), combinations(steps.singles, count - k)))
        if table is None:
            yield from sets
            continue
        while batch := list(islice(sets, SETS)):
            yield from _screened(steps, table, batch, pairs, k)


def _ratio(steps: Steps, count: int) -> int | None:
    """Return a number that ``1 / t`` does not exceed, t the largest of ``count`` shares of a solution whose others are all 0.

    In units of 2^-RATIO_BITS; None when it is unknown, or too large. The right-hand side, in size the sum of its entries, is at
    most ``count * t`` times the largest step.
    """
    width = len(steps.right)
    sizes = [sum(map(abs, row)) for row in steps.integers]
    least = sizes[-1] - width * steps.errors[-1]
    most = max((size + width * error for size, error in zip(sizes[:-1], steps.errors[:-1], strict=True)), default=0)
    if least <= 0:
        return None
    ratio = -(-(count * most << RATIO_BITS) // least)
    return ratio if ratio <= MOST_RATIO else None


def _spanning(steps: Steps, table: Table, count: int, ratio: int) -> Iterator[tuple[int, ...]]:
    """Without pairs: yield the sets whose steps may span the right-hand side.

    Let j have the largest share of a solution. A vector that nearly vanishes on the other steps and on the right-hand side then
    nearly vanishes on s_j, too, so sets of one share less are enough: each tells all j at once.
    """
    seen: set[tuple[int, ...]] = set()
    sets = combinations(steps.singles, count - 1)
    while batch := list(islice(sets, BATCH >> 5)):
        chosen = _chosen(batch)
        vanishing = np.hstack([chosen, np.full((len(batch), 1), len(steps.steps))])
        close = _close(table, table.integral(vanishing_on(steps.floats[vanishing], steps.floats.shape[1])), vanishing, ratio)
        for row, j in np.argwhere(close).tolist():
            found = tuple(sorted((*batch[row], j)))
            if found not in seen:
                seen.add(found)
                yield found


def _close(table: Table, g: Integers, vanishing: NDArray[np.intp], ratio: int) -> Flags:
    """Say of all other steps whether g may be as small on them as a solution needs it."""
    values = np.abs(table.values(g))
    doubts = table.blur(g)[:, None] * table.errors + ROUNDED
    reach = np.take_along_axis(values + doubts, vanishing, axis=1).sum(axis=1)
    allowed = (np.minimum(reach, MOST_REACH) * ratio >> RATIO_BITS) + 1
    close: Flags = (values <= allowed[:, None] + doubts) | (reach > MOST_REACH)[:, None]
    np.put_along_axis(close, vanishing, False, axis=1)
    return close


def _chosen(batch: list[tuple[int, ...]]) -> NDArray[np.intp]:
    return np.fromiter(chain.from_iterable(batch), dtype=np.intp).reshape(len(batch), -1)


def _screened(
    steps: Steps, table: Table, batch: list[tuple[int, ...]], pairs: Sequence[int], k: int
) -> Iterator[tuple[int, ...]]:
    chosen = _chosen(batch)
    inside = np.zeros((len(batch), len(steps.steps)), dtype=bool)
    np.put_along_axis(inside, chosen, True, axis=1)
    inside[:, list(steps.singles)] = True
    others = np.argsort(inside, axis=1, kind="stable")[:, : len(pairs) - k]
    g = table.integral(vanishing_on(steps.floats[chosen], steps.floats.shape[1]))
    values, right, slack = _values(table, g, chosen, others)
    size = max(1, BATCH >> (4 + (others.shape[1] + 1) // 2))
    for start in range(0, len(batch), size):
        part = slice(start, start + size)
        flags = _matching(values[part], right[part], slack[part])
        yield from (entry for entry, flag in zip(batch[part], flags, strict=True) if flag)


def _values(table: Table, g: Integers, chosen: NDArray[np.intp], others: NDArray[np.intp]) -> tuple[Integers, Integers, Integers]:
    """Return the values of the other shares, the right-hand sides, and by how much sums may miss them, set by set.

    The chosen shares add between 0 and 1 times their values; every value is rounded, and blurred by the error of its step.
    """
    values = table.values(g)
    errors = table.errors[others].sum(axis=1) + table.errors[chosen].sum(axis=1) + table.errors[-1]
    slack = np.abs(np.take_along_axis(values, chosen, axis=1)).sum(axis=1) + table.blur(g) * errors
    slack += ROUNDED * (others.shape[1] + chosen.shape[1] + 1)
    return np.take_along_axis(values, others, axis=1), values[:, -1], slack


def _matching(values: Integers, right: Integers, slack: Integers) -> Flags:
    """Say for each set whether the values of some choice add up to ``right`` up to the slack."""
    wide = slack > MOST_SLACK
    slack = np.minimum(slack, MOST_SLACK)
    cut = values.shape[1] // 2
    first, second = subset_sums(values[:, :cut]), subset_sums(values[:, cut:])
    lowest = (right - slack)[:, None] - second
    if second.shape[1] > SMALL:
        return np.asarray(wide | [_meets(a, b, 2 * int(s)) for a, b, s in zip(first, lowest, slack, strict=True)])
    ranked = np.sort(np.concatenate([2 * lowest, 2 * first + 1], axis=1), axis=1)  # odd numbers are those of ``first``
    odd = (ranked & 1).astype(bool)
    below = np.maximum.accumulate(np.where(odd, -(2**62), ranked), axis=1)
    close = odd & (ranked - below <= 4 * slack[:, None] + 1)
    return np.asarray(wide | close.any(axis=1))


def _meets(first: Integers, lowest: Integers, width: int) -> bool:
    """Say whether some number of ``first`` is at most ``width`` above one of ``lowest``; buckets leave few to sort."""
    start = int(first.min())
    shift = max(width.bit_length(), (int(first.max()) - start).bit_length() - (64 * len(first)).bit_length())
    buckets, wanted = (first - start >> shift) + 1, (lowest - start >> shift) + 1
    last = int(buckets.max())
    wanted_kept = (wanted >= 0) & (wanted <= last)
    lowest, wanted = lowest[wanted_kept], wanted[wanted_kept]
    marks = np.zeros(last + 1, dtype=bool)
    marks[buckets] = True
    marks[buckets - 1] = True
    hit = marks[wanted]
    lowest, wanted = lowest[hit], wanted[hit]
    marks[:] = False
    marks[wanted] = True
    marks[np.minimum(wanted + 1, last)] = True
    kept = np.sort(first[marks[buckets]])
    places = np.searchsorted(kept, lowest)
    inside = places < len(kept)
    return bool((kept[places[inside]] <= lowest[inside] + width).any())


def subset_sums(values: Integers) -> Integers:
    """Return the sums of all subsets of the last axis, subset by binary number.

    >>> subset_sums(np.array([[1, 2]])).tolist()
    [[0, 1, 2, 3]]
    """
    sums = np.zeros((*values.shape[:-1], 1), dtype=np.int64)
    for j in range(values.shape[-1]):
        sums = np.concatenate([sums, sums + values[..., j : j + 1]], axis=-1)
    return sums
