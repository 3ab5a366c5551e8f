"""The enclosure of the event between two segments, and its proof."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from reluexact.evidence.path import Link, PathSymmetry
from reluexact.numbers.curves import derivative, value_at
from reluexact.numbers.tube_search import log2i
from reluexact.numbers.types import Bounds
from reluexact.prove.path.link import check_link, event_of, sign_at
from reluexact.prove.path.residual import Curve
from reluexact.prove.path.segment import ProvedSegment
from reluexact.prove.unproved import Unproved

STEPS = 60


def prove_link(upper: ProvedSegment, lower: ProvedSegment, symmetries: Sequence[PathSymmetry] = ()) -> Link:
    """Return the link between a segment and the next lower one, proved; raises Unproved.

    The kind follows from what vanishes at the ends, the enclosure of the event from the curve of the richer side. ``symmetries``
    of the data are used where several quantities vanish.
    """
    turn = event_of(upper.segment, lower.segment)
    if turn is None:
        link = Link(kind="same", low=upper.segment.low, high=lower.segment.high)
        check_link(upper, lower, link)
        return link
    rich = lower if turn.lower_is_rich else upper
    bounds = [enclosure(rich, rich.quantities.of(item)) for item in turn.leaders]
    low, high = min(one for one, _ in bounds), max(other for _, other in bounds)
    link = Link(kind=turn.kind, low=low, high=high, symmetries=tuple(symmetries) if len(bounds) > 1 else ())
    check_link(upper, lower, link)
    return link


def gap_between(upper: ProvedSegment, lower: ProvedSegment) -> Link:
    """Return the gap between two segments that no event links, proved; raises Unproved.

    What vanishes above is positive above the gap, what vanishes below is positive below it.
    """
    above = [enclosure(upper, upper.quantities.of(item))[1] for item in upper.segment.at_end("low")]
    below = [enclosure(lower, lower.quantities.of(item))[0] for item in lower.segment.at_end("high")]
    high, low = max([upper.segment.low, *above]), min([lower.segment.high, *below])
    link = Link(kind="gap", low=min(low, high), high=max(low, high))
    check_link(upper, lower, link)
    return link


def enclosure(proved: ProvedSegment, curve: Curve) -> Bounds:
    """Return penalties round the zero of a monotone quantity, near each other, between which its sign is proved to change."""
    place, slope = Fraction(0), derivative(curve.coefficients)
    for _ in range(STEPS):
        rate = value_at(slope, place)
        if not rate:
            break
        step = value_at(curve.coefficients, place) / rate
        scale = 1 << 256
        place = max(Fraction(-1), min(Fraction(1), Fraction(round((place - step) * scale), scale)))
        if abs(step) < Fraction(1, 1 << 200):
            break
    rate = abs(value_at(slope, place))
    room = 2 * curve.spread / rate + Fraction(1, 1 << 150) if rate else Fraction(1)
    for _ in range(STEPS):
        ends = [max(Fraction(-1), place - room), min(Fraction(1), place + room)]
        signs = [sign_at(curve, end) for end in ends]
        if signs[0] is not None and signs[1] is not None and signs[0] != signs[1]:
            scale = 1 << (8 - min(0, log2i(room)))
            low, high = (Fraction(round(end * scale), scale) for end in ends)
            if sign_at(curve, low) == signs[0] and sign_at(curve, high) == signs[1]:
                return proved.path.line.penalty(low), proved.path.line.penalty(high)
        if room >= 2:
            break
        room *= 2
    raise Unproved("the zero of what vanishes is not enclosed")
