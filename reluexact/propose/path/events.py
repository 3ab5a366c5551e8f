"""What happens at an event, and the structure beyond it: proposed in floats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import numpy as np

from reluexact.evidence.path import PathBlock, Vanishing, WatchedNeuron
from reluexact.geometry.column import Face
from reluexact.model.program import Program
from reluexact.numbers.linalg import rank
from reluexact.propose.path.candidates import Watched
from reluexact.propose.path.crossing import crossed
from reluexact.propose.path.entering import settled
from reluexact.propose.path.event import Event, vanish
from reluexact.propose.path.pair_events import pairing_begins, split_ends
from reluexact.propose.path.pairing import Place, hanging, places, shape_of, unknowns
from reluexact.propose.path.quantities import Quantity
from reluexact.propose.path.shape import Shape
from reluexact.propose.path.smooth import Smooth
from reluexact.propose.path.trace import Hit, Lost, Tracer
from reluexact.propose.types import Floats
from reluexact.prove.structure import complete_face

_OPPOSITE = 1e-6


def event_of(tracer: Tracer, smooth: Smooth, hit: Hit) -> Event:
    """Return the one event at which everything of a hit vanishes; raises Lost where that is not known."""
    if hit.neurons:
        if hit.quantities:
            raise Lost("a neuron enters where another one changes")
        return settled(tracer, smooth, hit, _enters)
    whats = {quantity.what for quantity in hit.quantities}
    if not whats:
        raise Lost("something ends here, but nothing vanishes")
    if whats <= {"partner", "above"}:
        return split_ends(tracer, smooth, hit)
    if len(whats) > 1:
        raise Lost("neurons change in several ways at one penalty")
    if whats == {"amount"}:
        return _leave(tracer, smooth, hit)
    moves = _moves(tracer, smooth, hit)
    return (crossed(tracer, smooth, hit, moves) if moves.kind == "meet" else None) or moves


def _moves(tracer: Tracer, smooth: Smooth, hit: Hit) -> Event:
    """Let neurons meet hyperplanes, or leave them."""
    meets = hit.quantities[0].what == "gate"
    known = places(smooth, hit.point)
    after = [_moved(tracer.program, place, [q for q in hit.quantities if q.index == k]) for k, place in enumerate(known)]
    below = shape_of(place.block for place in after)
    if len(below.lineality) != len(smooth.shape.lineality):
        raise Lost("the span of the pairs changes where a neuron meets or leaves a hyperplane")
    start = unknowns(tracer, below, after, _slacks(smooth, hit.point))
    lows: list[Vanishing] = []
    highs: list[Vanishing] = []
    for k, block in enumerate(smooth.shape.blocks):
        changes = [quantity for quantity in hit.quantities if quantity.index == k]
        for quantity in changes:
            lows.append(vanish("low", quantity.what, k, quantity.hyperplane, quantity.side or None, quantity.others))
        index = _index(below, after[k].block.face)
        if meets and changes:
            (wall, side), *others = ((q.hyperplane, "on" if block.gate[q.hyperplane] > 0 else "off") for q in changes)
            highs.append(vanish("high", "tau", index, wall, side, tuple(others)))
        elif changes:
            highs += [vanish("high", "gate", index, wall) for wall, _ in _left(changes)]
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
    walls = [(quantity.hyperplane, "") for quantity in changes] if meets else _left(changes)
    for wall, side in walls:
        gate[wall] = 0 if meets else (1 if side == "on" else -1)
    face, basis = complete_face(program, Face(sign=place.block.sign, gate=tuple(gate)), whole=place.block.paired)
    normals, fewer = program.hyperplanes.normals, place.block.face if meets else face
    kept = [normals[wall] for wall in fewer.zeros]
    apart = rank([*kept, *(normals[wall] for wall, _ in walls)]) - len(kept)
    if face.gate != tuple(gate) or rank(kept) < len(kept) or apart != 1 or (len(changes) > 1 and not meets):
        raise Lost("walls depend on one another where a neuron meets or leaves one")
    return replace(place, block=replace(place.block, gate=face.gate, basis=basis))


def _left(changes: Sequence[Quantity]) -> list[tuple[int, str]]:
    """Return the walls that a neuron leaves, with their sides."""
    return [one for quantity in changes for one in ((quantity.hyperplane, quantity.side), *quantity.others)]


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
