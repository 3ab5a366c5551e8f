"""Kind `width-optimum`, the best networks of a given width: W1 to W4."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from ..document import ANY, Item
from ..loss import dual_value, residual_and_objective
from ..problem import Problem, read_network
from ..quantities import Vector, interval_text
from ..trees import Tree, good_leaf, walk
from ..walls import Walls, make_profile, make_walls

Region = tuple[int, frozenset[tuple[int, int]]]
"""Where a neuron may lie: its sign, and the walls that are decided there, with their sides."""
Assignment = dict[Region, int]
"""How many neurons lie in each region, in an order that the rules of splitting fix."""
MAX_REGIONS = 2**23


@dataclass(frozen=True, slots=True)
class Covering:
    """A residual is feasible on this region, if the tree is right."""

    region: Region
    tree: Item


def check_width_optimum(problem: Problem, claim: Item, evidence: Item, lines: list[str]) -> None:
    """Check W1-W4: the least objective of a network of at most `width` neurons lies between low and high."""
    width_item, low_item, high_item, network = claim.fields("width", "low", "high", "network")
    tree, points = evidence.fields("tree", "points")
    width, low, high = width_item.index(ANY), low_item.number(), high_item.number()
    neurons = "1 neuron" if width == 1 else f"{width} neurons"
    lines.append(f"claim (width-optimum): the optimum over networks of at most {neurons} lies in {interval_text(low, high)}")
    w1_network(problem, network, width, high, high_item)
    walls = make_walls(problem.X)
    known = [w4_point(problem, walls, point, low) for point in points.entries()]
    w2_tree(walls, tree, width, [[covering.region for covering in coverings] for _, coverings in known])
    for theta, coverings in known:
        w3_feasible(problem, walls, theta, coverings)


def w1_network(problem: Problem, network: Item, width: int, high: Fraction, item: Item) -> None:
    """W1: the network has at most `width` neurons, and its objective is at most `high`."""
    hidden, output = read_network(problem, network)
    if len(output) > width:
        raise network.table()["output"].reject(f"W1: the network has {len(output)} neurons")
    if high < residual_and_objective(problem, hidden, output)[1]:
        raise item.reject("W1: below the objective of the network")


def w4_point(problem: Problem, walls: Walls, item: Item, low: Fraction) -> tuple[Vector, list[Covering]]:
    """Read a dual point with its regions; W4, weak duality: ``low <= y.theta - |theta|^2 / 2``."""
    residual, coverings_item = item.fields("residual", "coverings")
    theta = residual.vector(len(problem.y))
    if low > dual_value(problem, theta):
        raise residual.reject("W4: the dual value of the residual is below the lower end of the claim")
    coverings = []
    for covering in coverings_item.entries():
        sign, on, off, tree = covering.fields("sign", "on", "off", "tree")
        side_of_output = sign.sign()
        sides: dict[int, int] = {}
        for names, side in ((on, 1), (off, -1)):
            for name in names.entries():
                wall = walls.wall(name)
                if wall < 0 or wall in sides:
                    raise name.reject("W3: not the name of a wall, or named twice")
                sides[wall] = side
        coverings.append(Covering((side_of_output, frozenset(sides.items())), tree))
    return theta, coverings


def w2_tree(walls: Walls, root: Item, width: int, points: list[list[Region]]) -> None:
    """W2: the trees, one for each number of neurons of sign + from `width` to 0, cover all networks of the width."""
    roots, stack = iter(range(width, -1, -1)), list[Assignment]()
    room = MAX_REGIONS
    for node in root.entries():
        if not stack and (positive := next(roots, -1)) < 0:
            raise node.reject("W2: the tree is complete before this node")
        assignment = stack.pop() if stack else whole_space(width, positive)
        if "split" in node.table():
            stack += w2_split(walls, node, assignment)
            room -= sum(1 + len(sides) for part in stack[-2:] for _, sides in part)
        else:
            (number,) = node.fields("point")
            coverings = points[number.index(len(points))]
            room -= len(assignment) * sum(1 + len(cone) for _, cone in coverings)
            if room >= 0 and not all(any(s == sign and cone <= sides for s, cone in coverings) for sign, sides in assignment):
                raise number.reject("W2: the point is not known to be feasible on a region of this leaf")
        if room < 0:
            raise node.reject(f"W2: more than {MAX_REGIONS} regions to look at")
    if stack or next(roots, -1) >= 0:
        raise root.reject("W2: the tree ends before all networks are covered")


def whole_space(width: int, positive: int) -> Assignment:
    """Return the networks with so many neurons of sign +, and the rest of sign -, anywhere."""
    counts = {(sign, frozenset[tuple[int, int]]()): count for sign, count in ((1, positive), (-1, width - positive))}
    return {region: count for region, count in counts.items() if count}


def w2_split(walls: Walls, node: Item, assignment: Assignment) -> list[Assignment]:
    """W2: return the networks of which all neurons of a region are off, and those of which one of them is on.

    Neurons of one region are interchangeable, and so are those of equal regions, which are counted together.
    """
    name, place = node.fields("split", "region")
    region = list(assignment)[place.index(len(assignment))]
    wall = walls.wall(name)
    if wall < 0 or any(wall == known for known, _ in region[1]):
        raise name.reject("W2: not the name of a wall that is undecided in this region")
    count = assignment[region]
    off = {other: number for other, number in assignment.items() if other != region}
    on = {other: number - (other == region) for other, number in assignment.items() if other != region or number > 1}
    for table, side, number in ((on, 1, 1), (off, -1, count)):
        part = region[0], region[1] | {(wall, side)}
        table[part] = table.get(part, 0) + number
    return [off, on]


def w3_feasible(problem: Problem, walls: Walls, theta: Vector, coverings: list[Covering]) -> None:
    """W3: on each of its regions the residual is feasible, ``sign theta.(Xu)+ <= b |u|``."""
    leaf = partial(good_leaf, limit=problem.penalty, strict=False)
    profiles = {sign: make_profile(problem, walls, theta, sign) for sign in {covering.region[0] for covering in coverings}}
    for covering in coverings:
        sign, sides = covering.region
        walk(Tree(covering.tree, walls, profiles[sign], "W3", "W3", leaf, tuple(sorted(sides))))
