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

# ------------------------------------------------------------------------------------------------ columns, the graph of optima

POINTS, DIRECTIONS, WALLS, CHOSEN = (
    "stationary-two-points",
    "stationary-three-directions",
    "stationary-pairs-and-walls",
    "stationary-some-columns",
)
NODES, PROOFS, COLUMNS = (*CLAIM, "nodes"), ("evidence", "nodes"), (*CLAIM, "columns")


def verdict(name, base, node, column, place, reason, value):
    """Register a certificate with another verdict on a column."""
    path = f"evidence.nodes[{node}].verdicts[{column}]{place}"
    breaking(name, base, path, reason, ((*PROOFS, node, "verdicts", column), value))


def way(*direction):
    return {"direction": list(direction)}


verdict("c-below-of-a-column-above", POINTS, 0, 1, "", "C: the leaf's bound is not below", LEAF)
verdict("c-below-of-a-tight-column", POINTS, 1, 1, "", "C: the leaf's bound is not below", LEAF)
verdict(
    "c-below-with-a-slope", POINTS, 0, 1, ".slope.0", "not the name of a wall that is undecided", {"rho": {}, "slope": {"0": "0"}}
)
verdict("c-below-with-a-negative-multiplier", POINTS, 0, 1, ".rho.0", "the multiplier of a", {"rho": {"0": "-5"}, "slope": {}})
verdict("c-tight-of-a-column-above", WALLS, 2, 2, "", "O7b: the multiplier of wall 0 is not", tight(0, [0]))
verdict("c-tight-in-another-cell", POINTS, 1, 0, "", "O7b: wall 0 is decided to the side", tight(0))
verdict("c-tight-of-the-other-sign", POINTS, 1, 3, ".neuron", "O7b: the neuron has the other sign", tight(0))
verdict("c-tight-without-multipliers", CHOSEN, 1, 1, "", "O7b: the equations of the multipliers", tight(0))
verdict("c-tight-with-a-wrong-multiplier", CHOSEN, 1, 1, "", "O7b: the equations of the mult", tight(0, fixed={"2": "1"}))
verdict("c-tight-with-a-wall-elsewhere", CHOSEN, 1, 1, "", "O7b: solve and fixed must name walls", tight(0, [0]))
verdict("c-tight-of-no-neuron", POINTS, 0, 1, ".neuron", "an integer from 0 to -1 is expected", tight(0))
verdict("c-above-of-a-tight-column", POINTS, 1, 1, ".direction", "C: the direction does not exceed", way("1"))
verdict("c-above-of-a-column-below", POINTS, 1, 3, ".direction", "C: the direction does not exceed", way("1"))
verdict("c-above-by-nothing", POINTS, 0, 1, ".direction", "C: the direction does not exceed", way("0"))
verdict("c-above-by-a-negative-value", POINTS, 0, 3, ".direction", "C: the direction does not exceed", way("100"))
verdict("c-above-outside-of-the-cell", POINTS, 0, 0, ".direction", "C: the direction is not in the cell (wall 0)", way("1"))
verdict("c-above-in-the-next-cell", WALLS, 0, 5, ".direction", "C: the direction is not in the cell", way("-1/9", "1"))
verdict("c-above-too-short", WALLS, 0, 5, ".direction", "2 entries are expected", way("1"))
verdict("c-verdict-is-a-split", POINTS, 0, 0, "", "the key 'rho' is missing", {"split": 0})
verdict("c-verdict-of-two-kinds", POINTS, 0, 1, ".direction", "unknown key", {**tight(0), **way("1")})
breaking(
    "c-verdict-missing",
    POINTS,
    "evidence.nodes[1].verdicts",
    "4 entries are expected here, not 3",
    ((*PROOFS, 1, "verdicts"), lambda old: old[:-1]),
)


@bad("c-above-by-less-than-the-box", "evidence.nodes[0].verdicts[0].direction", "C: the direction does not exceed")
def _():
    """The residual is known to 1/100 only: what exceeds the penalty in the middle of the box need not at the solution."""
    document = good("stationary-parallel-rows")
    parts = optimum([[1, 1], [-2, -2], [0, 0]], [2, 1, 3], "1/2")
    claim, evidence = document["statement"]["claim"], document["evidence"]
    known = {"value": WIDE, "residual": [WIDE] * 3, "neurons": parts["statement"]["claim"]["neurons"]}
    for neuron in known["neurons"]:
        neuron["amount"], neuron["direction"] = WIDE, [WIDE] * 2
    claim["nodes"][0] |= known
    evidence["nodes"][0] |= {key: parts["evidence"][key] for key in ("roles", "bases", "lineality", "system", "split")}
    evidence["nodes"][0]["system"]["radius"] = "1/1000"
    evidence["nodes"][0]["verdicts"][0] = way("-500000000001/1000000000000", "-500000000001/1000000000000")
    return document


