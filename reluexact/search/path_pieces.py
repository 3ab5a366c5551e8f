"""Pieces of the solution path, covered with proved segments: each begins long and is halved until it is proved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Protocol

from reluexact.budget import check
from reluexact.errors import LimitReached
from reluexact.evidence.path import Segment, Vanishing, WatchedNeuron
from reluexact.model.program import Program
from reluexact.numbers.types import Vector
from reluexact.propose.ladders import NUMERICAL
from reluexact.propose.path.candidates import near_neuron
from reluexact.propose.path.event import Event
from reluexact.propose.path.shape import Shape
from reluexact.propose.path.steps import Steps
from reluexact.propose.path.walk import Stretch
from reluexact.prove.path.segment import ProvedSegment, check_segment
from reluexact.prove.unproved import Unproved
from reluexact.search.path_segment import SegmentStructure, proved_segment
from reluexact.search.proof import MissingNeuron

LONGER = (Fraction(8), Fraction(3), Fraction(3, 2))
"""How far each of several segments away from an event may reach: so many times as far as the one before it."""
WATCHED = 2
"""So many neurons near the penalty are watched beside those of events, in short segments."""


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

    def failed(self, low: Fraction, high: Fraction, watch: int) -> str | None:
        """Return why an interval has no proof with so many watched neurons, if that is known."""

    def fail(self, low: Fraction, high: Fraction, watch: int, reason: str) -> None:
        """Note that an interval has none."""

    def keep(self, segment: Segment) -> None:
        """Remember a segment."""


class SegmentSearch:
    """Covers a piece with proved segments."""

    def __init__(self, program: Program, limit: int, memory: Memory | None = None) -> None:
        self.program, self.data, self.limit, self.memory, self.reason = program, program.data, limit, memory, ""
        self.last: Segment | None = None

    def cover(self, piece: Piece, beyond: tuple[Fraction, Fraction]) -> Iterator[ProvedSegment | tuple[Fraction, Fraction]]:
        """Yield proved segments from high to low, and the intervals that no segment covers; ``beyond``: above and below."""
        high, steps = piece.high, Steps(piece.low, piece.high)
        while high > piece.low:
            check()
            low = steps.trial(high)
            ends = (high == piece.high, low == piece.low)
            try:
                watch = WATCHED if steps.is_desperate(low, high) else 0
                found = self.proved(piece, low - beyond[1] * ends[1], high + beyond[0] * ends[0], ends, watch=watch)
            except (Unproved, LimitReached, *NUMERICAL) as problem:
                left = steps.failed(low, high)
                if left is not None:
                    self.reason = str(problem)
                    yield left, high
                    high = left
                continue
            yield found
            steps.proved(low, high)
            high = low

    def proved(self, piece: Piece, low: Fraction, high: Fraction, ends: tuple[bool, bool], *, watch: int = 0) -> ProvedSegment:
        """Prove one segment of a piece; ends: whether it reaches the events above and below. Raises Unproved.

        watch: so many neurons that come near the penalty are watched beside those of events.
        """
        low, high = low if low == piece.low else rounded_penalty(low), rounded_penalty(high)
        watched, vanishing = _at_ends(piece, ends)
        shape = piece.shape
        structure = SegmentStructure(
            blocks=shape.blocks,
            lineality=shape.lineality,
            watched=watched,
            vanishing=vanishing,
            ties=shape.ties,
            apart=shape.apart,
        )
        start = () if piece.stretch is None else piece.stretch.near((low + high) / 2)
        if start is None:
            raise Unproved("floats do not find the middle of a segment")
        known = None if self.memory is None else self.memory.recall(low, high)
        if known is not None and _has(known, structure):
            try:
                again = check_segment(self.data, known)
                self.last = known
                return again
            except Unproved:
                pass  # what a file proposes is not trusted
        found = self._tried(structure, low, high, start, watch)
        self.last = found.segment
        if self.memory is not None:
            self.memory.keep(found.segment)
        return found

    def _tried(self, structure: SegmentStructure, low: Fraction, high: Fraction, start: Vector, watch: int) -> ProvedSegment:
        """Prove a segment, unless the memory knows that this failed; a stop by time or by the limit is no such failure."""
        failed = None if self.memory is None else self.memory.failed(low, high, watch)
        if failed is not None:
            raise Unproved(failed)
        try:
            return self._found(structure, low, high, start, watch)
        except Unproved as problem:
            if self.memory is not None:
                self.memory.fail(low, high, watch, str(problem))
            raise

    def _found(self, structure: SegmentStructure, low: Fraction, high: Fraction, start: Vector, watch: int) -> ProvedSegment:
        """Prove a segment; what comes near the penalty is watched from the second attempt on."""
        for _ in range(watch):
            try:
                return proved_segment(self.data, structure, low, high, start=start, near=self.last, limit=self.limit)
            except MissingNeuron as problem:
                near = near_neuron(self.program, problem.sign, problem.direction)
                faces = [*(block.face for block in structure.blocks), *(neuron.face for neuron in structure.watched)]
                faces += [block.face.opposite() for block in structure.blocks if block.paired]
                faces += [tie.face for tie in structure.ties]
                if near is None or near.face in faces:
                    raise
                structure = replace(structure, watched=(*structure.watched, near))
        return proved_segment(self.data, structure, low, high, start=start, near=self.last, limit=self.limit)


def _has(segment: Segment, structure: SegmentStructure) -> bool:
    """Say whether a remembered segment has the structure that is wanted; it may watch more neurons."""
    same = all(
        getattr(segment, name) == getattr(structure, name) for name in ("blocks", "lineality", "vanishing", "ties", "apart")
    )
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


def rounded_penalty(value: Fraction) -> Fraction:
    """Round to a number that is fine beside the value."""
    scale = Fraction(2) ** (256 - value.numerator.bit_length() + value.denominator.bit_length())
    return round(value * scale) / scale


class Closer:
    """Splits the segments above and below an event, so that those next to it are short."""

    def __init__(self, search: SegmentSearch, above: Piece, below: Piece, upper: ProvedSegment, lower: ProvedSegment) -> None:
        self.search, self.above, self.below, self.upper, self.lower = search, above, below, upper, lower

    def segments(self, share: Fraction) -> list[ProvedSegment]:
        """Return segments from high to low, the two at the event this share as long; raises Unproved."""
        place, upper, lower = self.below.high, self.upper.segment, self.lower.segment
        room = share * min(upper.high - place, place - lower.low)
        return [
            *self._away(self.above, upper.high - place, room, bool(upper.at_end("high")))[::-1],
            self.search.proved(self.above, place - room / 8, place + room, (False, True)),
            self.search.proved(self.below, place - room, place + room / 8, (True, False)),
            *self._away(self.below, lower.low - place, -room, bool(lower.at_end("low"))),
        ]

    def _away(self, piece: Piece, whole: Fraction, room: Fraction, event: bool) -> list[ProvedSegment]:
        """Return segments from ``room`` away from the event as far as ``whole``, ever longer ones where one is too long.

        Both numbers are negative below the event. event: whether there is one at the far end, too.
        """
        place = self.below.high
        found: list[ProvedSegment] = []
        longer = [whole / room, *LONGER]
        while abs(room) < abs(whole):
            end = min(whole, room * longer[0], key=abs)
            ends = (event and end == whole and end > 0, event and end == whole and end < 0)
            low, high = sorted((place + room, place + end))
            try:
                found.append(self.search.proved(piece, low, high, ends))
                room = end
            except Unproved:
                longer = longer[1:]
                if not longer:
                    raise
        return found
