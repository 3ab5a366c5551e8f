"""The tableaus of a bounded system, the lexicographic order that makes it simple, and the edges of the polytope.

The bounds are moved outward by infinitesimal amounts: ``-e^(j+1) <= x_j <= upper_j + e^(p+j+1)``, with e > 0 below every positive
number. In the perturbed polytope no basic variable is ever at a bound, so each of its vertices has exactly one label and each of
its edges is all bounds of a label but one (Dantzig, Orden and Wolfe 1955, for the simplex method). Only ties consult the
perturbation: where enclosures decide every sign strictly, it plays no role.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import TypeVar

from reluexact.errors import InputError
from reluexact.geometry.elimination import ONE, ZERO, eliminate, product
from reluexact.geometry.polytope import BasicPoint, BoundedSystem, Label, levels
from reluexact.geometry.rational_columns import RationalColumns
from reluexact.numbers.scalar import Scalar, Undecided

Answer = TypeVar("Answer")
MOST_KEPT = 4_000
"""So many tableaus are kept; those before them are computed again when they are asked for."""

EdgeKey = tuple[tuple[int, ...], tuple[int, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tableau:
    """The system solved for the basic variables: ``x_basis[k] + sum over nonbasic j of rows[k][j] x_j = rows[k][p]``.

    shifts: ``shifts[k][j] = rows[k][j] upper_j``, 0 where there is no upper bound.
    middles: the middles of the enclosures of all ``rows[k][j]``, to propose pivots.
    """

    basis: tuple[int, ...]
    rows: tuple[tuple[Scalar, ...], ...]
    shifts: tuple[tuple[Scalar, ...], ...]
    middles: tuple[tuple[Fraction, ...], ...]


class Tableaus:
    """The tableaus of one system, computed when first asked for. All signs are proved; :class:`Undecided` passes through."""

    def __init__(self, system: BoundedSystem) -> None:
        self.system = system
        self.size = len(system.columns)
        self._rational = RationalColumns.of(system)
        self._known: dict[tuple[int, ...], Tableau | None] = {}
        self._upper_signs: dict[int, int] = {}
        self._last: tuple[Label | None, list[Scalar]] = (None, [])
        self._last_middles: tuple[Label | None, list[Fraction]] = (None, [])

    @property
    def quick(self) -> bool:
        """Say whether exact values are as quick as enclosures: nothing but the right-hand sides is irrational."""
        return self._rational is not None and self._rational.exact

    def tableau(self, basis: tuple[int, ...]) -> Tableau | None:
        """Return the tableau of a basis (ascending); None: the columns are proved to be dependent."""
        if basis not in self._known:
            rows = self._eliminated(basis) if self._rational is None else self._rational.solved(basis)
            while len(self._known) >= MOST_KEPT:
                del self._known[next(iter(self._known))]
            self._known[basis] = None if rows is None else self._tableau(basis, rows)
        return self._known[basis]

    def _eliminated(self, basis: tuple[int, ...]) -> tuple[tuple[Scalar, ...], ...] | None:
        rows = self.system.rows()
        pivots = sorted((column, row) for row, column in eliminate(rows, basis))
        complete = len(pivots) == len(rows) == len(basis)
        return tuple(tuple(rows[row]) for _, row in pivots) if complete else None

    def _tableau(self, basis: tuple[int, ...], rows: tuple[tuple[Scalar, ...], ...]) -> Tableau:
        uppers = [ZERO if bound is None else bound for bound in self.system.upper]
        shifts = tuple(tuple(product(entry, bound) for entry, bound in zip(row[:-1], uppers, strict=True)) for row in rows)
        middles = tuple(tuple(entry.middle for entry in row) for row in rows)
        return Tableau(basis=basis, rows=rows, shifts=shifts, middles=middles)

    def solved(self, basis: tuple[int, ...]) -> Tableau:
        """Return the tableau of a basis that is known to be one."""
        found = self.tableau(basis)
        if found is None:
            raise InputError(f"the columns {list(basis)} are dependent; pass a system through independent_rows_only first")
        return found

    def values(self, label: Label) -> list[Scalar]:
        """Return the values of the basic variables."""
        last = self._last
        if label != last[0]:
            tableau = self.solved(label[0])
            values = []
            for row, shift in zip(tableau.rows, tableau.shifts, strict=True):
                value = row[-1]
                for j in label[1]:
                    value = value - shift[j]
                values.append(value)
            self._last = last = (label, values)
        return last[1]

    def point(self, label: Label) -> BasicPoint:
        """Return the point of a label."""
        point = [self.system.bound(j) if j in label[1] else ZERO for j in range(self.size)]
        for i, value in zip(label[0], self.values(label), strict=True):
            point[i] = value
        return BasicPoint(basis=label[0], at_upper=label[1], point=tuple(point))

    def upper_sign(self, j: int) -> int:
        """Return the sign of an upper bound."""
        if j not in self._upper_signs:
            self._upper_signs[j] = self.system.bound(j).sign()
        return self._upper_signs[j]

    def feasible(self, label: Label) -> bool:
        """Say whether the point of a label keeps all perturbed bounds; one bound that is surely broken decides."""
        if self.tableau(label[0]) is None or self.negative_width():
            return False
        doubt: Undecided | None = None
        for k, (i, value) in enumerate(zip(label[0], self.values(label), strict=True)):
            for high in (False, True)[: 1 if self.system.upper[i] is None else 2]:
                try:
                    if self.slack_sign(label, k, value, high=high) < 0:
                        return False
                except Undecided as error:
                    doubt = error
        if doubt is not None:
            raise doubt
        return True

    def negative_width(self) -> bool:
        """Say whether some upper bound is below 0, so that the polytope is empty."""
        return any(bound is not None and self.upper_sign(j) < 0 for j, bound in enumerate(self.system.upper))

    def slack_sign(self, label: Label, k: int, value: Scalar, *, high: bool) -> int:
        """Return the sign, never 0, of the distance of the k-th basic variable from its perturbed upper or lower bound."""
        own = label[0][k]
        sign = (self.system.bound(own) - value if high else value).sign()
        if sign:
            return sign
        row = self.solved(label[0]).rows[k]
        side = -1 if high else 1
        for j in range(self.size):  # the power j + 1 of the infinitesimal
            if j == own and not high:
                return 1
            if j not in label[0] and j not in label[1] and (sign := row[j].sign()):
                return side * sign
        for j in range(self.size):  # the power p + j + 1
            if j == own:
                break
            if j in label[1] and (sign := row[j].sign()):
                return -side * sign
        return 1

    def slack_terms(self, label: Label, k: int, *, high: bool) -> list[Scalar]:
        """Return the distance from a perturbed bound by powers of the infinitesimal: the constant, then powers 1 to 2p."""
        own, row = label[0][k], self.solved(label[0]).rows[k]
        value = self.values(label)[k]
        terms = [self.system.bound(own) - value if high else value] + [ZERO] * (2 * self.size)
        for j in range(self.size):
            if j in label[0]:
                continue
            if j in label[1]:
                terms[1 + self.size + j] = row[j] if high else -row[j]
            else:
                terms[1 + j] = -row[j] if high else row[j]
        terms[1 + own + (self.size if high else 0)] = Scalar.of(1)
        return terms

    def neighbours(self, label: Label, j: int) -> list[Label]:
        """Return the labels in which the edge may end that moves nonbasic j off its bound, the likeliest first; no proof.

        >>> square = Tableaus(BoundedSystem.of([[1], [1]], [1], [None, None]))
        >>> square.neighbours(((0,), ()), 1)
        [((1,), ())]
        """
        key = edge_key(label, j)
        down = j in label[1]
        found: list[tuple[int, Label]] = []
        for i, row, value in zip(label[0], self.solved(label[0]).middles, self._value_middles(label), strict=True):
            rate = -row[j] if down else row[j]
            bound = self.system.upper[i]
            if rate > 0:
                found.append((_steps(value, rate), without(key, i, high=False)))
            elif rate < 0 and bound is not None:
                found.append((_steps(bound.middle - value, -rate), without(key, i, high=True)))
        bound = self.system.upper[j]
        if bound is not None:
            found.append((_steps(bound.middle, ONE.low), without(key, j, high=not down)))
        return [neighbour for _, neighbour in sorted(found)]

    def _value_middles(self, label: Label) -> list[Fraction]:
        last = self._last_middles
        if label != last[0]:
            self._last_middles = last = (label, [value.middle for value in self.values(label)])
        return last[1]

    def unbounded(self, label: Label, j: int) -> bool:
        """Say whether nothing ends the edge that moves nonbasic j off its bound (which is 0: j has no upper bound)."""
        if self.system.upper[j] is not None:
            return False
        rates = [row[j].sign() for row in self.solved(label[0]).rows]
        return all(rate == 0 or (rate < 0 and self.system.upper[i] is None) for i, rate in zip(label[0], rates, strict=True))


class Engine:
    """Proved answers about labels: by enclosures first, and by exact values where these do not decide."""

    def __init__(self, system: BoundedSystem) -> None:
        self.system = system
        tableaus = tuple(Tableaus(level) for level in levels(system))
        self.levels = tableaus[-1:] if tableaus[-1].quick else tableaus
        self._feasible: dict[Label, bool] = {}

    def ask(self, question: Callable[[Tableaus], Answer]) -> Answer:
        """Return the answer of the first level that decides."""
        for level in self.levels[:-1]:
            try:
                return question(level)
            except Undecided:
                continue
        return question(self.levels[-1])

    def feasible(self, label: Label) -> bool:
        """Say whether a label keeps all perturbed bounds, proved."""
        known = self._feasible.get(label)
        if known is None:
            known = self._feasible[label] = self.ask(lambda level: level.feasible(label))
        return known

    def other_end(self, label: Label, j: int) -> Label:
        """Return the other end of the edge that moves nonbasic j off its bound.

        Two feasible labels that share all bounds but one are the two ends of one edge, so it is enough to find a feasible one.
        """
        doubt: Undecided | None = None
        for neighbour in self.ask(lambda level: level.neighbours(label, j)):
            try:
                if self.feasible(neighbour):
                    return neighbour
            except Undecided as error:
                doubt = error
        if doubt is not None:
            raise doubt
        if self.ask(lambda level: level.unbounded(label, j)):
            raise InputError(
                f"the set is unbounded: from the basis {list(label[0])}, variable {j} grows for ever; bound it above"
            )
        raise Undecided(f"the end of the edge of variable {j} from the basis {list(label[0])} was not found")


@lru_cache(maxsize=4)
def engine(system: BoundedSystem) -> Engine:
    """Return the engine of a system, kept for the next call."""
    return Engine(system)


def _steps(distance: Fraction, rate: Fraction) -> int:
    """Return the quotient by a positive rate in steps of 2^-64, rounded down: quick, and fine enough for an order of trial."""
    return (distance.numerator * rate.denominator << 64) // (distance.denominator * rate.numerator)


def nonbasic(system: BoundedSystem, label: Label) -> tuple[int, ...]:
    """Return the nonbasic variables of a label, ascending."""
    return tuple(j for j in range(len(system.columns)) if j not in label[0])


def edge_key(label: Label, j: int) -> EdgeKey:
    """Return the name of the edge that moves nonbasic j off its bound: the variables then free, and those at their upper bound.

    >>> edge_key(((0, 2), (1, 3)), 1)
    ((0, 1, 2), (3,))
    """
    return tuple(sorted((*label[0], j))), tuple(i for i in label[1] if i != j)


def without(key: EdgeKey, i: int, *, high: bool) -> Label:
    """Return the label on an edge in which the free variable i is at its upper bound or at 0."""
    return tuple(j for j in key[0] if j != i), tuple(sorted((*key[1], i))) if high else key[1]
