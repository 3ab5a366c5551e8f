"""Kind `descent-path`, a path on which the objective never rises: D1 to D7."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_FLOOR
from fractions import Fraction

from ..columns import read_cell
from ..document import Item, show
from ..linear import dot
from ..loss import loss, residual_and_objective
from ..network.existing import prove_network
from ..network.o1_structure import NETWORK
from ..network.o7_tight_leaves import leaf_parts, o7_leaf
from ..network.proof import Proof
from ..polytope.s1_amounts import s1_polytope
from ..polytope.s2_labels import s2_point, support
from ..problem import Problem, read_network
from ..quantities import ONE, ZERO, Interval, Matrix, Vector, decimal
from ..radicals import Constant, Radicals, lies_in, plus, sign_of
from ..walls import Walls, make_walls
from .optimum import EVIDENCE, prove_optimum

MAX_SLOTS = 1 << 10


@dataclass(frozen=True, slots=True)
class Held:
    """A neuron in a slot of the path: its sign and the gates of its rows; known exactly, or up to its length by a unit direction.

    vector: |a| w exactly, feature: sign (X vector)+, length: |vector|; empty for a neuron of a network that a piece led to.
    """

    sign: int
    gate: str
    vector: Vector = field(default_factory=list)
    feature: Vector = field(default_factory=list)
    length: Constant = field(default_factory=dict)
    direction: list[Interval] = field(default_factory=list)

    def lies_in(self, walls: Walls, sides: Sequence[int]) -> bool:
        """Decide whether a closed cell holds the neuron."""
        gates = (self.gate[head] for head in walls.heads)
        return all(gate == "0" or (gate == "+") is (side > 0) for gate, side in zip(gates, sides, strict=True))

    def scaled(self, scale: Fraction) -> Held:
        """Return the neuron times a positive number."""
        vector, feature = ([scale * entry for entry in entries] for entries in (self.vector, self.feature))
        return replace(self, vector=vector, feature=feature, length=plus({}, scale, self.length))


Slots = list[Held | None]


@dataclass(frozen=True, slots=True)
class Way:
    """What all pieces of a path are about; loss is that of the given network, which no rational piece changes."""

    problem: Problem
    walls: Walls
    radicals: Radicals
    loss: Fraction

    def held(self, sign: int, vector: Vector) -> Held:
        """Return a neuron that is known exactly."""
        heights, square = [dot(row, vector) for row in self.problem.X], dot(vector, vector)
        gate = "".join("+" if h > 0 else "-" if h < 0 else "0" for h in heights)
        root = self.radicals.root(square.numerator * square.denominator) if square else {}
        feature = [sign * max(ZERO, h) for h in heights]
        return Held(sign, gate, vector, feature, plus({}, Fraction(1, square.denominator), root))

    def value(self, slots: Slots, duty: str, item: Item) -> None:
        """Demand the objective of the balanced network in its box."""
        total = lengths(slots, [ONE] * len(slots))
        if not lies_in(plus({1: self.loss}, self.problem.penalty, total), item.box()):
            raise item.reject(f"{duty}: the objective after the piece is not in this box")


def lengths(slots: Slots, factors: Sequence[Fraction]) -> Constant:
    """Return the sum of factor * |v|."""
    total: Constant = {}
    for held, factor in zip(slots, factors, strict=True):
        for q, entry in (held.length if held is not None and factor else {}).items():
            total[q] = total.get(q, ZERO) + factor * entry
    return {q: entry for q, entry in total.items() if entry}


def check_descent_path(problem: Problem, claim: Item, evidence: Item, lines: list[str]) -> None:
    """Check D1-D7: a path of networks of one width down to the global optimum."""
    network, start, pieces = claim.fields("network", "start", "pieces")
    hidden, output = read_network(problem, network)
    if len(output) > MAX_SLOTS:
        raise network.table()["output"].reject(f"D1: more than {MAX_SLOTS} neurons")
    lines.append(f"claim (descent-path): a path in {len(pieces.entries())} pieces from a network of width {len(output)}")
    fixed = d1_start(problem, hidden, output, start)
    lines.append(f"the objective never rises, from {decimal(start.number(), ROUND_FLOOR)} to the optimum over all widths")
    way = Way(problem, make_walls(problem.X), Radicals(), fixed)
    slots: Slots = [
        way.held(1 if a > 0 else -1, [abs(a) * entry for entry in w]) if a and any(w) else None
        for w, a in zip(hidden, output, strict=True)
    ]
    balanced = all(dot(w, w) == a * a for w, a in zip(hidden, output, strict=True))
    (parts_item,) = evidence.fields("pieces")
    kinds = d1_kinds(pieces, balanced)
    for place, (piece, kind, parts) in enumerate(zip(pieces.entries(), kinds, parts_item.entries(len(kinds)), strict=True)):
        value = piece.fields("kind", "value")[1]
        if kind == "interpolate":
            slots = d5_interpolate(way, slots, value, parts, place + 1 == len(kinds), lines)
            continue
        slots = {"balance": d2_balance, "merge": d3_merge, "prune": d4_prune}[kind](way, slots, parts)
        way.value(slots, {"balance": "D2", "merge": "D3", "prune": "D4"}[kind], value)


def d1_start(problem: Problem, hidden: Matrix, output: Vector, item: Item) -> Fraction:
    """D1: the objective of the given network; returns the part that is not the penalty."""
    theta, value = residual_and_objective(problem, hidden, output)
    if item.number() != value:
        raise item.reject("D1: this is not the objective of the network")
    return loss(theta)


def d1_kinds(pieces: Item, balanced: bool) -> list[str]:
    """D1: balance is first, and there unless the network is balanced; merge and prune come before interpolate, which is last."""
    kinds, straight = list[str](), False
    for piece in pieces.entries():
        kind = piece.fields("kind", "value")[0]
        kinds.append(kind.text())
        if kind.value not in ("balance", "merge", "prune", "interpolate"):
            raise kind.reject('D1: "balance", "merge", "prune" or "interpolate" is expected here')
        if kind.value == "balance" and len(kinds) > 1:
            raise kind.reject("D1: only the first piece balances")
        if straight and kind.value != "interpolate":
            raise kind.reject("D1: this piece must come before the first interpolation")
        straight = kind.value == "interpolate"
    if not kinds or kinds[-1] != "interpolate":
        raise pieces.reject("D1: the last piece must be an interpolation, to the optimum")
    if not balanced and kinds[0] != "balance":
        raise pieces.reject("D1: the network is not balanced; the first piece must balance it")
    return kinds


def d2_balance(way: Way, slots: Slots, parts: Item) -> Slots:
    """D2: nothing but the value is to be checked; the neurons are written balanced, and those with w = 0 or a = 0 are gone."""
    parts.fields()
    return slots


def d3_merge(way: Way, slots: Slots, parts: Item) -> Slots:
    """D3: the neurons of a group have one sign and lie in one closed cell; they all move into the first."""
    (groups,) = parts.fields("groups")
    merged, used = slots.copy(), set[int]()
    if not groups.entries():
        raise groups.reject("D3: there is no group")
    for group in groups.entries():
        places = [item.index(len(slots)) for item in group.entries()]
        held = [neuron for place in places if (neuron := slots[place]) is not None]
        if len(places) < 2 or len(held) < len(places) or used & {*places} or len({*places}) < len(places):
            raise group.reject("D3: a group is two or more slots that hold a neuron, each in one group once")
        used |= {*places}
        gates = [{*column} for column in zip(*(neuron.gate for neuron in held), strict=True)]
        if len({neuron.sign for neuron in held}) > 1 or any(gate >= {"+", "-"} for gate in gates):
            raise group.reject("D3: these neurons have not one sign and one closed cell")
        vectors = [neuron.vector for neuron in held]
        for place in places:
            merged[place] = None
        merged[places[0]] = way.held(held[0].sign, [sum(entries, ZERO) for entries in zip(*vectors, strict=True)])
    return merged


def d4_prune(way: Way, slots: Slots, parts: Item) -> Slots:
    """D4: v_j (1 - t beta_j) keeps the fit, and the sum of |v_j| does not rise; the neurons with the largest beta go."""
    (item,) = parts.fields("null_vector")
    beta = item.vector(len(slots))
    if any(entry and held is None for entry, held in zip(beta, slots, strict=True)):
        raise item.reject("D4: an empty slot has an entry")
    peak = max(beta, default=ZERO)
    if peak <= 0:
        raise item.reject("D4: no entry is positive")
    change = [ZERO] * len(way.problem.y)
    for held, entry in zip(slots, beta, strict=True):
        if held is not None and entry:
            change = [a + entry * f for a, f in zip(change, held.feature, strict=True)]
    if any(change):
        raise item.reject("D4: the fit changes")
    if sign_of(lengths(slots, beta)) < 0:
        raise item.reject("D4: the sum of the lengths rises")
    scales = [1 - entry / peak for entry in beta]
    return [held.scaled(scale) if held is not None and scale else None for held, scale in zip(slots, scales, strict=True)]


def d5_interpolate(way: Way, slots: Slots, value: Item, parts: Item, last: bool, lines: list[str]) -> Slots:
    """D5: the network led to is proved, and each of its neurons has a slot; D6: the objective does not rise; D7: the last one."""
    names = EVIDENCE if last else NETWORK
    residual, neurons, label, places, reasons, *rest = parts.fields("residual", "neurons", "label", "slots", "reasons", *names)
    claim, evidence = [value, residual, neurons], dict(zip(names, rest, strict=True))
    proof = prove_optimum(way.problem, claim, rest, lines) if last else prove_network(way.problem, claim, evidence)
    polytope = s1_polytope(proof)
    wanted = support(polytope, s2_point(polytope, label, perturbed=False))
    chosen = [None if item.value is None else item.index(len(proof.neurons)) for item in places.entries(len(slots))]
    if sorted(k for k in chosen if k is not None) != sorted(wanted):
        raise places.reject(f"D5: the neurons {show(str([*wanted]))} must each have one slot")
    d6_slope(way, proof, slots, chosen, reasons)
    found: Slots = []
    for k in chosen:
        neuron = None if k is None else proof.neurons[k]
        found.append(None if neuron is None else Held(neuron.sign, neuron.gate, direction=neuron.direction))
    return found


def d6_slope(way: Way, proof: Proof, slots: Slots, chosen: list[int | None], reasons: Item) -> None:
    """D6: for the neuron v of a slot, s theta.(Xv)+ <= b u.v in a slot shared with the neuron u, else s theta.(Xv)+ <= b |v|."""
    thetas = [proof.enclosure(proof.entry(i)) for i in range(len(way.problem.y))]
    for held, k, item in zip(slots, chosen, reasons.entries(len(slots)), strict=True):
        if held is None:
            if item.value is not None:
                raise item.reject("D6: an empty slot needs no reason")
        elif item.value is not None:
            cell, leaf = item.fields("cell", "leaf")
            sides = read_cell(way.walls, cell)
            if not held.lies_in(way.walls, sides):
                raise cell.reject("D6: the cell does not hold the neuron of the slot")
            o7_leaf(proof, proof.views[-1], held.sign, leaf, sides)
            if k is not None and leaf_parts(leaf)[0].value != k:
                raise leaf.reject("D6: this is not the neuron that shares the slot")
        elif k is not None:
            raise item.reject("D6: a shared slot needs a cell that holds both neurons")
        elif not d6_below(proof, held, thetas):
            raise item.reject("D6: the neuron of the slot is not proved to keep the bound; the objective may rise")


def d6_below(proof: Proof, held: Held, thetas: list[Interval]) -> bool:
    """D6: prove s theta.(Xv)+ <= b |v| at one neuron, for every theta of the box."""
    X, b = proof.problem.X, proof.problem.penalty
    if held.vector:
        most = proof.enclosure(proof.form(held.feature))[1]
        return most <= 0 or most * most <= b * b * dot(held.vector, held.vector)
    most = ZERO
    for row, gate, theta in zip(X, held.gate, thetas, strict=True):
        if gate == "+":
            ends = [sorted((x * low, x * high)) for x, (low, high) in zip(row, held.direction, strict=True)]
            low, high = (sum(side, ZERO) for side in zip(*ends, strict=True))
            most += max(held.sign * t * height for t in theta for height in (low, high))
    return most <= b
