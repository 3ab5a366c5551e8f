"""Files that are written whole or not at all, and certificates read from them."""

from __future__ import annotations

import os
import tempfile
from os import PathLike
from pathlib import Path

from reluexact import checker
from reluexact.errors import InputError


def write_text(text: str, path: str | PathLike[str]) -> None:
    """Write ASCII so that the file is either whole or unchanged; raises InputError when it cannot be written."""
    write_bytes(text.encode("ascii"), path)


def write_bytes(content: bytes, path: str | PathLike[str]) -> None:
    """Write a file so that it is either whole or unchanged; raises InputError when it cannot be written."""
    goal = named_file(path).resolve()
    try:
        wrong = goal.exists() and not goal.is_file()
    except OSError as error:  # a name that the file system does not take
        raise InputError(f"{str(path)[:80]}: cannot be written ({error.strerror}); choose another place") from None
    if wrong:
        raise InputError(f"{path}: is not a regular file; choose another place")
    part: Path | None = None
    try:
        handle, name = tempfile.mkstemp(dir=goal.parent, prefix=f".{goal.name}.")
        part = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.chmod(0o644)
        part.replace(goal)
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error.strerror}); choose another place") from None
    finally:
        if part is not None:
            part.unlink(missing_ok=True)


def read_bytes(path: str | PathLike[str], cure: str = "give the path of a certificate") -> bytes:
    """Return the content of a file; raises InputError, with this cure, when it cannot be read."""
    try:
        return named_file(path).read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); {cure}") from None


def check(path: str | PathLike[str], *, statement: str | PathLike[str] | None = None) -> checker.Report:
    """Check a certificate file with the stand-alone checker; ``statement`` names a file with the problem it must be about.

    Raises InputError when a file cannot be read. A false or malformed certificate is a report, not an error.
    """
    return checker.check_document(read_bytes(path), statement=None if statement is None else read_bytes(statement))


def named_file(path: str | PathLike[str]) -> Path:
    """Return the name of a file that a caller gave as a path; InputError for what is none."""
    if not isinstance(path, str | PathLike) or "\0" in os.fspath(path):
        raise InputError(f"path: {path!r} is not the name of a file; write it as text or as a Path")
    return Path(path)
