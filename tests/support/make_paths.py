"""Certificates of the kind `path` made by hand: rational arithmetic and one loop, nothing of the package.

A segment is a structure of blocks and an interval; its curve comes from Newton's method at the middle and a Taylor series, its
radii from Krawczyk's test with derivatives taken as exact differences, since the equations are quadratic.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction as Q


@dataclass
class Case:
    """Data; a block is (sign, gate, basis), paired ones with a share; trees are given as they are written."""

    X: list[list[Q]]
    y: list[Q]


@dataclass
class Structure:
    blocks: list[dict]
    lineality: list = field(default_factory=list)
    watched: list[dict] = field(default_factory=list)


def block(sign, gate, *basis, paired=False, share="0", slack="0", hang=None):
    return {
        "sign": sign,
        "gate": gate,
        "basis": [[str(entry) for entry in vector] for vector in basis],
        "paired": paired,
        "share": share,
        "slack": slack,
        "hang": hang,
    }


def watched(sign, gate, *basis):
    return {"sign": sign, "gate": gate, "basis": [[str(entry) for entry in vector] for vector in basis]}


def dot(a, b):
    return sum((x * y for x, y in zip(a, b, strict=True)), Q(0))


def equations(case, structure, z, b):
    """Evaluate E1, E2, E3."""
    blocks = structure.blocks
    sizes = [len(entry["basis"]) for entry in blocks]
    starts = [sum(sizes[:k]) for k in range(len(blocks))]
    nus = [z[start : start + size] for start, size in zip(starts, sizes, strict=True)]
    betas, slacks = z[sum(sizes) : sum(sizes) + len(blocks)], z[sum(sizes) + len(blocks) :]
    theta, vectors = list(case.y), []
    for entry, nu, beta in zip(blocks, nus, betas, strict=True):
        basis = [[Q(x) for x in vector] for vector in entry["basis"]]
        v = [dot(nu, column) for column in zip(*basis, strict=True)]
        vectors.append((basis, v))
        part = Q(entry["share"]) * beta + (Q(entry["slack"]) * slacks[entry["hang"]] if entry["hang"] is not None else 0)
        sign = 1 if entry["sign"] == "+" else -1
        for i, row in enumerate(case.X):
            theta[i] -= sign * (beta * (entry["gate"][i] == "+") - part) * dot(row, v)
    first, second = [], []
    for entry, (basis, v) in zip(blocks, vectors, strict=True):
        sign = 1 if entry["sign"] == "+" else -1
        for vector in basis:
            pull = sum((theta[i] * dot(row, vector) for i, row in enumerate(case.X) if entry["gate"][i] == "+"), Q(0))
            first.append(sign * pull - dot(vector, v))
        second.append(dot(v, v) - b * b)
    third = [
        sum((theta[i] * dot(row, [Q(x) for x in line]) for i, row in enumerate(case.X)), Q(0)) for line in structure.lineality
    ]
    return [*first, *second, *third]


def jacobian(case, structure, z):
    """Differentiate: exact differences of quadratic functions, as a list of columns."""
    columns = []
    for j in range(len(z)):
        up, down = ([entry + (step if i == j else 0) for i, entry in enumerate(z)] for step in (1, -1))
        pairs = zip(equations(case, structure, up, Q(1)), equations(case, structure, down, Q(1)), strict=True)
        columns.append([(a - c) / 2 for a, c in pairs])
    return columns


def solved(columns, right):
    """Solve a linear system given by its columns (Gauss-Jordan)."""
    rows = [[*row, entry] for row, entry in zip(zip(*columns, strict=True), right, strict=True)]
    for i in range(len(rows)):
        pivot = next(j for j in range(i, len(rows)) if rows[j][i])
        rows[i], rows[pivot] = rows[pivot], rows[i]
        rows[i] = [entry / rows[i][i] for entry in rows[i]]
        for j in range(len(rows)):
            if j != i and rows[j][i]:
                rows[j] = [a - rows[j][i] * c for a, c in zip(rows[j], rows[i], strict=True)]
    return [row[-1] for row in rows]


def rounded(number, bits=96):
    return Q(round(number * 2**bits), 2**bits)


def curve_of(case, structure, low, high, start, degree, bits=96):
    """Return c_0..c_p of the solution over the interval."""
    middle, half, z = (low + high) / 2, (high - low) / 2, start
    for _ in range(60):
        step = solved(jacobian(case, structure, z), equations(case, structure, z, middle))
        z = [rounded(a - c, bits) for a, c in zip(z, step, strict=True)]
        if max((abs(entry) for entry in step), default=0) < Q(1, 2 ** (bits - 8)):
            break
    series = [z]
    for order in range(1, degree + 1):
        trial = [*series, [Q(0)] * len(z)]
        left = coefficients(case, structure, trial, middle, half)[order]
        series.append([rounded(-entry, bits) for entry in solved(jacobian(case, structure, z), left)])
    return series


def coefficients(case, structure, series, middle, half):
    """Return the coefficients in t of F(Z(t), t): from its values at as many whole numbers."""
    degree = 2 * len(series)
    places = [Q(j) for j in range(-(degree // 2), degree - degree // 2 + 1)]
    powers = [[place**k for place in places] for k in range(degree + 1)]
    values = []
    for place in places:
        z = [sum((c * place**k for k, c in enumerate(entries)), Q(0)) for entries in zip(*series, strict=True)]
        values.append(equations(case, structure, z, middle + half * place))
    table = [solved(powers, list(line)) for line in zip(*values, strict=True)]
    return [list(line) for line in zip(*table, strict=True)] or [[] for _ in range(degree + 1)]


def tube(case, structure, low, high, series, unique):
    """Return preconditioner, radius and slope for a box of uniqueness."""
    middle, half, size = (low + high) / 2, (high - low) / 2, len(unique)
    columns = jacobian(case, structure, series[0])
    inverse = [[rounded(x, 40) for x in solved(columns, [Q(i == j) for i in range(size)])] for j in range(size)]
    C = [list(row) for row in zip(*inverse, strict=True)]
    zero = jacobian(case, structure, [Q(0)] * size)

    def times(change):
        moved = jacobian(case, structure, change)
        table = [[a - c for a, c in zip(*two, strict=True)] for two in zip(moved, zero, strict=True)]
        return [[abs(dot(row, column)) for column in table] for row in C]

    M = [[abs(Q(i == j) - dot(row, column)) for j, column in enumerate(columns)] for i, row in enumerate(C)]
    parts = [times(line) for line in series[1:]]
    bends = [times([Q(i == j) for i in range(size)]) for j in range(size)]
    for part in parts:
        M = [[a + c for a, c in zip(*two, strict=True)] for two in zip(M, part, strict=True)]
    for bend, width in zip(bends, unique, strict=True):
        M = [[a + width * c for a, c in zip(*two, strict=True)] for two in zip(M, bend, strict=True)]
    left = [[dot(row, line) for row in C] for line in coefficients(case, structure, series, middle, half)]
    g = [sum((abs(line[i]) for line in left), Q(0)) for i in range(size)]
    radius = fixed(M, g, size)
    speeds = [sum((k * abs(line[j]) for k, line in enumerate(series)), Q(0)) for j in range(size)]
    slant = [sum((k * abs(line[i]) for k, line in enumerate(left)), Q(0)) for i in range(size)]
    for bend, width in zip(bends, radius, strict=True):
        slant = [entry + width * dot(row, speeds) for entry, row in zip(slant, bend, strict=True)]
    return C, radius, fixed(M, slant, size)


def fixed(M, g, size):
    """Return a vector x with M x + g <= x: the solution of x = M x + g, and as much again."""
    columns = [[Q(i == j) - M[i][j] for i in range(size)] for j in range(size)]
    return [2 * entry for entry in solved(columns, g)] if size else []


def up(number, bits=110):
    return Q(-((-number * 2**bits) // 1), 2**bits)


def text(numbers):
    return [str(number) for number in numbers]


def segment(case, structure, low, high, start, trees, vanishing=(), degree=10):
    """Write a segment."""
    low, high = Q(low), Q(high)
    series = curve_of(case, structure, low, high, [Q(entry) for entry in start], degree)
    nus = sum(len(entry["basis"]) for entry in structure.blocks)
    unique = [Q(1, 256)] * nus + [Q(1, 16)] * (len(start) - nus)
    C, radius, slope = tube(case, structure, low, high, series, unique)
    return {
        "low": str(low),
        "high": str(high),
        "blocks": structure.blocks,
        "lineality": [text(line) for line in structure.lineality],
        "watched": structure.watched,
        "coefficients": [text(line) for line in series],
        "unique": text(unique),
        "radius": text(map(up, radius)),
        "slope": text(map(up, slope)),
        "preconditioner": [text(row) for row in C],
        "vanishing": [
            {"end": end, "what": what, "index": index, "wall": wall, "side": side} for end, what, index, wall, side in vanishing
        ],
        "positive": trees[0],
        "negative": trees[1],
    }


def event(kind, low, high):
    return {"kind": kind, "low": str(low), "high": str(high), "symmetry": []}


def document(case, low, segments, links, pieces, breakpoints, gaps=()):
    """Write a certificate."""
    return {
        "format": "reluexact-certificate",
        "version": 1,
        "statement": {
            "kind": "path",
            "problem": {"X": [text(row) for row in case.X], "y": text(case.y), "penalty": str(low)},
            "claim": {"low": str(low), "pieces": pieces, "breakpoints": breakpoints, "gaps": list(gaps)},
        },
        "evidence": {"segments": segments, "links": links},
        "produced_by": {"program": "by hand"},
    }


LEAF = {"rho": {}, "slope": {}}
EPSILON = Q(1, 2**20)


def tight(neuron, **fixed_values):
    return {"neuron": neuron, "solve": [], "fixed": fixed_values}


def around(number):
    return {"low": str(Q(number) - EPSILON), "high": str(Q(number) + EPSILON)}


def neuron(sign, gate, partner=None):
    return {"sign": sign, "gate": gate, "partner": partner}


def two_points():
    """X = (1, 2)', y = (1, 2): a neuron u = 1 enters at 5."""
    case = Case([[Q(1)], [Q(2)]], [Q(1), Q(2)])
    off = [{"split": 0}, tight(0), LEAF]
    trees = (off, [LEAF])
    ray = block("+", "++", (1,))
    segments = [
        segment(
            case, Structure([], watched=[watched("+", "++", (1,))]), "19/4", "6", [], trees, [("low", "watched", 0, None, None)]
        ),
        segment(case, Structure([ray]), "4", "21/4", ["37/8", "1/64"], trees, [("high", "amount", 0, None, None)]),
        segment(case, Structure([ray]), "3", "4", ["7/2", "1/16"], trees),
    ]
    edge = around(5)
    links = [event("enter", edge["low"], edge["high"]), {"kind": "same"}]
    pieces = [
        {"neurons": [], "dimension": 0, "from": None, "to": edge},
        {"neurons": [neuron("+", "++")], "dimension": 0, "from": edge, "to": {"low": "3", "high": "3"}},
    ]
    events = [{"event": "enters", "sign": "+", "gate": "++", "wall": None}]
    return document(case, Q(3), segments, links, pieces, [{**edge, "events": events}])


