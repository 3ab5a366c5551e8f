"""What mini-batches make of an objective: sizes of the batches of an epoch, and remarks about them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from reluexact.errors import InputError
from reluexact.numbers.counts import counted
from reluexact.numbers.rational import to_index

IN_EXPECTATION = (
    "mini-batches: the objective is that of an epoch in expectation over the shuffling; near its minimum training wanders by the "
    "noise of the batches"
)


def batch_sizes(rows: int, batch_size: object) -> tuple[int, ...]:
    """Return the sizes of the batches of an epoch: of a batch size, of None for all rows at once, or sizes that are listed.

    >>> batch_sizes(41, 20), batch_sizes(3, None), batch_sizes(3, 200)
    ((20, 20, 1), (3,), (3,))
    """
    if batch_size is None:
        return (rows,)
    size = to_index(batch_size)
    if size is not None:
        if size < 1:
            raise InputError(f"batch_size: {size} is no size; give a whole number from 1 on")
        full, rest = divmod(rows, size)
        return (size,) * full + ((rest,) if rest else ())
    if isinstance(batch_size, Sequence) and not isinstance(batch_size, str):
        sizes = tuple(map(to_index, batch_size))
        known = tuple(size for size in sizes if size is not None and size > 0)
        if known and len(known) == len(sizes) and sum(known) == rows:
            return known
        raise InputError(f"batch_size: the sizes that are listed are no whole numbers with the sum {rows}, the number of rows")
    raise InputError(f"batch_size: {batch_size!r} is no size; give a whole number, or the sizes of all batches of an epoch")


def mean_inverse(sizes: Sequence[int]) -> Fraction:
    """Return the mean of ``1 / B_k``.

    >>> mean_inverse((200, 1))
    Fraction(201, 400)
    """
    return sum((Fraction(1, size) for size in sizes), Fraction(0)) / len(sizes)


def said(sizes: Sequence[int]) -> str:
    """Say how an epoch is cut.

    >>> said((20, 20, 1)), said((5, 5))
    ('3 batches of 20, the last one of 1', '2 batches of 5')
    """
    first, last = sizes[0], sizes[-1]
    if any(size != first for size in sizes[:-1]):
        return f"{counted(len(sizes), 'batch', 'batches')} of {', '.join(map(str, sizes))}"
    return f"{counted(len(sizes), 'batch', 'batches')} of {first}" + ("" if last == first else f", the last one of {last}")
