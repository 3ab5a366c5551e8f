"""Is a network an optimum of the convex program restricted to some (cell, sign) columns? Decided one neuron at a time.

A restricted program that has the network among its optima still has it with one column per neuron, for a cell whose closure
holds the neuron's weights. The conditions of the restricted program then say: the network is balanced, and for every neuron
there is such a cell on which the pull is at most 0 in all directions that stay in its closure. Neither does every
Clarke-stationary network have one (the objective may bend downwards on the hyperplane), nor is every network that has one
stationary (the way down may leave the cell).
"""

from __future__ import annotations

from fractions import Fraction

from reluexact.geometry.shortest import shortest
from reluexact.geometry.signs import Cell
from reluexact.kinds.classification.cells import cells
from reluexact.kinds.classification.claim import Blocked, Column
from reluexact.kinds.classification.directional import piece_value
from reluexact.kinds.classification.neuron import Surroundings
from reluexact.numbers.linalg import dot, inverse, matmul, solve, transpose
from reluexact.numbers.types import Vector


def column_of(near: Surroundings, limit: int) -> Column | Blocked:
    """Return a column with multipliers for which a neuron is optimal, or what shows that there is none; raises LimitReached.

    The neuron is not zero; that it is balanced is not looked at.
    """
    normals = near.pull.normals
    if near.independent:
        levels = solve(transpose(normals), near.pull.linear) if normals else () if not any(near.pull.linear) else None
        return _off_the_span(near) if levels is None else _by_hyperplane(near, levels)
    dead_ends: list[Vector] = []
    for sides in cells(near, range(len(normals)), limit):
        found = piece_value(near, sides)
        if not found.square:
            coefficients = dict(found.pieces[0].coefficients)
            rows = [near.hyperplane_row(hyperplane) for hyperplane in range(len(normals))]
            return _column(near, sides, tuple(coefficients.get(row, Fraction(0)) for row in rows))
        if all(found.direction != other for other in dead_ends):
            dead_ends.append(found.direction)
    return _blocked(near, tuple(dead_ends))


def _by_hyperplane(near: Surroundings, levels: Vector) -> Column | Blocked:
    """Choose a side of each independent hyperplane; the linear part of the pull is ``sum levels_h normal_h``."""
    kinks = near.pull.kinks
    for hyperplane, (level, kink) in enumerate(zip(levels, kinks, strict=True)):
        if level < 0 < level + kink:
            direction = _dual(near, hyperplane)
            return _blocked(near, (direction, tuple(-entry for entry in direction)))
    sides = tuple(level + kink <= 0 for level, kink in zip(levels, kinks, strict=True))
    return _column(near, sides, tuple(-level for level in levels))


def _dual(near: Surroundings, hyperplane: int) -> Vector:
    """Return a vector in the span of the normals that only this hyperplane's normal meets, with product 1."""
    normals = near.pull.normals
    weights = inverse(matmul(normals, transpose(normals)))[hyperplane]
    return tuple(dot(weights, column) for column in transpose(normals))


def _off_the_span(near: Surroundings) -> Blocked:
    """Return the part of the linear pull that no hyperplane can hold."""
    free = shortest(
        [*near.pull.normals, *(tuple(-entry for entry in normal) for normal in near.pull.normals)],
        near.pull.linear,
        [(Fraction(0), None)] * (2 * len(near.pull.normals)),
    )
    return _blocked(near, (free.vector,))


def _column(near: Surroundings, sides: Cell, coefficients: Vector) -> Column:
    """Write the column; ``linear + sum coefficients_h normal_h = 0``."""
    multipliers = []
    for hyperplane, (on, value, kink) in enumerate(zip(sides, coefficients, near.pull.kinks, strict=True)):
        rho = (value - kink if on else -value) / abs(near.amount)
        if rho:
            multipliers.append((near.hyperplane_row(hyperplane), rho))
    pattern = near.row_values(tuple(Fraction(int(on)) for on in sides))
    return Column(
        neuron=near.index,
        sign=near.sign,
        pattern=tuple(int(value) for value in pattern),
        multipliers=tuple(sorted(multipliers)),
    )


def _blocked(near: Surroundings, directions: tuple[Vector, ...]) -> Blocked:
    derivatives = tuple(-near.pull.value(direction) for direction in directions)
    return Blocked(neuron=near.index, directions=directions, derivatives=derivatives)
