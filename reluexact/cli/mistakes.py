"""What a file is that is no certificate, and in what a certificate differs from the problem that it should be about."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from reluexact.numbers.rational import parse_fraction
from reluexact.terminal.text import exact, plural, printable

if TYPE_CHECKING:
    from reluexact.model.dataset import Dataset

_BEGINNINGS = (
    (b"PK\x03\x04", "a zip archive, such as .npz, .pt or .xlsx"),
    (b"\x93NUMPY", "a .npy array of numpy"),
    (b"\x80", "a pickle of Python"),
    (b"\x1f\x8b", "compressed by gzip; unpack it first"),
    (b"PAR1", "a parquet file"),
    (b"ARROW1", "a feather file"),
    (b"\x89HDF", "an HDF5 file"),
    (b"\x89PNG", "a picture"),
    (b"%PDF", "a PDF document"),
    (b"\x08", "a binary file, such as an .onnx model"),
    (b"\\documentclass", "a LaTeX document"),
)
_CURE = "give the file that --out wrote"
_PLACES = 3


def kind_of_file(content: bytes) -> str:
    r"""Say what a file is that the checker cannot read, and what cures it; empty where that is not known.

    >>> kind_of_file(b"times,accel\n2.4,0\n")
    'this is a table (csv), no certificate; give the file that --out wrote, and the table to --statement'
    >>> kind_of_file(b'{"format":"reluexact-certificate","versi')
    'the file is cut off: it ends too early, after 40 bytes; write or copy it again'
    """
    if not content.strip():
        return f"the file is empty; {_CURE}"
    for beginning, name in _BEGINNINGS:
        if content.startswith(beginning):
            return f"this is {name}, no certificate; {_CURE}"
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return f"this is not text, so no certificate; {_CURE}"
    try:
        return _kind_of_json(json.loads(text, parse_int=str, parse_float=str))
    except (ValueError, RecursionError) as error:
        return _kind_of_text(text, error.pos if isinstance(error, json.JSONDecodeError) else 0, len(content))


def version_of(content: bytes) -> int | None:
    """Return the version of a certificate; None for what is none.

    >>> version_of(b'{"format": "reluexact-certificate", "version": 1}'), version_of(b"{")
    (1, None)
    """
    try:
        document = json.loads(content)
    except (ValueError, RecursionError):
        return None
    version = document.get("version") if isinstance(document, dict) else None
    return version if isinstance(version, int) else None


def _kind_of_json(document: object) -> str:
    """Recognise the other JSON files that this program reads and writes."""
    if not isinstance(document, dict) or "format" in document:
        return ""
    if {"X", "y"} <= document.keys():
        return f"these are data, no certificate; {_CURE}, and the data to --statement"
    if {"hidden", "output"} <= document.keys():
        return f"this is a network, no certificate; {_CURE}"
    if {"kind", "status"} <= document.keys():
        return f"this is what --json prints, no certificate; {_CURE}"
    return ""


def _kind_of_text(text: str, place: int, size: int) -> str:
    stripped = text.strip()
    if stripped.startswith("{"):
        if place >= len(text.rstrip()) or not stripped.endswith("}"):
            return f"the file is cut off: it ends too early, after {size:,} bytes; write or copy it again"
        return ""
    if any(mark in stripped.splitlines()[0] for mark in ",;\t"):
        return f"this is a table (csv), no certificate; {_CURE}, and the table to --statement"
    return f"this is text, but no certificate; {_CURE}"


def difference(content: bytes, data: Dataset, penalty: Fraction) -> str:
    """Say in what the problem of a certificate, which the checker has read, differs from the one that is asked for."""
    problem = json.loads(content)["statement"]["problem"]
    rows = [tuple(map(parse_fraction, row)) for row in problem["X"]]
    targets = tuple(map(parse_fraction, problem["y"]))
    parts = [*_of_rows(rows, targets, data), *_of_penalty(parse_fraction(problem["penalty"]), penalty)]
    return "; ".join(parts)


def _of_penalty(given: Fraction, asked: Fraction) -> Iterator[str]:
    if given != asked:
        yield f"its penalty is {_short(given)}, not {_short(asked)}"


def _of_rows(rows: Sequence[tuple[Fraction, ...]], targets: Sequence[Fraction], data: Dataset) -> Iterator[str]:
    """Compare the sizes first, then the numbers."""
    if len(rows) != data.n:
        yield f"it has {plural(len(rows), 'row')}, not {data.n:,}"
        return
    width = len(rows[0])
    if width != data.d:
        short, long = sorted((rows, data.X), key=lambda some: len(some[0]))
        alike = [row[:-1] for row in long] == [tuple(row) for row in short] and all(row[-1] == 1 for row in long)
        bias = f": {'leave out' if width < data.d else 'add'} --bias" if alike else ""
        yield f"it has {plural(width, 'feature')}, not {data.d}{bias}"
        return
    if sorted(zip(rows, targets, strict=True)) == sorted(zip(data.X, data.y, strict=True)) and [*rows] != [*data.X]:
        yield "it has the same rows in another order"
        return
    for j, name in enumerate(data.names):
        yield from _of_column([row[j] for row in rows], [row[j] for row in data.X], f"feature {printable(name)}")
    yield from _of_column(targets, data.y, f"target {printable(data.target_name)}")


def _of_column(given: Sequence[Fraction], asked: Sequence[Fraction], name: str) -> Iterator[str]:
    """Name the first rows in which two columns differ."""
    apart = [i for i, (one, other) in enumerate(zip(given, asked, strict=True)) if one != other]
    if apart:
        places = ", ".join(f"row {i + 1} has {_short(given[i])}, not {_short(asked[i])}" for i in apart[:_PLACES])
        more = ", ..." if len(apart) > _PLACES else ""
        yield f"its {name} differs in {plural(len(apart), 'row')} of {len(given):,}: {places}{more}"


def _short(value: Fraction) -> str:
    return exact(value) or f"about {float(value):.12g}"
