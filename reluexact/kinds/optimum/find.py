"""The certified optimum: floats propose a structure, exact arithmetic proves it."""

from __future__ import annotations

from collections.abc import Sequence

from reluexact.budget import OutOfTime, spending
from reluexact.errors import Limit, Message
from reluexact.evidence.bound import BoundProof
from reluexact.evidence.network import BoundEvidence
from reluexact.evidence.status import Status
from reluexact.kinds.optimum.assemble import bits_for, fine_enough, optimum_of
from reluexact.kinds.optimum.claim import Optimum
from reluexact.model.dataset import Dataset, require_dataset
from reluexact.model.program import Program, make_program
from reluexact.numbers.rational import to_count, to_penalty
from reluexact.numbers.real import MAX_DIGITS, Real
from reluexact.numbers.seconds import out_of_time, to_seconds
from reluexact.progress import Progress, Stage
from reluexact.propose.candidates import Candidate, pricing_for, propose
from reluexact.prove.certified import CertifiedOptimum
from reluexact.search.proof import prove
from reluexact.search.structure_search import StructureSearch
from reluexact.search.watch import Watch
from reluexact.version import __version__


def solve(
    data: Dataset,
    penalty: object,
    *,
    digits: int = 30,
    engine: str = "clarabel",
    limit: int = 200_000,
    time_limit: object = None,
    progress: Progress | None = None,
) -> Optimum:
    """Find and prove the optimum over networks of every width.

    penalty: a number > 0 (see :mod:`reluexact.model.network` for the objective). digits: decimals of the value that are
    proved at once; more come on demand from ``optimum.value``. engine: ``clarabel`` or ``scip``, the solver that proposes.
    limit: nodes of a branch tree. time_limit: seconds; what is proved in time does not depend on it. progress: see
    :mod:`reluexact.progress`. The status is PROVED, or UNDECIDED with the reason and the best rational bounds, also when the time
    is over. KeyboardInterrupt (Ctrl-C) comes with these bounds, too, as ``error.bounds``.

    Raises InputError for bad input and MissingDependency when the engine is not installed.

    >>> optimum = solve(Dataset(X=[[1], [2]], y=[1, 2]), penalty=1)
    >>> optimum.value, optimum.status.name, len(optimum.neurons)
    (9/10, 'PROVED', 1)
    """
    weight = to_penalty(penalty, choice=False)
    require_dataset(data)
    to_count(digits, where="digits", most=MAX_DIGITS)
    to_count(limit, where="limit")
    seconds = to_seconds(time_limit)
    watch = Watch(data, weight, progress)
    try:
        with watch.over(seconds):
            found = _search(watch, make_program(data, weight), digits, engine, limit)
            if isinstance(found, Message):
                return _undecided(watch.bound_within(limit), digits, engine, found)
    except OutOfTime as stop:
        return _undecided(watch.bound(), digits, engine, out_of_time(stop))
    with spending(anew=True):  # what is proved in time is handed over
        return optimum_of(fine_enough(found, digits), digits=digits, produced_by=_produced_by(engine))


def _search(watch: Watch, program: Program, digits: int, engine: str, limit: int) -> CertifiedOptimum | Message:
    """Propose and prove; the reason where no proof closes."""
    watch.report(Stage(f"column generation with {engine}"))
    pricing = pricing_for(program.data)
    candidate = propose(program.data, program.penalty, engine=engine, pricing=pricing, rounds=limit, progress=watch.report)
    watch.settled(candidate)
    bits = bits_for(program.data, digits)
    attempt = StructureSearch(prove, program, candidate, pricing, bits, limit, [], watch.report)
    proof = attempt.run()
    if proof is not None:
        return proof
    return _reason(attempt.failures, candidate)


def _reason(failures: Sequence[Message], candidate: Candidate) -> Message:
    """Choose among the reasons why no proof closed."""
    stopped = next((known for known in failures if _can_be_raised(known.limit)), None)  # the cure of which is known
    otherwise = Message(f"no structure fits the floats, whose relative gap is {candidate.gap:.0e}")
    return stopped or (failures[-1] if failures else otherwise)


def _can_be_raised(limit: Limit | None) -> bool:
    return limit is not None and limit.argument is not None


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
