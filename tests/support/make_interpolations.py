"""Small certificates of cheapest interpolating networks, by hand: independent of the package and of the checker."""

from __future__ import annotations

from make_extended import LEAF, strings
from make_extended_optimum import TIGHT, box, neuron


def certificate(X, y, claim, evidence):
    """Return a document of the kind."""
    problem = {"X": strings(X), "y": strings([y])[0], "penalty": "1"}
    return {
        "format": "reluexact-certificate",
        "version": 1,
        "statement": {"kind": "interpolation", "problem": problem, "claim": claim},
        "evidence": evidence,
        "produced_by": {"program": "make_interpolations"},
    }


def optimum(roles, bases, midpoint, positive, pins=None):
    """Return the evidence of an optimum whose system has a rational solution, and which no neuron of sign - comes near."""
    return {
        "roles": roles,
        "bases": bases,
        "lineality": [],
        "system": {"midpoint": midpoint, "radius": "1/1000", "preconditioner": [["0"] * len(midpoint)] * len(midpoint)},
        "split": {"fraction": {}, "solve": []},
        "rows": [1, 1],
        "pins": pins or {},
        "positive": positive,
        "negative": [LEAF],
    }


def toy():
    """X = (2, 0, 0, 0), (-1, 1, 1, 1), y = (1, 1): A = (1, 1, 1, 1)/2, or B = (1, 0, 0, 0) and C = (-1, 1, 1, 1)/2, half each.

    Their features are (1, 1), (2, 0) and (0, 2), so theta = (1, 1)/2 and the cost is 1. Unknowns: omega_B, omega_C, t, theta.
    """
    half = ["1/2"] * 4
    neurons = [
        neuron("+", "++", half, None),
        neuron("+", "+-", [1, 0, 0, 0], "1/2"),
        neuron("+", "-+", ["-1/2", *half[1:]], "1/2"),
    ]
    claim = {
        "fit": ["1", "1"],
        "value": box(1),
        "theta": [box("1/2"), box("1/2")],
        "neurons": neurons,
        "dimension": 1,
        "vertices": [{"support": [0], "amounts": [box(1)]}, {"support": [1, 2], "amounts": [box("1/2"), box("1/2")]}],
        "min_width": 1,
        "max_vertex_width": 2,
    }
    leaves = [{"neuron": k, **TIGHT} for k in range(3)]
    positive = [{"split": 0}, {"split": 1}, leaves[0], leaves[1], {"split": 1}, leaves[2], LEAF]
    bases = [strings([[1, 0, 0, 0], [0, 1, 1, 1]]), strings([[1, 0, 0, 0]]), strings([[-1, 1, 1, 1]])]
    evidence = {
        "kept": [0, 1],
        "weights": ["1", "1"],
        "optimum": optimum(["tie", "free", "free"], bases, ["1/2", "1/4", "1/2", "1/2", "1/2", "1/2"], positive),
        "labels": [[[0, 1], []], [[1, 2], []]],
    }
    return certificate([[2, 0, 0, 0], [-1, 1, 1, 1]], [1, 1], claim, evidence)


def squares():
    """X = 1, 2, -1, 0 and y = (1, 1, 0, 7): the fit is 3/5 times (1, 2) in the first rows, what it likes in row 2, 0 in row 3.

    Rows 0 and 2 determine all; theta is 1 in row 0; nothing determines it in row 2, whose fit is 0 without a neuron there.
    """
    claim = {
        "fit": ["3/5", "6/5", "0", "0"],
        "value": box("3/5"),
        "theta": [box(1), box(0)],
        "neurons": [neuron("+", "+-", [1], "3/5")],
        "dimension": 0,
        "vertices": [{"support": [0], "amounts": [box("3/5")]}],
        "min_width": 1,
        "max_vertex_width": 1,
    }
    positive = [{"split": 0}, {"neuron": 0, **TIGHT}, LEAF]
    evidence = {
        "kept": [0, 2],
        "weights": ["2", "2"],
        "optimum": optimum(["free"], [[["1"]]], ["3/5", "3/5", "1"], positive, {"1": "0"}),
        "labels": [[[], []]],
    }
    return certificate([[1], [2], [-1], [0]], [1, 1, 0, 7], claim, evidence)


def bounds():
    """X = 1, 2, y = (1, 2): theta = (1/3, 1/3) gives the bound 1, which one neuron of weights 1 attains; 3/2 is claimed."""
    claim = {"fit": ["1", "2"], "lower": "1", "upper": "3/2", "network": {"hidden": [["1"]], "output": ["1"]}}
    evidence = {"theta": ["1/3", "1/3"], "positive": [{"split": 0}, LEAF, LEAF], "negative": [LEAF]}
    return certificate([[1], [2]], [1, 2], claim, evidence)


def nothing():
    """Equal rows with the targets 1 and -1: the fit is 0, which costs nothing."""
    claim = {"fit": ["0", "0"], "lower": "0", "upper": "0", "network": {"hidden": [], "output": []}}
    return certificate([[1], [1]], [1, -1], claim, {"theta": ["0", "0"], "positive": [LEAF], "negative": [LEAF]})


GOOD = {
    "interpolation-bounds": bounds,
    "interpolation-nothing": nothing,
    "interpolation-squares": squares,
    "interpolation-three-directions": toy,
}
