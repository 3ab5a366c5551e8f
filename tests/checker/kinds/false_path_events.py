"""False certificates of the kind `path`: followers at an event (P8e), crossings (P8f), dependent walls, pairs that end."""

from __future__ import annotations

from checker.breaking import CLAIM, breaking
from checker.kinds.false_path import L, S, place

SPANS, FOLLOWER, CROSS, DEPENDENT, ENDS, FREE = (
    f"path-{name}" for name in ("spans", "follower", "cross", "dependent", "pairing-ends", "free")
)
POINTS = (*CLAIM, "breakpoints")


def flag(end, what, index, wall=None, side=None):
    """Spell a flagged quantity."""
    return {"end": end, "what": what, "index": index, "wall": wall, "side": side}


def also(segment, *quantity):
    """Flag one more quantity of a segment."""
    return ((*S, segment, "vanishing"), lambda old: [*old, flag(*quantity)])


# ------------------------------------------------------------------------------------ P8e what vanishes besides

breaking(
    "p8-a-gate-that-only-seems-to-follow",
    SPANS,
    place(5, "vanishing", 2),
    "P8: the quantity is not proved to be 0",
    also(5, "high", "gate", 0, 1),
)
breaking(
    "p8-a-gate-of-a-neuron-that-stays",
    SPANS,
    place(5, "vanishing", 2),
    "P8: a gate that vanishes with an amount",
    also(5, "high", "gate", 2, 2),
)
breaking(
    "p8-a-follower-left-out",
    SPANS,
    place(3, "blocks", 1),
    "P3: the gate of row 2 is not proved",
    ((*S, 3, "vanishing"), lambda old: old[:1]),
)
breaking(
    "p8-a-multiplier-that-follows-left-out",
    FOLLOWER,
    place(1, "positive", 1),
    "O7b: the multiplier of wall 0",
    ((*S, 1, "vanishing"), lambda old: old[:1]),
)
# ------------------------------------------------------------------------------------------------ P8f crossings

ALONE = "P8: where a neuron crosses a wall its gate is flagged on both sides"
breaking("p8-crosses-called-meets", CROSS, "evidence.links[4]", "P8: block 0 of the poorer side", ((*L, 4, "kind"), "meet"))
breaking("p8-meets-called-crosses", SPANS, "evidence.links[5]", "P8: block 2 of the poorer side", ((*L, 5, "kind"), "cross"))
breaking("p8-enters-called-crosses", SPANS, "evidence.links[0]", ALONE, ((*L, 0, "kind"), "cross"))
breaking("p8-crosses-and-more", CROSS, "evidence.links[4]", ALONE, also(5, "high", "amount", 0))
breaking("p8-crosses-two-walls", CROSS, "evidence.links[4]", ALONE, also(4, "low", "gate", 0, 2))
breaking(
    "p8-crosses-where-the-gate-is-open",
    CROSS,
    place(5, "blocks", 0),
    "P3: the gate of row 1 is not proved",
    ((*S, 5, "vanishing"), []),
)
breaking(
    "p10-crosses-from-the-other-side",
    CROSS,
    "statement.claim.breakpoints[1].events[0]",
    "P10: this is not the event",
    ((*POINTS, 1, "events", 0, "gate"), "+-++"),
)

# ---------------------------------------------------------------------------------------------- dependent walls

GIVEN = (*S, 5, "vanishing", 0, "others")
BOUND = 'P2: "on" or "off" for other walls'
breaking(
    "p6-dependent-walls-without-others",
    DEPENDENT,
    place(5, "vanishing", 0),
    "P6: the multipliers of the walls",
    ((*S, 5, "vanishing", 0), lambda old: {key: value for key, value in old.items() if key != "others"}),
)
breaking("p6-others-off-the-walls", DEPENDENT, place(5, "vanishing", 0), "P6: the gate of the wall", (GIVEN, {"1": "on"}))
breaking("p5-others-on-another-side", DEPENDENT, place(5, "negative", 5), "O7b: the multiplier of wall 4", (GIVEN, {"5": "off"}))
breaking("p2-others-of-itself", DEPENDENT, place(5, "vanishing", 0, "others", "4"), BOUND, (GIVEN, {"4": "on"}))
breaking("p2-others-on-no-side", DEPENDENT, place(5, "vanishing", 0, "others", "5"), BOUND, (GIVEN, {"5": "up"}))
breaking(
    "p2-others-of-an-amount",
    DEPENDENT,
    place(4, "vanishing", 0, "others", "5"),
    BOUND,
    ((*S, 4, "vanishing", 0), lambda old: {**old, "others": {"5": "on"}}),
)
breaking(
    "p3-one-of-two-gates-left-out",
    DEPENDENT,
    place(4, "blocks", 2),
    "P3: the gate of row 5 is not proved",
    ((*S, 4, "vanishing"), lambda old: old[:2]),
)

# ---------------------------------------------------------------------------------------------- a pair that ends

breaking(
    "p8-a-pair-that-ends-called-leaves",
    ENDS,
    "evidence.links[9]",
    "P8: the richer side must have flagged",
    ((*L, 9, "kind"), "leave"),
)
breaking(
    "p8-a-pair-that-ends-called-begins",
    ENDS,
    "evidence.links[9]",
    "P8: the richer side must have flagged",
    ((*L, 9, "kind"), "pairing-begins"),
)
breaking(
    "p4-a-pair-that-ends-leaves-a-neuron",
    ENDS,
    place(10, "watched", 0),
    "P4: a watched neuron",
    ((*S, 10, "vanishing"), []),
)
breaking(
    "p10-a-pair-that-ends-said-to-begin",
    ENDS,
    "statement.claim.breakpoints[4].events[0]",
    "P10: this is not the event",
    ((*POINTS, 4, "events", 0, "event"), "pairs"),
)

# ------------------------------------------------------------------------------------- O7b walls off the neuron

NODE, NEAR = (*S, 7, "negative", 3), place(7, "negative", 3)
MUST = "O7b: free must name walls"
breaking("o7b-free-on-a-wall", FREE, f"{NEAR}.free[0]", MUST, ((*NODE, "free"), [1, 2, 3]))
breaking("o7b-free-twice", FREE, f"{NEAR}.free[2]", MUST, ((*NODE, "free"), [2, 3, 3]))
breaking("o7b-not-free", FREE, NEAR, "O7b: solve and fixed must name", ((*NODE, "free"), [2]))
breaking("o7b-free-but-one", FREE, NEAR, "O7b: wall 2 is decided to the side", ((*NODE, "free"), [3]))
breaking("o7b-free-at-its-kink", FREE, NEAR, "O7b: the multiplier of wall 2", (NODE, lambda old: {**old, "kinks": {"2": "1"}}))
breaking("o7b-free-without-a-multiplier", FREE, NEAR, "O7b: the equations of the multipliers", ((*NODE, "solve"), [1]))
