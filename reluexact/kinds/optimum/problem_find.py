"""The certified optimum of a problem with any loss, linear part and biases: floats propose a structure, exact arithmetic proves it."""

from __future__ import annotations

from fractions import Fraction

from reluexact.errors import InputError, Message
from reluexact.evidence.status import Status
from reluexact.kinds.optimum.assemble import bits_for
from reluexact.kinds.optimum.problem_assemble import problem_optimum_of
from reluexact.kinds.optimum.problem_claim import ProblemOptimum
from reluexact.model.problem import Problem
from reluexact.model.program import program_of
from reluexact.numbers.rational import to_count
from reluexact.numbers.real import MAX_DIGITS, Real
from reluexact.progress import Progress, Stage, silent
from reluexact.propose.training import Prepared, propose_training
from reluexact.prove.assemble import assemble_value
from reluexact.prove.problem_optimum import CertifiedProblemOptimum
from reluexact.search.problem_bound import bound_problem
from reluexact.search.problem_structure import ProblemStructureSearch
from reluexact.version import __version__


def solve_problem(
    problem: Problem,
    *,
    digits: int = 30,
    engine: str = "clarabel",
    limit: int = 200_000,
    progress: Progress | None = None,
) -> ProblemOptimum:
    """Find and prove the optimum of a problem over networks of every width; see :class:`ProblemOptimum`.

    digits: decimals of the value that are proved. limit: nodes of a branch tree. The status is PROVED, or UNDECIDED with the
    reason and the best rational bounds (dual: :mod:`reluexact.model.problem`; KKT conditions: Rockafellar 1970, section 31).

    Raises InputError for bad input and MissingDependency when the engine is not installed.

    >>> from reluexact.model.dataset import Dataset
    >>> problem = Problem(Dataset([[1], [2], [4]], [1, 2, 9]), 1, loss="absolute", output_bias="free")
    >>> optimum = solve_problem(problem)
    >>> optimum.status.name, optimum.value, [str(entry) for entry in optimum.fit]
    ('PROVED', 13/3, ['1', '11/3', '9'])
    """
    if not isinstance(problem, Problem):
        raise InputError(f"problem: a {type(problem).__name__} is no problem; pass rx.Problem(data, penalty, ...)")
    to_count(digits, where="digits", most=MAX_DIGITS)
    to_count(limit, where="limit")
    report = progress or silent
    report(Stage(f"column generation with {engine}"))
    prepared = Prepared(problem)
    candidate = propose_training(prepared, engine=engine, progress=progress)
    notes = (("engine", engine), ("program", f"reluexact {__version__}"))
    if candidate is None:
        return _undecided(problem, digits, engine, limit, Message("the solver found no point; rescale the data"))
    attempt = ProblemStructureSearch(
        prepared=prepared,
        program=program_of(problem),
        candidate=candidate,
        bits=bits_for(problem.data, digits),
        limit=limit,
        progress=report,
    )
    proof = attempt.run()
    if proof is None:
        reason = attempt.failures[-1] if attempt.failures else Message("no structure fits the floats")
        return _undecided(problem, digits, engine, limit, reason)
    return problem_optimum_of(problem, _fine_enough(proof, digits), digits=digits, produced_by=notes)


def _fine_enough(proof: CertifiedProblemOptimum, digits: int) -> CertifiedProblemOptimum:
    """Return the proof with a box that gives ``digits`` decimals of the value."""
    bits = proof.bits
    value, _ = assemble_value(proof)
    while value.radical is None and value.high - value.low > Fraction(1, 10**digits):
        bits += 10 * digits // 3
        proof = proof.refined(bits)
        value, _ = assemble_value(proof)
    return proof


def _undecided(problem: Problem, digits: int, engine: str, limit: int, reason: Message) -> ProblemOptimum:
    bound = bound_problem(problem, engine=engine, limit=limit)
    return ProblemOptimum(
        problem=problem,
        status=Status.UNDECIDED,
        reason=reason,
        value=Real(low=bound.lower, high=bound.upper),
        theta=(),
        fit=(),
        neurons=(),
        linear=(),
        network=bound.network,
        lower=bound.lower,
        upper=bound.upper,
        digits=digits,
        evidence=bound,
        produced_by=bound.produced_by,
    )
