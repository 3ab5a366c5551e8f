"""False certificates of the kind `path`: P1 to P10."""

from __future__ import annotations

from fractions import Fraction

import make_paths
from checker.breaking import CLAIM, LEAF, bad, breaking, good, shift

TWO, FLAT, PAIR, GAP, WALLS, SYMMETRIC = (
    f"path-{name}" for name in ("two-points", "identity", "pair", "gap", "walls", "symmetric")
)
S, L = ("evidence", "segments"), ("evidence", "links")
PIECES, POINTS = (*CLAIM, "pieces"), (*CLAIM, "breakpoints")


def times(by):
    """Multiply a number."""
    return lambda old: str(Fraction(old) * Fraction(by))


def every(change):
    """Change every number of a list."""
    return lambda old: [change(entry) for entry in old]


def place(segment, *keys):
    """Name a place in a segment."""
    return f"evidence.segments[{segment}]" + "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in keys)


def no_flag(segment):
    """Flag nothing in a segment."""
    return ((*S, segment, "vanishing"), [])


# ----------------------------------------------------------------------------------------------------------------- P1 the tube

FIRST, SECOND = place(1, "preconditioner", 0), place(1, "preconditioner", 1)
breaking(
    "p1-another-curve", TWO, FIRST, "P1: the solution is not proved to exist", ((*S, 1, "coefficients", 0, 0), shift("1/64"))
)
breaking("p1-radius-too-small", TWO, SECOND, "P1: the solution is not proved to lie", ((*S, 1, "radius"), every(times("1/4"))))
breaking("p1-slope-too-small", TWO, SECOND, "P1: the derivative is not proved", ((*S, 1, "slope"), every(times("1/4"))))
breaking("p1-unique-too-large", TWO, FIRST, "P1: the solution is not proved to exist", ((*S, 1, "unique"), ["100", "1"]))
breaking(
    "p1-unique-smaller-than-the-error",
    TWO,
    SECOND,
    "P1: the solution is not",
    ((*S, 1, "unique"), lambda _: ["1/1" + "0" * 60] * 2),
)
breaking(
    "p1-nothing-is-moved",
    TWO,
    FIRST,
    "P1: the solution is not proved to exist",
    ((*S, 1, "preconditioner"), [["0", "0"], ["0", "0"]]),
)
breaking("p1-a-longer-interval", TWO, FIRST, "P1: the solution is not proved", ((*S, 1, "low"), "7/2"))
breaking("p1-an-unknown-missing", TWO, place(1, "coefficients", 0), "2 entries", ((*S, 1, "coefficients", 0), ["1"]))

# ------------------------------------------------------------------------------------------------------------ P2 the structure

breaking("p2-low-above-high", TWO, place(1, "low"), "P2: penalties", ((*S, 1, "low"), "6"))
breaking("p2-from-a-negative-penalty", TWO, place(2, "low"), "P2: penalties", ((*S, 2, "low"), "-1"))
breaking("p2-no-coefficients", TWO, place(1, "coefficients"), "P2: from 1 to 65", ((*S, 1, "coefficients"), []))
breaking(
    "p2-a-huge-degree",
    TWO,
    place(1, "coefficients"),
    "P2: from 1 to 65",
    ((*S, 1, "coefficients"), lambda old: [*old, *[["0", "0"]] * 60]),
)
breaking("p2-unique-zero", TWO, place(1, "unique", 0), "P2: a positive number", ((*S, 1, "unique", 0), "0"))
breaking("p2-radius-negative", TWO, place(1, "radius", 1), "P2: a number that is not", ((*S, 1, "radius", 1), "-1"))
breaking("p2-slope-negative", TWO, place(1, "slope", 1), "P2: a number that is not", ((*S, 1, "slope", 1), "-1"))
breaking("p2-basis-empty", TWO, place(1, "blocks", 0, "basis"), "P2: independent", ((*S, 1, "blocks", 0, "basis"), []))
breaking("p2-basis-not-whole", TWO, place(1, "blocks", 0, "basis"), "P2: independent", ((*S, 1, "blocks", 0, "basis"), [["1/2"]]))
breaking("p2-basis-zero", TWO, place(1, "blocks", 0, "basis"), "P2: independent", ((*S, 1, "blocks", 0, "basis"), [["0"]]))
breaking("p2-gate-of-other-letters", TWO, place(1, "blocks", 0, "gate"), "P2: one of", ((*S, 1, "blocks", 0, "gate"), "+x"))
breaking("o2-gates-of-a-path", TWO, place(1, "blocks", 0), "O2: the gate of row 1", ((*S, 1, "blocks", 0, "gate"), "+-"))
breaking(
    "o2-a-gate-of-a-path-is-open", FLAT, place(1, "blocks", 0), "O2: the gate of row 1", ((*S, 1, "blocks", 0, "gate"), "++")
)
breaking(
    "p2-a-neuron-twice",
    FLAT,
    place(5, "watched", 0),
    "P2: a neuron with the same sign and gate",
    ((*S, 5, "watched", 0), {"sign": "+", "gate": "+0", "basis": [["1", "0"]]}),
)
breaking("p2-a-share-of-no-pair", TWO, place(1, "blocks", 0, "share"), "P2: a block", ((*S, 1, "blocks", 0, "share"), "1/2"))
breaking("p2-a-slack-of-nothing", PAIR, place(5, "blocks", 0, "hang"), "P2: an unknown s", ((*S, 5, "blocks", 0, "hang"), None))
breaking("p2-no-such-unknown", PAIR, place(5, "blocks", 0, "hang"), "an integer from 0 to 0", ((*S, 5, "blocks", 0, "hang"), 1))
breaking("p2-paired-is-no-flag", PAIR, place(5, "blocks", 0, "paired"), "P2: true or false", ((*S, 5, "blocks", 0, "paired"), 1))
breaking("p2-no-lineality", PAIR, place(5, "blocks", 0, "hang"), "an integer from 0 to -1", ((*S, 5, "lineality"), []))
breaking("p2-lineality-zero", PAIR, place(5, "lineality"), "P2: the lineality", ((*S, 5, "lineality"), [["0"]]))


