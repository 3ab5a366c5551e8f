"""What neurons see: the rows of X, or with a free hidden bias the rows minus one of them, the pivot (version 2)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ..walls import Walls, make_walls


@dataclass(frozen=True, slots=True)
class View:
    """Rows with their walls, and a name: the row of the pivot, -1 for X itself."""

    name: int
    X: tuple[tuple[Fraction, ...], ...]
    walls: Walls

    def holds(self, gate: str) -> bool:
        """Say whether the kink of a neuron with this gate passes through the pivot."""
        return self.name < 0 or gate[self.name] == "0"

    @staticmethod
    def of(X: tuple[tuple[Fraction, ...], ...], pivot: int = -1) -> View:
        """Return the rows minus the pivot; -1: the rows themselves."""
        if pivot >= 0:
            X = tuple(tuple(x - o for x, o in zip(row, X[pivot], strict=True)) for row in X)
        return View(pivot, X, make_walls(X))


def pivots(X: tuple[tuple[Fraction, ...], ...]) -> list[int]:
    """Return for every row the first one that is equal to it."""
    first: dict[tuple[Fraction, ...], int] = {}
    return [first.setdefault(row, i) for i, row in enumerate(X)]
