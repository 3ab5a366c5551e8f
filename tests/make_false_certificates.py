"""Break good certificates, each in one place: one false certificate or more for every obligation.

Run this file to write tests/bad/*.json and tests/bad/expected.json (where and why the checker must reject each) again.
"""

from __future__ import annotations

import json
from copy import deepcopy
from fractions import Fraction
from pathlib import Path

import numpy as np
from make_certificates import HERE, optimum

WIDE = {"low": "-100", "high": "100"}
EXPECTED: dict[str, tuple[str, str]] = {}
MAKERS = {}


def good(name):
    return json.loads((HERE / "good" / f"{name}.json").read_text(encoding="utf-8"))


def bad(name, path, reason):
    """Register a function that returns a false certificate, and where it must be rejected."""

    def register(make):
        MAKERS[name], EXPECTED[name] = make, (path, reason)
        return make

    return register


def at(document, path):
    """Follow a list of keys."""
    for key in path:
        document = document[key]
    return document


def breaking(name, base, path, reason, *steps):
    """Register a certificate made from a good one by assignments: (keys, value) or (keys, function of the old value)."""

    @bad(name, path, reason)
    def make():
        document = good(base)
        for keys, value in steps:
            owner = at(document, keys[:-1])
            owner[keys[-1]] = value(owner[keys[-1]]) if callable(value) else value
        return document


def shift(by):
    """Add to a number."""
    return lambda old: str(Fraction(old) + Fraction(by))


def move(by):
    """Move a box."""
    return lambda old: {end: shift(by)(number) for end, number in old.items()}


STEP = "1/10000000000000000000000000"
CLAIM, DATA, NEURONS, SYSTEM = (
    ("statement", "claim"),
    ("statement", "problem"),
    ("statement", "claim", "neurons"),
    ("evidence", "system"),
)
P, N = ("evidence", "positive"), ("evidence", "negative")

# ------------------------------------------------------------------------------------------------------------------- kind bound

breaking(
    "b1-residual-too-long",
    "bound-two-points",
    "evidence.positive[0]",
    "B1: the leaf",
    (("evidence", "residual", 1), "401/1000"),
    ((*CLAIM, "lower"), "0"),
)
breaking("b1-side-forgotten", "bound-parallel", "evidence.negative", "B1: the tree ends with 1", (N, lambda tree: tree[:-1]))
breaking("b1-leaf-too-many", "bound-two-points", "evidence.negative[1]", "B1: the tree is complete", (N, lambda tree: tree * 2))
breaking("b1-empty-tree", "bound-two-points", "evidence.positive", "B1: the tree ends with 1", (P, []))


@bad("b1-trees-swapped", "evidence.positive[1]", "B1: the leaf")
def _():
    document = good("bound-plane")
    trees = document["evidence"]
    trees["positive"], trees["negative"] = trees["negative"], trees["positive"]
    return document


LEAF = {"rho": {}, "slope": {}}
breaking(
    "b1-split-twice",
    "bound-two-points",
    "evidence.positive[1].split",
    "B1: not the name of a wall that is undecided",
    (P, [{"split": 0}, {"split": 0}, LEAF, LEAF, LEAF]),
)
breaking(
    "b1-split-no-wall",
    "bound-two-points",
    "evidence.positive[0].split",
    "B1: not the name of a wall",
    (P, [{"split": 1}, LEAF, LEAF]),
)
breaking(
    "b1-multiplier-negative",
    "bound-two-points",
    "evidence.positive[2].rho.0",
    "the multiplier of a decided wall",
    (P, [{"split": 0}, LEAF, {"rho": {"0": "-1/2"}, "slope": {}}]),
)
breaking(
    "b1-multiplier-of-undecided",
    "bound-two-points",
    "evidence.positive[0].rho.0",
    "not the name of a wall that is decided",
    (P, [{"rho": {"0": "1"}, "slope": {}}]),
)
breaking(
    "b1-slope-of-decided",
    "bound-two-points",
    "evidence.positive[1].slope.0",
    "not the name of a wall that is undecided",
    (P, [{"split": 0}, {"rho": {}, "slope": {"0": "0"}}, LEAF]),
)
breaking(
    "b1-multiplier-by-another-name",
    "bound-two-points",
    "evidence.positive[1].rho.1",
    "not the name of a wall that is decided",
    (P, [{"split": 0}, {"rho": {"1": "0"}, "slope": {}}, LEAF]),
)
breaking(
    "b1-tighten-decided",
    "bound-two-points",
    "evidence.positive[1].tighten",
    "B1: not the name of a wall that is undecided",
    (P, [{"split": 0}, {"tighten": 0, "side": "hi", "rho": {}}, LEAF, LEAF]),
)
breaking(
    "b1-tighten-sideways",
    "bound-two-points",
    "evidence.positive[0].side",
    '"hi" or "lo"',
    (P, [{"tighten": 0, "side": "on", "rho": {}}, LEAF]),
)
breaking(
    "b1-tight-leaf",
    "bound-two-points",
    "evidence.positive[0]",
    "the key 'rho' is missing",
    (P, [{"neuron": 0, "solve": [], "fixed": {}}]),
)


