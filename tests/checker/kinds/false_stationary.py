"""False certificates of the kind `stationary`: C and G1 to G6."""

from __future__ import annotations

from copy import deepcopy

from checker.breaking import CLAIM, LEAF, STEP, WIDE, bad, breaking, good, move, shift, tight
from make_certificates import optimum

POINTS, DIRECTIONS, WALLS, CHOSEN = (
    "stationary-two-points",
    "stationary-three-directions",
    "stationary-pairs-and-walls",
    "stationary-some-columns",
)
NODES, PROOFS, COLUMNS = (*CLAIM, "nodes"), ("evidence", "nodes"), (*CLAIM, "columns")


def verdict(name, base, node, column, place, reason, value):
    """Register a certificate with another verdict on a column."""
    path = f"evidence.nodes[{node}].verdicts[{column}]{place}"
    breaking(name, base, path, reason, ((*PROOFS, node, "verdicts", column), value))


def way(*direction):
    return {"direction": list(direction)}


verdict("c-below-of-a-column-above", POINTS, 0, 1, "", "C: the leaf's bound is not below", LEAF)
verdict("c-below-of-a-tight-column", POINTS, 1, 1, "", "C: the leaf's bound is not below", LEAF)
verdict(
    "c-below-with-a-slope", POINTS, 0, 1, ".slope.0", "not the name of a wall that is undecided", {"rho": {}, "slope": {"0": "0"}}
)
verdict("c-below-with-a-negative-multiplier", POINTS, 0, 1, ".rho.0", "the multiplier of a", {"rho": {"0": "-5"}, "slope": {}})
verdict("c-tight-of-a-column-above", WALLS, 2, 2, "", "O7b: the multiplier of wall 0 is not", tight(0, [0]))
verdict("c-tight-in-another-cell", POINTS, 1, 0, "", "O7b: wall 0 is decided to the side", tight(0))
verdict("c-tight-of-the-other-sign", POINTS, 1, 3, ".neuron", "O7b: the neuron has the other sign", tight(0))
verdict("c-tight-without-multipliers", CHOSEN, 1, 1, "", "O7b: the equations of the multipliers", tight(0))
verdict("c-tight-with-a-wrong-multiplier", CHOSEN, 1, 1, "", "O7b: the equations of the mult", tight(0, fixed={"2": "1"}))
verdict("c-tight-with-a-wall-elsewhere", CHOSEN, 1, 1, "", "O7b: solve and fixed must name walls", tight(0, [0]))
verdict("c-tight-of-no-neuron", POINTS, 0, 1, ".neuron", "an integer from 0 to -1 is expected", tight(0))
verdict("c-above-of-a-tight-column", POINTS, 1, 1, ".direction", "C: the direction does not exceed", way("1"))
verdict("c-above-of-a-column-below", POINTS, 1, 3, ".direction", "C: the direction does not exceed", way("1"))
verdict("c-above-by-nothing", POINTS, 0, 1, ".direction", "C: the direction does not exceed", way("0"))
verdict("c-above-by-a-negative-value", POINTS, 0, 3, ".direction", "C: the direction does not exceed", way("100"))
verdict("c-above-outside-of-the-cell", POINTS, 0, 0, ".direction", "C: the direction is not in the cell (wall 0)", way("1"))
verdict("c-above-in-the-next-cell", WALLS, 0, 5, ".direction", "C: the direction is not in the cell", way("-1/9", "1"))
verdict("c-above-too-short", WALLS, 0, 5, ".direction", "2 entries are expected", way("1"))
verdict("c-verdict-is-a-split", POINTS, 0, 0, "", "the key 'rho' is missing", {"split": 0})
verdict("c-verdict-of-two-kinds", POINTS, 0, 1, ".direction", "unknown key", {**tight(0), **way("1")})
breaking(
    "c-verdict-missing",
    POINTS,
    "evidence.nodes[1].verdicts",
    "4 entries are expected here, not 3",
    ((*PROOFS, 1, "verdicts"), lambda old: old[:-1]),
)


