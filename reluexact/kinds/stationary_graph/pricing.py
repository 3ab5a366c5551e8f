"""Which column exceeds the penalty most at a residual, over all cells without a list of them, and the columns round a neuron.

Floats propose the directions; exact arithmetic gives the cells round each of them by crossing only the hyperplanes that it lies
on, and a branch tree over all directions proves that no other column reaches further.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from reluexact.errors import LimitReached
from reluexact.geometry.column import Face
from reluexact.geometry.signs import signs_of
from reluexact.kinds.max_penalty.find import prove_greatest, square_at
from reluexact.kinds.stationary_graph.named_columns import points_around
from reluexact.model.dataset import Dataset
from reluexact.model.program import Program, make_program
from reluexact.numbers.linalg import dot, solve
from reluexact.numbers.types import Vector
from reluexact.propose.columns import EQUAL
from reluexact.propose.leaders import TOLERANCES, about_the_penalty, climbed, leaders
from reluexact.propose.pricing import Pricing
from reluexact.prove.certified import CertifiedPoint
from reluexact.prove.directions import near_direction
from reluexact.prove.neurons import Unproved, tight_direction
from reluexact.prove.structure import complete_face
from reluexact.search.proof import MissingNeuron

_BITS = 64

_ROUNDS = 8

Place = tuple[int, Vector]
"""The sign of a column, and a point strictly inside its cell."""


@dataclass(frozen=True, slots=True)
class Steepest:
    """The columns that reach furthest (equally far up to rounding), and whether it is proved that no other one does."""

    places: tuple[Place, ...]
    proved: bool


def steepest_columns(program: Program, residual: Vector) -> Steepest:
    """Return the columns that reach furthest at a residual, which is rounded first.

    >>> steepest_columns(make_program(Dataset([[1], [2]], [1, 2]), Fraction(1)), (Fraction(1), Fraction(2)))
    Steepest(places=((1, (Fraction(5, 1),)),), proved=True)
    """
    theta = tuple(Fraction(round(entry * 2**_BITS), 2**_BITS) for entry in residual)
    at = make_program(Dataset(program.data.X, theta), Fraction(1))
    squares = {face: square_at(at, face) for face in leaders(at, TOLERANCES[0])}
    proved = False
    for _ in range(_ROUNDS):
        top = max(squares.values(), default=Fraction(0))
        if not top:
            return Steepest(places=(), proved=not any(theta))
        proved, higher = _proof(at, [face for face, square in squares.items() if square == top], top)
        fresh = [face for face in higher if face not in squares]
        if not fresh:
            break
        squares |= {face: square_at(at, face) for face in fresh}
    faces = [face for face, square in squares.items() if square >= top * (1 - Fraction(EQUAL)) ** 2]
    places = tuple((face.sign, point) for face in faces for point in points_around(program, _maximiser(at, face)))
    return Steepest(places=places, proved=proved)


def _maximiser(program: Program, face: Face) -> Vector:
    """Return the direction in which the targets reach furthest on a face, with the length that they reach."""
    _, basis = complete_face(program, face, whole=False)
    return tuple(dot(form, program.data.y) for form in tight_direction(program, face, basis))


def _proof(program: Program, faces: list[Face], square: Fraction) -> tuple[bool, list[Face]]:
    """Say whether nothing reaches further than these faces, as a tree proves, and the faces to which it leads if not."""
    try:
        prove_greatest(program, faces, square)
    except MissingNeuron as missing:
        return False, climbed(program, missing.sign, missing.direction)
    except (Unproved, LimitReached):
        return False, []
    return True, []


def columns_that_may_meet(found: CertifiedPoint, pricing: Pricing) -> list[Place]:
    """Return columns whose functions reach about as far as the penalty at a proved network, as far as floats find them."""
    program = found.kkt.program
    places = []
    for spot in about_the_penalty(program, found.forms.midpoint, pricing):
        try:
            point = _on_face(program, spot.face, tuple(map(Fraction, spot.direction)))
        except Unproved:
            continue  # floats took a hyperplane for another one
        places += [(spot.face.sign, one) for one in points_around(program, point)]
    return places


def columns_round(found: CertifiedPoint) -> list[Place]:
    """Return the column of each cell whose closure holds a tight neuron of a proved network, in the sign of the neuron."""
    program = found.kkt.program
    return [
        (neuron.face.sign, point)
        for neuron in found.neurons
        for point in points_around(program, _on_face(program, neuron.face, near_direction(found.kkt, found.box, neuron)))
    ]


def _on_face(program: Program, face: Face, near: Vector) -> Vector:
    """Return the point of a face that is nearest to a point, exactly on the face's hyperplanes."""
    basis = program.face_basis(face)
    gram = tuple(tuple(Fraction(dot(a, b)) for b in basis) for a in basis)
    shares = solve(gram, tuple(dot(vector, near) for vector in basis)) or ()
    point = tuple(
        sum((share * vector[j] for share, vector in zip(shares, basis, strict=True)), Fraction(0)) for j in range(len(near))
    )
    if signs_of(dot(normal, point) for normal in program.hyperplanes.normals) != face.gate:
        raise Unproved("the cells round a neuron are not known: it is too near to a hyperplane")
    return point
