"""The search for the optimum of a problem with the absolute loss whose rows all lie at the breakpoint of their loss."""

from __future__ import annotations

from collections.abc import Iterator

from reluexact.errors import Message
from reluexact.model.problem import Problem
from reluexact.model.program import program_of
from reluexact.progress import Stage
from reluexact.propose.ladders import POLISHED_LADDER, PROBLEM_LADDER
from reluexact.propose.polishing import is_fine, polished
from reluexact.propose.training import Prepared, TrainingCandidate, propose_training
from reluexact.prove.problem_optimum import CertifiedProblemOptimum
from reluexact.search.problem_structure import ProblemStructureSearch
from reluexact.search.problem_watch import ProblemWatch

Ladder = tuple[tuple[float, float], ...]


def search_exact_penalty(
    watch: ProblemWatch, problem: Problem, *, bits: int, engine: str, limit: int
) -> CertifiedProblemOptimum | Message:
    """Propose, search and prove, from the floats of the cone program and a polished dual point; the reason where none closes."""
    watch.report(Stage(f"column generation with {engine}"))
    prepared, failures = Prepared(problem), []
    for candidate, ladder in _candidates(watch, prepared, engine):
        search = ProblemStructureSearch(
            prepared=prepared,
            program=program_of(problem),
            candidate=candidate,
            bits=bits,
            limit=limit,
            progress=watch.report,
            ladder=ladder,
        )
        proof = search.run()
        if proof is not None:
            return proof
        failures += search.failures
        if search.is_over:
            break
    return failures[-1] if failures else Message("the solver found no point; rescale the data")


def _candidates(watch: ProblemWatch, prepared: Prepared, engine: str) -> Iterator[tuple[TrainingCandidate, Ladder]]:
    """Yield that of the cone program where it looks accurate, then the polished one, then the other."""
    first = propose_training(prepared, engine=engine, progress=watch.report)
    if first is None:
        return
    watch.settled((prepared, first))
    if is_fine(first):
        yield first, PROBLEM_LADDER
    watch.report(Stage("polishing the dual point"))
    better = polished(prepared, first)
    if better is not None:
        if better.excess <= first.excess:
            watch.settled((prepared, better))
        yield better, POLISHED_LADDER
    if not is_fine(first):
        yield first, PROBLEM_LADDER
