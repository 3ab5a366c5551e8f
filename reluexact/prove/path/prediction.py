"""What the optimum of a segment predicts for further rows, enclosed on parts of the segment.

A network of blocks ``v = B nu`` with beta and, for pairs, the part p of their opposites has at x the value
``sum s (beta (x.v)+ - p x.v)``. All optimal networks of the segment have it, unless ties can have amounts: ``sum s p v`` lies in
the row space of X and is known there by the fit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from reluexact.evidence.path import Segment
from reluexact.evidence.path_layout import Layout
from reluexact.model.dataset import Dataset
from reluexact.numbers.curves import value_at
from reluexact.numbers.linalg import dot
from reluexact.numbers.range_polynomials import BITS, DEGREE, Ranged, precisely
from reluexact.numbers.tube_search import find_tube
from reluexact.numbers.types import Vector
from reluexact.prove.path.system import Line, path_system

SHARE = 4
"""A part of a segment that is so many times shorter has a finer curve of its own."""

Curve = tuple[Vector, Fraction]
"""Coefficients in t, and how far the function may be from them."""


@dataclass(frozen=True)
class Prediction:
    """A proved segment, and the rows that it predicts."""

    data: Dataset
    segment: Segment
    rows: tuple[Vector, ...]

    def within(self, low: Fraction, high: Fraction) -> Prediction:
        """Return the same for a part of the segment, with a finer curve where the part is short and a finer one is proved.

        The finer curve has a tube of its own, round a solution that lies where the solution of this one is unique.
        """
        segment = self.segment
        if not segment.blocks or not low < high or SHARE * (high - low) > segment.high - segment.low:
            return self
        line = Line.between(low, high)
        path = path_system(self.data, segment.blocks, segment.lineality, line)
        place = ((low + high) / 2 - (segment.low + segment.high) / 2) / ((segment.high - segment.low) / 2)
        start = [value_at(curve, place) for curve in zip(*segment.coefficients, strict=True)]
        middle = path.system.newton(start, Fraction(0), 2 * BITS)
        series = None if middle is None else path.system.taylor(middle, DEGREE, 2 * BITS)
        tube = None if series is None else find_tube(path.system, series, DEGREE, BITS)
        if tube is None or not self._holds(tube.coefficients, tube.radius, low, high):
            return self
        parts = {name: getattr(tube, name) for name in ("coefficients", "unique", "radius", "slope", "preconditioner")}
        return replace(self, segment=replace(segment, low=low, high=high, **parts))

    def _holds(self, coefficients: Sequence[Vector], radius: Vector, low: Fraction, high: Fraction) -> bool:
        """Say whether a tube on a part lies where the solution is unique."""
        ends = self._ends(low, high)
        mine, finer = zip(*self.segment.coefficients, strict=True), zip(*coefficients, strict=True)
        with precisely(2 * BITS):
            for old, new, spread, room in zip(mine, finer, radius, self.segment.unique, strict=True):
                whole = Ranged.on_part(new, spread, (Fraction(-1), Fraction(1)))
                least, most = (whole - Ranged.on_part(old, Fraction(0), ends)).bounds()
                if max(-least, most) > room:
                    return False
        return True

    def _ends(self, low: Fraction, high: Fraction) -> tuple[Fraction, Fraction]:
        middle, half = (self.segment.low + self.segment.high) / 2, (self.segment.high - self.segment.low) / 2
        return (low - middle) / half, (high - middle) / half

    @cached_property
    def blocks(self) -> tuple[tuple[int, Curve, Curve | None, tuple[Curve, ...]], ...]:
        """Return for every block its sign, beta, p (None for no pair), and ``x . v`` of every row."""
        layout, found = Layout(self.segment.blocks, len(self.segment.lineality)), []
        for k, block in enumerate(layout.blocks):
            heights = tuple(self._combined(layout.height(k, row)) for row in self.rows)
            other = self._combined(layout.partner(k)) if block.paired else None
            found.append((block.sign, self._combined({layout.beta(k): Fraction(1)}), other, heights))
        return tuple(found)

    def _combined(self, terms: Mapping[int, Fraction]) -> Curve:
        """Return a combination of unknowns as a curve."""
        places, factors = list(terms), list(terms.values())
        curve = tuple(dot([line[place] for place in places], factors) for line in self.segment.coefficients)
        radii = [self.segment.radius[place] for place in places]
        return curve, dot(radii, [abs(factor) for factor in factors])

    def on(self, low: Fraction, high: Fraction) -> list[Ranged]:
        """Return the predictions for penalties between two within the segment, as polynomials in u from -1 to 1."""
        ends = self._ends(low, high) if self.segment.blocks else (Fraction(0), Fraction(0))
        total = [Ranged.between(Fraction(0)) for _ in self.rows]
        for sign, beta, other, heights in self.blocks:
            amount = Ranged.on_part(*beta, ends)
            part = None if other is None else Ranged.on_part(*other, ends)
            for i, height in enumerate(heights):
                line = Ranged.on_part(*height, ends)
                value = amount * line.positive_part()
                value = value if part is None else value - part * line
                total[i] = total[i] + value if sign > 0 else total[i] - value
        return total
