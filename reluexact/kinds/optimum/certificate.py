"""Certificates of optima: kind ``optimum``, or ``bound`` where the optimum is not proved."""

from __future__ import annotations

from dataclasses import replace

from reluexact.certificates.document import Json, make_document
from reluexact.certificates.network import network_claim, optimum_evidence
from reluexact.certificates.point import narrowed, neurons_of, point_from_document
from reluexact.certificates.reading import Read
from reluexact.errors import InputError
from reluexact.evidence.network import BoundEvidence, OptimumEvidence
from reluexact.kinds.bound.certificate import bound_document
from reluexact.kinds.optimum.assemble import optimum_of
from reluexact.kinds.optimum.claim import Optimum
from reluexact.kinds.optimum.problem_certificate import problem_document, problem_from_document
from reluexact.kinds.optimum.problem_claim import ProblemOptimum
from reluexact.prove.assemble import assemble_value

CLAIM = (Optimum, ProblemOptimum)


def to_document(optimum: Optimum | ProblemOptimum) -> Json:
    """Return the certificate of an optimum as a JSON object: kind ``optimum`` when PROVED, else ``bound``."""
    if isinstance(optimum, ProblemOptimum):
        return problem_document(optimum)
    if isinstance(optimum.evidence, BoundEvidence):
        return bound_document(optimum, optimum.evidence, dict(optimum.produced_by))
    claim, evidence = optimum_parts(optimum)
    return make_document("optimum", optimum, claim, evidence, notes_of(optimum))


def optimum_parts(optimum: Optimum) -> tuple[Json, Json]:
    """Return claim and evidence of the kind ``optimum``, which other kinds add to; InputError when it is not PROVED."""
    evidence = optimum.evidence
    if not isinstance(evidence, OptimumEvidence):
        raise InputError("the optimum is not PROVED; only the networks of a proved optimum have a certificate")
    claim = network_claim(optimum.value, optimum.residual, optimum.neurons, evidence)
    return claim, optimum_evidence(evidence, optimum.data.hyperplanes.rows)


def notes_of(optimum: Optimum) -> dict[str, str]:
    """Return what ``produced_by`` keeps of an optimum: who made it, and the digits that were asked for."""
    return {**dict(optimum.produced_by), "digits": str(optimum.digits)}


def from_document(document: Json) -> Optimum | ProblemOptimum:
    """Return the claim of a certificate of the kind ``optimum`` that the checker has accepted."""
    if document["version"] == 2:
        return problem_from_document(document)
    return read_optimum(Read.of(document))


def read_optimum(read: Read) -> Optimum:
    """Return the optimum of a certificate of the kind ``optimum``, or of one that says more."""
    found = point_from_document(read, read.claim["neurons"], read.evidence)
    neurons_of(found, read.claim["neurons"])
    proof = found.proof(read, read.evidence)
    digits = read.digits(assemble_value(proof)[0])
    optimum = optimum_of(proof, digits=digits, produced_by=read.produced_by)
    value = narrowed(optimum.value, read.claim["value"])
    residual = tuple(map(narrowed, optimum.residual, read.claim["residual"]))
    return replace(optimum, value=value, residual=residual, lower=value.low)
