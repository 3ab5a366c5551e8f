"""Upper bounds that the equations imply, for the variables that have none of their own: floats propose, enclosures prove."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from reluexact.errors import InputError
from reluexact.geometry.polytope import BoundedSystem
from reluexact.numbers.scalar import Scalar
from reluexact.numbers.scalar_vectors import scalar_dot
from reluexact.numbers.types import Vector
from reluexact.propose.engines import engine
from reluexact.propose.engines.program import Bound, LinearProgram
from reluexact.propose.types import Floats


def implied_uppers(system: BoundedSystem) -> tuple[tuple[Vector, ...], tuple[Scalar, ...]]:
    """Return upper bounds of all variables, and for those of single neurons the vectors z that imply them."""
    if None not in system.upper:
        return ((),) * len(system.upper), tuple(upper for upper in system.upper if upper is not None)
    middles = [0.0 if upper is None else _float(upper) for upper in system.upper]
    table = np.array([[_float(entry) for entry in column] for column in system.columns])
    right = np.array([_float(entry) for entry in system.right])
    common = _common_vector(system, table)
    vectors: list[Vector] = []
    uppers: list[Scalar] = []
    for j, upper in enumerate(system.upper):
        if upper is not None:
            vectors.append(())
            uppers.append(upper)
            continue
        bound = None
        for z in (*_vectors(table, right, middles, j, common), common):
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


def _float(number: Scalar) -> float:
    try:
        return float(number.middle)
    except OverflowError:
        raise InputError("a number of the system is larger than 1e308; scale the equations") from None


def _above(value: Fraction) -> Fraction:
    """Round up to a number with a short denominator."""
    scale = 2 ** max(0, 24 - value.numerator.bit_length() + value.denominator.bit_length())
    return Fraction(-(-value.numerator * scale // value.denominator), scale)


def _common_vector(system: BoundedSystem, table: Floats) -> Vector:
    """Find z with z . column > 0 for all variables without a bound: floats propose, the enclosures check."""
    singles = [j for j, upper in enumerate(system.upper) if upper is None]
    sizes = np.abs(table[singles]).sum(axis=1)
    if not sizes.all():
        raise InputError("the system is not bounded: a variable without an upper bound can grow; give it one")
    rows = np.column_stack([-table[singles] / sizes[:, None], np.ones(len(singles))])
    box: list[Bound] = [*[(-1.0, 1.0)] * table.shape[1], (None, 1.0)]
    cost = np.append(np.zeros(table.shape[1]), -1.0)
    answer = engine("linear").solve(LinearProgram(cost=cost, rows=rows, limits=np.zeros(len(singles)), bounds=box))
    proposed = np.zeros(table.shape[1]) if answer is None else answer.point[:-1]
    z = tuple(Fraction(round(value * 2**20), 2**20) for value in proposed)
    if any(implied_bound(system, z, j) is None for j in singles):
        raise InputError("no proof found that the system is bounded: give every variable that can grow an upper bound")
    return z


def _vectors(table: Floats, right: Floats, uppers: Sequence[float], j: int, common: Vector) -> list[Vector]:
    """Propose a vector for the best bound of one variable, moved a little towards ``common``, which has the right signs."""
    bounded = [i for i, upper in enumerate(uppers) if upper]
    width, singles = table.shape[1], [i for i, upper in enumerate(uppers) if not upper]
    rows = np.zeros((len(table), width + len(bounded)))
    rows[:, :width] = -table
    for place, i in enumerate(bounded):
        rows[i] *= uppers[i]
        rows[i, width + place] = -1.0
    box: list[Bound] = [*[(None, None)] * width, *[(0.0, None)] * len(bounded)]
    fixed = np.zeros((1, width + len(bounded)))
    fixed[0, :width] = table[j]
    order = singles + bounded
    cost = np.append(right, np.ones(len(bounded)))
    program = LinearProgram(
        cost=cost, rows=rows[order], limits=np.zeros(len(order)), equations=fixed, right=np.ones(1), bounds=box
    )
    answer = engine("linear").solve(program)
    if answer is None:
        return []
    near = [Fraction(round(value * 2**40), 2**40) for value in answer.point[:width]]
    return [tuple(a + b / 2**k for a, b in zip(near, common, strict=True)) for k in (30, 20, 10)]
