"""Files of separated values, digit by digit: one line of names, then one record per row."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from reluexact.errors import Argument, Cure, InputError, Message
from reluexact.model.files.reading import Reading
from reluexact.model.files.table import LEAVE_OUT, Raw, is_missing
from reluexact.numbers.rational import to_fraction

_DECLARED = re.compile(r'\A"?sep[=]([^\r\n"])"?\r?(?:\n|\Z|(?<=\r))')  # a first line that Excel reads and writes
_COMMA = re.compile(r"[+-]?[0-9]*,[0-9]+(?:[eE][+-]?[0-9]+)?")
_SIGNS = {",": "commas", ";": "semicolons", "\t": "tabs", " ": "blanks", "|": "bars"}

Record = tuple[int, list[str]]


def read_delimited(text: str, name: str, reading: Reading, usual: str) -> Raw:
    """Return the columns of a file; ``usual``: what separates the values when nobody says so."""
    text, skipped, sep = _separator(text, name, reading, usual)
    records = list(_records(text, name, sep, skipped))
    while records and not any(cell.strip() for cell in records[-1][1]):
        records.pop()
    line, cells = records[0] if records else (1 + skipped, [])
    head = f"{name} line {line}"
    if reading.header is False:
        labels = [f"x{j + 1}" for j in range(len(cells))]
    else:
        labels = [cell.strip() for cell in cells]
        records = records[1:]
    _check_width(labels, head, sep, text)
    labels = _trimmed(labels, records)
    if reading.header is None:
        _check_header(labels, head)
    rows = [_row(cells, labels, f"{name} line {line}", sep) for line, cells in records]
    lines = [line for line, _ in records]
    return Raw(
        file=name,
        head=head,
        names=tuple(labels),
        rows=rows,
        place=lambda i: f"{name} line {lines[i]}",
        number=_number(reading.decimal == ","),
    )


def _separator(text: str, name: str, reading: Reading, usual: str) -> tuple[str, int, str]:
    """Return the text without a line that declares the separator, how many lines that were, and the separator."""
    declared = _DECLARED.match(text)
    if declared is None:
        sep = usual if reading.sep is None else reading.sep
    elif reading.sep not in (None, declared[1]):
        raise InputError(
            Message(f"{name} line 1: the file says that {declared[1]!r} separates its values, not ", Argument("sep", reading.sep))
        )
    else:
        sep, text = declared[1], text[declared.end() :]
    if sep == reading.decimal:
        same = f"{name}: values are separated by {_sign(sep)}, and ", Argument("decimal", sep), " is the same sign"
        raise InputError(Message(*same, Cure("say which other sign separates them with ", Argument("sep"))))
    return text, int(declared is not None), sep


def _records(text: str, name: str, sep: str, skipped: int) -> Iterator[Record]:
    """Yield the first line number and the cells of every record; blank lines are passed over."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=sep)
    line = 1 + skipped
    try:
        for cells in reader:
            if len(cells) > 1 or any(cell.strip() for cell in cells):
                yield line, cells
            line = reader.line_num + 1 + skipped
    except csv.Error as error:
        raise InputError(f"{name} line {line}: {error}; check the quotes of this line") from None


def _check_width(labels: Sequence[str], head: str, sep: str, text: str) -> None:
    if not labels:
        raise InputError(f"{head}: the file is empty; the first line names the columns")
    if len(labels) > 1:
        return
    fault = f"{head}: only one column, {labels[0]!r}; a feature and a target are needed, separated by {_sign(sep)}"
    other = next((sign for sign in ";\t|, " if sign != sep and sign in labels[0]), None)
    if other is None:
        raise InputError(fault)
    cure: list[str | Argument] = ["say ", Argument("sep", repr(other))]
    if other != "," and re.search(r"[0-9],[0-9]", text):
        cure += [" and, for decimal commas, ", Argument("decimal", "','")]
    raise InputError(Message(fault, Cure(*cure)))


def _sign(sep: str) -> str:
    return _SIGNS.get(sep, repr(sep))


def _trimmed(labels: list[str], records: Sequence[Record]) -> list[str]:
    """Leave out columns at the end that have neither a name nor a value."""
    while len(labels) > 2 and not labels[-1] and all(not any(c.strip() for c in row[len(labels) - 1 :]) for _, row in records):
        labels = labels[:-1]
    return labels


def _check_header(labels: Sequence[str], head: str) -> None:
    """Refuse names that could be data."""
    own = labels[1:] if not labels[0] else labels
    if any(map(_is_number, own)) and all(_is_number(label) or (label and is_missing(label)) for label in own):
        fault = f"{head}: the first line holds numbers, not names; put a line of column names above it"
        names = Cure("say ", Argument("header", True), " if these are names")
        raise InputError(Message(fault, Cure("say ", Argument("header", False), " to read it as data", mark=", or "), names))


def _is_number(text: str) -> bool:
    try:
        to_fraction(text.replace(",", "."))
    except InputError:
        return False
    return True


def _row(cells: list[str], labels: Sequence[str], place: str, sep: str) -> list[str]:
    """Return as many cells as there are columns; empty ones at the end are commas too many."""
    if len(cells) > len(labels) and not any(cell.strip() for cell in cells[len(labels) :]):
        cells = cells[: len(labels)]
    if len(cells) == len(labels):
        return cells
    fault = f"{place}: {len(cells)} values, but the header names {len(labels)} columns; mend the line"
    if len(cells) == len(labels) + 1:
        raise InputError(f"{fault}; where the first value names the row, as R writes it, put {sep!r} before the first name")
    if sep == "," and len(cells) == 2 * len(labels):
        fault += "; decimal commas cannot be told from the commas between values: quote such numbers"
        raise InputError(Message(fault, Cure("separate the values otherwise and say ", Argument("sep", "';'"), mark=", or ")))
    raise InputError(fault)


def _number(comma: bool) -> Callable[[object, str], Fraction]:
    """Return how a cell is read; ``comma``: the decimal mark is a comma."""

    def number(cell: object, place: str) -> Fraction:
        text = str(cell)
        if comma and "." in text:
            raise InputError(f"{place}: {text!r} has a point where the decimal mark is a comma; write one of them everywhere")
        try:
            return to_fraction(text.replace(",", ".", 1) if comma and _COMMA.fullmatch(text.strip()) else text, where=place)
        except InputError as error:
            cures = [LEAVE_OUT]
            if not comma and _COMMA.fullmatch(text.strip()):
                cures = [Cure("say ", Argument("decimal", "','"), " if its comma is the decimal mark")]
            raise InputError(Message(error.message, *cures)) from None

    return number
