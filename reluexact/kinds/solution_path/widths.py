"""m* and M* of the pieces of a path: widths of the smallest and of the largest optimal networks that cannot be pruned.

Floats propose the vertices of the set at the middle of a part, :mod:`reluexact.prove.path.shares` proves that they are all the
vertices on the whole part, none degenerate; parts where that fails are halved.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from reluexact.evidence.path import PathEvidence, Segment
from reluexact.model.dataset import Dataset
from reluexact.propose.path.vertices import propose_vertices
from reluexact.prove.path.shares import at_middle, prove_vertices
from reluexact.prove.unproved import Unproved

Part = tuple[Fraction, Fraction]
MOST_VERTICES = 400
"""Of a polytope with more vertices the widths are left open."""

MOST_PARTS = 48
"""Parts of a segment that are tried."""

FINEST = Fraction(1, 1 << 14)
"""Parts of a segment that are shorter than this share of it are left open."""


@dataclass(frozen=True)
class Widths:
    """fewest, greatest: m* and M*, None where they are not known; unsettled: where they are not proved, from high to low."""

    fewest: int | None
    greatest: int | None
    unsettled: tuple[Part, ...] = ()


def widths_of(data: Dataset, evidence: PathEvidence, segments: tuple[int, int], dimension: int) -> Widths:
    """Return the widths of a piece that these segments cover, whose optimal set has this dimension."""
    blocks, lineality = evidence.segments[segments[0]].blocks, evidence.segments[segments[0]].lineality
    pairs = sum(block.paired for block in blocks)
    count = len(blocks) + pairs - dimension
    if not dimension:
        return Widths(count, count)
    if dimension != pairs - len(lineality):
        return Widths(None, None)
    reaches: list[Part] = []
    found: list[Part] = []
    for place in range(*segments):
        reaches.append(_reach(evidence, place))
        found += _unsettled(data, evidence.segments[place], reaches[-1])
    open_parts = tuple(_merged(sorted(found, reverse=True)))
    whole = tuple(_merged(sorted(reaches, reverse=True)))
    return Widths(None, None) if open_parts == whole else Widths(count, count, open_parts)


def _reach(evidence: PathEvidence, place: int) -> Part:
    """Return the penalties of a segment at which its structure may hold."""
    segment, links = evidence.segments[place], evidence.links
    above, below = links[place - 1] if place else None, links[place] if place < len(links) else None
    low = segment.low if below is None or below.kind == "same" else below.high if below.kind == "gap" else below.low
    high = segment.high if above is None or above.kind == "same" else above.low if above.kind == "gap" else above.high
    return low, high


def _unsettled(data: Dataset, segment: Segment, whole: Part) -> Iterator[Part]:
    """Halve a segment until what is left is proved, or short."""
    queue, tried = [whole], 0
    while queue:
        low, high = queue.pop(0)
        tried += 1
        proved = _proved(data, segment, low, high) if tried <= MOST_PARTS else None
        if proved is None or (not proved and high - low < FINEST * (segment.high - segment.low)):
            yield low, high
        elif not proved:
            middle = (low + high) / 2
            queue += [(low, middle), (middle, high)]


def _proved(data: Dataset, segment: Segment, low: Fraction, high: Fraction) -> bool | None:
    """Say whether no vertex is degenerate on a part; None where there are too many."""
    try:
        columns, tops, inside = at_middle(data, segment, low, high)
    except Unproved:
        return None
    vertices = propose_vertices(columns, tops, inside)
    if vertices is None or len(vertices) > MOST_VERTICES:
        return None
    return prove_vertices(data, segment, low, high, vertices)


def _merged(parts: list[Part]) -> Iterator[Part]:
    """Join parts that touch; they come from high to low."""
    known: Part | None = None
    for low, high in parts:
        if known is not None and high >= known[0]:
            known = (low, known[1])
        else:
            if known is not None:
                yield known
            known = (low, high)
    if known is not None:
        yield known