STEPS = (("2", "5/2", "9/4"), ("3/2", "2", "7/4"), ("5/4", "3/2", "11/8"))
BETWEEN = (("3/2", "7/4", "13/8"), ("5/4", "3/2", "11/8"))


def identity():
    """X = I_2, y = (3, -1): e_1 of sign + enters at 3, e_2 of sign - at 1."""
    case = Case([[Q(1), Q(0)], [Q(0), Q(1)]], [Q(3), Q(-1)])
    first, second = block("+", "+0", (1, 0)), block("-", "0+", (0, 1))
    trees = ([{"split": 0}, tight(0), LEAF], [LEAF])
    both = ([{"split": 0}, tight(0), LEAF], [{"split": 1}, tight(1), LEAF])
    seen = [watched("+", "+0", (1, 0))]
    segments = [
        segment(case, Structure([], watched=seen), "5/2", "5", [], trees, [("low", "watched", 0, None, None)]),
        segment(case, Structure([first]), "5/2", "25/8", ["45/16", "1/16"], trees, [("high", "amount", 0, None, None)]),
        *(segment(case, Structure([first]), low, high, [start, "1/2"], trees) for low, high, start in STEPS),
        segment(
            case,
            Structure([first], watched=[watched("-", "0+", (0, 1))]),
            "15/16",
            "5/4",
            ["35/32", "3/2"],
            both,
            [("low", "watched", 0, None, None)],
        ),
        segment(
            case, Structure([first, second]), "7/8", "9/8", ["1", "1", "2", "1/8"], both, [("high", "amount", 1, None, None)]
        ),
    ]
    edges = [around(3), around(1)]
    links = [event("enter", **edges[0]), *[{"kind": "same"}] * (len(STEPS) + 1), event("enter", **edges[1])]
    neurons = [neuron("+", "+0"), neuron("-", "0+")]
    pieces = [
        {"neurons": [], "dimension": 0, "from": None, "to": edges[0]},
        {"neurons": neurons[:1], "dimension": 0, "from": edges[0], "to": edges[1]},
        {"neurons": neurons, "dimension": 0, "from": edges[1], "to": {"low": "7/8", "high": "7/8"}},
    ]
    breakpoints = [
        {**edge, "events": [{"event": "enters", "sign": one["sign"], "gate": one["gate"], "wall": None}]}
        for edge, one in zip(edges, neurons, strict=True)
    ]
    return document(case, Q(7, 8), segments, links, pieces, breakpoints)


