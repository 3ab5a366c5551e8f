"""The penalty from which on no neuron pays, for the logistic loss: M(theta) of the one dual point theta without neurons.

Where a skip connection is free that point is known but for an error (:mod:`reluexact.search.logistic_optimum`), and so is M.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from reluexact.numbers.linalg import dot
from reluexact.numbers.real import Real
from reluexact.numbers.roots import root_below
from reluexact.numbers.types import Matrix, Vector
from reluexact.propose.leaders import directions
from reluexact.propose.training import Prepared
from reluexact.search.logistic_optimum import logistic_optimum

_BITS = 120


def logistic_max_penalty(
    prepared: Prepared, greatest: Callable[[Vector], Real], proved_above: Callable[[Vector], Fraction]
) -> Real:
    """Return the least penalty; ``greatest``: M of a rational point, ``proved_above``: a number that M is shown not to exceed."""
    best = logistic_optimum(prepared)
    if not best.error:
        return greatest(best.theta)
    upper = proved_above(best.theta)
    if not upper:
        return Real(low=Fraction(0), high=best.error)
    near = directions(prepared, best.theta, upper)
    low = max((_reached(rows, best.theta, direction) for rows, direction in near), default=Fraction(0))
    return Real(low=max(low - best.error, Fraction(0)), high=upper + best.error)


def _reached(rows: Matrix, theta: Vector, direction: Vector) -> Fraction:
    """Return at most ``|theta.(Xu)+| / |u|``."""
    seen = sum((t * max(dot(row, direction), Fraction(0)) for t, row in zip(theta, rows, strict=True)), Fraction(0))
    return root_below(seen * seen / dot(direction, direction), _BITS)
