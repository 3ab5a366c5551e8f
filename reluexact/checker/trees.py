"""Trees, which prove upper bounds of a function over walls; see "Trees" in CERTIFICATE.md."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from .document import Item, ratio
from .linear import ROUND, norm_up
from .walls import Profile, Walls

MAX_PENDING = 1 << 25
"""Sides of walls in the cones of a tree that wait to be visited."""


@dataclass(frozen=True, slots=True)
class Cone:
    """A node's cone: side[h] is +1 (on), -1 (off) or 0 (undecided); -lo_h |u| <= n_h.u <= hi_h |u|, in multiples of 2^-ROUND.

    `base` is l plus the k_h n_h of the walls decided on, in the units of the profile.
    """

    side: list[int]
    hi: list[int]
    lo: list[int]
    base: list[int]


@dataclass(frozen=True, slots=True)
class Tree:
    """A tree to be walked: where it stands, its function, the obligations of its shape and leaves, a leaf's test.

    `start`: walls that are decided at the root, with their sides.
    """

    root: Item
    walls: Walls
    profile: Profile
    shape: str
    duty: str
    leaf: Callable[[Tree, Item, Cone], None]
    start: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Leaf:
    """A leaf that was read: the walls of rho, then those of slope, and their numbers in turn, over a common one."""

    rho: list[int]
    slope: list[int]
    factors: list[int]
    common: int


def multipliers(item: Item, walls: Walls, sides: Sequence[int], decided: bool) -> dict[int, Fraction]:
    """Read a map from decided (or undecided) walls to numbers; the side of an undecided wall is 0."""
    return {wall: Fraction(*ratio) for wall, ratio in ratios(item, walls, sides, decided).items()}


def ratios(item: Item, walls: Walls, sides: Sequence[int], decided: bool) -> dict[int, tuple[int, int]]:
    """Read the same map, to numerators and denominators."""
    found: dict[int, tuple[int, int]] = {}
    for name, value in item.values().items():
        wall = walls.named(name)
        if wall < 0 or bool(sides[wall]) is not decided:
            raise item.at(name).reject(f"not the name of a wall that is {'decided' if decided else 'undecided'} here")
        number = ratio(value) if isinstance(value, str) else ""
        if isinstance(number, str):
            number = item.at(name).ratio()
        if decided and number[0] < 0:
            raise item.at(name).reject("the multiplier of a decided wall must not be negative")
        found[wall] = number
    return found


def over_common(ratios: Collection[tuple[int, int]]) -> tuple[list[int], int]:
    """Return whole numbers and the common denominator under them."""
    common = lcm(*(under for _, under in ratios))
    return [top * (common // under) for top, under in ratios], common


def walk(tree: Tree) -> None:
    """Visit the nodes in prefix order; the leaves cover the root's cone, since every split covers both sides (O9, B1, W3)."""
    norms = tree.profile.norms
    stack = [Cone([0] * len(norms), norms, norms, tree.profile.linear)]
    for wall, side in tree.start:
        stack = [decide(tree, stack[0], wall, side)]
    for node in tree.root.each():
        if not stack:
            raise node.reject(f"{tree.shape}: the tree is complete before this node")
        cone = stack.pop()
        if node.has("split"):
            stack.extend(split(tree, node, cone))
            if len(stack) * len(norms) > MAX_PENDING:
                raise node.reject(f"{tree.shape}: the tree is too deep for so many walls")
        elif node.has("tighten"):
            stack.append(tighten(tree, node, cone))
        else:
            tree.leaf(tree, node, cone)
    if stack:
        raise tree.root.reject(f"{tree.shape}: the tree ends with {len(stack)} sides left open")


def split(tree: Tree, node: Item, cone: Cone) -> list[Cone]:
    """Return the cones of the sides off and on, in this order."""
    (name,) = node.fields("split")
    wall = tree.walls.wall(name)
    if wall < 0 or cone.side[wall]:
        raise name.reject(f"{tree.shape}: not the name of a wall that is undecided here")
    return [decide(tree, cone, wall, side) for side in (-1, 1)]


