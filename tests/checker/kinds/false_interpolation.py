"""False certificates of the kind `interpolation`: I1 to I6, and of the optimum and the polytope in it."""

from __future__ import annotations

from checker.breaking import CLAIM, DATA, LEAF, NEURONS, breaking

TOY, SQUARES, BOUNDS = (f"interpolation-{name}" for name in ("three-directions", "squares", "bounds"))
FIT, NETWORK, LOWER, UPPER = ((*CLAIM, name) for name in ("fit", "network", "lower", "upper"))
OPTIMUM = ("evidence", "optimum")
LABELS = ("evidence", "labels")

# ---------------------------------------------------------------------------------------------------------------- I1 the fit

breaking("i1-another-unit", BOUNDS, "statement.claim", "I1: the penalty is 1", ((*DATA, "penalty"), "2"))
breaking("i1-a-fit-that-is-not-nearest", SQUARES, "statement.claim.fit", "I1: another fit", ((*FIT, 0), "1/2"), ((*FIT, 1), "1"))
breaking("i1-not-nearest-though-optimal-for-itself", BOUNDS, "statement.claim.fit", "I1: another fit", ((*DATA, "y", 0), "2"))
breaking("i1-a-zero-row-is-met", SQUARES, "statement.claim.fit", "I1: no network has this fit", ((*FIT, 3), "7"))
breaking(
    "i1-parallel-rows-are-met",
    SQUARES,
    "statement.claim.fit",
    "I1: no network has this fit",
    (FIT, ["1", "1", "0", "0"]),
)

# ----------------------------------------------------------------------------------------------------------- I2, I3 the bounds

breaking("i2-above-the-dual-value", BOUNDS, "statement.claim.lower", "I2: above the fit times theta", (LOWER, "5/4"))
breaking(
    "b1-of-an-interpolation",
    BOUNDS,
    "evidence.positive[1]",
    "B1: the leaf",
    (("evidence", "theta"), ["1/3", "1/2"]),
    (LOWER, "4/3"),
)
breaking("i3-another-fit", BOUNDS, "statement.claim.network", "I3: the network has another fit", ((*NETWORK, "output", 0), "9/8"))
breaking("i3-below-the-cost", BOUNDS, "statement.claim.upper", "I3: below the cost", (UPPER, "7/8"))
breaking(
    "i3-the-cost-is-not-that-of-a-balanced-one",
    BOUNDS,
    "statement.claim.upper",
    "I3: below the cost",
    (NETWORK, {"hidden": [["2"]], "output": ["1/2"]}),
    (UPPER, "1"),
)

# ---------------------------------------------------------------------------------------------------- I4, I5 the optimum in it

breaking(
    "i4-rows-that-do-not-determine-all", SQUARES, "evidence.kept", "I4: networks with the same", (("evidence", "kept"), [0, 1])
)
breaking("i4-rows-swapped", SQUARES, "evidence.kept", "I4: the rows are not in ascending", (("evidence", "kept"), [2, 0]))
breaking("i4-no-rows", SQUARES, "evidence.kept", "I4: the rows are not in ascending", (("evidence", "kept"), []))
breaking(
    "i5-errors-are-cheaper",
    SQUARES,
    "evidence.optimum.rows[0]",
    "I5: the optimum",
    (("evidence", "weights"), ["1/2", "2"]),
    ((*CLAIM, "value"), {"low": "3/10", "high": "3/10"}),
    ((*CLAIM, "theta", 0), {"low": "1/2", "high": "1/2"}),
    (NEURONS, []),
    ((*OPTIMUM, "roles"), []),
    ((*OPTIMUM, "bases"), []),
    ((*OPTIMUM, "system"), {"midpoint": [], "radius": "1", "preconditioner": []}),
    ((*OPTIMUM, "rows"), [0, 1]),
    ((*OPTIMUM, "positive"), [{"split": 0}, LEAF, LEAF]),
    ((*CLAIM, "vertices"), [{"support": [], "amounts": []}]),
    ((*CLAIM, "min_width"), 0),
    ((*CLAIM, "max_vertex_width"), 0),
)
breaking(
    "o10-of-an-interpolation", SQUARES, "evidence.optimum.rows[0]", "O10: theta of row 0", (("evidence", "weights"), ["1/2", "2"])
)
breaking(
    "value-of-an-interpolation",
    TOY,
    "statement.claim.value",
    "the optimal value is not in this box",
    ((*CLAIM, "value"), {"low": "7/8", "high": "7/8"}),
)
breaking("o7b-of-an-interpolation", TOY, "evidence.optimum.positive[2]", "O7b", ((*OPTIMUM, "positive", 2, "neuron"), 1))

# --------------------------------------------------------------------------------------------------- I6, S4 to S6 all networks

breaking("i6-a-dimension-without-labels", TOY, "statement.claim.dimension", "I6: null is expected", (LABELS, None))
breaking("s3-of-an-interpolation", TOY, "evidence.labels[0]", "S3", (LABELS, [[[0, 1], []]]))
breaking(
    "s4-of-an-interpolation",
    TOY,
    "statement.claim.vertices",
    "S4: the vertex with the neurons [1, 2] is missing",
    ((*CLAIM, "vertices"), lambda vertices: vertices[:1]),
)
breaking("s5-of-an-interpolation", TOY, "statement.claim.dimension", "S5", ((*CLAIM, "dimension"), 2))
breaking("s6-fewest-of-an-interpolation", TOY, "statement.claim.min_width", "S6: the number is 1", ((*CLAIM, "min_width"), 2))
breaking(
    "s6-most-of-an-interpolation",
    TOY,
    "statement.claim.max_vertex_width",
    "S6: the number is 2",
    ((*CLAIM, "max_vertex_width"), 1),
)