breaking("g1-point-on-a-wall", POINTS, "evidence.inside[1]", "G1: the point is not strictly", (("evidence", "inside", 1), ["0"]))
breaking("g1-point-outside", POINTS, "evidence.inside[1]", "G1: the point is not strictly", (("evidence", "inside", 1), ["-1"]))
breaking("g1-no-such-cell", WALLS, "evidence.inside[0]", "G1: the point is not strictly", ((*COLUMNS, 0, 1), "++-"))
breaking("g1-parallel-rows-disagree", POINTS, "statement.claim.columns[1][1]", "row 1 is on no side", ((*COLUMNS, 1, 1), "+-"))
breaking("g1-cell-on-a-wall", POINTS, "statement.claim.columns[1][1]", "row 0 is on no side", ((*COLUMNS, 1, 1), "0+"))
breaking("g1-cell-too-short", POINTS, "statement.claim.columns[1][1]", "one of + - 0 for each row", ((*COLUMNS, 1, 1), "+"))
breaking("g1-cell-of-other-letters", POINTS, "statement.claim.columns[1][1]", "one of + - 0 for", ((*COLUMNS, 1, 1), "1+"))
breaking(
    "g1-zero-row-on-a-side", "stationary-parallel-rows", "statement.claim.columns[0][1]", "row 2 is", ((*COLUMNS, 0, 1), "-++")
)
breaking("g1-sign", POINTS, "statement.claim.columns[1][0]", '"+" or "-" is expected', ((*COLUMNS, 1, 0), "0"))
breaking("g1-column-of-three", POINTS, "statement.claim.columns[1]", "2 entries are expected", ((*COLUMNS, 1), ["+", "+", "+"]))
breaking("g1-point-missing", POINTS, "evidence.inside", "4 entries are expected", (("evidence", "inside"), lambda old: old[:-1]))
breaking("g1-not-all-columns", CHOSEN, "statement.claim.columns", "G1: these are not all columns", ((*CLAIM, "every"), True))
breaking("g1-every-is-no-flag", POINTS, "statement.claim.every", "true or false is expected here", ((*CLAIM, "every"), 1))
breaking(
    "g1-column-twice",
    POINTS,
    "statement.claim.columns",
    "G1: a column is listed twice",
    ((*COLUMNS, 0), ["+", "++"]),
    (("evidence", "inside", 0), ["2"]),
)
breaking(
    "g1-a-cell-missing",
    DIRECTIONS,
    "statement.claim.columns",
    "G1: these are not all columns",
    (COLUMNS, lambda old: [pair for pair in old if pair[1] != "+-"]),
    (("evidence", "inside"), lambda old: [point for k, point in enumerate(old) if k not in (2, 6)]),
)
breaking(
    "g1-a-sign-missing",
    POINTS,
    "statement.claim.columns",
    "G1: these are not all columns",
    (COLUMNS, lambda old: old[:2]),
    (("evidence", "inside"), lambda old: old[:2]),
)
breaking(
    "g1-no-columns",
    POINTS,
    "statement.claim.columns",
    "G1: these are not all columns",
    (COLUMNS, []),
    (("evidence", "inside"), []),
)

breaking("g2-value", WALLS, "statement.claim.nodes[6].value", "the optimal value is not", ((*NODES, 6, "value"), move(STEP)))
breaking("g2-residual", POINTS, "statement.claim.nodes[1].residual[1]", "the residual", ((*NODES, 1, "residual", 1), move(STEP)))
breaking(
    "g2-direction", POINTS, "statement.claim.nodes[1].neurons[0]", "O5: ", ((*NODES, 1, "neurons", 0, "direction", 0), move(STEP))
)
breaking("g2-amount", POINTS, "statement.claim.nodes[1].neurons[0]", "O6: ", ((*NODES, 1, "neurons", 0, "amount"), move("1")))
breaking("g2-gate", POINTS, "evidence.nodes[1].system", "O3: ", ((*NODES, 1, "neurons", 0, "gate"), "--"))
breaking(
    "g2-off-the-solution",
    POINTS,
    "evidence.nodes[1].system",
    "O3: ",
    ((*PROOFS, 1, "system", "midpoint", 0), shift("1/1000")),
)
breaking("g2-trees", POINTS, "evidence.nodes[0].positive", "unknown key", ((*PROOFS, 0, "positive"), []))

G3 = "G3: these are not the columns "
breaking("g3-above-missing", POINTS, "statement.claim.nodes[0].above", G3 + "that exceed", ((*NODES, 0, "above"), []))
breaking("g3-above-too-many", POINTS, "statement.claim.nodes[0].above", G3 + "that exceed", ((*NODES, 0, "above"), [1, 3]))
breaking("g3-above-twice", POINTS, "statement.claim.nodes[0].above", "the columns are not in asc", ((*NODES, 0, "above"), [1, 1]))
breaking(
    "g3-above-of-no-column", POINTS, "statement.claim.nodes[0].above[0]", "an integer from 0 to 3", ((*NODES, 0, "above"), [4])
)
breaking("g3-tight-missing", POINTS, "statement.claim.nodes[1].tight", G3 + "in which", ((*NODES, 1, "tight"), [[]]))
breaking("g3-tight-too-many", POINTS, "statement.claim.nodes[1].tight", G3 + "in which", ((*NODES, 1, "tight"), [[1, 3]]))
breaking("g3-tight-of-two-neurons", POINTS, "statement.claim.nodes[1].tight", G3 + "in which", ((*NODES, 1, "tight"), [[1], []]))
breaking(
    "g3-tight-of-the-other-neuron", WALLS, "statement.claim.nodes[6].tight", G3, ((*NODES, 6, "tight"), lambda old: old[::-1])
)

