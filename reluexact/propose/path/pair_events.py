"""Events of pairs: pairing begins or ends, or the amounts of the pairs are divided anew; proposed in floats."""

from __future__ import annotations

from collections.abc import Sequence

from reluexact.evidence.path import PathBlock, WatchedNeuron
from reluexact.model.program import Program
from reluexact.propose.path.event import Event, vanish
from reluexact.propose.path.pairing import Place, hanging, places, shape_of, shares_again, unknowns
from reluexact.propose.path.shape import Shape
from reluexact.propose.path.smooth import Smooth
from reluexact.propose.path.trace import Hit, Lost, Tracer
from reluexact.propose.types import Floats
from reluexact.prove.structure import complete_face

_BEFORE = 1 / 4


def pairing_begins(tracer: Tracer, smooth: Smooth, hit: Hit, known: Sequence[Place]) -> Event:
    """Pair every block with its opposite, there already or new."""
    after, fresh = hanging(tracer, known, hit.neurons)
    below = shape_of(place.block for place in after)
    own = sum(place.block.paired and place.block.share == 0 and place.block.hang != 0 for place in after)
    if own + 1 != len(below.lineality):
        raise Lost("the pairs that begin do not hang on one number")
    slacks = [0.0] * len(below.lineality)
    for place in after:
        if place.block.paired and place.block.hang:
            slacks[place.block.hang] = place.partner
    start = unknowns(tracer, below, after, slacks)
    watch = tuple(WatchedNeuron(sign=face.sign, gate=face.gate, basis=basis) for face, basis in fresh)
    return Event(
        kind="pairing-begins",
        penalty=hit.penalty,
        above=smooth.shape,
        below=below,
        vanishing_above=tuple(vanish("low", "watched", w) for w in range(len(watch))),
        vanishing_below=(vanish("high", "slack", 0),),
        watched_above=watch,
        rich="below",
        point=start,
        start=start,
    )


def split_ends(tracer: Tracer, smooth: Smooth, hit: Hit) -> Event:
    """Choose shares anew, or end the pairing where there are none."""
    penalty, point = _before(smooth, hit)
    again = shares_again(tracer, smooth, places(smooth, point), ending=not _at_one_end(smooth.shape, hit))
    if again is not None:
        below, start = again
        return Event(kind="shares", penalty=penalty, above=smooth.shape, below=below, rich="above", point=point, start=start)
    known = places(smooth, hit.point)
    slack = smooth.shape.blocks[hit.quantities[0].index].hang
    if not _at_one_end(smooth.shape, hit):
        raise Lost("the pairing ends, but not on one number")
    after: list[Place] = []
    watch: list[WatchedNeuron] = []
    for place in known:
        block = place.block
        if not block.paired:
            after.append(place)
            continue
        sides = _sides(tracer.program, place)
        if block.hang == slack:
            lost = min(sides, key=lambda one: abs(one.amount))
            watch.append(WatchedNeuron(sign=block.sign, gate=lost.block.gate, basis=lost.block.basis))
            sides.remove(lost)
        after += sides
    below = shape_of(place.block for place in after)
    return Event(
        kind="pairing-ends",
        penalty=hit.penalty,
        above=smooth.shape,
        below=below,
        vanishing_above=(vanish("low", "slack", slack or 0),),
        vanishing_below=tuple(vanish("high", "watched", w) for w in range(len(watch))),
        watched_below=tuple(watch),
        rich="above",
        point=hit.point,
        start=unknowns(tracer, below, after, ()),
    )


def _before(smooth: Smooth, hit: Hit) -> tuple[float, Floats]:
    """Return a penalty a little above that at which a part is 0, and the solution there: a proof needs parts that are not."""
    above = [place for place in hit.trail if place[0] > hit.penalty]
    if above:
        penalty = hit.penalty + _BEFORE * (above[-1][0] - hit.penalty)
        found = smooth.solve(hit.point + _BEFORE * (above[-1][1] - hit.point), penalty)
        if found is not None:
            return penalty, found
    return hit.penalty, hit.point


def _at_one_end(shape: Shape, hit: Hit) -> bool:
    """Say whether what vanishes are all pairs that hang on one number, which does so, and every other has a number of its own."""
    if any((quantity.what == "above") != (shape.blocks[quantity.index].share == 1) for quantity in hit.quantities):
        return False
    hung = {shape.blocks[quantity.index].hang for quantity in hit.quantities}
    if len(hung) != 1:
        return False
    (slack,) = hung
    gone = {quantity.index for quantity in hit.quantities}
    pairs = [k for k, block in enumerate(shape.blocks) if block.paired]
    own = [shape.blocks[k].hang for k in pairs if k not in gone]
    return all(shape.blocks[k].hang == slack for k in gone) and None not in own and len(set(own)) == len(own) and slack not in own


def _sides(program: Program, place: Place) -> list[Place]:
    """Return the two neurons of a pair."""
    face, vector = place.block.face, place.vector
    found = []
    for side, along, amount in ((face, vector, place.amount - place.partner), (face.opposite(), -vector, place.partner)):
        complete, basis = complete_face(program, side, whole=False)
        block = PathBlock(sign=side.sign, gate=complete.gate, basis=basis)
        found.append(Place(block=block, vector=along, amount=amount, partner=0.0))
    return found
