"""Branch trees of tiny instances for the tests of the checker; see "Trees" in CERTIFICATE.md."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from make_instances import TINY, Instance, strings
from scipy.optimize import lsq_linear, nnls


@dataclass
class Grower:
    """Grow a tree: try a tight leaf, a leaf, then tighten once per depth if asked to, then split."""

    case: Instance
    sign: int
    theta: list[float]
    parts: object | None
    eager: bool = True
    tightening: bool = False

    def tree(self):
        case = self.case
        norms = {h: float(np.linalg.norm(case.normal(h))) for h in case.heads}
        self.kinks, self.line = case.kinks(self.theta, self.sign), case.linear(self.theta, self.sign)
        return self.grow({}, dict(norms), dict(norms), done=frozenset())

    def grow(self, sides, hi, lo, done):
        complete = len(sides) == len(self.case.heads)
        if self.eager or complete:
            found = self.tight(sides) or self.leaf(sides, hi, lo)
            if found:
                return [found]
        if complete:
            raise ValueError("no leaf closes a cell: the candidate is not optimal")
        if self.tightening and sides:
            for h in self.case.heads:
                for side, bounds in (("hi", hi), ("lo", lo)):
                    if h not in sides and (h, side) not in done:
                        g = 1 if side == "hi" else -1
                        rho = self.cone_multipliers(g * self.case.normal(h), sides)
                        bound = np.linalg.norm(g * self.case.normal(h) + self.cone_sum(rho, sides))
                        node = {"tighten": h, "side": side, "rho": strings(rho)}
                        rest = {**bounds, h: min(bounds[h], bound + 1e-15)}
                        new = (rest, lo) if g > 0 else (hi, rest)
                        return [node, *self.grow(sides, *new, done | {(h, side)})]
        h = max((h for h in self.case.heads if h not in sides), key=lambda h: (self.kinks[h] > 0, abs(self.kinks[h]), -h))
        both = [self.grow({**sides, h: side}, hi, lo, frozenset()) for side in (1, -1)]
        return [{"split": h}, *both[0], *both[1]]

    def cone_multipliers(self, vector, sides):
        if not sides:
            return {}
        rows = np.array([s * self.case.normal(h) for h, s in sides.items()])
        rho, _ = nnls(rows.T, -vector)
        return {h: Fraction(round(r * 2**30), 2**30) for h, r in zip(sides, rho, strict=True) if r > 1e-9}

    def cone_sum(self, rho, sides):
        return sum((float(r) * sides[h] * self.case.normal(h) for h, r in rho.items()), np.zeros(len(self.case.X[0])))

    def leaf(self, sides, hi, lo):
        """Best multipliers, chord slopes for kinks upwards, slopes within [0, 1] for kinks downwards."""
        base, slack, slope = self.line.copy(), 0.0, {}
        columns, bounds, names = [], [], []
        for h in self.case.heads:
            n, k = self.case.normal(h), self.kinks[h]
            if h in sides:
                base += k * n * (sides[h] > 0)
                columns.append(sides[h] * n)
                bounds.append(np.inf)
                names.append(("rho", h))
            elif k > 0:
                f = Fraction(round(hi[h] / (hi[h] + lo[h] + 1e-300) * 2**20), 2**20)
                slope[h] = f
                base += float(f) * k * n
                slack += k * max((1 - float(f)) * hi[h], float(f) * lo[h])
            else:
                columns.append(k * n)
                bounds.append(1.0)
                names.append(("slope", h))
        rho = {}
        if columns:
            upper = np.array(bounds)
            answer = lsq_linear(np.array(columns).T, -base, bounds=(0, upper)).x
            for (what, h), value in zip(names, answer, strict=True):
                number = Fraction(round(value * 2**30), 2**30)
                base = base + float(number) * columns[names.index((what, h))]
                if number:
                    (rho if what == "rho" else slope)[h] = number
        if np.linalg.norm(base) + slack < float(self.case.b) * (1 - 1e-5):
            return {"rho": strings(rho), "slope": strings(slope)}
        return None

    def tight(self, sides):
        for k in range(len(self.parts.signs) if self.parts else 0):
            gate = self.parts.gates[k]
            outside = [h for h in self.case.heads if gate[h] != "0"]
            inside = [h for h in self.case.heads if gate[h] == "0"]
            if self.parts.signs[k] != self.sign or any(sides.get(h, 0) == (-1 if gate[h] == "+" else 1) for h in outside):
                continue
            if any(h not in sides and self.kinks[h] > 1e-9 for h in outside):
                continue
            chosen = []
            for h in inside:
                if np.linalg.matrix_rank(np.array([self.case.normal(j) for j in [*chosen, h]])) > len(chosen):
                    chosen.append(h)
            goal = float(self.case.b) * self.parts.directions[k] - self.line
            goal = goal - sum((self.kinks[h] * self.case.normal(h) for h in outside if gate[h] == "+"), np.zeros(len(goal)))
            taus = dict.fromkeys(inside, 0.0)
            if chosen:
                answer = np.linalg.lstsq(np.array([self.case.normal(h) for h in chosen]).T, goal, rcond=None)[0]
                taus.update(zip(chosen, answer, strict=True))
            if all(self.allowed(taus[h], self.kinks[h], sides.get(h, 0)) for h in inside):
                return {"neuron": k, "solve": chosen, "fixed": {}}
        return None

    @staticmethod
    def allowed(tau, kink, side):
        return (side < 0 or tau >= kink - TINY) and (side > 0 or tau <= TINY)
