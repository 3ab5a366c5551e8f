"""Parquet and feather files, and frames of pandas, polars and everything else that speaks Arrow."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from importlib import import_module
from types import ModuleType
from typing import Any

from reluexact.errors import InputError, Message, MissingDependency
from reluexact.model.files.reading import Reading
from reluexact.model.files.table import LEAVE_OUT, Raw, exact
from reluexact.numbers.arrays import numpy

_CURE = "pip install 'reluexact[arrow]'"


def read_parquet(content: bytes, name: str, reading: Reading) -> Raw:
    """Read a parquet file, by this thread alone: ``read_table`` starts one that may still run, and abort, when Python ends."""
    arrow = _pyarrow("pyarrow")
    return _read(
        lambda: _pyarrow("pyarrow.parquet").ParquetFile(arrow.BufferReader(content)).read(use_threads=False),
        name,
        "parquet",
        reading,
    )


def read_feather(content: bytes, name: str, reading: Reading) -> Raw:
    """Read a feather file (version 2), which is an Arrow file."""
    ipc = _pyarrow("pyarrow.ipc")
    alone = ipc.IpcReadOptions(use_threads=False)

    def table() -> Any:
        try:
            return ipc.open_file(_pyarrow("pyarrow").BufferReader(content), options=alone).read_all()
        except _pyarrow("pyarrow").ArrowInvalid:
            return ipc.open_stream(_pyarrow("pyarrow").BufferReader(content), options=alone).read_all()

    return _read(table, name, "feather", reading)


@dataclass(frozen=True, slots=True)
class Foreign:
    """A value that is no number, of a type that only Arrow knows, such as a date or a list."""

    kind: str


def raw_frame(frame: object, name: str, reading: Reading) -> Raw:
    """Return the columns of a frame; the index of a frame of pandas is no column."""
    if hasattr(frame, "iloc") and hasattr(frame, "columns"):
        return _raw(name, _of_pandas(frame), reading)
    if hasattr(frame, "__arrow_c_stream__") and (hasattr(frame, "columns") or hasattr(frame, "column_names")):
        return _raw(name, _of_table(_pyarrow("pyarrow").table(frame)), reading)
    raise InputError(
        f"frame: a {type(frame).__name__} is no frame of pandas, polars or Arrow; give lists and arrays as Dataset(X, y)"
    )


def _pyarrow(module: str) -> ModuleType:
    try:
        return import_module(module)
    except ImportError:
        raise MissingDependency("pyarrow", _CURE) from None


def _read(table: Callable[[], Any], name: str, kind: str, reading: Reading) -> Raw:
    try:
        found = table()
        found.validate(full=True)  # a damaged file may otherwise name bytes outside of it
        columns = _of_table(found)
    except (OSError, ValueError, NotImplementedError, KeyError) as error:  # those of Arrow are among them
        reason = str(error).partition("\n")[0]
        raise InputError(f"{name}: this is no {kind} file ({reason}); check how it was written") from None
    return _raw(name, columns, reading)


@dataclass(frozen=True, slots=True)
class _Columns:
    """The names of columns and their values; which of them pandas wrote as the index of its frame."""

    labels: list[str]
    values: list[list[object]]
    index: tuple[str, ...] = ()


def _raw(name: str, columns: _Columns, reading: Reading) -> Raw:
    if len(columns.labels) < 2:
        raise InputError(f"{name}: {len(columns.labels)} columns; a feature and a target are needed")
    return Raw(
        file=name,
        head=name,
        names=tuple(columns.labels),
        rows=list(zip(*columns.values, strict=True)),
        place=lambda i: f"{name}: rows[{i}]",
        number=_number(reading),
        index=columns.index,
    )


def _number(reading: Reading) -> Callable[[object, str], Fraction]:
    plain = exact(reading)

    def number(value: object, place: str) -> Fraction:
        if isinstance(value, Foreign):
            raise InputError(Message(f"{place}: a value of type {value.kind} is no number; convert the column", LEAVE_OUT))
        return plain(value, place)

    return number


def _of_table(table: Any) -> _Columns:
    return _Columns(list(table.column_names), [_values(column) for column in table.columns], _index(table.schema.metadata or {}))


def _index(metadata: dict[bytes, bytes]) -> tuple[str, ...]:
    """Return the columns that pandas wrote as an index, as it notes beside them; an index of mere numbers is not stored."""
    try:
        noted = json.loads(metadata.get(b"pandas", b"{}"))
        return tuple(name for name in noted.get("index_columns", ()) if isinstance(name, str))
    except (ValueError, AttributeError, TypeError):  # what others wrote there
        return ()


def _of_pandas(frame: Any) -> _Columns:
    return _Columns([str(label) for label in frame.columns], [_of_series(frame.iloc[:, j]) for j in range(len(frame.columns))])


def _of_series(series: Any) -> list[object]:
    """Return the values of a column: numpy's types know their width, Python's own objects are left as they are."""
    if isinstance(series.dtype, numpy().dtype):
        return list(series.to_numpy())
    arrow = _pyarrow("pyarrow")
    try:
        return _values(arrow.chunked_array([arrow.Array.from_pandas(series)]))
    except (arrow.ArrowInvalid, arrow.ArrowNotImplementedError, arrow.ArrowTypeError):  # a type that Arrow does not know
        return list(series)


def _values(column: Any) -> list[object]:
    """Return the values of a column: floats as numpy's, which know their width; None where there is no value."""
    types, kind = _pyarrow("pyarrow.types"), column.type
    inner = kind.value_type if types.is_dictionary(kind) or types.is_run_end_encoded(kind) else kind
    if types.is_floating(inner):
        width = inner.to_pandas_dtype()  # not to_numpy(), which loads pandas
        return [None if value is None else width(value) for value in column.to_pylist()]
    known = (types.is_integer, types.is_decimal, types.is_boolean, types.is_null, *_texts(types))
    if any(test(inner) for test in known):
        return list(column.to_pylist())
    return [None if gap else Foreign(str(kind)) for gap in column.is_null().to_pylist()]


def _texts(types: ModuleType) -> tuple[Callable[[object], bool], ...]:
    return types.is_string, types.is_large_string, types.is_string_view
