"""Is a rational residual dual feasible, exactly, even where the bound is attained? A tree, or a direction that violates it.

The proposal (:mod:`reluexact.propose.tree.exact_cover`) counts only after an exact check, whichever way it goes.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from reluexact.errors import ReluExactError
from reluexact.evidence.tree import Tree
from reluexact.numbers.types import Vector
from reluexact.propose.tree.cover import Covered
from reluexact.propose.tree.exact_cover import ExactCover
from reluexact.prove.form import Form, exceeds
from reluexact.prove.tree_check import check_tree


@dataclass(frozen=True, slots=True)
class Feasible:
    """The bound holds; the tree, checked, shows it."""

    tree: Tree


@dataclass(frozen=True, slots=True)
class Exceeded:
    """At the direction the form exceeds the bound times the direction's length."""

    direction: Vector


def feasible(form: Form, bound: Fraction, *, limit: int) -> Feasible | Exceeded:
    """Decide ``form.value(u) <= bound |u|`` for all u. Raises LimitReached after ``limit`` nodes.

    >>> one, zero = Fraction(1), Fraction(0)
    >>> plane = Form(normals=((one, zero), (zero, one)), kinks=(Fraction(3), Fraction(4)), linear=(zero, zero))
    >>> type(feasible(plane, Fraction(5), limit=100)).__name__, type(feasible(plane, Fraction(49, 10), limit=100)).__name__
    ('Feasible', 'Exceeded')
    """
    found = ExactCover(form, bound, limit=limit).run()
    if not isinstance(found, Covered):
        if not exceeds(form, bound, found):
            raise ReluExactError("a direction that should exceed the dual bound does not; please report the data")
        return Exceeded(found)
    fault = check_tree(form, bound, found.tree)
    if fault is not None:
        raise ReluExactError(f"a branch tree fails its check at node {fault[0]}: {fault[1]}; please report the data")
    return Feasible(found.tree)
