"""Turn what a caller calls a matrix or a vector into tuples of Fractions, or say which entry is wrong."""

from __future__ import annotations

import json
import reprlib
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from hashlib import sha256
from typing import Any

from reluexact.errors import InputError
from reluexact.numbers.arrays import numpy
from reluexact.numbers.rational import Floats, format_fraction, to_fraction
from reluexact.numbers.types import Matrix, Vector

_NUMBER_KINDS = "iufU"  # numpy's signed, unsigned, float, text


def matrix(value: object, where: str, *, floats: Floats = None) -> Matrix:
    """Return a rectangular matrix; rows may be absent, but a row has at least one entry.

    >>> matrix([["1/2", 3]], "X")
    ((Fraction(1, 2), Fraction(3, 1)),)
    >>> matrix([[1, 2], [3]], "X")
    Traceback (most recent call last):
    ...
    reluexact.errors.InputError: X[1] has 1 entry but X[0] has 2; make all rows equally long
    >>> matrix([1, 2], "X")
    Traceback (most recent call last):
    ...
    reluexact.errors.InputError: X[0]: 1 (int) is not a row; X is a list of rows, one feature is written [[1], [2]]
    """
    cure = f"{where} is a list of rows, one feature is written [[1], [2]]"
    rows: list[Vector] = []
    for i, row in enumerate(_items(value, where, 2, cure)):
        place = f"{where}[{i}]"
        if not _is_list(row):
            raise InputError(f"{place}: {_shown(row)} ({type(row).__name__}) is not a row; {cure}")
        rows.append(vector(row, place, floats=floats))
        if not rows[i]:
            raise InputError(f"{place} is empty; give each row at least one entry")
        if len(rows[i]) != len(rows[0]):
            count = f"{len(rows[i])} {'entry' if len(rows[i]) == 1 else 'entries'}"
            raise InputError(f"{place} has {count} but {where}[0] has {len(rows[0])}; make all rows equally long")
    return tuple(rows)


def vector(value: object, where: str, *, floats: Floats = None) -> Vector:
    """Return a vector; it may be empty.

    >>> vector(["2.5", 1], "y")
    (Fraction(5, 2), Fraction(1, 1))
    >>> vector([[1], [2]], "y")
    Traceback (most recent call last):
    ...
    reluexact.errors.InputError: y[0]: [1] (list) stands where one number belongs; y is one flat list of numbers
    """
    cure = f"{where} is one flat list of numbers"
    numbers = []
    for i, entry in enumerate(_items(value, where, 1, cure)):
        place = f"{where}[{i}]"
        if _is_list(entry):
            raise InputError(f"{place}: {_shown(entry)} ({type(entry).__name__}) stands where one number belongs; {cure}")
        numbers.append(to_fraction(entry, where=place, floats=floats))
    return tuple(numbers)


def flat(value: object) -> object:
    """Return what is written as one row or one column as a flat list; anything else as it is.

    >>> flat([[1, 2]]), flat([[1], [2]]), flat([1, 2]), flat([[1, 2], [3, 4]])
    ([1, 2], [1, 2], [1, 2], [[1, 2], [3, 4]])
    """
    if hasattr(value, "__array__"):
        array = _asarray(value, "output")
        return array.reshape(-1) if array.ndim == 2 and 1 in array.shape else array
    if not isinstance(value, Sequence) or not value or not all(_is_list(row) for row in value):
        return value
    return value[0] if len(value) == 1 else [row[0] for row in value] if all(len(row) == 1 for row in value) else value


def _items(value: object, where: str, dimension: int, cure: str) -> Iterator[object]:
    """Yield the rows of a matrix or the entries of a vector."""
    if hasattr(value, "__array__"):
        return iter(_array(value, where, dimension, cure))
    if isinstance(value, Sequence) and _is_list(value):
        return iter(value)
    raise InputError(f"{where}: {_shown(value)} ({type(value).__name__}) is not a list; {cure}")


def _is_list(value: object) -> bool:
    """Tell a container of entries from an entry."""
    if isinstance(value, str | bytes | bytearray | memoryview | Mapping):
        return False
    return isinstance(value, Sequence) or getattr(value, "ndim", 0) > 0


def _array(value: object, where: str, dimension: int, cure: str) -> Any:
    """Return a numpy array whose entries are numpy scalars that ``to_fraction`` can judge."""
    if numpy().ma.is_masked(value):
        raise InputError(f"{where}: a masked array hides entries; drop these rows or fill the values in")
    array = _asarray(value, where)
    if array.ndim != dimension:
        raise InputError(f"{where}: an array of shape {array.shape} has {array.ndim} dimensions, not {dimension}; {cure}")
    if array.dtype.kind not in _NUMBER_KINDS:
        raise InputError(f"{where}: an array of type {array.dtype} does not hold exact numbers; give integers, or lists of text")
    return array


def _asarray(value: Any, where: str) -> Any:
    """Return an array of numpy; a tensor that carries gradients is detached."""
    if callable(getattr(value, "detach", None)):
        value = value.detach().cpu()
        if str(value.dtype) == "torch.bfloat16":  # numpy has no such type; all its numbers are float32 as well
            value = value.float()
    try:
        return numpy().asarray(value)
    except (TypeError, ValueError, RuntimeError) as error:
        raise InputError(f"{where}: {type(value).__name__} cannot be read as an array ({error}); give lists of numbers") from None


def _shown(value: object) -> str:
    return reprlib.repr(value)


def written(numbers: Sequence[Fraction]) -> str:
    """Write a list of numbers as this module reads it back.

    >>> written([Fraction(2), Fraction(-1, 3)])
    "[2, '-1/3']"
    """
    return f"[{', '.join(repr(format_fraction(x)) if x.denominator > 1 else format_fraction(x) for x in numbers)}]"


def digest_of(rows: Matrix, targets: Vector) -> str:
    """Return sha256 of the exact numbers of a data set.

    >>> digest_of(((Fraction(1),),), (Fraction(2),))[:8]
    '8cb745ac'
    """
    document = {"X": [[format_fraction(x) for x in row] for row in rows], "y": [format_fraction(t) for t in targets]}
    return sha256(json.dumps(document, separators=(",", ":")).encode("ascii")).hexdigest()
