"""Screens many sets of fractional shares at once for a solution, in floats whose rounding errors are bounded.

For a set F and any vector g, a solution t has ``sum of g . s_j over the other shares at 1`` equal to ``g . right`` up to the
values of g on the steps of F. Here g nearly vanishes on F, the values are computed in floats with a bound on every error, and
rounded to integers of one size. Sets without a match have no solution, whatever floats did.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, combinations, islice, product

import numpy as np
from numpy.typing import NDArray

from reluexact.kinds.minimum_network.fewest.steps import BITS, Steps
from reluexact.propose.types import Floats

Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]

SUM_BITS = 60
BATCH = 2**18
"""About so many sums are held at once, for small halves."""
SMALL = 2**10
"""Halves with more sums than this are matched one set at a time, through a table of buckets."""
UNIT = 2.0**-52


def unscreened(steps: Steps, count: int) -> Iterator[tuple[int, ...]]:
    """Yield the sets of ``count`` variables that may be the fractional ones of a solution; the others are proved not to be."""
    pairs = [j for j, bounded in enumerate(steps.bounded) if bounded]
    least = _least_largest(steps, count) if count and not pairs else 0.0
    if least > 0:
        yield from _spanning(steps, count, least)
        return
    for k in range(min(len(pairs), count) + 1):
        if count - k > len(steps.singles):
            continue
        others = len(pairs) - k
        size = max(1, BATCH >> (4 + (others + 1) // 2))
        sets = (first + second for first, second in product(combinations(pairs, k), combinations(steps.singles, count - k)))
        while batch := list(islice(sets, size)):
            yield from _screened(steps, batch, pairs, k)


def _least_largest(steps: Steps, count: int) -> float:
    """Return a number that the largest of ``count`` shares, all others 0, reaches in every solution; 0 when none is known."""
    sizes = np.abs(steps.floats).sum(axis=1) + steps.floats.shape[1] * _errors(steps)
    right = sizes[-1] - 2 * steps.floats.shape[1] * _errors(steps)[-1]
    return float(right / (count * sizes[:-1].max(initial=1.0)) * (1 - 2.0**-20))


def _spanning(steps: Steps, count: int, least: float) -> Iterator[tuple[int, ...]]:
    """Without pairs: yield the sets whose steps may span the right-hand side.

    Let j have the largest share of a solution. A vector that nearly vanishes on the other steps and on the right-hand side then
    nearly vanishes on s_j, too, so sets of one share less are enough: each tells all j at once.
    """
    seen: set[tuple[int, ...]] = set()
    sets = combinations(steps.singles, count - 1)
    while batch := list(islice(sets, BATCH >> 5)):
        chosen = _table(batch)
        last = np.full((len(batch), 1), len(steps.steps))
        vanishing = np.hstack([chosen, last])
        exact, doubts = _products(steps, _functionals(steps.floats[vanishing], steps.floats.shape[1]))
        reach = np.take_along_axis(np.abs(exact) + doubts, vanishing, axis=1).sum(axis=1) / least * (1 + 2.0**-20)
        close = np.abs(exact) <= reach[:, None] + doubts
        np.put_along_axis(close, vanishing, False, axis=1)
        for row, j in np.argwhere(close).tolist():
            found = tuple(sorted((*batch[row], j)))
            if found not in seen:
                seen.add(found)
                yield found


def _table(batch: list[tuple[int, ...]]) -> NDArray[np.intp]:
    return np.fromiter(chain.from_iterable(batch), dtype=np.intp).reshape(len(batch), -1)


def _screened(steps: Steps, batch: list[tuple[int, ...]], pairs: Sequence[int], k: int) -> list[tuple[int, ...]]:
    chosen = _table(batch)
    inside = np.zeros((len(batch), len(steps.steps)), dtype=bool)
    np.put_along_axis(inside, chosen, True, axis=1)
    inside[:, list(steps.singles)] = True
    others = np.argsort(inside, axis=1, kind="stable")[:, : len(pairs) - k]
    values, right, slack = _values(steps, chosen, others)
    flags = _matching(values, right, slack)
    return [entry for entry, flag in zip(batch, flags, strict=True) if flag]


def _values(steps: Steps, chosen: NDArray[np.intp], others: NDArray[np.intp]) -> tuple[Integers, Integers, Integers]:
    """Return integer values of the other shares, the right-hand sides, and by how much sums may miss them, set by set."""
    exact, doubts = _products(steps, _functionals(steps.floats[chosen], steps.floats.shape[1]))
    used = np.take_along_axis(doubts, np.hstack([others, chosen]), axis=1).sum(axis=1) + doubts[:, -1]
    used += np.abs(np.take_along_axis(exact, chosen, axis=1)).sum(axis=1)
    values, right = np.take_along_axis(exact, others, axis=1), exact[:, -1]
    most = np.abs(values).sum(axis=1) + np.abs(right) + 2 * used
    scale = np.exp2(SUM_BITS - 2 - np.ceil(np.log2(np.where(most > 0, most, 1.0))))
    whole = np.rint(values * scale[:, None]).astype(np.int64)
    slack = np.ceil(used * scale * (1 + 2.0**-20)).astype(np.int64) + values.shape[1] + 2
    return whole, np.rint(right * scale).astype(np.int64), slack


def _products(steps: Steps, g: Floats) -> tuple[Floats, Floats]:
    """Return ``g . s_j`` for all steps, and ``g . right`` last, with bounds on the errors."""
    table = steps.floats
    sizes = np.abs(g) @ np.abs(table).T
    return g @ table.T, sizes * ((table.shape[1] + 8) * UNIT) + np.abs(g).sum(axis=1, keepdims=True) * _errors(steps)


def _errors(steps: Steps) -> Floats:
    """Return how far each row of the float table may be from the truth because of the enclosures (rounding comes on top)."""
    return np.array([float(error) * 1.0001 * 2.0**-BITS for error in steps.errors])


def _functionals(tables: Floats, width: int) -> Floats:
    """Return for each stack of steps a mixed vector that nearly vanishes on them."""
    count = tables.shape[1]
    weights = np.array([(0.6180339887498949 * (k + 1)) % 1.0 + 0.1 for k in range(width - count)])
    if not count:
        return np.tile(weights, (len(tables), 1))
    null = np.linalg.qr(tables.transpose(0, 2, 1), mode="complete")[0][:, :, count:]
    return np.asarray(null @ weights)


def _matching(values: Integers, right: Integers, slack: Integers) -> Flags:
    """Say for each set whether the values of some choice add up to ``right`` up to the slack."""
    cut = values.shape[1] // 2
    first, second = subset_sums(values[:, :cut]), subset_sums(values[:, cut:])
    lowest = (right - slack)[:, None] - second
    if second.shape[1] > SMALL:
        return np.array([_meets(a, b, 2 * int(s)) for a, b, s in zip(first, lowest, slack, strict=True)])
    ranked = np.sort(np.concatenate([2 * lowest, 2 * first + 1], axis=1), axis=1)  # odd numbers are those of ``first``
    odd = (ranked & 1).astype(bool)
    below = np.maximum.accumulate(np.where(odd, -(2**62), ranked), axis=1)
    close = odd & (ranked - below <= 4 * slack[:, None] + 1)
    return np.asarray(close.any(axis=1))


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
