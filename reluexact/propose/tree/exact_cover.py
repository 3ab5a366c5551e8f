"""A branch tree of a bound even where it is attained, or a direction that violates the bound.

As :mod:`cover`, but a cone whose relaxation is close to the bound is settled in rational numbers: its leaf carries the exact
shortest vector, so values equal to the bound close too.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from reluexact.evidence.tree import Leaf
from reluexact.geometry.shortest import Range, shortest
from reluexact.numbers.linalg import primitive
from reluexact.numbers.types import Vector
from reluexact.propose.tree.branching import ROUNDING, Branching, climb
from reluexact.propose.tree.leaf import Cone, dyadic, leaf, relax, root
from reluexact.propose.tree.search import Covered, pruned
from reluexact.prove.form import Form, exceeds

ZERO = Fraction(0)

_EXACT_BELOW = 2.0**-32
_MARGIN = 2.0**-30
_SHORT_BITS = 12


class ExactCover(Branching):
    """One search, depth first."""

    def __init__(self, form: Form, bound: Fraction, *, limit: int) -> None:
        super().__init__(form, bound, limit=limit, progress=None)
        self.form, self.bound = form, bound
        self.good = 1.0 - _EXACT_BELOW - ROUNDING * self.scaled.size

    def run(self) -> Covered | Vector:
        """Visit cones until all are closed or one fails; raises LimitReached."""
        self.stack.append(root(self.scaled, 0.0, 0))
        while self.stack:
            found = self._visit(self.pop())
            if found is not None:
                return found
        return Covered(pruned(self.nodes, self.form.kinks, self.deciding))

    def _visit(self, cone: Cone) -> Vector | None:
        """Close the cone or split it; return a violating direction."""
        answer, value = relax(self.scaled, cone, enough=self.good)
        if value > self.good:
            if answer.length > 0.0 and self.scaled.value(answer.vector / answer.length) > 1.0 + _MARGIN:
                found = self._short(answer.vector / answer.length)
                if found is not None:
                    return found
            cone, answer, value = self.tightened(cone, answer, value)
        if value <= self.good:
            self.nodes.append(leaf(self.scaled, cone, answer.coefficients, 1.0 - value))
            return None
        bending = np.array([kink > 0 for kink in self.form.kinks], dtype=bool) & (cone.side == 0)
        if bending.any():
            self.split(cone, self.widest(cone, answer, bending), answer)
            return None
        return self._exact(cone)

    def _exact(self, cone: Cone) -> Vector | None:
        """Settle a cone in which every hyperplane with a positive kink is decided."""
        bounds = [self._interval(cone, hyperplane) for hyperplane in range(len(self.normals))]
        found = shortest(self.normals, self.form.linear, bounds)
        if found.square > self.bound * self.bound:
            return tuple(map(Fraction, primitive(found.vector)))
        rho, slope = [], []
        for hyperplane, (value, kink) in enumerate(zip(found.coefficients, self.form.kinks, strict=True)):
            if cone.side[hyperplane]:
                rho.append((hyperplane, value - kink if cone.side[hyperplane] > 0 else -value))
            elif kink:
                slope.append((hyperplane, value / kink))
        self.nodes.append(Leaf(rho=tuple((w, q) for w, q in rho if q), slope=tuple((w, q) for w, q in slope if q)))
        return None

    def _interval(self, cone: Cone, hyperplane: int) -> Range:
        kink = self.form.kinks[hyperplane]
        if cone.side[hyperplane]:
            return (kink, None) if cone.side[hyperplane] > 0 else (None, ZERO)
        return kink, ZERO

    def _short(self, direction: np.ndarray) -> Vector | None:
        """Return a short rational direction near a local maximum that exceeds the bound, exactly; None when floats misled."""
        best, _ = climb(self.scaled, direction)
        for bits in (_SHORT_BITS, 2 * _SHORT_BITS, 50):
            entries = best if self.scaled.basis is None else self.scaled.basis.exact(best * self.scaled.basis.scale)
            rounded = [dyadic(entry if isinstance(entry, Fraction) else float(entry), bits) for entry in entries]
            if any(rounded) and exceeds(self.form, self.bound, tuple(rounded)):
                return tuple(map(Fraction, primitive(rounded)))
        return None
