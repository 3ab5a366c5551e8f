"""Optimal sets for tests: known instances, and vertex lists made by hand."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from itertools import permutations, product
from types import SimpleNamespace

from reluexact.evidence.status import Status
from reluexact.kinds.optimal_set.claim import OptimalSet
from reluexact.kinds.optimal_set.find import optimal_set
from reluexact.kinds.optimal_set.vertex import Vertex
from reluexact.kinds.optimum.find import solve
from reluexact.model.dataset import Dataset
from reluexact.numbers.linalg import primitive
from reluexact.numbers.real import Real


@cache
def solved(X, y, penalty):
    """Return the optimal set of a problem given by tuples."""
    best = optimal_set(solve(Dataset(X, y), penalty))
    assert best.status is Status.PROVED, best.reason
    return best


def toy():
    """Return the set with vertices (1/2, 0, 0) and (0, 1/4, 1/4)."""
    return solved(((2, 0, 0, 0), (-1, 1, 1, 1)), (1, 1), 1)


def cube():
    """Return the set of all signed permutations of (1, 1, 3) with targets 1: two tetrahedra of diagonals."""
    rows = {
        tuple(sign * x for sign, x in zip(signs, order, strict=True))
        for order in permutations((1, 1, 3))
        for signs in product((1, -1), repeat=3)
    }
    return solved(tuple(sorted(rows)), (1,) * len(rows), 10)


def corner(amounts):
    """Return a vertex with rational amounts."""
    return Vertex(
        amounts=tuple(Real.rational(Fraction(a)) for a in amounts), support=tuple(k for k, a in enumerate(amounts) if a)
    )


def listed(supports, *, rows=100, size=None):
    """Return something that has vertices with these supports, sorted as in an optimal set, their amounts all 1."""
    size = size or 1 + max((k for support in supports for k in support), default=0)
    ordered = sorted({tuple(sorted(support)) for support in supports}, key=lambda support: (len(support), support))
    vertices = tuple(corner([int(k in support) for k in range(size)]) for support in ordered)
    optimum = SimpleNamespace(data=SimpleNamespace(n=rows))
    return set_of(vertices, optimum)


def five_points(amounts, penalty=Fraction(1)):
    """Return (X, y, rows of six features): the family of FACTS 0.2 in rational coordinates.

    In the plane of e = (1,0,0,0) and f = (1,1,1,1)/2 the square of the length of a e + b f is a^2 + a b + b^2, so it has
    rational unit vectors between e and f, which are 60 degrees apart: s_1 = e, ..., s_5 = f. The rows are multiples of s_1 and
    of the steps s_(k+1) - s_k, the residual is chosen so that s_1, ..., s_5 and s_5 - s_1 are tight, and y so that ``amounts``
    are optimal.
    """
    plane = [
        (1, 0),
        (Fraction(5, 7), Fraction(3, 7)),
        (Fraction(8, 13), Fraction(7, 13)),
        (Fraction(3, 7), Fraction(5, 7)),
        (0, 1),
    ]
    units = [(a + Fraction(b) / 2, *[Fraction(b) / 2] * 3) for a, b in plane]
    steps = [minus(units[k], units[k - 1]) for k in (4, 3, 2, 1)] + [units[0]]
    rows = [primitive(step) for step in steps]
    residual = [penalty * next(a / b for a, b in zip(step, row, strict=True) if b) for step, row in zip(steps, rows, strict=True)]
    directions = [*units, minus(units[4], units[0])]
    assert all(dot(u, u) == 1 for u in directions)
    features = [[max(dot(row, u), Fraction(0)) for row in rows] for u in directions]
    fit = [sum(Fraction(a) * feature[i] for a, feature in zip(amounts, features, strict=True)) for i in range(5)]
    return tuple(rows), tuple(f + r for f, r in zip(fit, residual, strict=True)), directions


def dot(left, right):
    return sum((a * b for a, b in zip(left, right, strict=True)), Fraction(0))


def minus(left, right):
    return tuple(a - b for a, b in zip(left, right, strict=True))


def set_of(vertices, optimum, status=Status.PROVED, reason=""):
    """Return an optimal set that knows nothing but its vertices."""
    unknown = {"neurons": (), "dimension": None, "total": Real.rational(0)}
    return OptimalSet(status=status, reason=reason, vertices=vertices, optimum=optimum, **unknown)
