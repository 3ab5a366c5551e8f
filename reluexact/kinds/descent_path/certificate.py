"""Certificates of ways down, kind ``descent-path``."""

from __future__ import annotations

from os import PathLike

from reluexact.certificates.columns import gate_text
from reluexact.certificates.document import (
    Json,
    accepted,
    make_document,
    network_claim,
    network_evidence,
    texts,
    tree_nodes,
    wider,
    write_document,
)
from reluexact.errors import InputError
from reluexact.evidence.network import OptimumEvidence
from reluexact.evidence.status import Status
from reluexact.geometry.hyperplanes import Hyperplanes
from reluexact.kinds.descent_path.claim import WayDown
from reluexact.kinds.descent_path.piece import PathNetwork, Piece
from reluexact.numbers.rational import format_fraction

BITS = 160
"""Objectives that are not rational are claimed on a grid of 2^-BITS."""


def way_down_document(way: WayDown) -> Json:
    """Return the certificate of a way down as a JSON object; raises InputError when it is not PROVED."""
    if way.status is not Status.PROVED:
        raise InputError(f"the way down is {way.status.name} ({way.reason}); only a PROVED one has a certificate")
    known = way.data.hyperplanes
    claim = {
        "network": way.network.to_lists(),
        "start": format_fraction(way.start),
        "pieces": [{"kind": piece.kind, "value": _value(piece)} for piece in way.pieces],
    }
    evidence = {"pieces": [_piece(piece, known) for piece in way.pieces]}
    return make_document("descent-path", way, claim, evidence, dict(way.produced_by))


def save_way_down(way: WayDown, path: str | PathLike[str]) -> None:
    """Write the certificate, after the stand-alone checker has accepted it."""
    write_document(accepted(way_down_document(way), "way down"), path)


def _value(piece: Piece) -> object:
    """Write the objective after a piece; that of a proved network as it was enclosed with its box."""
    value = piece.after.value
    if piece.target is not None:
        return {"low": format_fraction(value.low), "high": format_fraction(value.high)}
    return wider(value, BITS)


def _piece(piece: Piece, known: Hyperplanes) -> Json:
    if piece.target is not None:
        return _interpolation(piece, piece.target, known)
    if piece.kind == "merge":
        return {"groups": [list(group) for group in piece.groups]}
    return {"null_vector": texts(piece.null_vector)} if piece.kind == "prune" else {}


def _interpolation(piece: Piece, target: PathNetwork, known: Hyperplanes) -> Json:
    claim = dict(network_claim(target.value, target.residual, target.neurons, target.evidence))
    claim.pop("value")
    evidence = target.evidence
    trees = {}
    if isinstance(evidence, OptimumEvidence):
        trees = {"positive": tree_nodes(evidence.positive, known.rows), "negative": tree_nodes(evidence.negative, known.rows)}
    basis, at_upper = target.label
    reasons = [
        None if reason is None else {"cell": gate_text(known, reason.cell), "leaf": tree_nodes((reason.leaf,), known.rows)[0]}
        for reason in piece.reasons
    ]
    return {
        **claim,
        **network_evidence(evidence),
        **trees,
        "label": [list(basis), list(at_upper)],
        "slots": [None if neuron is None else neuron.index for neuron in piece.after.slots],
        "reasons": reasons,
    }
