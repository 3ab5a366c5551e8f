"""Read csv, json and npz files; every fault is one InputError that names the file, the line and column or entry, and the cure."""

from __future__ import annotations

import csv
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from os import PathLike
from pathlib import Path

from reluexact.errors import Argument, Cure, InputError, Message, message_of
from reluexact.model.entries import matrix, vector
from reluexact.numbers.arrays import is_numpy, numpy
from reluexact.numbers.rational import Floats, to_fraction, to_penalty
from reluexact.numbers.types import Matrix, Vector

_KEYS = ("X", "y", "penalty")
_NPZ_FAULTS = (ValueError, EOFError, KeyError, MemoryError, RuntimeError, zipfile.BadZipFile, zlib.error, struct.error)


_TARGET, _FEATURES = Argument("target", assigned=False), Argument("features", assigned=False)
_LEAVE_OUT = Cure("or leave the column out with ", _TARGET, " and ", _FEATURES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What a file says: rows, targets, their names (None when the file has none) and the penalty (None likewise)."""

    X: Matrix
    y: Vector
    names: tuple[str, ...] | None = None
    target_name: str = "y"
    penalty: Fraction | None = None


def read_table(
    path: str | PathLike[str], *, target: str | None = None, features: Sequence[str] | None = None, floats: Floats = None
) -> Table:
    """Read one file by its suffix .csv, .json or .npz; ``target`` and ``features`` choose columns of a csv file."""
    try:
        file = Path(path)
    except TypeError:
        raise InputError(f"path: {path!r} is not a path; write the name of a file as text") from None
    suffix = file.suffix.lower()
    if suffix not in {".csv", ".json", ".npz"}:
        raise InputError(f"{file.name}: the suffix {file.suffix!r} is not known; name the file .csv, .json or .npz")
    content = _content(file)
    if suffix == ".csv":
        return _read_csv(_text(content, file.name), file.name, target, features)
    if target is not None or features is not None:
        text = f" choose columns of a csv file; leave them out for {suffix}"
        raise InputError(Message(f"{file.name}: ", _TARGET, " and ", _FEATURES, text))
    if suffix == ".json":
        return _read_json(_text(content, file.name), file.name)
    return _read_npz(content, file.name, floats)


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        raise InputError(f"{file}: there is no such file; check the name and the folder") from None
    except IsADirectoryError:
        raise InputError(f"{file}: this is a folder; name a file in it") from None
    except (OSError, ValueError) as error:
        raise InputError(f"{file}: the file cannot be read ({error}); check its name and permissions") from None


def _text(content: bytes, name: str) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise InputError(f"{name} line {line}: this is not UTF-8 text; save the file as UTF-8") from None
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise InputError(f"{name} line {line}: a NUL character; this is no text file, or save it as UTF-8")
    return text


# csv: one line of column names, then one record per row


def _read_csv(text: str, name: str, target: str | None, features: Sequence[str] | None) -> Table:
    records = _records(text, name)
    line, cells = next(records, (1, []))
    header = _header(cells, f"{name} line {line}")
    chosen, target_column = _choose(header, name, target, features)
    rows, targets = [], []
    for line, cells in records:
        if len(cells) != len(header):
            raise InputError(
                f"{name} line {line}: {len(cells)} values, but the header names {len(header)} columns; mend the line"
            )
        rows.append(tuple(_cell(cells[j], f"{name} line {line}, column {header[j]}") for j in chosen))
        targets.append(_cell(cells[target_column], f"{name} line {line}, column {header[target_column]}"))
    if not rows:
        raise InputError(f"{name}: no rows below the header; give at least one")
    return Table(X=tuple(rows), y=tuple(targets), names=tuple(header[j] for j in chosen), target_name=header[target_column])


def _records(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the first line number and the cells of every record; blank lines are passed over."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for cells in reader:
            if len(cells) > 1 or any(cell.strip() for cell in cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise InputError(f"{name} line {line}: {error}; check the quotes of this line") from None


def _header(cells: list[str], place: str) -> tuple[str, ...]:
    header = tuple(cell.strip() for cell in cells)
    if not header:
        raise InputError(f"{place}: the file is empty; the first line names the columns")
    if len(header) == 1:
        raise InputError(f"{place}: only one column, {header[0]!r}; a feature and a target are needed, separated by commas")
    for j, label in enumerate(header):
        if not label:
            raise InputError(f"{place}: column {j + 1} has no name; name every column")
        if label in header[:j]:
            raise InputError(f"{place}: two columns are named {label!r}; rename one")
    if all(_is_number(label) for label in header):
        raise InputError(f"{place}: the first line holds numbers, not names; put a line of column names above it")
    return header


def _is_number(text: str) -> bool:
    try:
        to_fraction(text)
    except InputError:
        return False
    return True


def _choose(
    header: tuple[str, ...], name: str, target: str | None, features: Sequence[str] | None
) -> tuple[tuple[int, ...], int]:
    """Return the positions of the features and of the target."""
    target = header[-1] if target is None else target
    if isinstance(features, str):
        features = [features]
    if not isinstance(features, Sequence | None):
        raise InputError(f"features: {features!r} is not a list of column names; the columns are {', '.join(header)}")
    chosen = [label for label in header if label != target] if features is None else list(features)
    for label in (target, *chosen):
        if label not in header:
            raise InputError(f"{name}: there is no column {label!r}; the columns are {', '.join(header)}")
    if target in chosen:
        raise InputError(f"{name}: {target!r} is target and feature; name it once")
    if not chosen:
        raise InputError(f"{name}: no feature is named; the columns are {', '.join(header)}")
    for j, label in enumerate(chosen):
        if label in chosen[:j]:
            raise InputError(f"{name}: the feature {label!r} is named twice; name it once")
    return tuple(header.index(label) for label in chosen), header.index(target)


def _cell(text: str, place: str) -> Fraction:
    try:
        return to_fraction(text, where=place)
    except InputError as error:
        raise InputError(Message(error.message, _LEAVE_OUT)) from None


# json: {"X": [[...], ...], "y": [...], "penalty": ...}, the penalty may be absent


def _read_json(text: str, name: str) -> Table:
    try:  # numbers stay text, so that 0.1 is 1/10 and no length is computed before it is judged
        document = json.loads(text, object_pairs_hook=_unique, parse_float=str, parse_int=str, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise InputError(f"{name} line {error.lineno}: this is not JSON ({error.msg}); mend the line") from None
    except RecursionError:
        raise InputError(f"{name}: lists are nested too deeply; X is a list of rows") from None
    except InputError as error:
        raise InputError(Message(f"{name}: ", message_of(error))) from None
    if not isinstance(document, dict):
        raise InputError(f'{name}: the file holds no object; write {{"X": [[...], ...], "y": [...]}}')
    return _table(document, name, None)


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    document = dict(pairs)
    if len(document) != len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for j, key in enumerate(keys) if key in keys[:j])
        raise InputError(f"the key {twice!r} stands twice; write it once")
    return document


def _no_constant(text: str) -> object:
    raise InputError(f"{text} is not a finite number; drop the row or fill the value in")


# npz: arrays X and y, and perhaps penalty


def _read_npz(content: bytes, name: str, floats: Floats) -> Table:
    cure = "write it with numpy.savez(file, X=X, y=y)"
    try:
        archive = numpy().load(io.BytesIO(content), allow_pickle=False)
        arrays = None if is_numpy(archive, "ndarray") else {key: archive[key] for key in archive.files}
    except _NPZ_FAULTS as error:
        message = str(error).partition("\n")[0]
        raise InputError(f"{name}: this is no archive of plain arrays ({message}); {cure}") from None
    if arrays is None:
        raise InputError(f"{name}: this is one array, not an archive; {cure}")
    if "penalty" in arrays and arrays["penalty"].ndim == 0:
        return _table({**arrays, "penalty": arrays["penalty"][()]}, name, floats)
    return _table(arrays, name, floats)


def _table(document: Mapping[str, object], name: str, floats: Floats) -> Table:
    for key in document:
        if key not in _KEYS:
            raise InputError(f"{name}: {key!r} is not known; the names are X, y and penalty")
    for key in ("X", "y"):
        if key not in document:
            raise InputError(f"{name}: {key} is missing; X (rows) and y (targets) are needed")
    penalty = to_penalty(document["penalty"], where=f"{name}: penalty", floats=floats) if "penalty" in document else None
    rows = matrix(document["X"], f"{name}: X", floats=floats)
    return Table(X=rows, y=vector(document["y"], f"{name}: y", floats=floats), penalty=penalty)
