"""What happens at an event, and the structure beyond it: proposed in floats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from reluexact.evidence.path import PathBlock, Vanishing, WatchedNeuron
from reluexact.geometry.column import Face
from reluexact.model.program import Program
from reluexact.numbers.types import IntVector, Vector
from reluexact.propose.path.candidates import Watched
from reluexact.propose.path.pairing import Place, hanging, places, shape_of, shares_again, unknowns
from reluexact.propose.path.quantities import Quantity, quantities
from reluexact.propose.path.shape import Shape
from reluexact.propose.path.smooth import Smooth
from reluexact.propose.path.trace import Hit, Lost, Tracer
from reluexact.propose.types import Floats
from reluexact.prove.structure import complete_face

_OPPOSITE = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event, going down in the penalty.

    kind: as in :class:`reluexact.evidence.path.Link`, or ``shares`` where only the split of the pairs is chosen anew. above,
    below:
    the structures, and what vanishes in each; watched_above, watched_below: the neurons that these name. rich: which side has
    more unknowns; point: the solution there at the event. start: the solution below. place, solution: penalty and point exactly,
    once they are known.
    """

    kind: str
    penalty: float
    above: Shape
    below: Shape
    vanishing_above: tuple[Vanishing, ...] = ()
    vanishing_below: tuple[Vanishing, ...] = ()
    watched_above: tuple[WatchedNeuron, ...] = ()
    watched_below: tuple[WatchedNeuron, ...] = ()
    rich: str
    point: Floats
    start: Floats
    place: Fraction | None = None
    solution: Vector = ()

    @property
    def richer(self) -> tuple[Shape, tuple[Vanishing, ...]]:
        """Return the structure with more unknowns, and what vanishes in it."""
        return (self.above, self.vanishing_above) if self.rich == "above" else (self.below, self.vanishing_below)


def event_of(tracer: Tracer, smooth: Smooth, hit: Hit) -> Event:
    """Return the one event at which everything of a hit vanishes; raises Lost where that is not known."""
    if hit.neurons:
        if hit.quantities:
            raise Lost("a neuron enters where another one changes")
        return _enters(tracer, smooth, hit)
    whats = {quantity.what for quantity in hit.quantities}
    if not whats:
        raise Lost("something ends here, but nothing vanishes")
    if whats <= {"partner", "above"}:
        return _split_ends(tracer, smooth, hit)
    if len(whats) > 1:
        raise Lost("neurons change in several ways at one penalty")
    return _leave(tracer, smooth, hit) if whats == {"amount"} else _moves(tracer, smooth, hit)


def _moves(tracer: Tracer, smooth: Smooth, hit: Hit) -> Event:
    """Let neurons meet hyperplanes, or leave them."""
    meets = hit.quantities[0].what == "gate"
    known = places(smooth, hit.point)
    after = [_moved(tracer.program, place, [q for q in hit.quantities if q.index == k]) for k, place in enumerate(known)]
    below = shape_of(tracer.program, (place.block for place in after))
    if len(below.lineality) != len(smooth.shape.lineality):
        raise Lost("the span of the pairs changes where a neuron meets or leaves a hyperplane")
    start = unknowns(tracer, below, after, _slacks(smooth, hit.point))
    lows, highs = [], []
    for quantity in hit.quantities:
        index, wall = _index(below, after[quantity.index].block.face), quantity.hyperplane
        lows.append(vanish("low", quantity.what, quantity.index, wall, quantity.side or None))
        side = _side(tracer, below, index, start, wall) if meets else None
        highs.append(vanish("high", "tau" if meets else "gate", index, wall, side))
    return Event(
        kind="meet" if meets else "part",
        penalty=hit.penalty,
        above=smooth.shape,
        below=below,
        vanishing_above=tuple(lows),
        vanishing_below=tuple(highs),
        rich="above" if meets else "below",
        point=hit.point if meets else start,
        start=start,
    )


