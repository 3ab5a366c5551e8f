"""The residual over a tube: a polynomial in t, and how far it can be from it.

Products of unknowns are within ``|Z_i| r_j + r_i |Z_j| + r_i r_j`` of those on the curve; the residual is linear in them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm
from operator import mul

from reluexact.numbers.curves import control_points, derivative, greatest, product, value_at
from reluexact.numbers.linalg import dot, matmul, solve
from reluexact.numbers.tube import Tube
from reluexact.numbers.types import Matrix, Vector
from reluexact.prove.path.system import PathSystem, images
from reluexact.prove.unproved import Unproved

ZERO = Fraction(0)
TREE_DEGREE = 6
"""The greatest degree of the curve of the residual at whose control points trees are checked."""


@dataclass(frozen=True, kw_only=True)
class Curve:
    """A function of t: a polynomial, and bounds of how far value and derivative are from its own, for all t in [-1, 1]."""

    coefficients: Vector
    spread: Fraction
    speed: Fraction

    @cached_property
    def points(self) -> Vector:
        """Return the control points."""
        return control_points(self.coefficients)

    @cached_property
    def slopes(self) -> Vector:
        """Return the control points of the derivative."""
        return control_points(derivative(self.coefficients))

    @property
    def sign(self) -> int | None:
        """Return the sign on all of [-1, 1]: that of all control points, whose averages the values are; None if not proved."""
        return _sign(self.points, self.spread)

    @property
    def slope_sign(self) -> int | None:
        """Return the sign of the derivative on all of [-1, 1]; None if not proved."""
        return _sign(self.slopes, self.speed)

    def value(self, t: Fraction) -> Fraction:
        """Return the value of the polynomial at one t."""
        return value_at(self.coefficients, t)

    def end_sign(self, t: int) -> int | None:
        """Return the sign at t = -1 or 1, where the value is a control point."""
        return _sign(self.points[-1:] if t > 0 else self.points[:1], self.spread)

    @property
    def size(self) -> Fraction:
        """Return a bound of the absolute value."""
        return greatest(self.coefficients) + self.spread

    @property
    def rate(self) -> Fraction:
        """Return a bound of the absolute value of the derivative."""
        return greatest(derivative(self.coefficients)) + self.speed

    def times(self, other: Curve) -> Curve:
        """Return the product (Leibniz)."""
        a, b = greatest(self.coefficients), greatest(other.coefficients)
        spread = a * other.spread + self.spread * b + self.spread * other.spread
        a_rate, b_rate = greatest(derivative(self.coefficients)), greatest(derivative(other.coefficients))
        speed = a_rate * other.spread + self.speed * other.size + b_rate * self.spread + other.speed * self.size
        return Curve(coefficients=tuple(product(self.coefficients, other.coefficients)), spread=spread, speed=speed)


def _sign(points: Sequence[Fraction], spread: Fraction) -> int | None:
    if min(points) > spread:
        return 1
    return -1 if max(points) < -spread else None


def combination(parts: Sequence[tuple[Fraction, Curve]], constant: Sequence[Fraction] = ()) -> Curve:
    """Return ``sum factor * curve + constant`` (a polynomial)."""
    total: list[Fraction] = list(constant) or [ZERO]
    spread = speed = ZERO
    for factor, curve in parts:
        if not factor:
            continue
        total += [ZERO] * (len(curve.coefficients) - len(total))
        for k, entry in enumerate(curve.coefficients):
            total[k] += factor * entry
        spread, speed = spread + abs(factor) * curve.spread, speed + abs(factor) * curve.speed
    return Curve(coefficients=tuple(total), spread=spread, speed=speed)


def _over_one(table: Sequence[Sequence[Fraction]]) -> tuple[list[list[int]], int]:
    """Return numerators over one common denominator."""
    scale = lcm(1, *(entry.denominator for row in table for entry in row))
    return [[entry.numerator * (scale // entry.denominator) for entry in row] for row in table], scale


def _whole(form: Sequence[Fraction]) -> tuple[list[int], list[int], int]:
    """Return where a form is not 0, its numerators there, and their common denominator."""
    used = [i for i, factor in enumerate(form) if factor]
    unit = lcm(1, *(form[i].denominator for i in used))
    return used, [form[i].numerator * (unit // form[i].denominator) for i in used], unit


def _columns(table: Sequence[Sequence[int]], used: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Return the columns of some rows; of none, zeros."""
    return zip(*(table[i] for i in used), strict=True) if used else iter([(0,)] * len(table[0]))


