"""The certified optimum: floats propose a structure, exact arithmetic proves it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from functools import partial
from time import monotonic
from typing import overload

from reluexact.budget import OutOfTime, spending
from reluexact.errors import Argument, Cure, Limit, Message, WorkersLost
from reluexact.evidence.bound import BoundProof
from reluexact.evidence.network import BoundEvidence
from reluexact.evidence.status import Status
from reluexact.geometry.column import Column
from reluexact.kinds.optimum.assemble import bits_for, fine_enough, optimum_of
from reluexact.kinds.optimum.claim import Optimum
from reluexact.kinds.optimum.problem_claim import ProblemOptimum
from reluexact.model.calls import of_data
from reluexact.model.dataset import Dataset
from reluexact.model.problem import Problem, as_problem
from reluexact.model.program import Program, make_program
from reluexact.model.row_weights import scales, without_weights
from reluexact.numbers.rational import to_count
from reluexact.numbers.real import MAX_DIGITS, Real
from reluexact.numbers.seconds import out_of_time, to_seconds
from reluexact.progress import Progress, Stage
from reluexact.propose.basis import even_coordinates, steep
from reluexact.propose.candidates import Candidate, pricing_for, propose
from reluexact.propose.ladders import CLOSE, ROUGH
from reluexact.propose.polish import early_pricing
from reluexact.prove.certified import CertifiedOptimum
from reluexact.search.proof import prove
from reluexact.search.structure_search import StructureSearch
from reluexact.search.watch import Watch
from reluexact.version import __version__
from reluexact.work import Map, Work, running, sharing

CALL = "solve(Dataset(X, y), penalty)"


@overload
def solve(
    data: Dataset,
    penalty: object,
    *,
    digits: int = ...,
    engine: str = ...,
    limit: int = ...,
    time_limit: object = ...,
    map: Map | None = ...,
    progress: Progress | None = ...,
) -> Optimum: ...
@overload
def solve(
    data: Problem,
    penalty: None = ...,
    *,
    digits: int = ...,
    engine: str = ...,
    limit: int = ...,
    time_limit: object = ...,
    map: Map | None = ...,
    progress: Progress | None = ...,
) -> Optimum | ProblemOptimum: ...
@of_data(CALL)
def solve(
    data: Dataset | Problem,
    penalty: object = None,
    *,
    digits: int = 30,
    engine: str = "clarabel",
    limit: int = 200_000,
    time_limit: object = None,
    map: Map | None = None,
    progress: Progress | None = None,
) -> Optimum | ProblemOptimum:
    """Find and prove the optimum over networks of every width.

    data, penalty: a data set and a number > 0 (see :mod:`reluexact.model.network` for the objective), or a
    :class:`reluexact.model.problem.Problem` alone; for one with other parts than the short form the answer is a
    :class:`reluexact.kinds.optimum.problem_claim.ProblemOptimum`. digits: decimals of the value that are
    proved at once; more come on demand from ``optimum.value``. engine: ``clarabel`` or ``scip``, the solver that proposes.
    limit: nodes of a branch tree. time_limit: seconds; what is proved in time does not depend on it. map: who grows the parts
    of large branch trees and checks them, such as ``executor.map`` or ``client.map`` of Dask (:mod:`reluexact.work`); the answer
    does not depend on it. progress: see :mod:`reluexact.progress`. The status is PROVED, or UNDECIDED with the reason and the
    best rational bounds, also when the time is over. KeyboardInterrupt (Ctrl-C) comes with these bounds, too, as
    ``error.bounds``.

    Raises InputError for bad input, MissingDependency when the engine is not installed, and WorkersLost, with these bounds, when
    workers of ``map`` are lost.

    >>> optimum = solve(Dataset(X=[[1], [2]], y=[1, 2]), penalty=1)
    >>> optimum.value, optimum.status.name, len(optimum.neurons)
    (9/10, 'PROVED', 1)
    """
    work = running() if map is None else Work.of(map)
    problem = as_problem(data, penalty, call=CALL)
    if not problem.is_plain:
        with sharing(work):
            return _solve_problem(problem, digits, engine, limit, time_limit, progress)
    to_count(digits, where="digits", most=MAX_DIGITS)
    to_count(limit, where="limit")
    seconds = to_seconds(time_limit)
    program = make_program(problem.data, problem.penalty)
    watch = Watch(problem.data, problem.penalty, progress)
    try:
        with watch.over(seconds):
            found = _search(watch, program, digits, engine, limit, work)
            if isinstance(found, Message):
                with even_coordinates() if steep(program.hyperplanes.normals) else nullcontext():
                    return _undecided(watch.bound_within(limit), digits, engine, found)
    except WorkersLost as lost:
        lost.bounds = watch.bound()
        raise
    except OutOfTime as stop:
        return _undecided(watch.bound(), digits, engine, out_of_time(stop))
    with spending(anew=True):  # what is proved in time is handed over
        return optimum_of(fine_enough(found, digits), digits=digits, produced_by=_produced_by(engine))


def _solve_problem(
    problem: Problem, digits: int, engine: str, limit: int, time_limit: object, progress: Progress | None
) -> ProblemOptimum:
    """Solve a problem that is not the short form; with row weights alone its scaled copies have a second search."""
    from reluexact.kinds.optimum.problem_find import solve_problem  # today's short form does without

    since, seconds = monotonic(), to_seconds(time_limit)
    found = solve_problem(problem, digits=digits, engine=engine, limit=limit, time_limit=time_limit, progress=progress)
    if found.status is Status.PROVED or not scales(problem):
        return found
    from reluexact.kinds.optimum.from_copies import weighted_optimum

    plain = without_weights(problem)
    try:
        with spending(seconds, since=since):
            copies = solve(plain.data, plain.penalty, digits=digits, engine=engine, limit=limit, progress=progress)
            return weighted_optimum(problem, copies, digits=digits, limit=limit) or found
    except OutOfTime:
        return found


def _search(watch: Watch, program: Program, digits: int, engine: str, limit: int, work: Work) -> CertifiedOptimum | Message:
    """Return the proof, or the reason why there is none; nearly parallel rows have a second chance."""
    nearly_parallel = steep(program.hyperplanes.normals)
    found = _attempt(watch, program, digits, engine, limit, work, quick=nearly_parallel)
    if nearly_parallel and isinstance(found, Message) and not (found.limit is not None and found.limit.raisable):
        with even_coordinates():
            return _attempt(watch, program, digits, engine, limit, work, quick=False)
    return found


def _attempt(
    watch: Watch, program: Program, digits: int, engine: str, limit: int, work: Work, *, quick: bool
) -> CertifiedOptimum | Message:
    """Propose and prove; the reason where no proof closes."""
    watch.report(Stage(f"column generation with {engine}"))
    pricing = pricing_for(program.data)
    generate = partial(propose, program.data, program.penalty, engine=engine, rounds=limit, progress=watch.report)
    bits = bits_for(program.data, digits)
    search = partial(StructureSearch, partial(prove, work=work), program, bits=bits, limit=limit, progress=watch.report)
    start: Sequence[Column] = ()
    climbs = None if quick else early_pricing(program.data, pricing)
    if climbs is not None:
        rough = generate(pricing=climbs, enough=ROUGH)
        early = search(rough, pricing=climbs, failures=[])
        proof = early.polished()
        if proof is not None or early.is_over:
            return _reason(early.failures, rough) if proof is None else proof
        start = rough.columns
    candidate = generate(pricing=pricing, start=start)
    watch.settled(candidate)
    if candidate.is_open and candidate.gap > CLOSE:
        stop = Limit(counted="rounds of column generation", value=limit, reached=limit)
        taken = f"column generation has a relative gap of {candidate.gap:.0e} after "
        return Message(taken, Argument("limit", limit), " rounds", Cure("raise ", Argument("limit"), " to go on"), limit=stop)
    full = search(candidate, pricing=pricing, failures=[])
    proof = full.run(quick=quick) if not quick or candidate.gap <= CLOSE else None
    return _reason(full.failures, candidate) if proof is None else proof


def _reason(failures: Sequence[Message], candidate: Candidate) -> Message:
    """Choose among the reasons why no proof closed."""
    stopped = next((known for known in failures if known.limit and known.limit.raisable), None)  # the cure of which is known
    otherwise = Message(f"no structure fits the floats, whose relative gap is {candidate.gap:.0e}")
    return stopped or (failures[-1] if failures else otherwise)


def _produced_by(engine: str) -> tuple[tuple[str, str], ...]:
    return (("engine", engine), ("program", f"reluexact {__version__}"))


def _undecided(bound: BoundProof, digits: int, engine: str, reason: Message) -> Optimum:
    return Optimum(
        data=bound.data,
        penalty=bound.penalty,
        status=Status.UNDECIDED,
        reason=reason,
        value=Real(low=bound.lower, high=bound.upper),
        residual=(),
        neurons=(),
        network=bound.network,
        lower=bound.lower,
        upper=bound.upper,
        digits=digits,
        evidence=BoundEvidence(residual=bound.residual, positive=bound.positive, negative=bound.negative),
        produced_by=_produced_by(engine),
    )
