"""Certificates of all optimal networks from those of an optimum: by brute force, independent of the package and of the checker.

Every basis is tried. What comes out is written down: nothing is proved here. Pairs alone, or ties with labels by hand.
"""

from __future__ import annotations

import json
from fractions import Fraction
from itertools import combinations, product

import numpy as np
import sympy
from make_instances import dot


def box(low, high=None):
    """Return a claimed box, wider than the numbers."""
    step = Fraction(1, 2**80)
    return {"low": str((low - step) // step * step), "high": str(-((-(low if high is None else high) - step) // step) * step)}


def same(number):
    return {"low": str(number), "high": str(number)}


class Pairs:
    """The shares phi_k of the partners: sum of s_k phi_k e_k = -c, 0 <= phi_k <= 1, at the midpoint of the certificate."""

    def __init__(self, document):
        problem, evidence = document["statement"]["problem"], document["evidence"]
        self.neurons, self.roles = document["statement"]["claim"]["neurons"], evidence["roles"]
        X = sympy.Matrix([[sympy.Rational(x) for x in row] for row in problem["X"]])
        z = [Fraction(v) for v in evidence["system"]["midpoint"]]
        self.blocks = [k for k, role in enumerate(self.roles) if role in ("free", "pair")]
        self.pairs = [k for k in self.blocks if self.roles[k] == "pair"]
        omegas = sum(len(evidence["bases"][k]) for k in self.blocks)
        self.sizes = dict(zip(self.blocks, z[omegas:], strict=False))
        self.goal = [-v for v in z[omegas + len(self.blocks) :]]
        L = X * sympy.Matrix([[sympy.Rational(v) for v in row] for row in evidence["lineality"]]).T if self.goal else None
        self.columns, place = {}, 0
        for k in self.blocks:
            basis = evidence["bases"][k]
            if self.roles[k] == "pair":
                sign = 1 if self.neurons[k]["sign"] == "+" else -1
                E = [(L.T * L).LUsolve(L.T * X * sympy.Matrix([sympy.Rational(v) for v in vector])) for vector in basis]
                parts = [[Fraction(int(e.p), int(e.q)) for e in column] for column in E]
                self.columns[k] = [sign * dot(z[place : place + len(basis)], row) for row in zip(*parts, strict=True)]
            place += len(basis)

    def labels(self):
        """Yield every feasible label with its fractions."""
        order, rows = range(len(self.pairs)), range(len(self.goal))
        for basis in combinations(order, len(rows)):
            matrix = sympy.Matrix([[sympy.Rational(str(self.columns[self.pairs[j]][i])) for j in basis] for i in rows])
            if basis and not matrix.det():
                continue
            others = [j for j in order if j not in basis]
            for bits in product((0, 1), repeat=len(others)):
                high = [j for j, bit in zip(others, bits, strict=True) if bit]
                goal = [self.goal[i] - sum((self.columns[self.pairs[j]][i] for j in high), Fraction(0)) for i in rows]
                solved = matrix.LUsolve(sympy.Matrix([sympy.Rational(str(v)) for v in goal])) if basis else []
                phi = {j: Fraction(bit) for j, bit in zip(others, bits, strict=True)}
                phi.update({j: Fraction(int(v.p), int(v.q)) for j, v in zip(basis, solved, strict=True)})
                if all(0 < phi[j] < 1 for j in basis):
                    yield [list(basis), high], {self.pairs[j]: value for j, value in phi.items()}

    def network(self, phi):
        """Return support and amounts."""
        amounts = {}
        for k in self.blocks:
            parts = [(k, 1 - phi.get(k, 0))] + ([(self.neurons[k]["partner"], phi[k])] if k in phi else [])
            amounts |= {j: self.sizes[k] * part for j, part in parts if part}
        return {"support": sorted(amounts), "amounts": [box(amounts[k]) for k in sorted(amounts)]}


def branches(found, fewest):
    """Return a tree in which every pair without neuron k or without its partner is closed by weights found in floats."""

    def grow(place, fixed, between):
        if len(found.blocks) + between >= fewest:
            return [{}]
        weights = contradiction(found, fixed)
        if weights is not None:
            return [{"farkas": [str(w) for w in weights]}]
        k = found.pairs[place]
        partner = found.neurons[k]["partner"]
        low, high = grow(place + 1, {**fixed, k: 0}, between), grow(place + 1, {**fixed, k: 1}, between)
        return [{"branch": partner}, *low, {"branch": k}, *high, *grow(place + 1, fixed, between + 1)]

    return grow(0, {}, 0)


def contradiction(found, fixed):
    """Return weights that no choice of the shares satisfies, the fixed ones being given, if there are any."""
    columns = -np.array([[float(v) for v in found.columns[k]] for k in found.pairs])
    ends = [(fixed.get(k, 0), fixed.get(k, 1)) for k in found.pairs]
    goal = -np.array([float(v) for v in found.goal])
    for angle in np.linspace(0, 2 * np.pi, 400):
        weights = np.array([np.cos(angle), np.sin(angle)])
        gains = columns @ weights
        if sum(max(low * gain, high * gain) for (low, high), gain in zip(ends, gains, strict=True)) < goal @ weights - 1e-3:
            return [Fraction(round(w * 2**20), 2**20) for w in weights]
    return None


def optimal_set(document):
    """Turn a certificate of an optimum without ties into one of all optimal networks."""
    document = json.loads(json.dumps(document))
    found = Pairs(document)
    labels = list(found.labels())
    vertices = [found.network(phi) for _, phi in labels]
    widths = [len(vertex["support"]) for vertex in vertices]
    document["statement"]["kind"] = "optimal-set"
    document["statement"]["claim"] |= {
        "dimension": len(found.pairs) - len(found.goal),
        "total": box(sum(found.sizes.values(), Fraction(0))),
        "vertices": vertices,
        "min_width": min(widths),
        "max_vertex_width": max(widths),
    }
    document["evidence"]["labels"] = [label for label, _ in labels]
    return document


def by_hand(document, labels, vertices, dimension, total):
    """Add a claim about all optimal networks and labels."""
    document = json.loads(json.dumps(document))
    widths = [len(vertex) for vertex in vertices]
    document["statement"]["kind"] = "optimal-set"
    document["statement"]["claim"] |= {
        "dimension": dimension,
        "total": total,
        "vertices": [{"support": list(vertex), "amounts": list(vertex.values())} for vertex in vertices],
        "min_width": min(widths),
        "max_vertex_width": max(widths),
    }
    document["evidence"]["labels"] = labels
    return document


def minimum_network(document, minimum=None):
    """Turn a certificate of all optimal networks into one of the fewest neurons."""
    document = json.loads(json.dumps(document))
    claim, evidence = document["statement"]["claim"], document["evidence"]
    labels = evidence.pop("labels")
    document["statement"]["kind"] = "minimum-network"
    vertices, fewest = claim.pop("vertices"), claim.pop("min_width")
    for name in ("dimension", "total", "max_vertex_width"):
        del claim[name]
    place = next(place for place, vertex in enumerate(vertices) if len(vertex["support"]) == fewest)
    claim |= {"fewest": fewest, "network": vertices[place]}
    evidence |= {"label": labels[place], "minimum": minimum or {"labels": labels}}
    return document
