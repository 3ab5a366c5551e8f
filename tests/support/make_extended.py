"""Small certificates of version 2, by hand: independent of the package and of the checker, for the tests alone.

Losses are written as in a textbook here; the certificates say the same by breakpoints and coefficients.
"""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction

F = Fraction
ROOM = F(1, 10**50)
LEAF = {"rho": {}, "slope": {}}
ABSOLUTE = {"of": "difference", "breakpoints": ["0"], "pieces": [["0", "-1", "0"], ["0", "1", "0"]]}
HINGE = {"of": "margin", "breakpoints": ["1"], "pieces": [["0", "-1", "1"], ["0", "0", "0"]]}
LOGISTIC = {"of": "margin", "function": "logistic"}
HUBER = {"of": "difference", "breakpoints": ["-1", "1"], "pieces": [["0", "-1", "-1/2"], ["1/2", "0", "0"], ["0", "1", "-1/2"]]}


def strings(rows):
    return [strings(row) if isinstance(row, list) else str(F(row)) for row in rows]


def split(wall):
    """Return the tree of one wall in one dimension: both sides are leaves."""
    return [{"split": wall}, LEAF, LEAF]


def objective(case, network, loss):
    """Return the objective of a network by its textbook form."""
    b, total = F(case["penalty"]), F(0)
    for row, y, o in zip(case["X"], case["y"], case["weights"], strict=True):
        fit = F(network["output_bias"]) + sum(F(g) * F(x) for g, x in zip(network["skip"], row, strict=False))
        for w, c, a in zip(network["hidden"], network["hidden_bias"], network["output"], strict=True):
            fit += F(a) * max(F(0), sum(F(v) * F(x) for v, x in zip(w, row, strict=True)) + F(c))
        total += F(o) * loss(fit, F(y))
    total += b / 2 * sum(F(v) ** 2 for row in (*network["hidden"], network["output"]) for v in row)
    total += b / 2 * F(network["output_bias"]) ** 2 * (case["output_bias"] == "penalised")
    return total + b / 2 * sum(F(g) ** 2 for g in network["skip"]) * (case["skip"] == "penalised")


def document(case, form, loss, network, theta, lower, positive, negative):
    network = {"hidden": [], "hidden_bias": [], "output": [], "output_bias": "0", "skip": []} | network
    problem = {
        "X": strings(case["X"]),
        "y": strings(case["y"]),
        "penalty": str(F(case["penalty"])),
        "loss": form,
        "weights": strings(case["weights"]),
        **{name: case[name] for name in ("hidden_bias", "output_bias", "skip")},
    }
    claim = {"lower": str(F(lower)), "upper": str(objective(case, network, loss)), "network": network}
    return {
        "format": "reluexact-certificate",
        "version": 2,
        "statement": {"kind": "bound", "problem": problem, "claim": claim},
        "evidence": {"theta": strings(theta), "positive": positive, "negative": negative},
        "produced_by": {"program": "make_extended"},
    }


def case(X, y, penalty, weights=None, hidden_bias="none", output_bias="none", skip="none"):
    parts = {"hidden_bias": hidden_bias, "output_bias": output_bias, "skip": skip}
    return {"X": X, "y": y, "penalty": penalty, "weights": weights or [1] * len(y), **parts}


def absolute():
    """theta = (0, 1/2) meets the penalty at u = 1; its value y.theta = 1 is the penalty of the network x -> x."""
    network = {"hidden": [["1"]], "hidden_bias": ["0"], "output": ["1"]}
    return document(case([[1], [2]], [1, 2], 1), ABSOLUTE, lambda f, y: abs(f - y), network, [0, F(1, 2)], 1, split(0), split(0))


def hinge():
    """A hat with three labels: theta = (-1/2, 1, -1/2), the sum is 0; pivots 0 and 2 for the sign +, 1 for -.

    Seen from row 0 the function is (w)+ - (2w)+ / 2 = 0, from row 2 its mirror image; from row 1, for the sign -, |w| / 2.
    """
    network = {"hidden": [["1/4"]], "hidden_bias": ["-1/8"], "output": ["1/4"], "output_bias": "-1"}
    problem = case([[0], [1], [2]], [-1, 1, -1], "1/2", hidden_bias="free", output_bias="free")
    positive = [{"row": 0, "tree": split(1)}, {"row": 2, "tree": split(0)}]
    negative = [{"row": 1, "tree": split(0)}]
    theta = [F(-1, 2), 1, F(-1, 2)]
    return document(problem, HINGE, lambda f, y: max(F(0), 1 - y * f), network, theta, 2, positive, negative)