@bad("b1-slack-forgotten", "evidence.positive[0]", "B1: the leaf")
def _():
    """The function is |u|, at most 1: the vector of the chord is 0, all of its bound is slack."""
    document = good("bound-two-points")
    problem, claim = document["statement"]["problem"], document["statement"]["claim"]
    problem |= {"X": [["1"], ["-1"]], "penalty": "1/2"}
    claim |= {"lower": "0", "upper": "5/2", "network": {"hidden": [], "output": []}}
    document["evidence"] |= {"residual": ["1", "1"], "positive": [{"rho": {}, "slope": {"0": "1/2"}}]}
    return document


LINES = [["1", "0"], ["0", "1"], ["1", "1"]]
IMPLIED = [{"split": 0}, {"split": 1}, {"tighten": 2, "side": "lo", "rho": {"0": "1", "1": "1"}}, LEAF, LEAF, LEAF]


@bad("b1-tightened-to-zero", "evidence.positive[3]", "B1: the leaf")
def _():
    """The third wall is decided `on` by the other two: counting it off would close the leaf."""
    document = good("bound-two-points")
    document["statement"]["problem"] |= {"X": LINES, "y": ["0", "0", "1"], "penalty": "1"}
    document["statement"]["claim"] |= {"lower": "0", "network": {"hidden": [], "output": []}}
    document["evidence"] |= {"residual": ["0", "0", "1"], "positive": IMPLIED}
    return document


@bad("b1-tightened-to-zero-is-decided", "evidence.positive[3].slope.2", "not the name of a wall that is undecided")
def _():
    document = MAKERS["b1-tightened-to-zero"]()
    document["evidence"]["positive"] = [*IMPLIED[:3], {"rho": {}, "slope": {"2": "1"}}, LEAF, LEAF]
    return document


breaking(
    "b2-lower-too-high", "bound-two-points", "statement.claim.lower", "B2", ((*CLAIM, "lower"), "900000000001/1000000000000")
)
breaking("b3-upper-too-low", "bound-two-points", "statement.claim.upper", "B3", ((*CLAIM, "upper"), "9/10"))
breaking("b3-optimal-value-of-another-penalty", "bound-plane", "statement.claim.upper", "B3", ((*CLAIM, "upper"), "35"))

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


# ----------------------------------------------------------------------------------------------------------- O7 tight neurons


@bad("o7-tie-not-tight", "statement.claim.neurons[0]", "O7a: the tie is not tight")
def _():
    """The penalty is a little above the last breakpoint: nothing is optimal but the empty network, and nothing is tight."""
    document = good("optimum-tie-at-the-end")
    document["statement"]["problem"]["penalty"] = "1000000000001/1000000000000"
    return document


@bad("o7-tie-not-known", "statement.claim.neurons[2]", "O7a: the direction of the tie is not known")
def _():
    """With a basis of all of R^4 the identities do not say what theta is."""
    return optimum([[2, 0, 0, 0], [-1, 1, 1, 1]], [1, 1], "1/10", ties=(2,), small=False)


breaking(
    "o7-tie-without-rows",
    "optimum-tie-at-the-end",
    "statement.claim.neurons[0]",
    "O7a: the tie is not tight",
    ((*NEURONS, 0, "gate"), "-"),
)


@bad("o3-lineality-wrong", "evidence.system", "O3")
def _():
    """A pair whose direction the free linear term does not contain."""
    document = good("optimum-pairs-in-the-plane")
    document["evidence"]["lineality"] = [["1", "0"]]
    return document


@bad("o7-pair-outside-lineality", "statement.claim.neurons[0]", "O7a: the pair is not in the span")
def _():
    """Two free neurons that are not opposite are passed off as a pair: no linear term is left, all equations hold."""
    document = good("optimum-pair")
    changed = optimum([[7], [3], [0], [-4]], [4, 9, 8, 0], "11/2")
    neurons = changed["statement"]["claim"]["neurons"]
    neurons.append({**deepcopy(neurons[0]), "gate": "--0+", "partner": 0, "direction": [{"low": "-1", "high": "-1"}]})
    neurons[0]["partner"] = 1
    changed["evidence"] |= {"roles": ["pair", "partner"], "bases": [[["1"]], [["1"]]], "split": document["evidence"]["split"]}
    changed["evidence"]["split"] = {"fraction": {"0": "1/2"}, "solve": []}
    return changed


