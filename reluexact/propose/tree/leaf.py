"""Leaves of the branch tree: the relaxed bound on a cone, and its multipliers as short rational numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, frexp, ldexp, log2, sqrt

import numpy as np

from reluexact.evidence.tree import Leaf, Multipliers, Tighten
from reluexact.numbers.linalg import solve, transpose
from reluexact.numbers.types import Vector
from reluexact.propose.numerics import non_negative_least_squares
from reluexact.propose.tree.projection import Shortest, exact_shortest, shortest
from reluexact.propose.tree.scaled import Scaled
from reluexact.prove.form import Form

_SHARE = 1 << 10
_ROUNDING = 2.0**-63
_TIGHTEN_BITS = 30
_IMPLIED = 2.0**-40


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
    return _with_chords(scaled, cone, np.flatnonzero(positive))


def _with_chords(scaled: Scaled, cone: Cone, hyperplanes: np.ndarray) -> Cone:
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
    return np.asarray(np.rint(top / np.where(width > 0.0, width, 1.0) * _SHARE) / _SHARE)


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


class Combinations:
    """The shortest ``row + non-negative combination of the decided rows``, per wall and side ("hi" the row, "lo" its negative).

    They depend on nothing but the decided sides of a cone; those of the last cone asked about are kept.
    """

    def __init__(self, scaled: Scaled) -> None:
        self.scaled = scaled
        self._side: np.ndarray | None = None
        self._answers: dict[tuple[int, str], Shortest] = {}
        self.decided: np.ndarray = np.zeros(0, dtype=np.intp)
        self.rows = self._columns = self._zeros = self._free = np.zeros(0)

    def of(self, cone: Cone, hyperplane: int, side: str) -> Shortest:
        """Return the answer; ``decided`` and ``rows`` are the hyperplanes and the signed rows that its coefficients belong to."""
        if cone.side is not self._side:
            self._side, self._answers = cone.side, {}
            self.decided = np.flatnonzero(cone.side)
            self.rows = self.scaled.rows[self.decided] * cone.side[self.decided, None]
            self._columns = np.ascontiguousarray(self.rows.T)
            self._zeros, self._free = np.zeros(len(self.decided)), np.full(len(self.decided), np.inf)
        answer = self._answers.get((hyperplane, side))
        if answer is None:
            answer = self._answers[hyperplane, side] = self._shortest(hyperplane, side)
        return answer

    def _shortest(self, hyperplane: int, side: str) -> Shortest:
        scaled = self.scaled
        goal = scaled.rows[hyperplane] if side == "hi" else -scaled.rows[hyperplane]
        if scaled.scale is None and len(self.rows):
            found = non_negative_least_squares(self._columns, -goal)
            if found is not None:
                vector = goal + found @ self.rows
                return Shortest(found, vector, sqrt(float(vector @ vector)), ())
        return shortest(self.rows, goal, self._zeros, self._free, start=self._zeros, enough=_ROUNDING, scale=scaled.scale)


def tighten(near: Combinations, cone: Cone, hyperplane: int, side: str, *, gain: float) -> tuple[Cone, Tighten] | None:
    """Bound ``row.u`` from one side by the decided hyperplanes; None when the bound falls by less than the factor ``gain``."""
    old = float((cone.top if side == "hi" else cone.bottom)[hyperplane])
    scaled, answer = near.scaled, near.of(cone, hyperplane, side)
    decided, rows = near.decided, near.rows
    if answer.length > gain * old:
        return None
    factor = scaled.norms[hyperplane] / scaled.norms[decided]
    used = [int(i) for i in np.flatnonzero(answer.coefficients)]
    bits = [max(0, _TIGHTEN_BITS - frexp(float(factor[i]))[1]) for i in used]
    rounded = [dyadic(float(answer.coefficients[i] * factor[i]), b) for i, b in zip(used, bits, strict=True)]
    goal = scaled.rows[hyperplane] if side == "hi" else -scaled.rows[hyperplane]
    vector = goal + sum((float(q) / factor[i] * rows[i] for i, q in zip(used, rounded, strict=True)), np.zeros(len(goal)))
    new = float(np.sqrt(vector @ vector)) * (1.0 + 2.0**-40) + 2.0**-48 + _ROUNDING / float(scaled.norms[hyperplane])
    if new >= old:
        return None
    rho = tuple((int(decided[i]), q) for i, q in zip(used, rounded, strict=True) if q)
    return bounded(scaled, cone, hyperplane, side, new), Tighten(hyperplane, side, rho)


def bounded(scaled: Scaled, cone: Cone, hyperplane: int, side: str, bound: float) -> Cone:
    """Return the cone with one bound replaced, and the chord of its undecided hyperplane where that has a positive kink."""
    bounds = (cone.top if side == "hi" else cone.bottom).copy()
    bounds[hyperplane] = bound
    top, bottom = (bounds, cone.bottom) if side == "hi" else (cone.top, bounds)
    above, below, kink = top.item(hyperplane), bottom.item(hyperplane), scaled.kinks.item(hyperplane)
    if kink <= 0.0:
        return replace(cone, top=top, bottom=bottom)
    width = above + below
    part = round(above / (width if width > 0.0 else 1.0) * _SHARE) / _SHARE
    share, slack, low, high = cone.share.copy(), cone.slack.copy(), cone.low.copy(), cone.high.copy()
    share[hyperplane] = part
    slack[hyperplane] = kink * max((1.0 - part) * above, part * below)
    low[hyperplane] = high[hyperplane] = part * kink
    return replace(cone, top=top, bottom=bottom, share=share, slack=slack, low=low, high=high)


def vanishes(normals: Sequence[Vector], cone: Cone, node: Tighten) -> bool:
    """Say whether the vector whose norm a Tighten node takes is exactly 0 (such a node decides its hyperplane)."""
    sign = 1 if node.side == "hi" else -1
    parts = [(value * int(cone.side[other]), normals[other]) for other, value in node.rho]
    return all(sign * entry + sum(a * row[j] for a, row in parts) == 0 for j, entry in enumerate(normals[node.hyperplane]))


def imply(near: Combinations, normals: Sequence[Vector], cone: Cone, hyperplane: int) -> tuple[Cone, Tighten] | None:
    """Decide a wall that the cone does not cross: up to sign its normal is exactly a non-negative combination of decided ones."""
    for side, sign in (("hi", 1), ("lo", -1)):
        answer = near.of(cone, hyperplane, side)
        if answer.length > _IMPLIED:
            continue
        used = [int(near.decided[i]) for i in np.flatnonzero(answer.coefficients)]
        unsigned = solve(transpose([normals[other] for other in used]), normals[hyperplane]) if used else None
        if unsigned is None:
            continue
        rho = [-value if sign * cone.side[other] > 0 else value for other, value in zip(used, unsigned, strict=True)]
        if min(rho) < 0:
            continue
        found = tuple((other, value) for other, value in zip(used, rho, strict=True) if value)
        return decide(near.scaled, cone, hyperplane, -sign), Tighten(hyperplane, side, found)
    return None


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
    slopes = []
    for hyperplane in (int(w) for w in np.flatnonzero((cone.side == 0) & ((cone.share > 0.0) | (cone.low < 0.0)))):
        if cone.low[hyperplane] < cone.high[hyperplane]:
            bits = _bits(float(-scaled.kinks[hyperplane]) * len(scaled.linear), margin)
            part = dyadic(float(coefficients[hyperplane] / scaled.kinks[hyperplane]), bits)
        else:
            part = Fraction(float(cone.share[hyperplane]))
        if part:
            slopes.append((hyperplane, part))
    return tuple(slopes)


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
