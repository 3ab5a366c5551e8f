"""Kind `classification`, what kind of point a network is: K1 to K8."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import ROUND_FLOOR
from fractions import Fraction
from functools import partial
from itertools import pairwise

from ..document import Item
from ..duality import b1_trees
from ..linear import dot, pivots
from ..loss import dual_value, residual_and_objective
from ..problem import Problem, read_network
from ..quantities import ZERO, Vector, decimal
from ..trees import Cone, Tree, good_leaf, multipliers, walk
from ..walls import Walls, bent, make_walls, whole_profile

MAX_PULLS = 1 << 18
PROPERTIES = ("global_minimum", "local_minimum", "directional", "sub_sampled", "clarke")
"""Each implies the next, but the last two, which the third implies, do not imply one another."""


@dataclass(frozen=True, slots=True)
class Pull:
    """What a neuron (w, a) feels: along (h, c) the objective has the one-sided derivative ``slope c - pull(h)``.

    ``pull(h) = linear.h + sum_k kinks[k] (n_k.h)+``; `walls` are those of the rows with x_i.w = 0 alone, under the usual names.
    `excess` is |w|^2 - a^2, `zero` says that a = 0.
    """

    walls: Walls
    kinks: Vector
    linear: Vector
    slope: Fraction
    excess: Fraction
    zero: bool

    def tree(self, item: Item, duty: str, leaf: Callable[[Tree, Item, Cone], None]) -> None:
        """Walk a tree over the walls round the neuron."""
        walk(Tree(item, self.walls, whole_profile(self.walls, self.kinks, self.linear), duty, duty, leaf))

    def gradient(self, gates: Iterable[Fraction | int]) -> Vector:
        """Return ``linear + sum_k gates[k] kinks[k] n_k``."""
        total = list(self.linear)
        for gate, kink, normal in zip(gates, self.kinks, self.walls.normals, strict=True):
            if gate and kink:
                total = [entry + gate * kink * x for entry, x in zip(total, normal, strict=True)]
        return total

    def positive(self, direction: Vector) -> bool:
        """Decide whether the pull along a direction is positive."""
        return dot(self.gradient(dot(normal, direction) > 0 for normal in self.walls.normals), direction) > 0

    def sides(self, item: Item, chosen: Iterable[int]) -> list[int]:
        """Read a point off the chosen walls; return its sides, 0 for the other walls."""
        point, sides = item.vector(len(self.linear)), [0] * len(self.kinks)
        for wall in chosen:
            value = dot(self.walls.normals[wall], point)
            if not value:
                raise item.reject(f"the point lies on the wall {self.walls.heads[wall]}, not inside of a cell")
            sides[wall] = 1 if value > 0 else -1
        return sides


def make_pull(problem: Problem, theta: Vector, w: Vector, a: Fraction) -> Pull:
    """Compute the pull on one neuron."""
    heights = [dot(row, w) for row in problem.X]
    nothing = (ZERO,) * len(w)
    near = [nothing if height else row for row, height in zip(problem.X, heights, strict=True)]
    walls, forces = make_walls(near), [a * value for value in theta]
    kinks, linear = bent(near, walls, forces)
    linear = [entry - problem.penalty * x for entry, x in zip(linear, w, strict=True)]
    for row, height, force in zip(problem.X, heights, forces, strict=True):
        if height > 0:
            linear = [entry + force * x for entry, x in zip(linear, row, strict=True)]
    slope = problem.penalty * a - dot(theta, (max(ZERO, height) for height in heights))
    return Pull(walls, kinks, linear, slope, dot(w, w) - a * a, not a)


def check_classification(problem: Problem, claim: Item, evidence: Item, lines: list[str]) -> None:
    """Check K1-K8: what is claimed of one network."""
    network, objective, claimed = claim.fields("network", "objective", "properties")
    hidden, output = read_network(problem, network)
    if len(output) * len(problem.X) > MAX_PULLS:
        raise network.reject(f"K1: more than {MAX_PULLS} pairs of a neuron and a row")
    theta, value = residual_and_objective(problem, hidden, output)
    if objective.number() != value:
        raise objective.reject("K1: this is not the objective of the network")
    answers = dict(zip(PROPERTIES, claimed.fields(*PROPERTIES), strict=True))
    for item in answers.values():
        if item.text() not in ("proved", "refuted", "undecided"):
            raise item.reject('"proved", "refuted" or "undecided" is expected here')
    lines.append(f"claim (classification): a network of {len(output)} hidden neurons, objective {decimal(value, ROUND_FLOOR)}")
    lines += [f"{name.replace('_', ' ')}: {item.value}" for name, item in answers.items()]
    pulls = [make_pull(problem, theta, w, a) for w, a in zip(hidden, output, strict=True)]
    known = dict.fromkeys(("clarke", "sub_sampled"), "refuted") if any(pull.slope or pull.excess for pull in pulls) else {}
    shown = k_checks(problem, theta, value, pulls)
    for (name, answer), item in zip(answers.items(), evidence.fields(*PROPERTIES), strict=True):
        if item.value is not None:
            if (name, answer.value) not in shown:
                raise item.reject("K8: nothing is expected here; it follows from other answers, or is not decided")
            shown[name, str(answer.value)](item)
            known[name] = str(answer.value)
    k8_implied(known, any(pull.zero for pull in pulls))
    for name, item in answers.items():
        if item.value not in ("undecided", known.get(name)):
            raise item.reject("K8: this does not follow from what is shown")


def k_checks(
    problem: Problem, theta: Vector, value: Fraction, pulls: list[Pull]
) -> dict[tuple[str, str], Callable[[Item], None]]:
    """Return what shows each answer; a local minimum is shown by other answers alone."""
    return {
        ("global_minimum", "proved"): partial(k7_dual, problem, theta, value),
        ("global_minimum", "refuted"): partial(k7_better, problem, value),
        ("local_minimum", "refuted"): partial(k6_second_order, problem, theta, pulls),
        ("directional", "proved"): partial(k3_pieces, pulls),
        ("directional", "refuted"): partial(k3_descent, pulls),
        ("sub_sampled", "proved"): partial(k5_columns, pulls),
        ("sub_sampled", "refuted"): partial(k5_blocked, pulls),
        ("clarke", "proved"): partial(k4_gates, pulls),
        ("clarke", "refuted"): partial(k4_separated, pulls),
    }


def k2_flat(pulls: list[Pull], item: Item, balanced: bool = False) -> None:
    """K2: the derivatives for the output weights are 0; the neurons are balanced."""
    for j, pull in enumerate(pulls):
        if pull.slope:
            raise item.reject(f"K2: the derivative for the output weight of neuron {j} is not 0")
        if balanced and pull.excess:
            raise item.reject(f"K2: neuron {j} is not balanced")


def k3_pieces(pulls: list[Pull], item: Item) -> None:
    """K3, proved: no neuron is pulled in any direction."""
    k2_flat(pulls, item)
    leaf = partial(good_leaf, limit=ZERO, strict=False)
    for pull, tree in zip(pulls, item.entries(len(pulls)), strict=True):
        pull.tree(tree, "K3", leaf)


def k3_descent(pulls: list[Pull], item: Item) -> None:
    """K3, refuted: a neuron is pulled in this direction."""
    index, direction = item.fields("neuron", "direction")
    pull = pulls[index.index(len(pulls))]
    if not pull.positive(direction.vector(len(pull.linear))):
        raise direction.reject("K3: the objective does not fall along this direction")


def k4_gates(pulls: list[Pull], item: Item) -> None:
    """K4, proved: 0 is a convex combination of the gradients on the cells round each neuron."""
    k2_flat(pulls, item)
    for pull, entry in zip(pulls, item.entries(len(pulls)), strict=True):
        combine = k4_cells if "cells" in entry.table() else k4_box
        if any(combine(pull, entry)):
            raise entry.reject("K4: this is not 0")


def k4_box(pull: Pull, item: Item) -> Vector:
    """K4: gates in [0, 1]; each such gradient is one of the hull where normals are independent, or kinks of one sign."""
    (gates,) = item.fields("gates")
    bending = [wall for wall, kink in enumerate(pull.kinks) if kink]
    one_sign = len({pull.kinks[wall] > 0 for wall in bending}) < 2
    if not one_sign and len(pivots(list(pull.walls.normals[wall]) for wall in bending)) < len(bending):
        raise item.reject("K4: the normals of these walls are dependent, and they bend both ways; give cells")
    chosen = multipliers(gates, pull.walls, [0] * len(pull.kinks), decided=False)
    if any(not 0 <= gate <= 1 for gate in chosen.values()):
        raise gates.reject("K4: a gate is not between 0 and 1")
    return pull.gradient(chosen.get(wall, ZERO) for wall in range(len(pull.kinks)))


def k4_cells(pull: Pull, item: Item) -> Vector:
    """K4: cells with shares that add up to 1."""
    (cells,) = item.fields("cells")
    bending = [wall for wall, kink in enumerate(pull.kinks) if kink]
    total, whole = [ZERO] * len(pull.linear), ZERO
    for cell in cells.entries():
        share_item, inside = cell.fields("share", "inside")
        share = share_item.number()
        if share < 0:
            raise share_item.reject("K4: the share is negative")
        gradient = pull.gradient(side > 0 for side in pull.sides(inside, bending))
        total, whole = [a + share * b for a, b in zip(total, gradient, strict=True)], whole + share
    if whole != 1:
        raise cells.reject("K4: the shares do not add up to 1")
    return total


def k4_separated(pulls: list[Pull], item: Item) -> None:
    """K4, refuted: the gradients on all cells round a neuron are on one side of 0."""
    index, direction_item, tree = item.fields("neuron", "direction", "tree")
    pull = pulls[index.index(len(pulls))]
    pull.tree(tree, "K4", partial(k4_leaf, direction_item.vector(len(pull.linear))))


def k4_leaf(direction: Vector, tree: Tree, node: Item, cone: Cone) -> None:
    """K4: on the cells of this cone the gradient's product with the direction is positive, whatever the open sides."""
    node.fields()
    low = dot(map(Fraction, cone.base), direction)
    for side, piece in zip(cone.side, tree.profile.pieces, strict=True):
        low += 0 if side else min(ZERO, dot(map(Fraction, piece), direction))
    if low <= 0:
        raise node.reject("K4: the direction does not separate these cells from 0")


