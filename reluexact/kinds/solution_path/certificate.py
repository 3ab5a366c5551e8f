"""Certificates of solution paths, kind ``path``: the problem has the lowest penalty of the path."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from reluexact.certificates.document import Json, make_document
from reluexact.certificates.path_claim import path_claim
from reluexact.certificates.paths import path_json, read_path
from reluexact.certificates.reading import Read
from reluexact.errors import Message
from reluexact.kinds.solution_path.assemble import path_of
from reluexact.kinds.solution_path.claim import SolutionPath
from reluexact.model.dataset import Dataset

CLAIM = SolutionPath


@dataclass(frozen=True, slots=True)
class _About:
    """The problem of the certificate."""

    data: Dataset
    penalty: Fraction


def to_document(path: SolutionPath) -> Json:
    """Return the certificate of a path as a JSON object; of one that is UNDECIDED it has what is proved, gaps included."""
    notes = dict(path.produced_by)
    if path.reason:
        notes["reason"] = str(path.reason)
    claim, evidence = path_claim(path.evidence, path.data), path_json(path.evidence, path.data)
    return make_document("path", _About(path.data, path.evidence.segments[-1].low), claim, evidence, notes)


def from_document(document: Json) -> SolutionPath:
    """Return the claim of a certificate of the kind ``path`` that the checker has accepted."""
    read = Read.of(document)
    reason = read.notes.get("reason")
    return path_of(read.data, read_path(read), produced_by=read.produced_by, reason=Message(reason) if reason else None)
