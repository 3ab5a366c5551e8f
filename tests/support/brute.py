"""An optimum judged by brute force: all cells, all faces, exact arithmetic; nothing of the package is imported.

Small data only (rank at most 3 or so). A residual theta that is known to 60 digits gives, for every cell and both signs, the
exact value of the program's constraint at its rational midpoint; no tolerance is used until values are compared with the penalty.
"""

from __future__ import annotations

import warnings
from fractions import Fraction
from functools import cached_property
from itertools import combinations
from math import gcd, lcm

import numpy as np
from scipy.optimize import linprog

DIGITS = 60
"""Solve with so many digits: cells nearly tight and directions nearly on a hyperplane must stand apart from those that are."""

CLOSE = Fraction(1, 10**40)
"""What ``digits=60`` must reach easily, relative to the size of the numbers."""


def dot(left, right):
    return sum(a * b for a, b in zip(left, right, strict=True))


def primitive(vector):
    """Scale a rational vector to coprime integers; its direction stays."""
    scale = lcm(*(Fraction(entry).denominator for entry in vector))
    whole = [int(entry * scale) for entry in vector]
    common = gcd(*whole) or 1
    return tuple(entry // common for entry in whole)


def orthogonal(vectors):
    """Return an orthogonal basis of the span."""
    basis = []
    for vector in vectors:
        for known in basis:
            share = Fraction(dot(vector, known), dot(known, known))
            vector = tuple(a - share * b for a, b in zip(vector, known, strict=True))
        if any(vector):
            basis.append(primitive(vector))
    return basis


def projector(vectors, width):
    """Return the matrix of the orthogonal projection onto the span."""
    basis = orthogonal(vectors)
    return tuple(
        tuple(sum((Fraction(v[i] * v[j], dot(v, v)) for v in basis), Fraction(0)) for j in range(width)) for i in range(width)
    )


class Brute:
    """The arrangement of the rows of X within their span: hyperplanes, flats and cells, all exact."""

    def __init__(self, X, y):
        self.X = tuple(tuple(Fraction(entry) for entry in row) for row in X)
        self.y = tuple(Fraction(entry) for entry in y)
        self.d = len(self.X[0])
        lines = [primitive(row) for row in self.X]
        self.normals = []
        for line in lines:
            if any(line) and line not in self.normals and tuple(-entry for entry in line) not in self.normals:
                self.normals.append(line)
        self.rank = len(orthogonal(self.normals))
        # for every row its hyperplane and its side: +1, -1, or None for a zero row
        self.place = [
            (self.normals.index(line), 1)
            if line in self.normals
            else (self.normals.index(tuple(-entry for entry in line)), -1)
            if any(line)
            else None
            for line in lines
        ]

    @cached_property
    def flats(self):
        """The projectors onto every intersection of hyperplanes within the row space, {0} left out; deduplicated and sorted."""
        whole = projector(self.normals, self.d)
        found = set()
        for size in range(self.rank):
            for chosen in combinations(self.normals, size):
                if len(orthogonal(chosen)) == size:
                    part = projector(chosen, self.d)
                    found.add(tuple(tuple(a - b for a, b in zip(*rows, strict=True)) for rows in zip(whole, part, strict=True)))
        return sorted(found)

    @cached_property
    def rays(self):
        """Both directions of every flat of dimension one."""
        lines = [flat for flat in self.flats if sum(flat[i][i] for i in range(self.d)) == 1]
        ahead = [primitive(next(row for row in flat if any(row))) for flat in lines]
        return ahead + [tuple(-entry for entry in ray) for ray in ahead]

    @cached_property
    def cells(self):
        """All sign vectors (+1, -1 per hyperplane) of full-dimensional cells, those whose rays add up to an interior point."""
        sides = {ray: [dot(normal, ray) for normal in self.normals] for ray in self.rays}
        cells = [((), tuple(self.rays))]
        for hyperplane in range(len(self.normals)):
            grown = []
            for signs, rays in cells:
                for sign in (1, -1):
                    kept = tuple(ray for ray in rays if sign * sides[ray][hyperplane] >= 0)
                    extended = (*signs, sign)
                    if all(sum(s * sides[ray][w] for ray in kept) > 0 for w, s in enumerate(extended)):
                        grown.append((extended, kept))
            cells = grown
        return [signs for signs, _ in cells]

    @property
    def patterns(self):
        """Return the rows that fire in every cell, 0 or 1 (a zero row counts as firing)."""
        return [tuple(int(at is None or cell[at[0]] == at[1]) for at in self.place) for cell in self.cells]

    def heights(self, theta, sign):
        """For every cell: the square of the greatest ``sign theta.(Xu)+`` on its unit vectors u, and that maximum times u."""
        theta = [Fraction(entry) for entry in theta]
        gates = np.array(self.patterns, dtype=object).reshape(len(self.cells), len(self.X))
        rows = [tuple(sign * t * entry for entry in row) for t, row in zip(theta, self.X, strict=True)]
        unit = lcm(*(entry.denominator for row in rows for entry in row))
        pulls = gates @ np.array([[int(entry * unit) for entry in row] for row in rows], dtype=object)
        best = [(Fraction(0), (Fraction(0),) * self.d)] * len(self.cells)
        signs = np.array(self.cells, dtype=object).reshape(len(self.cells), len(self.normals))
        hyperplanes = np.array(self.normals, dtype=object).reshape(len(self.normals), self.d).T
        for flat in self.flats:
            scale = lcm(*(entry.denominator for row in flat for entry in row))
            points = pulls @ np.array([[int(entry * scale) for entry in row] for row in flat], dtype=object)
            inside = np.all((points @ hyperplanes) * signs >= 0, axis=1)
            for cell in np.flatnonzero(inside):
                square = Fraction(dot(points[cell], pulls[cell]), scale * unit * unit)
                if square > best[cell][0]:
                    best[cell] = square, tuple(Fraction(entry, scale * unit) for entry in points[cell])
        return best

    def greatest(self, theta):
        """Return the square of the greatest value over all cells and both signs."""
        return max((square for sign in (1, -1) for square, _ in self.heights(theta, sign)))

    def objective(self, hidden, output, penalty):
        """Return the exact objective of a network."""
        fit = [sum((a * max(dot(row, w), 0) for w, a in zip(hidden, output, strict=True)), Fraction(0)) for row in self.X]
        error = sum((f - t) ** 2 for f, t in zip(fit, self.y, strict=True))
        size = sum(dot(w, w) for w in hidden) + dot(output, output)
        return error / 2 + penalty * size / 2

    def full_program(self, penalty):
        """Return the value of the textbook convex program over all cells, by cvxpy and Clarabel (or SCS, where that gives up)."""
        import cvxpy as cp

        X, y = np.array(self.X, dtype=float), np.array(self.y, dtype=float)
        if not self.normals:
            return float(y @ y) / 2
        on = np.array(self.patterns, dtype=float).T
        length = np.abs(X).max(axis=1, keepdims=True)
        sides = X / np.where(length > 0, length, 1)
        blocks = [cp.Variable((self.d, on.shape[1])) for _ in range(2)]
        # units in which the targets are about 1
        unit = np.abs(y).max() or 1.0
        fit = cp.sum(cp.multiply(on, X @ (blocks[0] - blocks[1])), axis=1)
        cost = sum(cp.sum(cp.norm(block, 2, axis=0)) for block in blocks)
        cones = [cp.multiply(2 * on - 1, sides @ block) >= 0 for block in blocks]
        problem = cp.Problem(cp.Minimize(cp.sum_squares(fit - y / unit) / 2 + float(penalty) / unit * cost), cones)
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "Solution may be inaccurate")  # it is compared to five digits only
            try:
                problem.solve(solver=cp.CLARABEL)
            except cp.SolverError:  # badly scaled mutants now and then: the second solver is slower and gets through
                problem.solve(solver=cp.SCS, eps_abs=1e-9, eps_rel=1e-9, max_iters=200_000)
        return float(problem.value) * unit**2


