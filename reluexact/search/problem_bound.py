"""Enclose the optimal value of a problem with any loss and linear part: a rational network, a rational dual point with its trees.

The dual point lies in the domains of the conjugates and is orthogonal to the free columns, exactly; it is shrunk, which keeps
both, until the trees close. Weak duality gives the lower
bound (CERTIFICATE.md, kind ``bound``, version 2). Nothing is proved by floats.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from reluexact.errors import InputError, Limit, LimitReached, Message
from reluexact.evidence.cones import Cones
from reluexact.evidence.problem_bound import ProblemBound, ViewTree
from reluexact.evidence.tree import Leaf
from reluexact.model.biased_network import BiasedNetwork
from reluexact.model.pivots import View, views
from reluexact.model.problem import Problem
from reluexact.numbers.types import Rationals, Vector
from reluexact.progress import Progress, Stage, silent
from reluexact.propose.biased_network import proposed_biased_network
from reluexact.propose.dual_point import dual_point
from reluexact.propose.training import Prepared, TrainingCandidate, propose_training
from reluexact.propose.tree.cover import TIE, Covered, Violated, cover
from reluexact.propose.tree.leaf import dyadic
from reluexact.prove.cones import check_cones
from reluexact.prove.form import Form
from reluexact.prove.tree_check import check_tree
from reluexact.version import __version__

_BITS = 80
_FINEST = Fraction(1, 1 << 44)
_SHRINKINGS = 60
_BELOW = Fraction(999_999, 1_000_000)
Trees = tuple[ViewTree, ...]


def bound_problem(
    problem: Problem,
    *,
    gap: Fraction = Fraction(1, 10**12),
    engine: str = "clarabel",
    limit: int = 200_000,
    progress: Progress | None = None,
) -> ProblemBound:
    """Prove bounds of the optimal value of a problem, aiming at a relative ``gap``; the gap reached is in the result.

    Raises InputError for a gap that is not positive and LimitReached when a tree needs more than ``limit`` nodes.

    >>> from reluexact.model.dataset import Dataset
    >>> proof = bound_problem(Problem(Dataset([[1], [2]], [1, 2]), 1, loss="absolute"))
    >>> proof.lower <= 1 <= proof.upper, check_problem_bound(proof)
    (True, None)
    """
    if gap <= 0:
        raise InputError(f"gap: {gap} is not positive; give the relative gap to aim at, for example Fraction(1, 10**9)")
    prepared = Prepared(problem)
    candidate = propose_training(prepared, engine=engine, progress=progress)
    if candidate is None:
        stop = Limit(counted="points", value=0, reached=0, argument=None)
        raise LimitReached(Message("the solver found no point; rescale the data", limit=stop))
    return bound_from(prepared, candidate, gap=gap, engine=engine, limit=limit, progress=progress)


def bound_from(
    prepared: Prepared, candidate: TrainingCandidate, *, gap: Fraction, engine: str, limit: int, progress: Progress | None
) -> ProblemBound:
    """Prove the bounds that a candidate leads to; raises LimitReached as :func:`bound_problem`."""
    problem, report = prepared.problem, progress or silent
    network, upper = proposed_biased_network(prepared, candidate)
    report(Stage("proving the lower bound"))
    proving = _Proving(
        prepared=prepared, share=max(_FINEST, gap / 16) if gap / 16 < 1 else Fraction(1, 2), limit=limit, progress=progress
    )
    theta, lower, positive, negative = proving.run(tuple(Fraction(t) for t in candidate.theta))
    return ProblemBound(
        problem=problem,
        theta=theta,
        positive=positive,
        negative=negative,
        lower=lower,
        network=network,
        upper=upper,
        produced_by=(("engine", engine), ("program", f"reluexact {__version__}")),
    )


def zero_bound(problem: Problem) -> ProblemBound:
    """Return the bounds that need no search: the dual point 0 (every loss is bounded below), and the zero network.

    >>> from reluexact.model.dataset import Dataset
    >>> proof = zero_bound(Problem(Dataset([[1], [2]], [1, 2]), 1, loss="absolute"))
    >>> proof.lower, proof.upper, check_problem_bound(proof)
    (Fraction(0, 1), Fraction(3, 1), None)
    """
    theta, network = (Fraction(0),) * problem.data.n, BiasedNetwork([], [])
    trees = (ViewTree(pivot=None, tree=(Leaf(),)),) if not problem.free_bias else ()
    lower = problem.dual_value(theta)
    return ProblemBound(
        problem=problem,
        theta=theta,
        positive=trees,
        negative=trees,
        lower=Fraction(0) if lower is None else lower,
        network=network,
        upper=problem.objective(network),
        produced_by=(("program", f"reluexact {__version__}"),),
    )


def check_problem_bound(proof: ProblemBound) -> str | None:
    """Return None when every part of the proof holds exactly, else what is wrong."""
    problem, theta = proof.problem, proof.theta
    for sign, shown, name in ((1, proof.positive, "positive"), (-1, proof.negative, "negative")):
        if isinstance(shown, Cones):
            fault = check_cones(problem.data.X, theta, sign, problem.penalty, shown) if problem.free_bias else "no free bias"
        else:
            fault = _check_trees(problem, theta, sign, shown)
        if fault is not None:
            return f"{name}: {fault}"
    value = problem.dual_value(theta)
    if value is None:
        return "theta lies outside of a domain, or a free column sees it"
    if proof.lower > value:
        return "the lower bound is greater than the dual value"
    if proof.upper < problem.objective(proof.network):
        return "the upper bound is less than the objective of the network"
    return None


def _check_trees(problem: Problem, theta: Vector, sign: int, trees: Trees) -> str | None:
    known = {entry.pivot: entry.tree for entry in trees}
    for view in views(problem):
        if sign in view.signs(theta):
            pivot = view.rows[0] if view.rows else None
            if pivot not in known:
                return f"no tree for the pivot {pivot}"
            form = Form.of(view.data.hyperplanes, theta, sign, dimension=problem.data.d)
            fault = check_tree(form, problem.penalty, known[pivot])
            if fault is not None:
                return f"tree of the pivot {pivot}, node {fault[0]}: {fault[1]}"
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Proving:
    """Shrinks a dual point until it is feasible and the trees show it."""

    prepared: Prepared
    share: Fraction
    limit: int
    progress: Progress | None

    def run(self, start: Vector) -> tuple[Vector, Fraction, Trees, Trees]:
        """Return a feasible point, its dual value and its trees; after a violation the ``share`` more than needed is taken off.

        Shrinking keeps the domains, which hold 0 (every loss is bounded below), and the orthogonality.
        """
        problem = self.prepared.problem
        base = dual_point(problem, start, _BITS)
        factor = (1 - self.share) / self._worst(base)
        for _ in range(_SHRINKINGS):
            short = dyadic(factor, _BITS) if factor < 1 else Fraction(1)
            theta = tuple(short * t for t in base)
            trees = self._trees(theta)
            value = problem.dual_value(theta)
            if not isinstance(trees, Fraction) and value is not None:
                return theta, value, *trees
            factor *= (1 - self.share) / (trees if isinstance(trees, Fraction) else 1)
        stop = Limit(counted="attempts", value=_SHRINKINGS, reached=_SHRINKINGS, argument=None)
        raise LimitReached(Message(f"no dual feasible point after {_SHRINKINGS} attempts", limit=stop))

    def _worst(self, theta: Rationals) -> Fraction:
        """Return the greatest share of the penalty that pricing finds at a point, at least 1."""
        penalty = self.prepared.problem.penalty
        return max(Fraction(1), self.prepared.highest(theta, penalty * _BELOW) / penalty)

    def _trees(self, theta: Vector) -> tuple[Trees, Trees] | Fraction:
        """Return the trees of both signs, or the factor (at least 1) by which the point is known to be too long."""
        penalty, tie = self.prepared.problem.penalty, min(TIE, self.share / 8)
        trees = prove_trees(self.prepared.views, theta, penalty, tie=tie, limit=self.limit, progress=self.progress)
        return max(trees, self._worst(theta)) if isinstance(trees, Fraction) else trees


def prove_trees(
    seen: tuple[View, ...], theta: Vector, penalty: Fraction, *, tie: Fraction, limit: int, progress: Progress | None = None
) -> tuple[Trees, Trees] | Fraction:
    """Prove ``|theta.(Xw + c)+| <= penalty |w|`` by trees of both signs, or return the factor (at least 1) that is missing.

    Raises LimitReached when a tree needs more than ``limit`` nodes.
    """
    found: dict[int, list[ViewTree]] = {1: [], -1: []}
    for view in seen:
        for sign in view.signs(theta):
            form = Form.of(view.data.hyperplanes, theta, sign, dimension=view.data.d)
            answer = cover(form, penalty, tie=tie, limit=limit, progress=progress)
            if not isinstance(answer, Covered) or check_tree(form, penalty, answer.tree) is not None:
                return max(Fraction(1), Fraction(answer.value) / penalty) if isinstance(answer, Violated) else Fraction(1)
            found[sign].append(ViewTree(pivot=view.rows[0] if view.rows else None, tree=answer.tree))
    return tuple(found[1]), tuple(found[-1])
