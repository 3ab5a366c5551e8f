"""Bounds of the optimal value with any relative gap: from floats where they suffice, else from the proved optimum."""

from __future__ import annotations

from fractions import Fraction
from typing import overload

from reluexact.evidence.bound import BoundProof
from reluexact.evidence.problem_bound import ProblemBound
from reluexact.evidence.status import Status
from reluexact.kinds.optimum.find import solve
from reluexact.model.dataset import Dataset
from reluexact.model.problem import Problem, as_problem
from reluexact.numbers.rational import to_count, to_fraction
from reluexact.numbers.real import MAX_DIGITS
from reluexact.progress import Progress
from reluexact.search.bound import prove_bound as bound_from_floats
from reluexact.search.problem_bound import bound_problem

GUARD_DIGITS = 12


@overload
def prove_bound(
    data: Dataset,
    penalty: object,
    *,
    gap: object = ...,
    engine: str = ...,
    limit: int = ...,
    progress: Progress | None = ...,
) -> BoundProof: ...
@overload
def prove_bound(
    data: Problem,
    penalty: None = ...,
    *,
    gap: object = ...,
    engine: str = ...,
    limit: int = ...,
    progress: Progress | None = ...,
) -> BoundProof | ProblemBound: ...
def prove_bound(
    data: Dataset | Problem,
    penalty: object = None,
    *,
    gap: object = Fraction(1, 10**12),
    engine: str = "clarabel",
    limit: int = 200_000,
    progress: Progress | None = None,
) -> BoundProof | ProblemBound:
    """Prove rational bounds of the optimal value with a relative ``gap`` as small as asked; the gap reached is in the result.

    data: a data set, beside its penalty, or a :class:`reluexact.model.problem.Problem`, which has both. Floats reach about twelve
    digits, with losses that have kinks about eight. For less the optimum itself is proved (the short form only) and its
    residual and network are taken with more digits; when that stays undecided, the bounds from floats are returned, so compare
    ``gap`` with what was asked. The lower bound is weak duality (Pilanci & Ergen 2020; for the parts of a problem
    :mod:`reluexact.model.problem`).

    >>> proof = prove_bound(Dataset(X=[[1], [2]], y=[1, 2]), 1, gap=Fraction(1, 10**40))
    >>> proof.lower <= Fraction(9, 10) <= proof.upper, proof.gap <= Fraction(1, 10**40)
    (True, True)
    >>> absolute = Problem(Dataset(X=[[1], [2], [4]], y=[1, 2, 1]), 1, loss="absolute", output_bias="free", hidden_bias="free")
    >>> prove_bound(absolute).gap < Fraction(1, 10**8)
    True
    """
    problem = as_problem(data, penalty)
    to_count(limit, where="limit")
    goal = to_fraction(gap, where="gap", choice=False)
    if not problem.is_plain:
        return bound_problem(problem, gap=goal, engine=engine, limit=limit, progress=progress)
    rows, weight = problem.data, problem.penalty
    rough = bound_from_floats(rows, weight, gap=goal, engine=engine, limit=limit, progress=progress)
    if rough.gap <= goal:
        return rough
    digits = GUARD_DIGITS + len(str(int(1 / (goal * min(rough.upper, Fraction(1))))))
    optimum = solve(rows, weight, digits=min(digits, MAX_DIGITS), engine=engine, limit=limit)
    if optimum.status is not Status.PROVED:
        return rough
    residual = [(entry.low + entry.high) / 2 for entry in optimum.residual]
    return bound_from_floats(rows, weight, gap=goal, residual=residual, network=optimum.network, limit=limit, progress=progress)


bound = prove_bound
"""The short name."""
