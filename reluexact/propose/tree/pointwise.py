"""The relaxation of a cone at several points: the forms at the control points of a segment of the solution path.

A leaf takes shares of undecided kinks and multipliers of decided hyperplanes: the same at all points, or others at each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, log2

import numpy as np

from reluexact.evidence.tree import Leaf
from reluexact.propose.basis import floats_in
from reluexact.propose.tree.leaf import Cone, chord_share, dyadic
from reluexact.propose.tree.projection import Shortest, shortest
from reluexact.propose.tree.scaled import Scaled
from reluexact.prove.form import Form

_SMALLEST = 2.0**-500


@dataclass(frozen=True, slots=True)
class Parts:
    """What a leaf takes of hyperplanes (m,): a share of the kink, a multiplier >= 0 in units of the bound in the middle."""

    shares: np.ndarray
    multipliers: np.ndarray


@dataclass(frozen=True, slots=True)
class Relaxed:
    """The relaxation at one point: what its leaf takes, its value over the bound, what every hyperplane adds to it in vain."""

    point: int
    parts: Parts
    value: float
    slack: np.ndarray
    gaps: np.ndarray


class Points:
    """The forms over their bounds, scaled like the form in the middle.

    kinks (points x hyperplanes), linear (points x d); rate (points,): what turns a multiple of the bound in the middle into one
    of their own.
    """

    def __init__(self, scaled: Scaled, middle: Fraction, points: Sequence[tuple[Form, Fraction]]) -> None:
        self.scaled = scaled
        rows = [[float(kink) for kink in form.kinks] for form, _ in points]
        bounds = np.array([float(bound) for _, bound in points])
        self.kinks = np.array(rows).reshape(len(points), len(scaled.norms)) * scaled.norms / bounds[:, None]
        self.linear = np.array([floats_in(scaled.basis, tuple(x / bound for x in form.linear)) for form, bound in points])
        self.rate = float(middle) / bounds

    def parts(self, cone: Cone, coefficients: np.ndarray) -> Parts:
        """Return what a leaf takes by the coefficients of the form in the middle."""
        kinks, side = self.scaled.kinks, cone.side
        own = np.where(cone.low < cone.high, coefficients / np.where(kinks == 0.0, 1.0, kinks), cone.share)
        multipliers = np.where(side > 0, coefficients - kinks, np.where(side < 0, -coefficients, 0.0))
        return Parts(np.where(side > 0, 1.0, np.where(side < 0, 0.0, own)), np.maximum(multipliers, 0.0))

    def values(self, cone: Cone, parts: Parts) -> np.ndarray:
        """Return the bound that a leaf has at every point, over the bound that it should have."""
        vectors = self.linear + parts.shares * self.kinks @ self.scaled.rows
        vectors = vectors + np.outer(self.rate, (parts.multipliers * cone.side) @ self.scaled.rows)
        return np.asarray(np.linalg.norm(vectors, axis=1) + self._slack(cone, parts.shares, self.kinks).sum(axis=1))

    def relaxed(self, cone: Cone, parts: Parts, free: tuple[int, ...], point: int, enough: float) -> Relaxed:
        """Return the best leaf at one point, from that of the middle; the search for it stops at the value ``enough``."""
        kinks, rate, side, scaled = self.kinks[point], self.rate[point], cone.side, self.scaled
        chord = chord_share(cone.top, cone.bottom)
        shares = np.where(side > 0, 1.0, np.where((side == 0) & (kinks > 0.0), chord, 0.0))
        slack = self._slack(cone, shares, kinks)
        low = np.where(side < 0, -np.inf, np.where((side == 0) & (kinks < 0.0), kinks, shares * kinks))
        high = np.where(side > 0, np.inf, shares * kinks)
        start = np.where(side == 0, parts.shares * kinks, shares * kinks + side * rate * parts.multipliers)
        room = max(0.0, enough - float(slack.sum()))
        found = shortest(scaled.rows, self.linear[point], low, high, start=start, free=free, enough=room, scale=scaled.scale)
        own = np.where((side == 0) & (kinks < 0.0), found.coefficients / np.where(kinks < 0.0, kinks, 1.0), shares)
        multipliers = np.where(side == 0, 0.0, np.maximum(0.0, side * (found.coefficients - shares * kinks)) / rate)
        value = found.length + float(slack.sum())
        return Relaxed(point, Parts(own, multipliers), value, slack, self._gaps(point, shares, slack, found))

    def leaf(self, cone: Cone, parts: Parts, margin: float, point: int | None = None) -> Leaf:
        """Write a leaf, rounded so that at most a quarter of the relative margin is lost at a point, or at all of them."""
        scaled, kinks = self.scaled, self.kinks if point is None else self.kinks[point : point + 1]
        shared = np.flatnonzero((cone.side == 0) & (parts.shares > 0.0))
        bits = _bits(float(np.abs(kinks).max(axis=0)[shared].sum()), margin)
        slope = [(int(w), min(Fraction(1), dyadic(float(parts.shares[w]), bits))) for w in shared]
        used = parts.multipliers > 0.0
        bits = _bits(float(scaled.norms[used].sum()) / scaled.bound, margin)
        numbers = parts.multipliers * scaled.unit
        rho = [(int(w), dyadic(float(numbers[w]), bits)) for w in np.flatnonzero(numbers > 2.0 ** -(bits + 1))]
        return Leaf(rho=tuple((w, q) for w, q in rho if q), slope=tuple((w, q) for w, q in slope if q))

    def _slack(self, cone: Cone, shares: np.ndarray, kinks: np.ndarray) -> np.ndarray:
        """Return what undecided hyperplanes cost."""
        price = np.maximum(0.0, np.maximum((1.0 - shares) * kinks * cone.top, shares * kinks * cone.bottom))
        return np.where(cone.side == 0, price, 0.0)

    def _gaps(self, point: int, shares: np.ndarray, slack: np.ndarray, found: Shortest) -> np.ndarray:
        """Return how much hyperplanes add to the relaxation at its maximiser; their slack where the cone is too thin for one."""
        direction = found.vector / max(found.length, _SMALLEST)
        heights = self.scaled.rows @ direction
        above = np.maximum(heights, 0.0)
        gaps = np.where(slack > 0.0, self.kinks[point] * (shares * heights - above) + slack, 0.0)
        value = float(self.linear[point] @ direction + self.kinks[point] @ above)
        return gaps if 2.0 * float(gaps.sum()) >= found.length + float(slack.sum()) - value else slack


def _bits(weight: float, margin: float) -> int:
    return max(0, ceil(log2(16.0 * max(weight, 2.0**-900) / margin)))
