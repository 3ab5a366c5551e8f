"""False certificates of the kind `descent-path`: D1 to D7."""

from __future__ import annotations

from checker.breaking import CLAIM, LEAF, STEP, WIDE, bad, breaking, good, move, shift


def without(table, key):
    return {name: value for name, value in table.items() if name != key}


PATH = "descent-path-clarke"
PIECES, PARTS = (*CLAIM, "pieces"), ("evidence", "pieces")

breaking("d1-start", PATH, "statement.claim.start", "D1: this is not the objective", ((*CLAIM, "start"), shift(-1)))
breaking("d1-unknown-kind", PATH, "statement.claim.pieces[2].kind", 'D1: "balance"', ((*PIECES, 2, "kind"), "drop"))
breaking(
    "d1-not-balanced",
    PATH,
    "statement.claim.pieces",
    "D1: the network is not balanced",
    (PIECES, lambda pieces: pieces[1:]),
    (PARTS, lambda parts: parts[1:]),
)
breaking(
    "d1-balance-twice",
    PATH,
    "statement.claim.pieces[1].kind",
    "D1: only the first piece",
    (PIECES, lambda pieces: [pieces[0], *pieces]),
    (PARTS, lambda parts: [parts[0], *parts]),
)
breaking(
    "d1-rational-piece-after-an-interpolation",
    PATH,
    "statement.claim.pieces[3].kind",
    "D1: this piece must come before",
    (PIECES, lambda pieces: [*pieces[:2], pieces[3], pieces[2], pieces[4]]),
    (PARTS, lambda parts: [*parts[:2], parts[3], parts[2], parts[4]]),
)
breaking(
    "d1-ends-on-the-way",
    PATH,
    "statement.claim.pieces",
    "D1: the last piece must be",
    (PIECES, lambda pieces: pieces[:3]),
    (PARTS, lambda parts: parts[:3]),
)
breaking("d1-no-pieces", PATH, "statement.claim.pieces", "D1: the last piece must be", (PIECES, []), (PARTS, []))
breaking("d1-pieces-without-evidence", PATH, "evidence.pieces", "5 entries are expected", (PARTS, lambda parts: parts[:4]))
breaking("d2-value", PATH, "statement.claim.pieces[0].value", "D2: the objective after", ((*PIECES, 0, "value"), move(-1)))
breaking("d3-value", PATH, "statement.claim.pieces[1].value", "D3: the objective after", ((*PIECES, 1, "value"), move(-1)))
GROUPS = (*PARTS, 1, "groups")
breaking("d3-no-group", PATH, "evidence.pieces[1].groups", "D3: there is no group", (GROUPS, []))
breaking("d3-two-cells", PATH, "evidence.pieces[1].groups[0]", "D3: these neurons have not one", (GROUPS, [[0, 2]]))
breaking("d3-empty-slot", PATH, "evidence.pieces[1].groups[0]", "D3: a group is two or more", (GROUPS, [[0, 1]]))
breaking("d3-slot-twice", PATH, "evidence.pieces[1].groups[1]", "D3: a group is two or more", (GROUPS, [[0, 3], [3, 0]]))
breaking("d3-alone", PATH, "evidence.pieces[1].groups[0]", "D3: a group is two or more", (GROUPS, [[3]]))
breaking(
    "d3-two-signs",
    PATH,
    "evidence.pieces[1].groups[0]",
    "D3: these neurons have not one",
    ((*CLAIM, "network", "output", 3), "-1"),
    ((*CLAIM, "start"), "33/2"),
    ((*PIECES, 0, "value"), WIDE),
)
NULL = (*PARTS, 2, "null_vector")
breaking("d4-value", PATH, "statement.claim.pieces[2].value", "D4: the objective after", ((*PIECES, 2, "value"), move(-1)))
breaking("d4-the-fit-changes", PATH, "evidence.pieces[2].null_vector", "D4: the fit changes", ((*NULL, 0), "1"))
breaking("d4-the-wrong-sign", PATH, "evidence.pieces[2].null_vector", "D4: no entry is positive", ((*NULL, 4), "-1"))
breaking("d4-nothing-goes", PATH, "evidence.pieces[2].null_vector", "D4: no entry is positive", ((*NULL, 4), "0"))
breaking("d4-an-empty-slot", PATH, "evidence.pieces[2].null_vector", "D4: an empty slot", ((*NULL, 1), "1"))


@bad("d4-the-lengths-rise", "evidence.pieces[0].null_vector", "D4: the sum of the lengths rises")
def _():
    """The neurons (3, 0) and (0, 4) grow at the expense of their sum (3, 4), which is shorter than both together."""
    document = good(PATH)
    document["statement"]["problem"].update(X=[["1", "0"], ["0", "1"]], y=["1", "1"])
    claim = document["statement"]["claim"]
    claim["network"] = {"hidden": [["3", "0"], ["0", "4"], ["3", "4"]], "output": ["3", "4", "5"]}
    claim["start"], claim["pieces"] = "927", claim["pieces"][2:]
    document["evidence"]["pieces"] = [{"null_vector": ["-5/3", "-5/4", "1"]}, *document["evidence"]["pieces"][3:]]
    return document