def middle(real):
    return (real.low + real.high) / 2


def faults(optimum, brute=None):
    """Return all that is wrong with a PROVED optimum, as text; works on any object with an Optimum's attributes."""
    brute = brute or Brute(optimum.data.X, optimum.data.y)
    theta = [middle(entry) for entry in optimum.residual]
    found = _value_faults(optimum, brute, theta)
    tight = []
    limit = optimum.penalty**2
    room = 0 if all(entry.low == entry.high for entry in optimum.residual) else CLOSE
    for sign in (1, -1):
        for square, point in brute.heights(theta, sign):
            if square > limit * (1 + room):
                found.append(f"a cell reaches {float(square) ** 0.5!r} with sign {sign}: the residual is not dual feasible")
            elif square >= limit * (1 - room):
                _insert(tight, (sign, [entry / optimum.penalty for entry in point]))
    listed = [(neuron.sign, [middle(entry) for entry in neuron.direction]) for neuron in optimum.neurons]
    found += [f"not listed: {_show(entry)}" for entry in tight if not _among(entry, listed)]
    found += [f"listed but not tight: {_show(entry)}" for entry in listed if not _among(entry, tight)]
    if len(listed) != len(tight) and not found:
        found.append("a neuron is listed twice")
    return found + _neuron_faults(optimum, listed) + _amount_faults(optimum, brute, theta, listed)


