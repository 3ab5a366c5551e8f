"""Parquet and feather files, and frames of pandas, polars and everything else that speaks Arrow."""

from __future__ import annotations

import io
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
    """Read a parquet file."""
    arrow = _pyarrow("pyarrow")
    return _read(lambda: _pyarrow("pyarrow.parquet").read_table(arrow.BufferReader(content)), name, "parquet", reading)


def read_feather(content: bytes, name: str, reading: Reading) -> Raw:
    """Read a feather file (version 2), which is an Arrow file."""
    ipc = _pyarrow("pyarrow.ipc")

    def table() -> Any:
        try:
            return ipc.open_file(io.BytesIO(content)).read_all()
        except _pyarrow("pyarrow").ArrowInvalid:
            return ipc.open_stream(io.BytesIO(content)).read_all()

    return _read(table, name, "feather", reading)


@dataclass(frozen=True, slots=True)
class Foreign:
    """A value that is no number, of a type that only Arrow knows, such as a date or a list."""

    kind: str


def raw_frame(frame: object, name: str, reading: Reading) -> Raw:
    """Return the columns of a frame; the index of a frame of pandas is no column."""
    if hasattr(frame, "iloc") and hasattr(frame, "columns"):
        labels, columns = _of_pandas(frame)
    elif hasattr(frame, "__arrow_c_stream__") and (hasattr(frame, "columns") or hasattr(frame, "column_names")):
        labels, columns = _of_table(_pyarrow("pyarrow").table(frame))
    else:
        raise InputError(
            f"frame: a {type(frame).__name__} is no frame of pandas, polars or Arrow; give lists and arrays as Dataset(X, y)"
        )
    return _raw(name, labels, columns, reading)


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
    return _raw(name, *columns, reading)


def _raw(name: str, labels: list[str], columns: list[list[object]], reading: Reading) -> Raw:
    if len(labels) < 2:
        raise InputError(f"{name}: {len(labels)} columns; a feature and a target are needed")
    return Raw(
        file=name,
        head=name,
        names=tuple(labels),
        rows=list(zip(*columns, strict=True)),
        place=lambda i: f"{name}: rows[{i}]",
        number=_number(reading),
    )


def _number(reading: Reading) -> Callable[[object, str], Fraction]:
    plain = exact(reading)

    def number(value: object, place: str) -> Fraction:
        if isinstance(value, Foreign):
            raise InputError(Message(f"{place}: a value of type {value.kind} is no number; convert the column", LEAVE_OUT))
        return plain(value, place)

    return number


def _of_table(table: Any) -> tuple[list[str], list[list[object]]]:
    return list(table.column_names), [_values(column) for column in table.columns]


def _of_pandas(frame: Any) -> tuple[list[str], list[list[object]]]:
    return [str(label) for label in frame.columns], [_of_series(frame.iloc[:, j]) for j in range(len(frame.columns))]


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
        return list((column if inner is kind else column.cast(inner)).to_numpy())
    known = (types.is_integer, types.is_decimal, types.is_boolean, types.is_null, *_texts(types))
    if any(test(inner) for test in known):
        return list(column.to_pylist())
    return [None if gap else Foreign(str(kind)) for gap in column.is_null().to_pylist()]


def _texts(types: ModuleType) -> tuple[Callable[[object], bool], ...]:
    return types.is_string, types.is_large_string, types.is_string_view
