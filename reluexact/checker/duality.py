"""Dual feasibility of a rational residual: B1, for the kinds `bound` and `classification`."""

from __future__ import annotations

from functools import partial

from .document import Item
from .problem import Problem
from .quantities import Vector
from .trees import Tree, good_leaf, walk
from .walls import make_profile, make_walls


def b1_trees(problem: Problem, theta: Vector, positive: Item, negative: Item) -> None:
    """B1: theta is dual feasible, ``s theta.(Xu)+ <= b |u|`` for every u and both signs."""
    walls = make_walls(problem.X)
    leaf = partial(good_leaf, limit=problem.penalty, strict=False)
    for root, sign in ((positive, 1), (negative, -1)):
        walk(Tree(root, walls, make_profile(problem, walls, theta, sign), "B1", "B1", leaf))