def cones():
    """The same hat by cones instead of pivots: rows (-1, 1), (0, 1), (1, 1) from the center 1.

    For the sign + the pull (c)+ - (c - w)+ / 2 - (c + w)+ / 2 is nowhere positive; with c > 0 that shows after a halving.
    For the sign - it is at most |w| / 2, which is the penalty.
    """
    found = hinge()
    place = {"center": ["1"], "axes": ["1", "1"]}
    right, left = [2**20], [-(2**20)]
    found["evidence"]["positive"] = {**place, "cells": [1, [], [], 1, [], [], [], []]}
    found["evidence"]["negative"] = {**place, "cells": [right, left, right, left]}
    return found


def weights():
    """Huber's loss with weights, penalised biases and a free skip connection.

    theta = (1, -2, 1) sees no x: 0 - 2 + 2 = 0. With o = (1, 2, 1) the slopes -theta / o are -1, 1, -1, in the domain [-1, 1].
    The sum is 0. The conjugate of a row is o (s^2 / 2 + y s), s = -theta / o: in all y.theta - (1/2 + 1 + 1/2).
    """
    problem = case([[0, 1], [1, 1], [2, 1]], [3, 0, 3], 4, [1, 2, 1], "penalised", "penalised", "free")
    network = {"output_bias": "1", "skip": ["1/2", "0"]}
    theta = [1, -2, 1]
    tree = [
        {"split": 0},
        {"split": 1},
        {"split": 2},
        LEAF,
        LEAF,
        {"split": 2},
        LEAF,
        LEAF,
        {"split": 1},
        {"split": 2},
        LEAF,
        LEAF,
    ]
    tree += [{"split": 2}, LEAF, LEAF]
    return document(problem, HUBER, huber, network, theta, 4, tree, tree)


def huber(f, y):
    t = abs(f - y)
    return t * t / 2 if t <= 1 else t - F(1, 2)


def log(q):
    """Return a rational number within ROOM / 10 of the logarithm, by the decimals of the standard library."""
    with localcontext(prec=80):
        return F((Decimal(q.numerator) / Decimal(q.denominator)).ln())


def exp(t):
    with localcontext(prec=80):
        return F((Decimal(t.numerator) / Decimal(t.denominator)).exp())


def logistic_loss(f, y):
    return log(1 + exp(-y * f)) + ROOM


def entropy(q):
    return -q * log(q) - (1 - q) * log(1 - q)


def logistic():
    """A hat with three labels: q = theta_i y_i is (1/4, 1/2, 1/4), the slopes at the fit (-log 3, 0, -log 3) of two neurons.

    Their amounts are log 3 each, at the penalty 1/4; so p* = 2 log(4/3) + log 2 + log(3) / 2 = 1.8178...
    """
    root = "1048147073/1000000000"  # of log 3
    network = {"hidden": [[root], [f"-{root}"]], "hidden_bias": [f"-{root}", root], "output": [f"-{root}"] * 2}
    problem = case([[0], [1], [2]], [-1, 1, -1], "1/4", hidden_bias="free", output_bias="free")
    positive = [{"row": 0, "tree": split(1)}, {"row": 2, "tree": split(0)}]
    negative = [{"row": 1, "tree": split(0)}]
    lower = 2 * entropy(F(1, 4)) + entropy(F(1, 2)) - ROOM
    return document(problem, LOGISTIC, logistic_loss, network, [F(-1, 4), F(1, 2), F(-1, 4)], lower, positive, negative)


def logistic_zero():
    """From the penalty 1/2 on the zero network is optimal: theta = y / 2, p* = 2 log 2."""
    problem, lower = case([[1], [-1]], [1, -1], "1/2"), 2 * entropy(F(1, 2)) - ROOM
    return document(problem, LOGISTIC, logistic_loss, {}, [F(1, 2), F(-1, 2)], lower, split(0), split(0))


def logistic_weights():
    """Weights, penalised biases and a free skip connection, theta orthogonal to x, and sum theta = 1/8 costs 1/512."""
    good = weights()
    problem = case([[0, 1], [1, 1], [2, 1]], [1, -1, 1], 4, [1, 2, 1], "penalised", "penalised", "free")
    theta = [F(1, 2), F(-3, 4), F(3, 8)]
    lower = entropy(F(1, 2)) + 2 * entropy(F(3, 8)) + entropy(F(3, 8)) - F(1, 512) - ROOM
    trees = good["evidence"]["positive"], good["evidence"]["negative"]
    return document(problem, LOGISTIC, logistic_loss, {"output_bias": "1/32", "skip": ["1/64", "0"]}, theta, lower, *trees)


GOOD = {
    "bound-2-absolute": absolute,
    "bound-2-cones": cones,
    "bound-2-hinge": hinge,
    "bound-2-logistic": logistic,
    "bound-2-logistic-weights": logistic_weights,
    "bound-2-logistic-zero": logistic_zero,
    "bound-2-weights": weights,
}