@bad("p2-pair-off-the-lineality", place(5, "blocks", 0), "P2: the pair is not in the span")
def _():
    """A pair whose share is fixed needs no unknown s, but X B in the span of X L."""
    document = good(PAIR)
    segment = document["evidence"]["segments"][5]
    segment["blocks"][0] |= {"share": "1/2", "slack": "0", "hang": None}
    segment["lineality"] = []
    for name in ("unique", "radius", "slope"):
        segment[name] = segment[name][:2]
    segment["coefficients"] = [line[:2] for line in segment["coefficients"]]
    return document


FLAG = {"end": "low", "what": "watched", "index": 0, "wall": None, "side": None}
breaking("p2-flagged-twice", TWO, place(0, "vanishing", 1), "P2: this quantity", ((*S, 0, "vanishing"), [FLAG, FLAG]))
breaking("p2-flagged-in-the-middle", TWO, place(0, "vanishing", 0, "end"), "P2:", ((*S, 0, "vanishing", 0, "end"), "middle"))
breaking("p2-flagged-what", TWO, place(0, "vanishing", 0, "what"), "P2:", ((*S, 0, "vanishing", 0, "what"), "nu"))
breaking("p2-flagged-at-a-wall", TWO, place(0, "vanishing", 0, "wall"), "P2: the name", ((*S, 0, "vanishing", 0, "wall"), 0))
breaking("p2-flagged-on-a-side", TWO, place(0, "vanishing", 0, "side"), "P2:", ((*S, 0, "vanishing", 0, "side"), "on"))

# ------------------------------------------------------------------------------------------------- P3, P4 amounts, gates, watched

breaking("p3-amount-below-zero", TWO, place(1, "blocks", 0), "P3: the amount", no_flag(1))
breaking("p3-part-of-a-pair-below-zero", PAIR, place(5, "blocks", 0), "P3: the part of the amount", no_flag(5))
breaking("p3-gate-not-on-the-whole-interval", WALLS, place(5, "blocks", 1), "P3: the gate of row 2", no_flag(5))
breaking("p4-watched-above-the-penalty", TWO, place(0, "watched", 0), "P4:", no_flag(0))

# ------------------------------------------------------------------------------------------------------------------ P5 the trees

