"""Time limits as callers give them, and what is said when one has passed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from time import monotonic

from reluexact.budget import OutOfTime, spending
from reluexact.errors import Argument, Cure, InputError, Limit, LimitReached, Message
from reluexact.numbers.rational import to_fraction

LONGEST = 10**9
"""Seconds that are as good as no limit."""


def to_seconds(value: object, *, where: str = "time_limit") -> float | None:
    """Return a time limit, a number of seconds > 0; None for none.

    >>> to_seconds(3), to_seconds("1/2"), to_seconds(0.25), to_seconds(None)
    (3.0, 0.5, 0.25, None)
    >>> to_seconds(0)
    Traceback (most recent call last):
    reluexact.errors.InputError: time_limit: '0' is not positive; give a number of seconds, for example 60
    """
    if value is None:
        return None
    seconds = to_fraction(value, where=where, floats="decimal")
    if seconds <= 0:
        raise InputError(f"{where}: {str(value)!r} is not positive; give a number of seconds, for example 60")
    return float(seconds) if seconds < LONGEST else float(LONGEST)


def out_of_time(stop: OutOfTime) -> Message:
    """Say that the time was not enough, and what helps.

    >>> out_of_time(OutOfTime(3.0))
    'stopped by time_limit=3 (seconds); raise time_limit= to go on'
    """
    seconds = f"{stop.seconds:g}"
    reached = Limit(counted="seconds", value=stop.seconds, argument="time_limit")
    cure = Cure("raise ", Argument("time_limit"), " to go on")
    return Message("stopped by ", Argument("time_limit", seconds), " (seconds)", cure, limit=reached)


class Clock:
    """A time limit that begins now and may hold for several calls, one after the other."""

    def __init__(self, time_limit: object, *, where: str = "time_limit") -> None:
        """Take a caller's number of seconds, or None for no limit."""
        self._seconds, self._since = to_seconds(time_limit, where=where), monotonic()

    @contextmanager
    def running(self, *, outer: bool = False) -> Iterator[None]:
        """Raise LimitReached when what runs inside takes longer.

        outer: also where there is no limit here, but the time of the caller is over. Else OutOfTime goes on to it: it may take a
        LimitReached for another one.
        """
        try:
            with spending(self._seconds, since=self._since):
                yield
        except OutOfTime as stop:
            if self._seconds is None and not outer:
                raise
            raise LimitReached(out_of_time(stop)) from None


def time_limited(time_limit: object, *, outer: bool = False) -> AbstractContextManager[None]:
    """Raise LimitReached when what runs inside takes longer; ``time_limit``: a caller's number of seconds, or None.

    outer: as in :meth:`Clock.running`.

    >>> from reluexact.budget import check
    >>> with time_limited("1/100"):
    ...     while True:
    ...         check()
    Traceback (most recent call last):
    reluexact.errors.LimitReached: stopped by time_limit=0.01 (seconds); raise time_limit= to go on
    """
    return Clock(time_limit).running(outer=outer)