LAST = (*PARTS, 4)
breaking("d5-a-neuron-without-a-slot", PATH, "evidence.pieces[4].slots", "D5: the neurons [0, 1]", ((*LAST, "slots", 0), None))
breaking("d5-a-neuron-twice", PATH, "evidence.pieces[4].slots", "D5: the neurons [0, 1]", ((*LAST, "slots", 1), 1))
breaking(
    "d5-a-slot-too-many",
    PATH,
    "evidence.pieces[4].slots",
    "5 entries are expected",
    ((*LAST, "slots"), lambda slots: [*slots, None]),
)
breaking("d5-label", PATH, "evidence.pieces[4].label[0][0]", "an integer from 0", ((*LAST, "label"), [[0], []]))
breaking("d5-not-its-value", PATH, "statement.claim.pieces[3].value", "the optimal value", ((*PIECES, 3, "value"), move(-1)))
breaking(
    "d5-not-its-residual", PATH, "evidence.pieces[3].residual[0]", "the residual is not", ((*PARTS, 3, "residual", 0), move(1))
)
breaking(
    "d5-not-a-network", PATH, "evidence.pieces[3].system", "O3: row", ((*PARTS, 3, "system", "midpoint", 0), shift(STEP[:-9]))
)
REASONS = (*LAST, "reasons")
breaking("d6-no-reason-in-a-shared-slot", PATH, "evidence.pieces[4].reasons[0]", "D6: a shared slot", ((*REASONS, 0), None))
breaking(
    "d6-a-reason-for-nothing",
    PATH,
    "evidence.pieces[4].reasons[1]",
    "D6: an empty slot",
    (REASONS, lambda reasons: [reasons[0], reasons[0], *reasons[2:]]),
)
breaking(
    "d6-another-cell",
    PATH,
    "evidence.pieces[4].reasons[2].cell",
    "D6: the cell does not hold",
    ((*REASONS, 2, "cell"), "-+"),
)
breaking(
    "d6-cell-without-the-neuron",
    PATH,
    "evidence.pieces[4].reasons[0].leaf",
    "O7b: wall",
    ((*REASONS, 0, "cell"), "++"),
)
breaking(
    "d6-another-neuron",
    PATH,
    "evidence.pieces[4].reasons[0].leaf",
    "O7b: wall",
    ((*REASONS, 0, "leaf", "neuron"), 0),
)
breaking(
    "d6-slots-swapped",
    PATH,
    "evidence.pieces[4].reasons[0].leaf",
    "D6: this is not the neuron",
    ((*LAST, "slots"), [0, None, 1, None, None]),
)


@bad("d6-the-objective-rises", "evidence.pieces[2].reasons[4]", "D6: the neuron of the slot")
def _():
    """A neuron that the network led to lacks, beyond the penalty at its residual, shrinks to 0."""
    document = good(PATH)
    claim = document["statement"]["claim"]
    claim["network"]["hidden"][4], claim["network"]["output"][4] = ["1", "-1"], "1"
    claim["start"] = "65/2"
    claim["pieces"] = [{"kind": "balance", "value": WIDE}, {"kind": "merge", "value": WIDE}, *claim["pieces"][3:]]
    document["evidence"]["pieces"].pop(2)
    return document


@bad("d6-a-neuron-of-a-network-exceeds", "evidence.pieces[2].reasons[2]", "D6: the neuron of the slot")
def _():
    """Back from the optimum to a network without one of its neurons: the objective would rise."""
    document = good(PATH)
    claim, parts = document["statement"]["claim"], document["evidence"]["pieces"]
    best = {name: value for name, value in parts[4].items() if name not in ("positive", "negative")}
    best.update(slots=[0, None, 1, None, None], reasons=[None] * 5)
    back = {**parts[3], "slots": [0, 1, None, None, None], "reasons": [parts[3]["reasons"][2], None, None, None, None]}
    claim["network"] = {"hidden": [["0", "0"]] * 5, "output": ["0", "0", "0", "0", "1"]}
    claim["start"], claim["pieces"] = "9/2", [{"kind": "balance", "value": WIDE}, *(claim["pieces"][k] for k in (4, 3, 4))]
    document["evidence"]["pieces"] = [{}, best, back, parts[4]]
    return document


breaking(
    "d7-tree-missing", PATH, "evidence.pieces[4]", "the key 'positive' is missing", (LAST, lambda part: without(part, "positive"))
)
breaking("d7-tree-empty", PATH, "evidence.pieces[4].positive", "O9: the tree ends", ((*LAST, "positive"), []))
breaking(
    "d7-only-a-sub-sampled-optimum",
    PATH,
    "evidence.pieces[3].positive[0]",
    "O8: the leaf",
    (PIECES, lambda pieces: pieces[:4]),
    (PARTS, lambda parts: [*parts[:3], {**parts[3], "positive": [LEAF], "negative": [LEAF]}]),
)
