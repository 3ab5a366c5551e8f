"""O8, O9: all other leaves are strictly good for every residual of the box, and the leaves cover everything."""

from __future__ import annotations

from fractions import Fraction
from functools import partial

from ..document import Item
from ..linear import ROUND, norm_up, whole_numbers
from ..quantities import Vector
from ..trees import Cone, Tree, good_leaf, walk
from ..walls import make_profile
from .o7_tight_leaves import o7_leaf
from .proof import Proof


def o8_leaf(tree: Tree, node: Item, cone: Cone, proof: Proof, sign: int, limit: Fraction) -> None:
    """Check a leaf of the kind `optimum`: tight (O7b) or good (O8)."""
    if "neuron" in node.table():
        o7_leaf(proof, sign, node, cone.side)
    else:
        good_leaf(tree, node, cone, limit, strict=True)


def o8_middle(proof: Proof) -> tuple[Vector, Fraction]:
    """Return the middle residual, and the limit for a bound at it that holds for every theta of the box.

    The function of theta differs from the one of the middle residual by at most sum_i |theta_i - middle_i| |x_i| |u|: it is
    enough that the middle residual is good with the penalty less this sum.
    """
    middle, limit = [], proof.problem.penalty
    for i, row in enumerate(proof.problem.X):
        form = proof.entry(i)
        low, high = proof.enclosure(form)
        middle.append((low + high) / 2)
        numbers, unit = whole_numbers(row)
        limit -= (high - low) / 2 * Fraction(norm_up(numbers, unit), 1 << ROUND)
    return middle, limit


def o8_trees(proof: Proof) -> None:
    """O7b, O8, O9: the leaves cover R^d and are tight or strictly good for every theta of the box."""
    middle, limit = o8_middle(proof)
    for name, sign in (("positive", 1), ("negative", -1)):
        leaf = partial(o8_leaf, proof=proof, sign=sign, limit=limit)
        duty = "O8" if limit > 0 else "O8 (the box is too wide)"
        profile = make_profile(proof.problem, proof.walls, middle, sign)
        walk(Tree(proof.evidence[name], proof.walls, profile, "O9", duty, leaf))
