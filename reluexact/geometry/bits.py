"""Sets of hyperplanes as rows of 64-bit words: hyperplane 0 is the highest bit of word 0, so words compare as sign vectors do."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Bools = NDArray[np.bool_]
Words = NDArray[np.uint64]
Indices = NDArray[np.intp]


def pack(bits: Bools) -> Words:
    """Return the rows of a Boolean array of shape (count, size) as words, shape (count, ceil(size / 64)).

    >>> pack(np.array([[True, False, False]])) == 2**63
    array([[ True]])
    """
    count, size = bits.shape
    words = max(1, -(-size // 64))
    packed = np.zeros((count, 8 * words), dtype=np.uint8)
    packed[:, : -(-size // 8)] = np.packbits(bits, axis=1)
    return packed.view(">u8").astype(np.uint64)


def unpack(words: Words, size: int) -> Bools:
    """Return the Boolean rows that :func:`pack` packed.

    >>> unpack(pack(np.array([[True, False, True]])), 3)
    array([[ True, False,  True]])
    """
    packed = words.astype(">u8").view(np.uint8)
    return np.unpackbits(packed, axis=1, count=size).view(np.bool_)


def lines(bits: Bools) -> str:
    r"""Write the rows as digits, a line each.

    >>> lines(np.array([[True, False], [True, True]]))
    '10\n11\n'
    """
    digits = np.full((len(bits), bits.shape[1] + 1), ord("\n"), dtype=np.uint8)
    digits[:, :-1] = bits + np.uint8(ord("0"))
    return digits.tobytes().decode("ascii")


def distinct(words: Words) -> Words:
    """Return the different rows in ascending order.

    >>> distinct(np.array([[5], [2], [5]], dtype=np.uint64))
    array([[2],
           [5]], dtype=uint64)
    """
    ordered = ascending(words.copy())
    return ordered[_starts(ordered)]


def ascending(words: Words) -> Words:
    """Return the rows in ascending order; rows of one word are sorted where they are."""
    if words.shape[1] > 1:
        return words[_order(words)]
    words[:, 0].sort()
    return words


def groups(words: Words) -> tuple[Indices, Indices]:
    """Return the index of the first row of each different value, ascending by value, and the group of every row.

    >>> groups(np.array([[5], [2], [5]], dtype=np.uint64))
    (array([1, 0]), array([1, 0, 1]))
    """
    order = _order(words)
    starts = _starts(words[order])
    group = np.empty(len(words), dtype=np.intp)
    group[order] = np.cumsum(starts) - 1
    return order[starts], group


def _order(words: Words) -> Indices:
    """Return the stable order of the rows."""
    if words.shape[1] == 1:
        return np.argsort(words[:, 0], kind="stable")
    return np.lexsort(words.T[::-1])


def _starts(ordered: Words) -> Bools:
    """Return where a new value begins."""
    starts = np.ones(len(ordered), dtype=np.bool_)
    starts[1:] = (ordered[1:] != ordered[:-1]).any(axis=1)
    return starts
