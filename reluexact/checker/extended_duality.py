"""Version 2, a rational theta: is it dual feasible, what is its dual value? B1, B4, E2 to E4, for `bound` and `judgement`."""

from __future__ import annotations

from fractions import Fraction
from functools import partial

from .cones import b4_cones
from .document import Item
from .extended import Extended
from .linear import dot
from .piecewise import row_conjugate
from .problem import Problem
from .quantities import ZERO, Vector
from .trees import Tree, good_leaf, walk
from .walls import make_profile, make_walls


def extended_dual_value(problem: Extended, item: Item, positive: Item, negative: Item) -> Fraction:
    """Check B1 or B4 and E2-E4 and return the dual value of theta, or a number below it: no objective is below."""
    theta = item.vector(len(problem.base.y))
    value = e2_e3_dual_value(problem, theta, item)
    for root, sign in ((positive, 1), (negative, -1)):
        if problem.hidden_bias == "free" and isinstance(root.value, dict):
            b4_cones(problem.base, theta, root, sign)
        elif problem.hidden_bias == "free":
            e4_pivots(problem.base, theta, root, sign)
        else:
            b1_tree(problem.base, theta, root, sign)
    return value


def e2_e3_dual_value(problem: Extended, theta: Vector, item: Item) -> Fraction:
    """Return the dual value, or a number below it.

    E2: theta_i lies where the conjugate is finite; E3: theta is orthogonal to the free columns.
    """
    total = ZERO
    for target, weight, value, entry in zip(problem.base.y, problem.weights, theta, item.entries(), strict=True):
        conjugate = row_conjugate(problem.loss, target, weight, value)
        if conjugate is None:
            raise entry.reject("E2: the conjugate of the loss is infinite here")
        total -= conjugate
    for column, ridge in problem.columns():
        along = dot(column, theta)
        if ridge:
            total -= along * along / (2 * ridge)
        elif along:
            raise item.reject("E3: theta is not orthogonal to a free column of the linear part")
    return total


def b1_tree(rows: Problem, theta: Vector, root: Item, sign: int) -> None:
    """B1, one sign: ``s theta.(Xu)+ <= b |u|`` for every u."""
    walls = make_walls(rows.X)
    leaf = partial(good_leaf, limit=rows.penalty, strict=False)
    walk(Tree(root, walls, make_profile(rows, walls, theta, sign), "B1", "B1", leaf))


def e4_pivots(base: Problem, theta: Vector, item: Item, sign: int) -> None:
    """E4: for every row k with ``s theta_k < 0``, a tree over the rows ``x_i - x_k`` (B1); equal rows share one."""
    known = set()
    for entry in item.entries():
        row_item, root = entry.fields("row", "tree")
        origin = base.X[row_item.index(len(base.X))]
        rows = tuple(tuple(x - o for x, o in zip(row, origin, strict=True)) for row in base.X)
        b1_tree(Problem(rows, base.y, base.penalty), theta, root, sign)
        known.add(origin)
    for k, (row, value) in enumerate(zip(base.X, theta, strict=True)):
        if sign * value < 0 and row not in known:
            raise item.reject(f"E4: no tree for the pivot {k}")
