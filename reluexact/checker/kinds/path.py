"""Kind `path`, the optimum as a function of the penalty: P1 to P11."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import ROUND_CEILING
from fractions import Fraction
from itertools import pairwise

from ..document import LARGE, Item
from ..network.views import View
from ..path.p1_tube import p1_tube
from ..path.p2_structure import p2_segment
from ..path.p3_signs import p3_signs, p4_watched, p6_vanishing, value_at
from ..path.p5_trees import p5_trees
from ..path.p8_links import QUANTITY, Event, p8_event
from ..path.p11_ties import neurons_of, p11_dimension, p11_ties
from ..path.segment import Segment
from ..problem import Problem
from ..quantities import Interval, decimal, interval_text

SHORT = 40
"""Signs of a fraction that is shown as it is written; a longer one is rounded."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Segments of one structure: the ends of the penalties, the upper one None for no end."""

    top: Interval | None
    bottom: Interval
    segment: Segment


@dataclass(slots=True)
class Found:
    """What the evidence proves, from high penalties to low ones."""

    low: Fraction
    pieces: list[Piece] = field(default_factory=list)
    breakpoints: list[tuple[Interval, list[Event]]] = field(default_factory=list)
    gaps: list[Interval] = field(default_factory=list)


def check_path(problem: Problem, claim: Item, evidence: Item, lines: list[str]) -> None:
    """Check P1-P11: the structure of the optimum for every penalty down to `low`, and where it changes."""
    low_item, pieces, breakpoints, gaps = claim.fields("low", "pieces", "breakpoints", "gaps")
    segments_item, links = evidence.fields("segments", "links")
    state_path(low_item, pieces, breakpoints, gaps, lines)
    view = View.of(problem.X)
    segments = [checked_segment(problem, view, item) for item in segments_item.entries()]
    found = p7_chain(segments, segments_item, links)
    if low_item.number() != found.low or problem.penalty != found.low:
        raise low_item.reject("P10: the low end of the last segment, and the penalty of the problem, are expected here")
    p10_pieces(found, pieces)
    p10_breakpoints(found, breakpoints)
    for item, box in zip(gaps.entries(len(found.gaps)), found.gaps, strict=True):
        same_box(item, box)


def state_path(low: Item, pieces: Item, breakpoints: Item, gaps: Item, lines: list[str]) -> None:
    """Say in words what is claimed."""
    lowest, end = low.number(), low.text()
    end = end if len(end) <= SHORT else decimal(lowest, ROUND_CEILING)
    counts = [(len(pieces.entries()), "piece"), (len(breakpoints.entries()), "breakpoint"), (len(gaps.entries()), "gap")]
    words = ", ".join(f"{count} {word}{'s' * (count != 1)}" for count, word in counts)
    lines.append(f"claim (path): the optimum for every penalty from {end} on: {words}")
    for item in breakpoints.entries():
        low_item, high_item, events = item.fields("low", "high", "events")
        names = [event.fields("event", "sign", "gate", "wall")[0].text() for event in events.entries()]
        told = ", ".join(f"{names.count(name)} {name}" if names.count(name) > 1 else name for name in dict.fromkeys(names))
        lines.append(f"breakpoint in {interval_text(low_item.number(), high_item.number())}: {told}")
    for item in gaps.entries():
        lines.append(f"nothing is claimed between the ends of {interval_text(*item.box())}")


def checked_segment(problem: Problem, view: View, item: Item) -> Segment:
    """Check P1-P6 and P11 of one segment."""
    segment = p2_segment(problem, view, item)
    p1_tube(segment)
    p3_signs(segment)
    p4_watched(segment)
    p6_vanishing(segment)
    p11_ties(segment)
    p5_trees(segment)
    return segment


def p7_chain(segments: list[Segment], item: Item, links: Item) -> Found:
    """P7: the segments follow each other down without a hole, but for gaps; return what they prove together."""
    if not segments:
        raise item.reject("P7: no segments")
    first, last = segments[0], segments[-1]
    if first.parts or flagged(first, "high"):
        raise first.item.reject("P7: the first segment has no blocks and no flagged quantity at its high end")
    if flagged(last, "low"):
        raise last.item.reject("P7: the last segment has no flagged quantity at its low end")
    found, start, head = Found(last.low), None, first
    entries = links.entries(len(segments) - 1)
    for (upper, lower), link in zip(pairwise(segments), entries, strict=True):
        box = p7_link(upper, lower, link, found)
        if box is None:
            continue
        end, begin = box
        found.pieces.append(Piece(start, end, head))
        if start is not None and end[1] >= start[0]:
            raise link.reject("P7: the breakpoints and gaps do not go down")
        start, head = begin, lower
    bottom = (last.low, last.low)
    if start is not None and bottom[1] >= start[0]:
        raise last.item.reject("P7: the last piece has no extent")
    found.pieces.append(Piece(start, bottom, head))
    return found