@bad("c-above-by-less-than-the-box", "evidence.nodes[0].verdicts[0].direction", "C: the direction does not exceed")
def _():
    """The residual is known to 1/100 only: what exceeds the penalty in the middle of the box need not at the solution."""
    document = good("stationary-parallel-rows")
    parts = optimum([[1, 1], [-2, -2], [0, 0]], [2, 1, 3], "1/2")
    claim, evidence = document["statement"]["claim"], document["evidence"]
    known = {"value": WIDE, "residual": [WIDE] * 3, "neurons": parts["statement"]["claim"]["neurons"]}
    for neuron in known["neurons"]:
        neuron["amount"], neuron["direction"] = WIDE, [WIDE] * 2
    claim["nodes"][0] |= known
    evidence["nodes"][0] |= {key: parts["evidence"][key] for key in ("roles", "bases", "lineality", "system", "split")}
    evidence["nodes"][0]["system"]["radius"] = "1/1000"
    evidence["nodes"][0]["verdicts"][0] = way("-500000000001/1000000000000", "-500000000001/1000000000000")
    return document


breaking("g1-point-on-a-wall", POINTS, "evidence.inside[1]", "G1: the point is not strictly", (("evidence", "inside", 1), ["0"]))
breaking("g1-point-outside", POINTS, "evidence.inside[1]", "G1: the point is not strictly", (("evidence", "inside", 1), ["-1"]))
breaking("g1-no-such-cell", WALLS, "evidence.inside[0]", "G1: the point is not strictly", ((*COLUMNS, 0, 1), "++-"))
breaking("g1-parallel-rows-disagree", POINTS, "statement.claim.columns[1][1]", "row 1 is on no side", ((*COLUMNS, 1, 1), "+-"))
breaking("g1-cell-on-a-wall", POINTS, "statement.claim.columns[1][1]", "row 0 is on no side", ((*COLUMNS, 1, 1), "0+"))
breaking("g1-cell-too-short", POINTS, "statement.claim.columns[1][1]", "one of + - 0 for each row", ((*COLUMNS, 1, 1), "+"))
breaking("g1-cell-of-other-letters", POINTS, "statement.claim.columns[1][1]", "one of + - 0 for", ((*COLUMNS, 1, 1), "1+"))
breaking(
    "g1-zero-row-on-a-side", "stationary-parallel-rows", "statement.claim.columns[0][1]", "row 2 is", ((*COLUMNS, 0, 1), "-++")
)
breaking("g1-sign", POINTS, "statement.claim.columns[1][0]", '"+" or "-" is expected', ((*COLUMNS, 1, 0), "0"))
breaking("g1-column-of-three", POINTS, "statement.claim.columns[1]", "2 entries are expected", ((*COLUMNS, 1), ["+", "+", "+"]))
breaking("g1-point-missing", POINTS, "evidence.inside", "4 entries are expected", (("evidence", "inside"), lambda old: old[:-1]))
breaking("g1-not-all-columns", CHOSEN, "statement.claim.columns", "G1: these are not all columns", ((*CLAIM, "every"), True))
breaking("g1-every-is-no-flag", POINTS, "statement.claim.every", "true or false is expected here", ((*CLAIM, "every"), 1))
breaking(
    "g1-column-twice",
    POINTS,
    "statement.claim.columns",
    "G1: a column is listed twice",
    ((*COLUMNS, 0), ["+", "++"]),
    (("evidence", "inside", 0), ["2"]),
)
breaking(
    "g1-a-cell-missing",
    DIRECTIONS,
    "statement.claim.columns",
    "G1: these are not all columns",
    (COLUMNS, lambda old: [pair for pair in old if pair[1] != "+-"]),
    (("evidence", "inside"), lambda old: [point for k, point in enumerate(old) if k not in (2, 6)]),
)
breaking(
    "g1-a-sign-missing",
    POINTS,
    "statement.claim.columns",
    "G1: these are not all columns",
    (COLUMNS, lambda old: old[:2]),
    (("evidence", "inside"), lambda old: old[:2]),
)
breaking(
    "g1-no-columns",
    POINTS,
    "statement.claim.columns",
    "G1: these are not all columns",
    (COLUMNS, []),
    (("evidence", "inside"), []),
)

