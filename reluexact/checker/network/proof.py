"""A network that is to be proved: what is claimed and what is known of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from itertools import repeat
from operator import mul
from typing import Any

from ..document import Item
from ..linear import dot, whole_numbers
from ..problem import Problem
from ..quantities import ONE, ZERO, Interval, Matrix, Vector
from ..radicals import Constant, Form, Radicals, enclose, plus, sign_of
from ..walls import Walls
from .laws import Extension
from .views import View


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


def extended_columns(extension: Extension, columns: list[list[Fraction]]) -> Columns:
    """Return fit and theta for version 2: then come the coefficients of the linear part, and theta of rows at a breakpoint.

    On a piece ``theta_i = -slope - curve f_i``; at a breakpoint theta_i is pinned or an unknown.
    """
    laws, broken = extension.laws, extension.broken
    columns = columns + [list(column) for column, _ in extension.linear]
    slopes = [[law.curve * entry for law, entry in zip(laws, column, strict=True)] for column in columns]
    slopes += [[Fraction(-(i == row)) for i in range(len(laws))] for row, _ in broken]
    design = columns + [[ZERO] * len(laws) for _ in broken]
    base = [extension.pins.get(i, -law.slope) for i, law in enumerate(laws)]
    numbers, unit = whole_numbers(entry for column in (base, *design, *slopes) for entry in column)
    cut = [numbers[i : i + len(laws)] for i in range(0, len(numbers), len(laws))]
    return Columns(design=cut[1 : 1 + len(design)], slopes=cut[1 + len(design) :], base=cut[0], unit=unit)


@dataclass(frozen=True)
class Proof:
    """A certificate of the kind `optimum`, read; the unknowns are (omega, t, c), and in version 2 those of extended_columns."""

    problem: Problem
    views: dict[int, View]
    neurons: list[Neuron]
    lineality: Matrix
    evidence: dict[str, Item]
    midpoint: Vector
    radius: Fraction
    extension: Extension | None = None
    radicals: Radicals = field(default_factory=Radicals)
    taus: dict[tuple[Any, ...], dict[int, Form]] = field(default_factory=dict)
    decided: dict[tuple[Any, ...], bool] = field(default_factory=dict)

    @property
    def walls(self) -> Walls:
        """The walls of X."""
        return self.views[-1].walls

    def seen(self, neuron: Neuron) -> View:
        """Return what a neuron sees: with a free hidden bias the rows minus the first one that its kink passes through."""
        return self.views[neuron.gate.index("0") if self.extension and self.extension.free_bias else -1]

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
            gates, rows = [neuron.sign * (gate == "+") for gate in neuron.gate], self.seen(neuron).X
            columns += [[g * dot(x, v) for g, x in zip(gates, rows, strict=True)] for v in neuron.basis]
        columns += [[dot(x, v) for x in self.problem.X] for v in self.lineality]
        size = len(self.problem.y)
        if self.extension is not None:
            return extended_columns(self.extension, columns[1:])
        numbers, unit = whole_numbers(entry for column in columns for entry in column)
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
        size = len(self.linear_midpoint)
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
        middle = dot(form.coefficients, self.linear_midpoint)
        spread = self.radius * dot(map(abs, form.coefficients), repeat(ONE))
        return low + middle - spread, high + middle + spread

    @cached_property
    def identities(self) -> list[tuple[int, Form]]:
        """The known identities ``form = 0``, reduced: (pivot, form), no pivot in another form.

        E3, and for a block of one basis vector B: ``s B'X'D theta = b sqrt(B.B) sign(omega)``, from E1 and E2 with t > 0.
        A pivot always exists, since the forms are independent where O3 holds. Relations (R) add further ones.
        """
        forms = [self.form([Fraction(entry, self.columns.unit) for entry in column]) for column in self.columns.design]
        known = forms[self.omegas : self.omegas + len(self.lineality)] + self.linear_equations(forms)
        for k, place in self.blocks.items():
            basis = self.neurons[k].basis
            if len(basis) == 1:
                side = self.problem.penalty * (1 if self.midpoint[place] > 0 else -1)
                root = self.radicals.root(int(dot(basis[0], basis[0])))
                known.append(Form(forms[place].coefficients, plus(forms[place].constant, -side, root)))
        rows: list[tuple[int, Form]] = []
        for form in known:
            rows = with_identity(rows, form)
        return rows

    def add_identity(self, form: Form) -> None:
        """Add ``form = 0``, which is proved, to the known identities."""
        self.identities[:] = with_identity(self.identities, form)

    def linear_equations(self, forms: list[Form]) -> list[Form]:
        """Return the forms that E4, E5, E6 set to 0: of the linear part, of the rows at a breakpoint, of ties."""
        if self.extension is None:
            return []
        equations, first = [], self.omegas + len(self.lineality)
        for place, (_, ridge) in enumerate(self.extension.linear, start=first):
            coefficient = self.unknown(place, [ONE])
            spanned = place - first in self.extension.spanned
            equations.append(coefficient if spanned else forms[place].plus(-ridge, coefficient))
        for i, level in self.extension.broken:
            if i in self.tied:
                line, square = self.tied[i]
                low, high = self.enclosure(line)
                if low <= 0 <= high:
                    raise self.extension.tied[i].reject("E6: the side that the tie points to is not proved")
                side = self.problem.penalty * (1 if low > 0 else -1)
                equations.append(Form(line.coefficients, plus(line.constant, -side, self.radicals.root(square))))
            else:
                equations.append(self.fit(i).plus(-level, self.constant(ONE)))
        return equations

    @cached_property
    def tied(self) -> dict[int, tuple[Form, int]]:
        """E6: for each row whose theta follows from a tie on the ray of B, ``s B'X'D theta`` and ``B.B``."""
        found = {}
        for i, item in (self.extension.tied if self.extension else {}).items():
            neuron = self.neurons[item.index(len(self.neurons))]
            if neuron.role != "tie" or len(neuron.basis) != 1:
                raise item.reject("E6: the number of a tie with one basis vector is expected here")
            rows, (vector,) = zip(neuron.gate, self.seen(neuron).X, strict=True), neuron.basis
            weights = [neuron.sign * dot(x, vector) if gate == "+" else ZERO for gate, x in rows]
            found[i] = self.form(weights), int(dot(vector, vector))
        return found

    def free_columns(self) -> list[tuple[int, Vector]]:
        """Return the leading free columns of the linear part, each with the place of its coefficient in (omega, c)."""
        if self.extension is None:
            return []
        first, spanned = self.omegas + len(self.lineality), self.extension.spanned
        columns = enumerate(self.extension.linear)
        return [(first + k, column) for k, (column, ridge) in columns if not ridge and k not in spanned]

    def fit(self, i: int) -> Form:
        """Write the fit of row i as a form."""
        return Form([Fraction(column[i], self.columns.unit) for column in self.columns.design], {})

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

    def positive(self, form: Form) -> bool:
        """Prove ``form > 0`` for every point of the box that satisfies the known identities."""
        low, high = self.enclosure(form)
        if low > 0 or high <= 0:
            return low > 0
        reduced = self.reduce(form)
        if not any(reduced.coefficients):
            return sign_of(reduced.constant) > 0
        return self.enclosure(reduced)[0] > 0


def substitute(form: Form, rows: list[tuple[int, Form]]) -> Form:
    """Eliminate the pivots of reduced identities from a form."""
    for pivot, row in rows:
        if form.coefficients[pivot]:
            form = form.plus(-form.coefficients[pivot], row)
    return form


def with_identity(rows: list[tuple[int, Form]], form: Form) -> list[tuple[int, Form]]:
    """Return reduced identities with ``form = 0`` among them; those that say nothing new are left out."""
    reduced = substitute(form, rows)
    pivot = next((j for j, entry in enumerate(reduced.coefficients) if entry), None)
    if pivot is None:
        return rows
    factor = 1 / reduced.coefficients[pivot]
    row = reduced.plus(factor - 1, reduced)
    return [*((j, old.plus(-old.coefficients[pivot], row)) for j, old in rows), (pivot, row)]
