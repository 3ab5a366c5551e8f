"""An optimum whose only neuron off a ray leads to one polynomial in one unknown, its amount t.

With the coordinates x of rays and free directions eliminated (their equations are linear), the residual is ``theta0 - Q omega``;
stationarity of the remaining block reads ``(t M + b N) omega = t g`` with its Gram matrix N, and ``t^2 = omega' N omega`` becomes
``det(t M + b N)^2 = h(t)' N h(t)`` with ``h(t) = adj(t M + b N) g``: a polynomial whose root is isolated by the proved box.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import sympy
from sympy.polys.matrices import DomainMatrix

from reluexact.kinds.optimum.blocks import Block, Structure, structure_of
from reluexact.kinds.optimum.claim import Optimum
from reluexact.model.loss import SQUARED
from reluexact.numbers.linalg import dot, inverse, matmul
from reluexact.tex.numbers import rational_expression

AMOUNT = sympy.Symbol("t", positive=True)

MOST_DEGREE = 32
"""A polynomial of higher degree, after square roots are removed from its coefficients, is not looked at."""

MOST_COORDINATES = 8
"""Nor is a block with more coordinates: determinants in t take long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SingleRoot:
    """The amount t of one neuron (of the two of a pair together) as a root of a polynomial, and all else in terms of t.

    index: the neuron. polynomial: irreducible over the rationals, integer coefficients, positive leading one. bounds: rational
    numbers between which t is its only root. root: the same as a number of sympy. weights: the vector w = t u, in t.
    """

    index: int
    partner: int | None
    polynomial: sympy.Poly
    bounds: tuple[Fraction, Fraction]
    root: sympy.Expr
    direction: tuple[sympy.Expr, ...]
    residual: tuple[sympy.Expr, ...]
    value: sympy.Expr

    def number(self, expression: sympy.Expr) -> sympy.Expr:
        """Return the number that an expression in t stands for."""
        return expression.subs(AMOUNT, self.root)


