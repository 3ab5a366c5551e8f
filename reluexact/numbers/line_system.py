"""Square systems of quadratic equations with a parameter t: values, Newton's method and the Taylor series of a solution.

The balls are python-flint's ``arb``; what goes in and comes out is :class:`~fractions.Fraction`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import flint

from reluexact.budget import check
from reluexact.numbers.ball import ball
from reluexact.numbers.ball import midpoint as midpoint_of
from reluexact.numbers.curves import value_at
from reluexact.numbers.types import Matrix, Rationals, Vector

ZERO = Fraction(0)


@dataclass(frozen=True, kw_only=True)
class LineSystem:
    """N equations ``sum_k constants_k t^k + linear z + weights m(z) = 0`` in N unknowns, ``m_a = z_i z_j``, pairs[a] is (i, j).

    constants: vectors with N entries. linear: N x N. pairs: M of them. weights: N x M. Only the constants depend on t.
    """

    constants: tuple[Vector, ...]
    linear: Matrix
    pairs: tuple[tuple[int, int], ...]
    weights: Matrix

    def __len__(self) -> int:
        """Return the number N of unknowns."""
        return len(self.linear)

    @cached_property
    def compiled(self) -> dict[int, Compiled]:
        """Return the coefficients as balls of the last precision that was asked for."""
        return {}

    def at_precision(self) -> Compiled:
        """Return the coefficients as balls of the current precision."""
        bits = flint.ctx.prec
        if bits not in self.compiled:
            self.compiled.clear()
            self.compiled[bits] = Compiled(self)
        return self.compiled[bits]

    def newton(self, start: Rationals, t: Fraction, bits: int, steps: int = 40) -> Vector | None:
        """Improve an approximate solution at one t to about ``bits`` bits; None when Newton's method does not settle.

        >>> lines, one = ((Fraction(-2),), (Fraction(-1),)), ((Fraction(1),),)
        >>> root = LineSystem(constants=lines, linear=((ZERO,),), pairs=((0, 0),), weights=one)
        >>> abs(root.newton((Fraction(3, 2),), ZERO, 100)[0] ** 2 - 2) < Fraction(1, 2**90)
        True
        """
        if not len(self):
            return ()
        with flint.ctx.workprec(bits + 128):
            compiled, point = self.at_precision(), column(start)
            right = compiled.constant(t)
            for _ in range(steps):
                check()
                try:
                    rest = (right + compiled.linear * point + compiled.weights * compiled.products(point, point)).mid()
                    step = compiled.jacobian(point).mid().solve(rest, algorithm="approx")
                except ZeroDivisionError:
                    return None
                point = (point - step).mid()
                if not all(entry.is_finite() for entry in point.entries()):
                    return None
                size = max(abs(float(entry)) for entry in point.entries())
                if all(abs(entry) < flint.arb(2) ** -bits * (size + 1) for entry in step.entries()):
                    return tuple(midpoint_of(entry) for entry in point.entries())
        return None

    def taylor(self, point: Rationals, order: int, bits: int) -> tuple[Vector, ...] | None:
        """Return about ``bits`` bits of the Taylor coefficients in t of the solution through ``point`` at t = 0.

        The coefficient of order k solves a linear system with the Jacobian at t = 0, whatever k. None where that is singular.

        >>> lines, one = ((Fraction(-1),), (Fraction(-1),)), ((Fraction(1),),)
        >>> root = LineSystem(constants=lines, linear=((ZERO,),), pairs=((0, 0),), weights=one)
        >>> [round(float(line[0]), 4) for line in root.taylor((Fraction(1),), 3, 64)]
        [1.0, 0.5, -0.125, 0.0625]
        """
        if not len(self):
            return ((),) * (order + 1)
        with flint.ctx.workprec(bits + 64):
            compiled, found = self.at_precision(), [column(point).mid()]
            try:
                inverse = compiled.jacobian(found[0]).mid().inv().mid()
            except ZeroDivisionError:
                return None
            zero = flint.arb_mat(len(self), 1)
            for k in range(1, order + 1):
                check()
                rest = compiled.constants[k] if k < len(compiled.constants) else zero
                if k > 1:
                    rest = rest + compiled.weights * compiled.mixed(found[1:])
                found.append((inverse * rest * -1).mid())
                if not all(entry.is_finite() for entry in found[-1].entries()):
                    return None
            return tuple(tuple(midpoint_of(entry) for entry in line.entries()) for line in found)


class Compiled:
    """The coefficients of a system as balls of the current precision."""

    def __init__(self, system: LineSystem) -> None:
        self.size, self.pairs = len(system), system.pairs
        self.constants = [column(line) for line in system.constants]
        self.linear = table(system.linear, self.size)
        self.weights = table(system.weights, len(system.pairs))

    def constant(self, t: Fraction) -> flint.arb_mat:
        """Return the constants at one t."""
        entries = zip(*(line.entries() for line in self.constants), strict=True)
        place = ball(t)
        return flint.arb_mat(self.size, 1, [_horner(entry, place) for entry in entries])

    def products(self, left: flint.arb_mat, right: flint.arb_mat) -> flint.arb_mat:
        """Return the products ``left_i right_j`` of the pairs."""
        a, b = left.entries(), right.entries()
        return flint.arb_mat(len(self.pairs), 1, [a[i] * b[j] for i, j in self.pairs])

    def mixed(self, lines: Sequence[flint.arb_mat]) -> flint.arb_mat:
        """Return the products of the pairs, added up over lines k and ``last - k``."""
        total = self.products(lines[0], lines[-1])
        for one, other in zip(lines[1:], reversed(lines[:-1]), strict=True):
            total = total + self.products(one, other)
        return total

    def slopes(self, point: flint.arb_mat) -> flint.arb_mat:
        """Return the derivatives of the weighted products at a column of balls (linear in it)."""
        return self.weights * self.leibniz(point)

    def leibniz(self, point: flint.arb_mat) -> flint.arb_mat:
        """Return the derivatives of the products of the pairs at a column of balls."""
        entries, zero = point.entries(), flint.arb(0)
        flat = [zero] * (len(self.pairs) * self.size)
        for a, (i, j) in enumerate(self.pairs):
            start = a * self.size
            flat[start + i] = flat[start + i] + entries[j]
            flat[start + j] = flat[start + j] + entries[i]
        return flint.arb_mat(len(self.pairs), self.size, flat)

    def jacobian(self, point: flint.arb_mat) -> flint.arb_mat:
        """Return the matrix of derivatives at a column of balls."""
        return self.linear + self.slopes(point)

    def along(self, curve: Sequence[flint.arb_mat]) -> list[flint.arb_mat]:
        """Return the coefficients in t of the equations on a curve given by its coefficients."""
        count = 2 * len(curve) - 1
        total = []
        for k in range(max(count, len(self.constants))):
            parts = [self.products(curve[i], curve[k - i]) for i in range(max(0, k - len(curve) + 1), min(k, len(curve) - 1) + 1)]
            line = self.constants[k] if k < len(self.constants) else flint.arb_mat(self.size, 1)
            if k < len(curve):
                line = line + self.linear * curve[k]
            if parts:
                line = line + self.weights * sum(parts[1:], parts[0])
            total.append(line)
        return total


def _horner(coefficients: Sequence[flint.arb], t: flint.arb) -> flint.arb:
    total = flint.arb(0)
    for coefficient in reversed(coefficients):
        total = total * t + coefficient
    return total


def column(values: Rationals) -> flint.arb_mat:
    """Return a column of balls."""
    return flint.arb_mat(len(values), 1, [ball(value) for value in values])


def table(rows: Matrix, width: int) -> flint.arb_mat:
    """Return a matrix of balls."""
    return flint.arb_mat(len(rows), width, [ball(entry) for row in rows for entry in row])


def constants_at(system: LineSystem, t: Fraction) -> Vector:
    """Return the constants at one t, exactly."""
    return tuple(value_at(entry, t) for entry in zip(*system.constants, strict=True))
