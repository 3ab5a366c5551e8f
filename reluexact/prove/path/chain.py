"""The whole path: segments and links from above the greatest penalty down, without a hole."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from reluexact.evidence.path import Link
from reluexact.prove.path.link import check_link
from reluexact.prove.path.segment import ProvedSegment
from reluexact.prove.unproved import Unproved


def check_chain(segments: Sequence[ProvedSegment], links: Sequence[Link]) -> None:
    """Prove that proved segments make a path down to the low end of the last; raises Unproved.

    The first has no neuron, so it holds for all greater penalties: with theta = y fixed, what is below its penalties is below
    theirs. Events and gaps lie one below the other, so that every segment holds somewhere: from the one above it to the one
    below.
    """
    if not segments or len(links) != len(segments) - 1:
        raise Unproved("a path has segments, and a link between each and the next")
    first, last = segments[0].segment, segments[-1].segment
    if first.blocks or first.at_end("high") or last.at_end("low"):
        raise Unproved("a path starts where there is no neuron, and nothing vanishes at its ends")
    if any(known.segment.drift for known in segments):
        raise Unproved("the targets of a path do not move")
    for (upper, lower), link in zip(pairwise(segments), links, strict=True):
        check_link(upper, lower, link)
    check_order(links)


def check_order(links: Sequence[Link]) -> None:
    """Prove that events and gaps lie one below the other; raises Unproved."""
    boxes = [link for link in links if link.kind != "same"]
    for above, below in pairwise(boxes):
        if below.high >= above.low:
            raise Unproved("two events are not told apart: their enclosures meet")