def pair():
    """X = (1, -1)', y = (2, 1): u = 1 enters at 2 and gets its opposite at 1."""
    case = Case([[Q(1)], [Q(-1)]], [Q(2), Q(1)])
    single, watch = block("+", "+-", (1,)), [watched("+", "-+", (-1,))]
    both = Structure([block("+", "+-", (1,), paired=True, share="0", slack="1", hang=0)], lineality=[[Q(1)]])
    half = {"rho": {"0": "1/2"}, "slope": {}}
    trees = ([{"split": 0}, tight(0), tight(1)], [{"split": 0}, half, half])
    alone = ([{"split": 0}, tight(0), LEAF], [{"split": 0}, half, half])
    first = Structure([], watched=[watched("+", "+-", (1,))])
    segments = [
        segment(case, first, "7/4", "3", [], alone, [("low", "watched", 0, None, None)]),
        segment(case, Structure([single]), "7/4", "17/8", ["31/16", "1/32"], alone, [("high", "amount", 0, None, None)]),
        *(segment(case, Structure([single]), low, high, [start, "1/3"], alone) for low, high, start in BETWEEN),
        segment(case, Structure([single], watched=watch), "15/16", "5/4", ["1", "1"], trees, [("low", "watched", 0, None, None)]),
        segment(case, both, "7/8", "9/8", ["1", "1", "0"], trees, [("high", "slack", 0, None, None)]),
    ]
    edges = [around(2), around(1)]
    links = [event("enter", **edges[0]), *[{"kind": "same"}] * 3, event("pairing-begins", **edges[1])]
    pieces = [
        {"neurons": [], "dimension": 0, "from": None, "to": edges[0]},
        {"neurons": [neuron("+", "+-")], "dimension": 0, "from": edges[0], "to": edges[1]},
        {
            "neurons": [neuron("+", "+-", 1), neuron("+", "-+", 0)],
            "dimension": 0,
            "from": edges[1],
            "to": {"low": "7/8", "high": "7/8"},
        },
    ]
    events = [
        {"event": "enters", "sign": "+", "gate": "+-", "wall": None},
        {"event": "pairs", "sign": "+", "gate": "-+", "wall": None},
    ]
    breakpoints = [{**edge, "events": [one]} for edge, one in zip(edges, events, strict=True)]
    return document(case, Q(7, 8), segments, links, pieces, breakpoints)


