"""Exact pricing without enumeration: branch and bound for the greatest values of ``sign * residual.(Xu)+`` over all u."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from reluexact.geometry.column import Column
from reluexact.model.dataset import Dataset
from reluexact.progress import Progress
from reluexact.propose.local_search import LocalSearch
from reluexact.propose.pricing import Priced, Pricing, distinct
from reluexact.propose.tree.branching import ROUNDING, Branching, cell_of, climb
from reluexact.propose.tree.leaf import relax, root
from reluexact.prove.form import Form

_ON_HYPERPLANE = 2.0**-30


class CoverPricing:
    """Finds the most violated column, up to rounding, and good ones beside it: an empty answer means that there is none.

    ``first`` is asked before; only when it finds nothing the search over all u begins. Raises LimitReached after ``limit`` nodes.

    >>> pricing = CoverPricing(Dataset(X=[[1], [2]], y=[1, 2]), first=None)
    >>> [(p.column.sign, p.column.cell, p.value) for p in pricing.violated(np.array([1.0, 2.0]), 1.0, 9)]
    [(1, (True,), 5.0)]
    >>> pricing.violated(np.array([1.0, 2.0]), 6.0, 9)
    []
    """

    def __init__(
        self,
        data: Dataset,
        *,
        first: Pricing | str | None = "local",
        limit: int = 1_000_000,
        progress: Progress | None = None,
    ) -> None:
        """Prepare for one data set; ``first="local"`` stands for :class:`LocalSearch`."""
        self._hyperplanes = data.hyperplanes
        self._dimension = data.d
        self._first = LocalSearch(data) if isinstance(first, str) else first
        self._limit, self._progress = limit, progress

    def violated(self, residual: np.ndarray, level: float, count: int) -> list[Priced]:
        """Return at most ``count`` columns with ``h > level > 0``, the very best first; see :class:`Pricing`."""
        quick = self._first.violated(residual, level, count) if self._first is not None else []
        return quick or self._everywhere(residual, level, count)

    def _everywhere(self, residual: np.ndarray, level: float, count: int) -> list[Priced]:
        theta = tuple(Fraction(float(value)) for value in residual)
        found: list[Priced] = []
        for sign in (1, -1):
            form = Form.of(self._hyperplanes, theta, sign, dimension=self._dimension)
            search = _Highest(form, sign, level, count, limit=self._limit, progress=self._progress)
            found = search.run(found)
        return found


class _Highest(Branching):
    """Keeps the ``count`` best distinct directions that it meets; cones that cannot beat the worst of them are dropped."""

    def __init__(self, form: Form, sign: int, level: float, count: int, *, limit: int, progress: Progress | None) -> None:
        super().__init__(form, Fraction(level), limit=limit, progress=progress)
        self._sign, self._count, self._level = sign, count, level

    def run(self, found: list[Priced]) -> list[Priced]:
        """Search all u and return the best of the new and the given columns."""
        self._rate(found)
        self.stack.append(root(self.scaled, 0.0, 0))
        while self.stack:
            cone = self.pop()
            answer, value = relax(self.scaled, cone, enough=self.good)
            if value > self.good and answer.length > 0.0:
                found = self._met(found, answer.vector / answer.length)
                cone, answer, value = self.tightened(cone, answer, value)
            if value > self.good and cone.slack.any():
                self.split(cone, self.widest(cone, answer, cone.slack > 0.0), answer)
            self.nodes.clear()
        return found

    def _met(self, found: list[Priced], direction: np.ndarray) -> list[Priced]:
        """Add the maximiser of the cell of a direction where it is good enough."""
        if self.scaled.value(direction) <= self.good:
            return found
        direction, value = climb(self.scaled, direction)
        column = Column(sign=self._sign, cell=cell_of(self.scaled, direction))
        met = tuple(int(w) for w in np.flatnonzero(np.abs(self.scaled.heights(direction)) <= _ON_HYPERPLANE))
        known = self.scaled.direction(direction)
        new = Priced(column=column, value=float(value * self._level), direction=known, hyperplanes=met)
        found = distinct(iter((*found, new)), self._count)
        self._rate(found)
        return found

    def _rate(self, found: list[Priced]) -> None:
        """Set what a cone must exceed, a little above what rounding blurs."""
        least = found[-1].value / self._level if len(found) == self._count else 1.0
        self.good = least * (1.0 + ROUNDING) + ROUNDING * self.scaled.size / 4
