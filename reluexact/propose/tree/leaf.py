"""Leaves of the branch tree: the relaxed bound on a cone, and its multipliers as short rational numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from math import ceil, ldexp, log2

import numpy as np

from reluexact.evidence.tree import Leaf, Multipliers
from reluexact.propose.tree.projection import Shortest, exact_shortest, shortest
from reluexact.propose.tree.scaled import Scaled
from reluexact.prove.form import Form

SHARE = 1 << 10
"""Shares of kinks are multiples of 1 over this."""
_ROUNDING = 2.0**-63


@dataclass(frozen=True, slots=True)
class Cone:
    """A node of the search, in the units of :class:`Scaled`; arrays have one entry per hyperplane and are never changed.

    side: 1 on, -1 off, 0 undecided. low, high: the interval of the coefficient of the hyperplane's normal. top, bottom: bounds of
    ``row.u`` over unit u. share: slope fraction of an undecided hyperplane with positive kink, slack: the price of it.
    start, free: the parent's answer. tight: positions of the known maximisers in the closed cone.
    """

    side: np.ndarray
    low: np.ndarray
    high: np.ndarray
    top: np.ndarray
    bottom: np.ndarray
    share: np.ndarray
    slack: np.ndarray
    start: np.ndarray
    free: tuple[int, ...]
    tight: tuple[int, ...]


def root(scaled: Scaled, zero: float, tight: int) -> Cone:
    """Return the whole space; a kink of absolute value at most ``zero`` counts as 0."""
    kinks = scaled.kinks
    top = 1.0 + _ROUNDING / scaled.norms
    positive = kinks > zero
    low = np.where(kinks < -zero, kinks, 0.0)
    cone = Cone(
        side=np.zeros(len(kinks), dtype=np.int8),
        low=low,
        high=np.zeros(len(kinks)),
        top=top,
        bottom=top,
        share=np.zeros(len(kinks)),
        slack=np.zeros(len(kinks)),
        start=np.where(kinks < 0, 0.5 * kinks, 0.0),
        free=(),
        tight=tuple(range(tight)),
    )
    return with_chords(scaled, cone, np.flatnonzero(positive))


def with_chords(scaled: Scaled, cone: Cone, hyperplanes: np.ndarray) -> Cone:
    """Set slope fraction and slack of undecided hyperplanes with positive kink: the chord over ``[-bottom, top]``."""
    top, bottom, kinks = cone.top[hyperplanes], cone.bottom[hyperplanes], scaled.kinks[hyperplanes]
    part = chord_share(top, bottom)
    share, slack, low, high = cone.share.copy(), cone.slack.copy(), cone.low.copy(), cone.high.copy()
    share[hyperplanes] = part
    slack[hyperplanes] = kinks * np.maximum((1.0 - part) * top, part * bottom)
    low[hyperplanes] = high[hyperplanes] = part * kinks
    return replace(cone, share=share, slack=slack, low=low, high=high)


def chord_share(top: np.ndarray, bottom: np.ndarray) -> np.ndarray:
    """Return the slope fractions of the chords over ``[-bottom, top]``."""
    width = top + bottom
    return np.asarray(np.rint(top / np.where(width > 0.0, width, 1.0) * SHARE) / SHARE)


def halve(scaled: Scaled, cone: Cone, hyperplane: int, side: int, answer: Shortest, tight: tuple[int, ...]) -> Cone:
    """Return the part of the cone on one side of a hyperplane."""
    return replace(decide(scaled, cone, hyperplane, side), start=answer.coefficients, free=answer.free, tight=tight)


def decide(scaled: Scaled, cone: Cone, hyperplane: int, side: int) -> Cone:
    """Return the cone with one more decided hyperplane."""
    sides, low, high, slack = cone.side.copy(), cone.low.copy(), cone.high.copy(), cone.slack.copy()
    sides[hyperplane] = side
    low[hyperplane], high[hyperplane] = (scaled.kinks[hyperplane], np.inf) if side > 0 else (-np.inf, 0.0)
    slack[hyperplane] = 0.0
    return replace(cone, side=sides, low=low, high=high, slack=slack)


def relax(scaled: Scaled, cone: Cone, *, enough: float) -> tuple[Shortest, float]:
    """Return the relaxation's answer and its bound of the function on the cone; stops early below ``enough``."""
    price = float(cone.slack.sum())
    answer = shortest(
        scaled.rows,
        scaled.linear,
        cone.low,
        cone.high,
        start=cone.start,
        free=cone.free,
        enough=max(0.0, enough - price),
        scale=scaled.scale,
    )
    return answer, answer.length + price