breaking("p5-tree-empty", TWO, place(1, "negative"), "P5: the tree ends", ((*S, 1, "negative"), []))
breaking("p5-a-side-forgotten", TWO, place(1, "positive"), "P5: the tree ends", ((*S, 1, "positive"), lambda old: old[:2]))
breaking("p5-a-neuron-forgotten", TWO, place(1, "positive", 1), "P5: the leaf's bound", ((*S, 1, "positive", 1), LEAF))
breaking("p5-a-neuron-not-watched", FLAT, place(4, "negative", 0, "split"), "P5", ((*S, 4, "negative"), [{"split": 7}]))
breaking(
    "p5-not-at-the-low-end",
    FLAT,
    place(5, "negative", 0),
    "P5: the leaf's bound",
    ((*S, 5, "negative"), [LEAF]),
    ((*S, 5, "watched"), []),
    no_flag(5),
)
breaking(
    "p5-the-wrong-side",
    TWO,
    place(1, "positive", 2),
    "O7b: wall 0 is decided",
    ((*S, 1, "positive"), lambda old: [*old[:2], old[1]]),
)
breaking(
    "p5-tight-of-the-other-sign",
    FLAT,
    place(6, "negative", 1, "neuron"),
    "O7b: the neuron has the other",
    ((*S, 6, "negative", 1, "neuron"), 0),
)
breaking(
    "p5-tight-of-no-neuron",
    TWO,
    place(1, "positive", 1, "neuron"),
    "an integer from 0 to 0",
    ((*S, 1, "positive", 1, "neuron"), 1),
)

breaking(
    "p5-a-point-without-a-leaf",
    TWO,
    place(1, "negative", 0, "points"),
    "7 entries are expected here, not 6",
    ((*S, 1, "negative"), [{"points": [LEAF] * 6}]),
)
breaking(
    "p5-not-at-one-point",
    TWO,
    place(1, "negative", 0, "points", 6),
    "P5: the leaf's bound",
    ((*S, 1, "negative"), [{"points": [*[LEAF] * 6, {"rho": {}, "slope": {"0": "-1000"}}]}]),
)
breaking(
    "o9-points-of-no-curve",
    "optimum-exact-pair",
    "evidence.positive[0]",
    "the key 'rho' is missing",
    (("evidence", "positive"), [{"points": [LEAF]}]),
)

# ------------------------------------------------------------------------------------------------------------ P6 what vanishes

MONOTONE = "P6: the flagged quantity is not proved to be monotone"
breaking("p6-at-the-other-end", TWO, place(1, "vanishing", 0), MONOTONE, ((*S, 1, "vanishing", 0, "end"), "low"))
breaking(
    "p6-a-watched-neuron-at-the-other-end", TWO, place(0, "vanishing", 0), MONOTONE, ((*S, 0, "vanishing", 0, "end"), "high")
)
breaking("p6-slope-too-wide", TWO, place(1, "vanishing", 0), MONOTONE, ((*S, 1, "slope", 1), "10"))
breaking(
    "p6-no-such-block",
    TWO,
    place(1, "vanishing", 1),
    "P6: there is no block",
    ((*S, 1, "vanishing"), lambda old: [*old, {**old[0], "index": 1}]),
)
breaking(
    "p6-no-such-watched",
    TWO,
    place(0, "vanishing", 0),
    "P6: there is no watched",
    ((*S, 0, "vanishing"), [{**FLAG, "index": 1}]),
    ((*S, 0, "watched"), []),
    ((*S, 0, "positive", 1), LEAF),
    ((*S, 0, "low"), "11/2"),
)
breaking(
    "p6-gate-of-a-wall-of-the-block",
    FLAT,
    place(1, "vanishing", 1),
    "P6: the gate is 0",
    ((*S, 1, "vanishing"), lambda old: [*old, {**old[0], "what": "gate", "wall": 1}]),
)
breaking(
    "p6-multiplier-of-a-gate",
    FLAT,
    place(1, "vanishing", 1),
    "P6: the gate of the wall",
    ((*S, 1, "vanishing"), lambda old: [*old, {**old[0], "what": "tau", "wall": 0, "side": "on"}]),
)
breaking("p6-the-other-multiplier", WALLS, place(6, "vanishing", 0), MONOTONE, ((*S, 6, "vanishing", 0, "side"), "on"))

# ------------------------------------------------------------------------------------------------------------------ P7 the chain

