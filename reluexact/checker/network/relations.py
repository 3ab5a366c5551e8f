"""R1, R2: linear forms that vanish because of the quadratic equations, and ties that are tight because other neurons are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from ..document import Item
from ..linear import box_solver, dot, left_inverse
from ..quantities import ONE, ZERO, Interval
from ..radicals import Constant, Form, enclose, plus
from .proof import Neuron, Proof

Polynomial = dict[tuple[int, int], Constant]
"""Of degree two in z = (omega, t, c): coefficients by the places of two unknowns, ascending; -1 stands for the number 1."""


MAX_FORMS = 64  # in one relation


@dataclass(frozen=True, slots=True)
class Equations:
    """Polynomials that vanish at the solution: E1, then E2, then, for each block, N: |s P X'D theta|^2 = b^2."""

    proof: Proof

    def reduced(self, form: Form) -> Form:
        """Eliminate with the known identities from a form in all of z."""
        proof, cut = self.proof, self.proof.omegas + len(self.proof.blocks)
        rest = proof.reduce(Form([*form.coefficients[: proof.omegas], *form.coefficients[cut:]], form.constant))
        row = [*rest.coefficients[: proof.omegas], *form.coefficients[proof.omegas : cut], *rest.coefficients[proof.omegas :]]
        return Form(row, rest.constant)

    def unknown(self, place: int, factor: Fraction = ONE) -> Form:
        """Return a multiple of one unknown."""
        row = [ZERO] * len(self.proof.midpoint)
        row[place] = factor
        return self.reduced(Form(row, {}))

    def of_residual(self, weights: Sequence[Fraction]) -> Form:
        """Return ``weights.theta``."""
        form, omegas = self.proof.form(weights), self.proof.omegas
        row = [*form.coefficients[:omegas], *[ZERO] * len(self.proof.blocks), *form.coefficients[omegas:]]
        return self.reduced(Form(row, form.constant))

    def times(self, total: Polynomial, factor: Fraction, left: Form, right: Form) -> None:
        """Add ``factor left right`` to a polynomial."""
        second = entries(right)
        for i, a in entries(left):
            for j, b in second:
                place = (min(i, j), max(i, j))
                total[place] = plus(total.get(place, {}), factor, self.proof.radicals.times(a, b))

    def number(self, index: int) -> Polynomial:
        """Return an equation."""
        omegas, blocks = self.proof.omegas, list(self.proof.blocks.items())
        if index >= omegas + len(blocks):
            return self.length(self.proof.neurons[blocks[index - omegas - len(blocks)][0]])
        return self.second(index - omegas, *blocks[index - omegas]) if index >= omegas else self.first(index)

    def first(self, place: int) -> Polynomial:
        """Return E1 for one omega: ``s t B'X'D theta - b B'w``."""
        block = max(n for n, start in enumerate(self.proof.blocks.values()) if start <= place)
        k, start = list(self.proof.blocks.items())[block]
        basis = self.proof.neurons[k].basis
        total: Polynomial = {}
        columns = self.proof.columns
        pull = self.of_residual([Fraction(entry, columns.unit) for entry in columns.design[place]])
        self.times(total, ONE, self.unknown(self.proof.omegas + block), pull)
        one = Form([ZERO] * len(self.proof.midpoint), {1: ONE})
        for j, vector in enumerate(basis):
            self.times(total, -self.proof.problem.penalty * dot(basis[place - start], vector), self.unknown(start + j), one)
        return total

    def second(self, block: int, k: int, start: int) -> Polynomial:
        """Return E2: ``t^2 - w.w``."""
        basis, amount = self.proof.neurons[k].basis, self.unknown(self.proof.omegas + block)
        total: Polynomial = {}
        self.times(total, ONE, amount, amount)
        for i, left in enumerate(basis):
            for j, right in enumerate(basis):
                self.times(total, -dot(left, right), self.unknown(start + i), self.unknown(start + j))
        return total

    def length(self, neuron: Neuron) -> Polynomial:
        """Return ``|P X'D theta|^2 - b^2`` of a neuron, P the orthogonal projector on the span of its basis."""
        total: Polynomial = {(-1, -1): {1: -(self.proof.problem.penalty**2)}}
        dual = left_inverse(neuron.basis) or []
        fires = [gate == "+" for gate in neuron.gate]
        pulls = []
        for vectors in (neuron.basis, dual):
            for vector in vectors:
                weights = [dot(row, vector) if on else ZERO for row, on in zip(self.proof.seen(neuron).X, fires, strict=True)]
                pulls.append(self.of_residual(weights))
        for left, right in zip(pulls[: len(dual)], pulls[len(dual) :], strict=True):
            self.times(total, ONE, left, right)
        return total

    def minus(self, total: Polynomial, item: Item) -> None:
        """Subtract the combination of equations that an item gives from a polynomial."""
        count = self.proof.omegas + 2 * len(self.proof.blocks)
        names = {str(index): index for index in range(count)}
        for name, entry in item.table().items():
            if name not in names:
                raise entry.reject("R1: there is no equation of this number")
            factor = entry.number()
            for place, constant in self.number(names[name]).items():
                total[place] = plus(total.get(place, {}), -factor, constant)

    def ball(self, form: Form) -> Interval:
        """Return the middle of a form on the box, and how far from it the form may be."""
        low, high = enclose(form.constant, 64 + self.proof.radius.denominator.bit_length())
        spread = self.proof.radius * sum(map(abs, form.coefficients), ZERO) + (high - low) / 2
        return (low + high) / 2 + dot(form.coefficients, self.proof.midpoint), spread


