"""False certificates of the kind `sparsest-spline`: L1 to L5."""

from __future__ import annotations

from checker.breaking import CLAIM, DATA, SYSTEM, breaking, shift

HAT, STEEP, ODD, COLLINEAR, PENALISED = (
    f"sparsest-spline-{name}" for name in ("hat", "steep", "odd-run", "collinear", "penalised")
)
KINKS, KINK = (*CLAIM, "kinks"), (*CLAIM, "kinks", 0)
ENDS = "statement.claim.kinks"

# ----------------------------------------------------------------------------------------------------------- L1 the problem

breaking("l1-a-linear-piece", HAT, "statement.claim", "L1: a piece of the loss", ((*DATA, "loss", "pieces"), [["0", "0", "0"]]))
breaking("l1-no-free-hidden-bias", HAT, "statement.claim", "L1: this kind is about one column", ((*DATA, "hidden_bias"), "none"))
breaking(
    "l1-two-columns",
    HAT,
    "statement.claim",
    "L1: this kind is about one column",
    ((*DATA, "X"), [["0", "1"], ["2", "1"], ["4", "1"]]),
)

# ---------------------------------------------------------------------------------------------------------- L2 the function

breaking("l2-a-place-missing", ODD, "statement.claim.places", "L2: these are not", ((*CLAIM, "places"), ["0", "1", "2", "4"]))
breaking("l2-a-kink-at-an-end", ODD, f"{ENDS}[1]", "L2: the kinks do not ascend", ((*KINKS, 1, "at"), "4"))
breaking("l2-kinks-swapped", ODD, f"{ENDS}[1]", "L2: the kinks do not ascend", (KINKS, lambda kinks: [kinks[1], kinks[0]]))
breaking("l2-no-change", ODD, f"{ENDS}[0]", "L2: the slope does not change", ((*KINK, "change"), "0"))
breaking("l2-another-fit", ODD, "statement.claim.fit[2]", "L2: the function", ((*CLAIM, "fit", 2), "2"))
breaking("l2-another-change", HAT, "statement.claim.fit[2]", "L2: the function", ((*KINK, "change"), "-1/2"))
breaking("l2-a-coefficient-of-a-free-part", ODD, "statement.claim.skip", "L2: the coefficient is null", ((*CLAIM, "skip"), "0"))
breaking("l2-no-coefficient", STEEP, "statement.claim.skip", "L2: the coefficient is null", ((*CLAIM, "skip"), None))
breaking("l2-a-part-that-is-not-there", STEEP, "statement.claim.skip", "L2: this problem has no", ((*CLAIM, "skip"), "1"))

# ---------------------------------------------------------------------------------------------------------- L3 it is optimal

breaking(
    "l3-a-fit-that-is-not-optimal",
    HAT,
    "statement.claim.value",
    "L3: the objective of the function",
    ((*CLAIM, "fit"), ["1/8", "7/8", "1/8"]),
    ((*CLAIM, "slope"), "3/8"),
    ((*KINK, "change"), "-3/4"),
)
breaking("l3-the-data-itself", ODD, "statement.claim.value", "L3", ((*CLAIM, "fit"), ["1", "1", "2", "4", "7"]))
breaking(
    "l3-the-value-is-enclosed",
    HAT,
    "statement.claim.value",
    "L3: the optimal value is not known exactly",
    ((*CLAIM, "value", "low"), shift("-1/1000")),
)
breaking("l3-another-skip", PENALISED, "statement.claim.value", "L3: the objective", ((*CLAIM, "skip"), "9/10"))
breaking(
    "l3-beyond-the-slopes-that-cost-nothing",
    STEEP,
    "statement.claim.value",
    "L3: the objective",
    ((*CLAIM, "slope"), "-1/32"),
    ((*KINK, "at"), "11/51"),
    ((*KINK, "change"), "51/32"),
)

# ----------------------------------------------------------------------------------------------------- L4 the number of kinks

breaking(
    "l4-each-dot-a-kink",
    ODD,
    ENDS,
    "L4: the fewest kinks are 2",
    (KINKS, [{"at": str(x), "change": "1", "low": str(x), "high": str(x)} for x in (1, 2, 3)]),
)
breaking(
    "l4-a-collinear-point-does-not-end-a-run",
    COLLINEAR,
    ENDS,
    "L4: the fewest kinks are 2",
    (
        KINKS,
        [{"at": at, "change": change, "low": at, "high": at} for at, change in (("3/2", "2"), ("4", "1"), ("5", "1"))],
    ),
)
breaking("l4-more-kinks-than-places", HAT, ENDS, "L4: more kinks than places", (KINKS, lambda kinks: kinks * 4))
breaking("l4-one-too-few", ODD, "statement.claim.fit[4]", "L2: the function", (KINKS, lambda kinks: kinks[:1]))

# --------------------------------------------------------------------------------------------------------------- L5 the ranges

breaking("l5-too-wide", ODD, f"{ENDS}[0].high", "L5: the range of this kink ends at 3/2", ((*KINK, "high"), "2"))
breaking("l5-too-wide-to-the-left", ODD, f"{ENDS}[0].low", "L5: the range of this kink ends at 1", ((*KINK, "low"), "1/2"))
breaking("l5-too-narrow", ODD, f"{ENDS}[1].low", "L5: the range of this kink ends at 5/2", ((*KINKS, 1, "low"), "3"))
breaking("l5-an-even-run-moves", COLLINEAR, f"{ENDS}[1].low", "L5: the range of this kink ends at 9/2", ((*KINKS, 1, "low"), "4"))
breaking(
    "l5-the-kink-stays-inside-of-the-dots",
    STEEP,
    f"{ENDS}[0].low",
    "L5: the range of this kink ends at 11/50",
    ((*KINK, "low"), "1"),
)
breaking("l5-beyond-the-slope-0", STEEP, f"{ENDS}[0].low", "L5: the range of this kink ends at 11/50", ((*KINK, "low"), "0"))
breaking(
    "l5-a-range-without-its-kink", PENALISED, f"{ENDS}[0].high", "L5: the range of this kink ends at", ((*KINK, "high"), "1/2")
)

# ------------------------------------------------------------------------------------- the optimum in it is proved again

breaking("o3-of-a-spline", STEEP, "evidence.system", "O3: row", ((*SYSTEM, "midpoint", 0), "19/16"))
