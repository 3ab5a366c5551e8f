"""Bounds of the optimal value with any relative gap: from floats where they suffice, else from the proved optimum."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import partial
from typing import overload

from reluexact.budget import OutOfTime, check
from reluexact.errors import LimitReached, WorkersLost
from reluexact.evidence.bound import BoundProof
from reluexact.evidence.problem_bound import ProblemBound
from reluexact.evidence.status import Status
from reluexact.kinds.optimum.find import solve
from reluexact.model.calls import of_data
from reluexact.model.dataset import Dataset
from reluexact.model.problem import Problem, as_problem
from reluexact.numbers.rational import to_count, to_fraction
from reluexact.numbers.real import MAX_DIGITS
from reluexact.numbers.seconds import out_of_time, to_seconds
from reluexact.progress import Progress
from reluexact.propose.basis import even_coordinates
from reluexact.search.bound import prove_bound as bound_from_floats
from reluexact.search.climbing import B
from reluexact.search.watch import Watch
from reluexact.search.watching import C, Watching
from reluexact.work import Map, Work, sharing

GUARD_DIGITS = 12
CALL = "prove_bound(Dataset(X, y), penalty)"


@overload
def prove_bound(
    data: Dataset,
    penalty: object,
    *,
    gap: object = ...,
    engine: str = ...,
    limit: int = ...,
    time_limit: object = ...,
    map: Map | None = ...,
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
    time_limit: object = ...,
    map: Map | None = ...,
    progress: Progress | None = ...,
) -> BoundProof | ProblemBound: ...
@of_data(CALL)
def prove_bound(
    data: Dataset | Problem,
    penalty: object = None,
    *,
    gap: object = Fraction(1, 10**12),
    engine: str = "clarabel",
    limit: int = 200_000,
    time_limit: object = None,
    map: Map | None = None,
    progress: Progress | None = None,
) -> BoundProof | ProblemBound:
    """Prove rational bounds of the optimal value with a relative ``gap`` as small as asked; the gap reached is in the result.

    data: a data set, beside its penalty, or a :class:`reluexact.model.problem.Problem`, which has both. Floats reach about twelve
    digits, with losses that have kinks about eight. For less the optimum itself is proved (the short form only) and its
    residual and network are taken with more digits; when that stays undecided, the bounds from floats are returned, so compare
    ``gap`` with what was asked. The lower bound is weak duality (Pilanci & Ergen 2020; for the parts of a problem
    :mod:`reluexact.model.problem`). LimitReached, for a branch tree of more than ``limit`` nodes or after ``time_limit``
    seconds, has the best proved bounds, ``error.bounds``. map: who grows the parts of large branch trees, such as
    ``executor.map`` (:mod:`reluexact.work`); the answer does not depend on it. WorkersLost has the best bounds, too.

    >>> proof = prove_bound(Dataset(X=[[1], [2]], y=[1, 2]), 1, gap=Fraction(1, 10**40))
    >>> proof.lower <= Fraction(9, 10) <= proof.upper, proof.gap <= Fraction(1, 10**40)
    (True, True)
    >>> absolute = Problem(Dataset(X=[[1], [2], [4]], y=[1, 2, 1]), 1, loss="absolute", output_bias="free", hidden_bias="free")
    >>> prove_bound(absolute).gap < Fraction(1, 10**8)
    True
    """
    shared = Work.of(map)
    problem = as_problem(data, penalty, call=CALL)
    to_count(limit, where="limit")
    goal = to_fraction(gap, where="gap", choice=False)
    if problem.is_plain:
        watch = Watch(problem.data, problem.penalty, progress)
        return _watched(watch, partial(_bound, watch, goal, engine, limit), limit, time_limit, shared)
    from reluexact.search.problem_bound import bound_problem  # today's short form does without
    from reluexact.search.problem_watch import ProblemWatch

    other = ProblemWatch(problem, engine, progress)

    def work() -> ProblemBound:
        other.begin(to_seconds(time_limit))
        return bound_problem(problem, gap=goal, engine=engine, limit=limit, progress=other.report)

    return _watched(other, work, limit, time_limit, shared)


def _watched(watch: Watching[B, C], work: Callable[[], B], limit: int, time_limit: object, shared: Work) -> B:
    """Do the work; where it is stopped the best bounds come with the reason."""
    try:
        with watch.over(to_seconds(time_limit)):
            try:
                with sharing(shared):
                    return work()
            except LimitReached as stop:
                raise LimitReached(stop.message, bounds=watch.bound_within(limit)) from None
    except OutOfTime as stop:
        raise LimitReached(out_of_time(stop), bounds=watch.bound()) from None
    except WorkersLost as lost:
        lost.bounds = watch.bound()
        raise


def _bound(watch: Watch, goal: Fraction, engine: str, limit: int) -> BoundProof:
    data, penalty, report = watch.best.data, watch.best.penalty, watch.report
    rough = bound_from_floats(data, penalty, gap=goal, engine=engine, limit=limit, progress=report)
    if rough.gap <= goal:
        return rough
    watch.found(rough)
    digits = GUARD_DIGITS + len(str(int(1 / (goal * min(rough.upper, Fraction(1))))))
    optimum = solve(data, penalty, digits=min(digits, MAX_DIGITS), engine=engine, limit=limit, progress=report)
    if optimum.status is not Status.PROVED:
        check()
        return rough
    residual = [(entry.low + entry.high) / 2 for entry in optimum.residual]
    with even_coordinates():
        return bound_from_floats(
            data, penalty, gap=goal, residual=residual, network=optimum.network, limit=limit, progress=report
        )


bound = prove_bound
"""The short name."""
