"""The feature of every optimal neuron, scaled so that it is rational where possible."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from reluexact.geometry.column import Face
from reluexact.model.program import Program
from reluexact.numbers.linalg import dot
from reluexact.numbers.radicals import RadicalSum
from reluexact.numbers.scalar import Scalar
from reluexact.numbers.scalar_vectors import ScalarVector
from reluexact.prove.certified import CertifiedPoint
from reluexact.prove.neurons import TightNeuron, tight_direction


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaledNeuron:
    """A neuron with a convenient multiple v of its unit direction.

    vector: v. scale: its length; the amount of the neuron is scale times the amount of v. total: for a block, the amount of v (of
    v and -v together for a pair) in the optimum that was proved, in multiples of v; None for a tie.
    """

    vector: ScalarVector
    scale: Scalar
    total: Scalar | None

    @property
    def known(self) -> bool:
        """Say whether the vector is known exactly."""
        return all(entry.radical is not None for entry in self.vector)


def scaled_neuron(certified: CertifiedPoint, neuron: TightNeuron) -> ScaledNeuron:
    """Choose v: the integer vector of a ray, a rational multiple of a tie's direction, or w itself."""
    if neuron.constant is not None:
        return _scaled_tie(certified, neuron.constant)
    if neuron.block is None:
        return _enclosed_tie(certified, neuron)
    side = -1 if neuron.role == "partner" else 1
    kkt, block = certified.kkt, neuron.block
    if len(neuron.basis) == 1:
        ray = neuron.basis[0]
        length = RadicalSum.root(Fraction(sum(entry * entry for entry in ray)))
        total = certified.unknown(kkt.omega(block)[0])
        return ScaledNeuron(
            vector=_exactly([side * entry for entry in ray]), scale=Scalar.of(length, certified.bits), total=total
        )
    vector = []
    for j in range(kkt.program.data.d):
        row = [Fraction(0)] * len(kkt.design)
        for position, direction in zip(kkt.omega(block), neuron.basis, strict=True):
            row[position] = Fraction(side * direction[j])
        vector.append(certified.scalar(tuple(row)))
    return ScaledNeuron(vector=tuple(vector), scale=certified.unknown(kkt.amount(block)), total=Scalar.of(1))


def _scaled_tie(certified: CertifiedPoint, constant: Sequence[RadicalSum]) -> ScaledNeuron:
    """Scale b u, a vector of sums of square roots of length b, by one square root so that it is rational, where one will do."""
    lead = next(value for value in constant if value.sign())
    if len(lead.terms) == 1:
        unit = RadicalSum.root(Fraction(lead.terms[0][0]))
        rational = [(value * unit).as_fraction() for value in constant]
        entries = [entry for entry in rational if entry is not None]
        if len(entries) == len(rational):
            length = RadicalSum.root(sum((entry * entry for entry in entries), Fraction(0)))
            return ScaledNeuron(vector=_exactly(entries), scale=Scalar.of(length, certified.bits), total=None)
    vector = tuple(Scalar.of(value, certified.bits) for value in constant)
    return ScaledNeuron(vector=vector, scale=Scalar.of(certified.kkt.program.penalty), total=None)


def _enclosed_tie(certified: CertifiedPoint, neuron: TightNeuron) -> ScaledNeuron:
    """Take b u itself, of which only enclosures are known."""
    kkt = certified.kkt
    vector = []
    for line in tight_direction(kkt.program, neuron.face, neuron.basis):
        vector.append(certified.scalar(*kkt.pull(line)))
    return ScaledNeuron(vector=tuple(vector), scale=Scalar.of(kkt.program.penalty), total=None)


def feature(program: Program, face: Face, vector: ScalarVector) -> ScalarVector:
    """Return ``sign * (X v)+`` for a vector v on a face."""
    on = set(program.on_rows(face))
    return tuple(_height(row, face.sign, vector) if i in on else Scalar.of(0) for i, row in enumerate(program.data.X))


def _height(row: Sequence[Fraction], sign: int, vector: ScalarVector) -> Scalar:
    rational = [entry.rational for entry in vector]
    known = [entry for entry in rational if entry is not None]
    if len(known) == len(rational):
        return Scalar.of(sign * dot(row, known))
    total = Scalar.of(0)
    for factor, entry in zip(row, vector, strict=True):
        if factor:
            total = total + Scalar.of(sign * factor) * entry
    return total


def _exactly(values: Sequence[Fraction | int]) -> ScalarVector:
    return tuple(Scalar.of(Fraction(value)) for value in values)
