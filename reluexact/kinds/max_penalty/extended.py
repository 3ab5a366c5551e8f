"""The penalty from which on no neuron pays, for any loss and free linear part.

Without neurons the best linear part leaves dual points theta (:mod:`reluexact.search.linear_optimum`), all of the same value.
No neuron pays at a penalty b exactly if one of them satisfies ``|theta.(Xw + c)+| <= b |w|`` for all (w, c); so the least such b
is the minimum, over these theta, of ``M(theta) = max |theta.(Xw + c)+| / |w|``.

* One theta only: M(theta) is the greatest of today's numbers (:mod:`reluexact.kinds.max_penalty.find`) over the views of
  :mod:`reluexact.model.pivots`, a square root of a rational number, exact.
* The logistic loss has one theta: :mod:`reluexact.kinds.max_penalty.logistic`.
* Several (absolute loss with targets 0, hinge with an output bias, ...): an interval with two proofs. At its upper end a rational
  theta of the set has its trees; at its lower end a rational network beats the best linear part.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import partial

from reluexact.errors import InputError, LimitReached, Message
from reluexact.evidence.problem_bound import ViewTree
from reluexact.kinds.max_penalty.logistic import logistic_max_penalty
from reluexact.model.dataset import Dataset
from reluexact.model.logistic import Logistic
from reluexact.model.problem import PENALISED, Problem
from reluexact.numbers.linalg import dot
from reluexact.numbers.real import Real
from reluexact.numbers.types import Vector
from reluexact.progress import Progress, Stage, silent
from reluexact.propose.biased_network import proposed_biased_network
from reluexact.propose.flattest import flattest
from reluexact.propose.training import Prepared, propose_training
from reluexact.propose.tree.cover import TIE
from reluexact.search.linear_optimum import LinearOptimum, adjusted, linear_optimum
from reluexact.search.problem_bound import prove_trees

_ABOVE = Fraction((1 << 44) + 1, 1 << 44)
_LADDER = tuple(Fraction(1, 10**k) for k in (11, 10, 9, 8, 7, 6, 5, 4, 3, 2))
"""How far below the upper end the lower one is tried, relatively."""
_ATTEMPTS = 40
_LIMIT = 200_000


def extended_max_penalty(problem: Problem, plain: Callable[[Dataset], Real], progress: Progress | None) -> Real:
    """Return the least penalty at which no neuron pays; ``plain``: today's answer for a data set.

    Raises InputError for a penalised linear part, whose ridge would change with the penalty, LimitReached when a proof does not
    close.
    """
    if PENALISED in (problem.output_bias, problem.skip):
        raise InputError(
            "max_penalty: a penalised output bias or skip connection changes with the penalty, so there is no least one to find; "
            "say 'none' or 'free'"
        )
    report = progress or silent
    report(Stage("the best linear part"))
    prepared = Prepared(problem)
    if isinstance(problem.loss, Logistic):
        greatest = partial(_greatest, prepared, plain=plain, report=report)
        return logistic_max_penalty(prepared, greatest, partial(_proved_above, prepared, report=report))
    best = linear_optimum(prepared)
    if best.unique:
        return _greatest(prepared, best.theta, plain, report)
    return _enclosed(prepared, best, report)


def _greatest(prepared: Prepared, theta: Vector, plain: Callable[[Dataset], Real], report: Progress) -> Real:
    """Return M(theta): every view is a problem of today's form with theta as its targets."""
    found = [Real.rational(0)]
    for place, view in enumerate(prepared.views):
        if view.signs(theta):
            report(Stage("kinks at each row", done=place, total=len(prepared.views)))
            found.append(plain(Dataset(view.data.X, theta)))
    return max(found)


def _enclosed(prepared: Prepared, best: LinearOptimum, report: Progress) -> Real:
    flat = flattest(prepared, best.theta, best.ends, best.slack, best.pull, report)
    theta = _unseen(prepared, best, flat) or _in_the_set(prepared.problem, best, flat)
    upper = _proved_above(prepared, theta, report)
    if not upper:
        return Real.rational(0)
    for share in _LADDER:
        low = upper * (1 - share)
        report(Stage(f"a network that pays at {Real.rational(low).decimal(6)}"))
        problem = prepared.problem
        near = Problem(problem.data, low, problem.loss, problem.output_bias, problem.hidden_bias, problem.skip, problem.weights)
        smaller = Prepared(near, like=prepared)
        candidate = propose_training(smaller)
        if candidate is not None and proposed_biased_network(smaller, candidate)[1] < best.value:
            return Real(low=low, high=upper)
    raise LimitReached(
        Message(
            f"the value is at most {Real.rational(upper).decimal(10)}, which is proved, but no network is found that beats the "
            "best linear part at a penalty close below; prove bounds at penalties of interest: rx.prove_bound, solve --bound"
        )
    )


