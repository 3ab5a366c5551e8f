"""The quadratic equations of a structure: E1 to E6 of CERTIFICATE.md ("System")."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from reluexact.numbers.integer_products import integer_gram, integer_products
from reluexact.numbers.linalg import dot
from reluexact.numbers.quadratic import Product, QuadraticSystem
from reluexact.numbers.types import IntVector, Vector


@dataclass(frozen=True, slots=True, kw_only=True)
class TieLine:
    """E6: ``v = line . z + constant`` is ``s B'X'D theta`` of a tie on the ray of B; ``v^2 = b^2 square`` for E5 of a row."""

    row: int
    line: Vector
    constant: Fraction
    square: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AffineMaps:
    """Fit and residual as functions of the unknowns z: ``fit = design z``, ``theta = base - slopes z``.

    design, slopes: one column of n entries per unknown. ridges: of the columns of the linear part; None for a free one that
    depends on free ones before it, whose coefficient is 0. levels: (row, value) of the rows whose fit is at a breakpoint.
    """

    design: tuple[Vector, ...]
    slopes: tuple[Vector, ...]
    base: Vector
    ridges: tuple[Fraction | None, ...] = ()
    levels: tuple[tuple[int, Fraction], ...] = ()
    ties: tuple[TieLine, ...] = ()

    def tie(self, row: int) -> TieLine | None:
        """Return the tie that stands for the level of a row."""
        return next((known for known in self.ties if known.row == row), None)


def gram_matrix(columns: tuple[Vector, ...], target: Vector) -> tuple[list[Vector], Vector]:
    """Return the exact matrix of inner products of the columns, and their products with the target."""
    (*table, right), scales = _whole((*columns, target))
    products = _over(integer_gram([*table, right])[:-1], scales[:-1], scales)
    return [row[:-1] for row in products], tuple(row[-1] for row in products)


def cross_products(left: tuple[Vector, ...], right: tuple[Vector, ...]) -> list[Vector]:
    """Return the exact matrix of inner products of the left columns with the right ones."""
    (table, scales), (other, others) = _whole(left), _whole(right)
    return _over(integer_products(table, other), scales, others)


def _whole(columns: tuple[Vector, ...]) -> tuple[list[list[int]], list[int]]:
    """Return integer multiples of the columns, and the factors."""
    scales = [lcm(*(entry.denominator for entry in column)) for column in columns]
    table = [
        [entry.numerator * (scale // entry.denominator) for entry in column]
        for column, scale in zip(columns, scales, strict=True)
    ]
    return table, scales


def _over(table: list[list[int]], left: list[int], right: list[int]) -> list[Vector]:
    """Divide the inner products of integer multiples by the factors of both."""
    rows = zip(table, left, strict=True)
    return [tuple(Fraction(value, p * q) for value, q in zip(row, right, strict=True)) for row, p in rows]


def quadratic_system(
    penalty: Fraction, affine: AffineMaps, bases: tuple[tuple[IntVector, ...], ...], free: int
) -> QuadraticSystem:
    """Write E1 to E6 with the inner products of the design with slopes and base; ``free``: how many unknowns c."""
    size = len(affine.design)
    metric = _metric(bases, size)
    count, blocks = len(metric), len(bases)
    pulls, moments = _pulls(affine)
    owner = [block for block, basis in enumerate(bases) for _ in basis]
    zero = (Fraction(0),) * size
    ridges = range(count + blocks + free, count + blocks + free + len(affine.ridges))
    constants = [Fraction(0)] * (count + blocks) + list(moments[count + blocks : ridges.stop])
    linear = [_scaled(row, -penalty) for row in metric] + [zero] * blocks
    linear += [_scaled(pulls[position], Fraction(-1)) for position in range(count + blocks, ridges.start)]
    for position, ridge in zip(ridges, affine.ridges, strict=True):
        if ridge is None:
            constants[position] = Fraction(0)
            linear.append(tuple(Fraction(int(j == position)) for j in range(size)))
            continue
        linear.append(tuple(-entry - (ridge if j == position else 0) for j, entry in enumerate(pulls[position])))
    squares: list[Product] = []
    for row, level in affine.levels:
        tie = affine.tie(row)
        if tie is not None:
            squares += _squared(tie, len(linear))
            constants.append(tie.constant**2 - penalty**2 * tie.square)
            linear.append(_scaled(tie.line, 2 * tie.constant))
            continue
        constants.append(-level)
        linear.append(tuple(column[row] for column in affine.design))
    products = [
        Product(
            equation=position,
            variable=count + owner[position],
            constant=moments[position],
            row=_scaled(pulls[position], Fraction(-1)),
        )
        for position in range(count)
    ]
    products += _lengths(metric, owner, size) + squares
    return QuadraticSystem(constants=tuple(constants), linear=tuple(linear), products=tuple(products))


def _squared(tie: TieLine, equation: int) -> list[Product]:
    """Write the part of degree two of E6."""
    return [
        Product(equation=equation, variable=j, constant=Fraction(0), row=_scaled(tie.line, entry))
        for j, entry in enumerate(tie.line)
        if entry
    ]


def _pulls(affine: AffineMaps) -> tuple[list[Vector], Vector]:
    """Return the inner products of the design with the slopes, and with the base."""
    if affine.slopes is affine.design:
        return gram_matrix(affine.design, affine.base)
    table = cross_products(affine.design, (*affine.slopes, affine.base))
    return [row[:-1] for row in table], tuple(row[-1] for row in table)


def _lengths(metric: list[Vector], owner: list[int], size: int) -> list[Product]:
    """Write E2: ``t_k^2`` is the square of the length of block k."""
    count, products = len(metric), []
    for amount in range(count, count + len(set(owner))):
        unit = tuple(Fraction(int(j == amount)) for j in range(size))
        products.append(Product(equation=amount, variable=amount, constant=Fraction(0), row=unit))
    for position, row in enumerate(metric):
        minus = _scaled(row, Fraction(-1))
        products.append(Product(equation=count + owner[position], variable=position, constant=Fraction(0), row=minus))
    return products


def _metric(bases: tuple[tuple[IntVector, ...], ...], size: int) -> list[Vector]:
    """Return one row per omega: its basis vector's inner products with the vectors of its own block."""
    rows, start = [], 0
    for basis in bases:
        for vector in basis:
            row = [Fraction(0)] * size
            for offset, other in enumerate(basis):
                row[start + offset] = dot(vector, other)
            rows.append(tuple(row))
        start += len(basis)
    return rows


def _scaled(row: Vector, factor: Fraction) -> Vector:
    return tuple(factor * entry if entry else entry for entry in row)
