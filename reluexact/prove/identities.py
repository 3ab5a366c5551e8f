"""Linear forms in the residual, with signs that are proved: by the box, or exactly by the identities that the structure implies.

When a rational point solves the system, all of z is known. Otherwise some KKT equations are linear in z: the pairing equations
``L'X'theta = 0``, those of a linear part and of rows at a breakpoint of their loss, and for a block on a ray B the equation
``s B'X'D theta = b sqrt(B.B)``. Eliminating with them shows which linear forms in theta are known constants (CERTIFICATE.md,
"Known identities"); that is how exact ties are recognised.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from reluexact.evidence.exact import Affine, Relation
from reluexact.numbers.linalg import absolute_sum, dot, independent_rows, inverse, matmul, minus_multiple, transpose
from reluexact.numbers.quadratic import Box
from reluexact.numbers.radicals import RadicalSum
from reluexact.numbers.types import Vector
from reluexact.prove.polynomials import KnownEquations
from reluexact.prove.relations import holds
from reluexact.prove.structure import Kkt
from reluexact.prove.unproved import Unproved


@dataclass(frozen=True, slots=True)
class Identity:
    """``row . z = value`` with a pivot entry 1 that no other identity uses."""

    row: Vector
    value: RadicalSum
    pivot: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ResidualForms:
    """Signs of linear forms ``f . theta + constant`` over a proved box.

    box: encloses z. midpoint, radius: a cube that contains the optimal theta. identities: Gauss-Jordan reduced.
    relations: what gave some of them.
    """

    kkt: Kkt
    box: Box
    midpoint: Vector
    radius: Fraction
    identities: tuple[Identity, ...]
    relations: tuple[Relation, ...] = ()

    def bounds(self, form: Sequence[Fraction], constant: Fraction = Fraction(0)) -> tuple[Fraction, Fraction]:
        """Return rational bounds of a form over the box."""
        middle = dot(form, self.midpoint) + constant
        spread = self.radius * absolute_sum(form)
        return middle - spread, middle + spread

    def constant(self, form: Sequence[Fraction], constant: Fraction = Fraction(0)) -> RadicalSum | None:
        """Return the exact value of a form when the identities determine it, else None."""
        row, base = self.kkt.pull(form)
        return self.reduced(row, base + constant)

    def reduced(self, row: Vector, constant: Fraction) -> RadicalSum | None:
        """Return the exact value of ``row . z + constant`` when the identities determine it, else None."""
        used = [identity for identity in self.identities if row[identity.pivot]]
        factors = [row[identity.pivot] for identity in used]  # no identity uses the pivot of another
        if any(dot(factors, [identity.row[j] for identity in used]) != entry for j, entry in enumerate(row)):
            return None
        values = [identity.value for identity in used]
        return RadicalSum.combined((Fraction(1), *factors), (RadicalSum.rational(constant), *values))

    def known_equations(self) -> KnownEquations:
        """Return the quadratic equations, reduced by the identities."""
        return KnownEquations(self.kkt, partial(remainder, self.identities))

    def vanishes(self, form: Sequence[Fraction]) -> bool:
        """Say whether the identities show that a form is 0."""
        value = self.constant(form)
        return value is not None and value.sign() == 0

    def sign(self, form: Sequence[Fraction], constant: Fraction = Fraction(0)) -> int | None:
        """Return the proved sign -1, 0, 1 of a form, or None when neither box nor identities decide it."""
        return _sign(self.bounds(form, constant), lambda: self.constant(form, constant))

    def row_sign(self, row: Vector, constant: Fraction) -> int | None:
        """Return the proved sign of ``row . z + constant``, or None when neither box nor identities decide it."""
        middle, spread = dot(row, self.box.midpoint) + constant, self.box.spread * absolute_sum(row)
        return _sign((middle - spread, middle + spread), lambda: self.reduced(row, constant))


def _sign(bounds: tuple[Fraction, Fraction], exact: Callable[[], RadicalSum | None]) -> int | None:
    if bounds[0] > 0:
        return 1
    if bounds[1] < 0:
        return -1
    value = exact()
    return None if value is None else value.sign()


def residual_forms(kkt: Kkt, box: Box, relations: Sequence[Relation] = ()) -> ResidualForms:
    """Enclose theta over a proved box of z and collect the identities; raises Unproved when a relation does not hold."""
    for tie in kkt.affine.ties:
        if dot(tie.line, box.midpoint) + tie.constant <= box.spread * absolute_sum(tie.line):
            raise Unproved("E6: a tie is not proved to point the way of its vector")
    spread = [absolute_sum(row) for row in zip(*kkt.affine.slopes, strict=True)]
    return ResidualForms(
        kkt=kkt,
        box=box,
        midpoint=kkt.residual(box.midpoint),
        radius=box.spread * max(spread, default=Fraction(0)),
        identities=_known_point(box) if box.exact else _related(kkt, box, relations),
        relations=() if box.exact else tuple(relations),
    )


def _known_point(box: Box) -> tuple[Identity, ...]:
    """Return ``z = midpoint`` for a midpoint that solves the system (the box holds one solution only)."""
    size = len(box.midpoint)
    return tuple(
        Identity(row=tuple(Fraction(int(i == j)) for i in range(size)), value=RadicalSum.rational(entry), pivot=j)
        for j, entry in enumerate(box.midpoint)
    )


def linear_identities(kkt: Kkt) -> tuple[Identity, ...]:
    """Return the linear KKT equations in Gauss-Jordan form."""
    equations = list(_equations(kkt))
    chosen = [equations[k] for k in independent_rows([row for row, _ in equations])]
    if not chosen:
        return ()
    rows, values = zip(*chosen, strict=True)
    pivots = independent_rows(transpose(rows))  # the first columns that tell all rows apart: those of the reduced echelon form
    back = inverse([[row[j] for j in pivots] for row in rows])
    return tuple(
        Identity(row=row, value=RadicalSum.combined(factors, values), pivot=pivot)
        for row, factors, pivot in zip(matmul(back, rows), back, pivots, strict=True)
    )


def _equations(kkt: Kkt) -> Iterator[tuple[Vector, RadicalSum]]:
    """Yield row and value of the linear KKT equations ``row . z = value``."""
    zero = RadicalSum()
    for position in kkt.free:
        yield _pulled(kkt, position, zero)
    for position, ridge in zip(kkt.linear, kkt.affine.ridges, strict=True):
        if ridge is None:
            yield tuple(Fraction(int(j == position)) for j in range(len(kkt.design))), zero
            continue
        row, value = _pulled(kkt, position, zero)
        yield tuple(entry + (ridge if j == position else 0) for j, entry in enumerate(row)), value
    for i, level in kkt.affine.levels:
        tie = kkt.affine.tie(i)
        if tie is not None:
            length = RadicalSum.root(Fraction(tie.square)).scaled(kkt.program.penalty)
            yield tie.line, length - RadicalSum.rational(tie.constant)
            continue
        yield tuple(column[i] for column in kkt.design), RadicalSum.rational(level)
    for block, basis in enumerate(kkt.bases):
        if len(basis) == 1:
            length = RadicalSum.root(dot(basis[0], basis[0])).scaled(kkt.program.penalty)
            yield _pulled(kkt, kkt.omega(block)[0], length)


def _pulled(kkt: Kkt, position: int, right: RadicalSum) -> tuple[Vector, RadicalSum]:
    """Return the equation ``column . theta = right`` of a column of the design."""
    row, base = kkt.pull(kkt.design[position])
    return tuple(-entry for entry in row), RadicalSum.rational(base) - right


def with_identity(done: list[Identity], row: Vector, value: RadicalSum) -> list[Identity]:
    """Return the identities with ``row . z = value`` among them."""
    rest = remainder(done, Affine(row=row, constant=-value))
    pivot = next((j for j, entry in enumerate(rest.row) if entry), None)
    if pivot is None:
        return done
    lead = rest.row[pivot]
    fresh = Identity(row=tuple(entry / lead for entry in rest.row), value=rest.constant.scaled(-1 / lead), pivot=pivot)
    return [_eliminate(known, fresh) for known in done] + [fresh]


def remainder(done: Sequence[Identity], form: Affine) -> Affine:
    """Return a form that has the same value and none of the pivots."""
    row, constant = form.row, form.constant
    for known in done:
        factor = row[known.pivot]
        if factor:
            row = minus_multiple(row, factor, known.row)
            constant = constant + known.value.scaled(factor)
    return Affine(row=row, constant=constant)


def _related(kkt: Kkt, box: Box, relations: Sequence[Relation]) -> tuple[Identity, ...]:
    """Return the identities of the linear equations and of relations, each of which may use those before it."""
    done = linear_identities(kkt)
    for relation in relations:
        known = KnownEquations(kkt, partial(remainder, done))
        if not holds(known, box, relation):
            raise Unproved("R1: a relation between the unknowns does not follow from the equations")
        for form in relation.forms:
            if not any(form.row[kkt.amount(block)] for block in range(len(kkt.bases))):
                done = tuple(with_identity([*done], form.row, -form.constant))
    return done


def _eliminate(known: Identity, fresh: Identity) -> Identity:
    factor = known.row[fresh.pivot]
    if not factor:
        return known
    return Identity(
        row=minus_multiple(known.row, factor, fresh.row),
        value=known.value - fresh.value.scaled(factor),
        pivot=known.pivot,
    )
