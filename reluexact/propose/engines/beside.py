"""A call of a solver beside Python: in a thread, so that an interrupt (Ctrl-C) and a deadline reach Python at once."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from typing import Generic, TypeVar

from reluexact.budget import OutOfTime, check

T = TypeVar("T")

_TURN = 0.05


class _Call(Generic[T]):
    """What one call gave, or raised."""

    def __init__(self, work: Callable[[], T]) -> None:
        self._work = work
        self.answers: list[T] = []
        self.failures: list[Exception] = []

    def run(self) -> None:
        """Do it; nothing is raised in the thread."""
        try:
            self.answers.append(self._work())
        except Exception as failure:  # whatever a solver raises is for the caller
            self.failures.append(failure)


def beside(work: Callable[[], T], stop: Callable[[], object]) -> T:
    """Return what ``work`` returns; an interrupt or the end of the time calls ``stop``, which ends it, and is raised at once.

    >>> beside(lambda: 5, lambda: None)
    5
    """
    call = _Call(work)
    thread = Thread(target=call.run, daemon=True)
    thread.start()
    try:
        while thread.is_alive():
            thread.join(timeout=_TURN)
            check()
    except (KeyboardInterrupt, OutOfTime):
        stop()
        raise
    if call.failures:
        raise call.failures[0]
    return call.answers[0]
