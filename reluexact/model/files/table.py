"""What all formats share: columns by name, an index that is none of them, missing values, and the numbers of the rest."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from reluexact.errors import Argument, Cure, InputError, Message
from reluexact.model.files.reading import Reading
from reluexact.model.files.stated import Stated
from reluexact.numbers.arrays import is_numpy
from reluexact.numbers.rational import to_fraction
from reluexact.numbers.types import Matrix, Vector

TARGET, FEATURES = Argument("target", assigned=False), Argument("features", assigned=False)
LEAVE_OUT = Cure("or leave the column out with ", TARGET, " and ", FEATURES)
DROP = Cure("drop these rows with ", Argument("drop_missing", True), mark=", or ")
_LEAVE = Cure("leave the column out with ", TARGET, " and ", FEATURES)

_MISSING = frozenset({"", "na", "n/a", "#n/a", "#na", "<na>", "nan", "-nan", "null", "none", "nil", "?", "."})
"""Texts that mean that there is no value, in small letters."""

_INDEX = re.compile(r"Unnamed: 0(\.\d+)*")  # what pandas calls a nameless column, and one of a file saved twice
_ARROW_INDEX = re.compile(r"__index_level_\d+__")  # a nameless index of pandas in parquet and feather


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What a file says: rows, targets, their names (None when the file has none), the penalty (None likewise), and remarks.

    stated: loss and parts of its problem, None where it says nothing of them.
    """

    X: Matrix
    y: Vector
    names: tuple[str, ...] | None = None
    target_name: str = "y"
    penalty: Fraction | None = None
    remarks: tuple[Message, ...] = ()
    stated: Stated | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Raw:
    """Columns as they stand in a file: their names, and rows of values that are not yet numbers.

    file: its name. head: the place of the names. place: that of a row. number: reads a value, given its place. index: the names
    of columns of which the file itself says that they name the rows.
    """

    file: str
    head: str
    names: tuple[str, ...]
    rows: Sequence[Sequence[object]]
    place: Callable[[int], str]
    number: Callable[[object, str], Fraction]
    index: tuple[str, ...] = ()


def is_missing(value: object) -> bool:
    """Tell a value that is none.

    >>> [is_missing(value) for value in (None, float("nan"), " NA ", "#N/A", "0", 0)]
    [True, True, True, True, False, False]
    """
    if isinstance(value, str):
        return value.strip().casefold() in _MISSING
    if isinstance(value, float) or is_numpy(value, "floating"):
        return value != value
    if isinstance(value, Decimal):
        return value.is_nan()
    return value is None or type(value).__name__ in ("NAType", "NaTType")  # of pandas


def table_of(raw: Raw, target: str | None, features: Sequence[str] | None, reading: Reading) -> Table:
    """Choose columns, settle what has no value, and read the numbers."""
    index = _index(raw)
    chosen, goal = _choose(raw, index, target, features)
    used = (*chosen, goal)
    if not raw.rows:
        raise InputError(f"{raw.file}: no rows below the header; give at least one")
    empty = [i for i, row in enumerate(raw.rows) if any(is_missing(row[j]) for j in used)]
    remarks = [_index_remark(raw, position) for position in index if features is None and position != goal]
    if empty:
        lack = _lack(raw, used, empty)
        if not reading.drop_missing:
            raise InputError(_missing(raw, used, empty, lack))
        if len(empty) == len(raw.rows):
            raise InputError(Message(f"{raw.file}: ", lack, "; no row is left; fill the values in", LEAVE_OUT))
        remarks.append(Message(f"{raw.file}: ", lack, ": left out"))
    gone = set(empty)
    kept = [i for i in range(len(raw.rows)) if i not in gone]
    rows = [_vector(raw, i, used) for i in kept]
    names = tuple(raw.names[j] for j in chosen)
    X, y = tuple(row[:-1] for row in rows), tuple(row[-1] for row in rows)
    return Table(X=X, y=y, names=names, target_name=raw.names[goal], remarks=tuple(remarks))


def _vector(raw: Raw, i: int, used: Sequence[int]) -> Vector:
    place = raw.place(i)
    return tuple(raw.number(raw.rows[i][j], f"{place}, column {raw.names[j]}") for j in used)


