"""False certificates of the kind `optimal-set`: S1 to S6."""

from __future__ import annotations

from checker.breaking import CLAIM, STEP, WIDE, bad, breaking, good, move

LABELS, VERTICES = ("evidence", "labels"), (*CLAIM, "vertices")
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
    "s4-vertex-with-a-tie-in-an-irrational-direction",
    "optimal-set-in-square-roots",
    "statement.claim.vertices[1]",
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
