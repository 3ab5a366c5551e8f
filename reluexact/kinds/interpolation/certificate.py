"""Certificates of the cheapest networks of least squared error: kind ``interpolation``."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from reluexact.certificates import reading
from reluexact.certificates.document import Json, make_document, texts
from reluexact.certificates.network import amounts_claim
from reluexact.certificates.problems import problem_entry
from reluexact.certificates.reading import Read
from reluexact.certificates.trees import tree_nodes
from reluexact.evidence.network import ProblemEvidence
from reluexact.kinds.interpolation.assemble import interpolation_of, listed, unlisted
from reluexact.kinds.interpolation.bounds import ONLY_BOUNDS, bounded
from reluexact.kinds.interpolation.claim import DualPoint, Interpolation
from reluexact.kinds.optimum.problem_certificate import problem_from_document, problem_notes, problem_optimum_parts
from reluexact.model.dataset import Dataset
from reluexact.model.problem import Problem
from reluexact.model.reachable import deciding_rows
from reluexact.numbers.rational import format_fraction
from reluexact.numbers.real import MAX_DIGITS

CLAIM = Interpolation


@dataclass(frozen=True, slots=True)
class _About:
    data: Dataset
    penalty: Fraction = Fraction(1)


def to_document(answer: Interpolation) -> Json:
    """Return the certificate as a JSON object: of the value and all cheapest networks, or of the bounds where it is UNDECIDED."""
    if answer.optimum is None:
        return _bounds(answer)
    evidence = answer.optimum.evidence
    if not isinstance(evidence, ProblemEvidence):
        raise TypeError("a proved optimum has the evidence of one")
    claim, content = problem_optimum_parts(answer.optimum)
    known = bool(answer.vertices)
    claim = {
        "fit": texts(answer.fit),
        **{name: claim[name] for name in ("value", "theta", "neurons")},
        "dimension": answer.dimension if known else None,
        "vertices": [amounts_claim(vertex.support, vertex.amounts, evidence) for vertex in answer.vertices] if known else None,
        "min_width": answer.min_width,
        "max_vertex_width": answer.max_vertex_width,
    }
    more = {
        "kept": list(answer.rows),
        "weights": texts(answer.optimum.problem.weights or (1,) * len(answer.rows)),
        "optimum": content,
        "labels": [list(map(list, label)) for label in answer.labels] if known else None,
    }
    return make_document("interpolation", _About(answer.data), claim, more, problem_notes(answer.optimum))


def _bounds(answer: Interpolation) -> Json:
    """Write bounds; a value of 0 has such a certificate, too."""
    point = answer.point
    if point is None:
        raise TypeError("bounds have a dual point")
    claim = {
        "fit": texts(answer.fit),
        "lower": format_fraction(answer.lower),
        "upper": format_fraction(answer.upper),
        "network": answer.network.to_lists(),
    }
    names = answer.data.hyperplanes.rows
    evidence = {
        "theta": texts(point.theta),
        "positive": tree_nodes(point.positive, names),
        "negative": tree_nodes(point.negative, names),
    }
    notes = {**dict(answer.produced_by), "digits": str(answer.digits)}
    return make_document("interpolation", _About(answer.data), claim, evidence, notes)


def from_document(document: Any) -> Interpolation:
    """Return the claim of a certificate that the checker has accepted."""
    read = Read.of(document)
    data, claim, evidence = read.program.data, read.claim, read.evidence
    fit = reading.vector(claim["fit"])
    if "value" not in claim:
        names = data.hyperplanes.rows
        trees = [reading.tree(evidence[name], names, {}) for name in ("positive", "negative")]
        point = DualPoint(theta=reading.vector(evidence["theta"]), positive=trees[0], negative=trees[1])
        return bounded(
            data,
            fit,
            point,
            reading.network(claim["network"]),
            reason=ONLY_BOUNDS,
            digits=read.count("digits", most=MAX_DIGITS) or 30,
            rows=deciding_rows(data) if any(fit) else (),
            produced_by=read.produced_by,
        )
    rows = tuple(evidence["kept"])
    X = [data.X[row] for row in rows]
    reduced = Dataset(X, [fit[row] for row in rows], names=data.names, target_name=data.target_name)
    problem = Problem(reduced, 1, "absolute", weights=reading.vector(evidence["weights"]))
    stated = {name: claim[name] for name in ("value", "theta", "neurons")}
    inner = {
        "statement": {"problem": problem_entry(problem), "claim": {**stated, "linear": []}},
        "evidence": evidence["optimum"],
        "produced_by": document["produced_by"],
    }
    optimum = problem_from_document(inner)
    labels = evidence["labels"]
    return interpolation_of(data, fit, rows, unlisted(optimum) if labels is None else listed(optimum, len(labels)))
