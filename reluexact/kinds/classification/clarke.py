"""The shortest Clarke subgradient of the objective, exactly, one neuron at a time.

The objective is piecewise smooth, so its Clarke subdifferential is the convex hull of the gradients of the pieces that meet at
the network (Clarke, Optimization and Nonsmooth Analysis, 1983, theorem 2.5.1); it is a product over the neurons. For one neuron
a piece is a cell of the hyperplanes through its weights. Where the normals of the bending hyperplanes are independent, or all
hyperplanes bend the same way, the hull is the set of all gates in [0, 1]; otherwise that set is larger, and the cells have to be
listed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from reluexact.errors import LimitReached
from reluexact.geometry.shortest import Shortest, shortest
from reluexact.geometry.signs import Cell
from reluexact.kinds.classification.cells import cells
from reluexact.kinds.classification.neuron import Surroundings
from reluexact.numbers.linalg import dot, rank
from reluexact.numbers.types import Vector

ZERO, ONE = Fraction(0), Fraction(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearest:
    """How near to 0 the gradients of a pull come.

    lower, upper: bounds of the squared distance, equal unless a limit was met (``reason``). vector: a direction in which the pull
    is at least ``lower``; the nearest gradient itself where the bounds are equal. gates: one per hyperplane, for the gradient
    that attains ``upper``. cells: where not all gates belong to a gradient, the sides of the bending hyperplanes on some cells,
    with the shares of their gradients in this one.
    """

    vector: Vector
    gates: Vector
    lower: Fraction
    upper: Fraction
    reason: str = ""
    cells: tuple[tuple[Cell, Fraction], ...] = ()


def nearest(near: Surroundings, limit: int) -> Nearest:
    """Return the element of the Clarke subdifferential of the pull that is nearest to 0; its negative is one of the objective.

    >>> from reluexact.kinds.classification.neuron import surroundings
    >>> from reluexact.model.dataset import Dataset
    >>> from reluexact.model.network import Network
    >>> data = Dataset([[0, 1], [1, -1]], [2, 2])
    >>> answer = nearest(surroundings(Network([[1, 0]], [1]), data, Fraction(1), (Fraction(2), Fraction(1)))[0], 10)
    >>> answer.upper, answer.gates
    (Fraction(0, 1), (Fraction(1, 2),))
    """
    bending = [hyperplane for hyperplane, kink in enumerate(near.pull.kinks) if kink]
    kinks = [near.pull.kinks[hyperplane] for hyperplane in bending]
    normals = [near.pull.normals[hyperplane] for hyperplane in bending]
    box = shortest(normals, near.pull.linear, [(min(kink, ZERO), max(kink, ZERO)) for kink in kinks])
    parts = [value / kink for value, kink in zip(box.coefficients, kinks, strict=True)]
    whole = rank(normals) == len(normals) or all(kink > 0 for kink in kinks) or all(kink < 0 for kink in kinks)
    if whole:
        return Nearest(vector=box.vector, gates=_spread(near, bending, parts), lower=box.square, upper=box.square)
    try:
        sides = cells(near, bending, limit)
    except LimitReached as stop:
        return _one_cell(near, bending, box, stop.message)
    return _hull(near, bending, sides)


def _hull(near: Surroundings, bending: Sequence[int], sides: Sequence[Cell]) -> Nearest:
    """Return the point of the convex hull of the gradients that is nearest to 0."""
    shares, vector = hull_point([gradient(near, bending, cell) for cell in sides])
    parts = [
        sum((share for share, cell in zip(shares, sides, strict=True) if cell[position]), ZERO)
        for position in range(len(bending))
    ]
    square = dot(vector, vector)
    used = tuple((cell, share) for cell, share in zip(sides, shares, strict=True) if share)
    return Nearest(vector=vector, gates=_spread(near, bending, parts), lower=square, upper=square, cells=used)


def hull_point(points: Sequence[Vector]) -> tuple[Vector, Vector]:
    """Return the shares of the points, and the point, of their convex hull that is nearest to 0.

    For p in the hull, the least of ``|t p|^2 + (1 - t)^2`` over t grows with ``|p|^2``, so least squares with multipliers >= 0
    for the points with a further entry 1, and -1 as that entry of the offset, find the point up to its length.

    >>> shares, point = hull_point([(Fraction(2), Fraction(0)), (Fraction(0), Fraction(2)), (Fraction(3), Fraction(1))])
    >>> [str(share) for share in shares], [str(entry) for entry in point]
    (['1/2', '1/2', '0'], ['1', '1'])
    """
    lifted = [(*point, ONE) for point in points]
    offset = (*(ZERO for _ in points[0]), -ONE)
    found = shortest(lifted, offset, [(ZERO, None)] * len(lifted))
    total = sum(found.coefficients, ZERO)
    return tuple(value / total for value in found.coefficients), tuple(entry / total for entry in found.vector[:-1])


def _one_cell(near: Surroundings, bending: Sequence[int], box: Shortest, reason: str) -> Nearest:
    """Bound the distance by all gates from below and by the gradient of one piece from above."""
    inside = [ONE / 7**position for position in range(len(near.weights))]
    cell = tuple(_side(near.pull.normals[hyperplane], inside) for hyperplane in bending)
    found = gradient(near, bending, cell)
    gates = _spread(near, bending, [ONE if on else ZERO for on in cell])
    return Nearest(vector=box.vector, gates=gates, lower=box.square, upper=dot(found, found), reason=reason, cells=((cell, ONE),))


def _side(normal: Vector, inside: Sequence[Fraction]) -> bool:
    """Return the side of a point, moved a little along the axes where it lies on the hyperplane."""
    value = dot(normal, inside)
    return value > 0 if value else next(entry for entry in normal if entry) > 0


def gradient(near: Surroundings, bending: Sequence[int], cell: Sequence[bool]) -> Vector:
    """Return the gradient of the pull on a cell, given by its sides of the bending hyperplanes."""
    total = list(near.pull.linear)
    for hyperplane, on in zip(bending, cell, strict=True):
        if on:
            total = [a + near.pull.kinks[hyperplane] * b for a, b in zip(total, near.pull.normals[hyperplane], strict=True)]
    return tuple(total)


def _spread(near: Surroundings, bending: Sequence[int], parts: Sequence[Fraction]) -> Vector:
    """Return a gate for every hyperplane; 1 for those that do not bend."""
    chosen = dict(zip(bending, parts, strict=True))
    return tuple(chosen.get(hyperplane, ONE) for hyperplane in range(len(near.pull.kinks)))