def dyadic(value: float | Fraction, bits: int) -> Fraction:
    """Round to a multiple of ``2**-bits``.

    >>> dyadic(0.3, 2)
    Fraction(1, 4)
    """
    scaled = ldexp(value, bits) if isinstance(value, float) else value * (1 << bits)
    return Fraction(round(scaled), 1 << bits)


def leaf(scaled: Scaled, cone: Cone, coefficients: np.ndarray, margin: float) -> Leaf:
    """Write float coefficients as a leaf, rounded so that at most a quarter of the relative margin is lost."""
    multiplier = np.where(cone.side > 0, coefficients - scaled.kinks, -coefficients)
    used = [int(w) for w in np.flatnonzero((cone.side != 0) & (multiplier > 0.0))]
    bits = _bits(float(scaled.norms[used].sum()) / scaled.bound, margin)
    rho = ((w, dyadic(float(multiplier[w] * scaled.unit[w]), bits)) for w in used)
    return Leaf(rho=tuple((w, q) for w, q in rho if q), slope=_slopes(scaled, cone, coefficients, margin))


def _slopes(scaled: Scaled, cone: Cone, coefficients: np.ndarray, margin: float) -> Multipliers:
    chosen = (cone.side == 0) & ((cone.share > 0.0) | (cone.low < 0.0))
    free = chosen & (cone.low < cone.high)
    slopes = {hyperplane: _share(share) for hyperplane, share in _entries(chosen & ~free, cone.share)}
    for hyperplane, kink in _entries(free, scaled.kinks):
        bits = _bits(-kink * len(scaled.linear), margin)
        slopes[hyperplane] = dyadic(coefficients.item(hyperplane) / kink, bits)
    return tuple((hyperplane, slopes[hyperplane]) for hyperplane in sorted(slopes) if slopes[hyperplane])


def _entries(chosen: np.ndarray, values: np.ndarray) -> Iterator[tuple[int, float]]:
    places = np.flatnonzero(chosen)
    return zip(places.tolist(), values[places].tolist(), strict=True)


@cache
def _share(share: float) -> Fraction:
    """Return one of the few shares of kinks that there are (see ``SHARE``)."""
    return Fraction(share)


def _bits(weight: float, margin: float) -> int:
    return max(0, ceil(log2(8.0 * max(weight, 2.0**-900) / margin)))


def exact_leaf(form: Form, cone: Cone, answer: Shortest, bound: Fraction) -> ExactLeaf:
    """Solve the relaxation of a cone without slack in rational numbers."""
    bounds: list[tuple[Fraction | None, Fraction | None]] = []
    for hyperplane, kink in enumerate(form.kinks):
        if cone.side[hyperplane]:
            bounds.append((kink, None) if cone.side[hyperplane] > 0 else (None, Fraction(0)))
        elif cone.low[hyperplane] < cone.high[hyperplane]:
            bounds.append((kink, Fraction(0)))
        else:
            fixed = kink * Fraction(float(cone.share[hyperplane]))
            bounds.append((fixed, fixed))
    at_high = [low is None or bool(answer.coefficients[w] >= cone.high[w]) for w, (low, _) in enumerate(bounds)]
    point, vector, proved = exact_shortest(form.normals, form.linear, bounds, at_high=at_high, free=answer.free)
    square = sum((entry * entry for entry in vector), Fraction(0))
    return ExactLeaf(point=point, vector=vector, square=square / (bound * bound), proved=proved)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExactLeaf:
    """Exact coefficients (zeros left out), the vector, the square of its length over the bound, whether it is the shortest."""

    point: dict[int, Fraction]
    vector: tuple[Fraction, ...]
    square: Fraction
    proved: bool

    def node(self, form: Form, scaled: Scaled, cone: Cone, margin: Fraction) -> Leaf:
        """Write the leaf with numbers as fine as the relative margin needs."""
        weight = float(scaled.norms.sum()) / scaled.bound + scaled.size
        bits = max(0, (Fraction(16 * ceil(weight) * len(form.linear)) / margin).__ceil__().bit_length())
        rho, slope = [], []
        for hyperplane, kink in enumerate(form.kinks):
            value = self.point.get(hyperplane, Fraction(0))
            if cone.side[hyperplane]:
                rho.append((hyperplane, dyadic(value - kink if cone.side[hyperplane] > 0 else -value, bits)))
            elif kink:
                slope.append((hyperplane, min(Fraction(1), max(Fraction(0), dyadic(value / kink, bits)))))
        return Leaf(rho=tuple((w, max(q, Fraction(0))) for w, q in rho if q), slope=tuple((w, q) for w, q in slope if q))