breaking("g2-value", WALLS, "statement.claim.nodes[6].value", "the optimal value is not", ((*NODES, 6, "value"), move(STEP)))
breaking("g2-residual", POINTS, "statement.claim.nodes[1].residual[1]", "the residual", ((*NODES, 1, "residual", 1), move(STEP)))
breaking(
    "g2-direction", POINTS, "statement.claim.nodes[1].neurons[0]", "O5: ", ((*NODES, 1, "neurons", 0, "direction", 0), move(STEP))
)
breaking("g2-amount", POINTS, "statement.claim.nodes[1].neurons[0]", "O6: ", ((*NODES, 1, "neurons", 0, "amount"), move("1")))
breaking("g2-gate", POINTS, "evidence.nodes[1].system", "O3: ", ((*NODES, 1, "neurons", 0, "gate"), "--"))
breaking(
    "g2-off-the-solution",
    POINTS,
    "evidence.nodes[1].system",
    "O3: ",
    ((*PROOFS, 1, "system", "midpoint", 0), shift("1/1000")),
)
breaking("g2-trees", POINTS, "evidence.nodes[0].positive", "unknown key", ((*PROOFS, 0, "positive"), []))

G3 = "G3: these are not the columns "
breaking("g3-above-missing", POINTS, "statement.claim.nodes[0].above", G3 + "that exceed", ((*NODES, 0, "above"), []))
breaking("g3-above-too-many", POINTS, "statement.claim.nodes[0].above", G3 + "that exceed", ((*NODES, 0, "above"), [1, 3]))
breaking("g3-above-twice", POINTS, "statement.claim.nodes[0].above", "the columns are not in asc", ((*NODES, 0, "above"), [1, 1]))
breaking(
    "g3-above-of-no-column", POINTS, "statement.claim.nodes[0].above[0]", "an integer from 0 to 3", ((*NODES, 0, "above"), [4])
)
breaking("g3-tight-missing", POINTS, "statement.claim.nodes[1].tight", G3 + "in which", ((*NODES, 1, "tight"), [[]]))
breaking("g3-tight-too-many", POINTS, "statement.claim.nodes[1].tight", G3 + "in which", ((*NODES, 1, "tight"), [[1, 3]]))
breaking("g3-tight-of-two-neurons", POINTS, "statement.claim.nodes[1].tight", G3 + "in which", ((*NODES, 1, "tight"), [[1], []]))
breaking(
    "g3-tight-of-the-other-neuron", WALLS, "statement.claim.nodes[6].tight", G3, ((*NODES, 6, "tight"), lambda old: old[::-1])
)

