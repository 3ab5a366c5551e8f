"""The distinct hyperplanes through the origin on which rows of X vanish (CERTIFICATE.md and the checker call them walls).

Rows that are multiples of one another share a hyperplane; rows that are zero have none. Everything that branches on the sign of
``x_i . u`` works with hyperplanes, so repeated, parallel and antiparallel rows need no special treatment anywhere else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from reluexact.geometry.signs import Signs, cell_signs, sign_text
from reluexact.numbers.counts import counted
from reluexact.numbers.types import Matrix, Vector


@dataclass(frozen=True, slots=True, kw_only=True)
class Hyperplanes:
    """The hyperplanes of a matrix X with n rows and d columns.

    rows: the first row of each hyperplane, ascending; a hyperplane is named by its position in this tuple.
    normals: the rows of X at ``rows``, exactly as they stand there.
    hyperplane_of: for each row of X the position of its hyperplane, None for a zero row.
    factor: for each row of X the number f with ``x_i = f * normals[hyperplane_of[i]]``; 0 for a zero row.
    """

    rows: tuple[int, ...]
    normals: Matrix
    hyperplane_of: tuple[int | None, ...]
    factor: Vector

    def __repr__(self) -> str:
        """Show the sizes."""
        return f"Hyperplanes({counted(len(self.rows), 'hyperplane')} of {counted(len(self.hyperplane_of), 'row')})"

    def __len__(self) -> int:
        """Return the number of hyperplanes."""
        return len(self.rows)

    def kinks(self, theta: Vector, sign: int) -> Vector:
        """Return the kink ``sign * sum |f_i| theta_i`` of every hyperplane.

        With the linear part, ``sign * theta.(Xu)+ = linear_part.u + sum_h kink_h (normal_h.u)+`` for every u.
        """
        kinks = [Fraction(0)] * len(self.rows)
        for hyperplane, factor, value in zip(self.hyperplane_of, self.factor, theta, strict=True):
            if hyperplane is not None:
                kinks[hyperplane] += sign * abs(factor) * value
        return tuple(kinks)

    def linear_part(self, theta: Vector, sign: int, dimension: int) -> Vector:
        """Return the vector l of the decomposition in :meth:`kinks`, from the rows with negative factor."""
        total = [Fraction(0)] * dimension
        for hyperplane, factor, value in zip(self.hyperplane_of, self.factor, theta, strict=True):
            if hyperplane is not None and factor < 0:
                for j, entry in enumerate(self.normals[hyperplane]):
                    total[j] += sign * value * factor * entry
        return tuple(total)

    def hyperplane_gates(self, row_gates: Sequence[int]) -> Signs:
        """Return the signs of ``normal_h.u`` per hyperplane among the signs of ``x_i.u`` per row of X."""
        return tuple([row_gates[row] for row in self.rows])

    def pattern(self, cell: Iterable[bool]) -> str:
        """Write a cell: for every row of X the sign of ``x_i.u`` inside, as text; 0 for a row of zeros."""
        return sign_text(self.row_gates(cell_signs(cell)))

    def row_gates(self, hyperplane_gates: Signs) -> Signs:
        """Turn the signs of ``normal_h.u`` per hyperplane into the signs of ``x_i.u`` per row of X."""
        gates = []
        for hyperplane, factor in zip(self.hyperplane_of, self.factor, strict=True):
            gates.append(0 if hyperplane is None else hyperplane_gates[hyperplane] * (1 if factor > 0 else -1))
        return tuple(gates)


def hyperplanes(rows: Matrix) -> Hyperplanes:
    """Group the rows of a matrix by their hyperplanes; those of a data set are ``data.hyperplanes``, grouped once.

    >>> from fractions import Fraction
    >>> w = hyperplanes(((Fraction(2), Fraction(2)), (Fraction(0), Fraction(0)), (Fraction(-3), Fraction(-3))))
    >>> w.rows, w.hyperplane_of, w.factor[2]
    ((0,), (0, None, 0), Fraction(-3, 2))
    """
    seen: dict[Vector, int] = {}
    firsts: list[int] = []
    hyperplane_of: list[int | None] = []
    factors: list[Fraction] = []
    for index, row in enumerate(rows):
        lead = next((entry for entry in row if entry), None)
        if lead is None:
            hyperplane_of.append(None)
            factors.append(Fraction(0))
            continue
        key = tuple(entry / lead for entry in row)
        if key not in seen:
            seen[key] = len(firsts)
            firsts.append(index)
        hyperplane = seen[key]
        first_row = rows[firsts[hyperplane]]
        hyperplane_of.append(hyperplane)
        factors.append(lead / next(entry for entry in first_row if entry))
    return Hyperplanes(
        rows=tuple(firsts),
        normals=tuple(rows[index] for index in firsts),
        hyperplane_of=tuple(hyperplane_of),
        factor=tuple(factors),
    )