def _value_faults(optimum, brute, theta):
    found = []
    size = 1 + dot(brute.y, brute.y)
    dual = dot(brute.y, theta) - dot(theta, theta) / 2
    upper = brute.objective(optimum.network.hidden, optimum.network.output, optimum.penalty)
    if abs(dual - middle(optimum.value)) > CLOSE * size:
        found.append(f"the dual value {float(dual)!r} is not the value {optimum.value!r}")
    if upper != optimum.upper or upper < optimum.value.low or upper - middle(optimum.value) > CLOSE * size:
        found.append(f"the network's objective {float(upper)!r} does not match the value {optimum.value!r}")
    if not optimum.value.low <= optimum.value.high or optimum.lower > optimum.upper:
        found.append("bounds are the wrong way round")
    return found


def _neuron_faults(optimum, listed):
    found = []
    for index, (neuron, (sign, direction)) in enumerate(zip(optimum.neurons, listed, strict=True)):
        sides = [dot(row, direction) for row in optimum.data.X]
        gate = tuple(0 if abs(side) < CLOSE else 1 if side > 0 else -1 for side in sides)
        if gate != neuron.gate:
            found.append(f"neuron {index} has gate {neuron.gate}, not {gate}")
        opposite = (sign, [-entry for entry in direction])
        partners = [k for k, other in enumerate(listed) if _same(other, opposite)]
        if partners != ([] if neuron.partner is None else [neuron.partner]):
            found.append(f"neuron {index} has partner {neuron.partner}, not {partners}")
    return found


def _amount_faults(optimum, brute, theta, listed):
    """Judge ``amount`` exactly and ``positive`` by linear programs in floats."""
    features = [[sign * max(dot(row, u), 0) for row in brute.X] for sign, u in listed]
    fit = [t - r for t, r in zip(brute.y, theta, strict=True)]
    amounts = [Fraction(0) if neuron.amount is None else middle(neuron.amount) for neuron in optimum.neurons]
    found = []
    size = 1 + max(map(abs, brute.y))
    for i, goal in enumerate(fit):
        if abs(dot(amounts, [feature[i] for feature in features]) - goal) > CLOSE * size:
            found.append(f"the amounts miss the fit in row {i}")
    if any(amount < 0 for amount in amounts):
        found.append("an amount is negative")
    for index, neuron in enumerate(optimum.neurons):
        if amounts[index] > 0 and neuron.positive is not True:
            found.append(f"neuron {index} has an amount but positive={neuron.positive}")
    return found + _positive_faults(optimum, features, fit)


def _positive_faults(optimum, features, fit):
    if not features:
        return []
    unit = float(max(map(abs, fit))) or 1.0
    A = np.array(features, dtype=float).T
    # the equations in an orthonormal basis of the features' span: none is redundant, so rounding cannot contradict them
    left, sizes, _ = np.linalg.svd(A, full_matrices=False)
    basis = left[:, sizes > 1e-9 * sizes[0]].T
    goal = basis @ np.array(fit, dtype=float) / unit
    found = []
    for index, neuron in enumerate(optimum.neurons):
        if neuron.amount is not None and neuron.amount.low > 0 and neuron.positive is True:
            continue  # its amount proves it
        cost = np.zeros(len(features))
        cost[index] = -1.0
        answer = linprog(cost, A_eq=basis @ A, b_eq=goal, method="highs")
        most = -answer.fun if answer.status == 0 else float("nan")
        if neuron.positive is True and not most > 1e-7:
            found.append(f"neuron {index} is never used, but positive=True")
        if neuron.positive is False and not most < 1e-5:
            found.append(f"neuron {index} can have amount {most * unit!r}, but positive=False")
    return found


def _same(first, second):
    return first[0] == second[0] and all(abs(a - b) < Fraction(1, 10**30) for a, b in zip(first[1], second[1], strict=True))


def _among(entry, entries):
    return any(_same(entry, other) for other in entries)


def _insert(entries, entry):
    if not _among(entry, entries):
        entries.append(entry)


def _show(entry):
    return f"sign {entry[0]}, direction {[float(value) for value in entry[1]]}"