breaking("p7-no-segments", TWO, "evidence.segments", "P7: no segments", (S, []), (L, []))
breaking("p7-a-link-missing", TWO, "evidence.links", "2 entries", (L, lambda old: old[1:]))
breaking("p7-begins-with-a-block", TWO, place(0), "P7: the first segment", (S, lambda old: old[1:]), (L, lambda old: old[1:]))
breaking("p7-ends-with-an-event", TWO, place(0), "P7: the last segment", (S, lambda old: old[:1]), (L, []))
breaking("p7-an-event-called-the-same", TWO, "evidence.links[0]", "P7: a quantity is flagged", ((*L, 0), {"kind": "same"}))
breaking(
    "p7-a-hole",
    FLAT,
    "evidence.links[1]",
    "P7: the segments do not meet",
    (S, lambda old: old[:2] + old[3:]),
    (L, lambda old: old[:1] + old[2:]),
)
breaking("p7-unknown-link", TWO, "evidence.links[1].kind", "P7: unknown kind", ((*L, 1), {"kind": "jump"}))
breaking(
    "p7-gap-upside-down",
    GAP,
    "evidence.links[2]",
    "P7: there is no gap",
    ((*L, 2), {"kind": "gap", "low": "13/8", "high": "11/8"}),
)
breaking("p7-gap-beyond-its-segment", GAP, "evidence.links[2].high", "P7: the end of the gap", ((*L, 2, "high"), "2"))
breaking("p7-gap-below-its-segment", GAP, "evidence.links[2].low", "P7: the end of the gap", ((*L, 2, "low"), "1"))
breaking(
    "p7-gap-where-the-neuron-has-left",
    TWO,
    "evidence.links[0].low",
    "P7: a flagged quantity",
    ((*L, 0), {"kind": "gap", "low": "51/10", "high": "26/5"}),
)
breaking(
    "p7-gap-where-the-neuron-has-entered",
    TWO,
    "evidence.links[0].high",
    "P7: a flagged quantity",
    ((*L, 0), {"kind": "gap", "low": "24/5", "high": "49/10"}),
)

# ------------------------------------------------------------------------------------------------------------------ P8 the events

BOX = (((*L, 0, "low"), "5001/1000"), ((*L, 0, "high"), "2501/500"))
ZERO = "P8: the flagged quantity is not proved to change its sign"
breaking("p8-box-beside-the-event", TWO, place(1, "vanishing", 0), ZERO, *BOX)
breaking("p8-box-outside", TWO, "evidence.links[0]", "P8: the box of the event", ((*L, 0, "high"), "7"))
breaking(
    "p8-box-upside-down", TWO, "evidence.links[0]", "P8: the box of the event", ((*L, 0, "high"), "4"), ((*L, 0, "low"), "5")
)
breaking("p8-enters-called-leaves", TWO, "evidence.links[0]", "P8: the richer side must have", ((*L, 0, "kind"), "leave"))
breaking("p8-enters-called-pairs", TWO, "evidence.links[0]", "P8: the richer side must have", ((*L, 0, "kind"), "pairing-begins"))
breaking("p8-meets-called-parts", WALLS, "evidence.links[5]", "P8: the richer side must have", ((*L, 5, "kind"), "part"))
breaking("p8-a-symmetry-of-one", TWO, "evidence.links[0].symmetry", "P8: a symmetry", ((*L, 0, "symmetry"), [{}]))
breaking(
    "p8-a-box-too-wide-to-meet",
    FLAT,
    "evidence.links[5]",
    "P8: the solution of the richer side",
    ((*L, 5, "low"), "99/100"),
    ((*L, 5, "high"), "101/100"),
)


@bad("p8-more-vanishes-above", "evidence.links[0]", "P8: the poorer side must have flagged")
def _():
    """Watch the neuron of the other sign, too: its pull has the same length, and nothing enters there."""
    document = good(TWO)
    segment = document["evidence"]["segments"][0]
    segment["watched"] = [segment["watched"][0], {**segment["watched"][0], "sign": "-"}]
    segment["vanishing"] = [FLAG, {**FLAG, "index": 1}]
    return document


@bad("p8-another-neuron-enters", "evidence.links[5]", "P8: block 0 of the poorer side is no neuron")
def _():
    """The first neuron is said to enter, where the second one does."""
    document = good(FLAT)
    document["evidence"]["segments"][6] = make_paths.both_of_identity("7/8", "63/64", [("high", "amount", 0, None, None)])
    document["evidence"]["links"][5] |= {"low": "61/64", "high": "31/32"}
    return document


@bad("p8-a-neuron-from-nowhere", "evidence.links[0]", "P8: a neuron of the richer side with an amount is not")
def _():
    """Below the segment without neurons are two, and one of them enters."""
    document = good(FLAT)
    segments, links = document["evidence"]["segments"], document["evidence"]["links"]
    segments[1] = make_paths.both_of_identity("5/2", "23/8", [("high", "amount", 1, None, None)])
    links[0] |= {"low": "11/4", "high": "23/8"}
    return document


