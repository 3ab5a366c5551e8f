"""Linear forms that vanish because of the quadratic equations of a structure (CERTIFICATE.md, R1), and ties that are tight.

``factors @ forms`` is a combination of known equations, identically, so it is 0 at the solution in the box; where the matrix
``factors`` is regular on the box, each of the forms is 0, too. Symmetric data give such identities: a map of the unknowns that
leaves the equations F unchanged gives ``F(z) - F(z') = J((z + z') / 2) (z - z')``. Two tight neurons that have all parts of their
pull but one in common, up to signs, give others: ``p^2 - q^2 = (p + q) (p - q)``.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from reluexact.evidence.exact import Affine, Combination, Relation
from reluexact.numbers.intervals import solve_linear
from reluexact.numbers.linalg import absolute_sum, dot, solve
from reluexact.numbers.quadratic import Box
from reluexact.numbers.roots import integer_root
from reluexact.numbers.types import Vector
from reluexact.prove.polynomials import KnownEquations, Monomial, Quadratic, add, add_product, vanishes

BITS = 512
"""Square roots in a factor are enclosed to so many bits."""


def holds(known: KnownEquations, box: Box, relation: Relation) -> bool:
    """Say whether the forms of a relation vanish at the solution in the box."""
    for line, combination in zip(relation.factors, relation.combinations, strict=True):
        total: Quadratic = {}
        for factor, form in zip(line, relation.forms, strict=True):
            add_product(total, Fraction(1), known.reduce(factor), known.reduce(form))
        add(total, Fraction(-1), known.combined(combination))
        if not vanishes(total):
            return False
    return _regular(box, relation.factors)


def _regular(box: Box, factors: Sequence[Sequence[Affine]]) -> bool:
    ends = [[_enclosed(box, factor) for factor in line] for line in factors]
    spread = max(radius for line in ends for _, radius in line)
    right = [Fraction(0)] * len(ends)
    return solve_linear([[middle for middle, _ in line] for line in ends], spread, right, Fraction(0)) is not None


def _enclosed(box: Box, form: Affine) -> tuple[Fraction, Fraction]:
    """Return the middle of a form on the box, and how far from it the form may be."""
    low, high = form.constant.enclose(BITS)
    return (low + high) / 2 + dot(form.row, box.midpoint), (high - low) / 2 + box.spread * absolute_sum(form.row)


def combination_of(known: KnownEquations, goal: Quadratic, numbers: Sequence[int] | None = None) -> Combination | None:
    """Write a polynomial as a combination of equations, of the equations N if no others are named; None when it is none."""
    numbers = [*known.lengths] if numbers is None else [*numbers]
    table = rational_parts([goal, *(known.equation(number) for number in numbers)])
    if not any(table[0]):
        return ()
    answer = solve(tuple(zip(*table[1:], strict=True)), table[0]) if numbers else None
    if answer is None:
        return None
    return tuple((number, factor) for number, factor in zip(numbers, answer, strict=True) if factor)


def rational_parts(polynomials: Sequence[Quadratic]) -> list[Vector]:
    """Write polynomials as rational vectors of one length: one entry for each monomial and class of square roots."""
    classes: list[int] = []
    parts: list[dict[tuple[Monomial, int], Fraction]] = []
    for polynomial in polynomials:
        part: dict[tuple[Monomial, int], Fraction] = {}
        for monomial, value in polynomial.items():
            for radicand, coefficient in value.terms:
                known, factor = _class_of(radicand, classes)
                part[monomial, known] = coefficient * factor
        parts.append(part)
    keys = sorted({key for part in parts for key in part})
    return [tuple(part.get(key, Fraction(0)) for key in keys) for part in parts]


def _class_of(radicand: int, classes: list[int]) -> tuple[int, Fraction]:
    """Return a radicand of the list and the factor f with ``sqrt(radicand) = f sqrt(known)``; it grows where it has none."""
    for known in classes:
        common = integer_root(known * radicand)
        if common is not None:
            return known, Fraction(common, known)
    classes.append(radicand)
    return radicand, Fraction(1)
