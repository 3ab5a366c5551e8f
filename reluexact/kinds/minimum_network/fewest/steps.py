"""A polytope whose vertices are to have few variables strictly between their bounds, scaled to shares t_j in [0, 1].

With ``x_j = upper_j t_j`` and steps ``s_j = upper_j columns[j]`` the polytope is ``{t in [0, 1]^p : sum t_j s_j = right}``. A
variable without an upper bound gets one that the equations imply; it never costs anything at 0 and always does elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from reluexact.errors import InputError
from reluexact.geometry.elimination import eliminate, minus_product
from reluexact.geometry.phase_one import feasible_point
from reluexact.geometry.polytope import BoundedSystem, independent_rows_only
from reluexact.kinds.minimum_network.fewest.bounds import implied_uppers
from reluexact.numbers.linalg import independent_rows, solve
from reluexact.numbers.scalar import Scalar
from reluexact.numbers.scalar_vectors import ScalarVector
from reluexact.numbers.types import Vector
from reluexact.propose.fewest.functionals import step_table
from reluexact.propose.types import Floats

BITS = 160
"""Size of the integers that stand for the steps; their error is known, so this is no matter of truth."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """The scaled polytope: steps s_j, the right-hand side, which variables have an upper bound, and the bounds themselves.

    bounding: the vectors that prove the bounds of the variables without one (see BranchTree). integers, errors: every step,
    and the right-hand side last, as integers ``2^factor * value`` up to the error, one factor per equation. rows: the
    equations that are kept, of ``height``.
    """

    steps: tuple[ScalarVector, ...]
    right: ScalarVector
    bounded: tuple[bool, ...]
    uppers: tuple[Scalar, ...]
    bounding: tuple[Vector, ...]
    integers: tuple[tuple[int, ...], ...]
    errors: tuple[int, ...]
    factors: tuple[int, ...]
    rows: tuple[int, ...]
    height: int
    floats: Floats

    @property
    def singles(self) -> tuple[int, ...]:
        """Return the variables without an upper bound of their own."""
        return tuple(j for j, bounded in enumerate(self.bounded) if not bounded)

    @property
    def rational(self) -> bool:
        """Say whether all numbers are known to be rational."""
        return all(entry.rational is not None for step in (*self.steps, self.right) for entry in step)

    def settle(self, fractional: Sequence[int], ones: Sequence[int]) -> ScalarVector | None:
        """Return the t with the given variables at 1 and all others but ``fractional`` at 0, if it exists and is unique.

        None: proved that there is none, or more than one. Raises Undecided when the enclosures do not tell.
        """
        values = self._solved_rational(fractional, ones) if self.rational else self._solved(fractional, ones)
        if values is None or any(value.sign() < 0 or (value - ONE).sign() > 0 for value in values):
            return None
        point = [ZERO] * len(self.steps)
        for j in ones:
            point[j] = ONE
        for j, value in zip(fractional, values, strict=True):
            point[j] = value
        return tuple(point)

    def _solved(self, fractional: Sequence[int], ones: Sequence[int]) -> list[Scalar] | None:
        rows = []
        for i, right in enumerate(self.right):
            for j in ones:
                right = minus_product(right, self.steps[j][i], ONE)
            rows.append([*(self.steps[j][i] for j in fractional), right])
        pivots = eliminate(rows, range(len(fractional)))
        if len(pivots) < len(fractional):
            return None
        used = {row for row, _ in pivots}
        if any(row[-1].sign() for i, row in enumerate(rows) if i not in used):
            return None
        places = {column: row for row, column in pivots}
        return [rows[places[column]][-1] for column in range(len(fractional))]

    def _solved_rational(self, fractional: Sequence[int], ones: Sequence[int]) -> list[Scalar] | None:
        right = [value.low - sum((self.steps[j][i].low for j in ones), Fraction(0)) for i, value in enumerate(self.right)]
        if not fractional:
            return None if any(right) else []
        columns = [[entry.low for entry in self.steps[j]] for j in fractional]
        if len(independent_rows(columns)) < len(columns):
            return None
        found = solve(list(zip(*columns, strict=True)), right)
        return None if found is None else [Scalar.of(value) for value in found]

    def on_face(self, between: Sequence[int], ones: Sequence[int]) -> ScalarVector | None:
        """Return a vertex of the face with the given variables at 1 and all others but ``between`` at 0; None: it is empty."""
        right = self.right
        for j in ones:
            right = tuple(a - b for a, b in zip(right, self.steps[j], strict=True))
        face = BoundedSystem(columns=tuple(self.steps[j] for j in between), right=right, upper=(ONE,) * len(between))
        reduced = independent_rows_only(face)
        found = None if reduced is None else feasible_point(reduced)
        if found is None:
            return None
        values = dict(zip(between, found.point, strict=True)) | dict.fromkeys(ones, ONE)
        return tuple(values.get(j, ZERO) for j in range(len(self.steps)))

    def vertex(self) -> ScalarVector | None:
        """Return some vertex; None: proved that there is none."""
        return self.on_face(range(len(self.steps)), ())

    def independent(self, chosen: Sequence[int]) -> bool:
        """Say whether the steps are independent, proved; raises Undecided when the enclosures do not tell."""
        if self.rational:
            return len(independent_rows([[entry.low for entry in self.steps[j]] for j in chosen])) == len(chosen)
        rows = [[self.steps[j][i] for j in chosen] for i in range(len(self.right))]
        return len(eliminate(rows, range(len(chosen)))) == len(chosen)

    def cost(self, point: ScalarVector) -> int:
        """Return how many variables of a point are strictly between their bounds (above 0, for one without an upper bound)."""
        return sum(
            value.sign() > 0 and not (bounded and (ONE - value).sign() == 0)
            for value, bounded in zip(point, self.bounded, strict=True)
        )


ZERO, ONE = Scalar.of(0), Scalar.of(1)


def make_steps(system: BoundedSystem) -> Steps | None:
    """Scale a polytope to shares; None: its equations contradict each other. Raises InputError when it is unbounded."""
    for j, upper in enumerate(system.upper):
        if upper is not None and upper.sign() <= 0:
            raise InputError(f"the upper bound of variable {j} must be positive; leave out a variable that is always 0")
    reduced = independent_rows_only(system)
    if reduced is None:
        return None
    bounding, uppers = implied_uppers(reduced)
    steps = tuple(tuple(entry * upper for entry in column) for column, upper in zip(reduced.columns, uppers, strict=True))
    integers, errors, factors = _integers((*steps, reduced.right))
    rows, height = _kept_rows(system, reduced), len(system.right)
    return Steps(
        steps=steps,
        right=reduced.right,
        bounded=tuple(upper is not None for upper in reduced.upper),
        uppers=uppers,
        bounding=tuple(on_all_rows(z, rows, height) if z else () for z in bounding),
        integers=integers,
        errors=errors,
        factors=factors,
        rows=rows,
        height=height,
        floats=step_table(integers, BITS),
    )


def _integers(vectors: Sequence[ScalarVector]) -> tuple[tuple[tuple[int, ...], ...], tuple[int, ...], tuple[int, ...]]:
    """Return the vectors, every equation scaled by a power of 2, as integers with their errors."""
    factors = []
    for row in zip(*vectors, strict=True):
        most = max((max(abs(entry.low), abs(entry.high)) for entry in row), default=Fraction(0))
        factors.append(BITS - (most.numerator.bit_length() - most.denominator.bit_length()))
    integers, errors = [], []
    for vector in vectors:
        ends = [(_scaled(entry.low, k), -_scaled(-entry.high, k)) for entry, k in zip(vector, factors, strict=True)]
        integers.append(tuple((low + high) // 2 for low, high in ends))
        errors.append(max(((high - low + 1) // 2 for low, high in ends), default=0))
    return tuple(integers), tuple(errors), tuple(factors)


def on_all_rows(vector: Sequence[Fraction], rows: Sequence[int], height: int) -> Vector:
    """Return a vector of multipliers of some equations as one of all ``height`` equations.

    >>> on_all_rows([Fraction(5)], [1], 3)
    (Fraction(0, 1), Fraction(5, 1), Fraction(0, 1))
    """
    values = dict(zip(rows, vector, strict=True))
    return tuple(values.get(i, Fraction(0)) for i in range(height))


def _kept_rows(system: BoundedSystem, reduced: BoundedSystem) -> tuple[int, ...]:
    """Return which equations of the system are those of the reduced one, which come in the same order."""
    kept: list[int] = []
    wanted = reduced.rows()
    for i, row in enumerate(system.rows()):
        if len(kept) < len(wanted) and row == wanted[len(kept)]:
            kept.append(i)
    return tuple(kept)


def _scaled(value: Fraction, bits: int) -> int:
    """Return ``value * 2^bits`` rounded down."""
    if bits < 0:
        return value.numerator // (value.denominator << -bits)
    return (value.numerator << bits) // value.denominator
