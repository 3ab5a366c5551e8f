"""How theta follows from the fit in version 2, where each row lies on a piece of its loss or at a breakpoint: O10."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from ..document import Item
from ..linear import pivots
from ..piecewise import Piecewise
from ..quantities import ZERO, Vector


@dataclass(frozen=True, slots=True)
class Law:
    """A row's loss is ``constant + slope f + curve f^2 / 2`` on a piece; at a breakpoint f = level it is ``constant``.

    low, high: the ends of the piece (None: no end), or of theta at the breakpoint.
    """

    level: Fraction | None
    constant: Fraction
    slope: Fraction
    curve: Fraction
    low: Fraction | None
    high: Fraction | None


@dataclass(frozen=True)
class Extension:
    """What version 2 adds to a network: laws of the rows, the linear part (column, ridge), theta of pinned rows, or its tie."""

    laws: list[Law]
    linear: list[tuple[Vector, Fraction]]
    pins: dict[int, Fraction]
    tied: dict[int, Item]
    free_bias: bool

    @cached_property
    def spanned(self) -> set[int]:
        """Return the positions of the free columns in the linear part that depend on free ones before them."""
        free = [position for position, (_, ridge) in enumerate(self.linear) if not ridge]
        return set(free) - {free[place] for place in pivots(self.linear[position][0] for position in free)}

    @property
    def broken(self) -> list[tuple[int, Fraction]]:
        """Return the rows at a breakpoint whose theta is an unknown, with the fit there."""
        return [(i, law.level) for i, law in enumerate(self.laws) if law.level is not None and i not in self.pins]


def read_law(item: Item, loss: Piecewise, target: Fraction, weight: Fraction) -> Law:
    """O10, one row: place 2k is piece k, place 2k + 1 the breakpoint after it, counted from small fits to great ones."""
    turn, shift = (target, ZERO) if loss.margin else (Fraction(1), -target)
    points = [(t - shift) / turn for t in loss.breakpoints]
    pieces = [
        (weight * q * turn * turn, weight * turn * (2 * q * shift + k), weight * ((q * shift + k) * shift + c))
        for q, k, c in loss.pieces
    ]
    if turn < 0:
        points.reverse()
        pieces.reverse()
    place = item.index(2 * len(points) + 1)
    number = place // 2
    q, k, c = pieces[number]
    if place % 2:
        f, (p, j, _) = points[number], pieces[number + 1]
        return Law(f, (q * f + k) * f + c, ZERO, ZERO, -(2 * p * f + j), -(2 * q * f + k))
    ends = [None, *points, None]
    return Law(None, c, k, 2 * q, ends[number], ends[number + 1])