NETWORKS = (*NODES, 3, "networks")
IN_THREE = "statement.claim.nodes[3].networks"
breaking("g4-network-missing", DIRECTIONS, IN_THREE, "S4: the vertex with the neurons [1, 2]", (NETWORKS, lambda old: old[:1]))
breaking("g4-network-twice", DIRECTIONS, f"{IN_THREE}[2]", "S4: a vertex with this", (NETWORKS, lambda old: [*old, old[0]]))
breaking(
    "g4-network-invented",
    DIRECTIONS,
    f"{IN_THREE}[2]",
    "S4: no vertex has this support",
    (NETWORKS, lambda old: [*old, {"support": [0, 1], "amounts": [WIDE] * 2}]),
)
breaking("g4-amount", DIRECTIONS, f"{IN_THREE}[0].amounts[0]", "S4: the amount", ((*NETWORKS, 0, "amounts", 0), move(STEP)))
breaking(
    "g4-label-missing", DIRECTIONS, "evidence.nodes[3].labels[0]", "S3: an edge", ((*PROOFS, 3, "labels"), lambda old: old[:1])
)
breaking("g4-no-label", POINTS, "evidence.nodes[0].labels", "S3: there is no label", ((*PROOFS, 0, "labels"), []))
breaking("g4-dimension-too-small", DIRECTIONS, "statement.claim.nodes[3].dimension", "G4: ", ((*NODES, 3, "dimension"), 0))
breaking("g4-dimension-too-large", POINTS, "statement.claim.nodes[1].dimension", "G4: ", ((*NODES, 1, "dimension"), 1))
LOCAL = "statement.claim.nodes[{}].local_minimum"
breaking(
    "g4-local-minimum-that-is-none",
    WALLS,
    LOCAL.format("2") + "[0]",
    "G4: column",
    ((*NODES, 2, "local_minimum"), [True]),
)
breaking(
    "g4-local-minimum-without-all-columns",
    CHOSEN,
    LOCAL.format("3") + "[0]",
    "G4: local minima need all columns",
    ((*NODES, 3, "local_minimum"), [True]),
)
breaking(
    "g4-local-minimum-when-not-every-column-is-said-to-be-there",
    POINTS,
    LOCAL.format("0") + "[0]",
    "G4: local minima need all columns",
    ((*CLAIM, "every"), False),
)
breaking("g4-local-minimum-missing", POINTS, LOCAL.format("1"), "1 entries are expected", ((*NODES, 1, "local_minimum"), []))
breaking("g4-local-minimum-no-flag", POINTS, LOCAL.format("1") + "[0]", "true or false", ((*NODES, 1, "local_minimum"), ["yes"]))

COVERS = "statement.claim.nodes[1].covers"
breaking("g5-covers-too-many", POINTS, COVERS, "G5: this is not the number", ((*NODES, 1, "covers"), "16"))
breaking("g5-covers-too-few", DIRECTIONS, COVERS, "G5: this is not the number", ((*NODES, 1, "covers"), "31"))
breaking("g5-covers-negative", POINTS, COVERS, "G5: this is not the number", ((*NODES, 1, "covers"), "-8"))
breaking("g5-covers-no-text", POINTS, COVERS, "a string is expected here", ((*NODES, 1, "covers"), 8))
breaking(
    "g5-a-node-missing",
    POINTS,
    "statement.claim.complete",
    "G5: the nodes do not cover",
    (NODES, lambda old: old[:1]),
    (PROOFS, lambda old: old[:1]),
    ((*CLAIM, "edges"), []),
    (("evidence", "before"), []),
)
breaking(
    "g5-no-nodes",
    POINTS,
    "statement.claim.complete",
    "G5: the nodes do not cover",
    (NODES, []),
    (PROOFS, []),
    ((*CLAIM, "edges"), []),
    (("evidence", "before"), []),
)
breaking(
    "g5-a-node-twice",
    POINTS,
    "statement.claim.nodes[2]",
    "G5: a node that violates the same columns",
    (NODES, lambda old: [*old, old[1]]),
    (PROOFS, lambda old: [*old, old[1]]),
)
breaking("g5-complete-is-no-flag", POINTS, "statement.claim.complete", "true or false is expected", ((*CLAIM, "complete"), "yes"))


@bad("g5-the-missing-node-is-another-twice", "statement.claim.nodes[2]", "G5: a node that violates the same columns")
def _():
    """Nodes 1 and 2 cover as many sets: the one in the place of the other adds up to all of them."""
    document = good(DIRECTIONS)
    claim, evidence = document["statement"]["claim"], document["evidence"]
    claim["nodes"][2], evidence["nodes"][2] = deepcopy(claim["nodes"][1]), deepcopy(evidence["nodes"][1])
    claim["edges"], evidence["before"] = [], []
    return document


