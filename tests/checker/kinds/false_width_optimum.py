"""False certificates of the kind `width-optimum`: W1 to W4."""

from __future__ import annotations

from checker.breaking import CLAIM, bad, breaking, good, shift

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
