"""What the commands about optimal networks begin with: the optimum, then the set of all optimal networks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reluexact.evidence.status import Status
from reluexact.kinds.optimal_set.views import known_set
from reluexact.kinds.optimum.views import known_optimum
from reluexact.numbers.seconds import Clock
from reluexact.progress import Progress, Stage
from reluexact.terminal.job import Job

if TYPE_CHECKING:
    from reluexact.kinds.optimal_set.claim import OptimalSet
    from reluexact.kinds.optimum.claim import Optimum


def solved_set(job: Job, report: Progress, clock: Clock, *, limit: int, bases: int) -> tuple[Optimum, OptimalSet | None]:
    """Return the optimum, and its set when it is proved; the job knows at any time what is proved.

    limit: nodes of a branch tree. bases: of the polytope of amounts, at most.
    """
    from reluexact.kinds.optimal_set.find import optimal_set
    from reluexact.kinds.optimum.find import solve

    with clock.running():
        optimum = solve(job.data, job.penalty, limit=limit, progress=report)
    job.known.append(known_optimum(optimum))
    job.proved.append(optimum)
    if optimum.status is not Status.PROVED:
        return optimum, None
    report(Stage("vertices"))
    with clock.running():
        best = optimal_set(optimum, limit=bases, progress=report)
    job.known.append(known_set(best))
    return optimum, best
