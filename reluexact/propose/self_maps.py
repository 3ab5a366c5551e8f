"""Maps of the unknowns of a structure that leave its equations alone: what they move is 0 at the solution (CERTIFICATE.md, R1).

For a quadratic F and an affine map z -> z', ``F(z) - F(z') = J((z + z') / 2) (z - z')``, J the Jacobian of F. Where F(z') is a
combination of F(z), the forms z - z' have this identity. A symmetry of the data is such a map when it permutes the neurons of the
structure; the map to one point is another when this point, in square roots, solves the equations.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from reluexact.evidence.exact import Affine, Combination, Relation
from reluexact.geometry.column import Face
from reluexact.model.automorphisms import Automorphism
from reluexact.numbers.linalg import dot, independent_rows, solve, transpose
from reluexact.numbers.radicals import RadicalSum
from reluexact.numbers.types import Vector
from reluexact.propose.relation_search import Independent
from reluexact.prove.polynomials import KnownEquations, Quadratic, add_product
from reluexact.prove.relations import combination_of
from reluexact.prove.structure import Kkt

ZERO = Fraction(0)
MOST_FORMS = 60
"""The checker takes no more in one relation."""


def relation_of_map(known: KnownEquations, images: Sequence[Affine], value: Callable[[Affine], Fraction]) -> Relation | None:
    """Return the relation that what a map moves is 0; None when it moves nothing, or does not leave the equations alone.

    images: the unknowns z'. value: of a form at the solution.
    """
    size = len(images)
    moved = [known.reduce(_combined(size, j, image, -1)) for j, image in enumerate(images)]
    middle = [known.reduce(_combined(size, j, image, 1)) for j, image in enumerate(images)]
    chosen = independent_rows([form.row for form in moved])
    if not 0 < len(chosen) <= MOST_FORMS:
        return None
    forms = tuple(moved[j] for j in chosen)
    weights = [solve(transpose([form.row for form in forms]), form.row) for form in moved]
    lines: list[tuple[tuple[Affine, ...], Combination]] = []
    independent = Independent()
    for number in range(known.lengths.start):
        factors = _factors(known.equation(number), middle, [weight or () for weight in weights], len(forms))
        if factors is None:
            return None
        if not independent.adds(tuple(map(value, factors))):
            continue
        combination = _combination(known, factors, forms)
        if combination is None:
            return None
        lines.append((factors, combination))
        if len(lines) == len(forms):
            return Relation(forms=forms, factors=tuple(line for line, _ in lines), combinations=tuple(pick for _, pick in lines))
    return None


def symmetric_images(kkt: Kkt, symmetry: Automorphism) -> tuple[Affine, ...] | None:
    """Return where a symmetry of the data sends the unknowns; None when it does not permute the neurons of the structure."""
    if kkt.program.problem is not None:
        return None
    homes = _homes(kkt, symmetry)
    images = [[ZERO] * len(kkt.design) for _ in kkt.design]
    linear: dict[int, Vector] = {}
    for block, basis in enumerate(kkt.bases):
        face = kkt.structure.blocks[block]
        home = homes.get((symmetry.sign * face.sign, _moved_gates(kkt, face, symmetry)))
        if home is None or kkt.structure.paired[home[0]] is not kkt.structure.paired[block]:
            return None
        target, way = home
        images[kkt.amount(target)][kkt.amount(block)] = Fraction(1)
        for place, vector in zip(kkt.omega(block), basis, strict=True):
            turned = _turned(symmetry, vector)
            numbers = solve(transpose(kkt.bases[target]), [way * entry for entry in turned])
            if numbers is None:
                return None
            for position, number in zip(kkt.omega(target), numbers, strict=True):
                images[position][place] = number
            if way < 0:
                linear[place] = tuple(symmetry.sign * face.sign * entry for entry in turned)
    for place, vector in zip(kkt.free, kkt.lineality, strict=True):
        linear[place] = tuple(symmetry.sign * entry for entry in _turned(symmetry, vector))
    return _with_free(kkt, images, linear)


def _with_free(kkt: Kkt, images: list[list[Fraction]], linear: dict[int, Vector]) -> tuple[Affine, ...] | None:
    """Fill in the unknowns c of what the unknowns at these places add to the free linear term."""
    rows = kkt.program.data.X
    columns = [[dot(row, vector) for row in rows] for vector in kkt.lineality]
    for place, vector in linear.items():
        image = [dot(row, vector) for row in rows]
        numbers = solve(transpose(columns), image) if columns else None if any(image) else ()
        if numbers is None:
            return None
        for position, number in zip(kkt.free, numbers, strict=True):
            images[position][place] = number
    return tuple(Affine(row=tuple(row), constant=RadicalSum()) for row in images)


def _homes(kkt: Kkt, symmetry: Automorphism) -> dict[tuple[int, tuple[int, ...]], tuple[int, int]]:
    """Return block and side (1, or -1 for the partner) by sign and gates in the rows that a symmetry permutes."""
    homes = {}
    rows = sorted(set(symmetry.onto))
    for block, (face, paired) in enumerate(zip(kkt.structure.blocks, kkt.structure.paired, strict=True)):
        gates = kkt.program.row_gates(face)
        for side in (1, -1) if paired else (1,):
            homes[face.sign, tuple(side * gates[row] for row in rows)] = (block, side)
    return homes


def _moved_gates(kkt: Kkt, face: Face, symmetry: Automorphism) -> tuple[int, ...]:
    gates = kkt.program.row_gates(face)
    moved = {symmetry.onto[row]: gates[row] for row in set(symmetry.onto)}
    return tuple(moved[row] for row in sorted(moved))


def _turned(symmetry: Automorphism, vector: Sequence[Fraction | int]) -> Vector:
    return tuple(dot(line, vector) for line in symmetry.turn)


def _combined(size: int, place: int, image: Affine, sign: int) -> Affine:
    """Return an unknown plus or minus its image."""
    row = [sign * entry for entry in image.row]
    row[place] += 1
    return Affine(row=tuple(row), constant=image.constant.scaled(Fraction(sign)))


def _factors(
    polynomial: Quadratic, middle: Sequence[Affine], weights: Sequence[Sequence[Fraction]], count: int
) -> tuple[Affine, ...] | None:
    """Return the factors of the forms in ``polynomial(z) - polynomial(z')``; None when one is not rational in the unknowns."""
    size = len(middle)
    rows, constants = [[ZERO] * size for _ in range(count)], [RadicalSum() for _ in range(count)]

    def more(place: int, scale: RadicalSum, form: Affine | None) -> bool:
        number = scale.as_fraction()
        if form is not None and number is None:
            return False
        for k, weight in enumerate(weights[place]):
            if not weight:
                continue
            if form is None:
                constants[k] += scale.scaled(weight)
            else:
                factor = weight * (number or ZERO)
                rows[k] = [entry + factor * other for entry, other in zip(rows[k], form.row, strict=True)]
                constants[k] += form.constant.scaled(factor)
        return True

    half = Fraction(1, 2)
    for (first, second), value in polynomial.items():
        if second < 0 or not value.terms:
            continue
        if first < 0:
            done = more(second, value, None)
        else:
            done = more(first, value.scaled(half), middle[second]) and more(second, value.scaled(half), middle[first])
        if not done:
            return None
    return tuple(Affine(row=tuple(row), constant=constant) for row, constant in zip(rows, constants, strict=True))


def _combination(known: KnownEquations, factors: Sequence[Affine], forms: Sequence[Affine]) -> Combination | None:
    goal: Quadratic = {}
    for factor, form in zip(factors, forms, strict=True):
        add_product(goal, Fraction(1), factor, form)
    return combination_of(known, goal, range(known.lengths.start))
