"""Points strictly inside of cells: a point of an edge of the cell, moved a little into it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from reluexact.geometry.bits import Bools, Words, pack, unpack
from reluexact.geometry.flats import Integers, integer_arrays, levels, turned
from reluexact.geometry.frame import Frame, frame_of
from reluexact.geometry.hyperplanes import hyperplanes
from reluexact.geometry.signs import cell_signs
from reluexact.numbers.linalg import solve
from reluexact.numbers.types import Vector


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """The lines of an arrangement that are not on its first hyperplane, each by its point on the positive side of that one.

    points: (lines, r).  hyperplanes: (lines, words) those that contain the line.  sides: (lines, words) those with the point on
    their positive side.
    """

    points: Integers
    hyperplanes: Words
    sides: Words


def lines_of(frame: Frame) -> Lines | None:
    """Return the lines, or None when the hyperplanes are independent and nobody needs lines."""
    if frame.independent:
        return None
    normals = integer_arrays(frame.normals)
    *_, level = levels(normals, len(normals) - 1)
    everything = pack(np.ones((1, len(frame.normals)), dtype=np.bool_))
    points = _points(level.coordinates, normals[-1])
    sides = turned(level.ahead, np.zeros(len(points), dtype=np.intp)) & everything & ~level.hyperplanes
    return Lines(points=points, hyperplanes=level.hyperplanes, sides=sides)


def _points(coordinates: Integers, normals: Integers) -> Integers:
    """Return the points whose product with a normal is its determinant with the flat, turned to the first hyperplane's side."""
    width = normals.shape[1]
    signs = np.array([(-1) ** (width - 1 - j) for j in range(width)])
    points: Integers = coordinates[:, ::-1] * signs
    points[points @ normals[0] < 0] *= -1
    return points


def interior(normals: tuple[tuple[int, ...], ...], lines: Lines | None, signs: Bools) -> tuple[Fraction, ...]:
    """Return a point strictly inside the cell with these signs: a point of an edge, moved a little into the cell."""
    if lines is None:
        return _beside(normals, signs)
    if not signs[0]:
        return tuple(-value for value in interior(normals, lines, ~signs))
    wanted = pack(signs[None, :])
    touching = np.flatnonzero((lines.sides == (wanted & ~lines.hyperplanes)).all(axis=1))
    on_line = unpack(lines.hyperplanes[touching], len(normals))
    best = int(on_line.sum(axis=1).argmin())
    edge = tuple(Fraction(int(value)) for value in lines.points[touching[best]])
    meeting = np.flatnonzero(on_line[best])
    if not len(meeting):
        return edge
    move = _beside(tuple(normals[i] for i in meeting), signs[meeting])
    step = Fraction(1)
    for normal, sign, inside in zip(normals, signs.tolist(), on_line[best].tolist(), strict=True):
        change = sum(a * b for a, b in zip(normal, move, strict=True))
        if not inside and change and (change > 0) != sign:
            step = min(step, abs(sum(a * b for a, b in zip(normal, edge, strict=True)) / change) / 2)
    return tuple(a + step * b for a, b in zip(edge, move, strict=True))


def _beside(normals: tuple[tuple[int, ...], ...], signs: Bools) -> Vector:
    """Return a point with these signs for some hyperplanes of an arrangement, all with the same line or point in common."""
    if not normals:
        return ()
    move = solve(normals, cell_signs(signs.tolist()))
    if move is not None:
        return move
    found = hyperplanes(tuple(tuple(Fraction(value) for value in normal) for normal in normals))
    frame = frame_of(found, len(normals[0]))
    return frame.lift(interior(frame.normals, lines_of(frame), signs))
