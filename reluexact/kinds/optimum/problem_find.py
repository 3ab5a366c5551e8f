"""The certified optimum of a problem with any loss, linear part and biases: floats propose, exact arithmetic proves."""

from __future__ import annotations

from collections.abc import Callable

from reluexact.budget import OutOfTime, spending
from reluexact.errors import InputError, Message
from reluexact.evidence.problem_bound import ProblemBound
from reluexact.evidence.status import Status
from reluexact.kinds.carries import require_carried
from reluexact.kinds.optimum.assemble import bits_for
from reluexact.kinds.optimum.problem_assemble import fine_enough_problem, problem_optimum_of
from reluexact.kinds.optimum.problem_claim import ProblemOptimum
from reluexact.model.problem import Problem
from reluexact.model.program import program_of
from reluexact.numbers.rational import to_count
from reluexact.numbers.real import MAX_DIGITS, Real
from reluexact.numbers.seconds import out_of_time, to_seconds
from reluexact.progress import Progress, Stage
from reluexact.propose.basis import even_coordinates
from reluexact.propose.training import Prepared, propose_training
from reluexact.prove.problem_optimum import CertifiedProblemOptimum
from reluexact.search.problem_structure import ProblemStructureSearch
from reluexact.search.problem_watch import ProblemWatch
from reluexact.version import __version__


def solve_problem(
    problem: Problem,
    *,
    digits: int = 30,
    engine: str = "clarabel",
    limit: int = 200_000,
    time_limit: object = None,
    progress: Progress | None = None,
) -> ProblemOptimum:
    """Find and prove the optimum of a problem over networks of every width; see :class:`ProblemOptimum`.

    digits: decimals of the value that are proved. limit: nodes of a branch tree. The status is PROVED, or UNDECIDED with the
    reason and the best rational bounds, also after ``time_limit`` seconds (dual:
    :mod:`reluexact.model.problem`; KKT conditions: Rockafellar 1970, section 31).

    Raises InputError for bad input and MissingDependency when the engine is not installed.

    >>> from reluexact.model.dataset import Dataset
    >>> problem = Problem(Dataset([[1], [2], [4]], [1, 2, 9]), 1, loss="absolute", output_bias="free")
    >>> optimum = solve_problem(problem)
    >>> optimum.status.name, optimum.value, [str(entry) for entry in optimum.fit]
    ('PROVED', 13/3, ['1', '11/3', '9'])
    """
    if not isinstance(problem, Problem):
        raise InputError(f"problem: a {type(problem).__name__} is no problem; pass rx.Problem(data, penalty, ...)")
    require_carried(problem, "optimum")

    def search(watch: ProblemWatch) -> CertifiedProblemOptimum | Message:
        return _search(watch, problem, digits, engine, limit)

    return solved_by(search, problem, digits=digits, engine=engine, limit=limit, time_limit=time_limit, progress=progress)


def solved_by(
    search: Callable[[ProblemWatch], CertifiedProblemOptimum | Message],
    problem: Problem,
    *,
    digits: int,
    engine: str,
    limit: int,
    time_limit: object = None,
    progress: Progress | None = None,
) -> ProblemOptimum:
    """Return the optimum that a search proves, or the bounds that it leads to with the reason that it gives."""
    to_count(digits, where="digits", most=MAX_DIGITS)
    to_count(limit, where="limit")
    watch, seconds = ProblemWatch(problem, engine, progress), to_seconds(time_limit)
    try:
        with watch.over(seconds), even_coordinates():
            watch.begin(seconds)
            found = search(watch)
            if isinstance(found, Message):
                return _undecided(watch.bound_within(limit), digits, found)
    except OutOfTime as stop:
        return _undecided(watch.bound(), digits, out_of_time(stop))
    with spending(anew=True):  # what is proved in time is handed over
        notes = (("engine", engine), ("program", f"reluexact {__version__}"))
        return problem_optimum_of(problem, fine_enough_problem(found, digits), digits=digits, produced_by=notes)


def _search(watch: ProblemWatch, problem: Problem, digits: int, engine: str, limit: int) -> CertifiedProblemOptimum | Message:
    """Propose, search and prove; return the reason where there is no proof."""
    watch.report(Stage(f"column generation with {engine}"))
    prepared = Prepared(problem)
    candidate = propose_training(prepared, engine=engine, progress=watch.report)
    if candidate is None:
        return Message("the solver found no point; rescale the data")
    watch.settled((prepared, candidate))
    attempt = ProblemStructureSearch(
        prepared=prepared,
        program=program_of(problem),
        candidate=candidate,
        bits=bits_for(problem.data, digits),
        limit=limit,
        progress=watch.report,
    )
    proof = attempt.run()
    if proof is None:
        return attempt.failures[-1] if attempt.failures else Message("no structure fits the floats")
    return proof


def _undecided(bound: ProblemBound, digits: int, reason: Message) -> ProblemOptimum:
    return ProblemOptimum(
        problem=bound.problem,
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
