"""Strict JSON reading: every value knows its place, and what is malformed is rejected there."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from fractions import Fraction

from .quantities import Interval, Vector

MAX_BYTES = 512 << 20
MAX_DIGITS = 20_000
LARGE = 10**9  # above every count in a claim
ANY = 10**18  # above every JSON integer that was read
NUMBER = re.compile(r"(-?)(0|[1-9][0-9]*)(?:/([1-9][0-9]*))?", re.ASCII)


class Rejected(ValueError):
    """The certificate is false or malformed at `path` of the document."""

    def __init__(self, path: str, reason: str) -> None:
        self.path, self.reason = path or "document", reason
        super().__init__(f"{self.path}: {reason}")


def whole(digits: str) -> int:
    """Convert digits of any length, in pieces that no limit of the interpreter refuses."""
    value = 0
    for start in range(0, len(digits), 500):
        piece = digits[start : start + 500]
        value = value * 10 ** len(piece) + int(piece)
    return value


@dataclass(frozen=True, slots=True)
class Item:
    """A JSON value and its place in the document."""

    value: object
    path: str

    def reject(self, reason: str) -> Rejected:
        """Return the exception that blames this value."""
        return Rejected(self.path, reason)

    def table(self) -> dict[str, Item]:
        """Read an object with any keys."""
        if not isinstance(self.value, dict):
            raise self.reject("an object is expected here")
        start = self.path and f"{self.path}."
        return {key: Item(value, f"{start}{show(key)}") for key, value in self.value.items()}

    def fields(self, *names: str) -> list[Item]:
        """Read an object with exactly these keys."""
        table = self.table()
        for name in names:
            if name not in table:
                raise self.reject(f"the key {name!r} is missing")
        for name, item in table.items():
            if name not in names:
                raise item.reject("unknown key")
        return [table[name] for name in names]

    def entries(self, length: int | None = None) -> list[Item]:
        """Read a list, of a given length if one is given."""
        if not isinstance(self.value, list):
            raise self.reject("a list is expected here")
        if length is not None and len(self.value) != length:
            raise self.reject(f"{length} entries are expected here, not {len(self.value)}")
        return [Item(value, f"{self.path}[{i}]") for i, value in enumerate(self.value)]

    def text(self) -> str:
        """Read a string."""
        if not isinstance(self.value, str):
            raise self.reject("a string is expected here")
        return self.value

    def number(self) -> Fraction:
        """Read a rational number in its one canonical spelling."""
        text = self.text()
        if len(text) > 2 * MAX_DIGITS:
            raise self.reject(f"a number of more than {MAX_DIGITS} digits")
        match = NUMBER.fullmatch(text)
        if match is None:
            raise self.reject(f'a number such as "0", "-7" or "5/3" is expected here, not {show(text)}')
        minus, top, bottom = match.groups(default="")
        if max(len(top), len(bottom)) > MAX_DIGITS:
            raise self.reject(f"a number of more than {MAX_DIGITS} digits")
        value = Fraction(whole(top), whole(bottom or "1"))
        if value.denominator != whole(bottom or "1") or bottom == "1" or (minus and not value):
            raise self.reject(f"the number {show(text)} is not in lowest terms")
        return -value if minus else value

    def vector(self, length: int | None = None) -> Vector:
        """Read a list of numbers."""
        return [item.number() for item in self.entries(length)]

    def box(self) -> Interval:
        """Read ``{"low", "high"}``."""
        low, high = (item.number() for item in self.fields("low", "high"))
        if low > high:
            raise self.reject("low is greater than high")
        return low, high

    def index(self, limit: int) -> int:
        """Read a JSON integer from 0 to limit - 1."""
        if type(self.value) is not int or not 0 <= self.value < limit:
            raise self.reject(f"an integer from 0 to {limit - 1} is expected here")
        return self.value

    def sign(self, duty: str = "") -> int:
        """Read "+" or "-" as 1 or -1."""
        if self.text() not in ("+", "-"):
            raise self.reject(f'{duty}"+" or "-" is expected here')
        return 1 if self.value == "+" else -1


def show(text: str) -> str:
    """Quote a piece of the document, short and in ASCII."""
    return ascii(text if len(text) <= 40 else text[:40] + "...").strip("'")


def unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Build an object; duplicate keys are refused."""
    table = dict(pairs)
    if len(table) != len(pairs):
        raise Rejected("document", f"duplicate key in the object with the keys {show(', '.join(key for key, _ in pairs))}")
    return table


def small_integer(text: str) -> int:
    """Read a JSON integer; these only count and index."""
    if len(text) > 18 or text == "-0":
        raise Rejected("document", f"the JSON integer {show(text)} is not one that counts or indexes")
    return int(text)


def no_float(text: str) -> object:
    """Refuse floats, NaN and Infinity."""
    raise Rejected("document", f'the JSON number {show(text)}: write numbers as strings such as "5/3"')


def read_document(text: str | bytes) -> Item:
    """Read strict JSON."""
    if len(text) > MAX_BYTES:
        raise Rejected("document", f"longer than {MAX_BYTES} bytes")
    try:
        decoded = text.decode("utf-8") if isinstance(text, bytes) else text
        value = json.loads(
            decoded, object_pairs_hook=unique, parse_int=small_integer, parse_float=no_float, parse_constant=no_float
        )
    except RecursionError:
        raise Rejected("document", "nested too deeply") from None
    except Rejected:
        raise
    except ValueError as error:
        raise Rejected("document", f"not JSON: {show(str(error))}") from None
    return Item(value, "")


def canonical_digest(item: Item) -> str:
    """Return the sha256 of a value as canonical JSON: sorted keys, no blanks, ASCII."""
    return hashlib.sha256(json.dumps(item.value, sort_keys=True, separators=(",", ":")).encode("ascii")).hexdigest()