def _moved(program: Program, place: Place, changes: Sequence[Quantity]) -> Place:
    """Return a neuron on or off the hyperplanes that it meets or leaves."""
    if not changes:
        return place
    gate, meets = list(place.block.gate), changes[0].what == "gate"
    for quantity in changes:
        gate[quantity.hyperplane] = 0 if meets else (1 if quantity.side == "on" else -1)
    face, basis = complete_face(program, Face(sign=place.block.sign, gate=tuple(gate)), whole=place.block.paired)
    if len(basis) != len(place.block.basis) + (-1 if meets else 1) * len(changes):
        raise Lost("walls depend on one another where a neuron meets or leaves one")
    return replace(place, block=replace(place.block, gate=face.gate, basis=basis))


def _side(tracer: Tracer, shape: Shape, k: int, z: Floats, hyperplane: int) -> str:
    """Return the side of the wall from which a neuron has come."""
    values = dict(quantities(tracer.smooth(shape), z, 1.0))
    sides = {side: abs(values[Quantity("tau", k, hyperplane, side)]) for side in ("off", "on")}
    return min(sides, key=lambda side: sides[side])


def _leave(tracer: Tracer, smooth: Smooth, hit: Hit) -> Event:
    known = places(smooth, hit.point)
    gone = {quantity.index for quantity in hit.quantities}
    after = [place for k, place in enumerate(known) if k not in gone]
    below = shape_of(tracer.program, (place.block for place in after))
    if len(below.lineality) != len(smooth.shape.lineality):
        raise Lost("the span of the pairs changes where a pair leaves")
    watch = []
    for k in sorted(gone):
        block = known[k].block
        watch += [
            WatchedNeuron(sign=face.sign, gate=face.gate, basis=block.basis)
            for face in ((block.face, block.face.opposite()) if block.paired else (block.face,))
        ]
    return Event(
        kind="leave",
        penalty=hit.penalty,
        above=smooth.shape,
        below=below,
        vanishing_above=tuple(vanish("low", "amount", k) for k in sorted(gone)),
        vanishing_below=tuple(vanish("high", "watched", w) for w in range(len(watch))),
        watched_below=tuple(watch),
        rich="above",
        point=hit.point,
        start=unknowns(tracer, below, after, _slacks(smooth, hit.point)),
    )


def _enters(tracer: Tracer, smooth: Smooth, hit: Hit) -> Event:
    known = places(smooth, hit.point)
    theta = smooth.theta(hit.point)
    vectors = [neuron.vector(tracer.rows, theta) for neuron in hit.neurons]
    facing = [_facing(neuron, vector, known, hit.penalty) for neuron, vector in zip(hit.neurons, vectors, strict=True)]
    if all(place is not None for place in facing) and (len(hit.neurons) > 1 or _fills(tracer, hit, known)):
        return _pairing_begins(tracer, smooth, hit, known)
    fresh = [
        Place(
            block=PathBlock(sign=neuron.face.sign, gate=neuron.face.gate, basis=neuron.basis),
            vector=vector,
            amount=0.0,
            partner=0.0,
        )
        for neuron, vector in zip(hit.neurons, vectors, strict=True)
    ]
    fresh = _joined(tracer, smooth, fresh)
    after = [*known, *fresh]
    below = shape_of(tracer.program, (place.block for place in after))
    if len(below.lineality) != len(smooth.shape.lineality):
        raise Lost("the span of the pairs changes where a neuron enters")
    start = unknowns(tracer, below, after, _slacks(smooth, hit.point))
    watch = tuple(WatchedNeuron(sign=n.face.sign, gate=n.face.gate, basis=n.basis) for n in hit.neurons)
    return Event(
        kind="enter",
        penalty=hit.penalty,
        above=smooth.shape,
        below=below,
        vanishing_above=tuple(vanish("low", "watched", w) for w in range(len(watch))),
        vanishing_below=tuple(vanish("high", "amount", _index(below, place.block.face)) for place in fresh),
        watched_above=watch,
        rich="below",
        point=start,
        start=start,
    )


