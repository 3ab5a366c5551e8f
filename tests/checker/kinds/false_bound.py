"""False certificates of the kind `bound`: B1 to B3."""

from __future__ import annotations

from checker.breaking import CLAIM, LEAF, MAKERS, N, P, bad, breaking, good

breaking(
    "b1-residual-too-long",
    "bound-two-points",
    "evidence.positive[0]",
    "B1: the leaf",
    (("evidence", "residual", 1), "401/1000"),
    ((*CLAIM, "lower"), "0"),
)
breaking("b1-side-forgotten", "bound-parallel", "evidence.negative", "B1: the tree ends with 1", (N, lambda tree: tree[:-1]))
breaking("b1-leaf-too-many", "bound-two-points", "evidence.negative[1]", "B1: the tree is complete", (N, lambda tree: tree * 2))
breaking("b1-empty-tree", "bound-two-points", "evidence.positive", "B1: the tree ends with 1", (P, []))


@bad("b1-trees-swapped", "evidence.positive[1]", "B1: the leaf")
def _():
    document = good("bound-plane")
    trees = document["evidence"]
    trees["positive"], trees["negative"] = trees["negative"], trees["positive"]
    return document


breaking(
    "b1-split-twice",
    "bound-two-points",
    "evidence.positive[1].split",
    "B1: not the name of a wall that is undecided",
    (P, [{"split": 0}, {"split": 0}, LEAF, LEAF, LEAF]),
)
breaking(
    "b1-split-no-wall",
    "bound-two-points",
    "evidence.positive[0].split",
    "B1: not the name of a wall",
    (P, [{"split": 1}, LEAF, LEAF]),
)
breaking(
    "b1-multiplier-negative",
    "bound-two-points",
    "evidence.positive[2].rho.0",
    "the multiplier of a decided wall",
    (P, [{"split": 0}, LEAF, {"rho": {"0": "-1/2"}, "slope": {}}]),
)
breaking(
    "b1-multiplier-of-undecided",
    "bound-two-points",
    "evidence.positive[0].rho.0",
    "not the name of a wall that is decided",
    (P, [{"rho": {"0": "1"}, "slope": {}}]),
)
breaking(
    "b1-slope-of-decided",
    "bound-two-points",
    "evidence.positive[1].slope.0",
    "not the name of a wall that is undecided",
    (P, [{"split": 0}, {"rho": {}, "slope": {"0": "0"}}, LEAF]),
)
breaking(
    "b1-multiplier-by-another-name",
    "bound-two-points",
    "evidence.positive[1].rho.1",
    "not the name of a wall that is decided",
    (P, [{"split": 0}, {"rho": {"1": "0"}, "slope": {}}, LEAF]),
)
breaking(
    "b1-tighten-decided",
    "bound-two-points",
    "evidence.positive[1].tighten",
    "B1: not the name of a wall that is undecided",
    (P, [{"split": 0}, {"tighten": 0, "side": "hi", "rho": {}}, LEAF, LEAF]),
)
breaking(
    "b1-tighten-sideways",
    "bound-two-points",
    "evidence.positive[0].side",
    '"hi" or "lo"',
    (P, [{"tighten": 0, "side": "on", "rho": {}}, LEAF]),
)
breaking(
    "b1-tight-leaf",
    "bound-two-points",
    "evidence.positive[0]",
    "the key 'rho' is missing",
    (P, [{"neuron": 0, "solve": [], "fixed": {}}]),
)


@bad("b1-slack-forgotten", "evidence.positive[0]", "B1: the leaf")
def _():
    """The function is |u|, at most 1: the vector of the chord is 0, all of its bound is slack."""
    document = good("bound-two-points")
    problem, claim = document["statement"]["problem"], document["statement"]["claim"]
    problem |= {"X": [["1"], ["-1"]], "penalty": "1/2"}
    claim |= {"lower": "0", "upper": "5/2", "network": {"hidden": [], "output": []}}
    document["evidence"] |= {"residual": ["1", "1"], "positive": [{"rho": {}, "slope": {"0": "1/2"}}]}
    return document


LINES = [["1", "0"], ["0", "1"], ["1", "1"]]
IMPLIED = [{"split": 0}, {"split": 1}, {"tighten": 2, "side": "lo", "rho": {"0": "1", "1": "1"}}, LEAF, LEAF, LEAF]


@bad("b1-tightened-to-zero", "evidence.positive[3]", "B1: the leaf")
def _():
    """The third wall is decided `on` by the other two: counting it off would close the leaf."""
    document = good("bound-two-points")
    document["statement"]["problem"] |= {"X": LINES, "y": ["0", "0", "1"], "penalty": "1"}
    document["statement"]["claim"] |= {"lower": "0", "network": {"hidden": [], "output": []}}
    document["evidence"] |= {"residual": ["0", "0", "1"], "positive": IMPLIED}
    return document


@bad("b1-tightened-to-zero-is-decided", "evidence.positive[3].slope.2", "not the name of a wall that is undecided")
def _():
    document = MAKERS["b1-tightened-to-zero"]()
    document["evidence"]["positive"] = [*IMPLIED[:3], {"rho": {}, "slope": {"2": "1"}}, LEAF, LEAF]
    return document


breaking(
    "b2-lower-too-high", "bound-two-points", "statement.claim.lower", "B2", ((*CLAIM, "lower"), "900000000001/1000000000000")
)
breaking("b3-upper-too-low", "bound-two-points", "statement.claim.upper", "B3", ((*CLAIM, "upper"), "9/10"))
breaking("b3-optimal-value-of-another-penalty", "bound-plane", "statement.claim.upper", "B3", ((*CLAIM, "upper"), "35"))
