"""Linear forms of the residual that are known exactly on a whole segment.

theta is the targets less a combination of products of unknowns. What is linear in these and known: ``L'X'theta = 0`` (E3), and
for a block on a ray ``sign B'X'D theta = b sqrt(B.B)`` (E1 and E2 with nu > 0). A form that is a combination of them, modulo
what no product moves, has the value ``c_0 + c_1 t + c b`` with rational c_0, c_1 and c a sum of square roots.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from reluexact.numbers.linalg import dot, minus_multiple
from reluexact.numbers.radicals import RadicalSum
from reluexact.numbers.types import Vector
from reluexact.prove.path.system import Line, PathSystem, images

ZERO = Fraction(0)


@dataclass(frozen=True, kw_only=True)
class Exact:
    """The number ``constant + drift t + root b`` for every t."""

    constant: Fraction = ZERO
    drift: Fraction = ZERO
    root: RadicalSum = field(default_factory=RadicalSum)

    def plus(self, factor: Fraction, other: Exact) -> Exact:
        """Return ``self + factor * other``."""
        return Exact(
            constant=self.constant + factor * other.constant,
            drift=self.drift + factor * other.drift,
            root=self.root + other.root.scaled(factor),
        )

    def at(self, line: Line, t: Fraction) -> RadicalSum:
        """Return the value at one t."""
        return RadicalSum.rational(self.constant + self.drift * t) + self.root.scaled(line.penalty(t))

    def sign(self, line: Line) -> int | None:
        """Return the sign on all of [-1, 1], which an affine function has if it has it at both ends; None where these differ."""
        low, high = (self.at(line, Fraction(t)).sign() for t in (-1, 1))
        return low if low == high else None


@dataclass(frozen=True, kw_only=True)
class PathIdentity:
    """``row . m = value`` for the products m, with entry 1 at the pivot, which no other identity has."""

    row: Vector
    value: Exact
    pivot: int


@dataclass(frozen=True, kw_only=True)
class PathIdentities:
    """The identities of a structure, Gauss-Jordan reduced."""

    path: PathSystem
    known: tuple[PathIdentity, ...]

    def exact(self, form: Sequence[Fraction], constant: Fraction = ZERO) -> Exact | None:
        """Return ``form . theta + constant`` where it is known exactly, else None."""
        row, base = pulled(self.path, form)
        value = self.of_products(row)
        return None if value is None else Exact(constant=base.constant + constant, drift=base.drift).plus(Fraction(-1), value)

    def of_products(self, row: Sequence[Fraction]) -> Exact | None:
        """Return ``row . m`` where it is known exactly, else None."""
        rest, value = self.reduced(row)
        return None if any(rest) else value

    def reduced(self, row: Sequence[Fraction]) -> tuple[Vector, Exact]:
        """Return a row r without the pivots and a value with ``row . m = r . m + value``."""
        value, rest = Exact(), tuple(row)
        for identity in self.known:
            factor = rest[identity.pivot]
            if factor:
                rest = minus_multiple(rest, factor, identity.row)
                value = value.plus(factor, identity.value)
        return rest, value

    def multiple(self, form: Sequence[Fraction], constant: Fraction, row: Sequence[Fraction]) -> Fraction | None:
        """Return c with ``form . theta + constant = c (row . m)`` on the whole segment, None where there is none."""
        left, base = pulled(self.path, form)
        (mine, mine_value), (known, known_value) = self.reduced(left), self.reduced(row)
        place = next((i for i, entry in enumerate(known) if entry), None)
        if place is None:
            return None
        factor = -mine[place] / known[place]
        if any(a + factor * b for a, b in zip(mine, known, strict=True)):
            return None
        rest = base.plus(Fraction(-1), mine_value).plus(-factor, known_value)
        rest = Exact(constant=rest.constant + constant, drift=rest.drift, root=rest.root)
        return factor if rest.sign(self.path.line) == 0 else None


def pulled(path: PathSystem, form: Sequence[Fraction]) -> tuple[Vector, Exact]:
    """Return row and value with ``form . theta = value - row . m``."""
    used = [(i, factor) for i, factor in enumerate(form) if factor]
    row = tuple(sum((factor * feature[i] for i, factor in used if feature[i]), ZERO) for feature in path.features)
    drift = dot(form, path.line.drift) if path.line.drift else ZERO
    return row, Exact(constant=dot(form, path.data.y), drift=drift)


def path_identities(path: PathSystem) -> PathIdentities:
    """Collect the identities of a structure; those of rays take for granted that nu is positive, which obligation O5 shows."""
    known: list[PathIdentity] = []
    for vector in path.lineality:
        known = _with(known, path, [dot(row, vector) for row in path.data.X], Exact())
    for block in path.blocks:
        if len(block.basis) == 1:
            ((on, _),) = images(path.data, block)
            length = RadicalSum.root(dot(block.basis[0], block.basis[0]))
            known = _with(known, path, [block.sign * entry for entry in on], Exact(root=length))
    return PathIdentities(path=path, known=tuple(known))


def _with(known: list[PathIdentity], path: PathSystem, form: Sequence[Fraction], value: Exact) -> list[PathIdentity]:
    """Add ``form . theta = value`` to the identities."""
    row, base = pulled(path, form)
    value = base.plus(Fraction(-1), value)
    for identity in known:
        factor = row[identity.pivot]
        if factor:
            row = minus_multiple(row, factor, identity.row)
            value = value.plus(-factor, identity.value)
    pivot = next((j for j, entry in enumerate(row) if entry), None)
    if pivot is None:
        return known
    lead = row[pivot]
    fresh = PathIdentity(row=tuple(entry / lead for entry in row), value=Exact().plus(1 / lead, value), pivot=pivot)
    return [_eliminated(one, fresh) for one in known] + [fresh]


def _eliminated(one: PathIdentity, fresh: PathIdentity) -> PathIdentity:
    factor = one.row[fresh.pivot]
    if not factor:
        return one
    return PathIdentity(
        row=minus_multiple(one.row, factor, fresh.row), value=one.value.plus(-factor, fresh.value), pivot=one.pivot
    )
