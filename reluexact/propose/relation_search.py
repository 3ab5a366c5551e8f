"""Looks for what vanishes at the solution of a structure, and for the identities that may prove it (CERTIFICATE.md, R1).

Lattice reduction finds what seems to vanish, exact linear algebra the identity; :mod:`reluexact.prove.relations` decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from reluexact.evidence.exact import Affine, Combination, Relation
from reluexact.numbers.linalg import dot, kernel
from reluexact.numbers.radicals import RadicalSum
from reluexact.numbers.relations import integer_relations
from reluexact.numbers.types import Vector
from reluexact.prove.identities import Identity, remainder, with_identity
from reluexact.prove.polynomials import KnownEquations, Quadratic, add, add_product, one
from reluexact.prove.relations import rational_parts
from reluexact.prove.structure import Kkt

BITS = 600
"""Newton's method gives so many bits of the unknowns."""

SHOWN = 400
"""A relation must hold to so many of them."""

MOST_FORMS = 12
"""More are not tried together."""

ZERO_BITS = 200
"""What is below 2^-ZERO_BITS counts as 0."""

_SCALE = 2 * ZERO_BITS


@dataclass(frozen=True, slots=True)
class RelationSearch:
    """What is known of a structure so far, with its solution to BITS bits."""

    kkt: Kkt
    point: Vector
    identities: tuple[Identity, ...]
    short: bool

    @property
    def known(self) -> KnownEquations:
        """Return the quadratic equations, reduced by the identities."""
        return KnownEquations(self.kkt, partial(remainder, self.identities))

    def knowing(self, relation: Relation) -> RelationSearch:
        """Return the search with the forms of a relation among the identities."""
        done = [*self.identities]
        amounts = {self.kkt.amount(block) for block in range(len(self.kkt.bases))}
        for form in relation.forms:
            if not any(form.row[position] for position in amounts):
                done = with_identity(done, form.row, -form.constant)
        return RelationSearch(self.kkt, self.point, tuple(done), self.short)

    def next_relation(self) -> Relation | None:
        """Return a relation that is not known yet: of one form, by the lengths of neurons; else of all, by all equations."""
        known = self.known
        linear = self.seeming(amounts=False)
        for form in linear:
            relation = self.proved_by(known, (form,), [*known.lengths])
            if relation is not None:
                return relation
        together = self.seeming(amounts=True) if linear else ()
        if self.short:
            together = tuple(form for form in together if {abs(entry) for entry in form.row} <= {0, 1})
        return self.proved_by(known, together, range(len(known))) if 0 < len(together) <= MOST_FORMS else None

    def seeming(self, *, amounts: bool) -> tuple[Affine, ...]:
        """Return independent forms, reduced, that vanish to all digits; without amounts t if these are not asked for."""
        size = len(self.kkt.design)
        used = {identity.pivot for identity in self.identities}
        if not amounts:
            used |= {self.kkt.amount(block) for block in range(len(self.kkt.bases))}
        free = [position for position in range(size) if position not in used]
        roots = sorted({radicand for identity in self.identities for radicand, _ in identity.value.terms} | {1})
        values = [self.point[position] for position in free]
        values += [sum(RadicalSum(((radicand, Fraction(1)),)).enclose(BITS), Fraction(0)) / 2 for radicand in roots]
        forms = []
        for relation in integer_relations(tuple(values), SHOWN):
            row = [Fraction(0)] * size
            for position, entry in zip(free, relation, strict=False):
                row[position] = Fraction(entry)
            pairs = zip(roots, relation[len(free) :], strict=True)
            constant = RadicalSum(tuple((radicand, Fraction(entry)) for radicand, entry in pairs if entry))
            if any(row):
                forms.append(Affine(row=tuple(row), constant=constant))
        return tuple(forms)

    def proved_by(self, known: KnownEquations, forms: Sequence[Affine], numbers: Sequence[int]) -> Relation | None:
        """Look for factors with ``factors @ forms = combinations of the equations``, regular at the point."""
        lines: list[tuple[tuple[Affine, ...], Combination]] = []
        independent = Independent()
        for factors, combination in self._identities_of(known, forms, numbers):
            if independent.adds(tuple(self.value(factor) for factor in factors)):
                lines.append((factors, combination))
            if len(lines) == len(forms):
                return Relation(
                    forms=tuple(forms), factors=tuple(line for line, _ in lines), combinations=tuple(pick for _, pick in lines)
                )
        return None

    def _identities_of(
        self, known: KnownEquations, forms: Sequence[Affine], numbers: Sequence[int]
    ) -> Iterator[tuple[tuple[Affine, ...], Combination]]:
        """Yield a basis of all (factors, combination) with ``factors . forms`` equal to the combination identically."""
        units = self._units(forms)
        columns: list[Quadratic] = []
        for form in forms:
            for unit in units:
                product: Quadratic = {}
                add_product(product, Fraction(1), unit, form)
                columns.append(product)
        for number in numbers:
            minus: Quadratic = {}
            add(minus, Fraction(-1), known.equation(number))
            columns.append(minus)
        table = rational_parts(columns)
        for vector in kernel(tuple(zip(*table, strict=True)), width=len(columns)):
            parts = [vector[k * len(units) : (k + 1) * len(units)] for k in range(len(forms))]
            factors = tuple(_weighted(part, units, len(self.kkt.design)) for part in parts)
            tail = vector[len(units) * len(forms) :]
            yield factors, tuple((number, value) for number, value in zip(numbers, tail, strict=True) if value)

    def _units(self, forms: Sequence[Affine]) -> list[Affine]:
        """Return the forms of which a factor may be made: the unknowns that are not eliminated, and square roots."""
        size = len(self.kkt.design)
        used = {identity.pivot for identity in self.identities}
        roots = {radicand for identity in self.identities for radicand, _ in identity.value.terms}
        roots |= {radicand for form in forms for radicand, _ in form.constant.terms} | {1}
        units = [
            Affine(row=tuple(Fraction(int(i == position)) for i in range(size)), constant=RadicalSum())
            for position in range(size)
            if position not in used
        ]
        zero = one(size).row
        return units + [Affine(row=zero, constant=RadicalSum(((radicand, Fraction(1)),))) for radicand in sorted(roots)]

    def value(self, form: Affine) -> Fraction:
        """Return a form at the point, 0 where it seems to be."""
        value = dot(form.row, self.point) + sum(form.constant.enclose(BITS), Fraction(0)) / 2
        return value if abs(value) * (1 << ZERO_BITS) > 1 else Fraction(0)


