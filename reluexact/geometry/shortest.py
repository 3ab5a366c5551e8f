"""Least squares with bounds in rational numbers: the shortest vector ``offset + sum_j c_j rows[j]``, c_j in its interval.

The active-set method of Lawson and Hanson (Solving Least Squares Problems, 1974, chapter 23) with bounds on both sides. The
length falls strictly from one active set to the next, so it ends with the exact answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from reluexact.numbers.linalg import dot, solve
from reluexact.numbers.types import Vector

Range = tuple[Fraction | None, Fraction | None]
"""The least and the greatest value, None where there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortest:
    """The shortest vector and the coefficients that give it."""

    coefficients: Vector
    vector: Vector

    @property
    def square(self) -> Fraction:
        """Return the squared length."""
        return dot(self.vector, self.vector)


def shortest(rows: Sequence[Vector], offset: Vector, bounds: Sequence[Range]) -> Shortest:
    """Minimise the length; every interval (low, high) has at least one end, None stands for none.

    >>> one, zero = Fraction(1), Fraction(0)
    >>> answer = shortest(((one, zero), (zero, one)), (Fraction(-3), Fraction(-1)), ((zero, Fraction(2)), (zero, None)))
    >>> [int(c) for c in answer.coefficients], [int(v) for v in answer.vector]
    ([2, 1], [-1, 0])
    """
    return _ActiveSet(rows, offset, bounds).run()


class _ActiveSet:
    """The coefficients that are free (strictly inside their intervals), and all coefficients."""

    def __init__(self, rows: Sequence[Vector], offset: Vector, bounds: Sequence[Range]) -> None:
        self.rows, self.bounds = rows, bounds
        self.point = [_start(interval) for interval in bounds]
        self.free: list[int] = []
        self.vector = list(offset)
        for j, value in enumerate(self.point):
            self._add(j, value)

    def run(self) -> Shortest:
        """Let one coefficient after the other leave its bound."""
        while True:
            entering = self._entering()
            if entering is None:
                return Shortest(coefficients=tuple(self.point), vector=tuple(self.vector))
            self.free.append(entering)
            while self.free and not self._step():
                pass

    def _add(self, j: int, change: Fraction) -> None:
        if change:
            self.vector = [a + change * b if b else a for a, b in zip(self.vector, self.rows[j], strict=True)]

    def _entering(self) -> int | None:
        """Return the coefficient at a bound whose change shortens the vector fastest."""
        best, gain = None, Fraction(0)
        for j, (low, high) in enumerate(self.bounds):
            if j in self.free or low == high:
                continue
            slope = dot(self.rows[j], self.vector)
            if (slope < 0 and self.point[j] == low) or (slope > 0 and self.point[j] == high):
                score = slope * slope / dot(self.rows[j], self.rows[j])
                if score > gain:
                    best, gain = j, score
        return best

    def _step(self) -> bool:
        """Move the free coefficients towards their best values, until one meets a bound; say whether they are reached."""
        some = [self.rows[j] for j in self.free]
        step = solve([[dot(a, b) for b in some] for a in some], [-dot(a, self.vector) for a in some])
        if step is None:
            raise ArithmeticError("the normal equations of least squares have no solution")
        share = min((self._room(j, change) for j, change in zip(self.free, step, strict=True)), default=Fraction(1))
        share = min(share, Fraction(1))
        for j, change in zip(self.free, step, strict=True):
            self.point[j] += share * change
            self._add(j, share * change)
        self.free = [j for j in self.free if self.point[j] not in self.bounds[j]]
        return share == 1

    def _room(self, j: int, change: Fraction) -> Fraction:
        """Return the share of a change after which a coefficient meets a bound (more than 1: it does not)."""
        low, high = self.bounds[j]
        end = high if change > 0 else low
        return Fraction(2) if not change or end is None else (end - self.point[j]) / change


def _start(interval: Range) -> Fraction:
    low, high = interval
    end = low if low is not None else high
    if end is None:
        raise ArithmeticError("least squares with bounds needs a bound for every coefficient")
    return end
