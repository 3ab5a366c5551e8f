"""False certificates of the kind `path`: ties, P11."""

from __future__ import annotations

from checker.breaking import CLAIM, LEAF, bad, breaking, good

TOY, IDLE, FLAT = "path-toy", "path-idle", "path-identity"
S = ("evidence", "segments")
TIES, TREE, PIECE = (*S, 1, "ties"), (*S, 1, "positive"), (*CLAIM, "pieces", 1)
ON = "evidence.segments[1]"
UNKNOWN = "P11: the tie is not known to have the direction of its ray"


@bad("p11-a-tie-left-out", f"{ON}.positive[2]", "P5: the leaf's bound")
def _():
    """The neuron between the two others is tight, too."""
    document = good(TOY)
    segment = document["evidence"]["segments"][1]
    del segment["ties"], segment["apart"]
    segment["positive"][2] = LEAF
    return document


@bad("p11-tight-at-one-penalty", "evidence.segments[5].ties[0]", UNKNOWN)
def _():
    """Of the neuron that enters at 1 it is said that it is tight from 5/4 to 15/16."""
    document = good(FLAT)
    segment = document["evidence"]["segments"][5]
    (watched,) = segment["watched"]
    segment |= {"watched": [], "vanishing": [], "ties": [{**watched, "ray": ["0", "1"], "weight": "0"}], "apart": ["0", "1"]}
    return document


@bad("p11-below-the-penalty", f"{ON}.ties[0]", UNKNOWN)
def _():
    """Of the same direction as its pull on a ray, but of the length 5b / 2 sqrt 7, which is less than b."""
    document = good(TOY)
    document["evidence"]["segments"][1]["ties"][0] |= {"basis": [["2", "1", "1", "1"]], "ray": ["2", "1", "1", "1"]}
    return document


breaking("p11-another-direction", TOY, f"{ON}.ties[0]", UNKNOWN, ((*TIES, 0, "ray"), ["2", "1", "1", "1"]))
breaking("p11-the-opposite-direction", TOY, f"{ON}.ties[0]", "P11: the gate of row 0", ((*TIES, 0, "ray"), ["-1"] * 4))
breaking("p11-another-cell", TOY, f"{ON}.ties[0]", "P11: the gate of row 1", ((*TIES, 0, "ray"), ["1", "0", "0", "0"]))
breaking("p11-an-amount-for-an-idle-tie", IDLE, ON, "P11: what the weights of the ties add", ((*TIES, 0, "weight"), "1"))
breaking(
    "p11-idle-but-used",
    TOY,
    f"{ON}.ties[0]",
    "P11: the function is not positive on this idle tie",
    ((*TIES, 0, "weight"), "0"),
    ((*S, 1, "apart"), ["0", "0"]),
)
breaking("p11-not-set-apart", IDLE, f"{ON}.ties[1]", "P11: the function is not positive", ((*S, 1, "apart"), ["0", "0", "1"]))
breaking(
    "p11-a-function-of-the-blocks", IDLE, f"{ON}.apart", "P11: the function is not 0 on all", ((*S, 1, "apart"), ["1", "1", "3"])
)
breaking("p11-a-function-for-nothing", TOY, f"{ON}.apart", "P11: null is expected", ((*S, 1, "apart"), ["0", "0"]))
breaking("p11-a-function-forgotten", IDLE, f"{ON}.apart", "a list is expected", ((*S, 1, "apart"), None))
breaking("p2-no-ties", TOY, f"{ON}.ties", "P2: where there are no ties", (TIES, []))
breaking("p2-a-tie-of-no-direction", TOY, f"{ON}.ties[0].ray", "P2: a vector of integers", ((*TIES, 0, "ray"), ["0"] * 4))
breaking("p2-a-negative-weight", TOY, f"{ON}.ties[0].weight", "P2: a weight is not negative", ((*TIES, 0, "weight"), "-1"))
breaking("p2-a-tie-that-is-a-block", TOY, f"{ON}.ties[0]", "P2: a neuron with the same sign", ((*TIES, 0, "gate"), "+-"))
breaking(
    "p8-a-tie-watched-on-another-span",
    TOY,
    "evidence.links[0]",
    "P8: one side does not watch",
    ((*S, 0, "watched", 2, "basis"), [["1", "1", "1", "1"]]),
)
breaking("p10-the-dimension-without-ties", TOY, "statement.claim.pieces[1].dimension", "P10:", ((*PIECE, "dimension"), 0))
breaking(
    "p10-an-idle-tie-counted", IDLE, "statement.claim.pieces[1].dimension", "P10: this is not proved", ((*PIECE, "dimension"), 1)
)
breaking("p10-idle-is-true", IDLE, "statement.claim.pieces[1].neurons[1].idle", "P10: true", ((*PIECE, "neurons", 1, "idle"), 1))
breaking(
    "p10-used-is-not-idle", TOY, "statement.claim.pieces[1].neurons[2].idle", "unknown", ((*PIECE, "neurons", 2, "idle"), True)
)
breaking(
    "p10-a-tie-that-does-not-enter",
    TOY,
    "statement.claim.breakpoints[0].events",
    "3 entries",
    ((*CLAIM, "breakpoints", 0, "events"), lambda old: old[:2]),
)