def _fills(tracer: Tracer, hit: Hit, known: Sequence[Place]) -> bool:
    """Say whether the pairs, were all opposite neurons taken as such, would span all directions."""
    after, _ = hanging(tracer, known, hit.neurons)
    below = shape_of(tracer.program, (place.block for place in after))
    return len(below.lineality) == tracer.program.data.d - len(tracer.program.lineality)


def _joined(tracer: Tracer, smooth: Smooth, fresh: list[Place]) -> list[Place]:
    """Join opposite neurons that enter together where the pairs span them already."""
    if not smooth.shape.lineality:
        return fresh
    result: list[Place] = []
    for place in fresh:
        other = next((k for k, one in enumerate(result) if one.block.face == place.block.face.opposite()), None)
        if other is None:
            result.append(place)
            continue
        one = min(result[other], place, key=lambda place: place.block.face.order)
        result[other] = replace(one, block=replace(one.block, paired=True, share=Fraction(1, 2)))
    return result


def _facing(neuron: Watched, vector: Floats, known: Sequence[Place], penalty: float) -> int | None:
    """Return the block whose opposite a neuron is."""
    for k, place in enumerate(known):
        near = np.linalg.norm(place.vector + vector) < _OPPOSITE * penalty
        if place.block.sign == neuron.face.sign and place.block.face.opposite() == neuron.face and near:
            return k
    return None


def _pairing_begins(tracer: Tracer, smooth: Smooth, hit: Hit, known: Sequence[Place]) -> Event:
    """Pair every block with its opposite, there already or new."""
    after, fresh = hanging(tracer, known, hit.neurons)
    below = shape_of(tracer.program, (place.block for place in after))
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


def _split_ends(tracer: Tracer, smooth: Smooth, hit: Hit) -> Event:
    """Choose shares anew, or end the pairing where there are none."""
    known = places(smooth, hit.point)
    again = shares_again(tracer, smooth, known, ending=not _at_one_end(smooth.shape, hit))
    if again is not None:
        below, start = again
        return Event(
            kind="shares", penalty=hit.penalty, above=smooth.shape, below=below, rich="above", point=hit.point, start=start
        )
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
        sides = [
            Place(block=PathBlock(sign=block.sign, gate=face.gate, basis=basis), vector=vector, amount=amount, partner=0.0)
            for face, basis, vector, amount in (
                (*_single(tracer.program, block.face), place.vector, place.amount - place.partner),
                (*_single(tracer.program, block.face.opposite()), -place.vector, place.partner),
            )
        ]
        if block.hang == slack:
            lost = min(sides, key=lambda one: abs(one.amount))
            watch.append(WatchedNeuron(sign=block.sign, gate=lost.block.gate, basis=lost.block.basis))
            sides.remove(lost)
        after += sides
    below = shape_of(tracer.program, (place.block for place in after))
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


def vanish(end: str, what: str, index: int, hyperplane: int | None = None, side: str | None = None) -> Vanishing:
    """Spell a quantity that vanishes."""
    return Vanishing(end=end, what=what, index=index, hyperplane=hyperplane, side=side)


def _at_one_end(shape: Shape, hit: Hit) -> bool:
    """Say whether what vanishes are all pairs that hang on one number, and every other has a number of its own."""
    hung = {shape.blocks[quantity.index].hang for quantity in hit.quantities}
    if len(hung) != 1:
        return False
    (slack,) = hung
    gone = {quantity.index for quantity in hit.quantities}
    pairs = [k for k, block in enumerate(shape.blocks) if block.paired]
    own = [shape.blocks[k].hang for k in pairs if k not in gone]
    return all(shape.blocks[k].hang == slack for k in gone) and None not in own and len(set(own)) == len(own) and slack not in own


def _single(program: Program, face: Face) -> tuple[Face, tuple[IntVector, ...]]:
    """Return the complete face of a neuron and its basis."""
    return complete_face(program, face, whole=False)


def _index(shape: Shape, face: Face) -> int:
    return next(k for k, block in enumerate(shape.blocks) if block.face == face)


def _slacks(smooth: Smooth, z: Floats) -> Floats:
    return z[smooth.count + len(smooth.blocks) :]
