"""Polynomials of degree two in the unknowns z of a structure, with sums of square roots as coefficients, and those that vanish.

Known equations, by number: E1 (one per omega), then E2 (one per block) of CERTIFICATE.md, then for every block N: that
``s P X'D theta`` has the length b, which follows from the first two where t is not 0.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from reluexact.evidence.exact import Affine, Combination
from reluexact.numbers.linalg import dot, inverse
from reluexact.numbers.radicals import RadicalSum
from reluexact.numbers.types import IntVector, Vector
from reluexact.prove.structure import Kkt

Monomial = tuple[int, int]
"""Positions of two unknowns, ascending; -1 stands for the number 1."""

Quadratic = dict[Monomial, RadicalSum]


def add_product(total: Quadratic, factor: Fraction, left: Affine, right: Affine) -> None:
    """Add ``factor * left * right`` to a polynomial, in place."""
    first, second = _entries(left), _entries(right)
    for i, a in first:
        for j, b in second:
            product = (a * b).scaled(factor)
            monomial = (i, j) if i <= j else (j, i)
            total[monomial] = total[monomial] + product if monomial in total else product


def add(total: Quadratic, factor: Fraction, other: Quadratic) -> None:
    """Add a multiple of another polynomial, in place."""
    for monomial, value in other.items():
        product = value.scaled(factor)
        total[monomial] = total[monomial] + product if monomial in total else product


def vanishes(polynomial: Quadratic) -> bool:
    """Say whether all coefficients are 0."""
    return not any(value.terms for value in polynomial.values())


def _entries(form: Affine) -> list[tuple[int, RadicalSum]]:
    entries = [(j, RadicalSum.rational(value)) for j, value in enumerate(form.row) if value]
    return [(-1, form.constant), *entries] if form.constant.terms else entries


@dataclass(slots=True)
class KnownEquations:
    """The equations of a system, every form reduced by ``reduce``."""

    kkt: Kkt
    reduce: Callable[[Affine], Affine]
    _known: dict[int, Quadratic] = field(default_factory=dict)

    @property
    def omegas(self) -> int:
        """Return the number of unknowns omega."""
        return sum(len(basis) for basis in self.kkt.bases)

    def __len__(self) -> int:
        """Return the number of equations."""
        return self.omegas + 2 * len(self.kkt.bases)

    @property
    def lengths(self) -> range:
        """Return the numbers of the equations N."""
        return range(self.omegas + len(self.kkt.bases), len(self))

    def equation(self, number: int) -> Quadratic:
        """Return the polynomial of an equation."""
        if number not in self._known:
            blocks = len(self.kkt.bases)
            if number < self.omegas:
                made = self._pulled(number)
            elif number < self.omegas + blocks:
                made = self._amount(number - self.omegas)
            else:
                block = number - self.omegas - blocks
                made = self.length([self.pull(position) for position in self.kkt.omega(block)], self.kkt.bases[block])
            self._known[number] = made
        return self._known[number]

    def combined(self, combination: Combination) -> Quadratic:
        """Return a combination of equations."""
        total: Quadratic = {}
        for number, factor in combination:
            add(total, factor, self.equation(number))
        return total

    def pull(self, position: int) -> Affine:
        """Return ``s B'X'D theta`` for one vector B, named by the position of its omega."""
        return self.of_residual(self.kkt.design[position])

    def of_residual(self, weights: Sequence[Fraction]) -> Affine:
        """Return ``weights . theta``."""
        row, constant = self.kkt.pull(weights)
        return self.reduce(Affine(row=row, constant=RadicalSum.rational(constant)))

    def length(self, pulls: Sequence[Affine], basis: Sequence[IntVector]) -> Quadratic:
        """Return ``|s P X'D theta|^2 - b^2`` for a face with this basis, from the pulls ``s B'X'D theta`` of its vectors."""
        gram = inverse([[dot(left, right) for right in basis] for left in basis])
        penalty = RadicalSum.rational(-(self.kkt.program.penalty**2))
        total: Quadratic = {(-1, -1): penalty}
        for i, line in enumerate(gram):
            for j, value in enumerate(line[: i + 1]):
                if value:
                    add_product(total, value if i == j else 2 * value, pulls[i], pulls[j])
        return total

    def _pulled(self, number: int) -> Quadratic:
        block = next(block for block in range(len(self.kkt.bases)) if number in self.kkt.omega(block))
        places = self.kkt.omega(block)
        vector = self.kkt.bases[block][number - places[0]]
        total: Quadratic = {}
        add_product(total, Fraction(1), self._unknown(self.kkt.amount(block)), self.pull(number))
        lengths = ((place, dot(vector, other)) for place, other in zip(places, self.kkt.bases[block], strict=True))
        add_product(total, -self.kkt.program.penalty, self._sum(lengths), one(len(self.kkt.design)))
        return total

    def _amount(self, block: int) -> Quadratic:
        amount = self._unknown(self.kkt.amount(block))
        total: Quadratic = {}
        add_product(total, Fraction(1), amount, amount)
        places, basis = self.kkt.omega(block), self.kkt.bases[block]
        omega = [self._unknown(place) for place in places]
        for i, left in enumerate(basis):
            for j, right in enumerate(basis):
                value = dot(left, right)
                if value:
                    add_product(total, -value, omega[i], omega[j])
        return total

    def _unknown(self, position: int) -> Affine:
        return self._sum([(position, Fraction(1))])

    def _sum(self, entries: Iterable[tuple[int, Fraction]]) -> Affine:
        row = [Fraction(0)] * len(self.kkt.design)
        for position, value in entries:
            row[position] += value
        return self.reduce(Affine(row=tuple(row), constant=RadicalSum()))


def one(size: int) -> Affine:
    """Return the number 1 as a form."""
    zero: Vector = (Fraction(0),) * size
    return Affine(row=zero, constant=RadicalSum.rational(1))
