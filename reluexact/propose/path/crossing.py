"""A neuron that crosses a hyperplane whose kink is 0 there, without staying on it; in floats."""

from __future__ import annotations

from dataclasses import replace

from reluexact.evidence.path import Vanishing
from reluexact.geometry.column import Face
from reluexact.propose.path.entering import is_allowed
from reluexact.propose.path.event import Event, vanish
from reluexact.propose.path.pairing import places, shape_of, unknowns
from reluexact.propose.path.quantities import Quantity, quantities
from reluexact.propose.path.smooth import Smooth
from reluexact.propose.path.trace import Hit, Lost, Tracer
from reluexact.prove.structure import complete_face

_ZERO = 1e-9


def crossed(tracer: Tracer, smooth: Smooth, hit: Hit, meets: Event) -> Event | None:
    """Return the event at which the neuron of the one gate that vanishes crosses its hyperplane; None where it does not.

    meets: the event at which it would stay there. It may cross only where both bounds of the multiplier are 0.
    """
    if len(hit.quantities) != 1 or meets.vanishing_below[0].others:
        return None
    (gate,) = hit.quantities
    values = dict(quantities(tracer.smooth(meets.below), meets.start, meets.penalty))
    stay = meets.vanishing_below[0]
    bounds = [values.get(Quantity("tau", stay.index, gate.hyperplane, side), 1.0) for side in ("off", "on")]
    if max(map(abs, bounds)) > _ZERO:
        return None
    known = places(smooth, hit.point)
    block = known[gate.index].block
    turned = list(block.gate)
    turned[gate.hyperplane] *= -1
    face, basis = complete_face(tracer.program, Face(sign=block.sign, gate=tuple(turned)), whole=block.paired)
    if face.gate != tuple(turned) or block.paired:
        raise Lost("a neuron crosses a hyperplane where its span changes")
    known[gate.index] = replace(known[gate.index], block=replace(block, gate=face.gate, basis=basis))
    below = shape_of(place.block for place in known)
    start = unknowns(tracer, below, known, hit.point[smooth.count + len(smooth.blocks) :])
    index = next(k for k, one in enumerate(below.blocks) if one.face == face)
    item: Vanishing = vanish("low", "gate", gate.index, gate.hyperplane)
    event = Event(
        kind="cross",
        penalty=hit.penalty,
        above=smooth.shape,
        below=below,
        vanishing_above=(item,),
        vanishing_below=(replace(item, end="high", index=index),),
        rich="above",
        point=hit.point,
        start=start,
    )
    return event if is_allowed(tracer, event) else None
