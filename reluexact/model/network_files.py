"""Files of networks: json and csv with exact texts, npz with floats; each reads back as the same network, or is not written."""

from __future__ import annotations

import csv
import io
import json
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from fractions import Fraction
from os import PathLike
from pathlib import Path

from reluexact.errors import InputError
from reluexact.numbers.arrays import is_numpy, numpy
from reluexact.numbers.rational import Floats, format_fraction
from reluexact.numbers.types import Matrix, Vector

SUFFIXES = (".json", ".csv", ".npz")
CERTIFICATE = "reluexact-certificate"
"""The ``format`` of certificates, which are files of claims."""

Parts = tuple[object, object]
"""Hidden and output weights as they stand in a file, for Network to read."""


def suffix_of(path: str | PathLike[str]) -> str:
    """Return how the name of a file to write ends; InputError for a name that says no format.

    >>> suffix_of("network.json")
    '.json'
    """
    suffix = Path(path).suffix.lower()
    if suffix not in SUFFIXES:
        raise InputError(f"{path}: the file of a network is named .json, .csv (both exact) or .npz (floats)")
    return suffix


def encoded(hidden: Matrix, output: Vector, path: str | PathLike[str]) -> bytes:
    """Return the file of a network, the same bytes for the same network."""
    suffix = suffix_of(path)
    if suffix == ".npz":
        return _npz(hidden, output, str(path))
    rows = [[format_fraction(w) for w in row] for row in hidden]
    amounts = [format_fraction(a) for a in output]
    if suffix == ".json":
        return (json.dumps({"hidden": rows, "output": amounts}) + "\n").encode("ascii")
    names = [*(f"w{j + 1}" for j in range(len(rows[0]) if rows else 0)), "output"]
    lines = [names, *([*row, amount] for row, amount in zip(rows, amounts, strict=True))]
    return "".join(",".join(line) + "\n" for line in lines).encode("ascii")


def decoded(content: bytes, name: str, floats: Floats = None) -> tuple[Parts, Floats]:
    """Return the weights of a file, and how to read its floats; a name that ends otherwise holds json."""
    suffix = Path(name).suffix.lower()
    if suffix == ".npz":
        return _arrays(content, name), floats or "binary"
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(f"{name}: cannot be read (it is not UTF-8 text); give a .json file with the network") from None
    return _columns(text, name) if suffix == ".csv" else _object(text, name), None


def read_json(text: str, name: str) -> object:
    """Return a JSON document with its numbers as the texts that they are."""
    try:
        return json.loads(text, parse_float=str, parse_int=str, parse_constant=_no_constant)
    except (json.JSONDecodeError, RecursionError) as error:
        raise InputError(f'{name}: this is not JSON ({error}); write {{"hidden": [[...]], "output": [...]}}') from None


def _no_constant(name: str) -> str:
    raise InputError(f"the network has the number {name}; only finite numbers are exact")


def _object(text: str, name: str) -> Parts:
    document = read_json(text, name)
    if isinstance(document, Mapping) and document.get("format") == CERTIFICATE:
        raise InputError(f"{name}: this is a certificate; rx.load({name!r}) checks it and gives its claim")
    if isinstance(document, Mapping) and isinstance(document.get("network"), Mapping):
        document = document["network"]
    if not isinstance(document, Mapping) or set(document) != {"hidden", "output"}:
        raise InputError(f'{name}: network: give {{"hidden": [[...], ...], "output": [...]}} with exactly these two keys')
    return document["hidden"], document["output"]


def _columns(text: str, name: str) -> Parts:
    """Read one line of names, the last of which is ``output``, and a line for each neuron."""
    try:
        header, *lines = [row for row in csv.reader(io.StringIO(text, newline=""), strict=True) if any(map(str.strip, row))]
    except (csv.Error, ValueError):
        header, lines = [], []
    if not header or header[-1].strip() != "output":
        raise InputError(f"{name}: no table of neurons; the first line is w1,w2,...,output, then one line for each neuron")
    for number, row in enumerate(lines):
        if len(row) != len(header):
            raise InputError(f"{name}: neuron {number} has {len(row)} values for {len(header)} columns; mend its line")
    return [row[:-1] for row in lines], [row[-1] for row in lines]


def _npz(hidden: Matrix, output: Vector, name: str) -> bytes:
    np = numpy()
    rows = [[_float(w, f"hidden[{j}][{k}]", name) for k, w in enumerate(row)] for j, row in enumerate(hidden)]
    amounts = [_float(a, f"output[{j}]", name) for j, a in enumerate(output)]
    buffer = io.BytesIO()
    shape = (len(rows), len(rows[0]) if rows else 0)
    np.savez(buffer, hidden=np.array(rows, dtype=np.float64).reshape(shape), output=np.array(amounts, dtype=np.float64))
    return buffer.getvalue()


def _float(value: Fraction, place: str, name: str) -> float:
    near = nearest_float(value, f"{name}: {place}")
    if near != value:
        exact = "write .json or .csv, which are exact"
        raise InputError(f"{name}: {place} is no float, and .npz holds floats; {exact}, or save network.rounded()")
    return near


def nearest_float(value: Fraction, place: str) -> float:
    """Return the float nearest to a weight; InputError, which names the place, for one beyond all floats.

    >>> nearest_float(Fraction(1, 3), "output[0]")
    0.3333333333333333
    """
    try:
        return float(value)
    except OverflowError:
        raise InputError(f"{place} is beyond all floats; write .json or .csv, which are exact") from None


def _arrays(content: bytes, name: str) -> Parts:
    cure = "write it with numpy.savez(file, hidden=hidden, output=output)"
    try:
        archive = numpy().load(io.BytesIO(content), allow_pickle=False)
        arrays = {} if is_numpy(archive, "ndarray") else {key: archive[key] for key in archive.files}
    except (ValueError, EOFError, KeyError, MemoryError, RuntimeError, zipfile.BadZipFile, zlib.error) as error:
        message = str(error).partition("\n")[0]
        raise InputError(f"{name}: this is no archive of plain arrays ({message}); {cure}") from None
    if set(arrays) != {"hidden", "output"}:
        raise InputError(f"{name}: the arrays are {', '.join(sorted(arrays)) or 'none'}, not hidden and output; {cure}")
    hidden: Sequence[object] = arrays["hidden"] if len(arrays["hidden"]) else []
    return hidden, arrays["output"]
