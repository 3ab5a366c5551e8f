"""False certificates of the kind `optimum`: O1 to O6, the network."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from checker.breaking import CLAIM, DATA, LEAF, NEURONS, STEP, SYSTEM, WIDE, bad, breaking, good, move, shift
from make_certificates import optimum

# ------------------------------------------------------------------------------------------------------------ O1 the statement

breaking("o1-penalty-zero", "optimum-identity", "statement.problem.penalty", "O1: the penalty", ((*DATA, "penalty"), "0"))
breaking("o1-no-rows", "optimum-identity", "statement.problem.X", "O1: X has no rows", ((*DATA, "X"), []))
breaking("o1-short-row", "optimum-identity", "statement.problem.X[1]", "O1: the row has 1", ((*DATA, "X", 1), ["1"]))
breaking("o1-target-missing", "optimum-identity", "statement.problem.y", "2 entries", ((*DATA, "y"), ["1"]))
breaking("o1-gate-letter", "optimum-identity", "statement.claim.neurons[0].gate", "O1: one of", ((*NEURONS, 0, "gate"), "+?"))
breaking("o1-gate-length", "optimum-identity", "statement.claim.neurons[0].gate", "O1: one of", ((*NEURONS, 0, "gate"), "+0-"))
breaking("o1-sign", "optimum-identity", "statement.claim.neurons[0].sign", "O1:", ((*NEURONS, 0, "sign"), "0"))
breaking("o1-role", "optimum-identity", "evidence.roles[0]", "O1:", (("evidence", "roles", 0), "used"))
breaking("o1-partner-of-free", "optimum-identity", "statement.claim.neurons[0].partner", "O1:", ((*NEURONS, 0, "partner"), 0))
breaking(
    "o1-partner-of-pair-missing", "optimum-pair", "statement.claim.neurons[1].partner", "O1:", ((*NEURONS, 1, "partner"), None)
)
breaking("o1-amount-missing", "optimum-identity", "statement.claim.neurons[0].amount", "O1:", ((*NEURONS, 0, "amount"), None))
breaking(
    "o1-amount-of-tie", "optimum-tie-at-the-end", "statement.claim.neurons[0].amount", "O1:", ((*NEURONS, 0, "amount"), WIDE)
)
breaking(
    "o1-box-empty", "optimum-identity", "statement.claim.value", "low is greater", ((*CLAIM, "value"), {"low": "1", "high": "0"})
)
breaking("o1-radius", "optimum-identity", "evidence.system.radius", "O1: the radius", ((*SYSTEM, "radius"), "0"))
breaking("o1-box-short", "optimum-identity", "evidence.system.midpoint", "2 entries", ((*SYSTEM, "midpoint"), ["1"]))

# ------------------------------------------------------------------------------------------------------------ O2 the structure

breaking(
    "o2-basis-dependent",
    "optimum-plane",
    "evidence.bases[0]",
    "O2: the basis",
    (("evidence", "bases", 0, 1), ["-2", "-3"]),
    (("evidence", "bases", 0, 0), ["2", "3"]),
)
breaking("o2-basis-empty", "optimum-tie-at-the-end", "evidence.bases[0]", "O2: the basis", (("evidence", "bases", 0), []))
breaking(
    "o2-basis-not-integer",
    "optimum-identity",
    "evidence.bases[0]",
    "O2: the basis is not",
    (("evidence", "bases", 0, 0), ["1/2", "0"]),
)
breaking(
    "o2-wall-left-out", "optimum-identity", "statement.claim.neurons[0]", "O2: the gate of row 1", ((*NEURONS, 0, "gate"), "++")
)
breaking(
    "o2-wall-invented", "optimum-plane", "statement.claim.neurons[2]", "O2: the gate of row 4", ((*NEURONS, 2, "gate"), "++++0")
)
breaking(
    "o2-parallel-rows-disagree",
    "optimum-parallel-rows",
    "statement.claim.neurons[0]",
    "O2: the gate of row 1 does not agree with the first",
    ((*NEURONS, 0, "gate"), "--00--"),
)
breaking(
    "o2-zero-row-active",
    "optimum-zero-multiplier",
    "statement.claim.neurons[0]",
    "O2: the gate of row 3",
    ((*NEURONS, 0, "gate"), "--++--"),
)


@bad("o2-neuron-twice", "statement.claim.neurons[1]", "O2: a neuron with the same sign and gate")
def _():
    """A tight neuron is listed a second time, as a tie: all its numbers fit."""
    document = good("optimum-two-points")
    claim, evidence = document["statement"]["claim"], document["evidence"]
    claim["neurons"].append({**claim["neurons"][0], "amount": None})
    evidence["roles"].append("tie")
    evidence["bases"].append(evidence["bases"][0])
    return document


breaking(
    "o2-partner-of-itself", "optimum-pair", "statement.claim.neurons[0]", "O2: the partners do not", ((*NEURONS, 0, "partner"), 0)
)
breaking(
    "o2-two-pairs", "optimum-three-pairs", "statement.claim.neurons[0]", "O2: the partners do not", ((*NEURONS, 0, "partner"), 4)
)
breaking("o2-partner-gate", "optimum-pair", "statement.claim.neurons[0]", "O2: partners must", ((*NEURONS, 1, "gate"), "++0+"))
breaking(
    "o2-partner-basis", "optimum-pair", "statement.claim.neurons[0]", "O2: partners must", (("evidence", "bases", 1), [["2"]])
)
breaking(
    "o2-lineality-dependent",
    "optimum-pairs-in-the-plane",
    "evidence.lineality",
    "O2: the lineality",
    (("evidence", "lineality", 0), ["0", "0"]),
)

# ------------------------------------------------------------------------------------------------------------- O3 existence

O3 = ("evidence.system", "O3")
breaking("o3-off-the-solution", "optimum-plane", *O3, ((*SYSTEM, "midpoint", 2), shift(Fraction(1, 2**105))))
breaking("o3-preconditioner-zero", "optimum-two-points", *O3, ((*SYSTEM, "preconditioner"), [["0", "0"], ["0", "0"]]))
breaking("o3-box-too-wide", "optimum-two-points", *O3, ((*SYSTEM, "radius"), "1/2"))
breaking("o3-box-too-small", "optimum-plane", *O3, ((*SYSTEM, "radius"), str(Fraction(1, 2**400))))
breaking("o3-another-penalty", "optimum-plane", *O3, ((*DATA, "penalty"), shift(Fraction(1, 10**20))))
breaking("o3-another-target", "optimum-plane", *O3, ((*DATA, "y", 1), shift(Fraction(1, 10**20))))
breaking("o3-active-row-dropped", "optimum-plane", *O3, ((*NEURONS, 2, "gate"), "++-+-"))

# -------------------------------------------------------------------------------------------------- O4, O5 sizes, directions


@bad("o4-size-negative", "evidence.system", "O4")
def _():
    """The system is solved with t = -6/5, |w| = 6/5: the norm is rewarded instead of punished."""
    document = good("optimum-two-points")
    document["evidence"]["system"] |= {"midpoint": ["6/5", "-6/5"], "preconditioner": [["1/5", "-1/4"], ["-1/5", "-1/6"]]}
    t, w = Fraction(-6, 5), Fraction(6, 5)
    jacobian = np.array([[float(-5 * t - 1), float(5 - 5 * w)], [float(-2 * w), float(2 * t)]])
    inverse = [[str(Fraction(round(v * 2**40), 2**40)) for v in row] for row in np.linalg.inv(jacobian)]
    document["evidence"]["system"]["preconditioner"] = inverse
    return document


@bad("o5-gate-on-the-wall", "statement.claim.neurons[0]", "O5: the gate of row 1")
def _():
    """The neuron e_1 lies on the wall of row 2; the certificate says that it lies beside it."""
    neurons, trees = [(1, np.array([1.0, -1e-2]))], [[{"neuron": 0, "solve": [], "fixed": {}}], [LEAF]]
    return optimum([[1, 0], [0, 1]], [3, -1], 2, neurons=neurons, amounts={0: 1.0}, trees=trees, small=False)


breaking(
    "o5-direction-of-ray",
    "optimum-three-pairs",
    "statement.claim.neurons[1]",
    "O5: entry 0",
    ((*NEURONS, 1, "direction", 0), move("-" + STEP)),
)
breaking(
    "o5-direction-above",
    "optimum-three-pairs",
    "statement.claim.neurons[4]",
    "O5: entry 1",
    ((*NEURONS, 4, "direction", 1), move(STEP)),
)
breaking(
    "o5-direction", "optimum-plane", "statement.claim.neurons[2]", "O5: entry 1", ((*NEURONS, 2, "direction", 1), move(STEP))
)
breaking(
    "o5-direction-of-tie",
    "optimum-tie-with-radicals",
    "statement.claim.neurons[2]",
    "O5: entry 0",
    ((*NEURONS, 2, "direction", 0), move(STEP)),
)


@bad("o5-gate-of-tie", "statement.claim.neurons[0]", "O5: the gate of row 1")
def _():
    """Row (4, -3) is orthogonal to the tie but not to its basis."""
    document = good("optimum-tie-at-the-end")
    problem, neuron = document["statement"]["problem"], document["statement"]["claim"]["neurons"][0]
    problem["X"].append(["4", "-3"])
    problem["y"].append("0")
    document["statement"]["claim"]["residual"].append({"low": "0", "high": "0"})
    neuron["gate"] = "++"
    document["evidence"]["bases"][0] = [["1", "0"], ["0", "1"]]
    return document


# ---------------------------------------------------------------------------------------------------------------- O6 the pairs


@bad("o6-split-outside", "evidence.split", "O6: the fraction of pair 0 is not proved")
def _():
    """Only the neuron u = 1 has an amount; the certificate pairs it with u = -1, whose amount is -1/2 then."""
    neurons, leaf = [(1, np.array([1.0])), (1, np.array([-1.0]))], {"solve": [], "fixed": {}}
    trees = [[{"split": 0}, {"neuron": 0, **leaf}, {"neuron": 1, **leaf}], [LEAF]]
    return optimum([[1], [-1]], [3, "1/2"], 1, neurons=neurons, amounts={0: 2.0, 1: -0.5}, trees=trees)


breaking(
    "o6-fraction-outside",
    "optimum-three-pairs",
    "evidence.split.fraction.2",
    "O6: the fraction is not between",
    (("evidence", "split", "fraction", "2"), "9/8"),
)
breaking(
    "o6-fraction-of-partner",
    "optimum-three-pairs",
    "evidence.split.fraction.5",
    "O6: not the index",
    (("evidence", "split", "fraction"), {"5": "1/2"}),
)
breaking(
    "o6-fraction-missing", "optimum-three-pairs", "evidence.split", "O6: each pair must", (("evidence", "split", "fraction"), {})
)
breaking(
    "o6-fraction-given-and-solved",
    "optimum-three-pairs",
    "evidence.split",
    "O6: each pair must",
    (("evidence", "split", "fraction", "0"), "1/2"),
)
breaking(
    "o6-too-few-to-solve",
    "optimum-three-pairs",
    "evidence.split",
    "O6: 2 pairs must be solved for",
    (("evidence", "split"), {"fraction": {"1": "1/2", "2": "1/2"}, "solve": [0]}),
)
breaking(
    "o6-all-given-on-a-box",
    "optimum-pair",
    "evidence.split",
    "O6: 1 pairs must be solved for",
    (("evidence", "split"), {"fraction": {"0": "3168/10243"}, "solve": []}),
)
breaking(
    "o6-given-fraction-misses",
    "optimum-exact-pair",
    "evidence.split",
    "O6: 1 pairs must be solved for",
    (("evidence", "split", "fraction", "0"), shift(STEP)),
)
breaking(
    "o6-exact-amount",
    "optimum-exact-two-points",
    "statement.claim.neurons[0]",
    "O6: the amount",
    ((*NEURONS, 0, "amount"), move(STEP)),
)
breaking(
    "o3-point-and-penalty",
    "optimum-exact-two-points",
    "evidence.system",
    "O3",
    ((*DATA, "penalty"), shift("1/1000")),
)
breaking(
    "o6-solved-twice", "optimum-three-pairs", "evidence.split", "O6: each pair must", (("evidence", "split", "solve"), [0, 0])
)
breaking(
    "o6-fraction-too-small-for-the-rest",
    "optimum-three-pairs",
    "evidence.split",
    "O6: the fraction of pair 0",
    (("evidence", "split", "fraction", "2"), "1/100"),
)
breaking(
    "o6-other-fraction",
    "optimum-three-pairs",
    "statement.claim.neurons[0]",
    "O6: the amount",
    (("evidence", "split", "fraction", "2"), shift(STEP)),
)
breaking(
    "o6-amount-of-free",
    "optimum-plane",
    "statement.claim.neurons[1]",
    "O6: the amount",
    ((*NEURONS, 1, "amount"), move("-" + STEP)),
)
breaking(
    "o6-amount-of-partner", "optimum-pair", "statement.claim.neurons[1]", "O6: the amount", ((*NEURONS, 1, "amount"), move(STEP))
)
