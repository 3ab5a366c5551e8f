"""Certificates of the kind `optimum`, read as the checker does."""

from __future__ import annotations

from checker.stored import GOOD

from reluexact.checker.document import read_document
from reluexact.checker.kinds.optimum import EVIDENCE
from reluexact.checker.network.o1_structure import CLAIM, o1_read
from reluexact.checker.problem import o1_problem


def proof_of(name):
    """Return what is known of a good certificate before anything is proved."""
    item = read_document(GOOD[name])
    _, _, stated, evidence, _ = item.fields("format", "version", "statement", "evidence", "produced_by")
    _, problem, claim = stated.fields("kind", "problem", "claim")
    parts = dict(zip(EVIDENCE, evidence.fields(*EVIDENCE), strict=True))
    return o1_read(o1_problem(problem), claim.fields(*CLAIM)[2], parts)
