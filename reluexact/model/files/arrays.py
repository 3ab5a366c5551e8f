"""npz files (arrays X and y, perhaps penalty and the parts of a problem) and npy files (one array, the columns of a table)."""

from __future__ import annotations

import io
import struct
import tokenize
import zipfile
import zlib

from reluexact.errors import InputError, Message
from reluexact.model.files.keyed import keyed_table
from reluexact.model.files.reading import Reading
from reluexact.model.files.table import Raw, Table, exact
from reluexact.numbers.arrays import is_numpy, numpy

_FAULTS = (ValueError, EOFError, KeyError, MemoryError, RuntimeError, SyntaxError, tokenize.TokenError)  # of a damaged header
_FAULTS_OF_ZIP = (*_FAULTS, zipfile.BadZipFile, zlib.error, struct.error)
_SAVEZ = "write it with numpy.savez(file, X=X, y=y)"
_SAVE = "write it with numpy.save(file, array), the targets in the last column"
_SINGLE = ("penalty", "loss", "hidden_bias", "output_bias", "skip")
_KINDS = "iufU"  # numpy's signed, unsigned, float, text


def read_archive(content: bytes, name: str, reading: Reading) -> Table:
    """Read an npz file."""
    try:
        archive = numpy().load(io.BytesIO(content), allow_pickle=False)
        arrays = None if is_numpy(archive, "ndarray") else {key: archive[key] for key in archive.files}
    except _FAULTS_OF_ZIP as error:
        raise InputError(f"{name}: this is no archive of plain arrays ({_first_line(error)}); {_SAVEZ}") from None
    if arrays is None:
        raise InputError(f"{name}: this is one array, not an archive; {_SAVEZ}, or name the file .npy")
    arrays = {key: array[()] if key in _SINGLE and array.ndim == 0 else array for key, array in arrays.items()}
    try:
        return keyed_table(arrays, name, reading)
    except InputError as error:
        raise InputError(Message(f"{name}: ", error.message)) from None


def read_array(content: bytes, name: str, reading: Reading) -> Raw:
    """Read an npy file; its columns are called x1, x2, ... unless the array names them."""
    try:
        array = numpy().load(io.BytesIO(content), allow_pickle=False)
    except _FAULTS as error:
        raise InputError(f"{name}: this is no plain array ({_first_line(error)}); {_SAVE}") from None
    if not is_numpy(array, "ndarray"):
        raise InputError(f"{name}: this is an archive, not one array; name the file .npz")
    labels = array.dtype.names
    if labels is None:
        if array.ndim != 2:
            raise InputError(f"{name}: an array of shape {array.shape} is no table of rows and columns; {_SAVE}")
        if array.dtype.kind not in _KINDS:
            raise InputError(f"{name}: an array of type {array.dtype} holds no numbers; write integers, floats or text")
        labels = tuple(f"x{j + 1}" for j in range(array.shape[1]))
    if len(labels) < 2:
        raise InputError(f"{name}: only one column; a feature and a target are needed")
    return Raw(
        file=name,
        head=name,
        names=tuple(labels),
        rows=[list(row) for row in array.reshape(-1, *array.shape[1:])],
        place=lambda i: f"{name}: rows[{i}]",
        number=exact(reading),
    )


def _first_line(error: BaseException) -> str:
    return str(error).partition("\n")[0]