def k5_columns(pulls: list[Pull], item: Item) -> None:
    """K5, proved: each neuron that is not zero has a cell in which it is not pulled in any direction."""
    k2_flat(pulls, item, balanced=True)
    for pull, entry in zip(pulls, item.entries(len(pulls)), strict=True):
        if entry.value is None and pull.zero:
            continue
        inside, rho = entry.fields("inside", "rho")
        sides = pull.sides(inside, range(len(pull.kinks)))
        total = pull.gradient(side > 0 for side in sides)
        for wall, factor in multipliers(rho, pull.walls, sides, decided=True).items():
            total = [a + sides[wall] * factor * x for a, x in zip(total, pull.walls.normals[wall], strict=True)]
        if any(total):
            raise entry.reject("K5: the multipliers do not hold the neuron in this cell")


def k5_blocked(pulls: list[Pull], item: Item) -> None:
    """K5, refuted: every closed cell round this neuron contains a direction in which it is pulled."""
    index, tree = item.fields("neuron", "tree")
    pull = pulls[index.index(len(pulls))]
    pull.tree(tree, "K5", partial(k5_leaf, pull))


def k5_leaf(pull: Pull, tree: Tree, node: Item, cone: Cone) -> None:
    """K5: the direction is in the closure of every cell of this cone."""
    (item,) = node.fields("direction")
    direction = item.vector(len(pull.linear))
    for wall, side, normal in zip(tree.walls.heads, cone.side, pull.walls.normals, strict=True):
        value = dot(normal, direction)
        if side * value < 0 or (value and not side):
            raise item.reject(f"K5: the direction leaves cells at the wall {wall}")
    if not pull.positive(direction):
        raise item.reject("K5: the objective does not fall along this direction")


