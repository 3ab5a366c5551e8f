"""Proposes the minimum of a convex quadratic function over a bounded system: which bounds are active, and a point."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from reluexact.geometry.polytope import BoundedSystem
from reluexact.numbers.scalar import Scalar
from reluexact.propose.engines import engine
from reluexact.propose.engines.program import QuadraticProgram, to_floats
from reluexact.propose.types import Floats

NEARNESS = (1e-7, 1e-5, 1e-9, 1e-3, float("inf"))
"""How near to a bound (relative to the largest entry) a float must be to propose that it is active; tried in this order.

The last one proposes the point 0, where all floats are noise.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedMinimum:
    """The point, the multipliers of the equations, and how steeply the Lagrangian rises off each variable's bound."""

    system: BoundedSystem
    point: Floats
    multipliers: Floats
    slopes: Floats

    def bases(self) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
        """Yield each choice once: where every variable is (-1: at 0, 1: at its upper bound, 0: between), and flat ones.

        Off the bound of a flat variable the Lagrangian seems not to rise.
        """
        tried = set()
        for nearness in NEARNESS:
            places = self._places(nearness)
            flat = tuple(j for j, place in enumerate(places) if place and self.slopes[j] <= nearness * self.slopes.max())
            for level in ((), flat):
                if (places, level) not in tried:
                    tried.add((places, level))
                    yield places, level

    def guesses(self, free: Sequence[int]) -> Iterator[Fraction]:
        """Yield values for the free variables, then for the multipliers."""
        for j in free:
            yield Fraction(round(float(self.point[j]) * 2**20), 2**20)
        for value in self.multipliers:
            yield Fraction(float(value))

    def _places(self, nearness: float) -> tuple[int, ...]:
        room, places = nearness * max(1e-300, float(np.abs(self.point).max())), []
        for value, bound in zip(self.point, self.system.upper, strict=True):
            high = bound is not None and value > float(bound.middle) - room
            places.append(-1 if value < room else 1 if high else 0)
        return tuple(places)


def propose_minimum(
    system: BoundedSystem, hessian: Sequence[Sequence[Scalar]], linear: Sequence[Scalar]
) -> ProposedMinimum | None:
    """Minimise ``x.hessian x / 2 - linear.x`` over the system in floats; None when the engine finds nothing."""
    size = len(system.columns)
    rows = [_floats(row, "the criterion") for row in hessian]
    bounds = (np.inf if bound is None else _floats((system.bound(j),), "a bound")[0] for j, bound in enumerate(system.upper))
    program = QuadraticProgram(
        hessian=np.array(rows),
        cost=-np.array(_floats(linear, "the criterion")),
        equations=np.array([_floats(column, "the system") for column in system.columns]).T.reshape(-1, size),
        right=np.array(_floats(system.right, "the system")),
        upper=np.array([*bounds]),
    )
    answer = engine("quadratic").solve(program)
    if answer is None:
        return None
    slopes = np.where(program.upper < np.inf, np.maximum(answer.lower, answer.upper), answer.lower)
    return ProposedMinimum(system=system, point=answer.point, multipliers=answer.multipliers, slopes=slopes)


def _floats(numbers: Sequence[Scalar], where: str) -> list[float]:
    return to_floats((number.middle for number in numbers), where=where)
