"""Polytopes ``{x : sum_j x_j columns[j] = right, 0 <= x_j <= upper_j}`` in exact real numbers, and their basic points.

A label ``(basis, at_upper)`` names one point: the nonbasic variables are at a bound (at their upper bound when in ``at_upper``,
else at 0) and the equations determine the basic ones (Chvatal, Linear Programming, 1983, chapter 8).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from reluexact.errors import InputError
from reluexact.geometry.elimination import eliminate, minus_product
from reluexact.numbers.radicals import RadicalSum
from reluexact.numbers.scalar import Scalar, Undecided

Value = Scalar | Fraction | int | RadicalSum
Label = tuple[tuple[int, ...], tuple[int, ...]]
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundedSystem:
    """The polytope ``{x : sum_j x_j columns[j] = right, 0 <= x_j <= upper_j}`` (``upper_j`` None: no upper bound).

    The caller guarantees that it is bounded. p columns with r entries each, r right-hand sides, p upper bounds.
    """

    columns: tuple[tuple[Scalar, ...], ...]
    right: tuple[Scalar, ...]
    upper: tuple[Scalar | None, ...]

    def __post_init__(self) -> None:
        """Check the shape."""
        if len(self.upper) != len(self.columns):
            raise InputError(f"the system has {len(self.columns)} columns but {len(self.upper)} upper bounds; pass one for each")
        for j, column in enumerate(self.columns):
            if len(column) != len(self.right):
                raise InputError(
                    f"column {j} has {len(column)} entries, expected {len(self.right)}, as many as the right-hand side"
                )

    @staticmethod
    def of(columns: Sequence[Sequence[Value]], right: Sequence[Value], upper: Sequence[Value | None]) -> BoundedSystem:
        """Return the system with plain numbers turned into Scalars.

        >>> BoundedSystem.of([[1], [1]], [1], [None, 2]).upper[1].rational
        Fraction(2, 1)
        """
        return BoundedSystem(
            columns=tuple(tuple(map(_scalar, column)) for column in columns),
            right=tuple(map(_scalar, right)),
            upper=tuple(None if bound is None else _scalar(bound) for bound in upper),
        )

    def mapped(self, change: Callable[[Scalar], Scalar]) -> BoundedSystem:
        """Return the system with every number replaced by ``change(number)``."""
        return BoundedSystem(
            columns=tuple(tuple(map(change, column)) for column in self.columns),
            right=tuple(map(change, self.right)),
            upper=tuple(None if bound is None else change(bound) for bound in self.upper),
        )

    def numbers(self) -> tuple[Scalar, ...]:
        """Return all numbers of the system."""
        entries = [entry for column in self.columns for entry in column]
        return (*entries, *self.right, *(bound for bound in self.upper if bound is not None))

    def rows(self) -> list[list[Scalar]]:
        """Return the equations as new rows ``[entries..., right]``."""
        return [[*(column[i] for column in self.columns), value] for i, value in enumerate(self.right)]

    def bound(self, j: int) -> Scalar:
        """Return the upper bound of a variable that has one."""
        bound = self.upper[j]
        if bound is None:
            raise InputError(f"variable {j} has no upper bound, so it cannot be at it; leave it out of at_upper")
        return bound


@dataclass(frozen=True, slots=True, kw_only=True)
class BasicPoint:
    """A basis, the nonbasic variables at their upper bound (the other nonbasic ones are 0), and the point they determine."""

    basis: tuple[int, ...]
    at_upper: tuple[int, ...]
    point: tuple[Scalar, ...]

    @property
    def label(self) -> Label:
        """Return the pair (basis, at_upper)."""
        return self.basis, self.at_upper


def independent_rows_only(system: BoundedSystem, *, consistent: bool = False) -> BoundedSystem | None:
    """Return the system without the equations that follow from the others; None: proved that the equations contradict each other.

    consistent: the caller knows that they do not, so only the columns need to be known well enough. Raises :class:`Undecided`
    when the enclosures are too coarse to tell.

    >>> twice = BoundedSystem.of([[1, 2], [1, 2]], [1, 2], [1, 1])
    >>> len(independent_rows_only(twice).right), independent_rows_only(BoundedSystem.of([[0]], [1], [1])) is None
    (1, True)
    """
    kept = decided(system, lambda level: _independent(level, consistent))
    if kept is None:
        return None
    return BoundedSystem(
        columns=tuple(tuple(column[i] for i in kept) for column in system.columns),
        right=tuple(system.right[i] for i in kept),
        upper=system.upper,
    )


def basic_point(system: BoundedSystem, basis: Sequence[int], at_upper: Sequence[int]) -> BasicPoint:
    """Return the point with this label, whether it keeps the bounds or not; the basis must be proved nonsingular.

    >>> point = basic_point(BoundedSystem.of([[1], [1]], [1], [None, 2]), (0,), (1,))
    >>> [int(value.rational) for value in point.point]
    [-1, 2]
    """
    ordered, high = tuple(sorted(basis)), tuple(sorted(at_upper))
    rows = []
    for row in system.rows():
        right = row[-1]
        for j in high:
            right = minus_product(right, row[j], system.bound(j))
        rows.append([*(row[j] for j in ordered), right])
    pivots = eliminate(rows, range(len(ordered)))
    if not len(pivots) == len(rows) == len(ordered):
        raise InputError(f"the columns {list(ordered)} are no basis of the {len(rows)} equations; pass independent ones, as many")
    values = {ordered[column]: rows[row][-1] for row, column in pivots}
    for j in range(len(system.columns)):
        values.setdefault(j, system.bound(j) if j in high else Scalar.of(0))
    return BasicPoint(basis=ordered, at_upper=high, point=tuple(values[j] for j in range(len(system.columns))))


def levels(system: BoundedSystem) -> tuple[BoundedSystem, ...]:
    """Return the system with enclosures only (quick), then with exact values, if that is a difference."""
    if all(number.exact is None for number in system.numbers()):
        return (system,)
    return system.mapped(enclosure_only), system


def enclosure_only(number: Scalar) -> Scalar:
    """Return a number that forgets its exact value, unless it is rational."""
    return number if number.exact is None else Scalar.enclosed(number.low, number.high, number.bits)


def decided(system: BoundedSystem, question: Callable[[BoundedSystem], Answer]) -> Answer:
    """Return the answer by enclosures alone or else, when these do not decide, with exact values."""
    first, *others = levels(system)
    if not others:
        return question(first)
    try:
        return question(first)
    except Undecided:
        return question(others[0])


def _independent(system: BoundedSystem, consistent: bool) -> tuple[int, ...] | None:
    rows = system.rows()
    kept = tuple(sorted(row for row, _ in eliminate(rows, range(len(system.columns)))))
    left = [row[-1] for i, row in enumerate(rows) if i not in kept]
    contradict = any(value.low > 0 or value.high < 0 for value in left) if consistent else any(value.sign() for value in left)
    return None if contradict else kept


def _scalar(value: Value) -> Scalar:
    return value if isinstance(value, Scalar) else Scalar.of(value)
