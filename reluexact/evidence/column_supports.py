"""Which sets of columns carry a network: those that hold a column of every neuron of one of its minimal representations.

Sets of columns are integers: bit k stands for column k.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnSupports:
    """classes: for every tight neuron the set of its columns (disjoint). supports: the neurons of every minimal representation.

    >>> found = ColumnSupports(classes=(0b0011, 0b0100, 0b1000), supports=((0, 1), (0, 2)))
    >>> found.carries(0b0101), found.carries(0b0011), found.count(), list(map(bin, found.minimal()))
    (True, False, 9, ['0b101', '0b110', '0b1001', '0b1010'])
    """

    classes: tuple[int, ...]
    supports: tuple[tuple[int, ...], ...]

    @property
    def tight(self) -> int:
        """Return the set of all columns of the neurons."""
        return sum(self.classes)

    def carries(self, mask: int) -> bool:
        """Say whether a set of columns carries the network."""
        return any(all(mask & self.classes[k] for k in support) for support in self.supports)

    def minimal_count(self) -> int:
        """Return how many minimal sets there are, those of several representations counted for each."""
        return sum(prod(self.classes[k].bit_count() for k in support) for support in self.supports)

    def minimal(self) -> Iterator[int]:
        """Yield every set of columns that carries the network and of which none can be left out."""
        for support in self.supports:
            for chosen in product(*(tuple(members(self.classes[k])) for k in support)):
                yield sum(1 << column for column in chosen)

    def count(self) -> int:
        """Return how many sets of columns of the neurons carry the network."""
        sizes = [mask.bit_count() for mask in self.classes]
        return _count(sizes, 0, tuple(frozenset(support) for support in self.supports), {})


def members(mask: int) -> Iterator[int]:
    """Yield the members of a set, ascending.

    >>> list(members(0b1101))
    [0, 2, 3]
    """
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


Open = tuple[frozenset[int], ...]


def _count(sizes: Sequence[int], first: int, supports: Open, known: dict[tuple[int, Open], int]) -> int:
    """Count the sets of columns of the neurons from ``first`` on that complete one of the supports."""
    if any(not support for support in supports):
        return int(2 ** sum(sizes[first:]))
    if not supports:
        return 0
    key = first, supports
    if key not in known:
        without = tuple(sorted({s for s in supports if first not in s}, key=sorted))
        holding = tuple(sorted({s - {first} for s in supports}, key=sorted))
        more = (2 ** sizes[first] - 1) * _count(sizes, first + 1, holding, known)
        known[key] = more + _count(sizes, first + 1, without, known)
    return known[key]