def entries(form: Form) -> list[tuple[int, Constant]]:
    """Return the terms of a form."""
    terms: list[tuple[int, Constant]] = [(place, {1: value}) for place, value in enumerate(form.coefficients) if value]
    return [(-1, form.constant), *terms] if form.constant else terms


def read_form(proof: Proof, item: Item) -> Form:
    """Read ``{"row": [...], "constant": {"q": v}}``: the row times z, plus the sum of v sqrt(q)."""
    row, constant = item.fields("row", "constant")
    total: Constant = {}
    for name, entry in constant.table().items():
        if not name.isdecimal() or name.startswith("0") or len(name) > 1000:
            raise entry.reject("R1: the name of a square root is a positive integer")
        total = plus(total, entry.number(), proof.radicals.root(int(name)))
    return Form(row.vector(len(proof.midpoint)), total)


def relations(proof: Proof) -> None:
    """R1: each adds its forms (those without t) to the known identities, for those after it."""
    for item in proof.evidence["relations"].entries() if "relations" in proof.evidence else []:
        equations = Equations(proof)
        forms_item, factors_item, combinations = item.fields("forms", "factors", "combinations")
        forms = [equations.reduced(read_form(proof, entry)) for entry in forms_item.entries()]
        if len(forms) > MAX_FORMS:
            raise forms_item.reject(f"R1: more than {MAX_FORMS} forms")
        factors = [
            [equations.reduced(read_form(proof, entry)) for entry in line.entries(len(forms))]
            for line in factors_item.entries(len(forms))
        ]
        for line, combination in zip(factors, combinations.entries(len(forms)), strict=True):
            total: Polynomial = {}
            for factor, form in zip(line, forms, strict=True):
                equations.times(total, ONE, factor, form)
            equations.minus(total, combination)
            if any(total.values()):
                raise combination.reject("R1: the factors times the forms are not this combination of equations")
        if box_solver([[equations.ball(line[j]) for line in factors] for j in range(len(forms))]) is None:
            raise factors_item.reject("R1: the factors are not proved to be a regular matrix")
        for form in forms:
            learn(proof, form)


def learn(proof: Proof, form: Form) -> None:
    """Add ``form = 0`` to the known identities, unless it is about some t."""
    cut = proof.omegas + len(proof.blocks)
    if not any(form.coefficients[proof.omegas : cut]):
        proof.add_identity(Form([*form.coefficients[: proof.omegas], *form.coefficients[cut:]], form.constant))


def tight(proof: Proof, neuron: Neuron, item: Item) -> bool:
    """R2: the length of ``s P X'D theta`` is b, because those of blocks are."""
    equations = Equations(proof)
    total = equations.length(neuron)
    equations.minus(total, item)
    return not any(total.values())
