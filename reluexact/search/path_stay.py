"""How far the structure of a proved optimum stays as the penalty or a target changes: inner intervals, proved by segments.

On a segment the optimum has one structure at every point; segments of equal structure that follow one another cover an interval.
Steps grow while they are proved and shrink where they fail, so the ends lie short of where the structure changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from reluexact.budget import check
from reluexact.errors import LimitReached
from reluexact.evidence.path import PathBlock, Segment
from reluexact.model.dataset import Dataset
from reluexact.numbers.linalg import dot, inverse, matmul, solve
from reluexact.numbers.types import Bounds, IntVector, Vector
from reluexact.prove.certified import CertifiedPoint
from reluexact.prove.linearized import Linearized
from reluexact.prove.o6_pairs import spans_free_directions
from reluexact.prove.unproved import Unproved
from reluexact.search.path_segment import SegmentStructure, prove_segment

STEPS = 32
"""Segments that are tried on each side."""

PATIENCE = 3
"""Steps of one length, after one that failed, before they grow again."""

CLOSE = Fraction(1, 50)
"""A side ends when its steps are shorter than this part of it."""

LIMIT = 20_000
DOUBLING = 40
"""Powers of 2 that a target may grow by."""

HALF = Fraction(1, 2)


@dataclass(frozen=True)
class Path:
    """A line from the point: the penalty changes (rows empty), or the targets of rows with these factors."""

    point: CertifiedPoint
    structure: SegmentStructure
    start: Vector
    rows: tuple[tuple[int, Fraction], ...]

    @property
    def here(self) -> Fraction:
        """Return where the line begins: the penalty, or the target of the row."""
        program = self.point.kkt.program
        return program.data.y[self.rows[0][0]] / self.rows[0][1] if self.rows else program.penalty

    def segment(self, low: Fraction, high: Fraction, start: Sequence[Fraction]) -> Segment:
        """Prove the structure between two places; raises Unproved."""
        data, penalty = self.point.kkt.program.data, self.point.kkt.program.penalty
        if not self.rows:
            return prove_segment(data, self.structure, low, high, start=start, limit=LIMIT)
        targets, drift = list(data.y), [Fraction(0)] * data.n
        for row, factor in self.rows:
            targets[row], drift[row] = factor * (low + high) / 2, factor * (high - low) / 2
        moved = Dataset(data.X, targets)
        return prove_segment(moved, self.structure, penalty, penalty, start=start, drift=tuple(drift), limit=LIMIT)


def stays(point: CertifiedPoint, rows: tuple[tuple[int, Fraction], ...] = (), steps: int = STEPS) -> Bounds:
    """Return an interval round the penalty, or the target of rows (with factors), on which the optimum has one structure, proved.

    Both ends are the place itself where no segment is proved.
    """
    if not spans_free_directions(point.kkt, point.box, point.split):  # no segment holds pairs that a coincidence divides
        here = Path(point, SegmentStructure(blocks=(), lineality=()), (), rows).here
        return here, here
    line = Path(point, *_proposed(Linearized(point)), rows)
    return _side(line, -1, steps), _side(line, 1, steps)


def _side(line: Path, side: int, steps: int) -> Fraction:
    """Return how far segments reach on one side."""
    here = reached = line.here
    start: Vector = line.start
    scale = max(abs(here), Fraction(1))
    step, streak = abs(here) / 4 or Fraction(1, 4), PATIENCE
    for _ in range(steps):
        check()
        if step < CLOSE * abs(reached - here) or step * (1 << 30) < scale or abs(reached) > scale * (1 << DOUBLING):
            break
        goal = reached + side * step
        if not line.rows and goal <= 0:
            step = reached / 2
            continue
        try:
            segment = line.segment(min(reached, goal), max(reached, goal), start)
        except (Unproved, LimitReached):
            step /= 4 if reached == here else 2
            streak = 0 if reached != here else streak
            continue
        reached, start, streak = goal, _end(segment, side), streak + 1
        step *= 2 if streak > PATIENCE else 1
    return reached


def _end(segment: Segment, side: int) -> Vector:
    """Return the unknowns at the end of a segment."""
    powers = [side**k for k in range(len(segment.coefficients))]
    return tuple(dot(powers, column) for column in zip(*segment.coefficients, strict=True))


def _proposed(system: Linearized) -> tuple[SegmentStructure, Vector]:
    """Return the structure of a point, in terms of segments, and its unknowns."""
    kkt, penalty = system.point.kkt, system.point.kkt.program.penalty
    shares = {block: (share.low + share.high) / 2 for block, share in system.point.split.fractions}
    hanging = _independent(system, shares)
    blocks, nus, betas = [], [], []
    for k, (face, paired) in enumerate(zip(kkt.structure.blocks, kkt.structure.paired, strict=True)):
        block = system.blocks[k]
        direction = [entry.middle for entry in block.direction]
        basis = _oriented(block.basis[: block.seen], direction)
        made = PathBlock(sign=face.sign, gate=face.gate, basis=basis, paired=paired)
        if paired and k in hanging:
            made = replace(made, slack=Fraction(1), hang=hanging.index(k))
        elif paired:
            made = replace(made, share=shares[k].limit_denominator(64))
        blocks.append(made)
        nus += _coordinates(basis, [penalty * entry for entry in direction])
        betas.append(block.amount.middle / penalty)
    slacks = [shares[k] * betas[k] for k in hanging]
    return SegmentStructure(blocks=tuple(blocks), lineality=system.lineality), (*nus, *betas, *slacks)


def _independent(system: Linearized, shares: dict[int, Fraction]) -> list[int]:
    """Return as many pairs as there are free directions, whose neurons are independent there; those near the middle first."""
    chosen: list[int] = []
    for k in sorted(shares, key=lambda k: (abs(shares[k] - HALF), k)):
        rows = [[entry.middle for entry in system.blocks[j].direction] for j in (*chosen, k)]
        if len(chosen) < len(system.lineality) and _spread(rows):
            chosen.append(k)
    return sorted(chosen)


def _spread(rows: list[list[Fraction]]) -> bool:
    """Say whether directions are well apart, for a proposal."""
    short = [[entry.limit_denominator(1 << 20) for entry in row] for row in rows]
    gram = [[dot(a, b) for b in short] for a in short]
    return solve(gram, [Fraction(1)] * len(gram)) is not None


def _oriented(basis: tuple[IntVector, ...], direction: Sequence[Fraction]) -> tuple[IntVector, ...]:
    if len(basis) == 1 and dot(basis[0], direction) < 0:
        return (tuple(-entry for entry in basis[0]),)
    return basis


def _coordinates(basis: tuple[IntVector, ...], vector: Sequence[Fraction]) -> list[Fraction]:
    onto = matmul(inverse([[dot(a, b) for b in basis] for a in basis]), basis)
    return [dot(row, vector) for row in onto]
