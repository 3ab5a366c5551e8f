"""The certified optimum: floats propose a structure, exact arithmetic proves it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from reluexact.errors import Limit, LimitReached, Message
from reluexact.evidence.bound import BoundProof
from reluexact.evidence.network import BoundEvidence
from reluexact.evidence.status import Status
from reluexact.evidence.tree import Leaf
from reluexact.kinds.optimum.assemble import bits_for, fine_enough, optimum_of
from reluexact.kinds.optimum.claim import Optimum
from reluexact.model.dataset import Dataset, require_dataset
from reluexact.model.program import Program, make_program
from reluexact.numbers.rational import to_count, to_penalty
from reluexact.numbers.real import MAX_DIGITS, Real
from reluexact.progress import Progress, Stage, silent
from reluexact.propose.basis import even_coordinates, steep
from reluexact.propose.candidates import Candidate, pricing_for, propose
from reluexact.propose.network import proposed_network
from reluexact.prove.certified import CertifiedOptimum
from reluexact.search.bound import prove_bound
from reluexact.search.proof import prove
from reluexact.search.structure_search import StructureSearch
from reluexact.version import __version__

CLOSE = 1e-8
"""Nearly parallel rows: floats in the coordinates of the user are believed when their relative gap is this small."""


def solve(
    data: Dataset,
    penalty: object,
    *,
    digits: int = 30,
    engine: str = "clarabel",
    limit: int = 200_000,
    progress: Progress | None = None,
) -> Optimum:
    """Find and prove the optimum over networks of every width.

    penalty: a number > 0 (see :mod:`reluexact.model.network` for the objective). digits: decimals of the value that are
    proved at once; more come on demand from ``optimum.value``. engine: ``clarabel`` or ``scip``, the solver that proposes.
    limit: nodes of a branch tree. progress: see :mod:`reluexact.progress`. The status is PROVED, or UNDECIDED with the reason and
    the best rational bounds.

    Raises InputError for bad input and MissingDependency when the engine is not installed.

    >>> optimum = solve(Dataset(X=[[1], [2]], y=[1, 2]), penalty=1)
    >>> optimum.value, optimum.status.name, len(optimum.neurons)
    (9/10, 'PROVED', 1)
    """
    weight = to_penalty(penalty, choice=False)
    require_dataset(data)
    to_count(digits, where="digits", most=MAX_DIGITS)
    to_count(limit, where="limit")
    program = make_program(data, weight)

    found = _proved(_Task(program=program, digits=digits, engine=engine, limit=limit, progress=progress))
    if isinstance(found, Optimum):
        return found
    return optimum_of(fine_enough(found, digits), digits=digits, produced_by=_produced_by(engine))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    """What is to be solved, and how."""

    program: Program
    digits: int
    engine: str
    limit: int
    progress: Progress | None


def _proved(task: _Task) -> CertifiedOptimum | Optimum:
    """Return the proof, or the claim that says why there is none; nearly parallel rows have a second chance."""
    nearly_parallel = steep(task.program.hyperplanes.normals)
    found = _attempt(task, quick=nearly_parallel)
    if nearly_parallel and not isinstance(found, CertifiedOptimum):
        with even_coordinates():
            found = _attempt(task, quick=False)
            return found if isinstance(found, CertifiedOptimum) else found()
    return found if isinstance(found, CertifiedOptimum) else found()


def _attempt(task: _Task, *, quick: bool) -> CertifiedOptimum | Callable[[], Optimum]:
    """Return the proof, or what gives the claim without one."""
    program, report = task.program, task.progress or silent
    pricing = pricing_for(program.data)
    report(Stage(f"column generation with {task.engine}"))
    candidate = propose(program.data, program.penalty, engine=task.engine, pricing=pricing)
    stage = report if task.progress is None else _with_upper_bound(report, program, candidate)
    search = StructureSearch(prove, program, candidate, pricing, bits_for(program.data, task.digits), task.limit, [], stage)
    proof = search.run(quick=quick) if not quick or candidate.gap <= CLOSE else None
    return proof or (lambda: _undecided(program, candidate, task.digits, task.engine, task.limit, search.failures))


def _with_upper_bound(report: Progress, program: Program, candidate: Candidate) -> Progress:
    """Add to every stage what is proved already: the exact objective of the proposed network."""
    network = proposed_network(program.data, program.penalty, candidate)
    known = Real.rational(network.objective(program.data, program.penalty)).decimal(12)

    def with_bound(stage: Stage) -> None:
        text = f"a network reaches {known}"
        report(Stage(f"{stage}; {text}", done=stage.done, total=stage.total, proved=f"optimal value <= {text[18:]}"))

    return with_bound


def _can_be_raised(limit: Limit | None) -> bool:
    return limit is not None and limit.argument is not None


def _produced_by(engine: str) -> tuple[tuple[str, str], ...]:
    return (("engine", engine), ("program", f"reluexact {__version__}"))


def _bound(program: Program, candidate: Candidate, engine: str, limit: int) -> BoundProof:
    """Prove the best bounds within the limit; the lower bound 0 needs no search."""
    try:
        return prove_bound(program.data, program.penalty, residual=candidate.residual, engine=engine, limit=limit)
    except LimitReached:
        network = proposed_network(program.data, program.penalty, candidate)
        return BoundProof(
            data=program.data,
            penalty=program.penalty,
            residual=(Fraction(0),) * program.data.n,
            positive=(Leaf(),),
            negative=(Leaf(),),
            lower=Fraction(0),
            network=network,
            upper=network.objective(program.data, program.penalty),
        )


def _undecided(
    program: Program, candidate: Candidate, digits: int, engine: str, limit: int, failures: Sequence[Message]
) -> Optimum:
    bound = _bound(program, candidate, engine, limit)
    stopped = next((known for known in failures if _can_be_raised(known.limit)), None)  # the cure of which is known
    otherwise = Message(f"no structure fits the floats, whose relative gap is {candidate.gap:.0e}")
    reason = stopped or (failures[-1] if failures else otherwise)
    return Optimum(
        data=program.data,
        penalty=program.penalty,
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
