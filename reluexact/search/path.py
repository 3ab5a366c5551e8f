"""The search for the solution path: floats follow it downwards, and what they propose is proved segment by segment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from math import exp, log1p
from typing import Protocol

from reluexact.budget import check
from reluexact.errors import LimitReached
from reluexact.evidence.path import Link, PathEvidence, Segment, Vanishing, WatchedNeuron
from reluexact.model.program import Program
from reluexact.numbers.types import Vector
from reluexact.progress import Progress, Stage
from reluexact.propose.ladders import NUMERICAL
from reluexact.propose.path.candidates import near_neuron
from reluexact.propose.path.event import Event
from reluexact.propose.path.shape import Shape
from reluexact.propose.path.trace import Lost, Tracer
from reluexact.propose.path.walk import Stretch, first, stretch
from reluexact.propose.pricing import Pricing
from reluexact.prove.path.link import check_link
from reluexact.prove.path.segment import ProvedSegment, check_segment, check_structure
from reluexact.prove.unproved import Unproved
from reluexact.search.path_again import begin_again
from reluexact.search.path_link import gap_between, prove_link
from reluexact.search.path_segment import SegmentStructure, prove_segment
from reluexact.search.path_symmetry import symmetries_for
from reluexact.search.proof import MissingNeuron

BEYOND = Fraction(1, 1000)
"""How far a segment reaches beyond the event at its end, as a share of the shorter piece next to it."""
LEAST = 1e-4
"""Segments shorter than this on the logarithmic scale, or than this share of a piece, are not tried."""
NARROW, SHARES = Fraction(1, 1000), (Fraction(1, 16), Fraction(1, 512), Fraction(1, 2**18))
"""Events are to be enclosed within this share of the pieces next to them; how much shorter segments for that are."""
WATCHED, DESPERATE = 2, 64
"""So many neurons that come near the penalty are watched beside those of events, in segments at most so many times the
shortest."""
GIVEN_UP = 64
"""A gap is so many times longer than what was tried last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """An interval of the penalty with one structure, and what happens at its ends (None: nothing)."""

    stretch: Stretch | None
    high: Fraction
    low: Fraction
    top: Event | None
    bottom: Event | None

    @property
    def shape(self) -> Shape:
        """Return the structure."""
        return Shape(blocks=()) if self.stretch is None else self.stretch.shape


class Memory(Protocol):
    """Remembers segments that were proved before; they are proved again."""

    def recall(self, low: Fraction, high: Fraction) -> Segment | None:
        """Return the segment of an interval."""

    def keep(self, segment: Segment) -> None:
        """Remember a segment."""


class SegmentSearch:
    """Covers a piece with proved segments."""

    def __init__(self, program: Program, limit: int, memory: Memory | None = None) -> None:
        self.program, self.data, self.limit, self.memory, self.reason = program, program.data, limit, memory, ""

    def cover(self, piece: Piece, beyond: tuple[Fraction, Fraction]) -> Iterator[ProvedSegment | tuple[Fraction, Fraction]]:
        """Yield proved segments from high to low, and the intervals that no segment covers; ``beyond``: above and below."""
        high, step = piece.high, _distance(piece.low, piece.high)
        least = LEAST * min(1.0, step)
        while high > piece.low:
            check()
            low = _below(piece.low, high, step)
            ends = (high == piece.high, low == piece.low)
            try:
                watch = WATCHED if _distance(low, high) < DESPERATE * least else 0
                found = self.proved(piece, low - beyond[1] * ends[1], high + beyond[0] * ends[0], ends, watch=watch)
            except (Unproved, LimitReached, *NUMERICAL) as problem:
                step = _distance(low, high) / 2
                if step < least:
                    self.reason, step, least = str(problem), step * GIVEN_UP, least * GIVEN_UP / 2
                    low = _below(piece.low, high, step)
                    yield low, high
                    high = low
                continue
            yield found
            high, step = low, 2 * _distance(low, high)

    def proved(self, piece: Piece, low: Fraction, high: Fraction, ends: tuple[bool, bool], *, watch: int = 0) -> ProvedSegment:
        """Prove one segment of a piece; ends: whether it reaches the events above and below. Raises Unproved.

        watch: so many neurons that come near the penalty are watched beside those of events.
        """
        low, high = low if low == piece.low else _rounded(low), _rounded(high)
        watched, vanishing = _at_ends(piece, ends)
        shape = piece.shape
        structure = SegmentStructure(blocks=shape.blocks, lineality=shape.lineality, watched=watched, vanishing=vanishing)
        start = () if piece.stretch is None else piece.stretch.near(float((low + high) / 2))
        if start is None:
            raise Unproved("floats do not find the middle of a segment")
        known = None if self.memory is None else self.memory.recall(low, high)
        if known is not None and _has(known, structure):
            try:
                return check_segment(self.data, known)
            except Unproved:
                pass  # what a file proposes is not trusted
        segment = self._found(structure, low, high, start, watch)
        if self.memory is not None:
            self.memory.keep(segment)
        return check_structure(self.data, segment)

    def _found(self, structure: SegmentStructure, low: Fraction, high: Fraction, start: Vector, watch: int) -> Segment:
        """Prove a segment; what comes near the penalty is watched from the second attempt on."""
        for _ in range(watch):
            try:
                return prove_segment(self.data, structure, low, high, start=start, limit=self.limit)
            except MissingNeuron as problem:
                near = near_neuron(self.program, problem.sign, problem.direction)
                faces = [*(block.face for block in structure.blocks), *(neuron.face for neuron in structure.watched)]
                faces += [block.face.opposite() for block in structure.blocks if block.paired]
                if near is None or near.face in faces:
                    raise
                structure = replace(structure, watched=(*structure.watched, near))
        return prove_segment(self.data, structure, low, high, start=start, limit=self.limit)


