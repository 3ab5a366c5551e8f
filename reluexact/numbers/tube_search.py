"""Radii for a tube round a Taylor polynomial; :func:`reluexact.numbers.tube.tube_fault` decides whether they prove anything."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import ceil, log2

import flint

from reluexact.numbers.ball import midpoint as midpoint_of
from reluexact.numbers.line_system import LineSystem, column
from reluexact.numbers.tube import PRECISION, Bounds, Tube, absolute, tube_fault
from reluexact.numbers.types import Matrix, Vector

ZERO, ONE = Fraction(0), Fraction(1)
AMPLE = 1 << 10
DIGITS = 16
"""Radii are rounded up to so many bits."""


def find_tube(system: LineSystem, series: Sequence[Vector], degree: int, bits: int = 160) -> Tube | None:
    """Round the curve of a Taylor series and choose radii; None where the test fails.

    The curve is the series up to ``degree`` (no other curve has smaller coefficients of t in its equations, which the test adds
    up). bits: the finest that coefficients are rounded to.
    """
    size = len(system)
    if not size:
        return Tube(coefficients=((),), unique=(), radius=(), slope=(), preconditioner=())
    curve = tuple(series[: degree + 1])
    with flint.ctx.workprec(PRECISION + bits):
        table = preconditioner(system.at_precision().jacobian(column(curve[0])))
        if table is None:
            return None
        rough = Bounds(system, curve, table)
        found = _radii(rough, system, curve, bits)
        if found is None:
            return None
        curve = _rounded(curve, found[1], bits)
        final = _radii(Bounds(system, curve, table), system, curve, bits)
    if final is None:
        return None
    tube = Tube(coefficients=curve, unique=final[0], radius=final[1], slope=final[2], preconditioner=table)
    return tube if tube_fault(system, tube) is None else None


def _rounded(curve: tuple[Vector, ...], radius: Vector, bits: int) -> tuple[Vector, ...]:
    """Round the coefficients of each unknown to a grid that is finer than its radius."""
    scales = []
    for j, room in enumerate(radius):
        size = max(abs(line[j]) for line in curve)
        finest = bits - (log2i(size) if size else 0)
        scales.append(1 << max(0, min(finest, 4 + len(curve).bit_length() - log2i(room) if room else finest)))
    return tuple(tuple(Fraction(round(entry * s), s) for entry, s in zip(line, scales, strict=True)) for line in curve)


def log2i(value: Fraction) -> int:
    """Return about the logarithm to base 2, of numbers beyond the range of floats too."""
    return value.numerator.bit_length() - value.denominator.bit_length()


def short_above(value: Fraction) -> Fraction:
    """Round a number >= 0 up to a few significant bits.

    >>> short_above(Fraction(1, 3)) >= Fraction(1, 3), short_above(Fraction(0))
    (True, Fraction(0, 1))
    """
    if value <= 0:
        return ZERO
    shift = DIGITS - log2i(value)
    scale = Fraction(1 << shift) if shift >= 0 else Fraction(1, 1 << -shift)
    return ceil(value * scale) / scale


def preconditioner(jacobian: flint.arb_mat) -> Matrix | None:
    """Invert approximately, every entry rounded to few bits: as many as the condition number asks for."""
    try:
        inverse = jacobian.mid().inv().mid()
    except ZeroDivisionError:
        return None
    if not all(entry.is_finite() for entry in inverse.entries()):
        return None
    weight = max(float(entry.upper()) for entry in (absolute(inverse) * absolute(jacobian)).entries())
    keep = 12 + ceil(log2(1.0 + weight * jacobian.nrows()))
    return tuple(tuple(_short(midpoint_of(entry), keep) for entry in row) for row in inverse.tolist())


def _short(value: Fraction, bits: int) -> Fraction:
    """Round to so many significant bits."""
    if not value:
        return ZERO
    shift = bits - log2i(value)
    scale = Fraction(1 << shift) if shift >= 0 else Fraction(1, 1 << -shift)
    return round(value * scale) / scale


def _radii(bounds: Bounds, system: LineSystem, curve: tuple[Vector, ...], bits: int) -> tuple[Vector, Vector, Vector] | None:
    """Propose unique, radius and slope: unique in proportion to the unknowns where that is well above radius.

    Else in proportion to what the curve lacks, or between, whichever makes it the greatest multiple of radius. What the test
    has to keep below a radius is raised by ``size / 2^bits``, so that no radius has to be exactly 0.
    """
    size = [sum((abs(line[j]) for line in curve), ZERO) for j in range(len(system))]
    least = max(size) / 2**20 or ONE
    size = [max(entry, least) for entry in size]
    gap = [midpoint_of(entry) + typical / 2**bits for entry, typical in zip(bounds.gap, size, strict=True)]
    share = max(entry / typical for entry, typical in zip(gap, size, strict=True)) / 2**16
    rough = [max(entry, share * typical) for entry, typical in zip(gap, size, strict=True)]
    between = [_geometric(entry, typical) for entry, typical in zip(rough, size, strict=True)]
    best: tuple[Fraction, Vector, Vector] | None = None
    for goal in (size, between, rough):
        unique = _unique(bounds, goal)
        inner = None if unique is None else _enclosing(bounds, unique, gap)
        if unique is None or inner is None:
            continue
        ratio = min(outer / room for outer, room in zip(unique, inner, strict=True))
        if ratio >= 1 and (best is None or ratio > best[0]):
            best = ratio, unique, inner
        if ratio >= AMPLE:
            break
    if best is None:
        return None
    drift = [midpoint_of(entry) + typical / 2**bits for entry, typical in zip(bounds.drift(best[2]), size, strict=True)]
    slope = _enclosing(bounds, best[1], drift)
    return None if slope is None else (best[1], best[2], slope)


def _geometric(left: Fraction, right: Fraction) -> Fraction:
    """Return about the geometric mean of two positive numbers."""
    shift = (log2i(left) + log2i(right)) // 2
    return Fraction(1 << shift) if shift >= 0 else Fraction(1, 1 << -shift)


def _unique(bounds: Bounds, goal: list[Fraction]) -> Vector | None:
    """Return unique along ``s = (I - M)^-1 goal``, where the test is one of a factor: half of what its square term allows."""
    direction = _solved(_identity(len(goal)) - bounds.base, goal)
    if direction is None or min(direction) <= 0:
        return None
    square = (bounds.spread(direction) * column(direction)).entries()
    ratios = [entry / midpoint_of(q) for entry, q in zip(goal, square, strict=True) if not q.contains(0)]
    factor = min([ratio / 2 for ratio in ratios], default=ONE / 2)
    return tuple(_short(factor * entry, DIGITS) for entry in direction)


def _enclosing(bounds: Bounds, unique: Vector, gap: list[Fraction]) -> Vector | None:
    """Return radii r with ``M r + gap <= r``, and some room to round them."""
    room = _identity(len(gap)) - bounds.growth(unique)
    first = _solved(room, gap)
    if first is None or min(first) <= 0:
        return None
    second = _solved(room, [entry + own / 2**8 for entry, own in zip(gap, first, strict=True)])
    return None if second is None or min(second) <= 0 else tuple(map(short_above, second))


def _identity(size: int) -> flint.arb_mat:
    return flint.arb_mat([[int(i == j) for j in range(size)] for i in range(size)])


def _solved(matrix: flint.arb_mat, right: list[Fraction]) -> Vector | None:
    try:
        entries = matrix.mid().solve(column(right), algorithm="approx").entries()
    except ZeroDivisionError:
        return None
    return tuple(midpoint_of(entry) for entry in entries) if all(entry.is_finite() for entry in entries) else None
