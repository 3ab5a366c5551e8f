"""The standard streams: a reader that has left, or a full disk behind one, takes nothing else along."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TextIO

_LOST: ContextVar[OSError | None] = ContextVar("why stdout takes nothing any more", default=None)


@contextmanager
def speaking() -> Iterator[None]:
    """Write to stdout inside; where it takes nothing any more, the work goes on, and :func:`lost` says why."""
    try:
        yield
        sys.stdout.flush()
    except OSError as error:
        _LOST.set(error)
        close_stdout()


def lost() -> OSError | None:
    """Return why a result did not reach stdout, and forget it."""
    error = _LOST.get()
    _LOST.set(None)
    return error


def complain(text: str) -> None:
    """Write to stderr; where nobody reads it, the work goes on without."""
    try:
        sys.stderr.write(text)
        sys.stderr.flush()
    except OSError:
        sys.stderr = _emptied(sys.stderr)


def close_stdout() -> None:
    """Let nothing be written to stdout any more, not even when Python exits."""
    sys.stdout = _emptied(sys.stdout)


def _emptied(stream: TextIO) -> TextIO:
    """Return the stream with its file led nowhere, or one of Python's own in its place."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    except (OSError, ValueError):  # a stream of Python's own, without a file
        return io.StringIO()
    return stream