def _unseen(prepared: Prepared, best: LinearOptimum, theta: Vector) -> Vector | None:
    """Return a point of the set, near one that is nearly in it, that no neuron sees at all; None where there seems to be none."""
    size, slack = prepared.problem.data.n, best.slack
    fixed = tuple(Fraction(0) if i in slack else t for i, t in enumerate(best.theta))
    seen = partial(_seen, prepared)
    columns = [seen(tuple(Fraction(int(j == i)) for j in range(size))) for i in slack]
    right = [pull - dot(part.column, fixed) for part, pull in zip(prepared.problem.linear, best.pull, strict=True)]
    lines = [[part.column[i] for i in slack] for part in prepared.problem.linear]
    lines += [list(line) for line in zip(*columns, strict=True)]
    change = adjusted([Fraction(theta[i]) for i in slack], lines, [*right, *(-entry for entry in seen(fixed))])
    if change is None:
        return None
    point = list(fixed)
    for i, value in zip(slack, change, strict=True):
        low, high = best.ends[i]
        if (low is not None and value < low) or (high is not None and high < value):
            return None
        point[i] = value
    return tuple(point)


def _seen(prepared: Prepared, theta: Vector) -> Vector:
    """Return what is 0 where no neuron of any view sees theta: its kinks and its linear parts."""
    found: list[Fraction] = []
    for hyperplanes in (view.data.hyperplanes for view in prepared.views):
        for sign in (1, -1):
            found += [*hyperplanes.kinks(theta, sign), *hyperplanes.linear_part(theta, sign, prepared.problem.data.d)]
    return tuple(found)


def _in_the_set(problem: Problem, best: LinearOptimum, theta: Vector) -> Vector:
    """Return a point of the set next to one that is nearly in it; the known one where that fails."""
    point = list(best.theta)
    room: dict[int, Fraction] = {}
    for i in best.slack:
        low, high = best.ends[i]
        if low is None or high is None:
            return best.theta
        near = (high - low) / (1 << 40)
        value = Fraction(round(theta[i] * (1 << 60)), 1 << 60)
        point[i] = low if value <= low + near else high if value >= high - near else value
        room[i] = min(point[i] - low, high - point[i])
    order = sorted((i for i in room if room[i]), key=lambda i: (-room[i], i))
    lines = [[part.column[i] for i in order] for part in problem.linear]
    right = [
        pull - sum((part.column[i] * t for i, t in enumerate(point) if i not in order), Fraction(0))
        for pull, part in zip(best.pull, problem.linear, strict=True)
    ]
    change = adjusted([point[i] for i in order], lines, right) if lines else tuple(point[i] for i in order)
    if change is None:
        return best.theta
    for i, value in zip(order, change, strict=True):
        point[i] = value
    inside = all(
        low is not None and high is not None and low <= t <= high for t, (low, high) in zip(point, best.ends, strict=True)
    )
    return tuple(point) if inside else best.theta


def _proved_above(prepared: Prepared, theta: Vector, report: Progress) -> Fraction:
    """Return a penalty at which trees show that theta violates nothing; 0 when no neuron sees theta at all."""
    if not any(any(view.data.hyperplanes.kinks(theta, s)) for view in prepared.views for s in view.signs(theta)) and not any(
        any(view.data.hyperplanes.linear_part(theta, s, view.data.d)) for view in prepared.views for s in view.signs(theta)
    ):
        return Fraction(0)
    scale = max(map(abs, theta)) * max(abs(x) for view in prepared.views for row in view.data.X for x in row)
    penalty = max(prepared.highest(theta, scale / (1 << 50)), scale / (1 << 50)) * _ABOVE
    for _ in range(_ATTEMPTS):
        report(Stage(f"proving that nothing pays at {Real.rational(penalty).decimal(6)}"))
        trees: tuple[tuple[ViewTree, ...], tuple[ViewTree, ...]] | Fraction
        trees = prove_trees(prepared.views, theta, penalty, tie=TIE, limit=_LIMIT)
        if not isinstance(trees, Fraction):
            return penalty
        penalty *= trees * _ABOVE
    raise LimitReached(Message("the greatest penalty is not proved from above"))