NETWORKS = (*NODES, 3, "networks")
IN_THREE = "statement.claim.nodes[3].networks"
breaking("g4-network-missing", DIRECTIONS, IN_THREE, "S4: the vertex with the neurons [1, 2]", (NETWORKS, lambda old: old[:1]))
breaking("g4-network-twice", DIRECTIONS, f"{IN_THREE}[2]", "S4: a vertex with this", (NETWORKS, lambda old: [*old, old[0]]))
breaking(
    "g4-network-invented",
    DIRECTIONS,
    f"{IN_THREE}[2]",
    "S4: no vertex has this support",
    (NETWORKS, lambda old: [*old, {"support": [0, 1], "amounts": [WIDE] * 2}]),
)
breaking("g4-amount", DIRECTIONS, f"{IN_THREE}[0].amounts[0]", "S4: the amount", ((*NETWORKS, 0, "amounts", 0), move(STEP)))
breaking(
    "g4-label-missing", DIRECTIONS, "evidence.nodes[3].labels[0]", "S3: an edge", ((*PROOFS, 3, "labels"), lambda old: old[:1])
)
breaking("g4-no-label", POINTS, "evidence.nodes[0].labels", "S3: there is no label", ((*PROOFS, 0, "labels"), []))
breaking("g4-dimension-too-small", DIRECTIONS, "statement.claim.nodes[3].dimension", "G4: ", ((*NODES, 3, "dimension"), 0))
breaking("g4-dimension-too-large", POINTS, "statement.claim.nodes[1].dimension", "G4: ", ((*NODES, 1, "dimension"), 1))
LOCAL = "statement.claim.nodes[{}].local_minimum"
breaking(
    "g4-local-minimum-that-is-none",
    WALLS,
    LOCAL.format("2") + "[0]",
    "G4: column",
    ((*NODES, 2, "local_minimum"), [True]),
)
breaking(
    "g4-local-minimum-without-all-columns",
    CHOSEN,
    LOCAL.format("3") + "[0]",
    "G4: local minima need all columns",
    ((*NODES, 3, "local_minimum"), [True]),
)
breaking(
    "g4-local-minimum-when-not-every-column-is-said-to-be-there",
    POINTS,
    LOCAL.format("0") + "[0]",
    "G4: local minima need all columns",
    ((*CLAIM, "every"), False),
)
breaking("g4-local-minimum-missing", POINTS, LOCAL.format("1"), "1 entries are expected", ((*NODES, 1, "local_minimum"), []))
breaking("g4-local-minimum-no-flag", POINTS, LOCAL.format("1") + "[0]", "true or false", ((*NODES, 1, "local_minimum"), ["yes"]))

COVERS = "statement.claim.nodes[1].covers"
breaking("g5-covers-too-many", POINTS, COVERS, "G5: this is not the number", ((*NODES, 1, "covers"), "16"))
breaking("g5-covers-too-few", DIRECTIONS, COVERS, "G5: this is not the number", ((*NODES, 1, "covers"), "31"))
breaking("g5-covers-negative", POINTS, COVERS, "G5: this is not the number", ((*NODES, 1, "covers"), "-8"))
breaking("g5-covers-no-text", POINTS, COVERS, "a string is expected here", ((*NODES, 1, "covers"), 8))
breaking(
    "g5-a-node-missing",
    POINTS,
    "statement.claim.complete",
    "G5: the nodes do not cover",
    (NODES, lambda old: old[:1]),
    (PROOFS, lambda old: old[:1]),
    ((*CLAIM, "edges"), []),
    (("evidence", "before"), []),
)
breaking(
    "g5-no-nodes",
    POINTS,
    "statement.claim.complete",
    "G5: the nodes do not cover",
    (NODES, []),
    (PROOFS, []),
    ((*CLAIM, "edges"), []),
    (("evidence", "before"), []),
)
breaking(
    "g5-a-node-twice",
    POINTS,
    "statement.claim.nodes[2]",
    "G5: a node that violates the same columns",
    (NODES, lambda old: [*old, old[1]]),
    (PROOFS, lambda old: [*old, old[1]]),
)
breaking("g5-complete-is-no-flag", POINTS, "statement.claim.complete", "true or false is expected", ((*CLAIM, "complete"), "yes"))


@bad("g5-the-missing-node-is-another-twice", "statement.claim.nodes[2]", "G5: a node that violates the same columns")
def _():
    """Nodes 1 and 2 cover as many sets: the one in the place of the other adds up to all of them."""
    document = good(DIRECTIONS)
    claim, evidence = document["statement"]["claim"], document["evidence"]
    claim["nodes"][2], evidence["nodes"][2] = deepcopy(claim["nodes"][1]), deepcopy(evidence["nodes"][1])
    claim["edges"], evidence["before"] = [], []
    return document


@bad("g5-a-node-twice-with-its-neurons-in-another-order", "statement.claim.nodes[7]", "G5: a node that violates the same")
def _():
    """The two neurons of node 3 change places, and all that names them follows: it is the same optimum."""
    document = good(WALLS)
    claim, evidence = document["statement"]["claim"], document["evidence"]
    node, proof = deepcopy(claim["nodes"][3]), deepcopy(evidence["nodes"][3])
    for owner, key in ((node, "neurons"), (node, "tight"), (proof, "roles"), (proof, "bases")):
        owner[key] = owner[key][::-1]
    node["networks"][0]["amounts"] = node["networks"][0]["amounts"][::-1]
    order = [*range(len(proof["bases"][1]), sum(map(len, proof["bases"]))), *range(len(proof["bases"][1]))]
    size = len(order)
    order += [size + 1, size]
    system = proof["system"]
    system["midpoint"] = [system["midpoint"][k] for k in order]
    system["preconditioner"] = [[system["preconditioner"][i][j] for j in order] for i in order]
    for verdict_of in proof["verdicts"]:
        if "neuron" in verdict_of:
            verdict_of["neuron"] = 1 - verdict_of["neuron"]
    claim["nodes"].append(node)
    evidence["nodes"].append(proof)
    return document


@bad("g5-a-node-of-no-set", "statement.claim.nodes[1].covers", "G5: this is not the number")
def _():
    """The neuron has no column among those listed, so no program of them has this optimum."""
    document = good(POINTS)
    claim, evidence = document["statement"]["claim"], document["evidence"]
    claim |= {"columns": [["-", "++"]], "every": False, "complete": False, "edges": []}
    evidence |= {"inside": [["1"]], "before": []}
    for node, proof, covers in zip(claim["nodes"], evidence["nodes"], ("2", "0"), strict=True):
        node |= {"above": [], "tight": [[] for _ in node["tight"]], "covers": covers, "local_minimum": [False]}
        proof["verdicts"] = proof["verdicts"][3:]
    return document