@bad("g5-a-node-twice-with-its-neurons-in-another-order", "statement.claim.nodes[7]", "G5: a node that violates the same")
def _():
    """The two neurons of node 3 change places, and all that names them follows: it is the same optimum."""
    document = good(WALLS)
    claim, evidence = document["statement"]["claim"], document["evidence"]
    node, proof = deepcopy(claim["nodes"][3]), deepcopy(evidence["nodes"][3])
    for owner, key in ((node, "neurons"), (node, "tight"), (proof, "roles"), (proof, "bases")):
        owner[key] = owner[key][::-1]
    node["networks"][0]["amounts"] = node["networks"][0]["amounts"][::-1]
    order = [*range(len(proof["bases"][1]), sum(map(len, proof["bases"]))), *range(len(proof["bases"][1]))]
    size = len(order)
    order += [size + 1, size]
    system = proof["system"]
    system["midpoint"] = [system["midpoint"][k] for k in order]
    system["preconditioner"] = [[system["preconditioner"][i][j] for j in order] for i in order]
    for verdict_of in proof["verdicts"]:
        if "neuron" in verdict_of:
            verdict_of["neuron"] = 1 - verdict_of["neuron"]
    claim["nodes"].append(node)
    evidence["nodes"].append(proof)
    return document


@bad("g5-a-node-of-no-set", "statement.claim.nodes[1].covers", "G5: this is not the number")
def _():
    """The neuron has no column among those listed, so no program of them has this optimum."""
    document = good(POINTS)
    claim, evidence = document["statement"]["claim"], document["evidence"]
    claim |= {"columns": [["-", "++"]], "every": False, "complete": False, "edges": []}
    evidence |= {"inside": [["1"]], "before": []}
    for node, proof, covers in zip(claim["nodes"], evidence["nodes"], ("2", "0"), strict=True):
        node |= {"above": [], "tight": [[] for _ in node["tight"]], "covers": covers, "local_minimum": [False]}
        proof["verdicts"] = proof["verdicts"][3:]
    return document


EDGES_OF, BEFORE = (*CLAIM, "edges"), ("evidence", "before")
breaking("g6-target-wrong", DIRECTIONS, "statement.claim.edges[0][1]", "G6: the target is not", ((*EDGES_OF, 0), [0, 3, 1]))
breaking(
    "g6-an-edge-twice",
    DIRECTIONS,
    "statement.claim.edges[1]",
    "G6: this edge is listed before",
    (EDGES_OF, lambda old: [old[0], *old]),
    (BEFORE, lambda old: [old[0], *old]),
)
breaking("g6-target-is-the-source", DIRECTIONS, "statement.claim.edges[0][1]", "G6: the target is", ((*EDGES_OF, 0), [0, 0, 1]))
breaking(
    "g6-column-not-violated", DIRECTIONS, "statement.claim.edges[3][2]", "G6: the source does not", ((*EDGES_OF, 3), [1, 3, 2])
)
breaking("g6-before-carries-nothing", DIRECTIONS, "evidence.before[3]", "G6: these columns do not carry", ((*BEFORE, 3), []))
breaking("g6-before-of-another-node", DIRECTIONS, "evidence.before[3]", "G6: these columns do not carry", ((*BEFORE, 3), [1]))
breaking(
    "g6-before-with-one-to-spare", DIRECTIONS, "evidence.before[3]", "G6: these columns do not carry", ((*BEFORE, 3), [0, 2])
)
breaking("g6-before-with-the-column", DIRECTIONS, "evidence.before[3]", "G6: these columns do not", ((*BEFORE, 3), [1, 2]))
breaking("g6-before-twice", DIRECTIONS, "evidence.before[3]", "the columns are not in ascending", ((*BEFORE, 3), [2, 2]))
breaking("g6-before-missing", DIRECTIONS, "evidence.before", "7 entries are expected", (BEFORE, lambda old: old[:-1]))
breaking("g6-edge-of-no-node", DIRECTIONS, "statement.claim.edges[0][1]", "an integer from 0 to 3", ((*EDGES_OF, 0), [0, 4, 2]))
breaking("g6-edge-of-no-column", DIRECTIONS, "statement.claim.edges[0][2]", "an integer from 0 to 7", ((*EDGES_OF, 0), [0, 1, 8]))
breaking("g6-edge-too-short", DIRECTIONS, "statement.claim.edges[0]", "3 entries are expected", ((*EDGES_OF, 0), [0, 1]))
breaking(
    "g6-edge-backwards",
    DIRECTIONS,
    "statement.claim.edges[3][2]",
    "G6: the source does not",
    ((*EDGES_OF, 3), [3, 1, 1]),
    ((*BEFORE, 3), [3]),
)

