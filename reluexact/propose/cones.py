"""Cones that bound the pull of a dual point on all neurons with a free hidden bias, searched in floats, the worst ones first.

:mod:`reluexact.prove.cones` decides whether they prove anything. A cone needs the penalty to be at least some multiple of what it
is, its EXCESS: the length of the shortest slope e with ``e.w >= pull / penalty`` at its vectors. The greatest excess of all cones
is what the dual point has to be divided by. Each halving brings it nearer to what the point really exceeds the penalty by.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, product
from math import inf

import numpy as np
from numpy.typing import NDArray

from reluexact.budget import check
from reluexact.evidence.cones import ON_BITS, SLOPE_BITS, Below, Cones, Halve
from reluexact.numbers.types import Vector
from reluexact.propose.cone_frame import Frame
from reluexact.propose.cone_slopes import NOTHING, least_slopes
from reluexact.propose.tree.leaf import dyadic
from reluexact.propose.types import Floats

WIDEST = 6
"""Numbers of features beyond this make too many cones."""
_NUMBERS = 300_000
"""Floats that one array holds."""
_LOWER = 0.8
_GOAL, _LEVEL = 2.0**-9, 1.0 + 2.0**-13
_OVER, _BITS = 1.0 + 2.0**-14, 40
_MARGIN = 2.0**-16
_KEPT = 64
_TURN = 1.5
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulled:
    """A neuron ``sign (x.weights + bias)+`` that a dual point pulls at by ``excess`` times its cost."""

    excess: float
    sign: int
    weights: Vector
    bias: Fraction


class ConeSearch:
    """The cones of both signs for one dual point, halved as long as that pays.

    >>> from reluexact.model.dataset import Dataset
    >>> data = Dataset([[0], [1], [2]], [0, 1, 0])
    >>> search = ConeSearch(Frame.of(data), (Fraction(-1), Fraction(2), Fraction(-1)), Fraction(1))
    >>> search.run(400)
    >>> 1 <= search.excess < 1.01, 0.99 < search.divided() < 1
    (True, True)
    """

    def __init__(self, frame: Frame, theta: Vector, penalty: Fraction) -> None:
        """Begin with the cones between the axes."""
        self.frame = frame
        pulls = np.array([float(entry / penalty) for entry in theta]) / frame.longest
        self._pools = {sign: _Pool(frame, sign * pulls) for sign in (1, -1)}

    @property
    def excess(self) -> float:
        """Return what the point has to be divided by."""
        return max(pool.excess for pool in self._pools.values())

    @property
    def seen(self) -> float:
        """Return by how much the point exceeds the penalty at the worst neuron that was met."""
        return max(pool.seen for pool in self._pools.values())

    @property
    def count(self) -> int:
        """Return the number of cones of both signs."""
        return sum(len(pool.excesses) for pool in self._pools.values())

    @property
    def is_bounded(self) -> bool:
        """Say whether all cones have a bound."""
        return self.excess < inf

    @property
    def is_coarse(self) -> bool:
        """Say whether smaller cones would tell more than another dual point."""
        ratio = self.excess / max(1.0, self.seen)
        return ratio > max(1.0 + 4.0 * _GOAL, self.seen)

    def divided(self) -> Fraction:
        """Return what the point has to be multiplied by, at most 1, a little less than the cones ask for."""
        return dyadic(Fraction(1.0 / max(1.0, self.excess * _OVER)), _BITS)

    def run(self, most: int) -> None:
        """Halve until there are so many cones, or the excess is hardly more than what is seen; 1 is enough."""
        while self.count < most:
            enough = max(1.0, self.seen) * (1.0 + _GOAL)
            if self.excess <= enough:
                return
            target = max(_LOWER * self.excess, enough) if self.excess < inf else self._usual()
            before = self.count
            for pool in self._pools.values():
                pool.halve(target, max(1, (most - before) // 2))

    def _usual(self) -> float:
        """Return a target while some cones have no bound at all: these go first."""
        return max(1e3, *(pool.finite for pool in self._pools.values()))

    def pulled(self) -> list[Pulled]:
        """Return the worst neurons that were met, those that cost less than the point pulls at them."""
        found = [
            Pulled(excess=value, sign=sign, weights=neuron[0], bias=neuron[1])
            for sign, pool in self._pools.items()
            for value, neuron in ((value, self.frame.neuron(tip)) for value, tip in pool.met if value > _LEVEL)
        ]
        return sorted(found, key=lambda one: -one.excess)

    def cones(self, sign: int, factor: Fraction) -> Cones:
        """Return the cones for the point times a factor (see :meth:`divided`)."""
        nodes = self._pools[sign].nodes(float(factor))
        return Cones(center=self.frame.center, axes=self.frame.axes, nodes=nodes)


class _Pool:
    """The cones of one sign. tips (m, d+1, d+1): their vectors, in units of the axes. places: their nodes in the tree."""

    def __init__(self, frame: Frame, pulls: Floats) -> None:
        self._rows, self._lengths, self._pulls = frame.rows, frame.lengths, pulls
        self._up, self._down, self._all = np.maximum(pulls, 0.0), np.maximum(-pulls, 0.0), np.abs(pulls)
        self._width = frame.rows.shape[1]
        self.met: list[tuple[float, Floats]] = []
        self.seen, self._scale = 0.0, 1.0
        self.finite = 0.0
        signs = product((1.0, -1.0), repeat=self._width)
        tips = np.array([np.diag(one[::-1]) for one in signs])  # bit j of the number is the sign of axis j
        self._children: list[tuple[int, int, int, int] | None] = [None] * len(tips)
        self._first = len(tips)
        self._tips, self._places = tips, np.arange(len(tips))
        self.excesses, self._slopes, self._edges = self._priced(tips)

    @property
    def excess(self) -> float:
        return float(self.excesses.max())

    def halve(self, target: float, most: int) -> None:
        """Halve the cones above the target, the worst ones if there are more than ``most``."""
        order = np.argsort(-self.excesses, kind="stable")
        chosen = order[: min(most, int((self.excesses > target).sum()))]
        if not len(chosen):
            return
        self._scale = max(1.0, target)
        row, (a, b) = np.arange(len(chosen)), self._edges[chosen].T
        parents = self._tips[chosen]
        middle = (parents[row, a] + parents[row, b]) / 2.0
        first, second = parents.copy(), parents.copy()
        first[row, a], second[row, b] = middle, middle
        begin = len(self._children)
        for k, place in enumerate(self._places[chosen].tolist()):
            self._children[place] = (int(a[k]), int(b[k]), begin + k, begin + len(chosen) + k)
        self._children += [None] * (2 * len(chosen))
        excesses, slopes, edges = self._priced(np.concatenate([first, second]))
        stays = np.ones(len(self.excesses), dtype=bool)
        stays[chosen] = False
        self._tips = np.concatenate([self._tips[stays], first, second])
        self._places = np.concatenate([self._places[stays], np.arange(begin, begin + 2 * len(chosen))])
        self.excesses = np.concatenate([self.excesses[stays], excesses])
        self._slopes = np.concatenate([self._slopes[stays], slopes])
        self._edges = np.concatenate([self._edges[stays], edges])
        bounded = self.excesses[self.excesses < inf]
        self.finite = float(bounded.max()) if len(bounded) else 0.0

    def _priced(self, tips: Floats) -> tuple[Floats, Floats, Ints]:
        """Return the excess, the slope and the edge to halve of every cone."""
        size = max(1, _NUMBERS // (self._width * len(self._rows)))
        parts = []
        for begin in range(0, len(tips), size):
            check()
            parts.append(self._priced_some(tips[begin : begin + size]))
        excesses, slopes, edges = (np.concatenate(kind) for kind in zip(*parts, strict=True))
        return excesses, slopes, edges

    def _priced_some(self, tips: Floats) -> tuple[Floats, Floats, Ints]:
        heights = tips @ self._rows.T
        weights = tips[:, :, :-1] * self._lengths
        norms = np.linalg.norm(weights, axis=2)
        sizes = np.abs(heights)
        on = np.ldexp(heights.sum(axis=1), ON_BITS) > sizes.sum(axis=1)
        pulls = np.maximum(heights, 0.0) @ self._up - (heights @ (on * self._down)[:, :, None])[:, :, 0]
        self._meet(tips)
        excesses, slopes = least_slopes(weights, norms, pulls, _MARGIN * self._scale)
        pulling = self._down > 0.0
        above, below = tips[:, :, -1] > 0.0, tips[:, :, -1] < 0.0  # of a constant neuron: all rows on, or none
        some, lacking = (on & pulling).any(axis=1)[:, None], (~on & pulling).any(axis=1)[:, None]
        endless = ((norms <= NOTHING) & ((above & lacking) | (below & some))).any(axis=1)
        return np.where(endless, inf, excesses), slopes, self._widest(heights, sizes @ self._all, weights)

    def _meet(self, tips: Floats) -> None:
        """Look at the neurons in the middle of cones."""
        middles = tips.sum(axis=1)
        lengths = np.linalg.norm(middles[:, :-1] * self._lengths, axis=1)
        values = (np.maximum(middles @ self._rows.T, 0.0) @ self._pulls) / np.where(lengths > NOTHING, lengths, inf)
        self.seen = max(self.seen, float(values.max()))
        best = [(float(values[k]), middles[k]) for k in np.argsort(-values, kind="stable")[:_KEPT] if values[k] > 1.0]
        self.met = sorted([*self.met, *best], key=lambda entry: -entry[0])[:_KEPT]

    def _widest(self, heights: Floats, tall: Floats, weights: Floats) -> Ints:
        """Return for every cone the edge whose halving promises most: where rows bend and directions turn."""
        norms, best = np.linalg.norm(weights, axis=2), np.full(len(heights), -1.0)
        edges = np.zeros((len(heights), 2), dtype=np.int64)
        for a, b in combinations(range(self._width), 2):
            bend = tall[:, a] + tall[:, b] - np.abs(heights[:, a] + heights[:, b]) @ self._all
            turn = norms[:, a] + norms[:, b] - np.linalg.norm(weights[:, a] + weights[:, b], axis=1)
            gains = bend / 2.0 + _TURN * turn
            better = gains > best
            best, edges[better] = np.where(better, gains, best), (a, b)
        return edges

    def nodes(self, factor: float) -> tuple[Halve | Below, ...]:
        """Return the tree in prefix order."""
        slopes: dict[int, Floats] = dict(zip(self._places.tolist(), self._slopes, strict=True))
        found: list[Halve | Below] = []
        for start in range(self._first):
            stack = [start]
            while stack:
                place = stack.pop()
                children = self._children[place]
                if children is None:
                    found.append(_below(slopes[place] * factor))
                else:
                    a, b, one, other = children
                    found.append(Halve(a, b))
                    stack += [other, one]
        return tuple(found)


def _below(slope: Floats) -> Below:
    entries = tuple(int(entry) for entry in np.rint(np.ldexp(slope, SLOPE_BITS)))
    return Below(entries if any(entries) else ())
