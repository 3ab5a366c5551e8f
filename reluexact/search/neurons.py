"""The neurons of a structure over its proved box: obligations O2, O4, O5, O6 and O7a of CERTIFICATE.md."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from scipy.optimize import linprog

from reluexact.exact.enclosure import Interval, solve_linear
from reluexact.exact.linalg import kernel, projector, solve
from reluexact.exact.quadratic import Box, Matrix, Vector
from reluexact.exact.radicals import RadicalSum
from reluexact.search.identities import ResidualForms
from reluexact.search.structure import Kkt, complete_face
from reluexact.training.program import Face, IntVector, Program, dot


@dataclass(frozen=True, slots=True, kw_only=True)
class TightNeuron:
    """A neuron that is proved tight.

    role: free, pair, partner or tie. basis: integer vectors that span its directions. block: its position among the blocks (the
    pair's for a partner), None for a tie. constant: b u exactly, for a tie.
    """

    face: Face
    role: str
    basis: tuple[IntVector, ...]
    block: int | None
    constant: tuple[RadicalSum, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitOfPairs:
    """How the amounts of the pairs are divided: fraction on the partner, as enclosed; ``solve`` lists the dependent blocks."""

    fixed: tuple[tuple[int, Fraction], ...]
    solve: tuple[int, ...]
    fractions: tuple[tuple[int, Interval], ...]


class Unproved(Exception):
    """The proof of a structure does not close; the message says which obligation and why."""


def tight_neurons(kkt: Kkt, box: Box, forms: ResidualForms) -> tuple[TightNeuron, ...]:
    """Prove every neuron of the structure tight and on its face, and list them in canonical order."""
    found: list[TightNeuron] = []
    for block, (face, paired) in enumerate(zip(kkt.structure.blocks, kkt.structure.paired, strict=True)):
        if box.midpoint[kkt.amount(block)] <= box.radius:
            raise Unproved(f"O4: the amount of block {block} is not proved positive")
        _check_gates(kkt, box, block, face)
        basis = kkt.bases[block]
        found.append(TightNeuron(face=face, role="pair" if paired else "free", basis=basis, block=block))
        if paired:
            _check_pairing(kkt, forms, basis)
            found.append(TightNeuron(face=face.opposite(), role="partner", basis=basis, block=block))
    found += [_tie(kkt.program, forms, face) for face in kkt.structure.ties]
    found.sort(key=lambda neuron: neuron.face.order)
    faces = [neuron.face for neuron in found]
    if len(set(faces)) != len(faces):
        raise Unproved("O2: two neurons share a face")
    return tuple(found)


def _check_gates(kkt: Kkt, box: Box, block: int, face: Face) -> None:
    """O5: the sign of every wall off the neuron's face, over the box."""
    basis, positions = kkt.bases[block], kkt.omega(block)
    for wall, (normal, gate) in enumerate(zip(kkt.program.walls.normals, face.gate, strict=True)):
        heights = [dot(normal, vector) for vector in basis]
        if gate == 0:
            if any(heights):
                raise Unproved(f"O2: block {block} is not on wall {wall}")
            continue
        middle = sum((h * box.midpoint[j] for h, j in zip(heights, positions, strict=True)), Fraction(0))
        if gate * middle <= box.radius * sum(abs(height) for height in heights):
            raise Unproved(f"O5: the side of block {block} on wall {wall} is not proved")


def _check_pairing(kkt: Kkt, forms: ResidualForms, basis: tuple[IntVector, ...]) -> None:
    """O7a for a partner: B'X'theta = 0 follows from the identities."""
    for vector in basis:
        value = forms.constant([dot(row, vector) for row in kkt.program.data.X])
        if value is None or value.terms:
            raise Unproved("O7a: the pairing of a block does not follow from the system")


def span_projector(basis: tuple[IntVector, ...], width: int) -> Matrix:
    """Return the orthogonal projector onto the span of the vectors."""
    return projector(kernel(basis, width=width), width=width)


def tight_direction(program: Program, face: Face, basis: tuple[IntVector, ...]) -> tuple[Vector, ...]:
    """Return the d linear forms in theta of ``b u = s P X'D theta``, each as a vector of n coefficients."""
    on = set(program.on_rows(face))
    onto = span_projector(basis, program.data.d)
    rows = program.data.X
    images = [tuple(face.sign * dot(line, row) for line in onto) if i in on else None for i, row in enumerate(rows)]
    zero = Fraction(0)
    return tuple(tuple(zero if image is None else image[j] for image in images) for j in range(program.data.d))


def _tie(program: Program, forms: ResidualForms, face: Face) -> TightNeuron:
    """O7a and O5 for a tie: its direction is a known constant of length exactly b."""
    complete, basis = complete_face(program, face, whole=False)
    if complete != face:
        raise Unproved("O2: the face of a tie is not complete")
    values = []
    for form in tight_direction(program, face, basis):
        value = forms.constant(form)
        if value is None:
            raise Unproved("a neuron is tight to all computed digits, but no exact identity says so")
        values.append(value)
    square = RadicalSum()
    for value in values:
        square = square + value * value
    if (square - RadicalSum.rational(program.penalty**2)).sign() != 0:
        raise Unproved("a neuron that looked tight is not: its exact length differs from the penalty")
    for wall, (normal, gate) in enumerate(zip(program.walls.normals, face.gate, strict=True)):
        height = RadicalSum()
        for entry, value in zip(normal, values, strict=True):
            height = height + value.scaled(entry)
        if height.sign() != gate:
            raise Unproved(f"O5: the side of a tie on wall {wall} is wrong")
    return TightNeuron(face=face, role="tie", basis=basis, block=None, constant=tuple(values))


def split_pairs(kkt: Kkt, box: Box) -> SplitOfPairs:
    """O6: divide the amount of every pair between its two neurons so that the linear part of the fit comes out."""
    pairs = [block for block, paired in enumerate(kkt.structure.paired) if paired]
    if not pairs:
        return SplitOfPairs(fixed=(), solve=(), fractions=())
    maps = {block: _coordinates(kkt, block) for block in pairs}
    middle = {block: _column(kkt, maps[block], block, box.midpoint) for block in pairs}
    target = [box.midpoint[position] for position in kkt.free]
    fractions, chosen = _propose_split(pairs, middle, target)
    fixed = {block: fractions[block] for block in pairs if block not in chosen}
    matrix = tuple(tuple(middle[block][j] for block in chosen) for j in range(len(target)))
    right = tuple(
        value - sum((phi * middle[block][j] for block, phi in fixed.items()), Fraction(0))
        for j, value in enumerate(target)
    )
    spread = max(sum(abs(entry) for entry in line) for block in pairs for line in maps[block]) * box.radius
    solved = solve_linear(matrix, spread, right, box.radius + len(pairs) * spread)
    if solved is None:
        raise Unproved("O6: the split of the pairs has a singular system (fewer independent pairs than free directions)")
    enclosed = {block: Interval(low=phi, high=phi) for block, phi in fixed.items()}
    enclosed.update(zip(chosen, solved, strict=True))
    if any(not 0 < value.low <= value.high < 1 for value in enclosed.values()):
        raise Unproved("O6: no split of the pairs with positive amounts was found")
    return SplitOfPairs(
        fixed=tuple(sorted(fixed.items())), solve=tuple(chosen), fractions=tuple(sorted(enclosed.items()))
    )


def split_amounts(kkt: Kkt, box: Box, split: SplitOfPairs) -> dict[int, tuple[Interval, Interval]]:
    """Return for every block the amounts of its neuron and of its partner (0 for an unpaired block)."""
    fractions = dict(split.fractions)
    result = {}
    for block in range(len(kkt.bases)):
        total = Interval.around(box.midpoint[kkt.amount(block)], box.radius)
        part = fractions.get(block, Interval(low=Fraction(0), high=Fraction(0)))
        rest = Interval(low=1 - part.high, high=1 - part.low)
        result[block] = (total * rest, total * part)
    return result


def _coordinates(kkt: Kkt, block: int) -> Matrix:
    """Return the matrix E with ``X B = X L E`` for a paired block."""
    columns = [kkt.design[position] for position in kkt.free]
    table = tuple(tuple(column[i] for column in columns) for i in range(kkt.program.data.n))
    images = []
    for vector in kkt.bases[block]:
        image = solve(table, [dot(row, vector) for row in kkt.program.data.X])
        if image is None:
            raise Unproved("O6: a pair lies outside the free directions")
        images.append(image)
    return tuple(tuple(image[j] for image in images) for j in range(len(columns)))


def _column(kkt: Kkt, coordinates: Matrix, block: int, point: Vector) -> Vector:
    """Return ``-s E omega``: what one unit of the pair's fraction adds to c."""
    omega = [point[position] for position in kkt.omega(block)]
    return tuple(-kkt.structure.blocks[block].sign * dot(line, omega) for line in coordinates)


def _propose_split(
    pairs: list[int], middle: dict[int, Vector], target: list[Fraction]
) -> tuple[dict[int, Fraction], list[int]]:
    """Propose fractions far from 0 and 1 (linear program in floats) and the blocks that shall solve the system."""
    table = np.array([[float(entry) for entry in middle[block]] for block in pairs]).T
    scale = np.maximum(np.abs(table).max(axis=1, initial=0.0), 1e-300)
    right = np.array([float(value) for value in target]) / scale
    table = table / scale[:, None]
    count = len(pairs)
    cost = np.zeros(count + 1)
    cost[-1] = -1.0
    below = np.hstack([-np.eye(count), np.ones((count, 1))])
    above = np.hstack([np.eye(count), np.ones((count, 1))])
    answer = linprog(
        cost,
        A_ub=np.vstack([below, above]),
        b_ub=np.concatenate([np.zeros(count), np.ones(count)]),
        A_eq=np.hstack([table, np.zeros((len(right), 1))]),
        b_eq=right,
        bounds=[(0, 1)] * count + [(None, 0.5)],
        method="highs",
    )
    if answer.x is None or answer.x[-1] <= 0:
        raise Unproved("O6: the pairs cannot be split with positive amounts")
    fractions = {block: Fraction(round(x * 2**20), 2**20) for block, x in zip(pairs, answer.x[:-1], strict=True)}
    order: list[int] = []
    rest = table.copy()
    for _ in range(len(right)):
        sizes = np.linalg.norm(rest, axis=0)
        best = int(np.argmax(sizes))
        if sizes[best] <= 1e-9:
            raise Unproved("O6: fewer independent pairs than free directions")
        order.append(best)
        unit = rest[:, best] / sizes[best]
        rest = rest - np.outer(unit, unit @ rest)
        rest[:, order] = 0
    return fractions, sorted(pairs[index] for index in order)