@bad("p8-a-span-that-rows-leave", "evidence.links[2]", "P8: the span of block 0 of the poorer side")
def _():
    """Above the event the neuron is held on a ray, though its rows reach a plane."""
    return make_paths.narrow([(3, 4, 0)])


# ------------------------------------------------------------------------------------------- P9 several quantities at one point

TOGETHER = "P9: the flagged quantities are not proved to vanish together"
MAP = (*L, 2, "symmetry")
ON = "evidence.links[2].symmetry"
STILL = [["1", "0"], ["0", "1"]]
breaking("p9-no-symmetry", SYMMETRIC, ON, TOGETHER, (MAP, []))
breaking("p9-nothing-is-moved", SYMMETRIC, ON, TOGETHER, ((*MAP, 0, "rows"), [0, 1, 2]), ((*MAP, 0, "matrix"), STILL))
breaking("p9-rows-not-permuted", SYMMETRIC, f"{ON}[0].rows", "P9: a permutation", ((*MAP, 0, "rows"), [1, 1, 2]))
breaking("p9-not-orthogonal", SYMMETRIC, f"{ON}[0].matrix", "P9: the matrix", ((*MAP, 0, "matrix"), [["2", "0"], ["0", "1"]]))
breaking("p9-rows-not-mapped", SYMMETRIC, f"{ON}[0]", "P9: row 0", ((*MAP, 0, "matrix"), STILL))
breaking("p9-targets-not-mapped", SYMMETRIC, f"{ON}[0]", "P9: row 0", ((*MAP, 0, "sign"), "-"))


@bad("p9-two-events-a-hair-apart", "evidence.links[0].symmetry", TOGETHER)
def _():
    """Two neurons that enter 10^-12 apart are not one event."""
    return make_paths.together(Fraction(1, 10**12))


# ------------------------------------------------------------------------------------------------------------------ P10 the claim


def claims(name, base, where, reason, value):
    """Register a certificate with another claim; where: the keys below the claim, the last one is changed."""
    path = "statement.claim" + "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in where)
    breaking(f"p10-{name}", base, path, reason, ((*CLAIM, *where), value))


NEURON = ("pieces", 1, "neurons", 0)
EVENT = ("breakpoints", 0, "events", 0)
NOT_IT = "P10: this is not the"


def with_(**changes):
    """Change some keys."""
    return lambda old: {**old, **changes}


claims("down-to-a-lower-penalty", TWO, ("low",), "P10: the low end", "2")
breaking("p10-of-another-penalty", TWO, "statement.claim.low", "P10: the low end", (("statement", "problem", "penalty"), "4"))
claims("a-piece-left-out", TWO, ("pieces",), "2 entries", lambda old: old[:1])
claims("a-neuron-left-out", TWO, ("pieces", 1, "neurons"), "1 entries", [])
claims("another-gate", TWO, NEURON, NOT_IT, with_(gate="--"))
claims("another-sign", TWO, NEURON, NOT_IT, with_(sign="-"))
claims("no-partner", PAIR, ("pieces", 2, "neurons", 0), NOT_IT, with_(partner=None))
claims("dimension", TWO, ("pieces", 1, "dimension"), "P10: this is not proved", 1)
claims("no-upper-end", TWO, ("pieces", 1, "from"), "P10: the first piece", None)
claims("the-first-piece-ends", TWO, ("pieces", 0, "from"), "P10: the first piece", {"low": "6", "high": "6"})
claims("begins-elsewhere", TWO, ("pieces", 1, "from"), "P10: the evidence", {"low": "5", "high": "5"})
claims("ends-elsewhere", TWO, ("pieces", 1, "to"), "P10: the evidence", {"low": "5/2", "high": "5/2"})
claims("a-breakpoint-left-out", TWO, ("breakpoints",), "1 entries", [])
claims("a-breakpoint-too-narrow", TWO, ("breakpoints", 0), "P10: the evidence", with_(low="5"))
claims("no-event", TWO, (*EVENT[:3],), "1 entries", [])
claims("another-event", TWO, EVENT, NOT_IT, with_(event="leaves"))
claims("another-wall", WALLS, ("breakpoints", 2, "events", 0), NOT_IT, with_(wall=0))
claims("a-gap-left-out", GAP, ("gaps",), "1 entries", [])
claims("a-gap-too-narrow", GAP, ("gaps", 0), "P10: the evidence", with_(low="3/2"))
