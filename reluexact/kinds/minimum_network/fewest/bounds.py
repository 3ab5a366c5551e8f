"""Upper bounds that the equations imply, for the variables that have none of their own: floats propose, enclosures prove."""

from __future__ import annotations

from fractions import Fraction

from reluexact.errors import InputError
from reluexact.geometry.polytope import BoundedSystem
from reluexact.numbers.scalar import Scalar
from reluexact.numbers.scalar_vectors import scalar_dot
from reluexact.numbers.types import Vector
from reluexact.propose.fewest.uppers import FloatSystem


def implied_uppers(system: BoundedSystem) -> tuple[tuple[Vector, ...], tuple[Scalar, ...]]:
    """Return upper bounds of all variables, and for those of single neurons the vectors z that imply them."""
    if None not in system.upper:
        return ((),) * len(system.upper), tuple(upper for upper in system.upper if upper is not None)
    floats = FloatSystem.of(system)
    common = _common_vector(system, floats)
    vectors: list[Vector] = []
    uppers: list[Scalar] = []
    for j, upper in enumerate(system.upper):
        if upper is not None:
            vectors.append(())
            uppers.append(upper)
            continue
        bound = None
        for z in (*floats.vectors(j, common), common):
            bound = implied_bound(system, z, j)
            if bound is not None:
                break
        vectors.append(z)
        uppers.append(Scalar.of(_above(bound) if bound else Fraction(1)))
    return tuple(vectors), tuple(uppers)


def implied_bound(system: BoundedSystem, z: Vector, j: int) -> Fraction | None:
    """Return an upper bound of variable j that ``z . right`` implies; None when z has a wrong sign on a variable without a bound.

    >>> system = BoundedSystem.of([[1], [2]], [6], [None, 1])
    >>> implied_bound(system, (Fraction(1),), 0), implied_bound(system, (Fraction(-1),), 0)
    (Fraction(6, 1), None)
    """
    exact = tuple(map(Scalar.of, z))
    total = scalar_dot(exact, system.right)
    for i, (column, upper) in enumerate(zip(system.columns, system.upper, strict=True)):
        gain = scalar_dot(exact, column)
        if upper is None and (gain.low < 0 or (i == j and gain.low == 0)):
            return None
        if upper is not None:
            total = total - Scalar.of(min((gain * upper).low, Fraction(0)))
    return max((total / scalar_dot(exact, system.columns[j])).high, Fraction(0))


def _above(value: Fraction) -> Fraction:
    """Round up to a number with a short denominator."""
    scale = 2 ** max(0, 24 - value.numerator.bit_length() + value.denominator.bit_length())
    return Fraction(-(-value.numerator * scale // value.denominator), scale)


def _common_vector(system: BoundedSystem, floats: FloatSystem) -> Vector:
    """Find z with z . column > 0 for all variables without a bound: floats propose, the enclosures check."""
    z = floats.common_vector()
    if any(implied_bound(system, z, j) is None for j, upper in enumerate(system.upper) if upper is None):
        raise InputError("no proof found that the system is bounded: give every variable that can grow an upper bound")
    return z
