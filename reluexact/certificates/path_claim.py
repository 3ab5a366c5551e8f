"""What the evidence of a path proves, as a certificate of the kind ``path`` claims it: pieces, breakpoints with events, gaps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from reluexact.certificates.document import Json, sign_text
from reluexact.certificates.paths import gate_of
from reluexact.errors import InputError
from reluexact.evidence.path import Link, PathEvidence, Segment, Vanishing
from reluexact.evidence.path_events import turn_between
from reluexact.geometry.column import Face
from reluexact.geometry.hyperplanes import Hyperplanes
from reluexact.model.dataset import Dataset
from reluexact.numbers.rational import format_fraction
from reluexact.prove.path.ties import dimension

EVENTS = {
    "enter": "enters",
    "leave": "leaves",
    "cross": "crosses",
    "meet": "meets",
    "part": "parts",
    "pairing-begins": "pairs",
    "pairing-ends": "unpairs",
}


@dataclass(frozen=True, slots=True)
class PathEvent:
    """One thing that happens at a breakpoint: to the neuron with this face, at this hyperplane if any."""

    event: str
    face: Face
    hyperplane: int | None = None


def events_of(upper: Segment, lower: Segment, link: Link) -> tuple[PathEvent, ...]:
    """Return what happens between two segments, read off the richer one; nothing to what is tight on the other side, too."""
    turn = turn_between(upper, lower)
    if turn is None or turn.kind != link.kind:
        raise InputError(f"what vanishes between two segments is no event of the kind {link.kind}")
    if turn.kind == "cross":  # told as what it was above
        return tuple(event for item in upper.at_end("low") for event in _events(upper, item, EVENTS[link.kind]))
    rich, poor = (lower, upper) if turn.lower_is_rich else (upper, lower)
    found = [event for item in turn.leaders for event in _events(rich, item, EVENTS[link.kind])]
    found += [PathEvent("enters" if turn.lower_is_rich else "leaves", tie.face) for tie in rich.ties]
    found = [event for event in found if event.hyperplane is not None or event.face not in poor.optimal]
    gone = [tie.face for tie in poor.ties if tie.face not in rich.optimal]
    return (*found, *(PathEvent("leaves" if turn.lower_is_rich else "enters", face) for face in gone))


def _events(rich: Segment, item: Vanishing, name: str) -> Iterator[PathEvent]:
    if item.what == "slack":
        for block in rich.blocks:
            if block.hang == item.index:
                yield PathEvent(name, block.face if block.share else block.face.opposite())
        return
    block = rich.blocks[item.index]
    yield PathEvent(name, block.face, item.hyperplane)
    if block.paired:
        yield PathEvent(name, block.face.opposite(), item.hyperplane)


def path_claim(evidence: PathEvidence, data: Dataset) -> Json:
    """Return the claim of a certificate of the kind ``path``."""
    known = data.hyperplanes
    pieces: list[Json] = []
    breakpoints: list[Json] = []
    gaps: list[Json] = []
    top: Json | None = None
    head = evidence.segments[0]
    for upper, lower, link in zip(evidence.segments, evidence.segments[1:], evidence.links, strict=False):
        if link.kind == "same":
            continue
        if link.kind == "gap":
            gaps.append(_box(link.low, link.high))
            end, begin = _box(link.high, link.high), _box(link.low, link.low)
        else:
            end = begin = _box(link.low, link.high)
            breakpoints.append({**end, "events": [_event(one, known) for one in events_of(upper, lower, link)]})
        pieces.append(_piece(head, data, top, end))
        top, head = begin, lower
    low = evidence.segments[-1].low
    pieces.append(_piece(head, data, top, _box(low, low)))
    return {"low": format_fraction(low), "pieces": pieces, "breakpoints": breakpoints, "gaps": gaps}


def _box(low: Fraction, high: Fraction) -> Json:
    return {"low": format_fraction(low), "high": format_fraction(high)}


def _event(one: PathEvent, known: Hyperplanes) -> Json:
    wall = None if one.hyperplane is None else known.rows[one.hyperplane]
    return {"event": one.event, "sign": sign_text(one.face.sign), "gate": gate_of(one.face.gate, known), "wall": wall}


def _piece(segment: Segment, data: Dataset, top: Json | None, bottom: Json) -> Json:
    known = data.hyperplanes
    pairs = [k for k, block in enumerate(segment.blocks) if block.paired]
    count = len(segment.blocks)
    mates = {k: count + place for place, k in enumerate(pairs)}
    mates |= {mate: k for k, mate in mates.items()}
    neurons: list[dict[str, object]] = [
        {"sign": sign_text(face.sign), "gate": gate_of(face.gate, known), "partner": mates.get(k)}
        for k, face in enumerate(segment.optimal)
    ]
    for tie, neuron in zip(segment.ties, neurons[count + len(pairs) :], strict=True):
        if not tie.weight:
            neuron["idle"] = True
    return {"neurons": neurons, "dimension": dimension(data, segment), "from": top, "to": bottom}
