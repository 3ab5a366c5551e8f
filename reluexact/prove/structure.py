"""The structure of an optimum (its active neurons and their faces) and the KKT system that it defines.

A structure says which neurons carry weight ("blocks"), which of them come as a pair {u, -u}, and which further neurons are tight
but not needed ("ties"). Everything here is exact; whether a structure is the right one is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from reluexact.geometry.column import Face
from reluexact.geometry.signs import Signs
from reluexact.model.law import BreakLaw, PieceLaw
from reluexact.model.program import Program, span_basis
from reluexact.numbers.linalg import dot, dot_sign, independent_rows, rank, solve
from reluexact.numbers.quadratic import QuadraticSystem
from reluexact.numbers.types import IntVector, Vector
from reluexact.prove.system import AffineMaps, TieLine, quadratic_system
from reluexact.prove.unproved import Unproved

ZERO = Fraction(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure:
    """Neurons of an optimum: blocks (paired or not) and ties.

    spans: for every block a basis of the directions that it is restricted to, None for all that its face allows. A smaller span
    makes more known exactly; that nothing pulls the neuron out of it must then follow from the identities. places: of the rows
    on their losses (:mod:`reluexact.model.law`), for programs that are not plain. pins: (row, theta_i) of rows at a breakpoint
    whose fit follows from that of others; then nothing but ties determines theta_i, and any value does that they leave.
    tied: (row, tie) of rows at a breakpoint whose fit follows from that of others and whose theta does from a tie on a ray (E6).
    """

    blocks: tuple[Face, ...]
    paired: tuple[bool, ...]
    ties: tuple[Face, ...] = ()
    spans: tuple[tuple[IntVector, ...] | None, ...] = ()
    places: tuple[int, ...] = ()
    pins: tuple[tuple[int, Fraction], ...] = ()
    tied: tuple[tuple[int, Face], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Kkt:
    """The quadratic KKT system of a structure (CERTIFICATE.md, "System").

    Unknowns z: omega of every block, then t of every block, then c; then the coefficients g of the linear part, and theta_i of
    the rows at a breakpoint of their loss. Fit and residual are affine in z, with one column of length n
    per unknown (zero for t): ``fit = design z``, ``theta = base - slopes z``; for the squared loss that is ``y - design z``.
    """

    program: Program
    structure: Structure
    bases: tuple[tuple[IntVector, ...], ...]
    lineality: tuple[IntVector, ...]
    affine: AffineMaps
    system: QuadraticSystem

    @property
    def design(self) -> tuple[Vector, ...]:
        """Return one column of length n per unknown, ``fit = design z``."""
        return self.affine.design

    def omega(self, block: int) -> range:
        """Return the positions of a block's coordinates in z."""
        start = sum(len(basis) for basis in self.bases[:block])
        return range(start, start + len(self.bases[block]))

    def amount(self, block: int) -> int:
        """Return the position of a block's amount t in z."""
        return sum(len(basis) for basis in self.bases) + block

    @property
    def free(self) -> range:
        """Return the positions of c in z."""
        start = sum(len(basis) for basis in self.bases) + len(self.bases)
        return range(start, start + len(self.lineality))

    @property
    def linear(self) -> range:
        """Return the positions of g in z."""
        return range(self.free.stop, self.free.stop + len(self.affine.ridges))

    def fit(self, point: Vector) -> Vector:
        """Return ``design z``."""
        return tuple(dot(row, point) for row in self._rows(self.design))

    def residual(self, point: Vector) -> Vector:
        """Return ``theta = base - slopes z``."""
        return tuple(entry - dot(row, point) for entry, row in zip(self.affine.base, self._rows(self.affine.slopes), strict=True))

    def pull(self, form: Sequence[Fraction]) -> tuple[Vector, Fraction]:
        """Return row and constant of ``form . theta = row . z + constant``, a form of n entries as a form in the unknowns."""
        return tuple(-dot(form, column) for column in self.affine.slopes), dot(form, self.affine.base)

    def pull_entry(self, i: int) -> tuple[Vector, Fraction]:
        """Return row and constant of ``theta_i = row . z + constant``."""
        return tuple(-column[i] for column in self.affine.slopes), self.affine.base[i]

    def _rows(self, columns: tuple[Vector, ...]) -> list[tuple[Fraction, ...]]:
        return [*zip(*columns, strict=True)] if columns else [()] * self.program.data.n

    def weights(self, block: int, point: Vector) -> Vector:
        """Return ``w = B omega`` of a block."""
        basis = self.bases[block]
        values = [point[position] for position in self.omega(block)]
        return tuple(
            sum((value * vector[j] for value, vector in zip(values, basis, strict=True)), Fraction(0))
            for j in range(self.program.data.d)
        )


