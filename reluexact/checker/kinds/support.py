"""Kind `support`, the support function of the rectified ellipsoid in one direction: Q1 to Q3."""

from __future__ import annotations

from fractions import Fraction
from functools import partial

from ..document import Item
from ..linear import ROUND, dot
from ..problem import Problem
from ..quantities import ZERO, Vector, interval_text
from ..trees import Cone, Tree, read_leaf, walk
from ..walls import make_profile, make_walls


def check_support(problem: Problem, claim: Item, evidence: Item, lines: list[str]) -> None:
    """Check Q1-Q3: the greatest value of theta.(Xu)+ over |u| <= 1, and all unit vectors u that reach it."""
    square_item, list_item = claim.fields("square", "maximisers")
    square = square_item.number()
    text = f"the square root of a number in {interval_text(square, square)}"
    lines.append(f"claim (support): the greatest value of y.(Xu)+ over |u| <= 1 is {text}")
    if problem.penalty != 1:
        raise claim.reject("Q1: the penalty is 1, which plays no role")
    if square < 0:
        raise square_item.reject("Q1: a square is not negative")
    maximisers = q2_maximisers(problem, square, list_item)
    lines.append(
        f"all unit vectors that reach it: {len(maximisers)}" if square else "no unit vector does better than not to be seen"
    )
    (root,) = evidence.fields("tree")
    walls = make_walls(problem.X)
    leaf = partial(q3_leaf, square=square, maximisers=maximisers)
    walk(Tree(root, walls, make_profile(problem, walls, problem.y, 1), "Q3", "Q3", leaf))


def q2_maximisers(problem: Problem, square: Fraction, item: Item) -> list[Vector]:
    """Q2: the vectors v differ and have ``|v|^2 = theta.(Xv)+ = square``; there is one exactly if the square is not 0."""
    found: list[Vector] = []
    for entry in item.entries():
        vector = entry.vector(len(problem.X[0]))
        heights = [max(ZERO, dot(row, vector)) for row in problem.X]
        if not dot(vector, vector) == dot(problem.y, heights) == square:
            raise entry.reject("Q2: the vector and its value do not have this square")
        if vector in found:
            raise entry.reject("Q2: the same vector again")
        found.append(vector)
    if bool(found) is not bool(square):
        raise item.reject("Q2: there is a maximiser exactly if the square is not 0")
    return found


def q3_leaf(tree: Tree, node: Item, cone: Cone, *, square: Fraction, maximisers: list[Vector]) -> None:
    """Q3: ``|v| + e`` is less than the root of the square, or e is 0 and v is 0 or listed."""
    leaf, profile = read_leaf(tree, node, cone), tree.profile
    whole = [leaf.common * entry for entry in cone.base]
    for wall, factor in zip((*leaf.rho, *leaf.slope), leaf.factors, strict=True):
        side, step = cone.side[wall], (profile.normals if cone.side[wall] else profile.pieces)[wall]
        whole = [a + (side or 1) * factor * entry for a, entry in zip(whole, step, strict=True)]
    vector = [Fraction(entry, profile.unit * leaf.common) for entry in whole]
    slopes = dict(zip(leaf.slope, leaf.factors[len(leaf.rho) :], strict=True))
    total = 0
    for wall, (side, kink) in enumerate(zip(cone.side, profile.kinks, strict=True)):
        if not side:
            part = slopes.get(wall, 0)
            total += max(0, (leaf.common - part) * kink * cone.hi[wall], part * kink * cone.lo[wall])
    left, slack = dot(vector, vector), Fraction(total, profile.scale * leaf.common << ROUND)
    rest = square - left - slack * slack
    if rest > 0 and rest * rest > 4 * slack * slack * left:
        return
    if slack or left != square or (square and vector not in maximisers):
        raise node.reject("Q3: the leaf's bound is not below the claimed value, nor that of a listed maximiser")
