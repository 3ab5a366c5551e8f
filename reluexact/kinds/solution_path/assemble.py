"""The claim about a path from its evidence alone, whether it was found now or read from a certificate."""

from __future__ import annotations

from collections.abc import Sequence

from reluexact.certificates.path_claim import PathEvent as Named
from reluexact.certificates.path_claim import events_of
from reluexact.errors import Message
from reluexact.evidence.path import Link, PathEvidence, Segment
from reluexact.evidence.status import Status
from reluexact.geometry.column import Face
from reluexact.geometry.hyperplanes import Hyperplanes
from reluexact.kinds.solution_path.claim import Breakpoint, PathEvent, PathNeuron, Piece, SolutionPath
from reluexact.kinds.solution_path.origin import EventPenalty
from reluexact.kinds.solution_path.widths import widths_of
from reluexact.model.dataset import Dataset
from reluexact.numbers.real import Real
from reluexact.prove.path.breakpoint import exact_penalty
from reluexact.prove.path.segment import ProvedSegment, check_structure
from reluexact.prove.path.ties import dimension

ProducedBy = tuple[tuple[str, str], ...]
GAPS = "in the gaps that are listed no structure is proved; solve looks for the optimum at single penalties there"


def path_of(
    data: Dataset,
    evidence: PathEvidence,
    *,
    produced_by: ProducedBy = (),
    reason: Message | None = None,
    proved: Sequence[ProvedSegment] = (),
) -> SolutionPath:
    """Return the claim; ``reason``: why the path ends above the penalty that was asked for; proved: the segments, if known."""
    gaps = tuple((link.low, link.high) for link in evidence.links if link.kind == "gap")
    pieces, breakpoints = _pieces(data, evidence, proved or [None] * len(evidence.segments))
    said = reason or (Message(GAPS) if gaps else Message(""))
    return SolutionPath(
        data=data,
        low=evidence.segments[-1].low,
        status=Status.UNDECIDED if said else Status.PROVED,
        reason=said,
        pieces=pieces,
        breakpoints=breakpoints,
        gaps=gaps,
        evidence=evidence,
        produced_by=produced_by,
    )


def _pieces(
    data: Dataset, evidence: PathEvidence, proved: Sequence[ProvedSegment | None]
) -> tuple[tuple[Piece, ...], tuple[Breakpoint, ...]]:
    pieces: list[Piece] = []
    breakpoints: list[Breakpoint] = []
    high: Real | None = None
    first = 0
    for place, link in enumerate(evidence.links):
        if link.kind == "same":
            continue
        upper, lower = evidence.segments[place : place + 2]
        if link.kind == "gap":
            end, begin = Real.rational(link.high), Real.rational(link.low)
        else:
            above, below = (proved[k] or check_structure(data, evidence.segments[k]) for k in (place, place + 1))
            end = begin = _penalty(data, above, below, link)
            events = tuple(_event(one, data.hyperplanes) for one in events_of(upper, lower, link))
            jump = dimension(data, lower) - dimension(data, upper)
            breakpoints.append(Breakpoint(penalty=end, events=events, jump=jump, settled=_is_settled(upper, lower)))
        pieces.append(_piece(data, evidence, high, end, (first, place + 1)))
        high, first = begin, place + 1
    last = evidence.segments[-1]
    pieces.append(_piece(data, evidence, high, Real.rational(last.low), (first, len(evidence.segments))))
    return tuple(pieces), tuple(breakpoints)


def _penalty(data: Dataset, upper: ProvedSegment, lower: ProvedSegment, link: Link) -> Real:
    """Return the penalty of an event: exactly where identities give it."""
    exact = exact_penalty(upper, lower, link)
    if exact is not None:
        return Real.of_radical(exact)
    return Real(low=link.low, high=link.high, origin=EventPenalty(data=data, upper=upper.segment, lower=lower.segment, link=link))


def _is_settled(upper: Segment, lower: Segment) -> bool:
    """Say whether the optimal set is continuous at an event: no ties with amounts begin or end beside other neurons."""
    sides = ((upper, lower), (lower, upper))
    return not any(tie.weight and tie.face not in other.optimal and other.blocks for one, other in sides for tie in one.ties)


def _event(one: Named, known: Hyperplanes) -> PathEvent:
    row = None if one.hyperplane is None else known.rows[one.hyperplane]
    return PathEvent(event=one.event, neuron=_neuron(one.face, known), row=row)


def _neuron(face: Face, known: Hyperplanes, partner: int | None = None, *, idle: bool = False) -> PathNeuron:
    return PathNeuron(sign=face.sign, gate=known.row_gates(face.gate), partner=partner, idle=idle)


def _piece(data: Dataset, evidence: PathEvidence, high: Real | None, low: Real, segments: tuple[int, int]) -> Piece:
    segment = evidence.segments[segments[1] - 1]
    known, faces = data.hyperplanes, sorted(segment.optimal, key=lambda face: face.order)
    idle = {tie.face for tie in segment.ties if not tie.weight}
    paired = {face for block in segment.blocks if block.paired for face in (block.face, block.face.opposite())}
    places = {face: place for place, face in enumerate(faces)}
    opposites = [places.get(face.opposite()) if face in paired else None for face in faces]
    neurons = tuple(_neuron(face, known, partner, idle=face in idle) for face, partner in zip(faces, opposites, strict=True))
    size = dimension(data, segment)
    widths = widths_of(data, evidence, segments, size)
    return Piece(
        high=high,
        low=low,
        neurons=neurons,
        dimension=size,
        segments=segments,
        fewest=widths.fewest,
        greatest=widths.greatest,
        unsettled=widths.unsettled,
    )
