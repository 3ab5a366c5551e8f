"""Krawczyk's test with a parameter: a tube round a polynomial curve that holds one solution of a system for every t in [-1, 1].

For one t Krawczyk (1969) looks at ``K(z) = z - C F(z, t)``. With M at least ``|I - C J(z)|``, entry by entry, for all z within
``unique`` of the curve Z(t), and g at least ``|C F(Z(t), t)|``, K maps ``|z - Z| <= unique`` into its interior and contracts it
in a weighted maximum norm where ``M unique + g < unique``: there is exactly one fixed point; C and J are regular, so it is the
only solution. Where also ``M radius + g <= radius <= unique``, K maps the smaller box into itself, and the solution lies there.
All bounds are taken over all t at once: t^k is at most 1. The derivative solves ``J z' + F_t = 0``, so that ``e = z' - Z'`` has
``e = (I - C J) e - C (F_t + J Z')``, and ``|e| <= slope`` where ``M slope + g' <= slope``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import flint

from reluexact.budget import check
from reluexact.numbers.ball import ball
from reluexact.numbers.line_system import Compiled, LineSystem, column, table
from reluexact.numbers.types import Matrix, Vector

PRECISION = 192
"""Bits of the balls that a tube is checked with, beyond those of its coefficients."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tube:
    """A curve ``Z(t) = sum coefficients_k t^k`` and per unknown how far the solution can be from it (:func:`tube_fault`)."""

    coefficients: tuple[Vector, ...]
    unique: Vector
    radius: Vector
    slope: Vector
    preconditioner: Matrix


def tube_fault(system: LineSystem, tube: Tube) -> str | None:
    """Check a tube; return None when it is proved (see the head of this file), else what fails.

    >>> from fractions import Fraction
    >>> one, zero = Fraction(1), Fraction(0)
    >>> root = LineSystem(constants=((-one,), (-one / 4,)), linear=((zero,),), pairs=((0, 0),), weights=((one,),))
    >>> curve, half = ((one,), (one / 8,)), (one / 2,)
    >>> wide = Tube(coefficients=curve, unique=half, radius=(one / 32,), slope=(one / 16,), preconditioner=(half,))
    >>> tube_fault(root, wide)
    >>> from dataclasses import replace
    >>> tube_fault(root, replace(wide, radius=(one / 64,)))
    'the solution is not proved to lie within the radius of unknown 0'
    """
    size = len(system)
    lists = (*tube.coefficients, tube.unique, tube.radius, tube.slope, tube.preconditioner, *tube.preconditioner)
    if not tube.coefficients or any(len(entries) != size for entries in lists):
        return "the tube has another number of unknowns than the system"
    for j, (outer, inner, slope) in enumerate(zip(tube.unique, tube.radius, tube.slope, strict=True)):
        if not 0 <= inner <= outer or slope < 0:
            return f"the radii of unknown {j} do not fit"
    with flint.ctx.workprec(PRECISION + coefficient_bits(tube.coefficients)):
        bounds = Bounds(system, tube.coefficients, tube.preconditioner)
        growth = bounds.growth(tube.unique)
        moved, kept = growth * column(tube.unique), growth * column(tube.radius)
        changed, drift = growth * column(tube.slope), bounds.drift(tube.radius)
        for j in range(size):
            if not moved[j, 0] + bounds.gap[j] < ball(tube.unique[j]):
                return f"one solution is not proved within the unique radius of unknown {j}"
            if not (kept[j, 0] + bounds.gap[j]).upper() <= ball(tube.radius[j]).lower():
                return f"the solution is not proved to lie within the radius of unknown {j}"
            if not (changed[j, 0] + drift[j]).upper() <= ball(tube.slope[j]).lower():
                return f"the derivative is not proved to lie within the slope of unknown {j}"
    return None


def coefficient_bits(coefficients: Sequence[Vector]) -> int:
    """Return the length of the longest numerator or denominator."""
    lengths = (max(entry.numerator.bit_length(), entry.denominator.bit_length()) for line in coefficients for entry in line)
    return max(lengths, default=0)


class Bounds:
    """Bounds over all t in [-1, 1] of what Krawczyk's test asks about a curve; upper ends of balls of the current precision.

    gap: of ``|C F(Z(t), t)|``, per unknown. base: of ``|I - C J(Z(t))|``.
    """

    def __init__(self, system: LineSystem, coefficients: Sequence[Vector], preconditioner: Matrix) -> None:
        check()
        self.compiled: Compiled = system.at_precision()
        self.size = len(system)
        self.curve = [column(line) for line in coefficients]
        self.rounded = table(preconditioner, self.size)
        self.absolute = absolute(self.rounded)
        self.along = [self.rounded * line for line in self.compiled.along(self.curve)]
        self.gap = total_of([absolute(line) for line in self.along])
        first = absolute(_identity(self.size) - self.rounded * self.compiled.jacobian(self.curve[0]))
        for line in self.curve[1:]:
            first = first + absolute(self.rounded * self.compiled.slopes(line))
        self.base = first
        self.heavy = absolute(self.compiled.weights)

    def spread(self, radius: Vector) -> flint.arb_mat:
        """Return a bound of ``|C| |J(z) - J(Z)|`` for z within the radius of Z."""
        return self.absolute * (self.heavy * self.compiled.leibniz(column(radius)))

    def growth(self, unique: Vector) -> flint.arb_mat:
        """Return M: a bound of ``|I - C J(z)|`` for z within ``unique`` of the curve."""
        return self.base + self.spread(unique)

    def drift(self, radius: Vector) -> list[flint.arb]:
        """Return g': a bound of ``|C (F_t + J(z) Z')|`` for z within the radius; on the curve it is the derivative of C F."""
        parts = [absolute(line) * k for k, line in enumerate(self.along) if k]
        first = total_of(parts) if parts else [flint.arb(0)] * self.size
        speeds = total_of([absolute(line) * k for k, line in enumerate(self.curve) if k] or [flint.arb_mat(self.size, 1)])
        moved = self.spread(radius) * flint.arb_mat(self.size, 1, speeds)
        return [(a + b).upper() for a, b in zip(first, moved.entries(), strict=True)]


def absolute(matrix: flint.arb_mat) -> flint.arb_mat:
    """Return upper bounds of the absolute values."""
    return flint.arb_mat(matrix.nrows(), matrix.ncols(), [abs(entry).upper() for entry in matrix.entries()])


def total_of(columns: Sequence[flint.arb_mat]) -> list[flint.arb]:
    """Return upper bounds of the sums of columns."""
    total = columns[0]
    for line in columns[1:]:
        total = total + line
    return [entry.upper() for entry in total.entries()]


def _identity(size: int) -> flint.arb_mat:
    return flint.arb_mat([[int(i == j) for j in range(size)] for i in range(size)]) if size else flint.arb_mat(0, 0)
