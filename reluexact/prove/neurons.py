"""The neurons of a structure over its proved box: obligations O2, O4, O5 and O7a of CERTIFICATE.md."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from reluexact.evidence.exact import Combination
from reluexact.geometry.column import Face
from reluexact.model.program import Program
from reluexact.numbers.intervals import Interval
from reluexact.numbers.linalg import absolute_sum, dot, kernel, projector
from reluexact.numbers.quadratic import Box
from reluexact.numbers.radicals import RadicalSum
from reluexact.numbers.types import IntVector, Matrix, Vector
from reluexact.prove.identities import ResidualForms
from reluexact.prove.relations import combination_of
from reluexact.prove.structure import Kkt, complete_face
from reluexact.prove.unproved import Unproved as Unproved


@dataclass(frozen=True, slots=True, kw_only=True)
class TightNeuron:
    """A neuron that is proved tight.

    role: free, pair, partner or tie. basis: integer vectors that span its directions. block: its position among the blocks (the
    pair's for a partner), None for a tie. constant: b u exactly, for a tie whose direction is known. enclosed: b u, for any other
    tie; combination: that of known equations which says that its length is b.
    """

    face: Face
    role: str
    basis: tuple[IntVector, ...]
    block: int | None
    constant: tuple[RadicalSum, ...] | None = None
    enclosed: tuple[Interval, ...] | None = None
    combination: Combination | None = None


def tight_neurons(kkt: Kkt, box: Box, forms: ResidualForms) -> tuple[TightNeuron, ...]:
    """Prove every neuron of the structure tight and on its face, and list them in canonical order."""
    found: list[TightNeuron] = []
    for block, (face, paired) in enumerate(zip(kkt.structure.blocks, kkt.structure.paired, strict=True)):
        if box.midpoint[kkt.amount(block)] <= box.spread:
            raise Unproved(f"O4: the amount of block {block} is not proved positive")
        _check_gates(kkt, box, block, face)
        basis = kkt.bases[block]
        found.append(TightNeuron(face=face, role="pair" if paired else "free", basis=basis, block=block))
        if paired:
            _check_pairing(kkt, forms, basis)
            found.append(TightNeuron(face=face.opposite(), role="partner", basis=basis, block=block))
    found += [tie_neuron(forms, face, kkt.program.penalty**2) for face in kkt.structure.ties]
    found.sort(key=lambda neuron: neuron.face.order)
    faces = [neuron.face for neuron in found]
    if len(set(faces)) != len(faces):
        raise Unproved("O2: two neurons share a face")
    return tuple(found)


def _check_gates(kkt: Kkt, box: Box, block: int, face: Face) -> None:
    """O5: the sign of every hyperplane off the neuron's face, over the box."""
    basis, middles = kkt.bases[block], [box.midpoint[position] for position in kkt.omega(block)]
    if len(basis) == 1 and middles[0] <= box.spread:  # the identities of a ray take this for granted
        raise Unproved(f"O5: the vector of block {block}, which has no other, is not proved to point the way of its weights")
    for hyperplane, (normal, gate) in enumerate(zip(kkt.program.of(face).hyperplanes.normals, face.gate, strict=True)):
        heights = [dot(normal, vector) for vector in basis]
        if gate == 0:
            if any(heights):
                raise Unproved(f"O2: block {block} is not on wall {hyperplane}")
            continue
        if gate * dot(heights, middles) <= box.spread * absolute_sum(heights):
            raise Unproved(f"O5: the side of block {block} on wall {hyperplane} is not proved")


def _check_pairing(kkt: Kkt, forms: ResidualForms, basis: tuple[IntVector, ...]) -> None:
    """O7a for a partner: B'X'theta = 0 follows from the identities."""
    for vector in basis:
        if not forms.vanishes([dot(row, vector) for row in kkt.program.data.X]):
            raise Unproved("O7a: the pairing of a block does not follow from the system")


def span_projector(basis: tuple[IntVector, ...], width: int) -> Matrix:
    """Return the orthogonal projector onto the span of the vectors."""
    return projector(kernel(basis, width=width), width=width)


def tight_direction(program: Program, face: Face, basis: tuple[IntVector, ...]) -> tuple[Vector, ...]:
    """Return the d linear forms in theta of ``b u = s P X'D theta``, each as a vector of n coefficients."""
    on = set(program.on_rows(face))
    onto = span_projector(basis, program.data.d)
    rows = program.of(face).data.X
    images = [tuple(face.sign * dot(line, row) for line in onto) if i in on else None for i, row in enumerate(rows)]
    zero = Fraction(0)
    return tuple(tuple(zero if image is None else image[j] for image in images) for j in range(program.data.d))


def tie_neuron(forms: ResidualForms, face: Face, square: Fraction) -> TightNeuron:
    """O7a and O5 for a tie: its direction is a known constant of length exactly b, where ``square = b^2``."""
    program = forms.kkt.program
    complete, basis = complete_face(program, face, whole=False)
    if complete != face:
        raise Unproved("O2: the face of a tie is not complete")
    lines = tight_direction(program, face, basis)
    values = [forms.constant(line) for line in lines]
    known = [value for value in values if value is not None]
    if len(known) < len(values):
        return _enclosed_tie(forms, face, basis, lines)
    length = RadicalSum.rational(-square)
    for value in known:
        length = length + value * value
    if length.sign() != 0:
        raise Unproved("a neuron that looked tight is not: its exact length differs from the penalty")
    for hyperplane, (normal, gate) in enumerate(zip(program.of(face).hyperplanes.normals, face.gate, strict=True)):
        height = RadicalSum()
        for entry, value in zip(normal, known, strict=True):
            height = height + value.scaled(entry)
        if height.sign() != gate:
            raise Unproved(f"O5: the side of a tie on wall {hyperplane} is wrong")
    return TightNeuron(face=face, role="tie", basis=basis, block=None, constant=tuple(known))


def _enclosed_tie(forms: ResidualForms, face: Face, basis: tuple[IntVector, ...], lines: tuple[Vector, ...]) -> TightNeuron:
    """O7a and O5 for a tie known by enclosures: its length is b because that of other neurons is."""
    program, equations = forms.kkt.program.of(face), forms.known_equations()
    on = set(forms.kkt.program.on_rows(face))
    pulls = []
    for vector in basis:
        weights = [face.sign * dot(row, vector) if i in on else Fraction(0) for i, row in enumerate(program.data.X)]
        pulls.append(equations.of_residual(weights))
    combination = combination_of(equations, equations.length(pulls, basis))
    if combination is None:
        raise Unproved("a neuron is tight to all computed digits, but no exact identity says so")
    for hyperplane, (normal, gate) in enumerate(zip(program.hyperplanes.normals, face.gate, strict=True)):
        height = tuple(dot(normal, column) for column in zip(*lines, strict=True))
        if gate and forms.sign(height) != gate:
            raise Unproved(f"O5: the side of a tie on wall {hyperplane} is wrong")
    enclosed = tuple(Interval(low=low, high=high) for low, high in map(forms.bounds, lines))
    return TightNeuron(face=face, role="tie", basis=basis, block=None, enclosed=enclosed, combination=combination)
