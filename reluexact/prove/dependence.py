"""Ties whose features depend on those of the neurons that carry weight, by polynomial identities (CERTIFICATE.md, R3).

The feature of a neuron is, up to a positive factor, ``D X B`` when its face is the ray of B, and ``D X P X'D theta`` otherwise, P
the projector on its face: a linear function of theta. Where several neurons are tight for one reason, say a symmetry of the data,
the features are dependent for every theta that has the symmetry: there are linear factors with which they add up to 0, and linear
algebra finds them. A dependence at this theta alone stays undecided.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from reluexact.evidence.dependence import Dependence
from reluexact.evidence.exact import Affine
from reluexact.numbers.linalg import dot, independent_rows, kernel
from reluexact.numbers.radicals import RadicalSum
from reluexact.numbers.scalar import Scalar, Undecided
from reluexact.numbers.types import Vector
from reluexact.prove.certified import BLOCKS, CertifiedPoint
from reluexact.prove.neurons import TightNeuron, span_projector
from reluexact.prove.polynomials import KnownEquations, Quadratic, add_product, one
from reluexact.prove.relations import rational_parts
from reluexact.prove.unproved import Unproved

MOST_COLUMNS = 600
"""Larger systems are not searched for factors."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Combination:
    """The feature of a tie's unit direction in those of other neurons' unit directions and in the columns X L."""

    neurons: tuple[tuple[int, Scalar], ...]
    free: tuple[Scalar, ...]


def dependence_of(point: CertifiedPoint, tie: int) -> Dependence | None:
    """Return factors that show how the feature of a tie depends on those of the blocks; None when none is found."""
    known = point.forms.known_equations()
    size, neurons = point.kkt.program.data.n, [k for k, neuron in enumerate(point.neurons) if neuron.role in BLOCKS]
    neurons = sorted([*neurons, tie])
    features = [feature_forms(known, point.neurons[k]) for k in neurons]
    features += [_constants(known, point.kkt.design[position]) for position in point.kkt.free]
    for units in (_units(known, linear=False), _units(known, linear=True)):
        if len(units) * len(features) > MOST_COLUMNS:
            return None
        for factors in _identities(known, features, units, size):
            if all(_zero(point, factor) is not None for factor in factors) and not _zero(point, factors[neurons.index(tie)]):
                pairs = zip(neurons, factors, strict=False)
                terms = tuple((k, factor) for k, factor in pairs if any(factor))
                return Dependence(tie=tie, terms=terms, free=tuple(factors[len(neurons) :]))
    return None


def with_dependences(point: CertifiedPoint, ties: Iterable[int]) -> CertifiedPoint:
    """Return the point with the dependences of these ties, found anew; raises Unproved where there is none."""
    found = [dependence_of(point, tie) for tie in ties]
    known = tuple(dependence for dependence in found if dependence is not None)
    if len(known) < len(found):
        raise Unproved("R3: no identity shows that the feature of a tie depends on others")
    return replace(point, dependences=known) if known else point


def combination_of(point: CertifiedPoint, dependence: Dependence) -> Combination:
    """Return the coefficients of a dependence; raises Undecided when the factor of the tie may be 0."""
    terms = dict(dependence.terms)
    lead = value_of(point, terms.pop(dependence.tie)) * _length(point, dependence.tie)
    if not lead.sign():
        raise Undecided("the factor of a tie is 0 in the dependence of its feature")
    minus = Scalar.of(-1) / lead
    return Combination(
        neurons=tuple((k, minus * value_of(point, factor) * _length(point, k)) for k, factor in terms.items()),
        free=tuple(minus * value_of(point, factor) for factor in dependence.free),
    )


def value_of(point: CertifiedPoint, factor: Vector) -> Scalar:
    """Return a factor at the residual."""
    *weights, constant = factor
    row, base = point.kkt.pull(weights)
    return point.scalar(row, base + constant)


def feature_forms(known: KnownEquations, neuron: TightNeuron) -> tuple[Affine, ...]:
    """Return ``s D X B`` for a ray, else ``D X P X'D theta``, entry by entry, reduced by the identities."""
    program = known.kkt.program
    on, rows = set(program.on_rows(neuron.face)), program.data.X
    if len(neuron.basis) == 1:
        sign = neuron.face.sign
        return _constants(known, [sign * dot(row, neuron.basis[0]) if i in on else Fraction(0) for i, row in enumerate(rows)])
    onto = span_projector(neuron.basis, program.data.d)
    images = {i: [dot(line, rows[i]) for line in onto] for i in on}
    zero = one(len(known.kkt.design)).row
    return tuple(
        known.of_residual([dot(images[j], row) if j in on else Fraction(0) for j in range(len(rows))])
        if i in on
        else Affine(row=zero, constant=RadicalSum())
        for i, row in enumerate(rows)
    )


def _length(point: CertifiedPoint, k: int) -> Scalar:
    """Return the factor between :func:`feature_forms` and the feature of the unit direction."""
    neuron = point.neurons[k]
    if len(neuron.basis) > 1:
        return Scalar.of(point.kkt.program.penalty)
    ray = neuron.basis[0]
    return Scalar.of(RadicalSum.root(Fraction(sum(entry * entry for entry in ray))), point.bits)


def _constants(known: KnownEquations, values: Sequence[Fraction]) -> tuple[Affine, ...]:
    zero = one(len(known.kkt.design)).row
    return tuple(Affine(row=zero, constant=RadicalSum.rational(value)) for value in values)


def _units(known: KnownEquations, *, linear: bool) -> list[Vector]:
    """Return factors of which all are made: 1, and the entries of theta that are independent of it and of one another over Q."""
    size = known.kkt.program.data.n
    entries = [tuple(Fraction(int(i == j)) for i in range(size + 1)) for j in (size, *range(size if linear else 0))]
    made: list[Quadratic] = []
    for entry in entries:
        made.append({})
        add_product(made[-1], Fraction(1), _affine(known, entry), one(len(known.kkt.design)))
    return [entries[j] for j in independent_rows(rational_parts(made))]


def _identities(
    known: KnownEquations, features: Sequence[Sequence[Affine]], units: Sequence[Vector], size: int
) -> list[tuple[Vector, ...]]:
    """Return a basis of all factors, combinations of the units, for which factors times features add up to 0."""
    scales = [_affine(known, unit) for unit in units]
    columns: list[Quadratic] = []
    width = len(known.kkt.design)
    for feature in features:
        for scale in scales:
            column: Quadratic = {}
            for i, entry in enumerate(feature):
                product: Quadratic = {}
                add_product(product, Fraction(1), scale, entry)
                column.update({(first + i * (width + 1), second + i * (width + 1)): v for (first, second), v in product.items()})
            columns.append(column)
    table = rational_parts(columns)
    found = []
    for vector in kernel(tuple(zip(*table, strict=True)), width=len(columns)):
        parts = [vector[k * len(units) : (k + 1) * len(units)] for k in range(len(features))]
        found.append(tuple(tuple(dot(part, column) for column in zip(*units, strict=True)) for part in parts))
    return found


def _affine(known: KnownEquations, unit: Vector) -> Affine:
    *weights, constant = unit
    made = known.of_residual(weights)
    return Affine(row=made.row, constant=made.constant + RadicalSum.rational(constant))


def _zero(point: CertifiedPoint, factor: Vector) -> bool | None:
    """Say whether a factor is 0 at the residual, None when it is not known."""
    try:
        return value_of(point, factor).sign() == 0
    except Undecided:
        return None
