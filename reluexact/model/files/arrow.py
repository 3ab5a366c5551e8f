"""Parquet and feather files, and frames of pandas, polars and everything else that speaks Arrow."""

from __future__ import annotations

import io
from collections.abc import Callable
from importlib import import_module
from types import ModuleType
from typing import Any

from reluexact.errors import InputError, MissingDependency
from reluexact.model.files.reading import Reading
from reluexact.model.files.table import Raw, exact

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


def raw_frame(frame: object, name: str, reading: Reading) -> Raw:
    """Return the columns of a frame; the index of a frame of pandas is no column."""
    if type(frame).__module__.partition(".")[0] == "pandas":
        labels, columns = _of_pandas(frame)
    elif hasattr(frame, "__arrow_c_stream__"):
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
        number=exact(reading),
    )


def _of_table(table: Any) -> tuple[list[str], list[list[object]]]:
    return list(table.column_names), [_values(column) for column in table.columns]


def _of_pandas(frame: Any) -> tuple[list[str], list[list[object]]]:
    """Read column by column: an object column may hold Fractions, which Arrow does not know."""
    arrow = _pyarrow("pyarrow")
    labels = [str(label) for label in frame.columns]
    columns = []
    for j in range(len(labels)):
        series = frame.iloc[:, j]
        plain = series.dtype == object
        columns.append(series.tolist() if plain else _values(arrow.chunked_array([arrow.Array.from_pandas(series)])))
    return labels, columns


def _values(column: Any) -> list[object]:
    """Return the values of a column: floats as numpy's, which know their width; None where there is no value."""
    types = _pyarrow("pyarrow.types")
    if types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if types.is_floating(column.type):
        return list(column.to_numpy())
    return list(column.to_pylist())
