"""Convex functions of one number that are piecewise linear-quadratic, exactly: values, slopes, conjugates.

Such a function is given by a closed interval (its domain; outside it is +infinity), breakpoints inside, and on each piece three
rational coefficients. Its conjugate ``s -> max_t s t - f(t)`` is of the same kind, and the conjugate of that is the function
itself (Rockafellar 1970, Convex Analysis, section 12; Rockafellar & Wets 1998, Variational Analysis, theorem 11.14).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

from reluexact.numbers.types import Vector

Piece = tuple[Fraction, Fraction, Fraction]
"""Coefficients (q, l, c) of ``q t^2 + l t + c``."""

Ends = tuple[Fraction | None, Fraction | None]
"""A closed interval; None for an end that is infinite."""

ZERO = Fraction(0)


class Conjugate(Protocol):
    """A convex function of one number, as weak duality needs it: its domain, and its values, rounded up where not rational."""

    @property
    def low(self) -> Fraction | None:
        """Return the lower end of the domain, None for -infinity."""

    @property
    def high(self) -> Fraction | None:
        """Return the upper end of the domain, None for infinity."""

    def value(self, point: Fraction) -> Fraction | None:
        """Return the value at a point, None for +infinity."""


@dataclass(frozen=True, slots=True)
class Convex:
    """A convex function on ``[low, high]`` (None: infinite), with one piece between neighbouring breakpoints.

    Nothing is checked here; :class:`reluexact.model.losses.PiecewiseQuadratic` checks what a caller gives. Neighbouring pieces
    differ, so that equal functions are equal objects.

    >>> one = Fraction(1)
    >>> hinge = Convex(None, None, (one,), ((ZERO, -one, one), (ZERO, ZERO, ZERO)))
    >>> hinge.value(Fraction(-2)), hinge.slopes(one)
    (Fraction(3, 1), (Fraction(-1, 1), Fraction(0, 1)))
    >>> hinge.conjugate()       # s on [-1, 0]
    Convex(low=Fraction(-1, 1), high=Fraction(0, 1), breakpoints=(), pieces=((Fraction(0, 1), Fraction(1, 1), Fraction(0, 1)),))
    >>> hinge.conjugate().conjugate() == hinge
    True
    """

    low: Fraction | None
    high: Fraction | None
    breakpoints: Vector
    pieces: tuple[Piece, ...]

    def contains(self, point: Fraction) -> bool:
        """Say whether the function is finite at a point."""
        return (self.low is None or self.low <= point) and (self.high is None or point <= self.high)

    def value(self, point: Fraction) -> Fraction | None:
        """Return the value at a point, None for +infinity."""
        if not self.contains(point):
            return None
        return evaluate(self.pieces[bisect_left(self.breakpoints, point)], point)

    def slopes(self, point: Fraction) -> Ends:
        """Return the subdifferential at a point of the domain: all slopes from the left one to the right one."""
        left = None if point == self.low else slope(self.pieces[bisect_left(self.breakpoints, point)], point)
        right = None if point == self.high else slope(self.pieces[bisect_right(self.breakpoints, point)], point)
        return left, right

    def conjugate(self) -> Convex:
        """Return the conjugate: its slopes are the points, and its points the slopes, of this function."""
        low, high = self._steepest()
        breakpoints: list[Fraction] = []
        pieces: list[Piece] = []
        for start, end, piece in self._steps():
            if pieces and start is not None:
                breakpoints.append(start)
            pieces.append(piece)
            if end is None:
                break
        if not pieces:  # one point only: the function is linear
            only = self.pieces[0]
            return Convex(low, high, (), ((ZERO, ZERO, -only[2]),))
        return merged(low, high, breakpoints, pieces)

    def composed(self, weight: Fraction, factor: Fraction, shift: Fraction) -> Convex:
        """Return ``f -> weight * function(factor f + shift)``, weight > 0 and factor not 0, defined everywhere.

        >>> square = Convex(None, None, (), ((Fraction(1, 2), ZERO, ZERO),))
        >>> square.composed(Fraction(2), Fraction(-1), Fraction(3)).pieces
        ((Fraction(1, 1), Fraction(-6, 1), Fraction(9, 1)),)
        """
        breakpoints = [(point - shift) / factor for point in self.breakpoints]
        pieces = [
            (
                weight * q * factor * factor,
                weight * (2 * q * factor * shift + k * factor),
                weight * evaluate((q, k, c), shift),
            )
            for q, k, c in self.pieces
        ]
        if factor < 0:
            breakpoints.reverse()
            pieces.reverse()
        return Convex(None, None, tuple(breakpoints), tuple(pieces))

    def _steepest(self) -> Ends:
        """Return the interval of all slopes."""
        first, last = self.pieces[0], self.pieces[-1]
        low = first[1] if self.low is None and not first[0] else None
        high = last[1] if self.high is None and not last[0] else None
        return low, high

    def _steps(self) -> list[tuple[Fraction | None, Fraction | None, Piece]]:
        """Return the pieces of the conjugate: each (first slope, last slope, coefficients), None for an infinite slope."""
        ends = [self.low, *self.breakpoints, self.high]
        steps: list[tuple[Fraction | None, Fraction | None, Piece]] = []
        for place, end in enumerate(ends):
            if end is not None:  # at a breakpoint or an end of the domain: s t - f(t) for all slopes there
                left, right = self.slopes(end)
                point = self.value(end)
                if (left is None or right is None or left < right) and point is not None:
                    steps.append((left, right, (ZERO, end, -point)))
            if place < len(self.pieces) and self.pieces[place][0]:
                q, k, c = self.pieces[place]
                start, stop = end, ends[place + 1]
                first = None if start is None else slope((q, k, c), start)
                final = None if stop is None else slope((q, k, c), stop)
                steps.append((first, final, (1 / (4 * q), -k / (2 * q), k * k / (4 * q) - c)))
            if self.low == self.high and self.low is not None:
                break
        return steps


def evaluate(piece: Piece, point: Fraction) -> Fraction:
    """Return the value of a piece at a point."""
    q, k, c = piece
    return (q * point + k) * point + c


def slope(piece: Piece, point: Fraction) -> Fraction:
    """Return the slope of a piece at a point."""
    return 2 * piece[0] * point + piece[1]


def merged(low: Fraction | None, high: Fraction | None, breakpoints: list[Fraction], pieces: list[Piece]) -> Convex:
    """Return the function without breakpoints between equal pieces."""
    kept = [place for place in range(len(breakpoints)) if pieces[place] != pieces[place + 1]]
    return Convex(low, high, tuple(breakpoints[k] for k in kept), (pieces[0], *(pieces[k + 1] for k in kept)))