EDGES_OF, BEFORE = (*CLAIM, "edges"), ("evidence", "before")
breaking("g6-target-wrong", DIRECTIONS, "statement.claim.edges[0][1]", "G6: the target is not", ((*EDGES_OF, 0), [0, 3, 1]))
breaking("g6-target-is-the-source", DIRECTIONS, "statement.claim.edges[0][1]", "G6: the target is", ((*EDGES_OF, 0), [0, 0, 1]))
breaking(
    "g6-column-not-violated", DIRECTIONS, "statement.claim.edges[3][2]", "G6: the source does not", ((*EDGES_OF, 3), [1, 3, 2])
)
breaking("g6-before-carries-nothing", DIRECTIONS, "evidence.before[3]", "G6: these columns do not carry", ((*BEFORE, 3), []))
breaking("g6-before-of-another-node", DIRECTIONS, "evidence.before[3]", "G6: these columns do not carry", ((*BEFORE, 3), [1]))
breaking(
    "g6-before-with-one-to-spare", DIRECTIONS, "evidence.before[3]", "G6: these columns do not carry", ((*BEFORE, 3), [0, 2])
)
breaking("g6-before-with-the-column", DIRECTIONS, "evidence.before[3]", "G6: these columns do not", ((*BEFORE, 3), [1, 2]))
breaking("g6-before-twice", DIRECTIONS, "evidence.before[3]", "the columns are not in ascending", ((*BEFORE, 3), [2, 2]))
breaking("g6-before-missing", DIRECTIONS, "evidence.before", "7 entries are expected", (BEFORE, lambda old: old[:-1]))
breaking("g6-edge-of-no-node", DIRECTIONS, "statement.claim.edges[0][1]", "an integer from 0 to 3", ((*EDGES_OF, 0), [0, 4, 2]))
breaking("g6-edge-of-no-column", DIRECTIONS, "statement.claim.edges[0][2]", "an integer from 0 to 7", ((*EDGES_OF, 0), [0, 1, 8]))
breaking("g6-edge-too-short", DIRECTIONS, "statement.claim.edges[0]", "3 entries are expected", ((*EDGES_OF, 0), [0, 1]))
breaking(
    "g6-edge-backwards",
    DIRECTIONS,
    "statement.claim.edges[3][2]",
    "G6: the source does not",
    ((*EDGES_OF, 3), [3, 1, 1]),
    ((*BEFORE, 3), [3]),
)


# --------------------------------------------------------------------------------------------------------- what a network is

NETWORK, ANSWERS = ("statement", "claim", "network"), ("statement", "claim", "properties")
KNOWN = {name: f"classification-{name}" for name in ("counterexample", "cells", "separated", "best", "zero-neuron", "column")}
GATES, SAMPLED, PULLED = ("evidence", "clarke"), ("evidence", "sub_sampled"), ("evidence", "directional")
IS_LOCAL, IS_GLOBAL = ("evidence", "local_minimum"), ("evidence", "global_minimum")
NO_TREE = [LEAF]


def answered(name, letter):
    """Claim another answer."""
    return ((*ANSWERS, name), letter)


