"""Square systems of quadratic equations: Newton in high precision, and Krawczyk's test, which proves a solution.

The balls are python-flint's ``arb``; what goes in and comes out is :class:`~fractions.Fraction`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import flint

from reluexact.budget import check
from reluexact.numbers.ball import ball, rounded
from reluexact.numbers.ball import midpoint as midpoint_of
from reluexact.numbers.linalg import dot
from reluexact.numbers.types import Matrix, Vector


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """The term ``z[variable] * (constant + row . z)`` of one equation."""

    equation: int
    variable: int
    constant: Fraction
    row: Vector


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """The cube ``|z_i - midpoint_i| <= radius`` with the preconditioner that proved a unique solution inside.

    exact: the midpoint is that solution. spread: how far the solution can be from the midpoint.
    """

    midpoint: Vector
    radius: Fraction
    preconditioner: Matrix
    exact: bool = False

    @property
    def spread(self) -> Fraction:
        """Return the radius, or 0 when the midpoint is the solution."""
        return Fraction(0) if self.exact else self.radius


@dataclass(frozen=True, slots=True, kw_only=True)
class QuadraticSystem:
    """N equations ``constants + linear z + products = 0`` in N unknowns, with rational coefficients.

    constants: shape (N,). linear: shape (N, N). products: any number of :class:`Product` with rows of length N.
    """

    constants: Vector
    linear: Matrix
    products: tuple[Product, ...]

    def __len__(self) -> int:
        """Return the number N of unknowns."""
        return len(self.constants)

    def newton(self, start: Sequence[Fraction], bits: int, steps: int = 40) -> Vector | None:
        """Improve an approximate solution to about ``bits`` bits; None when Newton's method does not settle.

        >>> two = QuadraticSystem(constants=(Fraction(-2),), linear=((Fraction(0),),),
        ...     products=(Product(equation=0, variable=0, constant=Fraction(0), row=(Fraction(1),)),))
        >>> root = two.newton((Fraction(3, 2),), 100)
        >>> abs(root[0] ** 2 - 2) < Fraction(1, 2**90)
        True
        """
        if not len(self):
            return ()
        with flint.ctx.workprec(bits + 128):
            compiled = _Compiled(self)
            point = _column(start)
            for _ in range(steps):
                check()
                try:
                    step = compiled.jacobian(point).mid().solve(compiled.value(point).mid(), algorithm="approx")
                except ZeroDivisionError:
                    return None
                point = (point - step).mid()
                if not all(entry.is_finite() for entry in point.entries()):
                    return None
                size = max(abs(float(entry)) for entry in point.entries())
                if all(abs(entry) < flint.arb(2) ** -bits * (size + 1) for entry in step.entries()):
                    return tuple(midpoint_of(entry) for entry in point.entries())
        return None

    def vanishes(self, point: Vector) -> bool:
        """Say whether a rational point solves the system exactly."""
        totals = [c + dot(row, point) for c, row in zip(self.constants, self.linear, strict=True)]
        for term in self.products:
            totals[term.equation] += point[term.variable] * (term.constant + dot(term.row, point))
        return not any(totals)

    def rational_solution(self, point: Vector, bits: int) -> Vector | None:
        """Return the solution near ``point`` (good to ``bits`` bits) when all its entries are short fractions, else None.

        >>> four = QuadraticSystem(constants=(Fraction(-4, 9),), linear=((Fraction(0),),),
        ...     products=(Product(equation=0, variable=0, constant=Fraction(0), row=(Fraction(1),)),))
        >>> four.rational_solution(four.newton((Fraction(1, 2),), 100), 100)
        (Fraction(2, 3),)
        """
        short = tuple(entry.limit_denominator(1 << bits // 3) for entry in point)
        if any(abs(a - b) * (1 << bits * 3 // 4) > 1 + abs(a) for a, b in zip(point, short, strict=True)):
            return None
        return short if self.vanishes(short) else None

    def krawczyk(self, point: Vector, bits: int) -> Box | None:
        """Prove a unique solution near ``point`` (Krawczyk 1969): the operator maps a small cube into its interior.

        The midpoint is the solution itself when that is a vector of short fractions, else rounded to a multiple of 2^-bits; the
        radius is a power of two a little above 2^-bits. Returns None when the test fails (then nothing is known).

        >>> two = QuadraticSystem(constants=(Fraction(-2),), linear=((Fraction(0),),),
        ...     products=(Product(equation=0, variable=0, constant=Fraction(0), row=(Fraction(1),)),))
        >>> box = two.krawczyk(two.newton((Fraction(3, 2),), 100), 60)
        >>> (box.midpoint[0] - box.radius) ** 2 < 2 < (box.midpoint[0] + box.radius) ** 2
        True
        """
        if not len(self):
            return Box(midpoint=(), radius=Fraction(1, 2**bits), preconditioner=(), exact=True)
        exact = self.rational_solution(point, bits)
        midpoint = exact or tuple(Fraction(round(entry * 2**bits), 2**bits) for entry in point)
        with flint.ctx.workprec(bits + 160):
            compiled = _Compiled(self)
            center = _column(midpoint)
            inverse = _preconditioner(compiled.jacobian(center).mid())
            if inverse is None:
                return None
            first = inverse * compiled.value(center)
            size = max(float(abs(entry).upper()) for entry in first.entries())
            for spare in range(1, 40, 6):
                check()
                radius = Fraction(1, 2**bits) * 2**spare
                if size >= radius:
                    continue
                room = flint.arb(0, ball(radius))
                spread = flint.arb_mat(len(self), 1, [room] * len(self))
                box = flint.arb_mat(len(self), 1, [entry + room for entry in center.entries()])
                rest = (_identity(len(self)) - inverse * compiled.jacobian(box)) * spread
                if all(abs(a - b).upper() < ball(radius) for a, b in zip(rest.entries(), first.entries(), strict=True)):
                    table = tuple(tuple(midpoint_of(entry) for entry in row) for row in inverse.tolist())
                    return Box(midpoint=midpoint, radius=radius, preconditioner=table, exact=exact is not None)
        return None


class _Compiled:
    """The coefficients as balls of the current precision."""

    def __init__(self, system: QuadraticSystem) -> None:
        self.size = len(system)
        self.constants = _column(system.constants)
        self.linear = flint.arb_mat([[ball(entry) for entry in row] for row in system.linear])
        self.products = system.products
        self.rows = flint.arb_mat(len(system.products), self.size, [ball(x) for term in system.products for x in term.row])
        self.table = self.rows.tolist()
        self.offsets = [ball(term.constant) for term in system.products]

    def value(self, point: flint.arb_mat) -> flint.arb_mat:
        """Evaluate the equations on a column of balls."""
        total = (self.constants + self.linear * point).entries()
        forms = (self.rows * point).entries()
        entries = point.entries()
        for term, offset, form in zip(self.products, self.offsets, forms, strict=True):
            total[term.equation] += entries[term.variable] * (offset + form)
        return flint.arb_mat(self.size, 1, total)

    def jacobian(self, point: flint.arb_mat) -> flint.arb_mat:
        """Evaluate the matrix of derivatives on a column of balls."""
        total = self.linear.tolist()
        forms = (self.rows * point).entries()
        entries = point.entries()
        for index, term in enumerate(self.products):
            check()
            factor, row, target = entries[term.variable], self.table[index], total[term.equation]
            for j, entry in enumerate(row):
                if term.row[j]:
                    target[j] += factor * entry
            target[term.variable] += self.offsets[index] + forms[index]
        return flint.arb_mat(total)


def _column(values: Sequence[Fraction]) -> flint.arb_mat:
    return flint.arb_mat(len(values), 1, [ball(Fraction(value)) for value in values])


def _identity(size: int) -> flint.arb_mat:
    return flint.arb_mat([[int(i == j) for j in range(size)] for i in range(size)])


def _preconditioner(jacobian: flint.arb_mat) -> flint.arb_mat | None:
    """Invert approximately and round to few bits: it only has to precondition, and certificates carry it."""
    try:
        entries = [entry.mid() for entry in jacobian.inv().entries()]
    except ZeroDivisionError:
        return None
    if not all(entry.is_finite() for entry in entries):
        return None
    largest = max(abs(midpoint_of(entry)) for entry in jacobian.entries())
    bits = max(12 + int(largest * jacobian.nrows()).bit_length(), 16)
    check()
    return flint.arb_mat(jacobian.nrows(), jacobian.ncols(), [rounded(entry, bits) for entry in entries])