def exact(reading: Reading) -> Callable[[object, str], Fraction]:
    """Return how values of a typed file are read."""

    def number(value: object, place: str) -> Fraction:
        try:
            return to_fraction(value, where=place, floats=reading.floats)
        except InputError as error:
            raise InputError(Message(error.message, LEAVE_OUT)) from None

    return number


# columns


def _index(raw: Raw) -> tuple[int, ...]:
    """Return the positions of columns that number or name the rows, as R and pandas write them."""
    names, leading = raw.names, 0
    while leading < len(names) and (_INDEX.fullmatch(names[leading]) or (leading == 0 and not names[0])):
        leading += 1
    return (
        *range(leading),
        *(j for j, name in enumerate(names) if j >= leading and (name in raw.index or _ARROW_INDEX.fullmatch(name))),
    )


def _index_remark(raw: Raw, position: int) -> Message:
    name = raw.names[position]
    if not name:
        return Message(f"{raw.head}: the first column has no name: taken for an index and left out; give it a name to use it")
    how = "is the index of the rows" if name in raw.index and not _ARROW_INDEX.fullmatch(name) else "is taken for an index"
    return Message(f"{raw.head}: column {name!r} {how} and left out", Cure("name it in ", FEATURES, " to use it"))


def _choose(raw: Raw, index: tuple[int, ...], target: str | None, features: Sequence[str] | None) -> tuple[tuple[int, ...], int]:
    """Return the positions of the features and of the target."""
    names, listed = raw.names, ", ".join(name for j, name in enumerate(raw.names) if j not in index)
    usual = [j for j in range(len(names)) if j not in index]
    if target is None and not usual:
        raise InputError(f"{raw.head}: there is an index only; a feature and a target are needed")
    goal = usual[-1] if target is None else _position(raw, target, listed)
    if isinstance(features, str):
        features = [features]
    if not isinstance(features, Sequence | None):
        raise InputError(f"features: {features!r} is not a list of column names; the columns are {listed}")
    chosen = [j for j in usual if j != goal] if features is None else [_position(raw, name, listed) for name in features]
    _check_names(raw, (*chosen, goal))
    if goal in chosen:
        raise InputError(f"{raw.file}: {names[goal]!r} is target and feature; name it once")
    if not chosen:
        raise InputError(f"{raw.file}: no feature is named; the columns are {listed}")
    for k, j in enumerate(chosen):
        if j in chosen[:k]:
            raise InputError(f"{raw.file}: the feature {names[j]!r} is named twice; name it once")
    return tuple(chosen), goal


def _position(raw: Raw, name: str, listed: str) -> int:
    if name not in raw.names:
        raise InputError(f"{raw.file}: there is no column {name!r}; the columns are {listed}")
    return raw.names.index(name)


def _check_names(raw: Raw, used: Sequence[int]) -> None:
    """Every column that is used has a name of its own; what is not used may be called anything."""
    for j in sorted(set(used)):
        if not raw.names[j]:
            raise InputError(f"{raw.head}: column {j + 1} has no name; name every column")
        if raw.names.count(raw.names[j]) > 1:
            raise InputError(f"{raw.head}: two columns are named {raw.names[j]!r}; rename one")


# missing values


def _lack(raw: Raw, used: Sequence[int], empty: Sequence[int]) -> Message:
    """Say how many rows lack a value, and in which columns."""
    counts = Counter(raw.names[j] for i in empty for j in used if is_missing(raw.rows[i][j]))
    columns = ", ".join(f"{raw.names[j]}: {counts[raw.names[j]]}" for j in used if counts[raw.names[j]])
    rows = f"{len(empty)} of {len(raw.rows)} rows"
    return Message(f"{rows} {'has' if len(empty) == 1 else 'have'} a missing value ({columns})")


def _missing(raw: Raw, used: Sequence[int], empty: Sequence[int], lack: Message) -> Message:
    first = empty[0]
    j = next(j for j in used if is_missing(raw.rows[first][j]))
    value = raw.rows[first][j]
    shown = f"{value!r} is no value" if isinstance(value, str) and value.strip() else "the value is missing"
    where = f"{raw.place(first)}, column {raw.names[j]}: {shown}; "
    return Message(where, lack, "; fill the values in", DROP, _LEAVE)