breaking("k1-objective", KNOWN["best"], "statement.claim.objective", "K1", ((*CLAIM, "objective"), shift(STEP)))
breaking("k1-another-network", KNOWN["best"], "statement.claim.objective", "K1", ((*NETWORK, "hidden"), [["8/5", "6/5"]]))
breaking(
    "k1-no-answer", KNOWN["best"], "statement.claim.properties.clarke", '"proved", "refuted" or', answered("clarke", "perhaps")
)
breaking(
    "k2-output-not-level",
    "classification-unbalanced",
    "evidence.clarke",
    "K2: the derivative for the output weight of neuron 0",
    ((*DATA, "y"), ["2"]),
    ((*CLAIM, "objective"), "5/2"),
    answered("clarke", "proved"),
    (GATES, [{"gates": {}}]),
)
breaking(
    "k2-not-balanced",
    "classification-unbalanced",
    "evidence.sub_sampled",
    "K2: neuron 0 is not balanced",
    answered("sub_sampled", "proved"),
    (SAMPLED, [{"inside": ["1"], "rho": {}}]),
)
breaking(
    "k3-directional-off-the-balance",
    "classification-unbalanced",
    "evidence.directional[0][0]",
    "K3: the leaf's bound is not at most 0",
    answered("directional", "proved"),
    (PULLED, [NO_TREE]),
)
breaking(
    "k3-clarke-called-directional",
    KNOWN["counterexample"],
    "evidence.directional[0][0]",
    "K3: the leaf's bound is not at most 0",
    answered("directional", "proved"),
    (PULLED, [[{"rho": {}, "slope": {"0": "1/2"}}]]),
)
breaking(
    "k3-side-forgotten",
    "classification-three-walls",
    "evidence.directional[0]",
    "K3: the tree ends with 1",
    ((*PULLED, 0), lambda tree: tree[:-1]),
)
breaking(
    "k3-slope", "classification-convex-kink", "evidence.directional[0][0]", "K3: the leaf", ((*PULLED, 0, 0, "slope", "1"), "1/2")
)
breaking(
    "k3-neuron-left-out", "classification-three-walls", "evidence.directional", "2 entries", (PULLED, lambda trees: trees[:1])
)
breaking(
    "k3-no-descent",
    "classification-whole-gate",
    "evidence.directional.direction",
    "K3: the objective does not fall",
    ((*PULLED, "direction"), ["0", "1"]),
)
breaking("k4-gate", KNOWN["counterexample"], "evidence.clarke[0]", "K4: this is not 0", ((*GATES, 0, "gates", "0"), "1/3"))
breaking(
    "k4-gate-beyond",
    KNOWN["column"],
    "evidence.clarke[0].gates",
    "K4: a gate is not between 0 and 1",
    answered("clarke", "proved"),
    (GATES, [{"gates": {"1": "2"}}, {"gates": {}}]),
)
breaking(
    "k4-gates-of-no-cells",
    KNOWN["separated"],
    "evidence.clarke[0]",
    "K4: the normals of these walls are dependent",
    answered("clarke", "proved"),
    (GATES, [{"gates": {"0": "9/10", "1": "9/10"}}]),
)
breaking(
    "k4-share-negative",
    KNOWN["cells"],
    "evidence.clarke[0].cells[0].share",
    "K4: the share is negative",
    ((*GATES, 0, "cells", 0, "share"), "-1/2"),
)
breaking(
    "k4-shares",
    KNOWN["cells"],
    "evidence.clarke[0].cells",
    "K4: the shares do not add up",
    ((*GATES, 0, "cells", 0, "share"), "1/3"),
)
breaking(
    "k4-cells-of-another-gradient",
    KNOWN["cells"],
    "evidence.clarke[0]",
    "K4: this is not 0",
    ((*GATES, 0, "cells", 0, "inside"), ["1", "-2", "0"]),
)
breaking(
    "k4-no-cell",
    KNOWN["cells"],
    "evidence.clarke[0].cells[0].inside",
    "the point lies on the wall 3",
    ((*GATES, 0, "cells", 0, "inside"), ["1", "-1", "0"]),
)
breaking(
    "k4-separated-cells-only",
    KNOWN["separated"],
    "evidence.clarke.tree[0]",
    "K4: the direction does not separate",
    ((*GATES, "tree"), [{}]),
)
breaking(
    "k4-separated-on-one-side",
    KNOWN["separated"],
    "evidence.clarke.tree",
    "K4: the tree ends with 1",
    ((*GATES, "tree"), lambda tree: tree[:-1]),
)
breaking(
    "k4-stationary-called-refuted",
    KNOWN["counterexample"],
    "evidence.clarke.tree[2]",
    "K4: the direction does not separate",
    answered("clarke", "refuted"),
    (GATES, {"neuron": 0, "direction": ["0", "1"], "tree": [{"split": 0}, {}, {}]}),
)
breaking(
    "k5-multipliers", KNOWN["column"], "evidence.sub_sampled[0]", "K5: the multipliers", ((*SAMPLED, 0, "rho"), {"1": "1/3"})
)
breaking(
    "k5-multiplier-negative",
    KNOWN["column"],
    "evidence.sub_sampled[0].rho.1",
    "the multiplier of a decided wall must not",
    ((*SAMPLED, 0), {"inside": ["0", "-1"], "rho": {"1": "-1"}}),
)
breaking(
    "k5-on-the-wall",
    KNOWN["column"],
    "evidence.sub_sampled[0].inside",
    "the point lies on the wall 1",
    ((*SAMPLED, 0, "inside"), ["1", "0"]),
)
breaking("k5-no-column", KNOWN["column"], "evidence.sub_sampled[0]", "an object", ((*SAMPLED, 0), None))
breaking(
    "k5-direction-leaves",
    KNOWN["counterexample"],
    "evidence.sub_sampled.tree[1].direction",
    "K5: the direction leaves cells at the wall 0",
    ((*SAMPLED, "tree", 1), {"direction": ["0", "-1"]}),
)
breaking(
    "k5-direction-leaves-an-open-wall",
    KNOWN["counterexample"],
    "evidence.sub_sampled.tree[0].direction",
    "K5: the direction leaves cells at the wall 0",
    ((*SAMPLED, "tree"), lambda tree: tree[1:2]),
)
breaking(
    "k5-no-descent",
    KNOWN["column"],
    "evidence.sub_sampled.tree[1].direction",
    "K5: the objective does not fall",
    answered("sub_sampled", "refuted"),
    (SAMPLED, {"neuron": 0, "tree": [{"split": 1}, {"direction": ["0", "1"]}, {"direction": ["0", "-1"]}]}),
)
breaking(
    "k5-cell-forgotten",
    KNOWN["cells"],
    "evidence.sub_sampled.tree",
    "K5: the tree ends with 1",
    ((*SAMPLED, "tree"), lambda tree: tree[:-2]),
)
breaking(
    "k6-not-zero",
    "classification-convex-kink",
    "evidence.local_minimum.neuron",
    "K6: this neuron is not zero",
    answered("local_minimum", "refuted"),
    (IS_LOCAL, {"neuron": 0, "sign": "-", "direction": ["0", "1"]}),
)
breaking("k6-other-sign", KNOWN["zero-neuron"], "evidence.local_minimum.direction", "K6: this neuron", ((*IS_LOCAL, "sign"), "-"))
breaking(
    "k6-not-above",
    KNOWN["zero-neuron"],
    "evidence.local_minimum.direction",
    "K6: this neuron does not lower",
    ((*DATA, "y"), ["1"]),
    ((*CLAIM, "objective"), "1/2"),
    answered("global_minimum", "undecided"),
    (IS_GLOBAL, None),
)
breaking(
    "k7-local-called-global",
    "classification-convex-kink",
    "evidence.global_minimum.positive[0]",
    "B1: the leaf",
    answered("global_minimum", "proved"),
    (IS_GLOBAL, {"positive": NO_TREE, "negative": NO_TREE}),
)
breaking(
    "k7-feasible-but-worse",
    KNOWN["zero-neuron"],
    "evidence.global_minimum",
    "K7: the objective is above",
    ((*DATA, "y"), ["1/2"]),
    (NETWORK, {"hidden": [["1/2"]], "output": ["1/2"]}),
    ((*CLAIM, "objective"), "9/32"),
    answered("global_minimum", "proved"),
    (IS_GLOBAL, {"positive": [{"split": 0}, LEAF, LEAF], "negative": NO_TREE}),
)
breaking(
    "k7-not-better",
    KNOWN["best"],
    "evidence.global_minimum",
    "K7: this network is not better",
    answered("global_minimum", "refuted"),
    (IS_GLOBAL, {"hidden": [["6/5", "8/5"]], "output": ["2"]}),
)
breaking(
    "k8-no-evidence", KNOWN["counterexample"], "statement.claim.properties.clarke", "K8: this does not follow", (GATES, None)
)
breaking(
    "k8-refuted-without-evidence",
    KNOWN["best"],
    "statement.claim.properties.sub_sampled",
    "K8: this does not follow",
    answered("sub_sampled", "refuted"),
)
breaking(
    "k8-zero-neuron-is-no-local-minimum",
    KNOWN["zero-neuron"],
    "statement.claim.properties.local_minimum",
    "K8: this does not follow",
    answered("local_minimum", "proved"),
    (IS_LOCAL, None),
)
breaking(
    "k8-sub-sampled-is-not-stationary",
    KNOWN["column"],
    "statement.claim.properties.local_minimum",
    "K8: this does not follow",
    answered("clarke", "proved"),
    (GATES, None),
)
breaking(
    "k8-evidence-of-an-open-answer",
    KNOWN["counterexample"],
    "evidence.clarke",
    "K8: nothing is expected here",
    answered("clarke", "undecided"),
)
breaking(
    "k8-evidence-of-a-local-minimum",
    "classification-convex-kink",
    "evidence.local_minimum",
    "K8: nothing is expected here",
    (IS_LOCAL, []),
)


