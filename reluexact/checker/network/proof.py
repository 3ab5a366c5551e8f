"""A network that is to be proved: what is claimed and what is known of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from operator import mul
from typing import Any

from ..document import Item
from ..linear import dot, whole_numbers
from ..problem import Problem
from ..quantities import ONE, ZERO, Interval, Matrix, Vector
from ..radicals import Constant, Form, Radicals, enclose, plus, sign_of
from ..walls import Walls


@dataclass(frozen=True, slots=True)
class Neuron:
    """A neuron of the claim with its role and its basis B."""

    item: Item
    sign: int
    gate: str
    direction: list[Interval]
    partner: int | None
    amount: Interval | None
    role: str
    basis: Matrix


@dataclass(frozen=True, slots=True)
class Columns:
    """The fit is `design` / unit times (omega, c), theta is `base` / unit minus `slopes` / unit times (omega, c)."""

    design: list[list[int]]
    slopes: list[list[int]]
    base: list[int]
    unit: int


@dataclass(frozen=True)
class Proof:
    """A certificate of the kind `optimum`, read; the unknowns are (omega, t, c)."""

    problem: Problem
    walls: Walls
    neurons: list[Neuron]
    lineality: Matrix
    evidence: dict[str, Item]
    midpoint: Vector
    radius: Fraction
    radicals: Radicals = field(default_factory=Radicals)
    taus: dict[tuple[Any, ...], dict[int, Form]] = field(default_factory=dict)
    decided: dict[tuple[Any, ...], bool] = field(default_factory=dict)

    @cached_property
    def blocks(self) -> dict[int, int]:
        """The neurons with unknowns of their own (index in the list), each with the place of its first omega."""
        chosen, place = {}, 0
        for k, neuron in enumerate(self.neurons):
            if neuron.role in ("free", "pair"):
                chosen[k] = place
                place += len(neuron.basis)
        return chosen

    @cached_property
    def omegas(self) -> int:
        """The number of unknowns omega."""
        return sum(len(self.neurons[k].basis) for k in self.blocks)

    @cached_property
    def linear_midpoint(self) -> Vector:
        """The midpoint without the t."""
        return self.midpoint[: self.omegas] + self.midpoint[self.omegas + len(self.blocks) :]

    def size(self, k: int) -> Interval:
        """Enclose t of the block of neuron k."""
        middle = self.midpoint[self.omegas + list(self.blocks).index(k)]
        return middle - self.radius, middle + self.radius

    def enclose_w(self, k: int) -> list[Interval]:
        """Enclose w = B omega of the block of neuron k."""
        basis, place = self.neurons[k].basis, self.blocks[k]
        middle = self.midpoint[place : place + len(basis)]
        ends = []
        for entries in zip(*basis, strict=True):
            spread = self.radius * sum(map(abs, entries), ZERO)
            ends.append((dot(entries, middle) - spread, dot(entries, middle) + spread))
        return ends

    @cached_property
    def columns(self) -> Columns:
        """The columns s_k D_k X B_k and X L of the fit, and theta as a function of the unknowns: y minus these columns."""
        columns = [list(self.problem.y)]
        for neuron in (self.neurons[k] for k in self.blocks):
            gates = [neuron.sign * (gate == "+") for gate in neuron.gate]
            columns += [[g * dot(x, v) for g, x in zip(gates, self.problem.X, strict=True)] for v in neuron.basis]
        columns += [[dot(x, v) for x in self.problem.X] for v in self.lineality]
        numbers, unit = whole_numbers(entry for column in columns for entry in column)
        size = len(self.problem.y)
        cut = [numbers[i : i + size] for i in range(0, len(numbers), size)]
        return Columns(design=cut[1:], slopes=cut[1:], base=cut[0], unit=unit)

    def form(self, weights: Sequence[Fraction], constant: Fraction = ZERO) -> Form:
        """Write ``weights.theta + constant`` as a form."""
        columns, (factors, common) = self.columns, whole_numbers(weights)
        unit = common * columns.unit
        value = constant + Fraction(sum(map(mul, factors, columns.base)), unit)
        coefficients = [Fraction(-sum(map(mul, factors, column)), unit) for column in columns.slopes]
        return Form(coefficients, {1: value} if value else {})

    def entry(self, i: int, sign: int = 1, constant: Fraction = ZERO) -> Form:
        """Write ``sign theta_i + constant`` as a form."""
        columns = self.columns
        value = constant + Fraction(sign * columns.base[i], columns.unit)
        return Form([Fraction(-sign * column[i], columns.unit) for column in columns.slopes], {1: value} if value else {})

    def unknown(self, place: int, factors: Sequence[Fraction]) -> Form:
        """Return the form of the entries of (omega, c) from a place on, times these factors."""
        size = self.omegas + len(self.lineality)
        return Form([ZERO] * place + list(factors) + [ZERO] * (size - place - len(factors)), {})

    def constant(self, value: Fraction) -> Form:
        """Return a constant as a form."""
        return Form(self.unknown(0, []).coefficients, {1: value} if value else {})

    def ball(self, form: Form) -> Interval:
        """Return the middle of a form on the box, and how far from it the form may be."""
        low, high = self.enclosure(form)
        return (low + high) / 2, (high - low) / 2

    def enclosure(self, form: Form) -> Interval:
        """Enclose a form on the box; exact unless there are radicals."""
        low, high = enclose(form.constant, 64 + self.radius.denominator.bit_length())
        pairs = [(factor, value) for factor, value in zip(form.coefficients, self.linear_midpoint, strict=True) if factor]
        middle = sum((factor * value for factor, value in pairs), ZERO)
        spread = self.radius * sum((abs(factor) for factor, _ in pairs), ZERO)
        return low + middle - spread, high + middle + spread

    @cached_property
    def identities(self) -> list[tuple[int, Form]]:
        """The known identities ``form = 0``, reduced: (pivot, form), no pivot in another form.

        E3, and for a block of one basis vector B: ``s B'X'D theta = b sqrt(B.B) sign(omega)``, from E1 and E2 with t > 0.
        A pivot always exists, since the forms are independent where O3 holds.
        """
        forms = [self.form([Fraction(entry, self.columns.unit) for entry in column]) for column in self.columns.design]
        known = forms[self.omegas :]
        for k, place in self.blocks.items():
            basis = self.neurons[k].basis
            if len(basis) == 1:
                side = self.problem.penalty * (1 if self.midpoint[place] > 0 else -1)
                root = self.radicals.root(int(dot(basis[0], basis[0])))
                known.append(Form(forms[place].coefficients, plus(forms[place].constant, -side, root)))
        rows: list[tuple[int, Form]] = []
        for form in known:
            reduced = substitute(form, rows)
            pivot = next(j for j, entry in enumerate(reduced.coefficients) if entry)
            factor = 1 / reduced.coefficients[pivot]
            row = reduced.plus(factor - 1, reduced)
            rows = [(j, old.plus(-old.coefficients[pivot], row)) for j, old in rows]
            rows.append((pivot, row))
        return rows

    def reduce(self, form: Form) -> Form:
        """Eliminate with the known identities; at a point that is known exactly every form is."""
        if not self.radius:
            value = dot(form.coefficients, self.linear_midpoint)
            return Form([ZERO] * len(form.coefficients), plus(form.constant, value, {1: ONE}))
        return substitute(form, self.identities)

    def known(self, form: Form) -> Constant | None:
        """Return the constant that a form is known to be, None if it is not."""
        reduced = self.reduce(form)
        return None if any(reduced.coefficients) else reduced.constant

    def not_negative(self, form: Form) -> bool:
        """Prove ``form >= 0`` for every point of the box that satisfies the known identities."""
        low, high = self.enclosure(form)
        if low >= 0 or high < 0:
            return low >= 0
        reduced = self.reduce(form)
        if not any(reduced.coefficients):
            return sign_of(reduced.constant) >= 0
        return self.enclosure(reduced)[0] >= 0


def substitute(form: Form, rows: list[tuple[int, Form]]) -> Form:
    """Eliminate the pivots of reduced identities from a form."""
    for pivot, row in rows:
        if form.coefficients[pivot]:
            form = form.plus(-form.coefficients[pivot], row)
    return form
