"""Certificates of the support function of the rectified ellipsoid in one direction: kind ``support``."""

from __future__ import annotations

from reluexact.certificates import reading
from reluexact.certificates.document import PROGRAM, Json, make_document, texts
from reluexact.certificates.reading import Read
from reluexact.certificates.trees import tree_nodes
from reluexact.kinds.rectified_ellipsoid.claim import SupportValue
from reluexact.numbers.rational import format_fraction, parse_fraction

CLAIM = SupportValue


def to_document(found: SupportValue) -> Json:
    """Return the certificate as a JSON object; the direction stands in the place of the targets."""
    claim = {"square": format_fraction(found.square), "maximisers": [texts(vector) for vector in found.maximisers]}
    evidence = {"tree": tree_nodes(found.tree, found.data.hyperplanes.rows)}
    return make_document("support", found, claim, evidence, dict([PROGRAM]))


def from_document(document: Json) -> SupportValue:
    """Return the claim of a certificate that the checker has accepted."""
    read = Read.of(document)
    return SupportValue(
        data=read.data,
        square=parse_fraction(read.claim["square"]),
        maximisers=tuple(sorted(reading.matrix(read.claim["maximisers"]))),
        tree=reading.tree(read.evidence["tree"], read.data.hyperplanes.rows, {}),
    )
