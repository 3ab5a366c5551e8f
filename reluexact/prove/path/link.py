"""The obligations of a link: two neighbouring segments end at one and the same penalty b*, where exactly one event lies.

One of the two, the richer, has an amount, a gate or a slack that vanishes; in the enclosure of the link it changes its sign, so
its one zero b* lies there. There the solution of the richer side, without what has no weight, solves the equations of the other
side (:mod:`reluexact.prove.path.match`), and lies where that side has one solution only. So it is its solution, theta is the
same, and what vanishes on the other side does so at b*: a watched neuron has the length b because it is a neuron of the richer
side; the multiplier of a wall is 0 or the kink because that wall is not needed. Each quantity has one zero, so both sides end
at b*.
"""

from __future__ import annotations

from fractions import Fraction

from reluexact.errors import InputError
from reluexact.evidence.path import Link, Segment, Vanishing
from reluexact.evidence.path_events import PathTurn, turn_between
from reluexact.numbers.curves import derivative, greatest, value_at
from reluexact.numbers.linalg import dot, matmul
from reluexact.prove.neurons import tight_direction
from reluexact.prove.path.coincidence import check_together
from reluexact.prove.path.match import Match, match, same_span
from reluexact.prove.path.residual import Curve
from reluexact.prove.path.segment import ProvedSegment
from reluexact.prove.unproved import Unproved

ZERO, ONE = Fraction(0), Fraction(1)


def event_of(upper: Segment, lower: Segment) -> PathTurn | None:
    """Return the event between two segments, None where nothing vanishes; raises Unproved where it is none of one kind."""
    try:
        return turn_between(upper, lower)
    except InputError as problem:
        raise Unproved(str(problem)) from None


def check_link(upper: ProvedSegment, lower: ProvedSegment, link: Link) -> None:
    """Prove a link between a segment and the next lower one; raises Unproved."""
    if link.kind == "gap":
        _check_gap(upper, lower, link)
        return
    turn = event_of(upper.segment, lower.segment)
    kind = "same" if turn is None else turn.kind
    if kind != link.kind:
        raise Unproved(f"the link is {kind}, not {link.kind}")
    if turn is None:
        _check_same(upper.segment, lower.segment)
        return
    if not max(upper.segment.low, lower.segment.low) <= link.low < link.high <= min(upper.segment.high, lower.segment.high):
        raise Unproved("the event is not enclosed where both segments reach")
    _check_event(*((lower, upper) if turn.lower_is_rich else (upper, lower)), turn, link)


def _check_event(rich: ProvedSegment, poor: ProvedSegment, turn: PathTurn, link: Link) -> None:
    """Prove that the richer and the poorer side of an event end at one penalty, in the enclosure of the link."""
    for item in turn.leaders:
        if not sign_change(rich, item, link):
            raise Unproved(f"the {item.what} of {item.index} is not proved to vanish in the enclosure of the event")
    if len(turn.leaders) > 1:
        check_together(rich, turn.leaders, link)
    crosses = turn.kind == "cross"
    found = match(rich.segment, poor.segment, turn.leaders, rich.program, crosses=crosses)
    _check_inside(rich, poor, found, link)
    for item in turn.followers:
        _check_follows(rich, poor, turn.leaders, item)
    for item in turn.poor:
        (_check_crosses if crosses else _check_vanishes)(rich, poor, turn.leaders, item)


def _check_follows(rich: ProvedSegment, poor: ProvedSegment, leaders: tuple[Vanishing, ...], item: Vanishing) -> None:
    """Prove that something else of the richer side vanishes with the leaders: it is 0 at all solutions of the poorer side.

    Where the leaders vanish theta is that of the poorer side. A multiplier, and by E1 the height ``n . s P X'D theta`` of a
    neuron over a wall, is a linear form in theta, which is 0 by the identities of the poorer side. (A gate of a neuron that stays
    would have to be 0 before the poorer side's solution is known to be the richer one's.)
    """
    if item.what == "tau":
        form = rich.quantities.excess(item)
    else:
        if not any(leader.what == "amount" and leader.index == item.index for leader in leaders):
            raise Unproved(f"the gate of block {item.index}, which keeps its weight, vanishes with something else")
        block = rich.segment.blocks[item.index]
        normal = rich.program.hyperplanes.normals[item.hyperplane or 0]
        form = matmul([normal], tight_direction(rich.program, block.face, block.basis))[0]
    value = poor.identities.exact(form)
    if value is None or value.sign(poor.path.line) != 0:
        raise Unproved(f"the {item.what} of {item.index} is not proved to vanish with the event")


def _check_crosses(rich: ProvedSegment, poor: ProvedSegment, leaders: tuple[Vanishing, ...], item: Vanishing) -> None:
    """Prove that the gate of a neuron on one side of a wall vanishes where that on the other does.

    There both sides have the same residual; their equations differ by the kink of the wall, which is 0 on all of the richer side,
    and the height over the wall is the same.
    """
    face = poor.segment.blocks[item.index].face
    for leader in leaders if len(leaders) == 1 and not poor.segment.blocks[item.index].paired else ():
        known = rich.segment.blocks[leader.index].face
        gate = tuple(-side if wall == leader.hyperplane else side for wall, side in enumerate(known.gate))
        if leader.hyperplane is not None and (known.sign, gate, leader.hyperplane) == (face.sign, face.gate, item.hyperplane):
            value = rich.identities.exact(rich.judge[face.sign].kink(leader.hyperplane))
            if value is None or value.sign(rich.path.line) != 0:
                raise Unproved(f"the kink of wall {leader.hyperplane}, which a neuron crosses, is not known to be 0")
            return
    raise Unproved(f"the gate of block {item.index} does not belong to one that vanishes")


