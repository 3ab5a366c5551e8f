"""Columns (a sign and a closed cell), and verdicts on them: C; see "Columns" in CERTIFICATE.md."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from functools import partial

from .document import Item
from .linear import dot
from .network.o7_tight_leaves import leaf_parts, o7_leaf
from .network.o8_good_leaves import o8_middle
from .network.proof import Proof
from .trees import Cone, Tree, good_leaf
from .walls import Profile, Walls, make_profile

Column = tuple[int, list[int]]
"""A sign and the side, +1 or -1, of every wall."""
BELOW, ABOVE = -1, -2


def read_column(walls: Walls, sign: Item, gate: Item) -> Column:
    """Read a column: "+" or "-", and a cell as the signs of x_i.u inside, "0" for rows of zeros."""
    return sign.sign(), read_cell(walls, gate)


def read_cell(walls: Walls, item: Item) -> list[int]:
    """Read a cell; whether there is such a cell is not looked at."""
    gate = item.text()
    if len(gate) != len(walls.wall_of) or re.fullmatch(r"[-+0]*", gate) is None:
        raise item.reject("one of + - 0 for each row of X is expected here")
    sides = [1 if gate[head] == "+" else -1 for head in walls.heads]
    for i, (wall, factor) in enumerate(zip(walls.wall_of, walls.factor, strict=True)):
        if gate[i] != ("0" if not factor else "+" if sides[wall] * factor > 0 else "-"):
            raise item.reject(f"row {i} is on no side, or not on that of the first row of its wall")
    return sides


def c_verdicts(proof: Proof, columns: Sequence[Column], items: Sequence[Item]) -> list[int]:
    """Check C: for every column the greatest value of s theta.(Xu)+ over unit vectors u of its closed cell, against b.

    Returns BELOW, ABOVE, or the index of the neuron that alone attains b there.
    """
    middle, limit = o8_middle(proof, proof.views[-1])
    leaf = partial(good_leaf, limit=limit, strict=True)
    trees = {
        sign: Tree(Item([], ""), proof.walls, make_profile(proof.problem, proof.walls, middle, sign), "C", "C", leaf)
        for sign in (1, -1)
    }
    return [c_verdict(proof, trees[sign], sign, sides, item, limit) for (sign, sides), item in zip(columns, items, strict=True)]


def c_verdict(proof: Proof, tree: Tree, sign: int, sides: list[int], item: Item, limit: Fraction) -> int:
    """C, one column: a good leaf, a tight leaf, or a direction that exceeds b."""
    base = tree.profile.linear
    for side, piece in zip(sides, tree.profile.pieces, strict=True):
        if side > 0:
            base = [a + k for a, k in zip(base, piece, strict=True)]
    none = [0] * len(sides)
    cone, kind = Cone(sides, none, none, base), item.table()
    if "neuron" in kind:
        o7_leaf(proof, proof.views[-1], sign, item, sides)
        return leaf_parts(item)[0].index(len(proof.neurons))
    if "direction" in kind:
        c_above(proof, cone, tree.profile, item, limit)
        return ABOVE
    tree.leaf(tree, item, cone)
    return BELOW


def c_above(proof: Proof, cone: Cone, profile: Profile, item: Item, limit: Fraction) -> None:
    """C, a column that exceeds b: u of the closed cell with (value for the middle residual) - (b - limit) |u| > b |u|."""
    (direction,) = item.fields("direction")
    u = direction.vector(len(proof.problem.X[0]))
    for wall, side in enumerate(cone.side):
        if side * dot(proof.walls.normals[wall], u) < 0:
            raise direction.reject(f"C: the direction is not in the cell (wall {proof.walls.heads[wall]})")
    value = dot((Fraction(entry) for entry in cone.base), u) / profile.unit
    least = 2 * proof.problem.penalty - limit
    if value <= 0 or value * value <= least * least * dot(u, u):
        raise direction.reject("C: the direction does not exceed the penalty")
