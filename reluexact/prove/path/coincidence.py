"""Why several quantities of one segment vanish at one point: exact zeros, or a symmetry of the data."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from reluexact.evidence.path import Link, Vanishing
from reluexact.numbers.linalg import rank
from reluexact.numbers.radicals import RadicalSum
from reluexact.prove.path.identities import Exact
from reluexact.prove.path.match import heights
from reluexact.prove.path.segment import ProvedSegment
from reluexact.prove.path.symmetry import check_symmetry, moved
from reluexact.prove.unproved import Unproved

Affine = tuple[RadicalSum, RadicalSum]


def check_together(proved: ProvedSegment, items: Sequence[Vanishing], link: Link) -> None:
    """Prove that all the quantities, each of which has one zero, have the same; raises Unproved."""
    if link.symmetries:
        _check_orbit(proved, items, link)
        return
    apart = [item for place, item in enumerate(items) if not any(_multiples(proved, item, one) for one in items[:place])]
    if len(apart) == 1:
        return
    exact = [proved.quantities.exact(item, proved.identities) for item in apart]
    known = [affine(proved, value) for value in exact if value is not None]
    if len(known) < len(apart):
        raise Unproved("several quantities vanish, and nothing shows that they do so at one point")
    for base, slope in known[1:]:
        if (known[0][0] * slope - known[0][1] * base).sign() != 0:
            raise Unproved("several quantities vanish at different points")


def affine(proved: ProvedSegment, value: Exact) -> Affine:
    """Return base and slope of a number that is known exactly, as a function of t."""
    line = proved.path.line
    base = RadicalSum.rational(value.constant) + value.root.scaled(line.middle)
    return base, RadicalSum.rational(value.drift) + value.root.scaled(line.half)


def _check_orbit(proved: ProvedSegment, items: Sequence[Vanishing], link: Link) -> None:
    """Prove that symmetries map the quantities onto each other, or that those that they do not are known to vanish together.

    theta is unique, so a symmetry of the data leaves it as it is (or turns its sign, as that of the targets); the optimal neurons
    go to optimal neurons and (the features of a structure that are independent have unique amounts, those of pairs added) amounts
    to amounts. So the quantities are equal, up to positive factors, on an interval where the structure holds, and as analytic
    functions everywhere; their zeros are the same.
    """
    inside = proved.path.line.place(link.high if items[0].end == "low" else link.low)
    for item in proved.segment.vanishing:
        curve = proved.quantities.of(item)
        if not curve.value(inside) > curve.spread:
            raise Unproved("the structure is not proved to hold anywhere near the event")
    if proved.segment.drift:
        raise Unproved("targets that move have no symmetry that stays")
    for symmetry in link.symmetries:
        check_symmetry(proved.program.data, symmetry)
    reached, frontier = {items[0]}, [items[0]]
    while frontier:
        item = frontier.pop()
        for symmetry in link.symmetries:
            image = moved(proved, item, symmetry)
            if image not in items:
                raise Unproved("a symmetry maps something that vanishes to something that does not")
            if image not in reached:
                reached.add(image)
                frontier.append(image)
        equal = [other for other in items if other not in reached and _same_zero(proved, item, other)]
        reached.update(equal)
        frontier += equal
    if len(reached) < len(items):
        raise Unproved("the symmetries do not map the quantities that vanish onto each other")


def _same_zero(proved: ProvedSegment, one: Vanishing, other: Vanishing) -> bool:
    """Say whether two quantities are known exactly and vanish at one point, or are multiples of one another."""
    if _multiples(proved, one, other):
        return True
    left, right = (proved.quantities.exact(item, proved.identities) for item in (one, other))
    if left is None or right is None:
        return False
    (base, slope), (second, rate) = affine(proved, left), affine(proved, right)
    return (base * rate - slope * second).sign() == 0


def _multiples(proved: ProvedSegment, one: Vanishing, other: Vanishing) -> bool:
    """Say whether two quantities are gates of one block that are multiples of one another."""
    if (one.what, other.what, one.index) != ("gate", "gate", other.index):
        return False
    return rank(heights(proved.program, proved.segment.blocks[one.index], [one.hyperplane, other.hyperplane])) == 1


def zero_place(value: Affine) -> RadicalSum | None:
    """Return the t at which an affine function of t vanishes; None where its quotient is not computed.

    >>> zero_place((RadicalSum.rational(1), RadicalSum.rational(-2))).as_fraction()
    Fraction(1, 2)
    """
    inverse = value[1].inverse()
    return None if inverse is None else (value[0] * inverse).scaled(Fraction(-1))