def tight(neuron, solve=(), fixed=None):
    return {"neuron": neuron, "solve": list(solve), "fixed": fixed or {}}


@bad("o7-other-sign", "evidence.negative[0].neuron", "O7b: the neuron has the other sign")
def _():
    document = good("optimum-two-points")
    document["evidence"]["negative"] = [tight(0)]
    return document


def index_of(tree, **what):
    """Return the places of the nodes that contain these entries."""
    return [i for i, node in enumerate(tree) if what.items() <= node.items()]


@bad("o7-tight-leaf-elsewhere", "evidence.positive[5]", "O7b: wall 0 is decided to the side")
def _():
    """A cone that does not contain the neuron is closed by it."""
    document = good("optimum-three-directions")
    tree = document["evidence"]["positive"]
    document["evidence"]["positive"] = [tight(1) if node == tight(0) else node for node in tree]
    return document


@bad("o7-undecided-wall-upwards", "evidence.positive[0]", "O7b: wall 1 is undecided")
def _():
    """One tight leaf for all of R^2 forgets that other neurons may use the wall of a positive kink."""
    document = good("optimum-plane")
    document["evidence"]["positive"] = [tight(0)]
    return document


@bad("o7-multiplier-fixed-wrong", "evidence.positive[1]", "O7b: the equations")
def _():
    document = good("optimum-identity")
    tree = document["evidence"]["positive"]
    (place,) = index_of(tree, neuron=0)
    tree[place] = tight(0, (), {"1": "-1/1000000000000000000000000"})
    return document


@bad("o7-multiplier-of-outside-wall", "evidence.positive[1]", "O7b: solve and fixed must name")
def _():
    document = good("optimum-identity")
    tree = document["evidence"]["positive"]
    (place,) = index_of(tree, neuron=0)
    tree[place] = tight(0, (0,))
    return document


@bad("o7-multiplier-twice", "evidence.positive[1]", "O7b: solve and fixed must name")
def _():
    document = good("optimum-identity")
    tree = document["evidence"]["positive"]
    (place,) = index_of(tree, neuron=0)
    tree[place] = tight(0, (1,), {"1": "0"})
    return document


@bad("o7-multiplier-unknown-wall", "evidence.positive[1]", "O7b: solve and fixed must name")
def _():
    document = good("optimum-identity")
    tree = document["evidence"]["positive"]
    (place,) = index_of(tree, neuron=0)
    tree[place] = tight(0, (7,))
    return document


@bad("o7-normals-dependent", "evidence.positive[0]", "O7b: the equations")
def _():
    """The same neuron with walls in three directions of the plane across it."""
    X, neurons = [[1, 0, 0], [0, 1, 0], [0, 0, 1], [0, 1, 1]], [(1, np.array([1.0, 0.0, 0.0]))]
    trees = [[tight(0, (1, 2, 3))], [LEAF]]
    return optimum(X, [3, 0, 0, 0], 2, neurons=neurons, amounts={0: 1.0}, trees=trees)


@bad("o7-kink-upwards", "evidence.positive[1]", "O7b: the multiplier of wall 1 is not proved to be at least its kink")
def _():
    """A stationary network in the sense of Clarke that is no optimum: the neuron sits on a kink upwards."""
    neurons = [(1, np.array([1.0, 0.0]))]
    return optimum(
        [[1, 0], [0, 1]], [3, 1], 2, neurons=neurons, amounts={0: 1.0}, trees=[[{"split": 0}, tight(0, (1,)), LEAF], [LEAF]]
    )


@bad("o7-kink-upwards-decided", "evidence.positive[2]", "O7b: the multiplier of wall 1 is not proved to be at least its kink")
def _():
    """The same after a split: the side `on` fails."""
    neurons = [(1, np.array([1.0, 0.0]))]
    trees = [[{"split": 0}, {"split": 1}, tight(0, (1,)), tight(0, (1,)), LEAF], [LEAF]]
    return optimum([[1, 0], [0, 1]], [3, 1], 2, neurons=neurons, amounts={0: 1.0}, trees=trees)


@bad("o7-neuron-wants-to-leave", "evidence.positive[3]", "O7b: the multiplier of wall 1 is not proved to be at most 0")
def _():
    """The neuron is held on a wall that it would leave to the side `off`."""
    neurons = [(1, np.array([0.5**0.5, 0.5**0.5]))]
    trees = [[{"split": 0}, {"split": 1}, tight(0, (1,)), tight(0, (1,)), LEAF], [LEAF]]
    return optimum([[1, 0], [-1, 1]], [1, 0], "1/10", neurons=neurons, amounts={0: 1.2}, trees=trees)


@bad("o7-tight-by-name", "evidence.positive[0].neuron", "an integer from 0 to 0")
def _():
    document = good("optimum-two-points")
    document["evidence"]["positive"] = [tight(1)]
    return document


