"""Is a network a global optimum, exactly? Its own dual point decides, where its loss says what that is.

With a loss that is differentiable at the fit f, the only dual point that can belong to an optimal network has the entries
theta_i = -L_i'(f_i).
The network is optimal exactly if the dual value of theta is its objective and theta is dual feasible (weak duality, and for the
other direction the conditions of optimality, :mod:`reluexact.model.problem`). At a kink of its loss a row leaves theta_i open.
"""

from __future__ import annotations

from fractions import Fraction

from reluexact.errors import LimitReached
from reluexact.evidence.bound import BoundProof
from reluexact.evidence.problem_bound import ProblemBound, ViewTree
from reluexact.model.biased_network import BiasedNetwork
from reluexact.model.convex import Convex
from reluexact.model.pivots import views
from reluexact.model.problem import Problem
from reluexact.numbers.types import Vector
from reluexact.propose.tree.cover import Covered
from reluexact.propose.tree.exact_cover import ExactCover
from reluexact.prove.form import Form
from reluexact.prove.tree_check import check_tree
from reluexact.version import __version__

ZERO = Fraction(0)
PRODUCED_BY = (("program", f"reluexact {__version__}"),)


def own_bound(problem: Problem, network: BiasedNetwork, objective: Fraction, *, limit: int) -> BoundProof | ProblemBound | None:
    """Return bounds with ``lower == upper == objective`` that the network itself gives; None where there are none.

    >>> from reluexact.model.dataset import Dataset
    >>> problem, network = Problem(Dataset([[1], [2]], [1, 2]), 1), BiasedNetwork([["1"]], ["1"])
    >>> own_bound(problem, network, problem.objective(network), limit=100) is None
    True
    """
    theta = own_dual_point(problem, network)
    if theta is None or problem.dual_value(theta) != objective:
        return None
    try:
        trees = exact_trees(problem, theta, limit=limit)
    except (LimitReached, OverflowError):
        return None
    if trees is None:
        return None
    plain = network.without_parts()
    if problem.is_plain and plain is not None:
        return BoundProof(
            data=problem.data,
            penalty=problem.penalty,
            residual=theta,
            positive=trees[0][0].tree,
            negative=trees[1][0].tree,
            lower=objective,
            network=plain,
            upper=objective,
            produced_by=PRODUCED_BY,
        )
    return ProblemBound(
        problem=problem,
        theta=theta,
        positive=trees[0],
        negative=trees[1],
        lower=objective,
        network=network,
        upper=objective,
        produced_by=PRODUCED_BY,
    )


def own_dual_point(problem: Problem, network: BiasedNetwork) -> Vector | None:
    """Return ``-L_i'(f_i)`` for every row; None where a loss has a kink at its fit, or is not rational."""
    theta = []
    for loss, value in zip(problem.row_functions, network.predict(problem.data.X), strict=True):
        if not isinstance(loss, Convex):
            return None
        left, right = loss.slopes(value)
        if left is None or left != right:
            return None
        theta.append(-left)
    return tuple(theta)


def exact_trees(problem: Problem, theta: Vector, *, limit: int) -> tuple[tuple[ViewTree, ...], tuple[ViewTree, ...]] | None:
    """Return trees of both signs that prove ``|theta.(Xw + c)+| <= b |w|``, even where it is attained; None where it fails.

    Raises LimitReached when a tree needs more than ``limit`` nodes.
    """
    found: dict[int, list[ViewTree]] = {1: [], -1: []}
    for view in views(problem):
        for sign in view.signs(theta):
            form = Form.of(view.data.hyperplanes, theta, sign, dimension=view.data.d)
            answer = ExactCover(form, problem.penalty, limit=limit).run()
            if not isinstance(answer, Covered) or check_tree(form, problem.penalty, answer.tree) is not None:
                return None
            found[sign].append(ViewTree(pivot=view.rows[0] if view.rows else None, tree=answer.tree))
    return tuple(found[1]), tuple(found[-1])
