"""Tiny instances for the tests of the checker: hyperplanes, cells and the optimum in floats, independent of the package.

Floats (numpy, scipy, cvxpy) guess; nothing is proved here.
"""

from __future__ import annotations

import math
import warnings
from dataclasses import dataclass, field
from fractions import Fraction

import cvxpy
import numpy as np
import sympy
from scipy.optimize import nnls

TINY = 1e-6


@dataclass
class Instance:
    """Data, hyperplanes as in CERTIFICATE.md, and a guess of the optimum in floats."""

    X: list[list[Fraction]]
    y: list[Fraction]
    b: Fraction
    heads: list[int] = field(default_factory=list)
    factor: list[tuple[int, Fraction]] = field(default_factory=list)

    def __post_init__(self):
        for i, row in enumerate(self.X):
            if not any(row):
                self.factor.append((-1, Fraction(0)))
                continue
            for h in self.heads:
                j = next(j for j, entry in enumerate(self.X[h]) if entry)
                f = row[j] / self.X[h][j]
                if f and all(x == f * z for x, z in zip(row, self.X[h], strict=True)):
                    self.factor.append((h, f))
                    break
            else:
                self.heads.append(i)
                self.factor.append((i, Fraction(1)))

    @property
    def A(self):
        return np.array([[float(x) for x in row] for row in self.X])

    def normal(self, h):
        return self.A[h]

    def kinks(self, theta, sign):
        return {
            h: sign * sum(abs(float(f)) * t for (g, f), t in zip(self.factor, theta, strict=True) if g == h) for h in self.heads
        }

    def linear(self, theta, sign):
        total = np.zeros(len(self.X[0]))
        for row, (_, f), t in zip(self.A, self.factor, theta, strict=True):
            if f < 0:
                total += sign * t * row
        return total

    def cells(self):
        rng = np.random.default_rng(0)
        return sorted({tuple(row) for row in (rng.normal(size=(20000, len(self.X[0]))) @ self.A[self.heads].T > 0)})


def instance(X, y, b):
    return Instance([[Fraction(x) for x in row] for row in X], [Fraction(t) for t in y], Fraction(b))


def solve(case, tolerance=TINY):
    """Solve the convex program over all cells; return theta and the tight neurons (sign, direction, amount)."""
    A, y, b = case.A, np.array([float(t) for t in case.y]), float(case.b)
    sides = []
    for cell in case.cells():
        side = np.zeros(len(y))
        for i, (h, f) in enumerate(case.factor):
            if h >= 0:
                side[i] = 1 if cell[case.heads.index(h)] == (f > 0) else -1
        sides.append(side)
    sides = sorted({tuple(side) for side in sides})
    terms, norms, constraints, columns = [], [], [], []
    for side in map(np.array, sides):
        for sign in (1, -1):
            w = cvxpy.Variable(A.shape[1])
            terms.append(sign * (((side > 0)[:, None] * A) @ w))
            norms.append(cvxpy.norm(w))
            constraints.append((side[:, None] * A) @ w >= 0)
            columns.append((side, sign))
    fit = sum(terms)
    problem = cvxpy.Problem(cvxpy.Minimize(cvxpy.sum_squares(fit - y) / 2 + b * sum(norms)), constraints)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the guess may be inaccurate
        problem.solve(solver="CLARABEL", tol_gap_abs=1e-12, tol_gap_rel=1e-12, tol_feas=1e-12)
    theta = y - fit.value
    neurons = []
    for side, sign in columns:
        h, u = support(A, side, sign, theta)
        if h > b * (1 - tolerance) and not any(s == sign and np.linalg.norm(u - v) < 1e-3 for s, v in neurons):
            neurons.append((sign, u))
    return theta, problem.value, neurons


def support(A, side, sign, theta):
    """Return max of s theta'D X u over the closed cell and the unit ball, and the maximiser."""
    pull = sign * (theta * (side > 0)) @ A
    rows = side[:, None] * A
    rho, _ = nnls(rows.T, -pull)
    v = pull + rows.T @ rho
    norm = np.linalg.norm(v)
    return norm, v / max(norm, 1e-300)


def gate_of(case, u):
    values = case.A @ u
    size = np.linalg.norm(case.A, axis=1) + 1e-300
    return "".join("0" if abs(v) < 1e-4 * s else "+" if v > 0 else "-" for v, s in zip(values, size, strict=True))


def kernel(rows, d):
    """Return an integer basis of the kernel."""
    matrix = (
        sympy.Matrix([[sympy.Rational(x.numerator, x.denominator) for x in row] for row in rows]) if rows else sympy.zeros(1, d)
    )
    basis = []
    for vector in matrix.nullspace():
        basis.append(primitive(vector))
    return basis


def primitive(vector):
    """Scale a rational vector to coprime integers."""
    common = math.lcm(*[int(entry.q) for entry in vector])
    whole = [int(entry * common) for entry in vector]
    return [entry // math.gcd(*whole) for entry in whole]


def image(rows, basis):
    """Return an integer basis of the projections of the rows onto the span of the basis."""
    B, chosen = sympy.Matrix(basis).T, []
    for row in rows:
        v = B * (B.T * B).inv() * B.T * sympy.Matrix([sympy.Rational(x.numerator, x.denominator) for x in row])
        if any(v) and sympy.Matrix([*chosen, list(v)]).rank() > len(chosen):
            chosen.append(primitive(list(v)))
    return chosen


def strings(table):
    return {str(h): text(q) for h, q in sorted(table.items())}


def text(q):
    return str(Fraction(q))


def dot(a, b):
    return sum((x * z for x, z in zip(a, b, strict=True)), Fraction(0))
