"""Certificates of all optimal networks: kind ``optimal-set``."""

from __future__ import annotations

from dataclasses import replace

from reluexact.certificates.document import Json, make_document, wider
from reluexact.certificates.network import amount_bits, amounts_claim
from reluexact.certificates.reading import Read
from reluexact.errors import InputError, Message
from reluexact.evidence.network import OptimumEvidence
from reluexact.evidence.status import Status
from reluexact.kinds.minimum_network.claim import SolutionSet
from reluexact.kinds.optimal_set.claim import OptimalSet
from reluexact.kinds.optimal_set.find import described
from reluexact.kinds.optimum.certificate import notes_of, optimum_parts, read_optimum
from reluexact.kinds.optimum.certified import certified_point

CLAIM = OptimalSet


def to_document(best: OptimalSet) -> Json:
    """Return the certificate of all optimal networks as a JSON object; InputError when the set is UNDECIDED."""
    evidence = best.optimum.evidence
    if best.status is not Status.PROVED:
        raise InputError(Message("the optimal set is UNDECIDED (", best.reason, "); only a PROVED one has a certificate"))
    claim, content = parts_of(best)
    if not isinstance(evidence, OptimumEvidence):
        raise TypeError("a proved optimum has the evidence of one")
    more = {
        "dimension": best.dimension,
        "total": wider(best.total, amount_bits(evidence)),
        "vertices": [amounts_claim(vertex.support, vertex.amounts, evidence) for vertex in best.vertices],
        "min_width": best.min_width,
        "max_vertex_width": best.max_vertex_width,
    }
    labels = [list(map(list, label)) for label in best.labels]
    return make_document("optimal-set", best.optimum, {**claim, **more}, {**content, "labels": labels}, notes_of(best.optimum))


def parts_of(best: SolutionSet) -> tuple[Json, Json]:
    """Return what the certificate of the optimum claims and has as evidence, and what its amounts rest on."""
    optimum = best.optimum
    if best.system is not None and isinstance(optimum.evidence, OptimumEvidence):
        optimum = replace(optimum, evidence=replace(optimum.evidence, dependences=best.system.dependences))
    return optimum_parts(optimum)


def from_document(document: Json) -> OptimalSet:
    """Return the claim of a certificate that the checker has accepted; the vertices are listed anew, as many as it has."""
    read = Read.of(document)
    optimum = read_optimum(read)
    return described(optimum, certified_point(optimum), len(read.evidence["labels"]))
