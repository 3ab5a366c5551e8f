"""Certificates of the kind `path` with ties, made by hand as those of make_paths."""

from __future__ import annotations

from fractions import Fraction as Q

from make_paths import LEAF, Case, Structure, around, block, document, event, neuron, segment, tight, watched

FIRST, SECOND, BOTH = (1, 0, 0, 0), (-1, 1, 1, 1), (1, 1, 1, 1)
"""Two directions at an angle of 120 degrees, and the one between them."""
EDGE, END = around(2), {"low": "7/4", "high": "7/4"}
ALL_ENTER = [("low", "watched", place, None, None) for place in range(3)]


def tie(sign, gate, *basis, ray, weight):
    return {**watched(sign, gate, *basis), "ray": [str(entry) for entry in ray], "weight": str(weight)}


def trees(between, first, second):
    """Return the trees: which neuron is on both rows, which on one of them."""
    off = [{"split": 1}, tight(second), LEAF]
    return [{"split": 0}, {"split": 1}, tight(between), tight(first), *off], [LEAF]


def path(case, segments, neurons, dimension):
    """Return a path whose neurons all enter at 2."""
    pieces = [
        {"neurons": [], "dimension": 0, "from": None, "to": EDGE},
        {"neurons": neurons, "dimension": dimension, "from": EDGE, "to": END},
    ]
    events = [{"event": "enters", "sign": one["sign"], "gate": one["gate"], "wall": None} for one in neurons]
    return document(case, Q(7, 4), segments, [event("enter", **EDGE)], pieces, [{**EDGE, "events": events}])


def toy():
    """X = [[2, 0, 0, 0], [-1, 1, 1, 1]], y = (1, 1): three neurons enter at 2, of which two would do, or the one between them."""
    case = Case([[Q(2), *[Q(0)] * 3], [Q(-1), *[Q(1)] * 3]], [Q(1), Q(1)])
    rays = [("+", "+-", FIRST), ("+", "-+", SECOND)]
    plane = ("+", "++", FIRST, SECOND)
    known, enters = trees(2, 0, 1), [("high", "amount", place, None, None) for place in (0, 1)]
    below = Structure([block(*ray) for ray in rays])
    segments = [
        segment(case, Structure([], watched=[watched(*one) for one in (*rays, plane)]), "7/4", "3", [], known, ALL_ENTER),
        segment(case, below, "7/4", "17/8", ["31/16", "31/32", "1/128", "1/128"], known, enters),
    ]
    segments[1] |= {"ties": [tie(*plane, ray=BOTH, weight=1)], "apart": None}
    return path(case, segments, [neuron(*one[:2]) for one in (*rays, plane)], 1)


def idle():
    """A third row (1, 0, 0, -1) with the target 0: one of the outer neurons fires there, so only the one between is used."""
    third = [Q(1), Q(0), Q(0), Q(-1)]
    case = Case([[Q(2), *[Q(0)] * 3], [Q(-1), *[Q(1)] * 3], third], [Q(1), Q(1), Q(0)])
    used, others = ("+", "++0", BOTH), [("+", "+-+", FIRST), ("+", "-+-", SECOND)]
    known = trees(0, 1, 2)
    seen = Structure([], watched=[watched(*one) for one in (used, *others)])
    segments = [
        segment(case, seen, "7/4", "3", [], known, ALL_ENTER),
        segment(case, Structure([block(*used)]), "7/4", "17/8", ["31/32", "1/64"], known, [("high", "amount", 0, None, None)]),
    ]
    ties = [tie(*one, ray=one[2], weight=0) for one in others]
    segments[1] |= {"ties": ties, "apart": ["-1", "1", "3"]}
    return path(case, segments, [neuron(*used[:2]), *({**neuron(*one[:2]), "idle": True} for one in others)], 0)


GOOD = {"path-toy": toy, "path-idle": idle}
"""Certificates by their names in tests/good."""