# ------------------------------------------------------------------------------------------------------------ O8, O9 the trees


@bad("o8-neuron-missing", "evidence.positive[2]", "O8: the leaf")
def _():
    """A tie is left out of the list; the bound of its leaf is the penalty exactly, not less."""
    document = good("optimum-three-directions")
    document["statement"]["claim"]["neurons"].pop()
    for part in ("roles", "bases"):
        document["evidence"][part].pop()
    document["evidence"]["positive"] = [LEAF if node.get("neuron") == 2 else node for node in document["evidence"]["positive"]]
    return document


@bad("o8-stationary-not-optimal", "evidence.positive[18]", "O8: the leaf")
def _():
    """Two of the three neurons, with amounts that are the best for these two; the tree is that of the optimum."""
    tree = [LEAF if node.get("neuron") == 2 else node for node in good("optimum-plane")["evidence"]["positive"]]
    neurons = [(1, np.array([-0.8344, 0.5511])), (1, np.array([0.8103, -0.586]))]
    case = ([[7, 3], [0, -4], [-4, -9], [-8, -9], [-6, 6]], [3, 8, 0, 2, 9], "307/39")
    trees = [tree, good("optimum-plane")["evidence"]["negative"]]
    return optimum(*case, neurons=neurons, amounts={0: 0.97, 1: 0.85}, trees=trees)


@bad("o8-empty-network", "evidence.positive[1]", "O8: the leaf")
def _():
    """The empty network is claimed below the last breakpoint."""
    document = good("optimum-zero")
    document["statement"]["problem"]["penalty"] = "1"
    document["evidence"]["positive"] = [{"split": 0}, LEAF, LEAF]
    return document


@bad("o8-trees-swapped", "evidence.positive[0]", "O8: the leaf")
def _():
    document = good("optimum-zero")
    trees = document["evidence"]
    document["statement"]["problem"]["penalty"] = "3/2"
    trees["positive"], trees["negative"] = [LEAF], [{"split": 0}, LEAF, LEAF]
    return document


@bad("o8-box-too-wide", "evidence.positive[0]", "O8 (the box is too wide)")
def _():
    """Krawczyk holds on the box, but theta is hardly known."""
    document = good("optimum-two-points")
    changed = optimum([[1], [2]], [1, 2], "1/1000", radius=Fraction(1, 200))
    document["statement"]["problem"] = changed["statement"]["problem"]
    claim = document["statement"]["claim"]
    claim["value"], claim["residual"], claim["neurons"][0]["amount"] = WIDE, [WIDE] * 2, WIDE
    document["evidence"]["system"] = changed["evidence"]["system"]
    document["evidence"]["positive"] = [LEAF]
    return document


breaking("o9-side-forgotten", "optimum-plane", "evidence.positive", "O9: the tree ends with 1", (P, lambda tree: tree[:-1]))
breaking("o9-leaf-too-many", "optimum-two-signs", "evidence.negative[1]", "O9: the tree is complete", (N, lambda tree: tree * 2))
breaking("o9-tree-missing", "optimum-two-signs", "evidence.negative", "O9: the tree ends with 1", (N, []))
breaking(
    "o9-split-decided",
    "optimum-plane",
    "evidence.positive[1].split",
    "O9: not the name",
    (P, lambda tree: [tree[0], tree[0], *tree[1:]]),
)

# ------------------------------------------------------------------------------------------------------------- the claimed boxes

breaking(
    "claim-value-too-low",
    "optimum-plane",
    "statement.claim.value",
    "the optimal value is not",
    ((*CLAIM, "value"), move("-" + STEP)),
)
breaking(
    "claim-value-too-high",
    "optimum-two-points",
    "statement.claim.value",
    "the optimal value is not in",
    ((*CLAIM, "value"), move(STEP)),
)
breaking(
    "claim-value-below",
    "optimum-two-points",
    "statement.claim.value",
    "the optimal value is not in",
    ((*CLAIM, "value"), move("-" + STEP)),
)
breaking("claim-residual", "optimum-plane", "statement.claim.residual[3]", "the residual", ((*CLAIM, "residual", 3), move(STEP)))
breaking(
    "claim-residual-known",
    "optimum-two-points",
    "statement.claim.residual[0]",
    "the residual",
    ((*CLAIM, "residual", 0), move("-" + STEP)),
)
breaking("claim-another-kind", "optimum-plane", "statement.kind", "unknown kind", (("statement", "kind"), "every-optimum"))
breaking(
    "claim-of-the-other-kind", "optimum-plane", "statement.claim", "the key 'lower' is missing", (("statement", "kind"), "bound")
)

# ------------------------------------------------------------------------------------------------ the set of all optimal networks

