"""False certificates of the kind `judgement`, versions 1 and 2: J1 to J3."""

from __future__ import annotations

from checker.breaking import CLAIM, DATA, N, P, breaking, shift

OPTIMAL, TWO_POINTS, ZERO = "judgement-optimal", "judgement-two-points", "judgement-no-neuron"
HUBER, LOGISTIC, SKIP, ABSOLUTE = (f"judgement-2-{name}" for name in ("huber", "logistic", "skip", "absolute"))
OBJECTIVE, LOW, HIGH = (*CLAIM, "objective"), (*CLAIM, "excess", "low"), (*CLAIM, "excess", "high")
NETWORK, BETTER = (*CLAIM, "network"), ("evidence", "better")
VALUE = ("evidence", "optimum", "claim", "value")
TINY = "-1/1000000000000000000000000000000000000000"
AT_OBJECTIVE, AT_LOW, AT_HIGH = "statement.claim.objective", "statement.claim.excess.low", "statement.claim.excess.high"

breaking("j1-the-objective-without-a-half", TWO_POINTS, AT_OBJECTIVE, "J1", (OBJECTIVE, "15/2"))
breaking("j1-an-objective-too-high", TWO_POINTS, AT_OBJECTIVE, "J1", (OBJECTIVE, shift("1/1000")), (HIGH, "9"))
breaking("j1-of-another-network", OPTIMAL, AT_OBJECTIVE, "J1", ((*NETWORK, "output", 0), "1"))
breaking("j1-of-another-penalty", OPTIMAL, AT_OBJECTIVE, "J1", ((*DATA, "penalty"), "4"))
breaking("j1-the-row-weights-forgotten", SKIP, AT_OBJECTIVE, "J1", ((*DATA, "weights"), ["1", "1", "1", "1/3"]))
breaking("j1-the-output-bias-dropped", HUBER, AT_OBJECTIVE, "J1", ((*NETWORK, "output_bias"), "1"))
breaking("j1-the-logistic-loss-rounded-down", LOGISTIC, AT_OBJECTIVE, "J1", (OBJECTIVE, shift("-1/1" + "0" * 50)))
breaking(
    "j1-a-part-that-is-not-there", OPTIMAL, "statement.claim.network.output_bias", "unknown key", ((*NETWORK, "output_bias"), "0")
)
breaking("j2-an-excess-of-0-claimed", TWO_POINTS, AT_HIGH, "J2", (LOW, "0"), (HIGH, "0"))
breaking("j2-high-too-low", OPTIMAL, AT_HIGH, "J2", (HIGH, TINY))
breaking("j2-high-too-low-with-parts", HUBER, AT_HIGH, "J2", (HIGH, shift(TINY)))
breaking("j2-below-the-optimum", ABSOLUTE, AT_HIGH, "J2", (HIGH, TINY))
breaking("j2-the-penalty-of-the-dual-exceeded", OPTIMAL, "evidence.positive[1]", "B1", (("evidence", "residual", 1), "9/4"))
breaking("j2-a-tree-cut-short", SKIP, "evidence.positive[0].tree[0].split", "B1", ((*P, 0, "tree", 0), {"split": 9}))
breaking("j2-a-pivot-missing", HUBER, "evidence.negative", "E4", (N, []))
breaking("j2-theta-off-the-free-part", HUBER, "evidence.theta", "E3", (("evidence", "theta", 0), shift("1/1000000")))
breaking(
    "j2-the-value-of-the-optimum-too-high",
    ABSOLUTE,
    "evidence.optimum.claim.value",
    "the optimal value is not",
    (VALUE, {"low": "1/3", "high": "1/3"}),
)
breaking("j3-low-too-high", TWO_POINTS, AT_LOW, "J3: the network may be nearer", (LOW, shift("1/1000000000000")))
breaking("j3-low-without-a-better-network", TWO_POINTS, AT_LOW, "J3: the network may be nearer", (BETTER, None))
breaking("j3-a-better-network-that-is-worse", ZERO, AT_LOW, "J3: the network may be nearer", ((*BETTER, "output", 0), "3"))
breaking("j3-low-below-0", OPTIMAL, AT_LOW, "J3: no network is below", (LOW, "-1"))
breaking("j3-low-too-high-with-parts", SKIP, AT_LOW, "J3: the network may be nearer", (LOW, shift("1/1000000")))
breaking("j3-low-too-high-with-the-logistic-loss", LOGISTIC, AT_LOW, "J3: the network may be nearer", (LOW, shift("1/1000000")))
breaking("j3-low-of-an-optimal-network", ABSOLUTE, AT_LOW, "J3: the network may be nearer", (LOW, "1/1000000"))
