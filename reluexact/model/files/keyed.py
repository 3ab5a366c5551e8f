"""X, y and perhaps a penalty and the parts of a problem under their names, as json and npz files have them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from reluexact.errors import InputError, Message
from reluexact.model.entries import matrix, vector
from reluexact.model.files.reading import Reading
from reluexact.model.files.stated import PARTS, stated_of
from reluexact.model.files.table import DROP, Table, is_missing
from reluexact.numbers.rational import to_penalty

_KEYS = ("X", "y", "penalty")
_BESIDE = f"of a problem also {', '.join(PARTS[:-1])} and {PARTS[-1]}"


def keyed_table(document: Mapping[str, object], name: str, reading: Reading) -> Table:
    """Return what stands under X, y, penalty and the parts of a problem; the messages do not name the file."""
    for key in document:
        if key not in (*_KEYS, *PARTS):
            raise InputError(f"{key!r} is not known; the names are X, y and penalty, {_BESIDE}")
    for key in ("X", "y"):
        if key not in document:
            raise InputError(f"{key} is missing; X (rows) and y (targets) are needed")
    penalty = to_penalty(document["penalty"], floats=reading.floats) if "penalty" in document else None
    X, y = document["X"], document["y"]
    gaps = _gaps(X, y)
    rows = matrix(_filled(X, gaps, rows=True), "X", floats=reading.floats)
    targets = vector(_filled(y, gaps, rows=False), "y", floats=reading.floats)
    stated = stated_of(document, len(rows), reading.floats)
    if not gaps:
        return Table(X=rows, y=targets, penalty=penalty, stated=stated)
    lost = sorted(gaps)
    lack = f"{len(lost)} of {len(rows)} rows {'has' if len(lost) == 1 else 'have'} a missing value"
    if not reading.drop_missing:
        raise InputError(Message(f"{gaps[lost[0]]}: the value is missing; {lack}; fill the values in", DROP))
    if len(lost) == len(rows):
        raise InputError(f"{lack}; no row is left; fill the values in")
    kept = [i for i in range(len(rows)) if i not in gaps]
    remark = Message(f"{name}: {lack}: left out")
    X, y = tuple(rows[i] for i in kept), tuple(target for i, target in enumerate(targets) if i not in gaps)
    if stated is not None and stated.weights is not None:
        stated = replace(stated, weights=tuple(stated.weights[i] for i in kept))
    return Table(X=X, y=y, penalty=penalty, remarks=(remark,), stated=stated)


def _gaps(X: object, y: object) -> dict[int, str]:
    """Return the first place without a value of each row that has one."""
    gaps: dict[int, str] = {}
    for i, row in enumerate(_listed(X)):
        for j, value in enumerate(_listed(row)):
            if is_missing(value):
                gaps.setdefault(i, f"X[{i}][{j}]")
    for i, value in enumerate(_listed(y)):
        if is_missing(value):
            gaps.setdefault(i, f"y[{i}]")
    return gaps


def _listed(value: object) -> Iterable[object]:
    """Return the entries of a list or an array; nothing of anything else, which is refused later."""
    if isinstance(value, list | tuple):
        return value
    return value if getattr(value, "ndim", 0) else ()  # type: ignore[return-value]


def _filled(values: Any, gaps: Mapping[int, str], *, rows: bool) -> Any:
    """Put zeros where there is no value: the rows that have such places are left out or refused."""
    if not gaps:
        return values
    return [(_filled(value, gaps, rows=False) if rows else 0 if is_missing(value) else value) for value in values]