# ----------------------------------------------------------------------------------------------------------- kind descent-path


def without(table, key):
    return {name: value for name, value in table.items() if name != key}


PATH = "descent-path-clarke"
PIECES, PARTS = (*CLAIM, "pieces"), ("evidence", "pieces")

breaking("d1-start", PATH, "statement.claim.start", "D1: this is not the objective", ((*CLAIM, "start"), shift(-1)))
breaking("d1-unknown-kind", PATH, "statement.claim.pieces[2].kind", 'D1: "balance"', ((*PIECES, 2, "kind"), "drop"))
breaking(
    "d1-not-balanced",
    PATH,
    "statement.claim.pieces",
    "D1: the network is not balanced",
    (PIECES, lambda pieces: pieces[1:]),
    (PARTS, lambda parts: parts[1:]),
)
breaking(
    "d1-balance-twice",
    PATH,
    "statement.claim.pieces[1].kind",
    "D1: only the first piece",
    (PIECES, lambda pieces: [pieces[0], *pieces]),
    (PARTS, lambda parts: [parts[0], *parts]),
)
breaking(
    "d1-rational-piece-after-an-interpolation",
    PATH,
    "statement.claim.pieces[3].kind",
    "D1: this piece must come before",
    (PIECES, lambda pieces: [*pieces[:2], pieces[3], pieces[2], pieces[4]]),
    (PARTS, lambda parts: [*parts[:2], parts[3], parts[2], parts[4]]),
)
breaking(
    "d1-ends-on-the-way",
    PATH,
    "statement.claim.pieces",
    "D1: the last piece must be",
    (PIECES, lambda pieces: pieces[:3]),
    (PARTS, lambda parts: parts[:3]),
)
breaking("d1-no-pieces", PATH, "statement.claim.pieces", "D1: the last piece must be", (PIECES, []), (PARTS, []))
breaking("d1-pieces-without-evidence", PATH, "evidence.pieces", "5 entries are expected", (PARTS, lambda parts: parts[:4]))
breaking("d2-value", PATH, "statement.claim.pieces[0].value", "D2: the objective after", ((*PIECES, 0, "value"), move(-1)))
breaking("d3-value", PATH, "statement.claim.pieces[1].value", "D3: the objective after", ((*PIECES, 1, "value"), move(-1)))
GROUPS = (*PARTS, 1, "groups")
breaking("d3-no-group", PATH, "evidence.pieces[1].groups", "D3: there is no group", (GROUPS, []))
breaking("d3-two-cells", PATH, "evidence.pieces[1].groups[0]", "D3: these neurons have not one", (GROUPS, [[0, 2]]))
breaking("d3-empty-slot", PATH, "evidence.pieces[1].groups[0]", "D3: a group is two or more", (GROUPS, [[0, 1]]))
breaking("d3-slot-twice", PATH, "evidence.pieces[1].groups[1]", "D3: a group is two or more", (GROUPS, [[0, 3], [3, 0]]))
breaking("d3-alone", PATH, "evidence.pieces[1].groups[0]", "D3: a group is two or more", (GROUPS, [[3]]))
breaking(
    "d3-two-signs",
    PATH,
    "evidence.pieces[1].groups[0]",
    "D3: these neurons have not one",
    ((*CLAIM, "network", "output", 3), "-1"),
    ((*CLAIM, "start"), "33/2"),
    ((*PIECES, 0, "value"), WIDE),
)
NULL = (*PARTS, 2, "null_vector")
breaking("d4-value", PATH, "statement.claim.pieces[2].value", "D4: the objective after", ((*PIECES, 2, "value"), move(-1)))
breaking("d4-the-fit-changes", PATH, "evidence.pieces[2].null_vector", "D4: the fit changes", ((*NULL, 0), "1"))
breaking("d4-the-wrong-sign", PATH, "evidence.pieces[2].null_vector", "D4: no entry is positive", ((*NULL, 4), "-1"))
breaking("d4-nothing-goes", PATH, "evidence.pieces[2].null_vector", "D4: no entry is positive", ((*NULL, 4), "0"))
breaking("d4-an-empty-slot", PATH, "evidence.pieces[2].null_vector", "D4: an empty slot", ((*NULL, 1), "1"))