LABELS, VERTICES, MINIMUM = ("evidence", "labels"), (*CLAIM, "vertices"), ("evidence", "minimum")
TOY, PAIRS = "optimal-set-three-directions", "optimal-set-three-pairs"


@bad("s1-features-dependent", "evidence.roles", "S1: the features are not")
def _():
    """The toy with amounts for all three neurons: an optimum, but the block of the tie has no total of its own."""
    document = good(TOY)
    claim, evidence = document["statement"]["claim"], document["evidence"]
    evidence["roles"] = ["free"] * 3
    midpoint = ["19/160", "19/80", "19/40", "19/80", "19/80", "19/80", "19/40"]
    evidence["system"] |= {"midpoint": midpoint, "preconditioner": [["0"] * 7] * 7}
    for neuron in claim["neurons"]:
        neuron["amount"] = WIDE
    return document


S2 = ("evidence.labels[0]", "S2: ")
breaking("s2-tie-forgotten", TOY, "evidence.labels[0]", "S2: a basis has 2", (LABELS, [[[], []]]), (VERTICES, lambda v: v[:1]))
breaking("s2-not-ascending", TOY, "evidence.labels[0][0]", "S2: the variables are", ((*LABELS, 0, 0), [1, 0]))
breaking("s2-variable-twice", TOY, "evidence.labels[0][0]", "S2: the variables are", ((*LABELS, 0, 0), [1, 1]))
breaking("s2-no-such-variable", TOY, "evidence.labels[0][0][1]", "an integer from 0 to 2", ((*LABELS, 0, 0), [0, 3]))
breaking("s2-upper-bound-of-a-tie", TOY, *S2[:1], "S2: a variable at its upper bound", ((*LABELS, 0, 1), [2]))
breaking("s2-basic-at-its-bound", PAIRS, *S2[:1], "S2: a variable at its upper bound", ((*LABELS, 0, 1), [0, 1]))
breaking("s2-basis-dependent", "optimal-set-octahedron", *S2[:1], "S2: the columns", ((*LABELS, 0, 0), [0, 1, 2, 7]))
breaking("s2-below-the-lower-bound", PAIRS, *S2[:1], "S2: variable 0 is not proved to keep its lower", ((*LABELS, 0, 1), []))
breaking(
    "s2-above-the-upper-bound",
    PAIRS,
    "evidence.labels[1]",
    "S2: variable 1 is not proved to keep its upper",
    ((*LABELS, 1, 1), [0]),
)
breaking(
    "s2-below-the-lower-bound-known",
    "optimal-set-octahedron",
    *S2[:1],
    "S2: variable 4 is not proved to keep its lower",
    ((*LABELS, 0, 0), [1, 2, 3, 4]),
)
breaking(
    "s2-not-feasible-when-perturbed",
    "optimal-set-last-breakpoint",
    *S2[:1],
    "S2: variable 3 is not proved to keep its lower",
    ((*LABELS, 0, 0), [0, 1, 3, 4]),
)


breaking("s3-no-label", TOY, "evidence.labels", "S3: there is no label", (LABELS, []), (VERTICES, []))
breaking(
    "s3-edge-open",
    "optimal-set-twelve-points",
    "evidence.labels[7]",
    "S3: an edge",
    (LABELS, lambda labels: labels[:-1]),
    (VERTICES, lambda vertices: vertices[:-1]),
)
breaking("s3-edge-open-on-a-segment", PAIRS, "evidence.labels[0]", "S3: an edge", (LABELS, lambda labels: labels[:1]))
breaking(
    "s3-degenerate-label-missing",
    "optimal-set-octahedron",
    "evidence.labels[0]",
    "S3: an edge",
    (LABELS, lambda labels: labels[1:]),
)
breaking("s3-label-twice", "optimal-set-two-points", "evidence.labels", "S3: a label is listed twice", (LABELS, [[[], []]] * 2))
breaking("s4-vertex-missing", PAIRS, "statement.claim.vertices", "S4: the vertex with", (VERTICES, lambda vertices: vertices[1:]))
breaking(
    "s4-vertex-missing-of-the-toy",
    TOY,
    "statement.claim.vertices",
    "S4: the vertex with",
    (VERTICES, lambda vertices: vertices[:1]),
)
breaking(
    "s4-vertex-invented",
    TOY,
    "statement.claim.vertices[2]",
    "S4: no vertex has this support",
    (VERTICES, lambda vertices: [*vertices, {"support": [0, 1, 2], "amounts": [WIDE] * 3}]),
)
breaking(
    "s4-vertex-twice",
    TOY,
    "statement.claim.vertices[2]",
    "S4: a vertex with this",
    (VERTICES, lambda vertices: [*vertices, vertices[0]]),
)
breaking(
    "s4-support-not-ascending", TOY, "statement.claim.vertices[0].support", "S4: the neurons", ((*VERTICES, 0, "support"), [1, 0])
)
breaking(
    "s4-support-too-small",
    TOY,
    "statement.claim.vertices",
    "S4: the vertex with the neurons [0, 1]",
    ((*VERTICES, 0), {"support": [0], "amounts": [WIDE]}),
)
breaking(
    "s4-support-with-a-zero",
    TOY,
    "statement.claim.vertices",
    "S4: the vertex with the neurons [2]",
    ((*VERTICES, 1), {"support": [0, 2], "amounts": [{"low": "0", "high": "0"}, WIDE]}),
)
breaking(
    "s4-amount",
    PAIRS,
    "statement.claim.vertices[1].amounts[3]",
    "S4: the amount",
    ((*VERTICES, 1, "amounts", 3), move("1/100000000")),
)
breaking(
    "s4-amount-known", TOY, "statement.claim.vertices[0].amounts[1]", "S4: the amount", ((*VERTICES, 0, "amounts", 1), move(STEP))
)
breaking(
    "s4-amount-of-a-free-neuron",
    "optimal-set-plane",
    "statement.claim.vertices[0].amounts[0]",
    "S4: the amount",
    ((*VERTICES, 0, "amounts", 0), move("-1/100000000")),
)
breaking("s4-amount-missing", TOY, "statement.claim.vertices[0].amounts", "2 entries", ((*VERTICES, 0, "amounts"), [WIDE]))