def decide(tree: Tree, cone: Cone, wall: int, side: int) -> Cone:
    """Return the cone with one more wall decided."""
    decided = cone.side.copy()
    decided[wall] = side
    base = cone.base if side < 0 else [a + k for a, k in zip(cone.base, tree.profile.pieces[wall], strict=True)]
    return Cone(decided, cone.hi, cone.lo, base)


def tighten(tree: Tree, node: Item, cone: Cone) -> Cone:
    """Improve one bound: on the cone g n_h.u <= (g n_h + sum_j rho_j sigma_j n_j).u <= |...| |u|; a bound 0 decides the wall."""
    name, direction, rho_item = node.fields("tighten", "side", "rho")
    wall = tree.walls.wall(name)
    if wall < 0 or cone.side[wall]:
        raise name.reject(f"{tree.shape}: not the name of a wall that is undecided here")
    if direction.text() not in ("hi", "lo"):
        raise direction.reject('"hi" or "lo" is expected here')
    g, old = (1, cone.hi) if direction.value == "hi" else (-1, cone.lo)
    rho = ratios(rho_item, tree.walls, cone.side, decided=True)
    factors, common = over_common(rho.values())
    vector = [g * common * entry for entry in tree.profile.normals[wall]]
    for other, factor in zip(rho, factors, strict=True):
        step = factor * cone.side[other]
        vector = [a + step * n for a, n in zip(vector, tree.profile.normals[other], strict=True)]
    if not any(vector):
        return decide(tree, cone, wall, -g)
    new = old.copy()
    new[wall] = min(old[wall], norm_up(vector, common * tree.profile.unit))
    return Cone(cone.side, new if g > 0 else cone.hi, new if g < 0 else cone.lo, cone.base)


def good_leaf(tree: Tree, node: Item, cone: Cone, limit: Fraction, strict: bool) -> None:
    """Demand ``|v| + e <= limit`` (or ``<``), that is ``e <= limit`` and ``|v|^2 <= (limit - e)^2``."""
    fits_leaf(tree, node, cone, read_leaf(tree, node, cone), limit, strict)


def read_leaf(tree: Tree, node: Item, cone: Cone) -> Leaf:
    """Read a leaf."""
    rho_item, slope_item = node.fields("rho", "slope")
    rho = ratios(rho_item, tree.walls, cone.side, decided=True)
    slope = ratios(slope_item, tree.walls, cone.side, decided=False)
    return Leaf(list(rho), list(slope), *over_common((*rho.values(), *slope.values())))


def fits_leaf(tree: Tree, node: Item, cone: Cone, leaf: Leaf, limit: Fraction, strict: bool) -> None:
    """Demand that a leaf is good; see :func:`good_leaf`."""
    rho, slope, factors, common = leaf.rho, leaf.slope, leaf.factors, leaf.common
    profile = tree.profile
    vector = [common * entry for entry in cone.base]
    for wall, factor in zip((*rho, *slope), factors, strict=True):
        side, step = cone.side[wall], (profile.normals if cone.side[wall] else profile.pieces)[wall]
        amount = (side or 1) * factor
        vector = [a + amount * entry for a, entry in zip(vector, step, strict=True)]
    slopes = dict(zip(slope, factors[len(rho) :], strict=True))
    slack = 0
    for wall, (side, kink) in enumerate(zip(cone.side, profile.kinks, strict=True)):
        if not side:
            part = slopes.get(wall, 0)
            slack += max(0, (common - part) * kink * cone.hi[wall], part * kink * cone.lo[wall])
    weight = limit.denominator * profile.scale << ROUND
    room = limit.numerator * (profile.scale << ROUND) * common - slack * limit.denominator
    left, right = sum(entry * entry for entry in vector) * weight**2, (room * profile.unit) ** 2
    if room < 0 or left > right or (strict and (room == 0 or left == right)):
        raise node.reject(
            f"{tree.duty}: the leaf's bound is not {'below' if strict else 'at most'} {'the penalty' if limit else '0'}"
        )