def _has(segment: Segment, structure: SegmentStructure) -> bool:
    """Say whether a remembered segment has the structure that is wanted; it may watch more neurons."""
    same = all(getattr(segment, name) == getattr(structure, name) for name in ("blocks", "lineality", "vanishing"))
    return same and segment.watched[: len(structure.watched)] == structure.watched


def _at_ends(piece: Piece, ends: tuple[bool, bool]) -> tuple[tuple[WatchedNeuron, ...], tuple[Vanishing, ...]]:
    """Return what vanishes at the ends of a segment, and the neurons that are watched for it."""
    watched: tuple[WatchedNeuron, ...] = ()
    vanishing: tuple[Vanishing, ...] = ()
    sides = []
    if ends[0] and piece.top is not None:
        sides.append((piece.top.watched_below, piece.top.vanishing_below))
    if ends[1] and piece.bottom is not None:
        sides.append((piece.bottom.watched_above, piece.bottom.vanishing_above))
    for neurons, items in sides:
        places = {}
        for index, neuron in enumerate(neurons):
            if neuron not in watched:
                watched += (neuron,)
            places[index] = watched.index(neuron)
        vanishing += tuple(replace(v, index=places[v.index]) if v.what == "watched" else v for v in items)
    return watched, vanishing


def _distance(low: Fraction, high: Fraction) -> float:
    """Return the distance of two penalties on the logarithmic scale."""
    return log1p(float((high - low) / low))


def _below(low: Fraction, high: Fraction, step: float) -> Fraction:
    """Return the end of a segment of about this length, so that what is left is not much shorter than it."""
    rest = _distance(low, high)
    if step > 0.75 * rest:
        return low
    return high * Fraction(exp(-step if step < 0.5 * rest else -rest / 2))


def _rounded(value: Fraction) -> Fraction:
    """Round to a number that is fine beside the value."""
    scale = Fraction(2) ** (256 - value.numerator.bit_length() + value.denominator.bit_length())
    return round(value * scale) / scale


