"""Independent pieces of work, done by whatever ``map`` a caller brings: the builtin one, that of an executor, of Dask.

A :class:`Work` is handed down from the public function to where the pieces are. Results are taken in the order of the pieces, so
that an answer does not depend on who works, and on how many do. What goes to a worker is a function of a module (or a partial of
one) and plain data; a worker sees the deadline of the caller, and what it raises is raised here, with its traceback as the cause.
"""

from __future__ import annotations

import traceback
from asyncio import CancelledError
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from reluexact.budget import OutOfTime, check, seconds_left, spending
from reluexact.errors import Argument, Cure, InputError, Message, ReluExactError, WorkersLost

A = TypeVar("A")
B = TypeVar("B")

Map = Callable[..., Iterable[Any]]
"""``map(function, items)``: results, or futures (objects with ``result()``), in the order of the items."""

LOST = 200
"""Letters of what a lost worker left that an error shows."""


class WorkerTraceback(Exception):
    """The cause of an error that a worker raised: where that was, as text."""

    def __str__(self) -> str:
        """Show the traceback on lines of its own."""
        return f"in a worker\n{self.args[0]}"


@dataclass(frozen=True, slots=True)
class _Outcome(Generic[B]):
    """What became of a piece: its value, or what it raised."""

    value: B | None
    error: BaseException | None = None
    trace: str = ""

    def unwrapped(self) -> B:
        """Return the value, or raise what the piece raised."""
        if self.error is not None:
            raise self.error from WorkerTraceback(self.trace)
        return self.value  # type: ignore[return-value]


@dataclass(frozen=True, slots=True)
class _Piece(Generic[A, B]):
    """The function that a worker calls. It returns errors, too: not every ``map`` brings them back, nor their tracebacks."""

    task: Callable[[A], B]
    seconds: float | None

    def __call__(self, item: A) -> _Outcome[B]:
        """Do one piece within the time that is left."""
        try:
            with spending(self.seconds):
                return _Outcome(self.task(item))
        except (Exception, OutOfTime) as error:
            return _Outcome(None, error, traceback.format_exc())


@dataclass(frozen=True, slots=True)
class Work:
    """Who does independent pieces of work: ``map`` of a caller, None for this process, one piece after another.

    >>> list(Work().each(abs, [-1, 2])), list(Work(map).each(abs, [-1, 2]))
    ([1, 2], [1, 2])
    """

    map: Map | None = None

    @staticmethod
    def of(given: object) -> Work:
        """Return the work of an argument ``map=``; raises InputError for what cannot be called.

        >>> Work.of(4)
        Traceback (most recent call last):
        reluexact.errors.InputError: map: a int cannot be called; pass map, an executor's map or client.map of Dask
        """
        if given is not None and not callable(given):
            kind = type(given).__name__
            raise InputError(f"map: a {kind} cannot be called; pass map, an executor's map or client.map of Dask")
        return Work(given)

    @property
    def is_shared(self) -> bool:
        """Say whether a caller has brought a ``map``."""
        return self.map is not None

    def each(self, task: Callable[[A], B], items: Sequence[A]) -> Iterator[B]:
        """Yield what ``task`` returns for every item, in their order; what it raises for the first item that fails is raised.

        Without a ``map``, and for one item, this is done here and lazily. Raises WorkersLost where the ``map`` itself fails.
        """
        if self.map is None or len(items) < 2:
            yield from map(task, items)
            return
        handed_out: list[Any] = []
        try:
            yield from self._shared(_Piece(task, seconds_left()), items, handed_out)
        finally:
            for future in handed_out:  # of those that are done, this changes nothing
                future.cancel()

    def _shared(self, piece: _Piece[A, B], items: Sequence[A], handed_out: list[Any]) -> Iterator[B]:
        """Yield what the map returns, be it results or futures; ``handed_out`` are the futures that may be open."""
        count = 0
        for answer in _answers(self.map, piece, items):
            if isinstance(answer, list):
                handed_out.extend(answer)
                continue
            check()
            outcome = answer
            if hasattr(answer, "result"):
                with _whole():
                    outcome = answer.result()
            if not isinstance(outcome, _Outcome):
                raise InputError(f"map: it gave a {type(outcome).__name__}, not what the function returned; {_CALL}")
            count += 1
            if count > len(items):
                break
            yield outcome.unwrapped()
        if count != len(items):
            amount = "more" if count > len(items) else f"{count}"
            raise InputError(f"map: it gave {amount} results for {len(items)} items; {_CALL}")


HERE = Work()
"""Everything is done in this process."""

_RUNNING: ContextVar[Work] = ContextVar("who does the work of the call that runs", default=HERE)


@contextmanager
def sharing(work: Work) -> Iterator[None]:
    """Let what runs inside share its work so, wherever it is not told otherwise; workers themselves share nothing.

    >>> with sharing(Work(map)):
    ...     running().is_shared
    True
    """
    token = _RUNNING.set(work)
    try:
        yield
    finally:
        _RUNNING.reset(token)


def running() -> Work:
    """Return who does the work of the call that runs."""
    return _RUNNING.get()


_CALL = "it must be called as map(function, items) and give one result per item, in their order"


def _answers(map_: Map | None, piece: _Piece[A, B], items: Sequence[A]) -> Iterator[Any]:
    """Yield the answers of a map; before them, as a list, those that can be cancelled."""
    if map_ is None:
        return
    with _whole():
        answers = map_(piece, items)
        if isinstance(answers, list | tuple):
            yield [answer for answer in answers if hasattr(answer, "cancel")]
        source = iter(answers)
    while True:
        with _whole():
            try:
                answer = next(source)
            except StopIteration:
                return
        yield answer


@contextmanager
def _whole() -> Iterator[None]:
    """Turn what fails between here and the workers into WorkersLost."""
    try:
        yield
    except ReluExactError:
        raise
    except (Exception, CancelledError) as error:
        told = " ".join(f"{type(error).__name__}: {error}".split())[:LOST].rstrip(": ")
        text = f"the workers are lost, or cannot be handed the work ({told})"
        raise WorkersLost(Message(text, Cure("run it again"), Cure("leave out ", Argument("map")))) from error