def both_of_identity(low, high, vanishing):
    """Return a segment of :func:`identity` with both neurons, with other flags than it needs."""
    case = Case([[Q(1), Q(0)], [Q(0), Q(1)]], [Q(3), Q(-1)])
    rays = [block("+", "+0", (1, 0)), block("-", "0+", (0, 1))]
    trees, middle = ([{"split": 0}, tight(0), LEAF], [{"split": 1}, tight(1), LEAF]), (Q(low) + Q(high)) / 2
    start = [middle, middle, 3 / middle - 1, 1 / middle - 1]
    return segment(case, Structure(rays), low, high, start, trees, vanishing)


def together(apart):
    """X = I_2, y = (2, -2 - apart): two neurons enter, said to be one event at 2."""
    case = Case([[Q(1), Q(0)], [Q(0), Q(1)]], [Q(2), -Q(2) - apart])
    rays = [("+", "+0", (1, 0)), ("-", "0+", (0, 1))]
    signs = [("low", "watched", 0, None, None), ("low", "watched", 1, None, None)]
    enters = [("high", "amount", 0, None, None), ("high", "amount", 1, None, None)]
    trees = ([{"split": 0}, tight(0), LEAF], [{"split": 1}, tight(1), LEAF])
    segments = [
        segment(case, Structure([], watched=[watched(*ray) for ray in rays]), "7/4", "3", [], trees, signs),
        segment(case, Structure([block(*ray) for ray in rays]), "7/4", "17/8", ["31/16", "31/16", "1/32", "1/32"], trees, enters),
    ]
    edge, end = around(2), {"low": "7/4", "high": "7/4"}
    neurons = [neuron(sign, gate) for sign, gate, _ in rays]
    pieces = [
        {"neurons": [], "dimension": 0, "from": None, "to": edge},
        {"neurons": neurons, "dimension": 0, "from": edge, "to": end},
    ]
    events = [{"event": "enters", "sign": sign, "gate": gate, "wall": None} for sign, gate, _ in rays]
    return document(case, Q(7, 4), segments, [event("enter", **edge)], pieces, [{**edge, "events": events}])


