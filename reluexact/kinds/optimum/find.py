"""The certified optimum: floats propose a structure, exact arithmetic proves it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from reluexact.errors import LimitReached
from reluexact.evidence.network import BoundEvidence
from reluexact.evidence.status import Status
from reluexact.evidence.tree import Leaf
from reluexact.kinds.optimum.assemble import optimum_of
from reluexact.kinds.optimum.claim import Optimum
from reluexact.model.dataset import Dataset, require_dataset
from reluexact.model.program import Program, make_program
from reluexact.numbers.rational import to_count, to_penalty
from reluexact.numbers.real import MAX_DIGITS, Real
from reluexact.propose.candidates import Candidate, pricing_for, propose
from reluexact.prove.assemble import assemble_value
from reluexact.search.bound import BoundProof, proposed_network, prove_bound
from reluexact.search.proof import Proof, prove
from reluexact.search.structure_search import Progress, StructureSearch
from reluexact.version import __version__


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
    limit: nodes of a branch tree. The status is PROVED, or UNDECIDED with the reason and the best rational bounds.

    Raises InputError for bad input and MissingDependency when the engine is not installed.

    >>> optimum = solve(Dataset(X=[[1], [2]], y=[1, 2]), penalty=1)
    >>> optimum.value, optimum.status.name, len(optimum.neurons)
    (9/10, 'PROVED', 1)
    """
    weight = to_penalty(penalty)
    require_dataset(data)
    to_count(digits, where="digits", most=MAX_DIGITS)
    to_count(limit, where="limit")
    report = progress if progress is not None else _silent
    program = make_program(data, weight)
    pricing = pricing_for(data)
    report(f"column generation with {engine}")
    candidate = propose(data, weight, engine=engine, pricing=pricing)
    stage = report if progress is None else _with_upper_bound(report, program, candidate)
    attempt = StructureSearch(prove, program, candidate, pricing, _bits(data, digits), limit, [], stage)
    proof = attempt.run()
    if proof is None:
        return _undecided(program, candidate, digits, engine, limit, attempt.failures)
    return _proved(program, proof, digits, engine, limit)


def _with_upper_bound(report: Progress, program: Program, candidate: Candidate) -> Progress:
    """Add to every stage what is proved already: the exact objective of the proposed network."""
    network = proposed_network(program.data, program.penalty, candidate)
    known = Real.rational(network.objective(program.data, program.penalty)).decimal(12)

    def stage(text: str) -> None:
        report(f"{text}; a network reaches {known}")

    return stage


def _silent(_: str) -> None:
    """Report nothing."""


def _bits(data: Dataset, digits: int) -> int:
    """Return how finely z must be enclosed for ``digits`` decimals of the value (checked afterwards)."""
    size = sum((abs(entry) for row in data.X for entry in row), Fraction(0)) * (1 + sum(abs(t) for t in data.y))
    return 10 * digits // 3 + 40 + int(1 + size).bit_length()


def _produced_by(engine: str) -> tuple[tuple[str, str], ...]:
    return (("engine", engine), ("program", f"reluexact {__version__}"))


def _proved(program: Program, proof: Proof, digits: int, engine: str, limit: int) -> Optimum:
    """Assemble the claim; a box that is too coarse for the digits is proved again, since the certificate carries just one."""
    value, _ = assemble_value(proof)
    bits = _bits(program.data, digits)
    while value.radical is None and value.high - value.low > Fraction(1, 10**digits):
        bits += 10 * digits // 3
        proof = prove(proof.kkt, proof.box.midpoint, bits=bits, limit=limit)
        value, _ = assemble_value(proof)
    return optimum_of(proof, digits=digits, produced_by=_produced_by(engine))


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


def _undecided(program: Program, candidate: Candidate, digits: int, engine: str, limit: int, failures: Sequence[str]) -> Optimum:
    bound = _bound(program, candidate, engine, limit)
    stopped = next((text for text in failures if "limit=" in text), None)  # the cure of which is known
    reason = stopped or (failures[-1] if failures else f"no structure fits the floats, whose relative gap is {candidate.gap:.0e}")
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