@bad("d4-the-lengths-rise", "evidence.pieces[0].null_vector", "D4: the sum of the lengths rises")
def _():
    """The neurons (3, 0) and (0, 4) grow at the expense of their sum (3, 4), which is shorter than both together."""
    document = good(PATH)
    document["statement"]["problem"].update(X=[["1", "0"], ["0", "1"]], y=["1", "1"])
    claim = document["statement"]["claim"]
    claim["network"] = {"hidden": [["3", "0"], ["0", "4"], ["3", "4"]], "output": ["3", "4", "5"]}
    claim["start"], claim["pieces"] = "927", claim["pieces"][2:]
    document["evidence"]["pieces"] = [{"null_vector": ["-5/3", "-5/4", "1"]}, *document["evidence"]["pieces"][3:]]
    return document


LAST = (*PARTS, 4)
breaking("d5-a-neuron-without-a-slot", PATH, "evidence.pieces[4].slots", "D5: the neurons [0, 1]", ((*LAST, "slots", 0), None))
breaking("d5-a-neuron-twice", PATH, "evidence.pieces[4].slots", "D5: the neurons [0, 1]", ((*LAST, "slots", 1), 1))
breaking(
    "d5-a-slot-too-many",
    PATH,
    "evidence.pieces[4].slots",
    "5 entries are expected",
    ((*LAST, "slots"), lambda slots: [*slots, None]),
)
breaking("d5-label", PATH, "evidence.pieces[4].label[0][0]", "an integer from 0", ((*LAST, "label"), [[0], []]))
breaking("d5-not-its-value", PATH, "statement.claim.pieces[3].value", "the optimal value", ((*PIECES, 3, "value"), move(-1)))
breaking(
    "d5-not-its-residual", PATH, "evidence.pieces[3].residual[0]", "the residual is not", ((*PARTS, 3, "residual", 0), move(1))
)
breaking(
    "d5-not-a-network", PATH, "evidence.pieces[3].system", "O3: row", ((*PARTS, 3, "system", "midpoint", 0), shift(STEP[:-9]))
)
REASONS = (*LAST, "reasons")
breaking("d6-no-reason-in-a-shared-slot", PATH, "evidence.pieces[4].reasons[0]", "D6: a shared slot", ((*REASONS, 0), None))
breaking(
    "d6-a-reason-for-nothing",
    PATH,
    "evidence.pieces[4].reasons[1]",
    "D6: an empty slot",
    (REASONS, lambda reasons: [reasons[0], reasons[0], *reasons[2:]]),
)
breaking(
    "d6-another-cell",
    PATH,
    "evidence.pieces[4].reasons[2].cell",
    "D6: the cell does not hold",
    ((*REASONS, 2, "cell"), "-+"),
)
breaking(
    "d6-cell-without-the-neuron",
    PATH,
    "evidence.pieces[4].reasons[0].leaf",
    "O7b: wall",
    ((*REASONS, 0, "cell"), "++"),
)
breaking(
    "d6-another-neuron",
    PATH,
    "evidence.pieces[4].reasons[0].leaf",
    "O7b: wall",
    ((*REASONS, 0, "leaf", "neuron"), 0),
)
breaking(
    "d6-slots-swapped",
    PATH,
    "evidence.pieces[4].reasons[0].leaf",
    "D6: this is not the neuron",
    ((*LAST, "slots"), [0, None, 1, None, None]),
)


@bad("d6-the-objective-rises", "evidence.pieces[2].reasons[4]", "D6: the neuron of the slot")
def _():
    """A neuron that the network led to lacks, beyond the penalty at its residual, shrinks to 0."""
    document = good(PATH)
    claim = document["statement"]["claim"]
    claim["network"]["hidden"][4], claim["network"]["output"][4] = ["1", "-1"], "1"
    claim["start"] = "65/2"
    claim["pieces"] = [{"kind": "balance", "value": WIDE}, {"kind": "merge", "value": WIDE}, *claim["pieces"][3:]]
    document["evidence"]["pieces"].pop(2)
    return document


@bad("d6-a-neuron-of-a-network-exceeds", "evidence.pieces[2].reasons[2]", "D6: the neuron of the slot")
def _():
    """Back from the optimum to a network without one of its neurons: the objective would rise."""
    document = good(PATH)
    claim, parts = document["statement"]["claim"], document["evidence"]["pieces"]
    best = {name: value for name, value in parts[4].items() if name not in ("positive", "negative")}
    best.update(slots=[0, None, 1, None, None], reasons=[None] * 5)
    back = {**parts[3], "slots": [0, 1, None, None, None], "reasons": [parts[3]["reasons"][2], None, None, None, None]}
    claim["network"] = {"hidden": [["0", "0"]] * 5, "output": ["0", "0", "0", "0", "1"]}
    claim["start"], claim["pieces"] = "9/2", [{"kind": "balance", "value": WIDE}, *(claim["pieces"][k] for k in (4, 3, 4))]
    document["evidence"]["pieces"] = [{}, best, back, parts[4]]
    return document


breaking(
    "d7-tree-missing", PATH, "evidence.pieces[4]", "the key 'positive' is missing", (LAST, lambda part: without(part, "positive"))
)
breaking("d7-tree-empty", PATH, "evidence.pieces[4].positive", "O9: the tree ends", ((*LAST, "positive"), []))
breaking(
    "d7-only-a-sub-sampled-optimum",
    PATH,
    "evidence.pieces[3].positive[0]",
    "O8: the leaf",
    (PIECES, lambda pieces: pieces[:4]),
    (PARTS, lambda parts: [*parts[:3], {**parts[3], "positive": [LEAF], "negative": [LEAF]}]),
)


# ----------------------------------------------------------------------------------------------------------- kind width-optimum

ONE_NEURON, TWO_NEURONS = "width-optimum-one-neuron", "width-optimum-two-neurons"
WIDTH, BRANCHES, DUAL_POINTS = (*CLAIM, "width"), ("evidence", "tree"), ("evidence", "points")

