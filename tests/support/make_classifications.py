"""Certificates of the kind `classification`, written by hand: numbers that can be checked in the head."""

from __future__ import annotations

PROPERTIES = ("global_minimum", "local_minimum", "directional", "sub_sampled", "clarke")
WORDS = {"P": "proved", "R": "refuted", "U": "undecided"}
LEAF = {"rho": {}, "slope": {}}


def network(hidden, output):
    return {"hidden": [[str(x) for x in row] for row in hidden], "output": [str(a) for a in output]}


def along(*entries):
    return {"direction": [str(entry) for entry in entries]}


def classified(X, y, penalty, hidden, output, objective, answers, **evidence):
    """Return a certificate; `answers` has a letter for each property, the strongest first."""
    return {
        "format": "reluexact-certificate",
        "version": 1,
        "statement": {
            "kind": "classification",
            "problem": {"X": [[str(x) for x in row] for row in X], "y": [str(t) for t in y], "penalty": str(penalty)},
            "claim": {
                "network": network(hidden, output),
                "objective": objective,
                "properties": {name: WORDS[letter] for name, letter in zip(PROPERTIES, answers, strict=True)},
            },
        },
        "evidence": dict.fromkeys(PROPERTIES) | evidence,
        "produced_by": {"program": "tests/make_classifications.py"},
    }


def counterexample():
    """Residual (2, 1); the pull (0, -1).h + 2 (h_2)+ = |h_2| is 0 at the gate 1/2, and positive on both sides of the wall."""
    return classified(
        [[0, 1], [1, -1]],
        [2, 2],
        1,
        [[1, 0]],
        [1],
        "7/2",
        "RRRRP",
        global_minimum=network([["1", "-1/2"]], [1]),
        sub_sampled={"neuron": 0, "tree": [{"split": 0}, along(0, 1), along(0, -1)]},
        clarke=[{"gates": {"0": "1/2"}}],
    )


def cells():
    """Three dependent hyperplanes with kinks 2, 2, -1: the gradients on the cells of (1, 1) and (-1, -1) are opposite."""
    tree = [{"split": 1}, {"split": 2}, {"tighten": 3, "side": "lo", "rho": {"1": "1", "2": "1"}}, along(1, 1, 0)]
    tree += [{"split": 3}, along(1, 0, 0), along(1, -1, 0), {"split": 2}, {"split": 3}, along(0, 1, 0), along(-1, 1, 0)]
    tree += [{"tighten": 3, "side": "hi", "rho": {"1": "1", "2": "1"}}, along(-1, -1, 0)]
    return classified(
        [["-1/2", "-1/2", 1], [1, 0, 0], [0, 1, 0], [1, 1, 0]],
        [2, 2, 2, -1],
        1,
        [[0, 0, 1]],
        [1],
        "6",
        "RRRRP",
        global_minimum=network([["1/10", "1/10", 1]], [1]),
        sub_sampled={"neuron": 0, "tree": tree},
        clarke=[
            {"cells": [{"share": "1/2", "inside": ["1", "1", "0"]}, {"share": "1/2", "inside": ["-1", "-1", "0"]}]},
        ],
    )


def separated():
    """Gates 9/10, 9/10, 0 would give 0, but they belong to no combination of cells; whether a column fits is left open."""
    tighten = {"tighten": 2, "side": "lo", "rho": {"0": "1", "1": "1"}}
    return classified(
        [[1, 0, 0], [0, 1, 0], [1, 1, 0], ["-9/10", "-9/10", 1]],
        [1, 1, -1, 2],
        1,
        [[0, 0, 1]],
        [1],
        "3",
        "RRRUR",
        global_minimum=network([["-1/10", "-1/10", 1]], [1]),
        clarke={"neuron": 0, **along(-1, -1, 0), "tree": [{"split": 0}, {"split": 1}, tighten, {}, {}, {}]},
    )


def best():
    """The residual (3/5, 4/5) has length 1 = b."""
    corner = [{"split": 1}, LEAF, LEAF]
    trees = {"positive": [{"split": 0}, *corner, *corner], "negative": [LEAF]}
    return classified([[1, 0], [0, 1]], [3, 4], 1, [["6/5", "8/5"]], [2], "9/2", "PPPPP", global_minimum=trees)


def zero_neuron():
    """Nothing happens at first order; at second order 2 > 1."""
    return classified(
        [[1]],
        [2],
        1,
        [[0]],
        [0],
        "2",
        "RRPPP",
        global_minimum=network([[1]], [1]),
        local_minimum={"neuron": 0, "sign": "+", **along(1)},
        directional=[[LEAF]],
    )


def convex_kink():
    """The pull h_2 - 3 (h_2)+ is negative on both sides."""
    return classified(
        [[1, 1], [0, 1]],
        [2, -3],
        1,
        [[1, 0]],
        [1],
        "6",
        "RPPPP",
        global_minimum=network([[1, 0], [-1, 1]], [1, -1]),
        directional=[[{"rho": {}, "slope": {"1": "1/3"}}]],
    )


def column():
    """The pull -h_2 + (h_2)+ / 2 is at most 0 on the side h_2 >= 0 alone."""
    return classified(
        [[1, -1], [0, 1]],
        [2, "1/2"],
        1,
        [[1, 0], [0, 0]],
        [1, 0],
        "13/8",
        "RRRPR",
        global_minimum=network([[1, "-1/2"]], [1]),
        sub_sampled=[{"inside": ["0", "1"], "rho": {"1": "1/2"}}, None],
        clarke={"neuron": 0, **along(0, -1), "tree": [{}]},
    )


def whole_gate():
    """The pull -h_2 + (h_2)+ is 0 on the side h_2 >= 0, and positive on the other."""
    return classified(
        [[1, -1], [0, 1]],
        [2, 1],
        1,
        [[1, 0]],
        [1],
        "2",
        "RRRPP",
        global_minimum=network([[1, "-1/2"]], [1]),
        directional={"neuron": 0, **along(0, -1)},
        sub_sampled=[{"inside": ["0", "1"], "rho": {}}],
        clarke=[{"gates": {"1": "1"}}],
    )


def unbalanced():
    """The output weight is level, 1 = 2 / 2, but |w| = 2 |a|."""
    return classified([[1]], ["5/2"], 1, [[2]], [1], "21/8", "RRRRR", global_minimum=network([[1]], [1]))


GOOD = {
    f"classification-{name}": make
    for name, make in {
        "counterexample": counterexample,
        "cells": cells,
        "separated": separated,
        "best": best,
        "zero-neuron": zero_neuron,
        "convex-kink": convex_kink,
        "column": column,
        "whole-gate": whole_gate,
        "unbalanced": unbalanced,
    }.items()
}
