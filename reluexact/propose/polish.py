"""Polish a candidate to all digits of floats: Newton's method for the dual, with the active set found anew in every step.

The dual optimum is the point nearest to y among the residuals theta with ``s theta.(Xu)+ <= b`` for every sign and unit vector.
Each peak (s, u) of the residual at hand gives a cut, valid everywhere, ``s (Xu)+ . theta <= b``, and how its peak moves with
theta gives the curvature of the constraint. Minimising the distance subject to the cuts, with the curvature weighted by the
multipliers of the last step, is Newton's method once the active cuts stand; cuts that were active before stay, so that steps do
not go in circles. A neuron drops out as its multiplier is 0, leaves walls and meets them as its peak does, and joins as its peak
is priced. Opposite neurons that come as pairs need no care: the residual is unique where the amounts are not.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from reluexact.budget import check
from reluexact.geometry.column import Column
from reluexact.model.dataset import Dataset
from reluexact.propose import loss
from reluexact.propose.basis import basis_of
from reluexact.propose.candidates import Candidate
from reluexact.propose.cuts import nearest
from reluexact.propose.local_search import LocalSearch
from reluexact.propose.peaks import Landscape, Peak, scatter
from reluexact.propose.pricing import CellScan, Pricing
from reluexact.propose.types import Floats
from reluexact.propose.view import FloatView

STEPS, _LONG = 120, 8
"""So many steps are taken at most; after so many without pricing everywhere, that is done before they settle."""

MOST_ROWS, MOST_CUTS = 1500, 600
"""Beyond so many rows or cuts nothing is polished; a step costs their cubes."""

MANY_CELLS = 4000
"""From so many cells on local search, with what is polished after it, is cheaper than scans of all cells."""

_NEAR, _WIDE = 0.97, 0.99
_SETTLED, _CLOSE, _LESS, _SLOW = 1e-13, 1e-6, 0.3, 1e-2
_PATIENCE = 3
_VIOLATED, _BLURRED = 1e-9, 1e-6
_TIMES = 20
_OPPOSITE = 0.5
_SAME = 0.9
_FLAT = 1e-9
_ON = 1e-11

Cut = tuple[int, Floats]


@dataclass(frozen=True, slots=True, kw_only=True)
class Polished:
    """The residual, (sign, direction) of every peak that reaches the penalty, and the candidate that its multipliers make."""

    residual: tuple[float, ...]
    tight: tuple[tuple[int, tuple[float, ...]], ...]
    candidate: Candidate


def polish(
    data: Dataset,
    penalty: Fraction,
    residual: tuple[float, ...],
    pricing: Pricing,
    extra: tuple[tuple[int, tuple[float, ...]], ...] = (),
) -> Polished | None:
    """Polish a residual that is near the optimum; None where that does not settle.

    extra: (sign, direction) known from elsewhere that may be tight.
    """
    view = FloatView.of(data)
    if view.basis is not None or data.n > MOST_ROWS or not len(view.normals):
        return None
    also = [(sign, view.point(direction)) for sign, direction in extra]
    return _Polish(data, penalty, view, pricing).run(np.array(residual), also)


def early_pricing(data: Dataset, pricing: Pricing) -> Pricing | None:
    """Return what prices a rough candidate that is to be polished early; None where a scan of all cells is cheap.

    Polished floats soon show the rest then, before column generation has come to its end.
    """
    if data.n > MOST_ROWS or basis_of(data.hyperplanes.normals) is not None:
        return None
    if isinstance(pricing, CellScan):
        return LocalSearch(data) if pricing.size > MANY_CELLS else None
    return pricing


class _Polish:
    """One run; residuals are in the units of y, the penalty in those of the view."""

    def __init__(self, data: Dataset, penalty: Fraction, view: FloatView, pricing: Pricing) -> None:
        self.view, self.pricing, self.penalty = view, pricing, float(penalty)
        self.bound = float(penalty / Fraction(2) ** view.exponent)
        self.y = np.array([float(value) for value in data.y])
        self.rows = np.where(view.hyperplane[:, None] >= 0, view.length[:, None] * view.normals[view.hyperplane], 0.0)
        self.starts: list[Cut] = []
        self.former: list[Cut] = []
        self.weights: list[tuple[Cut, float]] = []

    def run(self, theta: Floats, extra: list[Cut]) -> Polished | None:
        """Step until nothing moves, price everywhere, and go on with what is violated."""
        self.starts = [*self._priced(theta, _WIDE), *extra]
        least, waiting, count = np.inf, 0, 0
        for _ in range(STEPS):
            check()
            peaks = self._peaks(theta)
            if not peaks or len(peaks) + len(self.former) > MOST_CUTS:
                return None
            step = self._step(theta, peaks)
            if step is None:
                return None
            moved = float(np.linalg.norm(step)) / max(float(np.linalg.norm(theta)), 1e-300)
            waiting = waiting + 1 if _LESS * least < moved < _CLOSE else 0
            least, count = min(moved, least), count + 1
            theta = theta + step
            settled = moved <= _SETTLED or waiting >= _PATIENCE
            if not settled and not (count == _LONG and moved < _SLOW):
                count = min(count, _LONG - 1) if moved >= _SLOW else count
                continue
            found, blur = self._settled(theta)
            if settled and blur > _BLURRED:
                return None
            fresh = self._violated(theta, 1.0 + blur)
            if fresh:
                self.starts += [*fresh, *self._priced(theta, _WIDE)]
                least, waiting, count = np.inf, 0, 0
            elif settled:
                return self._read(theta, found, blur)
        return None

    def _settled(self, theta: Floats) -> tuple[list[Peak], float]:
        """Return the peaks and how far rounding blurs their values, relative to the penalty."""
        peaks = self._peaks(theta)
        worst = max((peak.value / self.bound - 1.0 for peak in peaks), default=0.0)
        for (sign, point), _ in self.weights:
            worst = max(worst, abs(self._height(theta, sign, point) - 1.0))
        return peaks, max(_VIOLATED, _TIMES * worst)

    def _priced(self, theta: Floats, level: float) -> list[Cut]:
        bound = self.penalty * level
        if isinstance(self.pricing, CellScan):
            found = self.pricing.tight(theta, bound)
        else:
            found = self.pricing.violated(theta, bound, 1000 * self.view.normals.shape[1])
        return [(priced.column.sign, self.view.point(priced.direction)) for priced in found]

    def _violated(self, theta: Floats, level: float) -> list[Cut]:
        """Price everywhere; where cells are too many to list, climb from many scattered points."""
        if isinstance(self.pricing, CellScan):
            return self._priced(theta, level)
        land, bound = Landscape(self.view, theta), level * self.bound
        starts = land.scattered(scatter(self.view), bound)
        return [(peak.sign, peak.point) for peak in land.peaks(starts, bound).values()]

    def _peaks(self, theta: Floats) -> list[Peak]:
        """Climb from the last peaks, from their opposites and from former cuts; remember the peaks as the next starts."""
        opposite = [(sign, -point) for sign, point in self.starts if self._height(theta, sign, -point) > _OPPOSITE]
        found = Landscape(self.view, theta).peaks((*self.starts, *opposite, *self.former), _NEAR * self.bound)
        peaks = list(found.values())
        self.starts = [(peak.sign, peak.point) for peak in peaks]
        return peaks

    def _step(self, theta: Floats, peaks: list[Peak]) -> Floats | None:
        cuts = [*self.starts, *self.former]
        features = np.array([sign * np.maximum(self.rows @ point, 0.0) for sign, point in cuts])
        try:
            answer = nearest(self._curvature(peaks, features), self.y - theta, features, self.bound - features @ theta)
        except np.linalg.LinAlgError:
            return None
        if answer is None or not np.isfinite(answer.step).all():
            return None
        held = np.flatnonzero(answer.multipliers)
        self.weights = [(cuts[index], float(answer.multipliers[index])) for index in held]
        far = float(np.linalg.norm(answer.step)) > _CLOSE * float(np.linalg.norm(theta))
        self.former = [*self.former, *(cuts[index] for index in held)][-MOST_CUTS // 2 :] if far else []
        return answer.step

    def _curvature(self, peaks: list[Peak], features: Floats) -> Floats:
        """Return the second derivatives of the distance and of the constraints, weighted by their last multipliers."""
        total = np.eye(len(self.y))
        for (sign, point), weight in self.weights:
            same = [(float(peak.point @ point), index) for index, peak in enumerate(peaks) if peak.sign == sign]
            near, index = max(same, default=(0.0, 0))
            if near < _SAME:
                continue
            peak, feature = peaks[index], features[index]
            table = self._active(peak)
            total += weight / peak.value * (table @ table.T - np.outer(feature, feature))
        return total

    def _active(self, peak: Peak) -> Floats:
        """Return the rows that fire at a peak, in an orthonormal basis of its face."""
        heights = self.rows @ peak.point
        firing = (heights > _ON * np.abs(self.view.length)) & ~np.isin(self.view.hyperplane, peak.walls)
        table = np.where(firing[:, None], self.rows, 0.0)
        if not peak.walls:
            return np.asarray(table)
        left, values, _ = np.linalg.svd(self.view.normals[list(peak.walls)].T, full_matrices=True)
        return np.asarray(table @ left[:, int((values > _FLAT).sum()) :])

    def _height(self, theta: Floats, sign: int, point: Floats) -> float:
        """Return the value at a unit point over the penalty."""
        return sign * float(np.maximum(self.rows @ point, 0.0) @ theta) / self.bound

    def _read(self, theta: Floats, peaks: list[Peak], blur: float) -> Polished:
        tight = [peak for peak in peaks if peak.value >= self.bound * (1.0 - blur)]
        return Polished(
            residual=tuple(theta.tolist()),
            tight=tuple((peak.sign, self.view.direction(peak.point)) for peak in tight),
            candidate=self._candidate(theta),
        )

    def _candidate(self, theta: Floats) -> Candidate:
        """Return the network whose amounts are the multipliers, with its distance from the dual point."""
        neurons = [(sign, np.ldexp(weight * point, -self.view.exponent)) for (sign, point), weight in self.weights]
        fit = sum((sign * weight * np.maximum(self.rows @ point, 0.0) for (sign, point), weight in self.weights), 0.0 * theta)
        size = sum(float(np.linalg.norm(weights)) for _, weights in neurons)
        value = loss.value(self.y - fit) + self.penalty * size
        sides = self.view.weight_heights(np.array([weights for _, weights in neurons]).reshape(-1, self.rows.shape[1])) > 0.0
        return Candidate(
            residual=tuple(theta.tolist()),
            columns=tuple(Column(sign=sign, cell=tuple(cell)) for (sign, _), cell in zip(neurons, sides.tolist(), strict=True)),
            weights=tuple(tuple(weights.tolist()) for _, weights in neurons),
            value=value,
            gap=max(value - loss.dual_value_along(1.0, theta, self.y), 0.0) / value if value else 0.0,
            rounds=0,
        )