def narrow(reach):
    """X = I_3, y = (3, 4, -1): a neuron of two rows enters at 5, one of the third row at 1; above it the first spans a ray.

    The ray holds the neuron; what its rows reach is the plane, which is its span below. reach: the span above.
    """
    case = Case([[Q(i == j) for j in range(3)] for i in range(3)], [Q(3), Q(4), Q(-1)])
    above, below = block("+", "++0", *reach), block("+", "++0", (1, 0, 0), (0, 1, 0))
    third = ("-", "00+", (0, 0, 1))
    first = [{"split": 0}, {"split": 1}, tight(0), LEAF, LEAF]
    trees, both = (first, [LEAF]), (first, [{"split": 2}, tight(1), LEAF])
    nu = ["1"] if len(reach) == 1 else ["3", "4"]
    seen = [watched("+", "++0", *reach)]
    low, high = ("low", "watched", 0, None, None), ("high", "amount", 0, None, None)
    near = [Q(x) * Q(7, 32) for x in nu]
    segments = [
        segment(case, Structure([], watched=seen), "9/2", "8", [], trees, [low]),
        segment(case, Structure([above]), "39/8", "81/16", [*(Q(x) for x in nu), "1/128"], trees, [high]),
        segment(case, Structure([above], watched=[watched(*third)]), "15/16", "5/4", [*near, "7/2"], both, [low]),
        segment(
            case,
            Structure([below, block(*third)]),
            "7/8",
            "9/8",
            ["3/5", "4/5", "1", "4", "1/128"],
            both,
            [("high", "amount", 1, None, None)],
        ),
    ]
    links = [event("enter", **around(5)), {"kind": "gap", "low": "5/4", "high": "39/8"}, event("enter", **around(1))]
    first_neuron, last = neuron("+", "++0"), neuron("-", "00+")
    places = [around(5), {"low": "39/8", "high": "39/8"}, {"low": "5/4", "high": "5/4"}, around(1), {"low": "7/8", "high": "7/8"}]
    pieces = [
        {"neurons": [], "dimension": 0, "from": None, "to": places[0]},
        {"neurons": [first_neuron], "dimension": 0, "from": places[0], "to": places[1]},
        {"neurons": [first_neuron], "dimension": 0, "from": places[2], "to": places[3]},
        {"neurons": [first_neuron, last], "dimension": 0, "from": places[3], "to": places[4]},
    ]
    breakpoints = [
        {**edge, "events": [{"event": "enters", "sign": one["sign"], "gate": one["gate"], "wall": None}]}
        for edge, one in ((places[0], first_neuron), (places[3], last))
    ]
    return document(case, Q(7, 8), segments, links, pieces, breakpoints, [{"low": "5/4", "high": "39/8"}])


def gap():
    """Leave open what is between 11/8 and 13/8 in the path of :func:`pair`."""
    made = pair()
    claim, low, high = made["statement"]["claim"], "11/8", "13/8"
    made["evidence"]["links"][2] = {"kind": "gap", "low": low, "high": high}
    claim["gaps"] = [{"low": low, "high": high}]
    whole = claim["pieces"][1]
    claim["pieces"][1:2] = [{**whole, "to": {"low": high, "high": high}}, {**whole, "from": {"low": low, "high": low}}]
    return made


GOOD = {"path-two-points": two_points, "path-identity": identity, "path-pair": pair, "path-gap": gap}
"""Certificates by their names in tests/good."""