def p7_link(upper: Segment, lower: Segment, link: Item, found: Found) -> tuple[Interval, Interval] | None:
    """P7, one link: return the ends of the pieces above and below, None when it is one piece."""
    kind = link.table()["kind"].text() if "kind" in link.table() else ""
    if kind in QUANTITY:
        low, high, events = p8_event(upper, lower, link)
        found.breakpoints.append(((low, high), events))
        return (low, high), (low, high)
    if kind == "gap":
        low, high = p7_gap(upper, lower, link)
        found.gaps.append((low, high))
        return (high, high), (low, low)
    (kind_item,) = link.fields("kind")
    if kind != "same":
        raise kind_item.reject("P7: unknown kind of link")
    if flagged(upper, "low") or flagged(lower, "high"):
        raise link.reject("P7: a quantity is flagged at an end where no event is")
    if lower.high < upper.low:
        raise link.reject("P7: the segments do not meet")
    if neurons_of(upper) != neurons_of(lower) or p11_dimension(upper) != p11_dimension(lower):
        raise link.reject("P7: the segments do not have the same structure")
    return None


def p7_gap(upper: Segment, lower: Segment, link: Item) -> Interval:
    """P7, a gap: the upper segment is valid at its upper end, the lower one at its lower end."""
    _, low_item, high_item = link.fields("kind", "low", "high")
    low, high = low_item.number(), high_item.number()
    if low >= high:
        raise link.reject("P7: there is no gap between the segments")
    for segment, end, item, b in ((upper, "low", high_item, high), (lower, "high", low_item, low)):
        if not segment.low <= b <= segment.high:
            raise item.reject("P7: the end of the gap does not lie in its segment")
        for entry, flag in segment.flags:
            if flag[0] == end and value_at(segment, entry, flag, b)[0] <= 0:
                raise item.reject("P7: a flagged quantity is not proved to be positive at the end of the gap")
    return low, high


def flagged(segment: Segment, end: str) -> bool:
    """Say whether a segment has a flagged quantity at an end."""
    return any(flag[0] == end for _, flag in segment.flags)


def same_box(item: Item, box: Interval) -> None:
    """P10: a box is the one that is proved."""
    if item.box() != box:
        raise item.reject(f"P10: the evidence proves {interval_text(*box)}")


def p10_pieces(found: Found, item: Item) -> None:
    """P10: the pieces of the claim are those of the evidence."""
    for entry, piece in zip(item.entries(len(found.pieces)), found.pieces, strict=True):
        neurons, dimension, top, bottom = entry.fields("neurons", "dimension", "from", "to")
        segment = piece.segment
        mates = segment.partners | {mate: k for k, mate in segment.partners.items()}
        idle = {segment.carriers + place for place, tie in enumerate(segment.ties) if not tie.weight}
        for k, neuron_item in enumerate(neurons.entries(segment.active)):
            sign, gate, partner, *unused = neuron_item.fields("sign", "gate", "partner", *(["idle"] if k in idle else []))
            if unused and unused[0].value is not True:
                raise unused[0].reject("P10: true is expected here, as no optimal network uses this neuron")
            neuron = segment.neurons[k]
            mate = None if partner.value is None else partner.index(segment.active)
            if (sign.sign("P10: "), gate.text(), mate) != (neuron.sign, neuron.gate, mates.get(k)):
                raise neuron_item.reject("P10: this is not the neuron of the evidence")
        if dimension.index(LARGE) != p11_dimension(segment):
            raise dimension.reject("P10: this is not proved to be the dimension")
        if (top.value is None) is not (piece.top is None):
            raise top.reject("P10: the first piece, and no other, has no upper end")
        if piece.top is not None:
            same_box(top, piece.top)
        same_box(bottom, piece.bottom)


def p10_breakpoints(found: Found, item: Item) -> None:
    """P10: the breakpoints of the claim are those of the evidence, with their events in order."""
    for entry, (box, events) in zip(item.entries(len(found.breakpoints)), found.breakpoints, strict=True):
        low, high, events_item = entry.fields("low", "high", "events")
        if (low.number(), high.number()) != box:
            raise entry.reject(f"P10: the evidence proves {interval_text(*box)}")
        for event_item, event in zip(events_item.entries(len(events)), events, strict=True):
            name, sign, gate, wall = event_item.fields("event", "sign", "gate", "wall")
            row = None if wall.value is None else wall.index(LARGE)
            if (name.text(), sign.sign("P10: "), gate.text(), row) != (event.event, event.sign, event.gate, event.wall):
                raise event_item.reject("P10: this is not the event of the evidence")
