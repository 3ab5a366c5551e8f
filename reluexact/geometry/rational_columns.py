"""Systems whose columns are rational, solved for a basis at once; only their right-hand sides are numbers of another kind."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from reluexact.geometry.polytope import BoundedSystem
from reluexact.numbers.linalg import divided, dot
from reluexact.numbers.radicals import RadicalSum
from reluexact.numbers.roots import integer_root
from reluexact.numbers.scalar import Scalar
from reluexact.numbers.types import Vector

ZERO = Scalar.of(0)


class RationalColumns:
    """A system with r > 0 equations and rational columns.

    The right-hand sides are written in further rational columns: in the square roots that they are sums of, else as middles and
    radii of their enclosures.
    """

    def __init__(self, columns: Sequence[Vector], right: Sequence[Scalar], bits: int) -> None:
        """Take columns and right-hand sides of r entries each; results have so many bits."""
        self._columns, self._bits = columns, bits
        self._roots = _square_classes(right)
        units = [tuple(Fraction(int(i == k)) for k in range(len(right))) for i in range(len(right))]
        self._radii = [(value.high - value.low) / 2 for value in right]
        if self._roots is None:
            further = [tuple(value.middle for value in right), *units]
        else:
            further = [tuple(_coefficient(value, root) for value in right) for root in self._roots]
        self._rows = list(zip(*columns, *further, strict=True))

    @staticmethod
    def of(system: BoundedSystem) -> RationalColumns | None:
        """Return the system when its columns are rational and it has equations, else None.

        Square roots beside numbers of other kinds, or in two radicands of one square class, are left to elimination, which keeps
        more of them.
        """
        columns = []
        for column in system.columns:
            entries = tuple(value for value in (entry.rational for entry in column) if value is not None)
            if len(entries) < len(column) or not column:
                return None
            columns.append(entries)
        bits = max((number.bits for number in system.numbers()), default=0)
        made = RationalColumns(columns, system.right, bits) if columns else None
        rooted = any(value.exact is not None for value in system.right)
        return made if made is None or made.exact or not rooted else None

    @property
    def exact(self) -> bool:
        """Say whether all numbers are sums of square roots."""
        return self._roots is not None

    def solved(self, basis: Sequence[int]) -> tuple[tuple[Scalar, ...], ...] | None:
        """Return the rows ``[entries..., right]`` solved for the variables of a basis; None: its columns are dependent.

        >>> halves = RationalColumns.of(BoundedSystem.of([[2], [1]], [RadicalSum.root(Fraction(2))], [None, None]))
        >>> halves.solved((0,))[0][1].rational, halves.solved((0,))[0][2].radical
        (Fraction(1, 2), RadicalSum(terms=((2, Fraction(1, 2)),)))
        """
        if len(basis) != len(self._rows):
            return None
        lines = divided(self._rows, list(zip(*(self._columns[j] for j in basis), strict=True)))
        if lines is None:
            return None
        count = len(self._columns)
        return tuple(
            (*(Scalar.of(entry, self._bits) if entry else ZERO for entry in line[:count]), self._value(line[count:]))
            for line in lines
        )

    def _value(self, numbers: Vector) -> Scalar:
        if self._roots is not None:
            terms = tuple((root, value) for root, value in zip(self._roots, numbers, strict=True) if value)
            return Scalar.of(RadicalSum(terms), self._bits)
        middle, factors = numbers[0], numbers[1:]
        radius = dot([abs(factor) for factor in factors], self._radii)
        scale = 1 << self._bits
        low, high = (middle - radius) * scale // 1, -((-middle - radius) * scale // 1)
        return (
            Scalar.enclosed(Fraction(low, scale), Fraction(high, scale), self._bits) if radius else Scalar.of(middle, self._bits)
        )


def _square_classes(values: Sequence[Scalar]) -> tuple[int, ...] | None:
    """Return the radicands of all numbers, ascending; None when one is no sum of square roots, or a class has two radicands."""
    known: set[int] = set()
    for value in values:
        if value.radical is None:
            return None
        known |= {radicand for radicand, _ in value.radical.terms}
    roots = sorted(known)
    distinct = all(integer_root(a * b) is None for i, a in enumerate(roots) for b in roots[:i])
    return tuple(roots) if distinct else None


def _coefficient(value: Scalar, root: int) -> Fraction:
    radical = value.radical
    return Fraction(0) if radical is None else dict(radical.terms).get(root, Fraction(0))
