"""What happens at an event, and the structure beyond it: proposed in floats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import numpy as np

from reluexact.evidence.path import PathBlock, WatchedNeuron
from reluexact.geometry.column import Face
from reluexact.model.program import Program
from reluexact.propose.path.candidates import Watched
from reluexact.propose.path.event import Event, vanish
from reluexact.propose.path.pair_events import pairing_begins, split_ends
from reluexact.propose.path.pairing import Place, hanging, places, shape_of, unknowns
from reluexact.propose.path.quantities import Quantity, quantities
from reluexact.propose.path.shape import Shape
from reluexact.propose.path.smooth import Smooth
from reluexact.propose.path.ties import with_ties
from reluexact.propose.path.trace import Hit, Lost, Tracer
from reluexact.propose.types import Floats
from reluexact.prove.structure import complete_face

_OPPOSITE = 1e-6


def event_of(tracer: Tracer, smooth: Smooth, hit: Hit) -> Event:
    """Return the one event at which everything of a hit vanishes; raises Lost where that is not known."""
    return with_ties(tracer, hit, _event_of(tracer, smooth, hit))


def _event_of(tracer: Tracer, smooth: Smooth, hit: Hit) -> Event:
    if hit.neurons:
        if hit.quantities:
            raise Lost("a neuron enters where another one changes")
        return _enters(tracer, smooth, hit)
    whats = {quantity.what for quantity in hit.quantities}
    if not whats:
        raise Lost("something ends here, but nothing vanishes")
    if whats <= {"partner", "above"}:
        return split_ends(tracer, smooth, hit)
    if len(whats) > 1:
        raise Lost("neurons change in several ways at one penalty")
    return _leave(tracer, smooth, hit) if whats == {"amount"} else _moves(tracer, smooth, hit)


def _moves(tracer: Tracer, smooth: Smooth, hit: Hit) -> Event:
    """Let neurons meet hyperplanes, or leave them."""
    meets = hit.quantities[0].what == "gate"
    known = places(smooth, hit.point)
    after = [_moved(tracer.program, place, [q for q in hit.quantities if q.index == k]) for k, place in enumerate(known)]
    below = shape_of(place.block for place in after)
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
    below = shape_of(place.block for place in after)
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
        try:
            return pairing_begins(tracer, smooth, hit, known)
        except Lost:
            pass  # opposite just here, as at 0 of a rational direction; what enters has a span of its own
    fresh = [
        Place(
            block=PathBlock(sign=neuron.face.sign, gate=neuron.face.gate, basis=neuron.basis),
            vector=vector,
            amount=0.0,
            partner=0.0,
        )
        for neuron, vector in zip(hit.neurons, vectors, strict=True)
    ]
    fresh = _joined(smooth, fresh)
    after = [*known, *fresh]
    below = shape_of(place.block for place in after)
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
    below = shape_of(place.block for place in after)
    return len(below.lineality) == tracer.program.data.d - len(tracer.program.lineality)


def _joined(smooth: Smooth, fresh: list[Place]) -> list[Place]:
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


def _index(shape: Shape, face: Face) -> int:
    return next(k for k, block in enumerate(shape.blocks) if block.face == face)


def _slacks(smooth: Smooth, z: Floats) -> Floats:
    return z[smooth.count + len(smooth.blocks) :]
