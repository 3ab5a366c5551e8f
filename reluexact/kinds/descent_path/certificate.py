"""Certificates of ways down, kind ``descent-path``."""

from __future__ import annotations

from typing import get_args

from reluexact.certificates import reading
from reluexact.certificates.columns import gate_text
from reluexact.certificates.document import Json, interval, make_document, texts, wider
from reluexact.certificates.network import both_trees, network_claim, network_evidence
from reluexact.certificates.reading import Read
from reluexact.certificates.trees import tree_nodes
from reluexact.errors import InputError, Message
from reluexact.evidence.network import OptimumEvidence
from reluexact.evidence.status import Status
from reluexact.geometry.hyperplanes import Hyperplanes
from reluexact.kinds.descent_path.claim import Method, WayDown
from reluexact.kinds.descent_path.piece import PathNetwork, Piece
from reluexact.kinds.descent_path.read_pieces import pieces_of
from reluexact.numbers.rational import format_fraction

CLAIM = WayDown

BITS = 160
"""Objectives that are not rational are claimed on a grid of 2^-BITS."""


def to_document(way: WayDown) -> Json:
    """Return the certificate of a way down as a JSON object; raises InputError when it is not PROVED."""
    if way.status is not Status.PROVED:
        raise InputError(Message(f"the way down is {way.status.name} (", way.reason, "); only a PROVED one has a certificate"))
    known = way.data.hyperplanes
    claim = {
        "network": way.network.to_lists(),
        "start": format_fraction(way.start),
        "pieces": [{"kind": piece.kind, "value": _value(piece)} for piece in way.pieces],
    }
    evidence = {"pieces": [_piece(piece, known) for piece in way.pieces]}
    return make_document("descent-path", way, claim, evidence, {**dict(way.produced_by), "method": way.method})


def _value(piece: Piece) -> object:
    """Write the objective after a piece; that of a proved network as it was enclosed with its box."""
    value = piece.after.value
    if piece.target is not None:
        return interval(value)
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
    trees = both_trees(evidence, known.rows) if isinstance(evidence, OptimumEvidence) else {}
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


def from_document(document: Json) -> WayDown:
    """Return the claim of a certificate that the checker has accepted: a PROVED way to the global optimum."""
    read = Read.of(document)
    given = reading.network(read.claim["network"])
    path = pieces_of(read, given)
    methods = {str(name): name for name in get_args(Method)}
    return WayDown(
        data=read.data,
        penalty=read.program.penalty,
        network=given,
        status=Status.PROVED,
        reason="",
        method=methods.get(read.notes.get("method", ""), "auto"),
        width=given.width,
        width_needed=max((piece.slots for piece in path.pieces), default=0),
        start=given.objective(read.data, read.program.penalty),
        end=path.end.value,
        optimum=path.end.value,
        fewest=path.fewest,
        pieces=path.pieces,
        waypoints=(path.start, *(piece.after for piece in path.pieces)),
        produced_by=read.produced_by,
    )