def k6_second_order(problem: Problem, theta: Vector, pulls: list[Pull], item: Item) -> None:
    """K6: a zero neuron, and ``s theta.(Xu)+ > b |u|``."""
    index, sign, direction_item = item.fields("neuron", "sign", "direction")
    pull = pulls[index.index(len(pulls))]
    if not pull.zero or pull.excess:
        raise index.reject("K6: this neuron is not zero")
    side = sign.sign()
    u = direction_item.vector(len(problem.X[0]))
    value = side * dot(theta, (max(ZERO, dot(row, u)) for row in problem.X))
    if value <= 0 or value**2 <= problem.penalty**2 * dot(u, u):
        raise direction_item.reject("K6: this neuron does not lower the objective")


def k7_dual(problem: Problem, theta: Vector, value: Fraction, item: Item) -> None:
    """K7, proved: the residual is dual feasible, and its dual value is the objective."""
    b1_trees(problem, theta, *item.fields("positive", "negative"))
    if value > dual_value(problem, theta):
        raise item.reject("K7: the objective is above the dual value of the residual")


def k7_better(problem: Problem, value: Fraction, item: Item) -> None:
    """K7, refuted: another network is better."""
    if residual_and_objective(problem, *read_network(problem, item))[1] >= value:
        raise item.reject("K7: this network is not better")


def k8_implied(known: dict[str, str], zeros: bool) -> None:
    """K8: close what is known under the implications."""
    for one, other in pairwise(PROPERTIES[:3]):
        if known.get(one) == "proved":
            known[other] = "proved"
    if known.get("directional") == "proved":
        known |= dict.fromkeys(("clarke", "sub_sampled"), "proved")
        if not zeros:
            known["local_minimum"] = "proved"
    if "refuted" in (known.get("clarke"), known.get("sub_sampled")):
        known["directional"] = "refuted"
    for one, other in pairwise(PROPERTIES[2::-1]):
        if known.get(one) == "refuted":
            known[other] = "refuted"