@dataclass(frozen=True, kw_only=True)
class PathResidual:
    """Unknowns and residual over a proved tube; see the head of this file."""

    path: PathSystem
    tube: Tube

    @cached_property
    def unknowns(self) -> tuple[Curve, ...]:
        """Return every unknown."""
        lines = zip(*self.tube.coefficients, strict=True) if self.tube.coefficients else ()
        bounds = zip(lines, self.tube.radius, self.tube.slope, strict=True)
        return tuple(Curve(coefficients=tuple(line), spread=radius, speed=slope) for line, radius, slope in bounds)

    def of_row(self, row: Sequence[Fraction]) -> Curve:
        """Return ``row . z``."""
        return combination([(factor, curve) for factor, curve in zip(row, self.unknowns, strict=True) if factor])

    @cached_property
    def products(self) -> tuple[Curve, ...]:
        """Return the products of unknowns that the residual is linear in."""
        return tuple(self.unknowns[i].times(self.unknowns[j]) for i, j in self.path.products)

    @property
    def degree(self) -> int:
        """Return the degree p of the curve of the unknowns (at least 1)."""
        return max(1, len(self.tube.coefficients) - 1)

    @cached_property
    def rows(self) -> tuple[Curve, ...]:
        """Return the residual, entry by entry, of degree 2 p."""
        data, drift = self.path.data, self.path.line.drift
        top = 2 * self.degree + 1
        base = [[y, *(drift[i : i + 1] or (ZERO,))] + [ZERO] * (top - 2) for i, y in enumerate(data.y)]
        spread, speed = [ZERO] * data.n, [ZERO] * data.n
        if self.products:
            design: Matrix = tuple(zip(*self.path.features, strict=True))
            table = [[*curve.coefficients, *[ZERO] * (top - len(curve.coefficients))] for curve in self.products]
            for line, part in zip(base, matmul(design, table), strict=True):
                line[:] = [a - b for a, b in zip(line, part, strict=True)]
            bounds = matmul(self.heavy, [(curve.spread, curve.speed) for curve in self.products])
            spread, speed = [row[0] for row in bounds], [row[1] for row in bounds]
        entries = zip(base, spread, speed, strict=True)
        return tuple(Curve(coefficients=tuple(line), spread=low, speed=fast) for line, low, fast in entries)

    def of_form(self, form: Sequence[Fraction], constant: Fraction = ZERO) -> Curve:
        """Return ``form . theta + constant``."""
        used, factors, unit = _whole(form)
        table, scale = self._coefficients
        coefficients = [Fraction(sum(map(mul, factors, column)), unit * scale) for column in _columns(table, used)]
        coefficients[0] += constant
        sizes, under = self._errors
        spread, speed = (Fraction(sum(map(mul, map(abs, factors), column)), unit * under) for column in _columns(sizes, used))
        return Curve(coefficients=tuple(coefficients), spread=spread, speed=speed)

    def form_sign(self, form: Sequence[Fraction], constant: Fraction = ZERO) -> int | None:
        """Return the sign of ``form . theta + constant`` on the segment, as the control points show it; None if they do not."""
        used, factors, unit = _whole(form)
        (table, scale), (sizes, under) = self._points, self._errors
        spread = Fraction(sum(map(mul, map(abs, factors), (sizes[i][0] for i in used))), unit * under)
        room, base = spread * (unit * scale), constant * (unit * scale)
        ends = [sum(map(mul, factors, column)) for column in _columns(table, used)]
        if min(ends) + base > room:
            return 1
        return -1 if max(ends) + base < -room else None

    @cached_property
    def _coefficients(self) -> tuple[list[list[int]], int]:
        return _over_one([curve.coefficients for curve in self.rows])

    @cached_property
    def _points(self) -> tuple[list[list[int]], int]:
        return _over_one([curve.points for curve in self.rows])

    @cached_property
    def _errors(self) -> tuple[list[list[int]], int]:
        return _over_one([(curve.spread, curve.speed) for curve in self.rows])

    @property
    def cut_degree(self) -> int:
        """Return the degree at which the residual is cut for trees: that of the curve, but not more than 6."""
        return min(self.degree, TREE_DEGREE)

    @cached_property
    def cut(self) -> tuple[Matrix, Vector]:
        """Return the p + 1 control points of the residual's part up to degree p, and how far each entry is from that part."""
        p = self.cut_degree
        points = [control_points(curve.coefficients[: p + 1]) for curve in self.rows]
        spread = [curve.spread for curve in self.rows]
        if self.products:
            rests = matmul(self.heavy, [(greatest(curve.coefficients[p + 1 :]),) for curve in self.products])
            spread = [entry + rest for entry, (rest,) in zip(spread, rests, strict=True)]
        return tuple(zip(*points, strict=True)), tuple(spread)

    @cached_property
    def heavy(self) -> Matrix:
        """Return at most how much each product moves each entry of the residual, where pairs move it by way of ``X L``.

        That is more than the features say; so whoever computes with the sum of all that pairs move has no less room.
        """
        data, columns = self.path.data, []
        free = [tuple(dot(row, vector) for row in data.X) for vector in self.path.lineality]
        for block in self.path.blocks:
            found = images(data, block)
            whole = [self._through(free, entry) for _, entry in found] if block.paired else [(ZERO,) * data.n] * len(found)
            for (on, _), around in zip(found, whole, strict=True):
                columns.append([abs(a) + block.share * b for a, b in zip(on, around, strict=True)])
            if block.hang is not None:
                columns += [[abs(block.slack) * entry for entry in around] for around in whole]
        return tuple(zip(*columns, strict=True))

    def _through(self, free: Sequence[Vector], image: Vector) -> Vector:
        """Return ``|X L| |e|`` for the ``X L e`` that an image of a pair is."""
        shares = solve(tuple(zip(*free, strict=True)), image)
        if shares is None:
            raise Unproved("O2: a pair lies outside the span of the pairs")
        return tuple(sum((abs(e * entry) for e, entry in zip(shares, row, strict=True)), ZERO) for row in zip(*free, strict=True))

    def penalties(self, degree: int) -> Vector:
        """Return the control points of the penalty."""
        return control_points((self.path.line.middle, self.path.line.half), degree)

    @cached_property
    def penalty(self) -> Curve:
        """Return the penalty."""
        line = self.path.line
        return Curve(coefficients=(line.middle, line.half), spread=ZERO, speed=ZERO)