@bad("s4-amounts-of-two-vertices-swapped", "statement.claim.vertices[0].amounts[1]", "S4: the amount")
def _():
    document = good(PAIRS)
    first, second = document["statement"]["claim"]["vertices"]
    first["amounts"], second["amounts"] = second["amounts"], first["amounts"]
    first["amounts"][0] = WIDE
    return document


breaking("s5-dimension-too-small", PAIRS, "statement.claim.dimension", "S5", ((*CLAIM, "dimension"), 0))
breaking("s5-dimension-too-large", TOY, "statement.claim.dimension", "S5", ((*CLAIM, "dimension"), 2))
breaking("s5-dimension-degenerate", "optimal-set-last-breakpoint", "statement.claim.dimension", "S5", ((*CLAIM, "dimension"), 2))
breaking(
    "s6-total", PAIRS, "statement.claim.total", "S6: the sum of the amounts is not", ((*CLAIM, "total"), move("1/100000000"))
)
breaking(
    "s6-total-enclosed", "optimal-set-plane", "statement.claim.total", "S6: the sum", ((*CLAIM, "total"), move("1/100000000"))
)
breaking("s6-total-known", TOY, "statement.claim.total", "S6: the sum of the amounts is not in", ((*CLAIM, "total"), move(STEP)))
breaking("s6-min-width", TOY, "statement.claim.min_width", "S6: the number is 1", ((*CLAIM, "min_width"), 2))
breaking("s6-min-width-too-small", PAIRS, "statement.claim.min_width", "S6: the number is 5", ((*CLAIM, "min_width"), 4))
breaking("s6-max-vertex-width", TOY, "statement.claim.max_vertex_width", "S6: the number is 2", ((*CLAIM, "max_vertex_width"), 1))

# ---------------------------------------------------------------------------------------------------------- the fewest neurons

SMALL, EDGES = "minimum-network-three-directions", "minimum-network-cube-of-edges"
SUMS, TREE = "minimum-network-by-sums", "minimum-network-by-tree"
TWO = {"support": [0, 1], "amounts": [WIDE] * 2}
WIDER = [((*CLAIM, "fewest"), 2), ((*CLAIM, "network"), TWO), (("evidence", "label"), [[0, 1], []])]

breaking("m1-another-network", SMALL, "statement.claim.network", "M1: the network of the label", ((*CLAIM, "network"), TWO))
breaking("m1-another-number", SMALL, "statement.claim.fewest", "M1: the network has 1", ((*CLAIM, "fewest"), 2))
breaking("m1-too-few", SUMS, "statement.claim.fewest", "M1: the network has 5", ((*CLAIM, "fewest"), 4))
breaking(
    "m1-amount", SMALL, "statement.claim.network.amounts[0]", "S4: the amount", ((*CLAIM, "network", "amounts", 0), move(STEP))
)
breaking("m1-label-infeasible", SUMS, "evidence.label", "S2: variable", (("evidence", "label"), [[0, 2], []]))
breaking("m2-vertex-with-fewer", SMALL, "evidence.minimum.labels", "M2: a vertex has fewer", *WIDER)
breaking(
    "m2-vertex-left-out",
    SMALL,
    "evidence.minimum.labels[0]",
    "S3: an edge",
    *WIDER,
    ((*MINIMUM, "labels"), lambda labels: labels[:1]),
)
breaking("m2-no-evidence", SMALL, "evidence.minimum", "the key 'labels' is missing", (MINIMUM, {}))
breaking("m2-two-kinds-of-evidence", SUMS, "evidence.minimum.tree", "unknown key", ((*MINIMUM, "tree"), []))
breaking("m2-sums-of-a-tie", SMALL, "evidence.minimum.sums", "M2: sums need", (MINIMUM, {"sums": 1}))
breaking("m2-sums-too-few", SUMS, "evidence.minimum.sums", "M2: networks with fewer", (MINIMUM, {"sums": 1}))
breaking("m2-sums-too-many", SUMS, "evidence.minimum.sums", "an integer from 0 to 2", (MINIMUM, {"sums": 3}))


