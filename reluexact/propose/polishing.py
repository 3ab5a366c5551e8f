"""A finer dual point for the absolute loss with no error left: the linear program of all directions that were ever nearly tight.

An interior point of the cone program is good to about 1e-6 here, since every row lies at the breakpoint of its loss. With the
directions fixed the dual is linear: maximise y.theta subject to ``theta.f <= 1`` for their features f. A vertex of that is as
good as floats are; pricing adds the directions that it violates, and so on.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction

import numpy as np

from reluexact.budget import check
from reluexact.geometry.column import Column
from reluexact.propose.engines import engine
from reluexact.propose.engines.program import LinearAnswer, LinearProgram
from reluexact.propose.training import Block, Prepared, TrainingCandidate
from reluexact.propose.types import Floats

ROUNDS, _MOST = 60, 2_000
NEAR, ACCURATE, _USED, _CORRECTIONS = 1e-2, 1e-11, 1e-9, 2
_FINE = 1e-9


@dataclass(slots=True)
class Directions:
    """Directions that were nearly tight: their blocks, and the features with the norm 1 (rows scaled to length 1)."""

    prepared: Prepared
    lengths: Floats
    known: set[tuple[int, Column, tuple[float, ...]]] = field(default_factory=set)
    blocks: list[Block] = field(default_factory=list)
    vectors: list[Floats] = field(default_factory=list)
    rows: list[Floats] = field(default_factory=list)

    @classmethod
    def of(cls, prepared: Prepared) -> Directions:
        """Return none yet."""
        rows = [[float(entry) for entry in row] for row in prepared.problem.data.X]
        return cls(prepared, np.linalg.norm(np.array(rows), axis=1))

    def bounds(self) -> list[tuple[float, float]]:
        """Return what the row weights allow theta to be, times the lengths of the rows."""
        weights = self.prepared.problem.weights or (Fraction(1),) * len(self.lengths)
        ends = [float(weight) * length for weight, length in zip(weights, self.lengths.tolist(), strict=True)]
        return [(-end, end) for end in ends]

    def add(self, theta: Floats, near: float) -> float:
        """Add those within ``near`` of the penalty; return how much a direction exceeds it, relatively."""
        limit = float(self.prepared.problem.penalty)
        found = self.prepared.violated(theta, limit * (1.0 - near), _MOST)
        for place, priced in found:
            key = (place, priced.column, priced.direction)
            direction = np.array(priced.direction)
            feature = self.prepared.feature((place, priced.column), direction)
            height = float(feature @ theta)
            if key not in self.known and height > 0.0:
                scale = priced.value / height
                self.known.add(key)
                self.blocks.append((place, priced.column))
                self.vectors.append(direction * scale)
                self.rows.append(feature * scale / self.lengths)
        return found[0][1].value / limit - 1.0 if found else 0.0


def is_fine(candidate: TrainingCandidate) -> bool:
    """Say whether a candidate is as accurate as cone programs can be."""
    return candidate.excess < 1.0 + _FINE


def polished(prepared: Prepared, candidate: TrainingCandidate) -> TrainingCandidate | None:
    """Return a candidate with a finer dual point, and the weights that belong to it; None where floats find none.

    >>> from reluexact.model.dataset import Dataset
    >>> from reluexact.model.problem import Problem
    >>> from reluexact.propose.training import propose_training
    >>> prepared = Prepared(Problem(Dataset([[1], [2]], [1, 2]), 1, "absolute", weights=[4, 4]))
    >>> found = polished(prepared, propose_training(prepared))
    >>> found.excess - 1 < 1e-12, round(sum(t * y for t, y in zip(found.theta, (1, 2))), 12)
    (True, 1.0)
    """
    problem = prepared.problem
    directions = Directions.of(prepared)
    targets = np.array([float(target) for target in problem.data.y]) / directions.lengths
    best, excess = None, directions.add(np.array(candidate.theta), NEAR)
    for turn in range(ROUNDS):
        check()
        rows = np.array(directions.rows).reshape(-1, problem.data.n)
        size = len(rows)
        limits = np.full(size, float(problem.penalty))
        program = LinearProgram(cost=-targets, rows=rows, limits=limits, bounds=directions.bounds())
        answer = engine("linear", "highs-fine").solve(program)
        if answer is None:
            return best
        theta = _on_active(answer, rows, limits) / directions.lengths
        excess = directions.add(theta, ACCURATE)
        if best is None or excess < best.excess - 1.0:
            best = _candidate(directions, candidate, theta, excess, -answer.marginals, turn)
        if excess < ACCURATE or len(directions.rows) == size:
            break
    return best


def _on_active(answer: LinearAnswer, rows: Floats, limits: Floats) -> Floats:
    """Return the point of a linear program moved onto the limits that have a multiplier; the solver strays a little."""
    shares = -answer.marginals
    active = rows[shares > _USED * shares.max(initial=0.0)]
    point = answer.point
    for _ in range(_CORRECTIONS if len(active) else 0):
        point = point + np.linalg.lstsq(active, limits[: len(active)] - active @ point, rcond=None)[0]
    return np.asarray(point)


def _candidate(
    directions: Directions, candidate: TrainingCandidate, theta: Floats, excess: float, shares: Floats, turn: int
) -> TrainingCandidate:
    prepared = directions.prepared
    total: dict[Block, Floats] = {}
    for block, vector, share in zip(directions.blocks, directions.vectors, shares.tolist(), strict=False):
        if share > 0.0:
            total[block] = total.get(block, 0.0) + np.ldexp(share * vector, -prepared.height)
    weights = prepared.to_weights(tuple(total), np.array(list(total.values()))) if total else np.zeros((0, 0))
    return replace(
        candidate,
        theta=tuple(theta.tolist()),
        blocks=tuple(total),
        weights=tuple(map(tuple, weights.tolist())),
        excess=max(1.0, 1.0 + excess),
        rounds=candidate.rounds + turn + 1,
    )
