"""A file that remembers what a run has proved: a line of JSON for the problem, and one for each record, appended at once.

A run that was killed goes on where it stopped; the line that it left unfinished is cut off. What such a file holds is not
trusted: it only spares a search.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from collections.abc import Mapping
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from reluexact.errors import InputError
from reluexact.model.dataset import Dataset
from reluexact.numbers.rational import format_fraction

Record = Mapping[str, object]


class StateFile:
    """The open file, locked; use it as a context manager. records: those that it had when it was opened."""

    def __init__(self, path: str | PathLike[str], header: Record, *, whose: str, differs: str) -> None:
        """Open or make the file and lock it; raises InputError when it cannot be used.

        header: names the problem, as the first line. whose: what the state is of, for messages; differs: what may be another.
        """
        if not isinstance(path, str | PathLike):
            raise InputError(f"state: {path!r} is not the name of a file; write it as text or as a Path")
        self.path, self.header = Path(path), header
        self._whose, self._differs = whose, differs
        self._file = self._opened()
        try:
            self.records = self._read()
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> Self:
        """Return the open state."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Close the file; everything in it is kept."""
        self._file.close()

    def append(self, record: Record) -> None:
        """Append a record; it is on the disk when this returns."""
        try:
            self._file.write(_line(record))
            self._file.flush()
            os.fdatasync(self._file.fileno())
        except OSError as error:
            raise InputError(
                f"{self.path}: cannot be written ({error.strerror}); make room, then run the command again"
            ) from None

    def _opened(self) -> BinaryIO:
        if self.path.is_dir():
            raise InputError(f"{self.path}: this is a folder; name a file in it")
        if self.path.exists() and not self.path.is_file():
            raise InputError(f"{self.path}: this is a device or a pipe; name a file")
        try:
            file = self.path.open("a+b")
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or error
            raise InputError(f"{self.path}: cannot be written ({reason}); choose another place") from None
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.close()
            raise InputError(f"{self.path}: another run uses this state; wait for it or name another file") from None
        return file

    def _read(self) -> list[Record]:
        """Return the records of the file; cut off an unfinished line."""
        self._file.seek(0)
        content = self._file.read()
        whole = content[: content.rfind(b"\n") + 1]
        lines = whole.splitlines()
        if not lines and content and not _line(self.header).startswith(content):
            raise InputError(f"{self.path}: this is no state of {self._whose}; name another file")
        if lines and _parsed(lines[0]) != self.header:
            raise InputError(f"{self.path}: this is the state of {self._differs}; name another file")
        if len(whole) < len(content):
            self._file.truncate(len(whole))
        if not lines:
            self.append(self.header)
        return [record for record in map(_parsed, lines[1:]) if isinstance(record, dict)]


def digest_of(data: Dataset, **more: object) -> str:
    """Return a digest of data, and of what else makes a problem."""
    problem = {
        "X": [[format_fraction(entry) for entry in row] for row in data.X],
        "y": [format_fraction(entry) for entry in data.y],
        **more,
    }
    return hashlib.sha256(json.dumps(problem, sort_keys=True).encode()).hexdigest()


def _line(record: Record) -> bytes:
    return json.dumps(record, separators=(",", ":")).encode() + b"\n"


def _parsed(line: bytes) -> object:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None
