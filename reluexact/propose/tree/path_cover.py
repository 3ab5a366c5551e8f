"""A branch tree for several forms at once: those at the control points of a segment of the solution path.

The search follows the form in the middle; a leaf has to hold, with the same multipliers and shares of kinks, for all the others.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from fractions import Fraction
from math import ceil, log2

import numpy as np

from reluexact.evidence.tree import Leaf
from reluexact.progress import Progress
from reluexact.propose.basis import floats_in
from reluexact.propose.tree.branching import ROUNDING
from reluexact.propose.tree.cover import Covered, Open, Search, Violated
from reluexact.propose.tree.leaf import Cone, dyadic, relax
from reluexact.propose.tree.projection import Shortest, shortest
from reluexact.prove.form import Form, TightCone

_MARGIN = 2.0**-30
_TRIES = 3
_TIE = Fraction(1, 10**25)


def path_cover(
    middle: tuple[Form, Fraction],
    points: Sequence[tuple[Form, Fraction]],
    *,
    tight: Sequence[TightCone],
    settled: Set[int],
    limit: int = 200_000,
    progress: Progress | None = None,
) -> Covered | Violated | Open:
    """Prove ``form.value(u) <= bound |u|`` at all points by one tree, whose tight leaves are those of known maximisers.

    ``settled``: hyperplanes whose kink is known to be at most 0 throughout. Raises LimitReached after ``limit`` nodes.
    """
    return _PathSearch(middle, points, tight, settled, limit=limit, progress=progress).run(())


def _bits(weight: float, margin: float) -> int:
    return max(0, ceil(log2(16.0 * max(weight, 2.0**-900) / margin)))


class _PathSearch(Search):
    """One search. kinks (points x hyperplanes), linear (points x d): the forms over their bounds, scaled as in all searches.

    rate: of the points, what turns a multiple of the bound in the middle into one of their own.
    """

    def __init__(
        self,
        middle: tuple[Form, Fraction],
        points: Sequence[tuple[Form, Fraction]],
        tight: Sequence[TightCone],
        settled: Set[int],
        *,
        limit: int,
        progress: Progress | None,
    ) -> None:
        super().__init__(*middle, tight, settled, margin=_MARGIN, tie=_TIE, limit=limit, progress=progress)
        scaled = self.scaled
        rows = [[float(kink / bound) for kink in form.kinks] for form, bound in points]
        self.kinks = np.array(rows).reshape(len(points), len(scaled.norms)) * scaled.norms
        self.linear = np.array([floats_in(scaled.basis, tuple(x / bound for x in form.linear)) for form, bound in points])
        self.rate = np.array([float(middle[1] / bound) for _, bound in points])
        self.vague = np.ones(len(scaled.kinks), dtype=bool)
        self.vague[list(settled)] = False
        self.greatest = [max(column) for column in zip(*(form.kinks for form, _ in points), strict=True)]
        self.worst = 0

    def kinks_of_leaves(self) -> Sequence[Fraction]:
        """Return the greatest kink at the points."""
        return self.greatest

    def closed(self, cone: Cone, answer: Shortest, value: float) -> bool:
        """Write a leaf that holds at all points; say whether there is one.

        Tried are the multipliers of the middle, then their best, then those of the point that fails by most.
        """
        if value > self.good:
            return False
        for attempt in range(_TRIES):
            if attempt == 1:
                answer, value = relax(self.scaled, cone, enough=0.0)
            if attempt > 1:
                answer = self._at_worst(cone, answer)
            values = self._values(cone, answer.coefficients)
            self.worst = int(values.argmax())
            greatest = max(float(values.max()), value if attempt < _TRIES - 1 else 0.0)
            if greatest <= 1.0 - ROUNDING * self.scaled.size - 2.0**-36:
                self.nodes.append(self._leaf(cone, answer.coefficients, 1.0 - greatest))
                return True
        return False

    def _leaf(self, cone: Cone, coefficients: np.ndarray, margin: float) -> Leaf:
        """Write a leaf, rounded so that at most a quarter of the relative margin is lost at any point."""
        shares, unit = self._shares(cone, coefficients), self.scaled.unit
        multiplier = np.where(cone.side > 0, coefficients - self.scaled.kinks, -coefficients)
        used = np.flatnonzero((cone.side != 0) & (multiplier > 0.0))
        open_shares = np.flatnonzero((cone.side == 0) & (shares > 0.0))
        lost = float(np.abs(self.kinks).max(axis=0)[open_shares].sum()) if len(open_shares) else 0.0
        bits = _bits(lost, margin)
        slope = tuple((int(w), min(Fraction(1), dyadic(float(shares[w]), bits))) for w in open_shares)
        bits = _bits(float(self.scaled.norms[used].sum()) / self.scaled.bound, margin)
        rho = ((int(w), dyadic(float(multiplier[w] * unit[w]), bits)) for w in used)
        return Leaf(rho=tuple((w, q) for w, q in rho if q), slope=tuple((w, q) for w, q in slope if q))

    def exact(self, cone: Cone, answer: Shortest) -> Violated | Open | None:
        """Split what has slack at the worst point only, else give up: the function comes too near the bound."""
        price = self._slack(cone, self._shares(cone, answer.coefficients), self.kinks)[self.worst]
        if (price > 0.0).any():
            self.part(cone, int(price.argmax()), answer)
            return None
        return self.open(answer, "a maximum is not below the penalty on the whole segment")

    def _shares(self, cone: Cone, coefficients: np.ndarray) -> np.ndarray:
        """Return the shares of the kinks that a leaf takes: 1 and 0 for decided hyperplanes."""
        kinks = self.scaled.kinks
        own = np.where(cone.low < cone.high, coefficients / np.where(kinks == 0.0, 1.0, kinks), cone.share)
        return np.asarray(np.where(cone.side > 0, 1.0, np.where(cone.side < 0, 0.0, own)))

    def _slack(self, cone: Cone, shares: np.ndarray, kinks: np.ndarray) -> np.ndarray:
        """Return what undecided hyperplanes cost at every point."""
        price = np.maximum(0.0, np.maximum((1.0 - shares) * kinks * cone.top, shares * kinks * cone.bottom))
        return np.where(cone.side == 0, price, 0.0)

    def _values(self, cone: Cone, coefficients: np.ndarray) -> np.ndarray:
        """Return the bound that a leaf has at every point, over the bound that it should have."""
        shares = self._shares(cone, coefficients)
        multipliers = np.where(cone.side > 0, coefficients - self.scaled.kinks, np.where(cone.side < 0, coefficients, 0.0))
        vectors = self.linear + (shares * self.kinks + np.outer(self.rate, multipliers)) @ self.scaled.rows
        return np.asarray(np.linalg.norm(vectors, axis=1) + self._slack(cone, shares, self.kinks).sum(axis=1))

    def _at_worst(self, cone: Cone, answer: Shortest) -> Shortest:
        """Return coefficients, as the middle has them, with the multipliers and shares that are best where most is lacking."""
        kinks, middle = self.kinks[self.worst], self.scaled.kinks
        chord = cone.share * kinks
        bends = (cone.side == 0) & (cone.low < cone.high)
        low = np.where(cone.side > 0, kinks, np.where(cone.side < 0, -np.inf, np.where(bends, np.minimum(kinks, 0.0), chord)))
        high = np.where(cone.side > 0, np.inf, np.where(cone.side < 0, 0.0, np.where(bends, 0.0, chord)))
        start = np.clip(answer.coefficients, low, high)
        found = shortest(self.scaled.rows, self.linear[self.worst], low, high, start=start, scale=self.scaled.scale)
        share = np.where(bends & (kinks < 0.0), found.coefficients / np.where(kinks == 0.0, 1.0, kinks), 0.0)
        rate = self.rate[self.worst]
        own = np.where(cone.side > 0, (found.coefficients - kinks) / rate + middle, found.coefficients / rate)
        own = np.where(cone.side == 0, np.where(bends, share * middle, cone.share * middle), own)
        return Shortest(coefficients=own, vector=found.vector, length=found.length, free=answer.free)
