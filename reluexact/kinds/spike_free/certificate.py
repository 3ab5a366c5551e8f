"""Certificates of spike-free data, and of data that are not: kind ``spike-free``."""

from __future__ import annotations

from reluexact.certificates.document import PROGRAM, Json, make_document, texts
from reluexact.certificates.reading import Read, vector
from reluexact.evidence.status import Status
from reluexact.kinds.spike_free.claim import SpikeFree
from reluexact.kinds.spike_free.find import is_spike_free

CLAIM = SpikeFree


def to_document(found: SpikeFree) -> Json:
    """Return the certificate as a JSON object: the inverse of a Gram matrix, or a direction and what separates its outputs."""
    if found.status is Status.PROVED:
        claim, evidence = {"direction": None}, {"inverse": [texts(line) for line in found.inverse]}
        return make_document("spike-free", found, claim, evidence, dict([PROGRAM]))
    return make_document(
        "spike-free", found, {"direction": texts(found.direction)}, {"separating": texts(found.separating)}, dict([PROGRAM])
    )


def from_document(document: Json) -> SpikeFree:
    """Return the claim of a certificate that the checker has accepted; the reason in words is that of this package."""
    read = Read.of(document)
    found = is_spike_free(read.data)
    if read.claim["direction"] is None:
        return found
    return SpikeFree(
        data=read.data,
        status=Status.REFUTED,
        reason=found.reason,
        rows=found.rows,
        inverse=(),
        direction=vector(read.claim["direction"]),
        separating=vector(read.evidence["separating"]),
    )
