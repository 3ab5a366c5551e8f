"""Directional (B-) stationarity, exactly: is the pull on a neuron at most 0 in every direction?

Hyperplanes with a negative kink make the pull concave, so they need no case distinction; the others are split into their cells.
On
such a piece the greatest pull over unit directions is the length of a shortest vector, and that vector is the direction: it is
0, and the coefficients show that the pull is at most 0 on the whole piece, or it is the steepest way down.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from reluexact.geometry.shortest import Range, shortest
from reluexact.geometry.signs import Cell, side_sign
from reluexact.kinds.classification.cells import cells
from reluexact.kinds.classification.claim import Piece
from reluexact.kinds.classification.neuron import Surroundings
from reluexact.numbers.types import Vector

ZERO = Fraction(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Steepest:
    """The unit direction with the greatest pull, times that pull (0: none is positive); the pieces that show it when 0."""

    direction: Vector
    square: Fraction
    pieces: tuple[Piece, ...]


def steepest(near: Surroundings, limit: int) -> Steepest:
    """Return the direction in which a neuron is pulled most; raises LimitReached.

    >>> from reluexact.kinds.classification.neuron import surroundings
    >>> from reluexact.model.dataset import Dataset
    >>> from reluexact.model.network import Network
    >>> data = Dataset([[0, 1], [1, -1]], [2, 2])
    >>> answer = steepest(surroundings(Network([[1, 0]], [1]), data, Fraction(1), (Fraction(2), Fraction(1)))[0], 10)
    >>> [int(entry) for entry in answer.direction], answer.square
    ([0, -1], Fraction(1, 1))
    """
    upwards = [hyperplane for hyperplane, kink in enumerate(near.pull.kinks) if kink > 0]
    best, square, pieces = (ZERO,) * len(near.weights), ZERO, []
    for sides in cells(near, upwards, limit):
        found = _piece(near, dict(zip(upwards, sides, strict=True)))
        pieces.append(found.pieces[0])
        if found.square > square:
            best, square = found.direction, found.square
    return Steepest(direction=best, square=square, pieces=() if square else tuple(pieces))


def _piece(near: Surroundings, sides: dict[int, bool]) -> Steepest:
    """Maximise the pull over the unit directions on the named sides; the other hyperplanes are concave or flat."""
    bounds: list[Range] = [_interval(kink, sides.get(hyperplane)) for hyperplane, kink in enumerate(near.pull.kinks)]
    found = shortest(near.pull.normals, near.pull.linear, bounds)
    named = sorted((near.hyperplane_row(hyperplane), side_sign(on)) for hyperplane, on in sides.items())
    numbers = sorted((near.hyperplane_row(hyperplane), value) for hyperplane, value in enumerate(found.coefficients) if value)
    piece = Piece(neuron=near.index, sides=tuple(named), coefficients=tuple(numbers))
    return Steepest(direction=found.vector, square=found.square, pieces=(piece,))


def _interval(kink: Fraction, side: bool | None) -> Range:
    if side is None:
        return kink, ZERO
    return (kink, None) if side else (None, ZERO)


def piece_value(near: Surroundings, sides: Cell) -> Steepest:
    """Maximise the pull over the unit directions of one closed cell of all hyperplanes round the neuron."""
    return _piece(near, dict(enumerate(sides)))
