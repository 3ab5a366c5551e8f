"""The pieces of a way down from its certificate: the same networks as when they were found, by the same functions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from reluexact.certificates import reading
from reluexact.certificates.point import ReadPoint, narrowed, neurons_of, point_from_document
from reluexact.certificates.reading import Read
from reluexact.errors import InputError, Message, message_of
from reluexact.evidence.neuron import Neuron
from reluexact.evidence.tree import TightLeaf
from reluexact.kinds.descent_path.piece import PathNetwork, Piece, SlotReason
from reluexact.kinds.descent_path.rational import (
    WHY,
    PathProblem,
    RationalNeuron,
    balanced_neurons,
    merged,
    nonzero_neurons,
    pruned,
    rational_piece,
)
from reluexact.kinds.descent_path.target import held
from reluexact.kinds.descent_path.waypoint import Waypoint
from reluexact.kinds.optimal_set.vertex import Vertex
from reluexact.kinds.subsampled.find import represented
from reluexact.model.network import Network
from reluexact.prove.assemble import assemble_value, evidence_of, network_evidence
from reluexact.prove.neurons import Unproved

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPath:
    """The pieces of a path, where it starts and ends, and the fewest neurons of a network at its end."""

    start: Waypoint
    pieces: tuple[Piece, ...]
    end: Waypoint
    fewest: int | None


def pieces_of(read: Read, given: Network) -> ReadPath:
    """Read the pieces of a path from a network; InputError when a network on it is none that this package can work with."""
    problem = PathProblem(data=read.data, penalty=read.program.penalty)
    neurons: Sequence[RationalNeuron | None] = balanced_neurons(given)
    start = here = problem.waypoint(neurons, given.objective(read.data, read.program.penalty))
    pieces: list[Piece] = []
    fewest = None
    for claim, evidence in zip(read.claim["pieces"], read.evidence["pieces"], strict=True):
        if claim["kind"] == "interpolate":
            piece, fewest = _Interpolation(read=read, claim=claim, evidence=evidence, here=here).piece()
        else:
            piece, neurons = _rational(claim["kind"], evidence, problem, given, here, neurons)
        pieces.append(piece)
        here = piece.after
    return ReadPath(start=start, pieces=tuple(pieces), end=here, fewest=fewest)


def _rational(
    kind: str, evidence: Json, problem: PathProblem, given: Network, here: Waypoint, neurons: Sequence[RationalNeuron | None]
) -> tuple[Piece, Sequence[RationalNeuron | None]]:
    """Return a piece between rational networks, and the neurons after it."""
    if kind == "balance":
        return rational_piece("balance", here, problem.waypoint(neurons), nonzero_neurons(given)), neurons
    count = len(here.held)
    if kind == "merge":
        groups = tuple(tuple(group) for group in evidence["groups"])
        after = merged(neurons, groups)
        return rational_piece("merge", here, problem.waypoint(after), count, groups=groups), after
    beta = reading.vector(evidence["null_vector"])
    after = pruned(neurons, beta)
    return rational_piece("prune", here, problem.waypoint(after), count, null_vector=beta), after


@dataclass(frozen=True, slots=True, kw_only=True)
class _Interpolation:
    """A piece that leads to a proved network."""

    read: Read
    claim: Json
    evidence: Json
    here: Waypoint

    def piece(self) -> tuple[Piece, int]:
        """Return the piece, and the fewest neurons of a network where it ends."""
        found = point_from_document(self.read, self.evidence["neurons"], self.evidence)
        try:
            point, known = represented(found.point)
        except Unproved as problem:
            raise InputError(
                Message("the certificate holds, but this program cannot work with its evidence: ", message_of(problem))
            ) from None
        found = replace(found, point=point)
        slots = [None if k is None else found.place[k] for k in self.evidence["slots"]]
        support = tuple(sorted(k for k in slots if k is not None))
        vertex = next((vertex for vertex in known.vertices if vertex.support == support), None)
        if vertex is None:
            raise InputError("the certificate holds, but a network on the path is no minimal one, which this program needs")
        target = self._target(found, vertex)
        after = Waypoint(
            slots=tuple(None if k is None else held(target.neurons, vertex, k) for k in slots),
            residual=target.residual,
            value=target.value,
        )
        fresh = sum(k is not None and before is None for k, before in zip(slots, self.here.slots, strict=True))
        piece = Piece(
            kind="interpolate",
            before=self.here,
            after=after,
            slots=len(self.here.held) + fresh,
            why=WHY["interpolate"],
            target=target,
            reasons=tuple(self._reason(found, reason) for reason in self.evidence["reasons"]),
        )
        return piece, min(vertex.width for vertex in known.vertices)

    def _target(self, found: ReadPoint, vertex: Vertex) -> PathNetwork:
        value, residual = assemble_value(found.point)
        neurons: tuple[Neuron, ...] = neurons_of(found, self.evidence["neurons"])
        best = "positive" in self.evidence
        return PathNetwork(
            neurons=neurons,
            value=narrowed(value, self.claim["value"]),
            residual=tuple(map(narrowed, residual, self.evidence["residual"])),
            support=vertex.support,
            label=(vertex.basis, vertex.at_upper),
            is_global=best,
            evidence=evidence_of(found.proof(self.read, self.evidence)) if best else network_evidence(found.point),
        )

    def _reason(self, found: ReadPoint, reason: Json | None) -> SlotReason | None:
        if reason is None:
            return None
        (leaf,) = found.tree(self.read, [reason["leaf"]])
        if not isinstance(leaf, TightLeaf):
            raise TypeError("the checker takes tight leaves only as reasons")
        return SlotReason(cell=reading.cell(self.read.program, reason["cell"]), leaf=leaf)
