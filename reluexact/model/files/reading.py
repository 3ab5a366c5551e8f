"""How a file is to be read: what its caller says about it, checked before the file is opened."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Literal

from reluexact.errors import Argument, InputError, Message
from reluexact.numbers.rational import Floats

Format = Literal["csv", "tsv", "json", "npz", "npy", "parquet", "feather"]

SUFFIXES = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".json": "json",
    ".npz": "npz",
    ".npy": "npy",
    ".parquet": "parquet",
    ".pq": "parquet",
    ".feather": "feather",
    ".arrow": "feather",
}
"""The format of a file by the end of its name."""

FORMATS = tuple(dict.fromkeys(SUFFIXES.values()))
DELIMITED = ("csv", "tsv")

_FLOATS, _FORMAT = Argument("floats", assigned=False), Argument("format", assigned=False)
_SEP, _DECIMAL = Argument("sep", assigned=False), Argument("decimal", assigned=False)
_ENCODING, _HEADER = Argument("encoding", assigned=False), Argument("header", assigned=False)
_DROP = Argument("drop_missing", assigned=False)
OF_TEXT, OF_CSV = (_ENCODING,), (_SEP, _DECIMAL, _HEADER)
"""What can be said of text files, and of csv files only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a caller says about a file; the defaults say nothing.

    floats: which exact number a float of the file stands for. format: that of a file whose name does not tell. sep, decimal,
    encoding, header: how a csv file is written; None is a comma (or what its line ``sep=;`` says), a point, UTF-8, and a line
    of names that is refused when it could be data. drop_missing: leave out rows that have no value in a column that is used.

    >>> Reading(decimal=",", sep=",")
    Traceback (most recent call last):
    ...
    reluexact.errors.InputError: sep=, and decimal=, are the same sign; say which other sign separates the values
    """

    floats: Floats = None
    format: str | None = None
    sep: str | None = None
    decimal: str | None = None
    encoding: str | None = None
    header: bool | None = None
    drop_missing: bool = False

    def __post_init__(self) -> None:
        """Refuse what no file can be."""
        _check_choice(_FLOATS, self.floats, ("decimal", "binary"))
        _check_choice(_FORMAT, self.format, FORMATS)
        _check_choice(_DECIMAL, self.decimal, (".", ","))
        if self.header not in (None, True, False):
            raise _fault(_HEADER, f"{self.header!r} is not True or False; True: the first line has names, False: it is data")
        if not isinstance(self.drop_missing, bool):
            raise _fault(_DROP, f"{self.drop_missing!r} is not True or False; True leaves rows without a value out")
        if self.sep is not None and not _separates(self.sep):
            raise _fault(_SEP, f"{self.sep!r} is no separator; give one sign such as ';', or a tab")
        if self.sep is not None and self.sep == self.decimal:
            same = " are the same sign; say which other sign separates the values"
            raise InputError(Message(Argument("sep", self.sep), " and ", Argument("decimal", self.decimal), same))
        if self.encoding is not None and not _is_encoding(self.encoding):
            raise _fault(_ENCODING, f"{self.encoding!r} is not known; say for example 'utf-8', 'latin-1', 'cp1252' or 'utf-16'")


def _fault(said: Argument, text: str) -> InputError:
    return InputError(Message(said, f": {text}"))


def _check_choice(said: Argument, value: object, choices: tuple[str, ...]) -> None:
    if value is not None and value not in choices:
        listed = f"{', '.join(map(repr, choices[:-1]))} or {choices[-1]!r}"
        raise _fault(said, f"{value!r} is not known; say {listed}")


def _separates(sign: object) -> bool:
    return isinstance(sign, str) and len(sign) == 1 and not sign.isalnum() and sign not in "\r\n\"'.+-\0"


def _is_encoding(name: object) -> bool:
    try:
        io.TextIOWrapper(io.BytesIO(), encoding=name)  # type: ignore[arg-type]  # it refuses codecs of bytes, such as hex
    except (LookupError, ValueError, TypeError):
        return False
    return True