def single_root(optimum: Optimum) -> SingleRoot | None:
    """Return the closed form when exactly one block of a PROVED optimum is off a ray and its polynomial is small, else None."""
    structure = structure_of(optimum)
    wide = [block for block in structure.blocks if not block.is_ray]
    if len(wide) != 1:
        return None
    lengths = {sympy.sqrt(int(block.gram[0][0])).as_coeff_Mul()[1] for block in structure.blocks if block.is_ray} - {1}
    if len(wide[0].basis) > MOST_COORDINATES or 2 * len(wide[0].basis) * 2 ** len(lengths) > MOST_DEGREE:
        return None
    reduced = _reduce(structure, wide[0])
    bounds = structure.enclosure(wide[0].amount)
    solution = reduced.solution()
    polynomial = _minimal(reduced.equation(*solution), reduced.roots, bounds)
    if polynomial is None:
        return None
    place = polynomial.count_roots(None, rational_expression(bounds[0])) - int(
        polynomial.eval(rational_expression(bounds[0])) == 0
    )
    omega = reduced.omega(*solution)
    coordinates = [[rational_expression(vector[j]) for vector in wide[0].basis] for j in range(optimum.data.d)]
    residual = tuple(reduced.exact(entry) for entry in reduced.residual(omega))
    total = AMOUNT + sum(reduced.exact(entry) for entry in reduced.ray_amounts(omega))
    target = sum(rational_expression(y) * theta for y, theta in zip(optimum.data.y, residual, strict=True))
    value = SQUARED.optimal_value(target, rational_expression(optimum.penalty) * total)
    return SingleRoot(
        index=wide[0].index,
        partner=wide[0].partner,
        polynomial=polynomial,
        bounds=bounds,
        root=sympy.CRootOf(polynomial, place, radicals=False),
        direction=tuple(
            _tidy(reduced.exact(sum(a * w for a, w in zip(row, omega, strict=True)) / AMOUNT)) for row in coordinates
        ),
        residual=residual,
        value=_tidy(value),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reduced:
    """The linear unknowns eliminated.

    roots: a symbol for the length |B| of every ray, with its square. offsets: x at omega = 0, in these symbols; slopes: how x
    changes with omega.
    """

    structure: Structure
    wide: Block
    rays: tuple[Block, ...]
    roots: tuple[tuple[sympy.Symbol, int], ...]
    linear: tuple[tuple[Fraction, ...], ...]
    offsets: tuple[sympy.Expr, ...]
    slopes: tuple[tuple[Fraction, ...], ...]
    matrix: sympy.Matrix
    right: sympy.Matrix

    def solution(self) -> tuple[sympy.Matrix, sympy.Expr]:
        """Return ``h = adj(t M + b N) g`` and ``det(t M + b N)``: omega is ``t h / det``."""
        penalty = rational_expression(self.structure.optimum.penalty)
        system = AMOUNT * self.matrix + penalty * _matrix(self.wide.gram)
        adjugate, determinant = DomainMatrix.from_Matrix(system).adj_det()
        numerator = (adjugate.to_Matrix() * self.right).applyfunc(sympy.expand)
        return numerator, sympy.expand(adjugate.domain.to_sympy(determinant))

    def equation(self, numerator: sympy.Matrix, determinant: sympy.Expr) -> sympy.Expr:
        """Return the polynomial in t and the lengths of the rays."""
        return sympy.expand(determinant**2 - (numerator.T * _matrix(self.wide.gram) * numerator)[0])

    def omega(self, numerator: sympy.Matrix, determinant: sympy.Expr) -> tuple[sympy.Expr, ...]:
        """Return the coordinates of w in terms of t."""
        return tuple(self.exact(AMOUNT * entry / determinant) for entry in numerator)

    def residual(self, omega: tuple[sympy.Expr, ...]) -> tuple[sympy.Expr, ...]:
        """Return theta."""
        entries = [rational_expression(target) for target in self.structure.optimum.data.y]
        values = [*zip(self.wide.columns, omega, strict=True), *zip(self.linear, self._x(omega), strict=True)]
        return tuple(
            entry - sum(rational_expression(column[i]) * value for column, value in values if column[i])
            for i, entry in enumerate(entries)
        )

    def ray_amounts(self, omega: tuple[sympy.Expr, ...]) -> tuple[sympy.Expr, ...]:
        """Return |B| x for every ray."""
        return tuple(root * x for (root, _), x in zip(self.roots, self._x(omega), strict=False))

    def exact(self, expression: sympy.Expr) -> sympy.Expr:
        """Put in the lengths of the rays."""
        return expression.subs([(symbol, sympy.sqrt(square)) for symbol, square in self.roots])

    def _x(self, omega: tuple[sympy.Expr, ...]) -> list[sympy.Expr]:
        return [
            offset - sum(rational_expression(factor) * w for factor, w in zip(row, omega, strict=True))
            for offset, row in zip(self.offsets, self.slopes, strict=True)
        ]


def _reduce(structure: Structure, wide: Block) -> _Reduced:
    rays = tuple(block for block in structure.blocks if block.is_ray)
    linear = tuple(block.columns[0] for block in rays) + structure.free
    y, penalty = structure.optimum.data.y, rational_expression(structure.optimum.penalty)
    roots = tuple((sympy.Symbol(f"r_{k + 1}", positive=True), int(block.gram[0][0])) for k, block in enumerate(rays))
    inverted = inverse([[dot(left, right) for right in linear] for left in linear]) if linear else ()
    moments = [dot(column, y) for column in linear]
    offsets = tuple(
        rational_expression(dot(row, moments))
        - penalty * sum(rational_expression(entry) * root for entry, (root, _) in zip(row, roots, strict=False))
        for row in inverted
    )
    cross = [[dot(column, other) for other in wide.columns] for column in linear]
    slopes = matmul(inverted, cross) if linear else ()
    gram = _matrix([[dot(left, right) for right in wide.columns] for left in wide.columns])
    right = sympy.Matrix([rational_expression(dot(column, y)) for column in wide.columns])
    if linear:
        coupling = _matrix(cross).T
        gram = gram - coupling * _matrix(slopes)
        right = right - coupling * sympy.Matrix(offsets)
    return _Reduced(
        structure=structure,
        wide=wide,
        rays=rays,
        roots=roots,
        linear=linear,
        offsets=offsets,
        slopes=slopes,
        matrix=gram,
        right=right,
    )


def _minimal(
    equation: sympy.Expr, roots: tuple[tuple[sympy.Symbol, int], ...], bounds: tuple[Fraction, Fraction]
) -> sympy.Poly | None:
    """Remove the square roots by multiplying conjugates, and pick the irreducible factor with exactly one root in the bounds."""
    plain, outer = _rational_lengths(equation, roots)
    for symbol, square in outer:
        plain = _norm(plain, symbol, square)
    low, high = map(rational_expression, bounds)
    found = []
    for factor, _ in sympy.Poly(plain, AMOUNT, domain="QQ").factor_list()[1]:
        polynomial = sympy.Poly(factor.clear_denoms(convert=True)[1].primitive()[1], AMOUNT, domain="ZZ")
        count = polynomial.count_roots(low, high)
        if count:
            found.append((count, polynomial if polynomial.LC() > 0 else -polynomial))
    if len(found) != 1 or found[0][0] != 1:
        return None
    return found[0][1]


def _rational_lengths(
    equation: sympy.Expr, roots: tuple[tuple[sympy.Symbol, int], ...]
) -> tuple[sympy.Expr, tuple[tuple[sympy.Symbol, int], ...]]:
    """Put in lengths that are rational multiples of one another, so that one symbol is left for every square class."""
    outer: list[tuple[sympy.Symbol, int]] = []
    for symbol, square in roots:
        factor, inner = sympy.sqrt(square).as_coeff_Mul()
        known = next((other for other, radicand in outer if sympy.sqrt(radicand) == inner), None)
        if inner == 1:
            equation = equation.subs(symbol, factor)
        elif known is not None:
            equation = equation.subs(symbol, factor * known)
        else:
            outer.append((symbol, int(inner**2)))
            equation = equation.subs(symbol, factor * symbol)
    return sympy.expand(equation), tuple(outer)


def _norm(expression: sympy.Expr, symbol: sympy.Symbol, square: int) -> sympy.Expr:
    """Multiply ``a + b r`` by ``a - b r``, where r^2 = square."""
    even, odd = sympy.Integer(0), sympy.Integer(0)
    for (power,), coefficient in sympy.Poly(expression, symbol).terms():
        value = coefficient * sympy.Integer(square) ** (power // 2)
        even, odd = (even, odd + value) if power % 2 else (even + value, odd)
    return sympy.expand(even**2 - square * odd**2)


def _tidy(expression: sympy.Expr) -> sympy.Expr:
    """Return a factored quotient of polynomials in t, unless square roots make that slow."""
    rational = all(power.exp.is_Integer for power in expression.atoms(sympy.Pow))
    return sympy.factor(expression) if rational else sympy.together(expression)


def _matrix(rows: object) -> sympy.Matrix:
    return sympy.Matrix([[rational_expression(entry) for entry in row] for row in rows])  # type: ignore[attr-defined]
