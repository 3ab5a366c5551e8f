"""The relaxation of a node of the search tree for the fewest neurons: shares of the variables, and multipliers against them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from reluexact.propose.engines import engine
from reluexact.propose.engines.program import Bound, LinearProgram
from reluexact.propose.types import Floats

FREE, ZERO, ONE, COUNTED = "free", "zero", "one", "counted"
"""What a node says of a variable: nothing, that it is 0, at its upper bound, or between and counted."""

NEAR = 1e-7
"""Floats closer than this to a bound propose that the variable is at it; the proposal is then checked exactly."""
ROUNDINGS = (20, 40, 52)


@dataclass(frozen=True, slots=True, kw_only=True)
class Relaxed:
    """Multipliers of the equations and of the budget, and a share for every variable."""

    multipliers: Floats
    count: float
    shares: Floats

    def roundings(self) -> Iterator[tuple[list[int], int, int]]:
        """Yield the multipliers and that of the budget as integers in units of ``2^-bits``, with the bits."""
        for bits in ROUNDINGS:
            yield [round(float(entry) * 2**bits) for entry in self.multipliers], max(0, round(self.count * 2**bits)), bits

    def most_fractional(self, places: Sequence[int]) -> int:
        """Return the variable whose share is farthest from 0 and 1."""
        shares = self.shares
        return max(places, key=lambda k: (round(float(min(shares[k], 1 - shares[k])), 6), round(float(shares[k]), 6), -k))

    def places(self, bounded: Sequence[bool]) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Return which variables seem to be between their bounds, and which at the upper one."""
        between = tuple(j for j, t in enumerate(self.shares) if t > NEAR and (t < 1 - NEAR or not bounded[j]))
        return between, tuple(j for j, t in enumerate(self.shares) if t >= 1 - NEAR and bounded[j])


def relax(steps: Floats, bounded: Sequence[bool], states: Sequence[str], budget: int) -> Relaxed | None:
    """Solve the relaxation of a node; None when the engine finds nothing.

    steps: one row per variable, the right-hand side last. budget: at most so many variables are between their bounds.
    """
    width = steps.shape[1]
    active = [j for j, state in enumerate(states) if state in (FREE, COUNTED)]
    target = steps[-1] - steps[[j for j, state in enumerate(states) if state == ONE]].sum(axis=0)
    cost = np.concatenate([-target, [budget - states.count(COUNTED)], np.ones(len(active))])
    price = [-1.0 if states[j] == FREE and not bounded[j] else 0.0 for j in active]
    rows = np.hstack([steps[active], np.array(price).reshape(-1, 1), -np.eye(len(active))])
    box: list[Bound] = [*[(-1.0, 1.0)] * width, (0.0, 1.0), *[(0.0, None)] * len(active)]
    shares = np.array([1.0 if state == ONE else 0.0 for state in states])
    if not active:
        gap = np.abs(target).max(initial=0.0)
        return Relaxed(multipliers=np.sign(target) if gap else target, count=0.0, shares=shares)
    answer = engine("linear").solve(LinearProgram(cost=cost, rows=rows, limits=np.zeros(len(active)), bounds=box))
    if answer is None:
        return None
    shares[active] = -answer.marginals
    return Relaxed(multipliers=answer.point[:width], count=float(answer.point[width]), shares=shares)