DEPENDENT = "stationary-dependent-features"
SYSTEM_0 = (*PROOFS, 0, "system")
R3 = (*SYSTEM_0, "dependences")
PLACE = "evidence.nodes[0].system.dependences"


def without(k):
    """Leave out an entry of an object."""
    return lambda old: {key: value for key, value in old.items() if key != k}


breaking("r3-another-factor", DEPENDENT, f"{PLACE}.3", "R3: factors times features do not", ((*R3, "3", "terms", "0", 4), "1"))
breaking("r3-a-term-missing", DEPENDENT, f"{PLACE}.3", "R3: factors times features do not", ((*R3, "3", "terms"), without("0")))
breaking("r3-without-the-tie", DEPENDENT, f"{PLACE}.3", "R3: the factor of the tie is not", ((*R3, "3", "terms"), {}))
breaking("r3-of-a-block", DEPENDENT, f"{PLACE}.2", "R3: not the index of a neuron of the role", (R3, lambda old: {"2": old["3"]}))
breaking(
    "r3-a-term-of-no-neuron",
    DEPENDENT,
    f"{PLACE}.3.terms.4",
    "R3: a term is one of a block",
    ((*R3, "3", "terms", "4"), ["0"] * 5),
)
breaking("r3-factor-too-short", DEPENDENT, f"{PLACE}.3.terms.0", "5 entries are expected", ((*R3, "3", "terms", "0"), ["0"] * 4))
breaking("r3-free-of-no-pair", DEPENDENT, f"{PLACE}.3.free", "0 entries are expected", ((*R3, "3", "free"), [["0"] * 5]))
breaking("r3-more-than-it-says", DEPENDENT, f"{PLACE}.3.more", "unknown key", ((*R3, "3", "more"), []))
WIDE_BOX = "stationary-wide-box"
NODE_0 = ("statement", "claim", "nodes", 0)
breaking(  # the box is so wide that at its middle the pull of the tie points the other way: nothing but an exact sign will do
    "r3-side-at-the-middle",
    WIDE_BOX,
    "evidence.nodes[0].labels[1]",
    "S2: variable 2 is not proved to keep its lower bound",
    ((*SYSTEM_0, "midpoint", 0), "1001/2"),
    ((*SYSTEM_0, "radius"), "3/5"),
    ((*PROOFS, 0, "labels", 1), [[0, 2], []]),
    ((*NODE_0, "networks", 1, "support"), [0, 2]),
    ((*NODE_0, "networks", 1, "amounts"), [{"low": "3000", "high": "3000"}, {"low": "1000", "high": "1000"}]),
)
breaking(
    "s1-dependent-features-as-independent", DEPENDENT, "evidence.nodes[0].roles", "S1: the features are not proved", (R3, {})
)


@bad("s2-an-amount-that-a-tie-changes-is-fixed", "evidence.nodes[0].labels[0]", "S3: an edge of this label")
def _():
    """The network of O6 alone, as if the tie could carry no weight: an edge leads to the other vertex."""
    document = good(DEPENDENT)
    document["evidence"]["nodes"][0]["labels"] = [[[0, 1, 2], []]]
    document["statement"]["claim"]["nodes"][0]["networks"] = document["statement"]["claim"]["nodes"][0]["networks"][:1]
    return document


breaking(
    "s2-the-tie-takes-all",
    DEPENDENT,
    "evidence.nodes[0].labels[1]",
    "S2: variable",
    ((*PROOFS, 0, "labels"), [[[0, 1, 2], []], [[0, 2, 3], []]]),
)
breaking(
    "s4-another-amount-beside-a-tie",
    DEPENDENT,
    "statement.claim.nodes[0].networks[1].amounts[2]",
    "S4: the amount is not proved",
    ((*NODES, 0, "networks", 1, "amounts", 2), move("1/1000")),
)
