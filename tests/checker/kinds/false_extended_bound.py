"""False certificates of version 2, kind `bound`: E1 to E4, B1 to B4."""

from __future__ import annotations

from checker.breaking import CLAIM, DATA, LEAF, N, P, breaking

LOSS, NETWORK, THETA = (*DATA, "loss"), (*CLAIM, "network"), ("evidence", "theta")
ABSOLUTE, HINGE, WEIGHTS = "bound-2-absolute", "bound-2-hinge", "bound-2-weights"
CONES = "bound-2-cones"
PN, PP = "evidence.negative", "evidence.positive"
PLACE = "statement.problem"


def split(wall):
    return [{"split": wall}, LEAF, LEAF]


breaking(
    "e1-a-loss-that-bends-down",
    WEIGHTS,
    f"{PLACE}.loss.pieces[1]",
    "E1: the loss bends down",
    ((*LOSS, "pieces", 1), ["-1/2", "0", "0"]),
)
breaking(
    "e1-a-loss-that-jumps", ABSOLUTE, f"{PLACE}.loss.pieces[1]", "E1: the loss jumps", ((*LOSS, "pieces", 1), ["0", "1", "1"])
)
breaking(
    "e1-a-slope-that-falls",
    ABSOLUTE,
    f"{PLACE}.loss.pieces[2]",
    "E1: the slope falls",
    ((*LOSS, "breakpoints"), ["0", "3"]),
    ((*LOSS, "pieces"), [["0", "-1", "0"], ["0", "1", "0"], ["0", "0", "3"]]),
)
breaking(
    "e1-a-loss-without-a-minimum",
    ABSOLUTE,
    f"{PLACE}.loss.pieces",
    "E1: the loss is not bounded below",
    ((*LOSS, "pieces"), [["0", "1/2", "0"], ["0", "1", "0"]]),
)
breaking(
    "e1-breakpoints-not-ascending",
    WEIGHTS,
    f"{PLACE}.loss.breakpoints",
    "E1: the breakpoints do not ascend",
    ((*LOSS, "breakpoints"), ["1", "-1"]),
)
breaking("e1-of-a-quotient", ABSOLUTE, f"{PLACE}.loss.of", 'E1: "difference" or "margin"', ((*LOSS, "of"), "quotient"))
breaking("e1-a-weight-of-zero", WEIGHTS, f"{PLACE}.weights[1]", "E1: a weight must be positive", ((*DATA, "weights", 1), "0"))
breaking("e1-a-negative-weight", WEIGHTS, f"{PLACE}.weights[0]", "E1: a weight must be positive", ((*DATA, "weights", 0), "-1"))
breaking("e1-a-weight-missing", WEIGHTS, f"{PLACE}.weights", "3 entries are expected here", ((*DATA, "weights"), ["1", "2"]))
breaking("e1-no-label", HINGE, f"{PLACE}.y[1]", "E1: a loss of the margin", ((*DATA, "y", 1), "2"))
breaking("e1-no-part", HINGE, f"{PLACE}.skip", 'E1: "none", "free" or "penalised"', ((*DATA, "skip"), "some"))
breaking(
    "e1-the-minimum-is-not-attained",
    HINGE,
    f"{PLACE}.hidden_bias",
    "E1: a free hidden bias needs",
    ((*DATA, "output_bias"), "penalised"),
)
breaking("e1-no-column-of-a-bias", WEIGHTS, f"{PLACE}.hidden_bias", "E1: the last column", ((*DATA, "X", 1), ["1", "2"]))
breaking("e1-of-version-1", ABSOLUTE, f"{PLACE}.loss", "unknown key", (("version",), 1))
breaking("e1-version-2-of-a-problem-of-version-1", "bound-two-points", PLACE, "the key 'loss' is missing", (("version",), 2))
breaking(
    "e1-another-kind", ABSOLUTE, "statement.kind", "unknown kind of claim of version 2", (("statement", "kind"), "optimal-set")
)
breaking("e2-beyond-the-slopes", HINGE, "evidence.theta[1]", "E2: the conjugate", (THETA, ["-9/16", "9/8", "-9/16"]))
breaking("e2-of-the-wrong-sign", HINGE, "evidence.theta[0]", "E2: the conjugate", (THETA, ["1/2", "1/2", "-1"]))
breaking("e2-weights-not-counted", WEIGHTS, "evidence.theta[1]", "E2: the conjugate", ((*DATA, "weights"), ["1", "1", "1"]))
breaking("e3-the-sum-is-not-zero", HINGE, "evidence.theta", "E3: theta", ((*THETA, 0), "-1/4"))
breaking("e3-a-feature-is-seen", WEIGHTS, "evidence.theta", "E3: theta", (THETA, ["1", "-2", "1/2"]))
breaking("e4-a-pivot-missing", HINGE, "evidence.positive", "E4: no tree for the pivot 2", (P, lambda trees: trees[:1]))
breaking(
    "e4-a-pivot-of-the-other-sign", HINGE, "evidence.negative", "E4: no tree for the pivot 1", (N, [{"row": 0, "tree": split(1)}])
)
breaking("e4-no-such-row", HINGE, "evidence.negative[0].row", "an integer from 0 to 2", (N, [{"row": 3, "tree": split(0)}]))
breaking("e4-a-tree-of-the-rows-themselves", HINGE, "evidence.positive[0]", "an object", (P, [[{"split": 1}]]))
breaking(
    "e4-the-walls-of-another-pivot",
    HINGE,
    "evidence.negative[0].tree[0].split",
    "B1: not the name of a wall",
    (N, [{"row": 1, "tree": split(1)}]),
)
breaking("b4-a-slope-too-short", CONES, f"{PN}.cells[0]", "B4: the pull", ((*N, "cells", 0), [2**20 - 1]))
breaking("b4-a-slope-too-long", CONES, f"{PN}.cells[1]", "B4: the slope is longer", ((*N, "cells", 1), [-(2**20) - 1]))
breaking("b4-the-other-slope", CONES, f"{PN}.cells[2]", "B4: the pull", ((*N, "cells", 2), [-(2**20)]))
breaking("b4-a-slope-of-two-numbers", CONES, f"{PN}.cells[0]", "B4: 1 entries", ((*N, "cells", 0), [1, 1]))
breaking("b4-a-slope-as-text", CONES, f"{PN}.cells[0]", "B4: integers", ((*N, "cells", 0), ["1"]))
breaking("b4-not-halved", CONES, f"{PP}.cells[0]", "B4: the pull", ((*P, "cells"), [[], 1, [], [], [], []]))
breaking("b4-halved-with-itself", CONES, f"{PP}.cells[0]", "B4: two vectors", ((*P, "cells", 0), 0))
breaking("b4-halved-too-often", CONES, f"{PP}.cells[1000]", "B4: two vectors", ((*P, "cells"), [1] * 1001))
breaking("b4-a-half-left-out", CONES, f"{PP}.cells", "B4: there are cones", ((*P, "cells"), lambda cells: cells[:-1]))
breaking("b4-a-cone-left-out", CONES, f"{PN}.cells", "B4: there are cones", ((*N, "cells"), lambda cells: cells[:3]))
breaking("b4-a-cone-too-many", CONES, f"{PN}.cells[4]", "B4: there is no cone", ((*N, "cells"), lambda cells: [*cells, []]))
breaking("b4-an-axis-of-length-0", CONES, f"{PN}.axes[1]", "B4: an axis", ((*N, "axes", 1), "0"))
breaking("b4-an-axis-missing", CONES, f"{PP}.axes", "2 entries", ((*P, "axes"), ["1"]))
breaking("b4-another-center", CONES, f"{PP}.cells[2]", "B4: the pull", ((*P, "center"), ["1/2"]))
breaking("b4-another-penalty", CONES, f"{PN}.cells[0]", "B4: the pull", ((*DATA, "penalty"), "7/16"))
breaking(
    "b4-of-a-problem-without-a-free-bias",
    ABSOLUTE,
    "evidence.positive",
    "a list",
    (P, {"center": ["1"], "axes": [], "cells": []}),
)
breaking(
    "b1-a-pivot-exceeds-the-penalty",
    HINGE,
    "evidence.negative[0].tree[1]",
    "B1: the leaf",
    ((*DATA, "penalty"), "7/16"),
)
breaking(
    "b1-a-pivot-without-sides",
    HINGE,
    "evidence.positive[1].tree",
    "B1: the tree ends",
    (P, lambda trees: [trees[0], {"row": 2, "tree": [{"split": 0}, LEAF]}]),
)
breaking("b1-longer-with-another-loss", ABSOLUTE, "evidence.positive[1]", "B1: the leaf", (THETA, ["1/8", "1/2"]))
breaking("b2-a-wrong-conjugate", WEIGHTS, "statement.claim.lower", "B2", ((*CLAIM, "lower"), "33/8"))
breaking("b2-the-dual-value-of-the-squared-loss", ABSOLUTE, "statement.claim.lower", "B2", ((*CLAIM, "lower"), "9/8"))
breaking(
    "b2-the-ridge-forgotten",
    WEIGHTS,
    "statement.claim.lower",
    "B2",
    (THETA, ["1/2", "-2", "1"]),  # 23/8 without the ridge, which takes (1/2)^2 / (2 * 4) = 1/32 off
    ((*CLAIM, "lower"), "23/8"),
)
breaking("b3-the-objective-of-another-loss", HINGE, "statement.claim.upper", "B3: below", ((*CLAIM, "upper"), "2"))
breaking(
    "b3-a-hidden-bias-too-many",
    ABSOLUTE,
    "statement.claim.network.hidden_bias",
    "B3: the hidden",
    ((*NETWORK, "hidden_bias", 0), "1"),
)
breaking(
    "b3-an-output-bias-too-many",
    ABSOLUTE,
    "statement.claim.network.output_bias",
    "B3: this problem",
    ((*NETWORK, "output_bias"), "1"),
)
breaking("b3-a-skip-connection-too-many", HINGE, "statement.claim.network.skip", "B3: this problem", ((*NETWORK, "skip"), ["1"]))
breaking(
    "b3-the-bias-is-skipped",
    WEIGHTS,
    "statement.claim.network.skip",
    "B3: the skip connection",
    ((*NETWORK, "skip"), ["1/2", "1"]),
)