def complete_face(program: Program, face: Face, *, whole: bool) -> tuple[Face, tuple[IntVector, ...]]:
    """Return the face with all implied hyperplanes, and a basis of the directions the neuron can take.

    A neuron that carries weight lies in the range of P X'D (P the projector on the face, D its rows). Hyperplanes that contain
    this range belong to the face although nothing forces the neuron onto them. ``whole`` keeps the whole face (for pairs).
    """
    basis = program.face_basis(face)
    if not whole and basis:
        rows = program.of(face).data.X
        images = [tuple(dot(vector, rows[i]) for vector in basis) for i in program.on_rows(face)]
        if not images or rank(images) < len(basis):
            basis = _range_basis(basis, images)
    return restricted(program, face, basis)


def restricted(program: Program, face: Face, basis: tuple[IntVector, ...]) -> tuple[Face, tuple[IntVector, ...]]:
    """Return the face of directions in the span of a basis: hyperplanes that contain the span are touched; a ray is oriented."""
    view = program.of(face)
    gate = tuple(
        0 if not any(dot_sign(normal, vector) for vector in basis) else value
        for normal, value in zip(view.hyperplanes.normals, face.gate, strict=True)
    )
    return program.seated(Face(sign=face.sign, gate=gate, view=face.view)), _oriented(view, gate, basis)


def _oriented(program: Program, gate: Signs, basis: tuple[IntVector, ...]) -> tuple[IntVector, ...]:
    """Turn the vector of a ray to the side that the gates name, so that its omega is positive."""
    if len(basis) != 1:
        return basis
    ray = basis[0]
    for normal, value in zip(program.hyperplanes.normals, gate, strict=True):
        height = dot_sign(normal, ray)
        if value and height:
            return basis if (height > 0) == (value > 0) else (tuple(-entry for entry in ray),)
    return basis


def _range_basis(basis: tuple[IntVector, ...], images: list[Vector]) -> tuple[IntVector, ...]:
    """Return a basis of the span of B (B'B)^-1 B'x for the given B'x."""
    gram = tuple(tuple(dot(left, right) for right in basis) for left in basis)
    vectors = []
    for image in images:
        coordinates = solve(gram, image)
        if coordinates is None:
            raise ArithmeticError("a Gram matrix of independent vectors is singular")
        vectors.append([sum(c * v[j] for c, v in zip(coordinates, basis, strict=True)) for j in range(len(basis[0]))])
    return span_basis(vectors)


def build_kkt(program: Program, structure: Structure, lineality: tuple[IntVector, ...] | None = None) -> Kkt:
    """Set up the KKT system of a structure whose faces are complete; ``lineality``: another basis of the span of the pairs."""
    spans = structure.spans or (None,) * len(structure.blocks)
    bases = tuple(
        complete_face(program, face, whole=paired)[1] if span is None else span
        for face, paired, span in zip(structure.blocks, structure.paired, spans, strict=True)
    )
    if lineality is None:
        held = zip(bases, structure.paired, strict=True)
        lineality = _span_of_pairs(program, span_basis(vector for basis, paired in held if paired for vector in basis))
    columns: list[Vector] = []
    for face, basis in zip(structure.blocks, bases, strict=True):
        on = set(program.on_rows(face))
        columns += [_feature(program.of(face), vector, face.sign, on) for vector in basis]
    columns += [(Fraction(0),) * program.data.n] * len(bases)
    everything = set(range(program.data.n))
    columns += [_feature(program, vector, 1, everything) for vector in lineality]
    affine = _with_ties(program, structure, _affine(program, structure, tuple(columns)))
    system = quadratic_system(program.penalty, affine, bases, len(lineality))
    return Kkt(program=program, structure=structure, bases=bases, lineality=lineality, affine=affine, system=system)


