"""The curves of (omega, c), products of the unknowns of a segment, with their errors and control points."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ..linear import whole_numbers
from ..quantities import Matrix, Vector
from .polynomials import add, control_points, product, size, slope_size

Products = list[list[tuple[int, int, Fraction]]]
"""Quadratic functions of the unknowns: sums of (place, place, factor)."""


@dataclass(frozen=True, slots=True)
class Flows:
    """On the interval (omega, c) is `curve` up to `errors`, its derivative in t that of `curve` up to `slopes`.

    `points` / unit: the control points of all entries together; `penalties`: those of the penalty.
    """

    curve: Matrix
    errors: Vector
    slopes: Vector
    points: list[list[int]]
    unit: int
    penalties: Vector


def flows_of(products: Products, curve: Matrix, radii: Vector, slope: Vector, penalty: Vector) -> Flows:
    """Multiply the curves of the unknowns; |xy - XY| <= |X| dy + |Y| dx + dx dy, and the same for the derivative of a product."""
    sizes, speeds = [size(entry) for entry in curve], [slope_size(entry) for entry in curve]
    degree = max([1, *(2 * (len(entry) - 1) for entry in curve)])
    flows: Matrix = []
    errors, slopes = [], []
    for terms in products:
        total = [Fraction(0)] * (degree + 1)
        error = rate = Fraction(0)
        for a, b, factor in terms:
            add(total, factor, product(curve[a], curve[b]))
            error += abs(factor) * (sizes[a] * radii[b] + (sizes[b] + radii[b]) * radii[a])
            rate += abs(factor) * (speeds[a] * radii[b] + (sizes[b] + radii[b]) * slope[a])
            rate += abs(factor) * (speeds[b] * radii[a] + (sizes[a] + radii[a]) * slope[b])
        flows.append(total)
        errors.append(error)
        slopes.append(rate)
    points, unit, penalties = together(flows, penalty, degree)
    return Flows(flows, errors, slopes, points, unit, penalties)


def together(curves: Matrix, penalty: Vector, degree: int) -> tuple[list[list[int]], int, Vector]:
    """Return the control points of several curves over one number, point by point, and those of the penalty."""
    numbers, unit = whole_numbers(entry for curve in curves for entry in control_points(pad(curve, degree), degree))
    columns = [numbers[i : i + degree + 1] for i in range(0, len(numbers), degree + 1)]
    points = [[column[j] for column in columns] for j in range(degree + 1)]
    return points, unit, control_points(pad(penalty, degree), degree)


def pad(curve: Vector, degree: int) -> Vector:
    """Write a polynomial with zeros up to a degree."""
    return curve + [Fraction(0)] * (degree + 1 - len(curve))