def _weighted(weights: Sequence[Fraction], units: Sequence[Affine], size: int) -> Affine:
    row, constant = [Fraction(0)] * size, RadicalSum()
    for weight, unit in zip(weights, units, strict=True):
        if weight:
            row = [entry + weight * other for entry, other in zip(row, unit.row, strict=True)]
            constant = constant + unit.constant.scaled(weight)
    return Affine(row=tuple(row), constant=constant)


class Independent:
    """Vectors that are independent, up to what counts as 0.

    >>> seen = Independent()
    >>> [seen.adds((Fraction(a), Fraction(b))) for a, b in ((1, 2), (2, 4), (1, 0), (5, 7))]
    [True, False, True, False]
    """

    def __init__(self) -> None:
        """Begin with none."""
        self._rows: list[tuple[int, list[int]]] = []

    def adds(self, vector: Vector) -> bool:
        """Say whether a vector is far from the span of those before it; then it is one of them."""
        size = max(map(abs, vector), default=Fraction(0))
        if not size:
            return False
        rest = [round(entry / size * (1 << _SCALE)) for entry in vector]
        for pivot, row in self._rows:
            factor = (rest[pivot] << _SCALE) // row[pivot]
            rest = [a - (factor * b >> _SCALE) for a, b in zip(rest, row, strict=True)]
        pivot = max(range(len(rest)), key=lambda j: abs(rest[j]))
        if abs(rest[pivot]) >> _SCALE - ZERO_BITS // 2 == 0:
            return False
        self._rows.append((pivot, rest))
        return True
