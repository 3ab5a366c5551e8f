"""O7b, O8, O9 of CERTIFICATE.md: a tree that shows, for every residual of a box, that no direction exceeds the penalty."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from reluexact.evidence.tree import Leaf, TightLeaf, Tree
from reluexact.model.program import Program
from reluexact.prove.form import Form
from reluexact.prove.identities import ResidualForms
from reluexact.prove.neurons import Unproved
from reluexact.prove.o7_tight_leaf import TightLeafCheck
from reluexact.prove.tree_check import check_tree


def dual_tree_fault(forms: ResidualForms, judge: TightLeafCheck, form: Form, tree: Tree) -> str | None:
    """Check the tree at the midpoint, with a margin that covers the whole box; return None when it holds.

    For slopes within [0, 1] a leaf's bound changes by at most ``2 radius sum |x_i|`` over the box.
    """
    for node in tree:
        if isinstance(node, Leaf) and any(not 0 <= part <= 1 for _, part in node.slope):
            return "O8: a slope lies outside [0, 1]"

    def tight(leaf: TightLeaf, sides: Sequence[int]) -> str | None:
        try:
            judge.check(leaf, {hyperplane: side for hyperplane, side in enumerate(sides) if side})
        except Unproved as problem:
            return str(problem)
        return None

    fault = check_tree(form, judge.program.penalty - spread_of_bounds(forms, judge.program), tree, tight=tight)
    return None if fault is None else f"node {fault[0]} of the tree: {fault[1]}"


def spread_of_bounds(forms: ResidualForms, program: Program) -> Fraction:
    """Return more than the bound of a leaf with slopes within [0, 1] changes over the box of the residual."""
    total = sum((abs(entry) for row in program.data.X for entry in row), Fraction(0))
    return 2 * forms.radius * total + Fraction(1, 2**512)
