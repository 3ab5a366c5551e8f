"""Read a file of any known format; every fault is one InputError that names the file, the place in it, and the cure."""

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike
from pathlib import Path
from typing import Protocol

from reluexact.errors import Argument, Cure, InputError, Message
from reluexact.model.files.reading import DELIMITED, OF_CSV, OF_TEXT, SUFFIXES, Reading
from reluexact.model.files.table import FEATURES, TARGET, Raw, Table, table_of


class Bytes(Protocol):
    """A file that is open for reading bytes, as far as it is needed."""

    def read(self) -> bytes:
        """Return what is left of it."""


Place = str | PathLike[str] | Bytes
"""The path of a file, or a file that is open for reading bytes."""

_MARKS = ((b"\xff\xfe\x00\x00", "utf-32"), (b"\x00\x00\xfe\xff", "utf-32"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def read_table(
    place: Place, *, target: str | None = None, features: Sequence[str] | None = None, reading: Reading | None = None
) -> Table:
    """Read one file; ``target`` and ``features`` choose columns of a file that has columns."""
    how = Reading() if reading is None else reading
    name, suffix = _name(place)
    kind = how.format or SUFFIXES.get(suffix)
    if kind is None:
        *most, last = SUFFIXES
        fault = f"{name}: the suffix {suffix!r} is not known; name the file {', '.join(most)} or {last}"
        raise InputError(Message(fault, Cure("say what it is with ", Argument("format"), mark=", or ")))
    _check_use(how, name, kind)
    content = _content(place, name)
    if kind in DELIMITED:
        from reluexact.model.files.delimited import read_delimited

        raw = read_delimited(_text(content, name, how.encoding), name, how, "," if kind == "csv" else "\t")
        return table_of(raw, target, features, how)
    if kind in ("json", "npz"):
        if target is not None or features is not None:
            text = f" choose columns of a csv file; leave them out for {kind}"
            raise InputError(Message(f"{name}: ", TARGET, " and ", FEATURES, text))
        return _keyed(content, name, kind, how)
    return table_of(_columns(content, name, kind, how), target, features, how)


def _keyed(content: bytes, name: str, kind: str, how: Reading) -> Table:
    if kind == "json":
        from reluexact.model.files.documents import read_document

        return read_document(_text(content, name, how.encoding), name, how)
    from reluexact.model.files.arrays import read_archive

    return read_archive(content, name, how)


def _columns(content: bytes, name: str, kind: str, how: Reading) -> Raw:
    if kind == "npy":
        from reluexact.model.files.arrays import read_array

        return read_array(content, name, how)
    from reluexact.model.files.arrow import read_feather, read_parquet

    return (read_parquet if kind == "parquet" else read_feather)(content, name, how)


def _name(place: Place) -> tuple[str, str]:
    """Return what messages call a file, and the end of its name."""
    if hasattr(place, "read"):
        name = getattr(place, "name", None)
        name = name.strip("<>") if isinstance(name, str) else "the open file"
        return name, Path(name).suffix.lower()
    try:
        file = Path(place)
    except TypeError:
        raise InputError(f"path: {place!r} is not a path; write the name of a file as text") from None
    return str(file), file.suffix.lower()


def _check_use(how: Reading, name: str, kind: str) -> None:
    """Refuse what says nothing about files of a format."""
    for said in OF_CSV:
        if getattr(how, said.name) is not None and kind not in DELIMITED:
            raise InputError(Message(f"{name}: ", said, f" says how a csv file is written; leave it out for {kind}"))
    for said in OF_TEXT:
        if getattr(how, said.name) is not None and kind not in (*DELIMITED, "json"):
            raise InputError(Message(f"{name}: ", said, f" says how text is written; leave it out for {kind}"))


def _content(place: Place, name: str) -> bytes:
    if not isinstance(place, str | PathLike):
        content = place.read()
        if not isinstance(content, bytes):
            raise InputError(f"{name}: the open file gives text; open it for reading bytes, with mode 'rb'")
        return content
    try:
        return Path(place).read_bytes()
    except FileNotFoundError:
        raise InputError(f"{name}: there is no such file; check the name and the folder") from None
    except IsADirectoryError:
        raise InputError(f"{name}: this is a folder; name a file in it") from None
    except (OSError, ValueError) as error:
        raise InputError(f"{name}: the file cannot be read ({error}); check its name and permissions") from None


def _text(content: bytes, name: str, encoding: str | None) -> str:
    known = encoding or "utf-8-sig"
    try:
        text = content.decode(known)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        if encoding is not None:
            raise InputError(f"{name} line {line}: this is no text in {encoding}; name another encoding") from None
        mark = next((code for start, code in _MARKS if content.startswith(start)), None)
        say = Argument("encoding", repr(mark or "latin-1"))
        if mark:
            raise InputError(Message(f"{name} line {line}: this is {mark.upper()} text", Cure("say ", say))) from None
        fault = f"{name} line {line}: this is not UTF-8 text; save the file as UTF-8"
        raise InputError(Message(fault, Cure("say ", say, " or what it is", mark=", or "))) from None
    text = text.removeprefix("\ufeff")
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise InputError(f"{name} line {line}: a NUL character; this is no text file, or save it as UTF-8")
    return text
