"""False certificates of the kind `support`: Q1 to Q3."""

from __future__ import annotations

from checker.breaking import CLAIM, DATA, LEAF, breaking

TOY, SLOPES, HALVES, UNDECIDED, UNSEEN = (
    f"support-{name}" for name in ("three-directions", "slopes", "halves", "undecided", "unseen")
)
SQUARE, MAXIMISERS, TREE = (*CLAIM, "square"), (*CLAIM, "maximisers"), ("evidence", "tree")
LIST = "statement.claim.maximisers"

breaking("q1-another-unit", TOY, "statement.claim", "Q1: the penalty is 1", ((*DATA, "penalty"), "2"))
breaking("q1-a-negative-square", UNSEEN, "statement.claim.square", "Q1: a square is not", (SQUARE, "-1"))

breaking("q2-too-short", TOY, f"{LIST}[0]", "Q2: the vector and its value", ((*MAXIMISERS, 0, 0), "1"))
breaking("q2-reaches-less", SLOPES, f"{LIST}[0]", "Q2: the vector and its value", (MAXIMISERS, [["0", "3/2"]]))
breaking("q2-named-twice", TOY, f"{LIST}[2]", "Q2: the same vector", ((*MAXIMISERS, 2), ["2", "0", "0", "0"]))
breaking("q2-more-than-any-reaches", HALVES, LIST, "Q2: there is a maximiser exactly", (SQUARE, "10"), (MAXIMISERS, []))
breaking("q2-nothing-is-reached-by-none", UNSEEN, LIST, "Q2: there is a maximiser exactly", (MAXIMISERS, [["0", "0"]]))

breaking("q3-one-left-out", TOY, "evidence.tree[2]", "Q3: the leaf's bound", (MAXIMISERS, lambda old: [old[0], old[2]]))
breaking("q3-all-but-one-left-out", TOY, "evidence.tree[3]", "Q3: the leaf's bound", (MAXIMISERS, lambda old: old[1:2]))
breaking(
    "q3-a-smaller-value",
    HALVES,
    "evidence.tree[1]",
    "Q3: the leaf's bound",
    (SQUARE, "1"),
    (MAXIMISERS, [["-1"]]),
)
breaking("q3-a-slope-too-small", SLOPES, "evidence.tree[2]", "Q3: the leaf's bound", ((*TREE, 2, "slope"), {"2": "1/4"}))
breaking("q3-a-slope-beyond-1", UNDECIDED, "evidence.tree[4]", "Q3: the leaf's bound", ((*TREE, 4, "slope"), {"1": "5"}))
breaking(
    "q3-undecided-where-it-counts", UNDECIDED, "evidence.tree[1]", "Q3: the leaf's bound", (TREE, [{"split": 0}, LEAF, LEAF])
)
breaking("q3-a-side-left-open", HALVES, "evidence.tree", "Q3: the tree ends with 1", (TREE, [{"split": 0}, LEAF]))
breaking("q3-something-is-gained", UNSEEN, "evidence.tree[0]", "Q3: the leaf's bound", ((*DATA, "y"), ["1", "0"]))
breaking(
    "q3-as-good-without-a-vector-of-its-own",
    HALVES,
    "evidence.tree[2]",
    "Q3: the leaf's bound",
    ((*DATA, "X"), [["3"], ["-3"]]),
)