NINE = {"support": [0, 1, 3, 4, 5, 7, 9, 10, 11], "amounts": [WIDE] * 9}
NINE_CLAIMED = [((*CLAIM, "fewest"), 9), ((*CLAIM, "network"), NINE), (("evidence", "label"), [[0, 1, 4], [2]])]
breaking(
    "m2-sums-of-a-network-with-more",
    EDGES,
    "evidence.minimum.sums",
    "M2: a network with only the shares [",
    *NINE_CLAIMED,
    (MINIMUM, {"sums": 3}),
)
breaking("m2-vertices-of-a-network-with-more", EDGES, "evidence.minimum.labels", "M2: a vertex has fewer", *NINE_CLAIMED)


breaking("m2-tree-counts-too-few", TREE, "evidence.minimum.tree[0]", "M2: this leaf counts fewer", ((*MINIMUM, "tree"), [{}]))
breaking("m2-tree-empty", TREE, "evidence.minimum.tree", "M2: the tree ends with 1", ((*MINIMUM, "tree"), []))
breaking(
    "m2-tree-side-open", TREE, "evidence.minimum.tree", "M2: the tree ends with 1", ((*MINIMUM, "tree"), lambda tree: tree[:-1])
)
breaking(
    "m2-tree-leaf-too-many",
    TREE,
    "evidence.minimum.tree[21]",
    "M2: the tree is complete",
    ((*MINIMUM, "tree"), lambda tree: [*tree, {}]),
)
breaking("m2-tree-weights", TREE, "evidence.minimum.tree[2]", "M2: the weights", ((*MINIMUM, "tree", 2), {"farkas": ["0", "0"]}))
breaking(
    "m2-tree-weights-at-the-root",
    TREE,
    "evidence.minimum.tree[0]",
    "M2: the weights",
    ((*MINIMUM, "tree"), lambda tree: [tree[2]]),
)
breaking(
    "m2-tree-weights-turned", TREE, "evidence.minimum.tree[2]", "M2: the weights", ((*MINIMUM, "tree", 2, "farkas"), ["-1", "0"])
)
breaking("m2-tree-weights-short", TREE, "evidence.minimum.tree[2].farkas", "2 entries", ((*MINIMUM, "tree", 2, "farkas"), ["1"]))
breaking(
    "m2-tree-branch", TREE, "evidence.minimum.tree[0].branch", "an integer from 0 to 5", ((*MINIMUM, "tree", 0, "branch"), 6)
)
breaking(
    "m2-tree-of-a-tie",
    SMALL,
    "evidence.minimum.tree[0]",
    "M2: the weights",
    *WIDER,
    (MINIMUM, {"tree": [{"farkas": ["-1", "-1"]}]}),
)


# ----------------------------------------------------------------------------------------------------------- kind width-optimum

ONE, TWO = "width-optimum-one-neuron", "width-optimum-two-neurons"
WIDTH, BRANCHES, POINTS = (*CLAIM, "width"), ("evidence", "tree"), ("evidence", "points")

breaking("w1-neuron-too-many", TWO, "statement.claim.network.output", "W1: the network has 2 neurons", (WIDTH, 1))
breaking(
    "w1-high-too-low", TWO, "statement.claim.high", "W1: below the objective", ((*CLAIM, "high"), shift("-1/1000000000000000"))
)
breaking("w1-width-negative", TWO, "statement.claim.width", "an integer from 0", (WIDTH, -1))
breaking(
    "w1-network-of-another-shape",
    ONE,
    "statement.claim.network.hidden",
    "2 entries are expected here",
    ((*CLAIM, "network", "output"), ["1", "1"]),
)
breaking("w2-root-missing", TWO, "evidence.tree", "W2: the tree ends before", (BRANCHES, lambda tree: tree[:-1]))
breaking("w2-side-missing", ONE, "evidence.tree", "W2: the tree ends before", (BRANCHES, lambda tree: tree[:-1]))
breaking("w2-no-tree", ONE, "evidence.tree", "W2: the tree ends before", (BRANCHES, []))
breaking("w2-leaf-too-many", TWO, "evidence.tree[11]", "W2: the tree is complete", (BRANCHES, lambda tree: [*tree, tree[-1]]))
breaking("w2-another-width", TWO, "evidence.tree[2].point", "W2: the point is not known", (WIDTH, 3))