breaking("w1-neuron-too-many", TWO_NEURONS, "statement.claim.network.output", "W1: the network has 2 neurons", (WIDTH, 1))
breaking(
    "w1-high-too-low",
    TWO_NEURONS,
    "statement.claim.high",
    "W1: below the objective",
    ((*CLAIM, "high"), shift("-1/1000000000000000")),
)
breaking("w1-width-negative", TWO_NEURONS, "statement.claim.width", "an integer from 0", (WIDTH, -1))
breaking(
    "w1-network-of-another-shape",
    ONE_NEURON,
    "statement.claim.network.hidden",
    "2 entries are expected here",
    ((*CLAIM, "network", "output"), ["1", "1"]),
)
breaking("w2-root-missing", TWO_NEURONS, "evidence.tree", "W2: the tree ends before", (BRANCHES, lambda tree: tree[:-1]))
breaking("w2-side-missing", ONE_NEURON, "evidence.tree", "W2: the tree ends before", (BRANCHES, lambda tree: tree[:-1]))
breaking("w2-no-tree", ONE_NEURON, "evidence.tree", "W2: the tree ends before", (BRANCHES, []))
breaking(
    "w2-leaf-too-many", TWO_NEURONS, "evidence.tree[11]", "W2: the tree is complete", (BRANCHES, lambda tree: [*tree, tree[-1]])
)
breaking("w2-another-width", TWO_NEURONS, "evidence.tree[2].point", "W2: the point is not known", (WIDTH, 3))


@bad("w2-only-neurons-of-one-sign", "evidence.tree[7].point", "W2: the point is not known")
def _():
    """The trees of two neurons of sign + stand for all the others."""
    document = good(TWO_NEURONS)
    tree = document["evidence"]["tree"]
    document["evidence"]["tree"] = tree[:7] + tree[2:3] + tree[2:3]
    return document


breaking(
    "w2-sides-swapped",
    ONE_NEURON,
    "evidence.tree[3].point",
    "W2: the point is not known",
    ((*BRANCHES, 3), {"point": 2}),
    ((*BRANCHES, 4), {"point": 1}),
)
breaking(
    "w2-point-of-another-leaf",
    TWO_NEURONS,
    "evidence.tree[2].point",
    "W2: the point is not known",
    ((*BRANCHES, 2), {"point": 3}),
)
breaking(
    "w2-point-of-the-other-sign",
    TWO_NEURONS,
    "evidence.tree[10].point",
    "W2: the point is not known",
    ((*DUAL_POINTS, 6, "coverings", 0, "sign"), "+"),
)
breaking("w2-no-such-point", TWO_NEURONS, "evidence.tree[2].point", "an integer from 0 to 6", ((*BRANCHES, 2), {"point": 7}))
breaking(
    "w2-split-decided",
    TWO_NEURONS,
    "evidence.tree[1].split",
    "W2: not the name of a wall",
    ((*BRANCHES, 1), {"split": 0, "region": 1}),
)
breaking(
    "w2-split-no-wall",
    TWO_NEURONS,
    "evidence.tree[0].split",
    "W2: not the name of a wall",
    ((*BRANCHES, 0), {"split": 5, "region": 0}),
)
breaking(
    "w2-no-such-region",
    TWO_NEURONS,
    "evidence.tree[0].region",
    "an integer from 0 to 0",
    ((*BRANCHES, 0), {"split": 0, "region": 1}),
)
breaking(
    "w2-covering-forgotten",
    TWO_NEURONS,
    "evidence.tree[9].point",
    "W2: the point is not known",
    ((*DUAL_POINTS, 5, "coverings"), lambda coverings: coverings[:1]),
)
breaking(
    "w3-region-too-wide",
    ONE_NEURON,
    "evidence.points[3].coverings[0].tree[1]",
    "W3: the leaf",
    ((*DUAL_POINTS, 3, "coverings", 0, "off"), []),
)
breaking(
    "w3-residual-too-long",
    ONE_NEURON,
    "evidence.points[1].coverings[0].tree[0]",
    "W3: the leaf",
    ((*DUAL_POINTS, 1, "residual", 2), "-3"),
    ((*CLAIM, "low"), "-99"),
)
breaking(
    "w3-side-forgotten",
    TWO_NEURONS,
    "evidence.points[0].coverings[0].tree",
    "W3: the tree ends with 1",
    ((*DUAL_POINTS, 0, "coverings", 0, "tree"), lambda tree: tree[:-1]),
)
breaking(
    "w3-wall-on-and-off",
    ONE_NEURON,
    "evidence.points[1].coverings[0].off[0]",
    "W3: not the name of a wall",
    ((*DUAL_POINTS, 1, "coverings", 0, "off"), [0]),
)
breaking(
    "w3-no-such-wall",
    ONE_NEURON,
    "evidence.points[1].coverings[0].on[2]",
    "W3: not the name of a wall",
    ((*DUAL_POINTS, 1, "coverings", 0, "on"), [0, 1, 7]),
)
breaking(
    "w3-split-of-the-region",
    ONE_NEURON,
    "evidence.points[3].coverings[0].tree[0].split",
    "W3: not the name of a wall that is undecided",
    ((*DUAL_POINTS, 3, "coverings", 0, "tree", 0), {"split": 0}),
)
breaking(
    "w3-tight-leaf",
    ONE_NEURON,
    "evidence.points[1].coverings[0].tree[0]",
    "the key 'rho' is missing",
    ((*DUAL_POINTS, 1, "coverings", 0, "tree", 0), {"neuron": 0, "solve": [], "fixed": {}}),
)
breaking(
    "w4-low-too-high",
    TWO_NEURONS,
    "evidence.points[1].residual",
    "W4: the dual value",
    ((*CLAIM, "low"), shift("1/1000000000000000")),
)
breaking(
    "w4-residual-zero",
    TWO_NEURONS,
    "evidence.points[4].residual",
    "W4: the dual value",
    ((*DUAL_POINTS, 4, "residual"), ["0", "0", "0"]),
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
