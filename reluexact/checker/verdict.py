"""The verdict on a document, of whatever kind."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_FLOOR
from typing import BinaryIO

from .document import Item, Rejected, canonical_digest, read_document
from .extended import asked_problem, described, e1_extended
from .kinds.extended_table import EXTENDED_CHECKS
from .kinds.table import CHECKS
from .problem import o1_problem
from .quantities import decimal
from .stream import SHORT, read_stream


@dataclass(frozen=True, slots=True)
class Report:
    """The verdict; `lines` say in words what the certificate states, `digest` is the sha256 of the canonical statement."""

    verified: bool
    path: str
    reason: str
    kind: str
    digest: str
    lines: tuple[str, ...]


def check_document(text: str | bytes | BinaryIO, statement: str | bytes | None = None) -> Report:
    """Check one certificate, a text or an open binary file.

    With `statement`, the text of a problem file, refuse a certificate of another problem.

    A certificate that is false or malformed gives a report with ``verified=False``; a malformed problem file raises
    :class:`Rejected`, a ValueError. No global state is touched.

    >>> check_document("{}").reason
    "the key 'format' is missing"
    """
    asked = None if statement is None else asked_problem(statement)
    lines: list[str] = []
    kind = digest = ""
    try:
        header, version, stated, evidence, produced = document(text).fields(
            "format", "version", "statement", "evidence", "produced_by"
        )
        if header.value != "reluexact-certificate" or version.index(3) == 0:
            raise header.reject("not a reluexact-certificate of version 1 or 2")
        for item in produced.table().values():
            item.text()
        kind_item, problem_item, claim = stated.fields("kind", "problem", "claim")
        extended = e1_extended(problem_item) if version.value == 2 else None
        problem = o1_problem(problem_item) if extended is None else extended.base
        if asked is not None and asked != (problem if extended is None else extended):
            raise problem_item.reject("the certificate is about another problem than the one asked for")
        if kind_item.text() not in (CHECKS if extended is None else EXTENDED_CHECKS):
            raise kind_item.reject("unknown kind of claim" if extended is None else "unknown kind of claim of version 2")
        kind = kind_item.text()
        size = f"{len(problem.X)} rows, {len(problem.X[0])} columns"
        lines.append(f"problem: {size}, penalty {decimal(problem.penalty, ROUND_FLOOR)}")
        if extended is None:
            CHECKS[kind](problem, claim, evidence, lines)
        else:
            lines.append(described(extended))
            EXTENDED_CHECKS[kind](extended, claim, evidence, lines)
        digest = canonical_digest(stated)
    except Rejected as error:
        return Report(False, error.path, error.reason, kind, digest, tuple(lines))
    lines.append(f"sha256 of the canonical statement: {digest}")
    return Report(True, "", "", kind, digest, tuple(lines))


def document(text: str | bytes | BinaryIO) -> Item:
    """Read a document; long files are read in bounded memory."""
    if isinstance(text, str | bytes):
        return read_document(text)
    if not text.seekable() or text.seek(0, 2) <= SHORT:
        if text.seekable():
            text.seek(0)
        return read_document(text.read())
    return read_stream(text)
