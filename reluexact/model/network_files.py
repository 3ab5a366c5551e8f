"""Files of networks: json and csv with exact texts, npz with floats; each reads back as the same network, or is not written.

A network without biases is ``hidden`` and ``output``; one with the parts of a problem has ``hidden_bias``, ``output_bias`` and
``skip`` beside them (:mod:`reluexact.model.biased_files` writes it). In a csv file a column ``hidden_bias`` stands before that of
``output``, and the line whose output is empty is the linear part: the skip connection, then the output bias.
"""

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
from typing import Any

from reluexact.errors import InputError, Message
from reluexact.model.unique_keys import unique
from reluexact.numbers.arrays import is_numpy, numpy
from reluexact.numbers.rational import Floats, format_fraction
from reluexact.numbers.types import Matrix, Vector

SUFFIXES = (".json", ".csv", ".npz")
CERTIFICATE = "reluexact-certificate"
"""The ``format`` of certificates, which are files of claims."""

PLAIN = ("hidden", "output")
KEYS = ("hidden", "hidden_bias", "output", "output_bias", "skip")
"""The parts of a network without biases, and of one with everything that a problem may have."""

Parts = Mapping[str, Any]
"""What stands in a file, by the names of the parts: those of PLAIN, and some of KEYS; the others are 0."""


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
    """Return the parts of a file, and how to read its floats; a name that ends otherwise holds json."""
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
        return json.loads(text, object_pairs_hook=unique, parse_float=str, parse_int=str, parse_constant=_no_constant)
    except InputError as error:
        raise InputError(Message(f"{name}: ", error.message)) from None
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
    if not isinstance(document, Mapping) or not set(PLAIN) <= set(document) <= set(KEYS):
        beside = f"beside them only {', '.join(key for key in KEYS if key not in PLAIN)}"
        raise InputError(
            f'{name}: network: give {{"hidden": [[...], ...], "output": [...]}} with exactly these two keys, {beside}'
        )
    return document


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
    if len(header) < 2 or header[-2].strip() != "hidden_bias":
        return {"hidden": [row[:-1] for row in lines], "output": [row[-1] for row in lines]}
    neurons, linear = [row for row in lines if row[-1].strip()], [row for row in lines if not row[-1].strip()]
    if len(linear) > 1:
        raise InputError(f"{name}: {len(linear)} lines have no output; one may, the linear part")
    return {
        "hidden": [row[:-2] for row in neurons],
        "hidden_bias": [row[-2] for row in neurons],
        "output": [row[-1] for row in neurons],
        "output_bias": linear[0][-2] if linear else "0",
        "skip": linear[0][:-2] if linear else [],
    }


def _npz(hidden: Matrix, output: Vector, name: str) -> bytes:
    rows = [[nearest(w, f"hidden[{j}][{k}]", name) for k, w in enumerate(row)] for j, row in enumerate(hidden)]
    return archive({"hidden": rows, "output": [nearest(a, f"output[{j}]", name) for j, a in enumerate(output)]})


def archive(parts: Parts) -> bytes:
    """Return the arrays of an npz file, made of lists of floats."""
    np = numpy()
    arrays = {name: np.array(part, dtype=np.float64) for name, part in parts.items()}
    rows = parts["hidden"]
    arrays["hidden"] = arrays["hidden"].reshape((len(rows), len(rows[0]) if rows else 0))
    buffer = io.BytesIO()
    np.savez(buffer, **arrays)
    return buffer.getvalue()


def nearest(value: Fraction, place: str, name: str) -> float:
    """Return a number that is a float as one; InputError for any other."""
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
        file = numpy().load(io.BytesIO(content), allow_pickle=False)
        arrays = {} if is_numpy(file, "ndarray") else {key: file[key] for key in file.files}
    except (ValueError, EOFError, KeyError, MemoryError, RuntimeError, zipfile.BadZipFile, zlib.error) as error:
        message = str(error).partition("\n")[0]
        raise InputError(f"{name}: this is no archive of plain arrays ({message}); {cure}") from None
    if not set(PLAIN) <= set(arrays) <= set(KEYS):
        raise InputError(f"{name}: the arrays are {', '.join(sorted(arrays)) or 'none'}, not hidden and output; {cure}")
    hidden: Sequence[object] = arrays["hidden"] if len(arrays["hidden"]) else []
    return {**arrays, "hidden": hidden, **({"output_bias": arrays["output_bias"][()]} if "output_bias" in arrays else {})}
