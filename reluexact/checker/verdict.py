"""The verdict on a document, of whatever kind."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_FLOOR

from .document import Rejected, canonical_digest, read_document
from .kinds.table import CHECKS
from .problem import o1_problem, read_problem
from .quantities import decimal


@dataclass(frozen=True, slots=True)
class Report:
    """The verdict; `lines` say in words what the certificate states, `digest` is the sha256 of the canonical statement."""

    verified: bool
    path: str
    reason: str
    kind: str
    digest: str
    lines: tuple[str, ...]


def check_document(text: str | bytes, statement: str | bytes | None = None) -> Report:
    """Check one certificate; with `statement`, the text of a problem file, refuse a certificate of another problem.

    A certificate that is false or malformed gives a report with ``verified=False``; a malformed problem file raises
    :class:`Rejected`, a ValueError. No global state is touched.

    >>> check_document("{}").reason
    "the key 'format' is missing"
    """
    asked = None if statement is None else read_problem(statement)
    lines: list[str] = []
    kind = digest = ""
    try:
        header, version, stated, evidence, produced = read_document(text).fields(
            "format", "version", "statement", "evidence", "produced_by"
        )
        if header.value != "reluexact-certificate" or version.index(2) != 1:
            raise header.reject("not a reluexact-certificate of version 1")
        for item in produced.table().values():
            item.text()
        kind_item, problem_item, claim = stated.fields("kind", "problem", "claim")
        problem = o1_problem(problem_item)
        if asked is not None and problem != asked:
            raise problem_item.reject("the certificate is about another problem than the one asked for")
        if kind_item.text() not in CHECKS:
            raise kind_item.reject("unknown kind of claim")
        kind = kind_item.text()
        size = f"{len(problem.X)} rows, {len(problem.X[0])} columns"
        lines.append(f"problem: {size}, penalty {decimal(problem.penalty, ROUND_FLOOR)}")
        CHECKS[kind](problem, claim, evidence, lines)
        digest = canonical_digest(stated)
    except Rejected as error:
        return Report(False, error.path, error.reason, kind, digest, tuple(lines))
    lines.append(f"sha256 of the canonical statement: {digest}")
    return Report(True, "", "", kind, digest, tuple(lines))
