"""What a command leaves when it is interrupted: the best that is proved, in words, as JSON and as a certificate."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction

from reluexact.budget import Interrupted, spending
from reluexact.evidence.bound import BoundProof
from reluexact.evidence.problem_bound import ProblemBound
from reluexact.numbers.decimals import bounds_text
from reluexact.progress import Progress
from reluexact.terminal.job import Job


@contextmanager
def working(job: Job) -> Iterator[Progress]:
    """Show how the work of a job goes; an interrupt (Ctrl-C) ends it with what is proved, and exit code 130."""
    with job.working() as report:
        try:
            yield report
        except KeyboardInterrupt as stop:
            claim = job.proved[-1] if job.proved else stop.bounds if isinstance(stop, Interrupted) else None
            if claim is not None:
                with spending(anew=True):
                    _leave(job, claim)
            elif job.screen.out is not None:
                told = f"{job.known[-1]}; " if job.known else ""
                job.known.append(f"{told}no certificate is written")
            raise


def _leave(job: Job, claim: object) -> None:
    """Write the claim, and put into words what is not put yet."""
    from reluexact.kinds.files import for_file
    from reluexact.kinds.width_optimum.claim import WidthOptimum

    if isinstance(claim, BoundProof | ProblemBound):
        job.known.append(f"known so far: {bounds_text(claim.lower, claim.upper)}, proved")
    if isinstance(claim, WidthOptimum):
        job.known.append(f"known so far of width {claim.width}: {bounds_text(claim.lower, claim.upper)}, proved")
    stored = for_file(claim) if job.screen.out is not None else None
    job.screen.leave({**_document(claim), "reason": "interrupted"} if job.screen.as_json else {}, stored)


def _document(claim: object) -> dict[str, object]:
    from reluexact.kinds.bound.views import bound_json
    from reluexact.kinds.optimum.claim import Optimum
    from reluexact.kinds.optimum.problem_claim import ProblemOptimum
    from reluexact.kinds.optimum.problem_views import problem_optimum_json
    from reluexact.kinds.optimum.views import optimum_json
    from reluexact.kinds.width_optimum.claim import WidthOptimum
    from reluexact.kinds.width_optimum.views import width_json

    if isinstance(claim, WidthOptimum):
        return width_json(claim)
    if isinstance(claim, BoundProof | ProblemBound):
        return bound_json(claim, Fraction(0))
    if isinstance(claim, ProblemOptimum):
        return problem_optimum_json(claim)
    return optimum_json(claim) if isinstance(claim, Optimum) else {}
