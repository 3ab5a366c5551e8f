"""False certificates of version 2, kind `optimum`: O10, E4, and what O2, O3, O6, O7 and the value say beyond version 1."""

from __future__ import annotations

from checker.breaking import CLAIM, DATA, LEAF, SYSTEM, WIDE, N, P, breaking

LINE, SEPARABLE, HAT, PINNED, FLAT, TIED = (
    f"optimum-2-{name}" for name in ("line", "separable", "hat", "pinned", "flat", "tied")
)
ROWS, PINS, LINEAR = ("evidence", "rows"), ("evidence", "pins"), (*CLAIM, "linear")
MIDPOINT, NEURON = (*SYSTEM, "midpoint"), (*CLAIM, "neurons", 0)

# ---------------------------------------------------------------------------------- O10 where the rows lie on their losses

breaking("o10-no-such-place", LINE, "evidence.rows[1]", "an integer from 0 to 2", ((*ROWS, 1), 3))
breaking("o10-a-row-missing", LINE, "evidence.rows", "3 entries", (ROWS, [1, 2]))
breaking(
    "o10-the-fit-beyond-its-piece",
    HAT,
    "evidence.rows[1]",
    "O10: the fit of row 1",
    ((*DATA, "loss"), {"of": "difference", "breakpoints": ["0"], "pieces": [["1/2", "0", "0"], ["1", "0", "0"]]}),
    (ROWS, [2, 2, 2]),
    ((*DATA, "weights"), ["1/2", "1/2", "1/2"]),
)
breaking(
    "o10-theta-beyond-the-slopes",
    PINNED,
    "evidence.rows[2]",
    "O10: theta of row 2",
    ((*PINS, "2"), "5/4"),
    ((*MIDPOINT, 1), "-1/4"),
)
breaking("o10-a-pin-of-a-row-on-a-piece", PINNED, "evidence.pins.0", "O10: not the index", (PINS, {"0": "-1", "2": "1/2"}))
breaking(
    "o10-a-pinned-row-that-is-not-there",
    PINNED,
    "evidence.rows[2]",
    "O10: the fit of row 2, whose theta is pinned",
    ((*DATA, "y", 2), "2"),
)

breaking(
    "o10-a-tied-row-that-is-not-there",
    TIED,
    "evidence.rows[3]",
    "O10: the fit of row 3, whose theta is pinned",
    ((*DATA, "y", 3), "-2"),
)

# ------------------------------------------------------------------------------------------- E6 theta that follows from a tie

breaking("e6-a-neuron-of-the-network", TIED, "evidence.pins.3.tie", "E6: the number of a tie", ((*PINS, "3", "tie"), 0))
breaking("e6-no-such-neuron", TIED, "evidence.pins.3.tie", "an integer from 0 to 3", ((*PINS, "3", "tie"), 4))
breaking("e6-theta-pinned-beside-the-tie", TIED, "evidence.system.midpoint", "7 entries", ((*PINS, "3"), "-1/7"))
breaking("o3-theta-shorter-than-the-tie", TIED, "evidence.system", "O3: row", ((*MIDPOINT, -1), "-1/8"))

# ---------------------------------------------------------------------------------------------- O3 the equations E4 and E5

breaking("o3-another-output-bias", LINE, "evidence.system", "O3: row", ((*MIDPOINT, 2), "-4/3"), ((*SYSTEM, "radius"), "1"))
breaking("o3-theta-does-not-sum-to-zero", PINNED, "evidence.system", "O3: row", ((*MIDPOINT, 1), "1/4"))
breaking("o3-an-unknown-missing", LINE, "evidence.system.midpoint", "5 entries", (MIDPOINT, ["8/3", "8/3", "-5/3", "1/3"]))

# ------------------------------------------------------------------------------------------------------------- O1, O2, O6

breaking(
    "o1-no-kink-in-a-row", SEPARABLE, "statement.claim.neurons[0]", "O1: a neuron with a free bias", ((*NEURON, "gate"), "++")
)
breaking(
    "o2-the-lineality-is-the-skip-connection",
    HAT,
    "evidence.lineality",
    "O2: the lineality",
    ((*DATA, "skip"), "free"),
    (LINEAR, [WIDE, WIDE]),
    (MIDPOINT, ["5/8", "5/8", "5/16", "11/8", "0"]),
    ((*SYSTEM, "preconditioner"), [["0"] * 5] * 5),
)
breaking(
    "o6-another-coefficient",
    HAT,
    "statement.claim.linear[0]",
    "O6: the coefficient",
    ((*LINEAR, 0), {"low": "11/8", "high": "11/8"}),
)
breaking("o6-a-coefficient-missing", LINE, "statement.claim.linear", "1 entries", (LINEAR, []))

# ------------------------------------------------------------------------------------------------------ O7, O8, E4 the trees

breaking(
    "o7b-a-kink-elsewhere",
    SEPARABLE,
    "evidence.positive[0].tree[1].neuron",
    "O7b",
    ((*P, 0, "row"), 0),
    ((*P, 0, "tree", 0), {"split": 1}),
)
breaking("o8-a-neuron-forgotten", HAT, "evidence.negative[0].tree[1]", "O8", ((*N, 0, "tree", 1), LEAF))
breaking(
    "e4-a-pivot-of-an-optimum-missing", HAT, "evidence.positive", "E4: no tree for the pivot 2", (P, lambda trees: trees[:1])
)
breaking("e4-no-tree-at-all", SEPARABLE, "evidence.negative", "E4: no tree for the pivot 0", (N, []))

WITHOUT = (  # the neuron whose kink is in a row with theta = 0, and the tree that finds it, left out
    ((*CLAIM, "neurons"), lambda neurons: [neurons[0], neurons[2]]),
    (("evidence", "roles"), ["free", "free"]),
    (("evidence", "bases"), [[["-1"]], [["1"]]]),
    ((*N, 0, "tree", 1, "neuron"), 1),
)
breaking(
    "e4-a-neuron-that-bends-nothing-left-out",
    FLAT,
    "evidence.positive",
    "E4: no tree for the pivot 2",
    *WITHOUT,
    (P, lambda trees: trees[:1]),
)
breaking("o8-a-neuron-that-bends-nothing", FLAT, "evidence.positive[1].tree[1]", "O8", *WITHOUT, ((*P, 1, "tree", 1), LEAF))

# --------------------------------------------------------------------------------------------------- the value, theta, weights

breaking(
    "v-the-value-of-the-squared-loss",
    LINE,
    "statement.claim.value",
    "the optimal value",
    ((*CLAIM, "value"), {"low": "4", "high": "4"}),
)
breaking(
    "v-another-theta", LINE, "statement.claim.theta[1]", "theta is not proved", ((*CLAIM, "theta", 1), {"low": "1", "high": "1"})
)
breaking("v-another-weight", LINE, "evidence.system", "O3: row", ((*DATA, "weights", 1), "2"))

# ------------------------------------------------------------- E4 of a free column that depends on free ones before it: g = 0

SPANNED = "optimum-2-spanned"
breaking("o3-a-coefficient-of-a-spanned-column", SPANNED, "evidence.system", "O3: row", (MIDPOINT, ["1", "1"]))
breaking(
    "o6-a-spanned-column-with-weight",
    SPANNED,
    "statement.claim.linear[1]",
    "O6: the coefficient",
    ((*LINEAR, 1), {"low": "1", "high": "2"}),
)
