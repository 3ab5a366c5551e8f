"""A file that remembers the segments of a path, so that a run that was killed goes on where it stopped.

One line of JSON for the problem and one for each segment, appended as soon as it is proved. What it holds is not trusted:
every segment is
proved again, which spares the search for its trees. A line that a killed run left unfinished is dropped.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from fractions import Fraction
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO

from reluexact.certificates.paths import path_json, read_path
from reluexact.certificates.reading import Read
from reluexact.errors import InputError
from reluexact.evidence.path import PathEvidence, Segment
from reluexact.model.dataset import Dataset
from reluexact.model.program import make_program
from reluexact.numbers.rational import format_fraction

FORMAT = "reluexact-path-state"


class State:
    """The open file; use it as a context manager."""

    def __init__(self, path: str | PathLike[str], data: Dataset) -> None:
        """Open or make the file and lock it; raises InputError when it cannot be used."""
        if not isinstance(path, str | PathLike):
            raise InputError(f"state: {path!r} is not the name of a file; write it as text or as a Path")
        self.path, self.data, self.used = Path(path), data, 0
        self.header = {"format": FORMAT, "version": 1, "digest": _digest(data)}
        self._file = self._opened()
        try:
            self._known = self._read()
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> State:
        """Return the open state."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Close the file; everything in it is kept."""
        self._file.close()

    def recall(self, low: Fraction, high: Fraction) -> Segment | None:
        """Return the segment that the file proposes for an interval; a damaged one counts as none."""
        record = self._known.get((format_fraction(low), format_fraction(high)))
        if record is None:
            return None
        try:
            evidence = {"segments": [record], "links": []}
            read = Read(program=make_program(self.data, Fraction(1)), claim={}, evidence=evidence, notes={})
            (found,) = read_path(read).segments
        except (InputError, ArithmeticError, KeyError, TypeError, ValueError, AttributeError, IndexError):
            return None
        self.used += 1
        return found

    def keep(self, segment: Segment) -> None:
        """Append a segment."""
        document: Any = path_json(PathEvidence(segments=(segment,), links=()), self.data)
        self._append(document["segments"][0])

    def _opened(self) -> BinaryIO:
        if self.path.exists() and not self.path.is_file():
            raise InputError(f"{self.path}: this is no file that can be written; name a file")
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

    def _read(self) -> dict[tuple[str, str], dict[str, object]]:
        """Return the segments of the file by their intervals; cut off an unfinished line."""
        self._file.seek(0)
        content = self._file.read()
        whole = content[: content.rfind(b"\n") + 1]
        lines = whole.splitlines()
        if not lines and content and not _line(self.header).startswith(content):
            raise InputError(f"{self.path}: this is no state of a path; name another file")
        if lines and _parsed(lines[0]) != self.header:
            raise InputError(f"{self.path}: this is the state of other data; name another file")
        if len(whole) < len(content):
            self._file.truncate(len(whole))
        if not lines:
            self._append(self.header)
        records = [record for record in map(_parsed, lines[1:]) if isinstance(record, dict)]
        return {(str(record.get("low")), str(record.get("high"))): record for record in records}

    def _append(self, record: object) -> None:
        try:
            self._file.write(_line(record))
            self._file.flush()
            os.fdatasync(self._file.fileno())
        except OSError as error:
            raise InputError(
                f"{self.path}: cannot be written ({error.strerror}); make room, then run the command again"
            ) from None


def _digest(data: Dataset) -> str:
    problem = {
        "X": [[format_fraction(entry) for entry in row] for row in data.X],
        "y": [format_fraction(entry) for entry in data.y],
    }
    return hashlib.sha256(json.dumps(problem, sort_keys=True).encode()).hexdigest()


def _line(record: object) -> bytes:
    return json.dumps(record, separators=(",", ":")).encode() + b"\n"


def _parsed(line: bytes) -> object:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None
