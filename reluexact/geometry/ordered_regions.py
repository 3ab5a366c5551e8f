"""The regions of an arrangement in ascending order, in blocks, in bounded memory.

What does not fit into memory at once is found again for every block: a pass over all regions keeps the least of those that are
beyond the block before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from reluexact.errors import ReluExactError
from reluexact.geometry.bits import Bools, Words, ascending

HELD = 1 << 24
"""Words held at once, of 8 bytes each."""

Source = Callable[[], Iterator[Words]]
"""All regions on one side of the first hyperplane, each once, in any order, found anew at every call."""


def ordered(source: Source, words: int, most: int) -> Iterator[Words]:
    """Yield the regions in ascending order, of ``words`` words each and at most ``most`` altogether."""
    last: Words | None = None
    while True:
        block, complete = _least(source(), words, most, last)
        yield block
        if complete:
            return
        last = block[-1]


def all_or_count(source: Source, words: int, most: int) -> tuple[Words | None, int]:
    """Return all regions in ascending order, or None where they do not fit in memory, and how many there are."""
    count = 0

    def counted() -> Iterator[Words]:
        nonlocal count
        for some in source():
            count += len(some)
            yield some

    block, complete = _least(counted(), words, most, None)
    return (block if complete else None), count


def _least(regions: Iterator[Words], words: int, most: int, last: Words | None) -> tuple[Words, bool]:
    """Return the least regions beyond ``last`` in ascending order, at least one, and whether these are all."""
    room = max(2, HELD // words)
    held = np.empty((min(room, most), words), dtype=np.uint64)
    filled, top, complete = 0, None, True
    for part in regions:
        some = part if last is None else part[beyond(part, last)]
        while len(some):
            if top is not None:
                some = some[~beyond(some, top)]
            if filled == len(held) and len(some):
                filled, complete = len(held) // 2, False
                held = _sorted(held)
                top = held[filled - 1].copy()
                continue
            taken = min(len(some), len(held) - filled)
            held[filled : filled + taken] = some[:taken]
            filled, some = filled + taken, some[taken:]
    if top is None:
        return _sorted(held[:filled]), complete
    return _sorted(held[:filled])[: len(held) // 2], False


def _sorted(regions: Words) -> Words:
    """Return the regions in ascending order, in their own memory where they are one word each."""
    found = ascending(regions)
    if len(found) > 1 and not (found[1:] != found[:-1]).any(axis=1).all():
        raise ReluExactError("a region was found twice; please report the data")
    return found


def beyond(regions: Words, bound: Words) -> Bools:
    """Return which regions come after one.

    >>> beyond(np.array([[1, 5], [2, 3], [2, 4]], dtype=np.uint64), np.array([2, 3], dtype=np.uint64))
    array([False, False,  True])
    """
    after = np.zeros(len(regions), dtype=np.bool_)
    for column in reversed(range(regions.shape[1])):
        word = regions[:, column]
        after = (word > bound[column]) | ((word == bound[column]) & after)
    return after
