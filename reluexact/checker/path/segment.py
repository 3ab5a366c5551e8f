"""A segment of a path: its structure (P2), its curve and the forms on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from operator import mul

from ..document import Item
from ..linear import dot, whole_numbers
from ..network.proof import Proof, substitute, with_identity
from ..quantities import ONE, ZERO, Interval, Matrix, Vector
from ..radicals import Constant, Form, enclose, plus, sign_of
from .flows import Flows, Products, flows_of
from .polynomials import combine, control_points

ROOT_BITS = 192
"""Square roots are enclosed to 2^-ROOT_BITS; where that is not enough, nothing is proved."""

Flag = tuple[str, str, int, int, str]
"""A flagged quantity: end, what, index, position of the wall or -1, side or ""."""


@dataclass(frozen=True, slots=True)
class Block:
    """A block's part of the amounts: ``p = share beta + slack s_hang`` for the partner, hang -1 for no unknown s."""

    paired: bool
    share: Fraction
    slack: Fraction
    hang: int


@dataclass(frozen=True)
class Segment(Proof):
    """One segment; a form is linear in (omega, c), its constant c0 + c1 b: the keys of c1 are negative.

    `neurons`: blocks, partners of paired blocks, watched. `curve[l]` is the polynomial of one unknown of (nu, beta, s).
    """

    low: Fraction = field(kw_only=True)
    high: Fraction = field(kw_only=True)
    parts: list[Block] = field(kw_only=True)
    partners: dict[int, int] = field(kw_only=True)
    coordinates: dict[int, Matrix] = field(kw_only=True)
    curve: Matrix = field(kw_only=True)
    unique: Vector = field(kw_only=True)
    radii: Vector = field(kw_only=True)
    slope: Vector = field(kw_only=True)
    flags: list[tuple[Item, Flag]] = field(kw_only=True)
    others: dict[Flag, dict[int, str]] = field(kw_only=True)
    item: Item = field(kw_only=True)

    @property
    def count(self) -> int:
        """The number of blocks."""
        return len(self.parts)

    @property
    def degree(self) -> int:
        """The degree p of the curve."""
        return len(self.curve[0]) - 1 if self.curve else 0

    @property
    def penalty(self) -> Vector:
        """The penalty as a polynomial in t."""
        return [(self.low + self.high) / 2, (self.high - self.low) / 2]

    @property
    def linear_midpoint(self) -> Vector:
        """As many numbers as (omega, c) has."""
        return [ZERO] * (self.omegas + len(self.lineality))

    def place_of(self, b: Fraction) -> Fraction:
        """Return the t of a penalty."""
        middle, half = self.penalty
        return (b - middle) / half

    def beta(self, k: int) -> int:
        """Return the place of beta_k among the unknowns."""
        return self.omegas + k

    def s(self, j: int) -> int:
        """Return the place of s_j among the unknowns."""
        return self.omegas + self.count + j

    def partner_part(self, k: int) -> list[tuple[int, Fraction]]:
        """Return p_k as a combination of unknowns: (place, factor)."""
        part = self.parts[k]
        pairs = [(self.beta(k), part.share)] + ([(self.s(part.hang), part.slack)] if part.hang >= 0 else [])
        return [(place, factor) for place, factor in pairs if factor]

    @cached_property
    def products(self) -> Products:
        """The entries of (omega, c) as sums of products of two unknowns: a nu, another one, a factor."""
        table = [[(place, self.beta(k), ONE)] for k, first in self.blocks.items() for place in self.block_places(k, first)]
        for j in range(len(self.lineality)):
            entry: list[tuple[int, int, Fraction]] = []
            for k, parts in self.coordinates.items():
                for row, place in zip(parts, self.block_places(k, self.blocks[k]), strict=True):
                    shares = [(other, -self.neurons[k].sign * factor * row[j]) for other, factor in self.partner_part(k)]
                    entry += [(place, other, factor) for other, factor in shares if factor]
            table.append(entry)
        return table

    def block_places(self, k: int, first: int) -> range:
        """Return the places of nu_k."""
        return range(first, first + len(self.neurons[k].basis))

    def speed(self, k: int, weights: Vector) -> list[tuple[int, Fraction]]:
        """Return ``weights.v_k`` as a combination of unknowns."""
        places = self.block_places(k, self.blocks[k])
        return [(place, dot(weights, vector)) for place, vector in zip(places, self.neurons[k].basis, strict=True)]

    def polynomial(self, pairs: list[tuple[int, Fraction]]) -> Vector:
        """Return a combination of unknowns on the curve."""
        return combine((factor, self.curve[place]) for place, factor in pairs)

    @cached_property
    def control(self) -> tuple[list[list[int]], int]:
        """The control points of each unknown, over one number."""
        numbers, unit = whole_numbers(entry for curve in self.curve for entry in control_points(curve, self.degree))
        return [numbers[i : i + self.degree + 1] for i in range(0, len(numbers), self.degree + 1)], unit

    @staticmethod
    def spread(pairs: list[tuple[int, Fraction]], errors: Vector) -> Fraction:
        """Return how far a combination of unknowns may be off when each unknown may be by its error."""
        return sum((abs(factor) * errors[place] for place, factor in pairs), ZERO)

    @cached_property
    def flows(self) -> Flows:
        """The curves of (omega, c), with errors of values and derivatives."""
        return flows_of(self.products, self.curve, self.radii, self.slope, self.penalty)

    def split_constant(self, constant: Constant) -> tuple[Interval, Interval]:
        """Enclose c0 and c1."""
        fixed = {q: v for q, v in constant.items() if q > 0}
        rate = {-q: v for q, v in constant.items() if q < 0}
        return enclose(fixed, ROOT_BITS), enclose(rate, ROOT_BITS)

    def enclosure(self, form: Form) -> Interval:
        """Enclose a form on the whole interval."""
        flows, (factors, common) = self.flows, whole_numbers(form.coefficients)
        (low, high), (low_rate, high_rate) = self.split_constant(form.constant)
        spread = dot(map(abs, form.coefficients), flows.errors)
        middles = [Fraction(sum(map(mul, factors, point)), common * flows.unit) for point in flows.points]
        least = min(middle + b * low_rate for middle, b in zip(middles, flows.penalties, strict=True))
        most = max(middle + b * high_rate for middle, b in zip(middles, flows.penalties, strict=True))
        return low + least - spread, high + most + spread

    @cached_property
    def identities(self) -> list[tuple[int, Form]]:
        """The known identities: E3, and ``s B'X'D theta = b sqrt(B.B) sign(nu)`` for a block of one basis vector B."""
        forms = [self.form([Fraction(entry, self.columns.unit) for entry in column]) for column in self.columns.design]
        known = forms[self.omegas :]
        for k, place in self.blocks.items():
            basis = self.neurons[k].basis
            if len(basis) == 1:
                side = 1 if self.curve[place][0] > 0 else -1
                root = {-q: v for q, v in self.radicals.root(int(dot(basis[0], basis[0]))).items()}
                known.append(Form(forms[place].coefficients, plus(forms[place].constant, Fraction(-side), root)))
        rows: list[tuple[int, Form]] = []
        for form in known:
            rows = with_identity(rows, form)
        return rows

    def reduce(self, form: Form) -> Form:
        """Eliminate with the known identities."""
        return substitute(form, self.identities)

    def not_negative(self, form: Form) -> bool:
        """Prove ``form >= 0`` on the interval, or where the flagged quantities are not negative."""
        low, high = self.enclosure(form)
        if low >= 0 or high < 0:
            return low >= 0
        reduced = self.reduce(form)
        if any(reduced.coefficients):
            if self.enclosure(reduced)[0] >= 0:
                return True
        elif all(sign_of(at_penalty(reduced.constant, b)) >= 0 for b in (self.low, self.high)):
            return True
        return any(self.is_multiple(form, other) for other in (*self.taus_flagged.values(), *self.heights))

    def is_multiple(self, form: Form, other: Form) -> bool:
        """Prove that a form is a positive multiple of another one."""
        parts, others = self.reduce(form).coefficients, self.reduce(other).coefficients
        factor = next((a / b for a, b in zip(parts, others, strict=True) if b), ONE)
        return factor > 0 and self.known(form.plus(-factor, other)) == {}

    @cached_property
    def heights(self) -> list[Form]:
        """The products of a block's beta and a flagged gate of it: ``n_h.B omega``, not negative where the gate holds."""
        found = []
        for _, (_, what, k, wall, _) in self.flags:
            if what == "gate" and k < self.count:
                side = 1 if self.neurons[k].gate[self.walls.heads[wall]] == "+" else -1
                weights = [side * entry for entry in self.walls.normals[wall]]
                found.append(self.unknown(self.blocks[k], [factor for _, factor in self.speed(k, weights)]))
        return found

    @cached_property
    def taus_flagged(self) -> dict[Flag, Form]:
        """Filled when the flagged multipliers are read (P6)."""
        return {}

    def structure(self) -> list[tuple[int, str, bool]]:
        """Return signs, gates and what is paired."""
        return [(n.sign, n.gate, part.paired) for n, part in zip(self.neurons, self.parts, strict=False)]

    @property
    def active(self) -> int:
        """The number of neurons that are not watched."""
        return self.count + len(self.partners)


def at_penalty(constant: Constant, b: Fraction) -> Constant:
    """Return c0 + c1 b."""
    fixed = {q: v for q, v in constant.items() if q > 0}
    return plus(fixed, b, {-q: v for q, v in constant.items() if q < 0})
