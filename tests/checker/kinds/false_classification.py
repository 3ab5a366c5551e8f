"""False certificates of the kind `classification`: K1 to K8."""

from __future__ import annotations

from checker.breaking import CLAIM, DATA, LEAF, STEP, breaking, shift

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
