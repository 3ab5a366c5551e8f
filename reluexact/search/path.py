"""The search for the solution path: floats follow it downwards, and what they propose is proved segment by segment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from reluexact.errors import LimitReached
from reluexact.evidence.path import Link, PathEvidence
from reluexact.model.program import Program
from reluexact.numbers.decimals import rounded_text
from reluexact.progress import Progress, Stage
from reluexact.propose.ladders import NUMERICAL
from reluexact.propose.path.event import Event
from reluexact.propose.path.trace import Lost, Tracer
from reluexact.propose.path.walk import Stretch, first, stretch
from reluexact.propose.pricing import Pricing
from reluexact.prove.path.link import check_link
from reluexact.prove.path.segment import ProvedSegment
from reluexact.prove.unproved import Unproved
from reluexact.search.path_again import begin_again
from reluexact.search.path_link import gap_between, prove_link
from reluexact.search.path_pieces import Closer, Memory, Piece, SegmentSearch, rounded_penalty
from reluexact.search.path_symmetry import symmetries_for

BEYOND = Fraction(1, 1000)
"""How far a segment reaches beyond the event at its end, as a share of the shorter piece next to it."""
NARROW, SHARES = Fraction(1, 1000), (Fraction(1, 16), Fraction(1, 512), Fraction(1, 2**18))
"""Events are to be enclosed within this share of the pieces next to them; how much shorter segments for that are."""


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

    def run(self, greatest: Fraction, low: Fraction, report: Progress) -> None:
        """Follow the path; raises OutOfTime, with what is proved kept."""
        above: Piece | None = None
        for piece in self._pieces(greatest, low):
            if above is not None:
                self._add(above, piece)
                count, down = len(self.segments), f"down to the penalty {rounded_text(above.low, 6)}"
                report(Stage(f"path: {count} segment{'s' * (count != 1)}; {down}", done=count, proved=down))
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

    def _first(self, greatest: Fraction) -> Event | None:
        """Return the event at the greatest penalty; None where floats cannot tell what happens there."""
        try:
            return first(self.tracer, greatest)
        except Lost as problem:
            self.reasons.append(str(problem))
            return None

    def _pieces(self, greatest: Fraction, low: Fraction) -> Iterator[Piece]:
        """Yield the pieces from high to low; where floats lose the path it begins anew a little below."""
        event: Event | None = self._first(greatest)
        begun: Stretch | None = None
        if event is None or event.place is None:
            event, high, end = None, greatest, rounded_penalty(greatest * (1 + BEYOND))
        else:
            high = end = event.place
        yield Piece(stretch=None, high=2 * high, low=end, top=None, bottom=event)
        while True:
            try:
                known = stretch(self.tracer, event, low) if event is not None else self._begun(begun)
            except Lost as problem:
                self.reasons.append(str(problem))
                found = begin_again(self.tracer, high, low)
                if found is None:
                    return
                event, (begun, high) = None, found
                continue
            bottom = known.event
            end = low if bottom is None or bottom.place is None else bottom.place
            yield Piece(stretch=known, high=high, low=end, top=event, bottom=bottom)
            if bottom is None:
                return
            event, begun, high = bottom, None, end

    def _begun(self, known: Stretch | None) -> Stretch:
        if known is None:
            raise Lost(self.why)
        return known

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
            if found.segment.blocks:  # only a segment without neurons holds for all greater penalties
                raise Lost(f"nothing is proved above the greatest penalty: {self.why}")
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
        """Return segments round an event, with the links above, between and below them; None where one fails."""
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


def _ending(piece: Piece) -> Piece:
    """Return a piece that ends a little above its last event, below which the path is lost."""
    return replace(piece, low=rounded_penalty(piece.low + BEYOND * (piece.high - piece.low)), bottom=None)


def _beyond(event: Event | None, above: Fraction, below: Fraction) -> Fraction:
    return BEYOND * min(above, below) if event is not None and event.kind != "shares" else Fraction(0)
