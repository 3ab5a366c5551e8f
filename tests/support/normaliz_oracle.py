"""Vertices of polytopes over Q(sqrt 2) by Normaliz, in a process of its own: JSON on stdin, JSON on stdout.

A number p + q sqrt(2) is the pair of texts [p, q].
"""

from __future__ import annotations

import json
import re
import sys
from fractions import Fraction


def written(pair):
    return f"{pair[0]}+{pair[1]}*a".replace("+-", "-")


def read(text):
    """Return the rational part and the factor of the root of a text such as ``-1/2*a+1/2``."""
    plain = root = Fraction(0)
    for sign, factor, a in re.findall(r"([+-]?)([0-9]*(?:/[0-9]+)?)\*?(a?)(?=[+-]|$)", text.replace(" ", "")):
        if factor or a:
            value = Fraction(factor or 1) * (-1 if sign == "-" else 1)
            plain, root = (plain, root + value) if a else (plain + value, root)
    return plain, root


def vertices(question):
    """Return dimension and vertices of {amounts >= 0: features amounts = fit}."""
    from PyNormaliz import Cone

    features, fit = question["features"], question["fit"]
    count = len(features)
    equations = [[written(f[i]) for f in features] + [written([str(-Fraction(e)) for e in fit[i]])] for i in range(len(fit))]
    signs = [[str(int(i == j)) for j in range(count)] + ["0"] for i in range(count)]
    cone = Cone(number_field=["a2-2", "a", "[1.4 +/- 0.1]"], inhom_equations=equations, inhom_inequalities=signs)
    found = []
    for *entries, last in map(tuple, cone.VerticesOfPolyhedron()):
        if read(last) != (1, 0):
            raise ValueError(f"the last coordinate is {last}")
        found.append([[str(part) for part in read(entry)] for entry in entries])
    return {"dimension": cone.AffineDim(), "vertices": found}


if __name__ == "__main__":
    json.dump([vertices(question) for question in json.load(sys.stdin)], sys.stdout)
