"""O8, O9: all other leaves are strictly good for every residual of the box, and the leaves cover everything."""

from __future__ import annotations

from fractions import Fraction
from functools import partial

from ..document import Item
from ..linear import ROUND, norm_up, whole_numbers
from ..problem import Problem
from ..quantities import Vector
from ..trees import Cone, Tree, good_leaf, walk
from ..walls import make_profile
from .o7_tight_leaves import o7_leaf
from .proof import Proof
from .views import View


def o8_leaf(tree: Tree, node: Item, cone: Cone, proof: Proof, view: View, sign: int, limit: Fraction) -> None:
    """Check a leaf of the kind `optimum`: tight (O7b) or good (O8)."""
    if node.has("neuron"):
        o7_leaf(proof, view, sign, node, cone.side)
    else:
        good_leaf(tree, node, cone, limit, strict=True)


def o8_middle(proof: Proof, view: View) -> tuple[Vector, Fraction]:
    """Return the middle residual, and the limit for a bound at it that holds for every theta of the box.

    The function of theta differs from the one of the middle residual by at most sum_i |theta_i - middle_i| |x_i| |u|: it is
    enough that the middle residual is good with the penalty less this sum.
    """
    middle, limit = [], proof.problem.penalty
    for i, row in enumerate(view.X):
        form = proof.entry(i)
        low, high = proof.enclosure(form)
        middle.append((low + high) / 2)
        numbers, unit = whole_numbers(row)
        limit -= (high - low) / 2 * Fraction(norm_up(numbers, unit), 1 << ROUND)
    return middle, limit


def o8_trees(proof: Proof) -> None:
    """O7b, O8, O9: the leaves cover R^d and are tight or strictly good for every theta of the box."""
    for name, sign in (("positive", 1), ("negative", -1)):
        o8_tree(proof, proof.views[-1], proof.evidence[name], sign)


def o8_tree(proof: Proof, view: View, root: Item, sign: int) -> None:
    """O7b, O8, O9 for one sign and the rows of one view."""
    middle, limit = o8_middle(proof, view)
    leaf = partial(o8_leaf, proof=proof, view=view, sign=sign, limit=limit)
    duty = "O8" if limit > 0 else "O8 (the box is too wide)"
    profile = make_profile(Problem(view.X, proof.problem.y, proof.problem.penalty), view.walls, middle, sign)
    walk(Tree(root, view.walls, profile, "O9", duty, leaf))
