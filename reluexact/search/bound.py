"""Enclose the optimal value: a rational network from above, a rational dual point with its two branch trees from below.

The dual point is the proposed residual, shrunk until the trees close; weak duality then gives the lower bound (the kind
``bound`` of CERTIFICATE.md). Nothing is proved by floats: the trees and both values are checked in rational numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from reluexact.errors import InputError, Limit, LimitReached, Message
from reluexact.evidence.bound import BoundProof
from reluexact.evidence.tree import Tree
from reluexact.geometry.arrangement import patterns_at_most
from reluexact.model.dataset import Dataset
from reluexact.model.loss import SQUARED
from reluexact.model.network import Network
from reluexact.numbers.rational import to_penalty
from reluexact.numbers.types import Vector
from reluexact.progress import Progress
from reluexact.propose.candidates import CELL_LIMIT, propose
from reluexact.propose.network import proposed_network
from reluexact.propose.tree.cover import TIE, Covered, Violated, cover
from reluexact.propose.tree.cover_pricing import CoverPricing
from reluexact.propose.tree.leaf import dyadic
from reluexact.prove.form import Form
from reluexact.prove.tree_check import check_tree
from reluexact.version import __version__

_BITS = 80
"""The dual point is rounded to this many bits, counted from its greatest entry."""

_FINEST = Fraction(1, 1 << 44)
"""The least share by which the dual point stays below the bound."""

_SHRINKINGS = 60


def prove_bound(
    data: Dataset,
    penalty: object,
    *,
    gap: Fraction = Fraction(1, 10**12),
    engine: str = "clarabel",
    residual: Sequence[Fraction | float] | None = None,
    network: Network | None = None,
    limit: int = 200_000,
    progress: Progress | None = None,
) -> BoundProof:
    """Prove bounds of the optimal value, aiming at a relative ``gap``; the gap reached is in the result.

    ``residual`` and ``network`` replace the proposal; both together have to be precise enough for the gap. Raises InputError
    for a gap that is not positive and LimitReached when a tree needs more than ``limit`` nodes.

    >>> proof = prove_bound(Dataset(X=[[1], [2]], y=[1, 2]), 1)
    >>> proof.lower <= Fraction(9, 10) <= proof.upper, proof.gap <= Fraction(1, 10**12)
    (True, True)
    """
    weight = to_penalty(penalty, choice=False)
    if gap <= 0:
        raise InputError(f"gap: {gap} is not positive; give the relative gap to aim at, for example Fraction(1, 10**9)")
    candidate = None
    if residual is None or network is None:
        pricing = None if patterns_at_most(data, CELL_LIMIT) else CoverPricing(data, limit=limit)
        candidate = propose(data, weight, engine=engine, pricing=pricing, rounds=limit, progress=progress)
        residual = candidate.residual if residual is None else residual
    fine = candidate is None
    share = gap / 16 if fine or gap / 16 > _FINEST else Fraction(0)
    theta = tuple((1 - share) * t for t in _line_search(data.y, residual))
    least = share if fine else max(_FINEST, share)
    shrinking = _Shrinking(data=data, penalty=weight, share=least, limit=limit, progress=progress)
    theta, trees = shrinking.run(theta)
    if network is None:
        network = proposed_network(data, weight, candidate) if candidate is not None else Network([], [])
    lower = SQUARED.dual_value(theta, data.y)
    return BoundProof(
        data=data,
        penalty=weight,
        residual=theta,
        positive=trees[0],
        negative=trees[1],
        lower=lower,
        network=network,
        upper=network.objective(data, weight),
        produced_by=(("engine", engine), ("program", f"reluexact {__version__}")),
    )


def check_bound(proof: BoundProof) -> str | None:
    """Return None when every part of the proof holds exactly, else what is wrong.

    >>> check_bound(prove_bound(Dataset(X=[[1], [2]], y=[1, 2]), 1))
    """
    grouped = proof.data.hyperplanes
    for sign, tree, name in ((1, proof.positive, "positive"), (-1, proof.negative, "negative")):
        form = Form.of(grouped, proof.residual, sign, dimension=proof.data.d)
        fault = check_tree(form, proof.penalty, tree)
        if fault is not None:
            return f"{name} tree, node {fault[0]}: {fault[1]}"
    if proof.lower > SQUARED.dual_value(proof.residual, proof.data.y):
        return "the lower bound is greater than the dual value of the residual"
    if proof.upper < proof.network.objective(proof.data, proof.penalty):
        return "the upper bound is less than the objective of the network"
    return None


def _line_search(targets: Vector, theta: Sequence[float | Fraction]) -> Vector:
    """Scale the dual point to the greatest dual value on its line when that shrinks it (growing would break the bound)."""
    exact = tuple(Fraction(value) for value in theta)
    scale = max(Fraction(0), min(Fraction(1), SQUARED.dual_factor(exact, targets)))
    return tuple(scale * t for t in exact)


def rounded(theta: Vector, precision: int) -> Vector:
    """Round to this many bits, counted from the greatest entry."""
    largest = max((abs(t) for t in theta), default=Fraction(0))
    if not largest:
        return theta
    bits = precision - (largest.numerator.bit_length() - largest.denominator.bit_length())
    return tuple(dyadic(t, max(0, bits)) for t in theta)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shrinking:
    """Shrinks a dual point until it is feasible and both trees show it."""

    data: Dataset
    penalty: Fraction
    share: Fraction
    limit: int
    progress: Progress | None

    def run(self, theta: Vector) -> tuple[Vector, tuple[Tree, Tree]]:
        """Return the feasible point and its trees; after each violation the ``share`` more than needed is taken off."""
        bits = max(_BITS, 40 + int(1 / self.share).bit_length())
        theta = rounded(theta, bits)
        grouped = self.data.hyperplanes
        for _ in range(_SHRINKINGS):
            trees: list[Tree] = []
            for sign in (1, -1):
                answer = self._tree(Form.of(grouped, theta, sign, dimension=self.data.d))
                if isinstance(answer, Fraction):
                    theta = rounded(tuple(t * (1 - self.share) / answer for t in theta), bits)
                    break
                trees.append(answer)
            else:
                return theta, (trees[0], trees[1])
        stop = Limit(counted="attempts", value=_SHRINKINGS, reached=_SHRINKINGS, argument=None)
        raise LimitReached(Message(f"no dual feasible point after {_SHRINKINGS} attempts", limit=stop))

    def _tree(self, form: Form) -> Tree | Fraction:
        """Return a tree that passes the exact check, or the factor (at least 1) by which the point is known to be too long."""
        answer = cover(form, self.penalty, tie=min(TIE, self.share / 8), limit=self.limit, progress=self.progress)
        if isinstance(answer, Covered):
            return answer.tree if check_tree(form, self.penalty, answer.tree) is None else Fraction(1)
        return max(Fraction(1), Fraction(answer.value) / self.penalty) if isinstance(answer, Violated) else Fraction(1)
