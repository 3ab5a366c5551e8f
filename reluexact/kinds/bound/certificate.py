"""Certificates of bounds of the optimal value: kind ``bound``."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Protocol

from reluexact.certificates import reading
from reluexact.certificates.document import About, Json, make_document, texts
from reluexact.certificates.reading import Read
from reluexact.certificates.trees import tree_nodes
from reluexact.evidence.bound import BoundProof
from reluexact.evidence.network import BoundEvidence
from reluexact.model.network import Network
from reluexact.numbers.rational import format_fraction, parse_fraction

CLAIM = BoundProof


class Bounds(About, Protocol):
    """What the kind ``bound`` claims; an optimum that is not proved and a proved bound both offer it."""

    @property
    def lower(self) -> Fraction:
        """Return the proved lower bound."""

    @property
    def upper(self) -> Fraction:
        """Return the objective of the network."""

    @property
    def network(self) -> Network:
        """Return the network."""


def to_document(bound: BoundProof) -> Json:
    """Return the certificate of a proved bound as a JSON object."""
    evidence = BoundEvidence(residual=bound.residual, positive=bound.positive, negative=bound.negative)
    return bound_document(bound, evidence, dict(bound.produced_by))


def bound_document(bound: Bounds, evidence: BoundEvidence, produced_by: Mapping[str, str]) -> Json:
    """Return the certificate of kind ``bound`` as a JSON object."""
    claim = {
        "lower": format_fraction(bound.lower),
        "upper": format_fraction(bound.upper),
        "network": bound.network.to_lists(),
    }
    names = bound.data.hyperplanes.rows
    content = {
        "residual": texts(evidence.residual),
        "positive": tree_nodes(evidence.positive, names),
        "negative": tree_nodes(evidence.negative, names),
    }
    return make_document("bound", bound, claim, content, produced_by)


def from_document(document: Json) -> BoundProof:
    """Return the claim of a certificate that the checker has accepted."""
    read = Read.of(document)
    rows = read.program.hyperplanes.rows
    network = reading.network(read.claim["network"])
    return BoundProof(
        data=read.data,
        penalty=read.program.penalty,
        residual=reading.vector(read.evidence["residual"]),
        positive=reading.tree(read.evidence["positive"], rows, {}),
        negative=reading.tree(read.evidence["negative"], rows, {}),
        lower=parse_fraction(read.claim["lower"]),
        network=network,
        upper=network.objective(read.data, read.program.penalty),
        produced_by=read.produced_by,
    )
