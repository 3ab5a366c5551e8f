"""Draws that depend on nothing but their key: integers and rational unit vectors, the same on every machine."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256

from reluexact.numbers.types import Vector

ONE = Fraction(1)


@dataclass(slots=True)
class Draws:
    """A sequence of draws; ``key`` names it.

    >>> draws = Draws("example")
    >>> [draws.between(1, 6) for _ in range(8)]
    [3, 1, 4, 6, 2, 5, 5, 3]
    >>> sum(entry**2 for entry in draws.unit(3))
    Fraction(1, 1)
    """

    key: str
    count: int = 0

    def between(self, low: int, high: int) -> int:
        """Return an integer from low to high."""
        self.count += 1
        digest = sha256(f"{self.key}/{self.count}".encode()).digest()
        return low + int.from_bytes(digest, "big") % (high - low + 1)

    def sign(self) -> int:
        """Return 1 or -1."""
        return 2 * self.between(0, 1) - 1

    def square(self) -> Fraction:
        """Return the square of a short rational number."""
        return Fraction(self.between(1, 6), self.between(1, 3)) ** 2

    def unit(self, size: int) -> Vector:
        """Return a rational vector of length 1 (stereographic projection of a short one)."""
        steps = self.between(1, 3)
        plane = [Fraction(self.between(-4, 4), steps) for _ in range(size - 1)]
        square = sum((entry**2 for entry in plane), Fraction(0))
        vector = [2 * entry / (1 + square) for entry in plane]
        vector.insert(self.between(0, size - 1), (1 - square) / (1 + square))
        sign = self.sign()
        return tuple(sign * entry for entry in vector)

    def turned(self, unit: Vector) -> Vector:
        """Return a unit vector near another one: turned in one coordinate plane by a rational angle of up to 60 degrees."""
        if len(unit) == 1:
            return unit
        i = self.between(0, len(unit) - 1)
        j = (i + self.between(1, len(unit) - 1)) % len(unit)
        tangent = Fraction(1, self.between(2, 5))
        cosine, sine = (1 - tangent**2) / (1 + tangent**2), 2 * tangent / (1 + tangent**2)
        result = list(unit)
        result[i], result[j] = cosine * unit[i] - sine * unit[j], sine * unit[i] + cosine * unit[j]
        return tuple(result)
