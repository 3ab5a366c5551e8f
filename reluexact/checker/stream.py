"""Documents too long to be kept: read once to see that they are strict JSON; long lists of the evidence are then read again."""

from __future__ import annotations

import json
from codecs import IncrementalDecoder, getincrementaldecoder
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO, NoReturn

from .document import MAX_BYTES, Item, Long, Rejected, no_float, show, small_integer, unique

SHORT = 1 << 23  # bytes: shorter documents are read as a whole
AHEAD = 1 << 16  # characters that are looked at together: what is shorter is kept
PIECE = 1 << 18  # bytes that are read at a time
BLANKS = " \t\n\r"
DECODER = json.JSONDecoder(object_pairs_hook=unique, parse_int=small_integer, parse_float=no_float, parse_constant=no_float)


class Reader:
    """A place in a file: `text` is what was read around it, `at` the place in it. Every reader has its own place in the file."""

    def __init__(self, file: BinaryIO, start: int = 0) -> None:
        self.file, self.next, self.first = file, start, start
        self.decoder = getincrementaldecoder("utf-8")()
        self.text, self.at, self.ended = "", 0, False
        self.chars = self.lines = 0
        self.line_end = -1

    def more(self) -> None:
        """Read one piece of the file."""
        self.file.seek(self.next)
        data = self.file.read(PIECE)
        self.next += len(data)
        self.ended = not data
        self.text += decoded(self.decoder, data)

    def fill(self) -> None:
        """Forget what lies behind, and read until there is enough ahead."""
        if self.ended or len(self.text) - self.at >= AHEAD:
            return
        behind = self.text[: self.at]
        self.first += len(behind.encode("utf-8"))
        self.lines += behind.count("\n")
        self.line_end = self.chars + behind.rfind("\n") if "\n" in behind else self.line_end
        self.chars += len(behind)
        self.text, self.at = self.text[self.at :], 0
        while not self.ended and len(self.text) < AHEAD:
            self.more()

    def byte(self) -> int:
        """Return the place in the file in bytes."""
        return self.first + len(self.text[: self.at].encode("utf-8"))

    def sign(self) -> str:
        """Skip blanks, and return the next character, "" at the end."""
        while True:
            while self.at < len(self.text) and self.text[self.at] in BLANKS:
                self.at += 1
            if self.at < len(self.text) or self.ended:
                return self.text[self.at : self.at + 1]
            self.more()

    def value(self, path: tuple[str, ...], keep: bool) -> object:
        """Read a value; with `keep` all of it, else long lists stay in the file."""
        self.sign()
        self.fill()
        while True:
            failure = None
            try:
                found, end = DECODER.raw_decode(self.text, self.at)
            except ValueError as error:
                failure = error
            if failure is None and (end < len(self.text) or self.ended):
                self.at = end
                return found
            if self.text[self.at : self.at + 1] == "[":
                return self.array(keep)
            if self.text[self.at : self.at + 1] == "{":
                return self.object(path, keep)
            if failure is not None and self.ended:
                raise self.blamed(failure, 0)
            self.more()

    def array(self, keep: bool) -> object:
        """Read a list that is long."""
        start = self.byte()
        if keep:
            return list(self.entries(keep))
        for _ in self.entries(keep):
            pass
        return Long(partial(entries_at, self.file, start))

    def entries(self, keep: bool) -> Iterator[object]:
        """Read the entries of a list, one by one."""
        self.at += 1
        if self.sign() == "]":
            self.at += 1
            return
        while True:
            yield self.value((), keep)
            if not self.goes_on("]", "[0"):
                return

    def goes_on(self, end: str, before: str) -> bool:
        """Read what follows an entry: a comma (and then no `end`), or the end; `before` is what may stand before it."""
        sign, comma = self.sign(), self.at
        if sign not in (",", end) or not sign:
            self.refuse(before, comma)
        self.at += 1
        if sign == end:
            return False
        after = self.sign()
        if after == end or (end == "}" and after != '"'):
            self.refuse(before, comma)
        return True

    def object(self, path: tuple[str, ...], keep: bool) -> dict[str, object]:
        """Read an object that is long."""
        self.at += 1
        start, pairs = self.at, []
        if self.sign() == "}":
            self.at += 1
            return {}
        if self.sign() != '"':
            self.refuse("{", start)
        while True:
            key = str(self.value((), keep=True))
            if self.sign() != ":":
                self.refuse('{""', self.at)
            self.at += 1
            pairs.append((key, self.value((*path, key), keep and (*path, key) != ("evidence",))))
            if not self.goes_on("}", '{"":0'):
                return unique(pairs)

    def refuse(self, before: str, start: int) -> NoReturn:
        """Refuse what is no JSON: JSON's own parser says why, asked about the text from a place on behind something short."""
        try:
            json.loads(before + self.text[start:])
        except ValueError as error:
            raise self.blamed(error, start - len(before)) from None
        raise Rejected("document", "not JSON")

    def blamed(self, error: ValueError, shift: int) -> ValueError:
        """Return an error of JSON's parser with its place in the document."""
        if not isinstance(error, json.JSONDecodeError):
            return error
        place = error.pos + shift
        before = self.text[:place]
        line, char = self.lines + before.count("\n") + 1, self.chars + place
        column = char - (self.chars + before.rfind("\n") if "\n" in before else self.line_end)
        return Rejected("document", f"not JSON: {show(f'{error.msg}: line {line} column {column} (char {char})')}")


def entries_at(file: BinaryIO, start: int) -> Iterator[object]:
    """Read the list that begins at a byte of a file, entry by entry."""
    reader = Reader(file, start)
    reader.fill()
    return reader.entries(keep=False)


def read_stream(file: BinaryIO) -> Item:
    """Read strict JSON from a file that can be read again: what `read_document` says, in bounded memory."""
    if file.seek(0, 2) > MAX_BYTES:
        raise Rejected("document", f"longer than {MAX_BYTES} bytes")
    try:
        check_text(file)
        reader = Reader(file)
        reader.fill()
        if reader.text.startswith("\ufeff"):
            reader.refuse("", 0)
        value = reader.value((), keep=True)
        if reader.sign():
            reader.refuse("[]", reader.at)
    except RecursionError:
        raise Rejected("document", "nested too deeply") from None
    return Item(value, "")


def check_text(file: BinaryIO) -> None:
    """Demand that all of a file is UTF-8."""
    decoder, data = getincrementaldecoder("utf-8")(), b"-"
    file.seek(0)
    while data:
        data = file.read(PIECE)
        decoded(decoder, data)


def decoded(decoder: IncrementalDecoder, data: bytes) -> str:
    """Return the text of the next bytes of a file; none are left when they are empty."""
    try:
        return decoder.decode(data, final=not data)
    except UnicodeDecodeError as error:
        raise Rejected("document", f"not JSON: {show(str(error))}") from None
