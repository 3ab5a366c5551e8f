"""The proof that what was planted is the optimum: the planted structure and point, and the trees that are searched for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from reluexact.errors import LimitReached
from reluexact.geometry.column import Face
from reluexact.geometry.signs import signs_of
from reluexact.kinds.optimum.assemble import bits_for, optimum_of
from reluexact.kinds.optimum.claim import Optimum
from reluexact.kinds.optimum.problem_assemble import problem_optimum_of
from reluexact.kinds.optimum.problem_claim import ProblemOptimum
from reluexact.kinds.planted.claim import PlantedNeuron
from reluexact.model.law import BreakLaw, Law, law_at
from reluexact.model.problem import Problem
from reluexact.model.program import Program, program_of
from reluexact.numbers.linalg import dot, independent_rows, primitive, solve
from reluexact.numbers.types import IntVector, Vector
from reluexact.prove.structure import Kkt, Structure, build_kkt
from reluexact.prove.unproved import Unproved
from reluexact.search.problem_proof import prove_problem
from reluexact.search.proof import prove
from reluexact.version import __version__

ZERO = Fraction(0)
DIGITS = 30
NOTES = (("engine", "planted"), ("program", f"reluexact {__version__}"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """An optimal point: theta and fit (n), and one neuron of every pair with the amount of the other (None: not paired)."""

    theta: Vector
    fit: Vector
    neurons: tuple[tuple[PlantedNeuron, Fraction | None], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A neuron, its face, its ray, and the amount of the opposite neuron if they are a pair."""

    face: Face
    ray: IntVector
    neuron: PlantedNeuron
    opposite: Fraction | None

    @property
    def total(self) -> Fraction:
        """Return the amounts of both sides."""
        return self.neuron.amount + (self.opposite or ZERO)


def proved(problem: Problem, point: Solution, limit: int) -> Optimum | ProblemOptimum | None:
    """Return the claim about the optimum of a problem, None where no proof closes from this structure and point."""
    program = program_of(problem)
    blocks = sorted((_block(program, *known) for known in point.neurons), key=lambda block: block.face.order)
    structure = Structure(
        blocks=tuple(block.face for block in blocks),
        paired=tuple(block.opposite is not None for block in blocks),
        spans=tuple((block.ray,) for block in blocks),
        places=() if problem.is_plain else places(problem, point),
    )
    bits = bits_for(problem.data, DIGITS)
    try:
        kkt = _pinned(build_kkt(program, structure), point.theta)
        start = _start(kkt, point, blocks)
        if start is None:
            return None
        if problem.is_plain:
            return optimum_of(prove(kkt, start, bits=bits, limit=limit), digits=DIGITS, produced_by=NOTES)
        proof = prove_problem(kkt, start, bits=bits, limit=limit)
        return problem_optimum_of(problem, proof, digits=DIGITS, produced_by=NOTES)
    except (Unproved, LimitReached):
        return None


def places(problem: Problem, point: Solution) -> tuple[int, ...]:
    """Return where each row lies on its loss: the breakpoint of its fit if theta is strictly inside there, else the piece."""
    found = []
    for function, fit, t in zip(problem.row_losses, point.fit, point.theta, strict=True):
        options = range(2 * len(function.breakpoints) + 1)
        found.append(next(place for place in (*options[1::2], *options[::2]) if _fits(law_at(function, place), fit, t)))
    return tuple(found)


def _fits(law: Law, fit: Fraction, t: Fraction) -> bool:
    if isinstance(law, BreakLaw):
        return fit == law.level and law.low < t < law.high
    within = (law.low is None or law.low <= fit) and (law.high is None or fit <= law.high)
    return within and t == law.base - law.square * fit


def held_rows(problem: Problem, point: Solution) -> tuple[int, ...]:
    """Return the rows whose fit is the same in every optimal network: theta leaves no choice where the loss curves or bends."""
    laws = zip(range(problem.data.n), problem.row_losses, places(problem, point), strict=True)
    found = [(i, law_at(function, place)) for i, function, place in laws]
    return tuple(i for i, law in found if isinstance(law, BreakLaw) or law.square)


def _block(program: Program, neuron: PlantedNeuron, opposite: Fraction | None) -> Block:
    heights = [dot(row, neuron.direction) + neuron.bias for row in program.data.X]
    face = program.read_face(neuron.sign, signs_of(heights))
    return Block(face=face, ray=primitive(neuron.direction), neuron=neuron, opposite=opposite)


def _pinned(kkt: Kkt, theta: Vector) -> Kkt:
    """Return the system with a given theta for the rows at a breakpoint whose fit follows from that of others."""
    rows = [row for row, _ in kkt.affine.levels]
    free = set(independent_rows([tuple(column[row] for column in kkt.design) for row in rows])) if rows else set()
    pins = tuple((row, theta[row]) for place, row in enumerate(rows) if place not in free)
    return build_kkt(kkt.program, replace(kkt.structure, pins=pins)) if pins else kkt


def _start(kkt: Kkt, point: Solution, blocks: Sequence[Block]) -> Vector | None:
    """Return the unknowns of the system at the point."""
    start: list[Fraction] = []
    for block in blocks:
        at = next(j for j, entry in enumerate(block.ray) if entry)
        start.append(block.total * block.neuron.direction[at] / block.ray[at])
    start += [block.total for block in blocks]
    known = [sum(a * b for a, b in zip(start, row, strict=False)) for row in zip(*kkt.design, strict=True)]
    rest = [f - (k if kkt.design else ZERO) for f, k in zip(point.fit, known or point.fit, strict=True)]
    columns = [kkt.design[position] for position in (*kkt.free, *kkt.linear)]
    gram = [[dot(left, right) for right in columns] for left in columns]
    more = solve(gram, [dot(column, rest) for column in columns]) if columns else ()
    if more is None:
        return None
    pinned = {row for row, _ in kkt.structure.pins}
    return (*start, *more, *(point.theta[row] for row, _ in kkt.affine.levels if row not in pinned))