class PathSearch:
    """Follows the path down from the greatest penalty; what is proved is kept, whatever stops the search.

    segments, links: as in :class:`reluexact.evidence.path.PathEvidence`. reasons: why gaps were left.
    """

    def __init__(self, program: Program, pricing: Pricing, *, limit: int, memory: Memory | None = None) -> None:
        self.program, self.tracer = program, Tracer(program, pricing)
        self.search = SegmentSearch(program, limit, memory)
        self.segments: list[ProvedSegment] = []
        self.links: list[Link] = []
        self.reasons: list[str] = []
        self.above: Piece | None = None

    def run(self, greatest: float, low: Fraction, report: Progress) -> None:
        """Follow the path; raises OutOfTime, with what is proved kept."""
        above: Piece | None = None
        for piece in self._pieces(greatest, low):
            if above is not None:
                self._add(above, piece)
                report(Stage("path", done=len(self.segments), proved=f"down to the penalty {float(above.low):.6g}"))
            above = piece
        if above is not None:
            self._add(above if above.bottom is None else _ending(above), None)

    @property
    def why(self) -> str:
        """Return the last reason why something has no proof."""
        return self.reasons[-1] if self.reasons else "floats lose the path"

    def evidence(self) -> PathEvidence:
        """Return what is proved, down to the last penalty at which nothing vanishes."""
        count = len(self.segments)
        while count and self.segments[count - 1].segment.at_end("low"):
            count -= 1
        links = tuple(self.links[: max(0, count - 1)])
        if count:
            for (upper, lower), link in zip(pairwise(self.segments[:count]), links, strict=True):
                check_link(upper, lower, link)
        return PathEvidence(segments=tuple(known.segment for known in self.segments[:count]), links=links)

    def _pieces(self, greatest: float, low: Fraction) -> Iterator[Piece]:
        """Yield the pieces from high to low; where floats lose the path it begins anew a little below."""
        event: Event | None = first(self.tracer, greatest)
        if event is None or event.place is None:
            return
        yield Piece(stretch=None, high=2 * event.place, low=event.place, top=None, bottom=event)
        begun: Stretch | None = None
        high = event.place
        while True:
            try:
                known = stretch(self.tracer, event, float(low)) if event is not None else begun
            except Lost as problem:
                self.reasons.append(str(problem))
                found = begin_again(self.tracer, high, low)
                if found is None:
                    return
                event, begun, high = None, found, Fraction(found.trail[0][0])
                continue
            if known is None:
                return
            bottom = known.event
            end = low if bottom is None or bottom.place is None else bottom.place
            yield Piece(stretch=known, high=high, low=end, top=event, bottom=bottom)
            if bottom is None:
                return
            event, begun, high = bottom, None, end

    def _add(self, piece: Piece, below: Piece | None) -> None:
        """Cover a piece and link its segments."""
        width = piece.high - piece.low
        beyond = (
            _beyond(piece.top, width if self.above is None else self.above.high - self.above.low, width),
            _beyond(piece.bottom, width, width if below is None else below.high - below.low),
        )
        for found in self.search.cover(piece, beyond):
            if isinstance(found, ProvedSegment):
                self._link(piece, found)
            else:
                self.reasons.append(self.search.reason)
        self.above = piece

    def _link(self, piece: Piece, found: ProvedSegment) -> None:
        """Add a segment; where the event above it is not enclosed narrowly, segments near the event are proved first."""
        if not self.segments:
            self.segments.append(found)
            return
        upper, event = self.segments[-1], piece.top
        link = self._proved_link(upper, found)
        first = event is not None and event.place is not None and bool(found.segment.at_end("high"))
        if first and self.above is not None and (link is None or link.high - link.low > NARROW * self._least(piece)):
            closer = Closer(self.search, self.above, piece, upper, found)
            for share in SHARES:
                chain = self._chain(closer, share)
                if chain is not None:
                    self.links[max(0, len(self.segments) - 2) :] = chain[1]
                    self.segments[-1:] = chain[0]
                    return
        if link is None:
            try:
                link = gap_between(upper, found)
            except (Unproved, ArithmeticError) as problem:
                raise Lost(f"nothing is proved between two segments: {problem}") from None
        self.links.append(link)
        self.segments.append(found)

    def _least(self, piece: Piece) -> Fraction:
        above = piece if self.above is None else self.above
        return min(piece.high - piece.low, above.high - above.low)

    def _chain(self, closer: Closer, share: Fraction) -> tuple[list[ProvedSegment], list[Link]] | None:
        """Return four segments round an event, with the links above, between and below them; None where one fails."""
        try:
            segments = closer.segments(share)
        except (Unproved, LimitReached, *NUMERICAL):
            return None
        before = self.segments[-2:-1]
        links = [self._proved_link(upper, lower) for upper, lower in pairwise([*before, *segments])]
        known = [link for link in links if link is not None]
        narrow = len(known) == len(links) and all(link.kind != "gap" for link in known)
        return (segments, known) if narrow else None

    def _proved_link(self, upper: ProvedSegment, lower: ProvedSegment) -> Link | None:
        """Return the link of two segments, a gap where they do not reach each other; None where nothing is proved."""
        try:
            if lower.segment.high < upper.segment.low:
                return gap_between(upper, lower)
            return prove_link(upper, lower, symmetries_for(upper, lower))
        except (Unproved, ArithmeticError) as problem:
            self.reasons.append(str(problem))
            return None


class Closer:
    """Splits the segments above and below an event, so that those next to it are short."""

    def __init__(self, search: SegmentSearch, above: Piece, below: Piece, upper: ProvedSegment, lower: ProvedSegment) -> None:
        self.search, self.above, self.below, self.upper, self.lower = search, above, below, upper, lower

    def segments(self, share: Fraction) -> list[ProvedSegment]:
        """Return four segments, from high to low, the middle two this share as long; raises Unproved."""
        place, upper, lower = self.below.high, self.upper.segment, self.lower.segment
        room = share * min(upper.high - place, place - lower.low)
        top, bottom = bool(upper.at_end("high")), bool(lower.at_end("low"))
        return [
            self.search.proved(self.above, place + room, upper.high, (top, False)),
            self.search.proved(self.above, place - room / 8, place + room, (False, True)),
            self.search.proved(self.below, place - room, place + room / 8, (True, False)),
            self.search.proved(self.below, place - (place - lower.low), place - room, (False, bottom)),
        ]


def _ending(piece: Piece) -> Piece:
    """Return a piece that ends a little above its last event, below which the path is lost."""
    return replace(piece, low=_rounded(piece.low + BEYOND * (piece.high - piece.low)), bottom=None)


def _beyond(event: Event | None, above: Fraction, below: Fraction) -> Fraction:
    return BEYOND * min(above, below) if event is not None and event.kind != "shares" else Fraction(0)
