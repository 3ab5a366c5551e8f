"""Where the unknowns of a structure of the path stand in z, and the rows of what is linear in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import accumulate

from reluexact.evidence.path import PathBlock, Vanishing
from reluexact.numbers.linalg import dot
from reluexact.numbers.types import Matrix, Vector

ZERO, ONE = Fraction(0), Fraction(1)


@dataclass(frozen=True)
class Layout:
    """The unknowns z: nu of every block, then beta of every block, then ``s_1 .. s_r``; slacks: r."""

    blocks: tuple[PathBlock, ...]
    slacks: int

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Return where the coordinates of each block start, and where the last ones end."""
        return tuple(accumulate((len(block.basis) for block in self.blocks), initial=0))

    @property
    def size(self) -> int:
        """Return the number of unknowns."""
        return self.starts[-1] + len(self.blocks) + self.slacks

    def nu(self, block: int) -> range:
        """Return the positions of a block's coordinates."""
        return range(self.starts[block], self.starts[block + 1])

    def beta(self, block: int) -> int:
        """Return the position of a block's beta."""
        return self.starts[-1] + block

    def slack(self, index: int) -> int:
        """Return the position of an s."""
        return self.starts[-1] + len(self.blocks) + index

    def row(self, entries: Mapping[int, Fraction]) -> Vector:
        """Return a row for z from its entries that are not 0."""
        return tuple(entries.get(position, ZERO) for position in range(self.size))

    def partner(self, block: int) -> dict[int, Fraction]:
        """Return the entries of the row whose product with z is p of a block, the part of its opposite."""
        known = self.blocks[block]
        part = {self.beta(block): known.share}
        return part if known.hang is None else {**part, self.slack(known.hang): known.slack}

    def height(self, block: int, normal: Sequence[Fraction]) -> dict[int, Fraction]:
        """Return the entries of the row whose product with z is ``normal . v`` of a block."""
        return {place: dot(normal, vector) for place, vector in zip(self.nu(block), self.blocks[block].basis, strict=True)}

    def quantity(self, item: Vanishing, normals: Matrix) -> Vector:
        """Return the row whose product with z is an amount, a slack or a gate that vanishes; ValueError for anything else."""
        if item.what == "amount":
            return self.row({self.beta(item.index): ONE})
        if item.what == "slack":
            return self.row({self.slack(item.index): ONE})
        if item.what != "gate" or item.hyperplane is None:
            raise ValueError(f"a {item.what} is not linear in the unknowns")
        side = self.blocks[item.index].gate[item.hyperplane]
        return self.row(self.height(item.index, [side * entry for entry in normals[item.hyperplane]]))
