"""Guesses, from floats, where every row lies on its loss: on a piece, or at a breakpoint (see :mod:`reluexact.model.law`)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from reluexact.model.convex import Convex, slope
from reluexact.model.law import PieceLaw
from reluexact.model.program import Program
from reluexact.propose.types import Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class RowGuess:
    """The places of the rows, and the fit and the dual point (n) that they were read from."""

    places: tuple[int, ...]
    fit: Floats
    theta: Floats

    def squares(self, program: Program) -> Floats:
        """Return the second derivative of every row's loss at its place; at a breakpoint, where the fit is fixed, 1."""
        laws = program.laws(self.places)
        return np.array([float(law.square) if isinstance(law, PieceLaw) else 1.0 for law in laws])


def guess_places(losses: Sequence[Convex], fit: Floats, theta: Floats, tolerance: float) -> RowGuess:
    """Return the guess: a fit within the tolerance of a breakpoint is there, if theta is inside of the slopes it jumps over.

    The tolerance is relative to the greatest fit or breakpoint, and to the greatest slope.

    >>> from fractions import Fraction
    >>> hinge = Convex(None, None, (Fraction(1),), ((Fraction(0), Fraction(-1), Fraction(1)), (Fraction(0),) * 3))
    >>> guess_places([hinge] * 3, np.array([0.5, 1.0, 2.0]), np.array([1.0, 0.25, 0.0]), 1e-6).places
    (0, 1, 2)
    """
    points = [abs(float(point)) for function in losses for point in function.breakpoints]
    size = max([float(np.abs(fit).max(initial=0.0)), *points]) if any(points) else 1.0  # the unit of the floats
    steep = max(1e-300, float(np.abs(theta).max(initial=0.0)))
    rows = zip(losses, fit.tolist(), theta.tolist(), strict=True)
    places = [_place(function, f, t, tolerance * size, tolerance * steep) for function, f, t in rows]
    return _at_breakpoints(losses, RowGuess(places=tuple(places), fit=fit, theta=theta))


def with_corners(losses: Sequence[Convex], guess: RowGuess, tolerance: float) -> RowGuess:
    """Return the guess with every row at a breakpoint that its fit is near, also where theta is the slope of a piece."""
    size = max(1e-300, float(np.abs(guess.fit).max(initial=0.0)))
    rows = zip(losses, guess.fit.tolist(), guess.places, strict=True)
    places = tuple(_corner(function, f, place, tolerance * size) for function, f, place in rows)
    return _at_breakpoints(losses, replace(guess, places=places))


def _at_breakpoints(losses: Sequence[Convex], guess: RowGuess) -> RowGuess:
    """Return the guess with the breakpoints themselves as fits of the rows there."""
    rows = zip(losses, guess.fit.tolist(), guess.places, strict=True)
    fit = [float(function.breakpoints[place // 2]) if place % 2 else f for function, f, place in rows]
    return replace(guess, fit=np.array(fit))


def _corner(function: Convex, fit: float, place: int, near: float) -> int:
    points = [float(point) for point in function.breakpoints]
    for number, point in enumerate(points):
        if place in (2 * number, 2 * number + 2) and abs(fit - point) <= near:
            return 2 * number + 1
    return place


def _place(function: Convex, fit: float, theta: float, near: float, inside: float) -> int:
    points = [float(point) for point in function.breakpoints]
    for number, point in enumerate(points):
        left, right = (float(slope(piece, function.breakpoints[number])) for piece in function.pieces[number : number + 2])
        if abs(fit - point) <= near and left + inside < -theta < right - inside:
            return 2 * number + 1
    number = bisect_left(points, fit)
    for other in (number - 1, number + 1):  # a fit beside a breakpoint belongs to the piece whose slope it has
        if 0 <= other <= len(points) and abs(fit - points[min(number, other)]) <= near:
            here, there = (abs(_slope(function, piece, fit) + theta) for piece in (number, other))
            number = other if there < here else number
    return 2 * number


def _slope(function: Convex, piece: int, fit: float) -> float:
    q, k, _ = function.pieces[piece]
    return 2 * float(q) * fit + float(k)
