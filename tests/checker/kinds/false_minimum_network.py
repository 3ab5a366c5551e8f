"""False certificates of the kind `minimum-network`: M1 and M2."""

from __future__ import annotations

from checker.breaking import CLAIM, MINIMUM, STEP, WIDE, breaking, move

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
