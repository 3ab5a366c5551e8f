"""Judges of the classification that share no method with it: rays and cells of small arrangements, all gates by brute force.

A neuron's pull phi(h) = l.h + sum_i k_i (x_i.h)+ over the rows on its hyperplane is linear on the cones of every fan that refines
the arrangement of these rows. With the axes as further hyperplanes the cones are pointed, so phi <= 0 everywhere (or on a cell)
exactly when it holds on the rays (in the closed cell).
"""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

from reluexact.model.dataset import Dataset
from reluexact.model.network import Network
from reluexact.numbers.linalg import solve


def dot(left, right):
    return sum((a * b for a, b in zip(left, right, strict=True)), Fraction(0))


class Pull:
    """The pull on one neuron, from its definition, one row at a time."""

    def __init__(self, data, network, penalty, j):
        residual = [t - f for t, f in zip(data.y, network.predict(data.X), strict=True)]
        w, a = network.hidden[j], network.output[j]
        self.slope = penalty * a - sum(r * max(dot(x, w), 0) for r, x in zip(residual, data.X, strict=True))
        self.linear = [-penalty * entry for entry in w]
        self.rows, self.kinks = [], []
        for r, x in zip(residual, data.X, strict=True):
            if dot(x, w) > 0:
                self.linear = [p + a * r * q for p, q in zip(self.linear, x, strict=True)]
            elif dot(x, w) == 0 and any(x):
                self.rows.append(x)
                self.kinks.append(a * r)
        self.d = data.d

    def value(self, h):
        return dot(self.linear, h) + sum(k * max(dot(x, h), 0) for k, x in zip(self.kinks, self.rows, strict=True))

    def rays(self):
        """Return the rays of the fan cut by the rows and the axes (d up to 3)."""
        axes = [tuple(Fraction(int(i == j)) for j in range(self.d)) for i in range(self.d)]
        normals = [*self.rows, *axes]
        found = set()
        for some in combinations(normals, self.d - 1):
            ray = _normal(some, self.d)
            if any(ray):
                size = max(map(abs, ray))
                found |= {tuple(e / size for e in ray), tuple(-e / size for e in ray)}
        return sorted(found)

    def cells(self):
        """Return the sign vectors of the rows on all full-dimensional cells."""
        found = set()
        for some in combinations(self.rays(), self.d):
            point = [sum(column) for column in zip(*some, strict=True)]
            signs = tuple(1 if dot(x, point) > 0 else -1 if dot(x, point) < 0 else 0 for x in self.rows)
            if 0 not in signs:
                found.add(signs)
        return sorted(found)

    def gradient(self, signs):
        total = list(self.linear)
        for s, k, x in zip(signs, self.kinks, self.rows, strict=True):
            if s > 0:
                total = [p + k * q for p, q in zip(total, x, strict=True)]
        return tuple(total)

    def is_directional(self):
        return all(self.value(h) <= 0 for h in self.rays())

    def is_sub_sampled(self):
        return any(
            all(self.value(h) <= 0 for h in self.rays() if all(s * dot(x, h) >= 0 for s, x in zip(signs, self.rows, strict=True)))
            for signs in self.cells()
        )

    def is_clarke(self):
        """Say whether 0 is in the convex hull of the gradients: in that of at most d + 1 of them (Caratheodory)."""
        gradients = sorted({self.gradient(signs) for signs in self.cells()})
        return any(
            _holds_zero(some) for size in range(1, min(self.d + 1, len(gradients)) + 1) for some in combinations(gradients, size)
        )


def _normal(rows, d):
    if d == 1:
        return (Fraction(1),)
    if d == 2:
        return (-rows[0][1], rows[0][0])
    (a, b, c), (p, q, r) = rows
    return (b * r - c * q, c * p - a * r, a * q - b * p)


def _holds_zero(points):
    """Say whether 0 is a convex combination of points; where it is one of dependent points, fewer will do."""
    size = len(points)
    shares = solve([*zip(*points, strict=True), [1] * size], [0] * len(points[0]) + [1])
    return shares is not None and min(shares) >= 0


def judged(data, network, penalty):
    """Return (clarke, sub_sampled, directional) for a network without half-zero neurons, by brute force."""
    pulls = [Pull(data, network, penalty, j) for j in range(network.width) if network.output[j] or any(network.hidden[j])]
    level = all(pull.slope == 0 for pull in pulls)
    balanced = all(dot(w, w) == a * a for w, a in zip(network.hidden, network.output, strict=True))
    return (
        level and all(pull.is_clarke() for pull in pulls),
        level and balanced and all(pull.is_sub_sampled() for pull in pulls),
        level and all(pull.is_directional() for pull in pulls),
    )


def slope_along(data, network, penalty, hidden, output):
    """Return the first two one-sided derivatives along a ray, exactly: near 0 the objective is a polynomial of degree 4."""
    h = Fraction(1, 2**200)
    values = []
    for k in range(5):
        moved = Network(
            [[w + k * h * m for w, m in zip(row, move, strict=True)] for row, move in zip(network.hidden, hidden, strict=True)],
            [a + k * h * c for a, c in zip(network.output, output, strict=True)],
        )
        values.append(moved.objective(data, penalty))
    first = dot((-25, 48, -36, 16, -3), values) / (12 * h)
    second = dot((35, -104, 114, -56, 11), values) / (12 * h * h)
    return first, second


def fitted(X, penalty, network, gates, extra):
    """Return data for which the network is stationary with these gates (one number per row, for every neuron), or None.

    Solves b a = r.(Xw)+ and b w = a sum_i gate_i r_i x_i for r; ``extra`` chooses among the solutions.
    """
    n, rows, right = len(X), [], []
    for w, a, gate in zip(network.hidden, network.output, gates, strict=True):
        rows.append([max(dot(x, w), Fraction(0)) for x in X])
        right.append(penalty * a)
        for j, entry in enumerate(w):
            rows.append([a * g * x[j] for g, x in zip(gate, X, strict=True)])
            right.append(penalty * entry)
    if not rows:
        residual = extra
    else:
        shifted = [b - dot(row, extra) for row, b in zip(rows, right, strict=True)]
        step = solve(rows, shifted)
        if step is None:
            return None
        residual = [e + s for e, s in zip(extra, step, strict=True)]
    fit = network.predict(X)
    return Dataset(X, [f + r for f, r in zip(fit, residual, strict=True)]) if n else None