def _check_gap(upper: ProvedSegment, lower: ProvedSegment, link: Link) -> None:
    """Nothing is claimed in a gap; but above it the upper segment has to hold, and below it the lower one.

    What vanishes there is positive from its zero on: so everywhere up to the gap, if it is positive at the end of the gap.
    """
    if not (link.low < link.high and upper.segment.low <= link.high <= upper.segment.high):
        raise Unproved("the upper segment does not reach the gap")
    if not lower.segment.low <= link.low <= lower.segment.high:
        raise Unproved("the lower segment does not reach the gap")
    for proved, end, penalty in ((upper, "low", link.high), (lower, "high", link.low)):
        for item in proved.segment.at_end(end):
            if sign_at(proved.quantities.of(item), proved.path.line.place(penalty)) != 1:
                raise Unproved(f"the {item.what} of {item.index} is not proved positive where the gap ends")


def _check_same(upper: Segment, lower: Segment) -> None:
    """Two segments with one structure overlap: it is the structure from the lower end of one to the upper end of the other.

    Bases, and how the pairs divide, may differ: which neurons there are, and which come in pairs, does not depend on them.
    """
    if upper.drift != lower.drift or neurons_of(upper) != neurons_of(lower):
        raise Unproved("the structures of the two segments differ")
    if not lower.low <= upper.low <= lower.high <= upper.high:
        raise Unproved("the two segments do not overlap")


def neurons_of(segment: Segment) -> tuple[tuple[object, ...], ...]:
    """Return the neurons of a structure, without their bases and how its pairs divide."""
    return tuple((block.sign, block.gate, block.paired) for block in segment.blocks)


def sign_at(curve: Curve, t: Fraction) -> int | None:
    """Return the sign of a curve at one t; None where it is not proved."""
    value = value_at(curve.coefficients, t)
    return None if abs(value) <= curve.spread else 1 if value > 0 else -1


def sign_change(proved: ProvedSegment, item: Vanishing, link: Link) -> bool:
    """Say whether a quantity that vanishes is proved to have its zero within the enclosure of a link."""
    curve, line = proved.quantities.of(item), proved.path.line
    low, high = (sign_at(curve, line.place(end)) for end in (link.low, link.high))
    return low is not None and high is not None and low * high < 0


def _check_inside(rich: ProvedSegment, poor: ProvedSegment, found: Match, link: Link) -> None:
    """Prove that the mapped solution lies within ``unique`` of the poorer side's curve, for all penalties of the enclosure.

    Both curves are compared in the middle; from there they move by at most their greatest derivatives times half its length.
    """
    middle, half = (link.low + link.high) / 2, (link.high - link.low) / 2
    ends = [(proved.path.line.place(middle), half / proved.path.line.half) for proved in (rich, poor)]
    curves, own = rich.residual.unknowns, poor.residual.unknowns
    values = [value_at(curve.coefficients, ends[0][0]) for curve in curves]
    loose = [curve.spread + ends[0][1] * greatest(derivative(curve.coefficients)) for curve in curves]
    for position, (row, curve, unique) in enumerate(zip(found.rows, own, poor.tube.unique, strict=True)):
        distance = abs(dot(row, values) - value_at(curve.coefficients, ends[1][0]))
        distance += dot([abs(entry) for entry in row], loose) + ends[1][1] * greatest(derivative(curve.coefficients))
        if distance > unique:
            raise Unproved(f"the solutions of the two segments are not proved to meet (unknown {position})")


def _check_vanishes(rich: ProvedSegment, poor: ProvedSegment, items: tuple[Vanishing, ...], other: Vanishing) -> None:
    """Prove that what vanishes on the poorer side does so where the richer side's quantities do.

    A multiplier: the walls of the free neuron balance what pulls on it. One wall more, on which it lies at b*, and they still do,
    with the multiplier 0 for the new one if its rows were off, and its kink if they were on; as the walls on the poorer side are
    independent, its multipliers are these.
    """
    if other.what == "watched":
        neuron = poor.segment.watched[other.index]
        for place in rich.segment.tight:
            named = [item for item in items if item.what in ("amount", "slack") and _loses(rich.segment, item, place.index)]
            if place.kind != "watched" and named and place.face == neuron.face and same_span(place.basis, neuron.basis):
                return
        raise Unproved(f"watched neuron {other.index} is none of those that lose their weight")
    block = poor.segment.blocks[other.index]
    stands = {(other.hyperplane, other.side), *other.others}
    for index in {item.index for item in items if item.what == "gate"}:
        free = rich.segment.blocks[index]
        walls = [item.hyperplane for item in items if item.what == "gate" and item.index == index and item.hyperplane is not None]
        gate = tuple(0 if place in walls else side for place, side in enumerate(free.gate))
        sides = {(wall, "on" if free.gate[wall] > 0 else "off") for wall in walls}
        if (free.sign, gate, sides) == (block.sign, block.gate, stands) and len(walls) == 1 + len(other.others):
            rich.judge[free.sign].balance(rich.quantities.place("block", index))
            return
    raise Unproved(f"the multiplier of block {other.index} does not belong to a gate that vanishes")


def _loses(segment: Segment, item: Vanishing, block: int) -> bool:
    """Say whether a block loses weight as something vanishes."""
    if item.what == "amount":
        return item.index == block
    return segment.blocks[block].hang == item.index
