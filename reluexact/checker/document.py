"""Strict JSON reading: every value knows its place, and what is malformed is rejected there."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import gcd

from .quantities import Interval, Vector

MAX_BYTES = 512 << 20
MAX_DIGITS = 20_000
FEW = 9  # letters of numbers that are remembered
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
    if len(digits) <= 500:
        return int(digits)
    value = 0
    for start in range(0, len(digits), 500):
        piece = digits[start : start + 500]
        value = value * 10 ** len(piece) + int(piece)
    return value


def ratio(text: str) -> tuple[int, int] | str:
    """Read a rational number in its one canonical spelling: numerator and denominator, else what is wrong with it."""
    if len(text) <= FEW:
        return short_ratio(text)
    if len(text) > 2 * MAX_DIGITS:
        return f"a number of more than {MAX_DIGITS} digits"
    return read_ratio(text)


@lru_cache(maxsize=1 << 13)
def short_ratio(text: str) -> tuple[int, int] | str:
    """Do the same for a text of at most FEW letters, many of which come again and again."""
    return read_ratio(text)


def read_ratio(text: str) -> tuple[int, int] | str:
    """Do the same, once."""
    match = NUMBER.fullmatch(text)
    if match is None:
        return f'a number such as "0", "-7" or "5/3" is expected here, not {show(text)}'
    minus, top, bottom = match.groups()
    if len(top) > MAX_DIGITS or (bottom and len(bottom) > MAX_DIGITS):
        return f"a number of more than {MAX_DIGITS} digits"
    over, under = whole(top), whole(bottom or "1")
    if bottom == "1" or (under > 1 and gcd(over, under) > 1) or (minus and not over):
        return f"the number {show(text)} is not in lowest terms"
    return (-over if minus else over), under


@dataclass(frozen=True, slots=True)
class Long:
    """A list that is too long to be kept: `read` reads it once more, entry by entry."""

    read: Callable[[], Iterator[object]]


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
        start = self.path and f"{self.path}."
        return {key: Item(value, f"{start}{show(key)}") for key, value in self.values().items()}

    def fields(self, *names: str) -> list[Item]:
        """Read an object with exactly these keys."""
        values, start = self.values(), self.path and f"{self.path}."
        if len(values) == len(names) and all(name in values for name in names):
            return [Item(values[name], f"{start}{name}") for name in names]
        table = self.table()
        for name in names:
            if name not in table:
                raise self.reject(f"the key {name!r} is missing")
        for name, item in table.items():
            if name not in names:
                raise item.reject("unknown key")
        return [table[name] for name in names]

    def values(self) -> dict[str, object]:
        """Read an object with any keys, the values as they are."""
        if not isinstance(self.value, dict):
            raise self.reject("an object is expected here")
        return self.value

    def at(self, name: str) -> Item:
        """Return the entry of a key that an object has."""
        return self.table()[name]

    def has(self, name: str) -> bool:
        """Say whether an object has a key."""
        return name in self.values()

    def entries(self, length: int | None = None) -> list[Item]:
        """Read a list, of a given length if one is given."""
        items = list(self.each())
        if length is not None and len(items) != length:
            raise self.reject(f"{length} entries are expected here, not {len(items)}")
        return items

    def each(self) -> Iterator[Item]:
        """Read a list, entry by entry."""
        if not isinstance(self.value, list | Long):
            raise self.reject("a list is expected here")
        for i, value in enumerate(self.value if isinstance(self.value, list) else self.value.read()):
            yield Item(value, f"{self.path}[{i}]")

    def text(self) -> str:
        """Read a string."""
        if not isinstance(self.value, str):
            raise self.reject("a string is expected here")
        return self.value

    def number(self) -> Fraction:
        """Read a rational number in its one canonical spelling."""
        return Fraction(*self.ratio())

    def ratio(self) -> tuple[int, int]:
        """Read a rational number as its numerator and its denominator."""
        found = ratio(self.text())
        if isinstance(found, str):
            raise self.reject(found)
        return found

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
