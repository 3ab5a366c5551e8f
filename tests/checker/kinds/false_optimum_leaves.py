"""False certificates of the kind `optimum`: O7 to O9, tight and good leaves, and the claimed boxes."""

from __future__ import annotations

from copy import deepcopy
from fractions import Fraction

import numpy as np
from checker.breaking import CLAIM, LEAF, NEURONS, STEP, WIDE, N, P, bad, breaking, good, move, tight
from make_certificates import optimum

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


@bad("o7b-free-no-wall", "evidence.positive[2].free[1]", "O7b: free must name walls")
def _():
    """The second target has grown, so the second row exceeds the penalty: a multiplier of no wall would make its leaf tight."""
    document = optimum([[1], [-1]], [2, "1/4"], "1/2")
    document["statement"]["problem"]["y"][1] = "1"
    document["statement"]["claim"]["residual"][1] = {"low": "1", "high": "1"}
    document["statement"]["claim"]["value"] = {"low": "11/8", "high": "11/8"}
    document["evidence"]["positive"] = [{"split": 0}, tight(0), {**tight(0, [99]), "free": [0, 99]}]
    return document
