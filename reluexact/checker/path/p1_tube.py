"""P1: for every penalty of a segment the equations have one solution near the curve, with a derivative near that of the curve."""

from __future__ import annotations

from fractions import Fraction
from operator import mul

from ..linear import dot, whole_numbers
from ..quantities import ZERO, Matrix, Vector
from .polynomials import add, combine, product, size, slope_size
from .segment import Segment


def p1_tube(segment: Segment) -> None:
    """P1: Krawczyk's test for all penalties at once; see "The tube" in CERTIFICATE.md."""
    total = len(segment.curve)
    rows = segment.evidence["preconditioner"].entries(total)
    C = [row.vector(total) for row in rows]
    gram, pull, square = normal_equations(segment)
    images = segment_images(segment)
    for i, (row, item) in enumerate(zip(C, rows, strict=True)):
        rest, slack, slant = row_bounds(segment, i, row, gram, pull, square, images)
        if dot(rest, segment.unique) + slack >= segment.unique[i]:
            raise item.reject("P1: the solution is not proved to exist in `unique`, and alone")
        if dot(rest, segment.radii) + slack > segment.radii[i]:
            raise item.reject("P1: the solution is not proved to lie within `radius`")
        if dot(rest, segment.slope) + slant > segment.slope[i]:
            raise item.reject("P1: the derivative is not proved to lie within `slope`")


def normal_equations(segment: Segment) -> tuple[list[list[int]], list[int], int]:
    """Return A'A and A'y, both times the third number."""
    columns = segment.columns
    gram = [[sum(map(mul, a, b)) for b in columns.design] for a in columns.design]
    return gram, [sum(map(mul, a, columns.base)) for a in columns.design], columns.unit**2


def segment_images(segment: Segment) -> list[tuple[list[Vector], Vector]]:
    """Return for each block B'B, and ``nu'B'B nu - b^2`` on the curve."""
    found = []
    for k, first in segment.blocks.items():
        basis = segment.neurons[k].basis
        inner = [[dot(v, w) for w in basis] for v in basis]
        length = [-entry for entry in product(segment.penalty, segment.penalty)]
        for i, left in enumerate(segment.block_places(k, first)):
            for j, right in enumerate(segment.block_places(k, first)):
                add(length, inner[i][j], product(segment.curve[left], segment.curve[right]))
        found.append((inner, length))
    return found


def row_bounds(
    segment: Segment,
    i: int,
    row: Vector,
    gram: list[list[int]],
    pull: list[int],
    square: int,
    images: list[tuple[Matrix, Vector]],
) -> tuple[Vector, Fraction, Fraction]:
    """Return row i of M, and the bounds g and g' of what C F leaves on the curve and of what its derivative does."""
    omegas, count = segment.omegas, segment.count
    weights, under = whole_numbers([*row[:omegas], *row[omegas + count :]])
    scale = under * square
    work = [sum(map(mul, weights, column)) for column in gram]  # row i of C times A'A, which is symmetric
    linear = [ZERO] * len(row)
    left: Vector = [Fraction(sum(map(mul, weights, pull)), scale)]
    hessian: dict[tuple[int, int], Fraction] = {}
    for (k, first), (inner, length), factor in zip(segment.blocks.items(), images, row[omegas : omegas + count], strict=True):
        places = segment.block_places(k, first)
        add(left, factor, length)
        for a, line in zip(places, inner, strict=True):
            linear[a] -= dot((row[place] for place in places), line)
            for b, entry in zip(places, line, strict=True):
                hessian[a, b] = 2 * factor * entry
    add(left, Fraction(-1, scale), combine(zip(map(Fraction, work), segment.flows.curve, strict=True)))
    add(left, Fraction(1), combine((entry, segment.curve[place]) for place, entry in enumerate(linear)))
    for terms, entry in zip(segment.products, work, strict=True):
        for a, b, factor in terms:
            change = -factor * Fraction(entry, scale)
            hessian[a, b] = hessian.get((a, b), ZERO) + change
            hessian[b, a] = hessian.get((b, a), ZERO) + change
    slant = slope_size(left)
    rest = [[(Fraction(place == i) - entry)] for place, entry in enumerate(linear)]
    bend = [ZERO] * len(row)
    for (a, b), entry in hessian.items():
        add(rest[a], -entry, segment.curve[b])
        bend[a] += abs(entry) * segment.unique[b]
        slant += abs(entry) * segment.radii[a] * slope_size(segment.curve[b])
    return [size(poly) + more for poly, more in zip(rest, bend, strict=True)], size(left), slant