@bad("w2-only-neurons-of-one-sign", "evidence.tree[7].point", "W2: the point is not known")
def _():
    """The trees of two neurons of sign + stand for all the others."""
    document = good(TWO)
    tree = document["evidence"]["tree"]
    document["evidence"]["tree"] = tree[:7] + tree[2:3] + tree[2:3]
    return document


breaking(
    "w2-sides-swapped",
    ONE,
    "evidence.tree[3].point",
    "W2: the point is not known",
    ((*BRANCHES, 3), {"point": 2}),
    ((*BRANCHES, 4), {"point": 1}),
)
breaking("w2-point-of-another-leaf", TWO, "evidence.tree[2].point", "W2: the point is not known", ((*BRANCHES, 2), {"point": 3}))
breaking(
    "w2-point-of-the-other-sign",
    TWO,
    "evidence.tree[10].point",
    "W2: the point is not known",
    ((*POINTS, 6, "coverings", 0, "sign"), "+"),
)
breaking("w2-no-such-point", TWO, "evidence.tree[2].point", "an integer from 0 to 6", ((*BRANCHES, 2), {"point": 7}))
breaking(
    "w2-split-decided", TWO, "evidence.tree[1].split", "W2: not the name of a wall", ((*BRANCHES, 1), {"split": 0, "region": 1})
)
breaking(
    "w2-split-no-wall", TWO, "evidence.tree[0].split", "W2: not the name of a wall", ((*BRANCHES, 0), {"split": 5, "region": 0})
)
breaking(
    "w2-no-such-region", TWO, "evidence.tree[0].region", "an integer from 0 to 0", ((*BRANCHES, 0), {"split": 0, "region": 1})
)
breaking(
    "w2-covering-forgotten",
    TWO,
    "evidence.tree[9].point",
    "W2: the point is not known",
    ((*POINTS, 5, "coverings"), lambda coverings: coverings[:1]),
)
breaking(
    "w3-region-too-wide",
    ONE,
    "evidence.points[3].coverings[0].tree[1]",
    "W3: the leaf",
    ((*POINTS, 3, "coverings", 0, "off"), []),
)
breaking(
    "w3-residual-too-long",
    ONE,
    "evidence.points[1].coverings[0].tree[0]",
    "W3: the leaf",
    ((*POINTS, 1, "residual", 2), "-3"),
    ((*CLAIM, "low"), "-99"),
)
breaking(
    "w3-side-forgotten",
    TWO,
    "evidence.points[0].coverings[0].tree",
    "W3: the tree ends with 1",
    ((*POINTS, 0, "coverings", 0, "tree"), lambda tree: tree[:-1]),
)
breaking(
    "w3-wall-on-and-off",
    ONE,
    "evidence.points[1].coverings[0].off[0]",
    "W3: not the name of a wall",
    ((*POINTS, 1, "coverings", 0, "off"), [0]),
)
breaking(
    "w3-no-such-wall",
    ONE,
    "evidence.points[1].coverings[0].on[2]",
    "W3: not the name of a wall",
    ((*POINTS, 1, "coverings", 0, "on"), [0, 1, 7]),
)
breaking(
    "w3-split-of-the-region",
    ONE,
    "evidence.points[3].coverings[0].tree[0].split",
    "W3: not the name of a wall that is undecided",
    ((*POINTS, 3, "coverings", 0, "tree", 0), {"split": 0}),
)
breaking(
    "w3-tight-leaf",
    ONE,
    "evidence.points[1].coverings[0].tree[0]",
    "the key 'rho' is missing",
    ((*POINTS, 1, "coverings", 0, "tree", 0), {"neuron": 0, "solve": [], "fixed": {}}),
)
breaking(
    "w4-low-too-high", TWO, "evidence.points[1].residual", "W4: the dual value", ((*CLAIM, "low"), shift("1/1000000000000000"))
)
breaking(
    "w4-residual-zero", TWO, "evidence.points[4].residual", "W4: the dual value", ((*POINTS, 4, "residual"), ["0", "0", "0"])
)


def main():
    folder = Path(HERE / "bad")
    folder.mkdir(exist_ok=True)
    for old in folder.glob("*.json"):
        old.unlink()
    for name, make in MAKERS.items():
        (folder / f"{name}.json").write_text(json.dumps(deepcopy(make()), indent=1) + "\n", encoding="utf-8")
    table = {name: {"path": path, "reason": reason} for name, (path, reason) in sorted(EXPECTED.items())}
    (folder / "expected.json").write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
