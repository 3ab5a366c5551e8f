"""Losses of version 2: a convex function p of ``f - y`` (difference) or ``y f`` (margin), in pieces or logistic.

A row of weight o > 0 has the loss ``L(f) = o p(r f + e)`` with (r, e) = (1, -y) or (y, 0), r is 1 or -1. Its conjugate at -theta,
``max_f (-theta f - L(f))``, is ``o max_t (s t - p(t)) + theta e / r`` at the slope ``s = -theta / (o r)``; it is finite exactly
when s lies between the least and the greatest slope of p.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from .document import Item
from .logistic import Logistic, read_logistic
from .quantities import ZERO, Vector


@dataclass(frozen=True, slots=True)
class Piecewise:
    """p: `pieces` has (q, l, c), that is q t^2 + l t + c, from left to right, between neighbouring breakpoints."""

    margin: bool
    breakpoints: tuple[Fraction, ...]
    pieces: tuple[tuple[Fraction, ...], ...]

    def at(self, t: Fraction) -> Fraction:
        """Return p(t)."""
        place = sum(t > point for point in self.breakpoints)
        q, linear, constant = self.pieces[place]
        return q * t * t + linear * t + constant

    def has_slope(self, s: Fraction) -> bool:
        """Say whether s lies between the least and the greatest slope; a parabola at an end has no such bound there."""
        first, last = self.pieces[0], self.pieces[-1]
        return (first[0] > 0 or s >= first[1]) and (last[0] > 0 or s <= last[1])

    def peak(self, s: Fraction) -> Fraction:
        """Return ``max_t (s t - p(t))`` for a slope s that p has; attained at a breakpoint or where a parabola is that steep."""
        points = list(self.breakpoints) or [ZERO]
        for place, (q, linear, _) in enumerate(self.pieces):
            if q:
                t = (s - linear) / (2 * q)
                left = place == 0 or t >= self.breakpoints[place - 1]
                right = place == len(self.breakpoints) or t <= self.breakpoints[place]
                if left and right:
                    points.append(t)
        return max(s * t - self.at(t) for t in points)

    def described(self) -> str:
        """Say in words what the loss is."""
        points = ", ".join(map(str, self.breakpoints)) or "none"
        pieces = "; ".join(" ".join(map(str, piece)) for piece in self.pieces)
        return f"loss of {'y f' if self.margin else 'f - y'} with breakpoints {points} and pieces {pieces}"


Loss = Piecewise | Logistic


def read_loss(item: Item) -> Loss:
    """E1, the loss: it has the name logistic, or is continuous, its slopes never fall, and it is bounded below."""
    if "function" in item.table():
        return read_logistic(item)
    of, points_item, pieces_item = item.fields("of", "breakpoints", "pieces")
    if of.text() not in ("difference", "margin"):
        raise of.reject('E1: "difference" or "margin" is expected here')
    points = points_item.vector()
    if any(right <= left for left, right in pairwise(points)):
        raise points_item.reject("E1: the breakpoints do not ascend")
    rows = pieces_item.entries(len(points) + 1)
    pieces = [row.vector(3) for row in rows]
    for row, piece in zip(rows, pieces, strict=True):
        if piece[0] < 0:
            raise row.reject("E1: the loss bends down here, it is not convex")
    for place, t in enumerate(points):
        (p, j, a), (q, k, c) = pieces[place], pieces[place + 1]
        if p * t * t + j * t + a != q * t * t + k * t + c:
            raise rows[place + 1].reject("E1: the loss jumps at the start of this piece")
        if 2 * p * t + j > 2 * q * t + k:
            raise rows[place + 1].reject("E1: the slope falls at the start of this piece, the loss is not convex")
    if (not pieces[0][0] and pieces[0][1] > 0) or (not pieces[-1][0] and pieces[-1][1] < 0):
        raise pieces_item.reject("E1: the loss is not bounded below")
    return Piecewise(of.value == "margin", tuple(points), tuple(map(tuple, pieces)))


def row_loss(loss: Loss, target: Fraction, weight: Fraction, fit: Fraction) -> Fraction:
    """Return ``o p(...)`` at a fit."""
    return weight * loss.at(target * fit if loss.margin else fit - target)


def row_conjugate(loss: Loss, target: Fraction, weight: Fraction, theta: Fraction) -> Fraction | None:
    """Return the conjugate of a row's loss at -theta, None where it is infinite."""
    turn = target if loss.margin else 1
    slope = -theta / (weight * turn)
    if not loss.has_slope(slope):
        return None
    return weight * loss.peak(slope) - (ZERO if loss.margin else theta * target)


def read_weights(item: Item, rows: int) -> Vector:
    """E1, the weights: one positive number per row."""
    weights = item.vector(rows)
    for entry, weight in zip(item.entries(), weights, strict=True):
        if weight <= 0:
            raise entry.reject("E1: a weight must be positive")
    return weights