def _span_of_pairs(program: Program, vectors: tuple[IntVector, ...]) -> tuple[IntVector, ...]:
    """Return the vectors v whose X v is independent of the free columns of the linear part, which can do the same."""
    free = [part.column for part in program.linear if not part.ridge]
    if not free or not vectors:
        return vectors
    rows = [*free, *(tuple(dot(row, vector) for row in program.data.X) for vector in vectors)]
    return tuple(vectors[index - len(free)] for index in independent_rows(rows) if index >= len(free))


def _affine(program: Program, structure: Structure, columns: tuple[Vector, ...]) -> AffineMaps:
    """Return fit and residual as functions of the unknowns; ``columns``: what each adds to the fit."""
    if program.problem is None:
        return AffineMaps(design=columns, slopes=columns, base=program.data.y)
    laws = program.laws(structure.places)
    pins = dict(structure.pins)
    broken = [(i, law.level) for i, law in enumerate(laws) if isinstance(law, BreakLaw) and i not in pins]
    columns += tuple(part.column for part in program.linear)
    slope = [law.square if isinstance(law, PieceLaw) else ZERO for law in laws]
    slopes = [tuple(a * entry for a, entry in zip(slope, column, strict=True)) for column in columns]
    slopes += [tuple(Fraction(-(i == row)) for i in range(len(laws))) for row, _ in broken]
    return AffineMaps(
        design=columns + ((ZERO,) * len(laws),) * len(broken),
        slopes=tuple(slopes),
        base=tuple(law.base if isinstance(law, PieceLaw) else pins.get(i, ZERO) for i, law in enumerate(laws)),
        ridges=_ridges(program),
        levels=tuple(broken),
    )


def _with_ties(program: Program, structure: Structure, affine: AffineMaps) -> AffineMaps:
    """Return the maps with what the ties that determine some theta_i say; raises Unproved for one that is not on a ray."""
    known = []
    for row, face in structure.tied:
        form, square = tie_form(program, face)
        line = tuple(-dot(form, column) for column in affine.slopes)
        known.append(TieLine(row=row, line=line, constant=dot(form, affine.base), square=square))
    return replace(affine, ties=tuple(known)) if known else affine


def tie_form(program: Program, face: Face) -> tuple[Vector, int]:
    """Return ``s D X B`` and ``B.B`` of a tie on the ray of B; raises Unproved for a tie on none."""
    basis = complete_face(program, face, whole=False)[1]
    if len(basis) != 1:
        raise Unproved("E6: the tie that determines a theta is not on a ray")
    return _feature(program.of(face), basis[0], face.sign, set(program.on_rows(face))), squared_length(basis[0])


def squared_length(vector: IntVector) -> int:
    """Return the square of the length of an integer vector."""
    return sum(entry * entry for entry in vector)


def _ridges(program: Program) -> tuple[Fraction | None, ...]:
    """Return the ridges of the linear part, None for a free column that depends on free ones before it."""
    free = [position for position, part in enumerate(program.linear) if not part.ridge]
    leading = (
        {free[place] for place in independent_rows([program.linear[position].column for position in free])} if free else set()
    )
    return tuple(part.ridge if part.ridge or k in leading else None for k, part in enumerate(program.linear))


def _feature(program: Program, vector: IntVector, sign: int, on: set[int]) -> Vector:
    """Return ``sign * D X vector``."""
    return tuple(sign * dot(row, vector) if i in on else Fraction(0) for i, row in enumerate(program.data.X))
