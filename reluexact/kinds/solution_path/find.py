"""The solution path: floats follow it, exact arithmetic proves every piece of it and every breakpoint."""

from __future__ import annotations

from contextlib import nullcontext
from fractions import Fraction
from os import PathLike

from reluexact.budget import OutOfTime, spending
from reluexact.errors import Argument, Cure, InputError, LimitReached, Message
from reluexact.evidence.path import PathEvidence
from reluexact.kinds.max_penalty.find import max_penalty
from reluexact.kinds.plain import plain_problem
from reluexact.kinds.solution_path.assemble import path_of
from reluexact.kinds.solution_path.claim import SolutionPath
from reluexact.kinds.solution_path.state import State
from reluexact.model.calls import of_data
from reluexact.model.dataset import Dataset
from reluexact.model.problem import Problem
from reluexact.model.program import make_program
from reluexact.numbers.decimals import rounded_text
from reluexact.numbers.rational import to_count, to_fraction, to_penalty
from reluexact.numbers.real import Real
from reluexact.numbers.seconds import out_of_time, to_seconds
from reluexact.progress import Progress, silent
from reluexact.propose.candidates import pricing_for
from reluexact.propose.path.trace import Lost
from reluexact.prove.path.chain import check_order
from reluexact.prove.unproved import Unproved
from reluexact.search.path import PathSearch
from reluexact.version import __version__

CALL = "solution_path(Dataset(X, y), low)"
SHARE, DIGITS = Fraction(1, 100), 9
FURTHER = Fraction(31, 32)
"""How far below a lowest penalty that is a breakpoint the path goes on."""


@of_data(CALL)
def solution_path(
    data: Dataset | Problem,
    low: object = None,
    *,
    share: object = None,
    limit: int = 200_000,
    time_limit: object = None,
    state: str | PathLike[str] | None = None,
    progress: Progress | None = None,
) -> SolutionPath:
    """Find the optimum for every penalty from ``low`` on, and prove it: structure by structure, event by event.

    data: a data set, or a Problem with row weights at most (its penalty plays no role). low: the lowest penalty, a number > 0; or
    share: the lowest penalty as a share of ``max_penalty(data)``, for example "1/50"; 1/100 where neither is given. Where ``low``
    is a breakpoint the path goes a little further, so that it holds there, too. limit: nodes of a branch tree. time_limit:
    seconds; the path ends where it stands then. state: a file that remembers proved segments, so that the same call goes on
    after a stop. progress: see :mod:`reluexact.progress`. The status is PROVED, or UNDECIDED with the reason: an end above
    ``low``, or gaps, where events come too close or coincide without a symmetry or exact zeros (in small integer data: two
    neurons reach the penalty at once and one of them enters); what is listed is proved in any case.

    Raises InputError for bad input, and for data whose optimum is the zero network at every penalty. Source: the path of Mishkin
    and Pilanci 2023; pieces by Krawczyk's test with a parameter, see CERTIFICATE.md, kind ``path``.

    >>> path = solution_path(Dataset(X=[[1, 0], [0, 1]], y=[3, -1]), low="1/2")
    >>> path
    SolutionPath(PROVED, down to 0.5, 3 pieces, 2 breakpoints)
    >>> [point.penalty for point in path.breakpoints], [len(piece.neurons) for piece in path.pieces]
    ([3, 1], [0, 1, 2])
    """
    if low is not None and share is not None:
        raise InputError("share: low is given, too; give one of the two")
    least = None if low is None else to_penalty(low, where="low")
    part = SHARE if share is None else to_fraction(share, where="share")
    if not 0 < part < 1:
        raise InputError(f"share: {part} does not lie between 0 and 1; give a part of the greatest penalty, for example 1/50")
    to_count(limit, where="limit")
    seconds = to_seconds(time_limit)
    rows = plain_problem(data, None if isinstance(data, Problem) else 1, "solution_path", call=CALL).data
    greatest = max_penalty(rows, progress=progress)
    goal = _goal(greatest, least, part)
    program = make_program(rows, Fraction(1))
    with State(state, rows) if state is not None else nullcontext() as memory:
        search = PathSearch(program, pricing_for(rows), limit=limit, memory=memory)
        with spending(seconds):
            reason = _searched(search, greatest, goal, progress or silent)
            if reason is None and _is_event(search, goal):
                further = PathSearch(program, pricing_for(rows), limit=limit, memory=memory)
                if _searched(further, greatest, goal * FURTHER, progress or silent) is None and _reaches(further, goal):
                    search = further
    with spending(anew=True):
        evidence = search.evidence()
        if not evidence.segments:
            why = Message("no part of the path is proved: ", reason or Message("floats see no neuron"))
            raise LimitReached(why) if isinstance(reason, Message) and reason.limit is not None else InputError(why)
        said = reason or _unproved(search, evidence, goal)
        proved = search.segments[: len(evidence.segments)]
        return path_of(rows, evidence, produced_by=(("program", f"reluexact {__version__}"),), reason=said, proved=proved)


def _unproved(search: PathSearch, evidence: PathEvidence, low: Fraction) -> Message | None:
    """Return why a path that was searched to its end is not proved, or None."""
    last = evidence.segments[-1].low
    if last > low:
        return Message(f"below the penalty {rounded_text(last, 6)} no structure is proved: {search.why}")
    if any(link.kind == "gap" for link in evidence.links):
        return Message(f"there are penalties between which no structure is proved: {search.why}")
    try:
        check_order(evidence.links)
    except Unproved as problem:
        return Message(str(problem))
    return None


def _goal(greatest: Real, low: Fraction | None, share: Fraction) -> Fraction:
    """Return the lowest penalty."""
    if greatest == 0:
        raise InputError("data: the zero network is optimal at every penalty, so there is no path")
    if low is None:
        return Fraction(rounded_text(greatest.middle * share, DIGITS))
    if greatest <= low:
        raise InputError(
            Message(
                f"low: the zero network is optimal from the penalty {greatest!r} on, so there is no path above {low}",
                Cure("give a smaller ", Argument("low")),
            )
        )
    return low


def _reaches(search: PathSearch, low: Fraction) -> bool:
    """Say whether the proved segments reach a penalty."""
    known = search.evidence().segments
    return bool(known) and known[-1].low <= low


def _is_event(search: PathSearch, low: Fraction) -> bool:
    """Say whether the segments end just above the lowest penalty, as they do where it is a breakpoint."""
    known = search.evidence().segments
    return bool(known) and low < known[-1].low <= low / FURTHER


def _searched(search: PathSearch, greatest: Real, low: Fraction, report: Progress) -> Message | None:
    """Follow the path; return why it ends above the lowest penalty, or None."""
    try:
        search.run(greatest.middle, low, report)
    except OutOfTime as stop:
        return out_of_time(stop)
    except Lost as problem:
        return Message(str(problem))
    return None
