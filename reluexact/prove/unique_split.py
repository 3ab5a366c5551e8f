"""The amounts of the two neurons of every pair, where as many pairs as free directions determine them, and how they move."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reluexact.numbers.linalg import dot, inverse, matmul
from reluexact.numbers.scalar import Scalar
from reluexact.numbers.scalar_systems import solve_scalars
from reluexact.numbers.scalar_vectors import ScalarVector
from reluexact.numbers.types import Matrix
from reluexact.prove.linearized import Linearized, product, rational_dot, signed


@dataclass(frozen=True)
class Split:
    """The amounts of the second neurons of pairs, where as many pairs as free directions determine them: ``sum s a u = -v``."""

    system: Linearized
    onto: Matrix
    matrix: tuple[ScalarVector, ...]
    amounts: dict[int, Scalar]

    def moved(self, free: ScalarVector, directions: Sequence[ScalarVector]) -> dict[int, Scalar]:
        """Return the derivatives of the amounts from those of c and of the directions."""
        right = [-entry for entry in free]
        for block, amount in self.amounts.items():
            sign = self.system.blocks[block].sign
            for i, row in enumerate(self.onto):
                right[i] = right[i] - signed(product(amount, rational_dot(row, directions[block])), sign)
        (answer,) = solve_scalars(self.matrix, [tuple(right)], self.system.bits) if self.amounts else ((),)
        return dict(zip(self.amounts, answer, strict=True))


def split_of(system: Linearized) -> Split | None:
    """Return the system of the pairs, None where it has more pairs than equations."""
    basis = system.lineality
    pairs = [block for block, paired in enumerate(system.point.kkt.structure.paired) if paired]
    if len(pairs) != len(basis):
        return None
    onto = matmul(inverse([[dot(a, b) for b in basis] for a in basis]), basis) if basis else ()
    blocks = [system.blocks[block] for block in pairs]
    columns = [[signed(rational_dot(row, block.direction), block.sign) for row in onto] for block in blocks]
    matrix = tuple(zip(*columns, strict=True))
    right = tuple(-rational_dot(row, system.free) for row in onto)
    (answer,) = solve_scalars(matrix, [right], system.bits) if pairs else ((),)
    return Split(system, onto, matrix, dict(zip(pairs, answer, strict=True)))
