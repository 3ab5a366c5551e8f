"""How long work may go on: a deadline that every loop asks about, and who hears of what the work has found so far.

A budget belongs to a call, not to arguments: it holds for everything that runs inside of ``with spending(...)``, in this thread,
down to the loops of linear algebra, which no argument would reach. It never changes an answer: work that is done in time does
not notice it, and work that is not ends at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from math import inf
from time import monotonic

from reluexact.progress import Progress


class OutOfTime(BaseException):
    """The deadline has passed; ``seconds`` is the time that was allowed.

    Like KeyboardInterrupt it is no Exception, so that nothing on its way takes it for an attempt that failed. It never leaves
    a public function.
    """

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class Interrupted(KeyboardInterrupt):
    """Ctrl-C, with what was proved up to then: ``bounds`` is the claim about the optimal value."""

    def __init__(self, bounds: object) -> None:
        super().__init__()
        self.bounds = bounds


@dataclass(frozen=True, slots=True, kw_only=True)
class _Budget:
    """seconds: what was allowed up to the deadline. progress, found: who hears of stages and of proposals."""

    seconds: float = inf
    deadline: float = inf
    progress: Progress | None = None
    found: Callable[[object], object] | None = None


_RUNNING: ContextVar[_Budget] = ContextVar("the budget of the work that runs", default=_Budget())  # noqa: B039


@contextmanager
def spending(
    seconds: float | None = None,
    *,
    since: float | None = None,
    progress: Progress | None = None,
    found: Callable[[object], object] | None = None,
    anew: bool = False,
) -> Iterator[None]:
    """Give what runs inside so many seconds at most, counted from now or ``since`` some time of ``time.monotonic()``.

    anew: whatever was allowed before; else the earlier deadline holds. progress, found: who hears of stages, and of what is told.

    >>> with spending(0.0):
    ...     check()
    Traceback (most recent call last):
    reluexact.budget.OutOfTime: 0.0
    >>> with spending(0.0), spending(60.0, anew=True):
    ...     check()
    """
    outer = _RUNNING.get()
    allowed = inf if seconds is None else seconds
    deadline = (monotonic() if since is None else since) + allowed
    if not anew and outer.deadline <= deadline:
        allowed, deadline = outer.seconds, outer.deadline
    inner = _Budget(seconds=allowed, deadline=deadline, progress=progress or outer.progress, found=found or outer.found)
    token = _RUNNING.set(inner)
    try:
        yield
    finally:
        _RUNNING.reset(token)


def check() -> None:
    """Raise OutOfTime when the deadline has passed. Every loop that may go on for long does this in each turn."""
    budget = _RUNNING.get()
    if budget.deadline < inf and monotonic() >= budget.deadline:
        raise OutOfTime(budget.seconds)


def seconds_left() -> float | None:
    """Return how long the work may still go on; None for as long as it takes."""
    budget = _RUNNING.get()
    return None if budget.deadline == inf else max(0.0, budget.deadline - monotonic())


def tell(proposal: object) -> None:
    """Hand on what has been found, for bounds of the optimal value should the work be stopped."""
    budget = _RUNNING.get()
    if budget.found is not None:
        budget.found(proposal)


def listener() -> Progress | None:
    """Return who wants to hear of stages; None when nobody does."""
    return _RUNNING.get().progress
