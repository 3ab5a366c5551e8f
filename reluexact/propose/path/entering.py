"""A neuron that enters on hyperplanes just where their multipliers are at a bound: on which of them it stays; in floats."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import product

import numpy as np

from reluexact.geometry.column import Face
from reluexact.propose.path.candidates import Watched, beyond, watched
from reluexact.propose.path.event import Event, vanish
from reluexact.propose.path.quantities import Quantity, quantities
from reluexact.propose.path.smooth import Smooth
from reluexact.propose.path.trace import Hit, Lost, Tracer
from reluexact.propose.types import Floats

BELOW = 1e-5
"""How far below an event, as a share of the penalty, the structure is tried."""
MOST = 3
"""So many hyperplanes of an entering neuron are tried on all sides."""
_ZERO = 1e-9
_NONE = 1e-12
_SAME = 1e-9

Enters = Callable[[Tracer, Smooth, Hit], Event]


def settled(tracer: Tracer, smooth: Smooth, hit: Hit, enters: Enters) -> Event:
    """Return the event of neurons that enter, with the gates that they have below it, and what vanishes there besides."""
    first = enters(tracer, smooth, hit)
    if first.kind != "enter" or not _vanishing(tracer, first):
        return first
    for neurons in _sides(tracer, smooth, hit):
        try:
            event = first if neurons == hit.neurons else enters(tracer, smooth, replace(hit, neurons=neurons))
        except Lost:
            continue
        followers = _followers(tracer, event)
        if event.kind == "enter" and followers is not None:
            more = tuple(vanish("high", q.what, q.index, q.hyperplane, q.side or None, q.others) for q in followers)
            return replace(event, vanishing_below=(*event.vanishing_below, *more))
    return first


def distinct(tracer: Tracer, smooth: Smooth, hit: Hit) -> Hit:
    """Take neurons of one sign and direction, seen on different sides of hyperplanes that they lie on, for one."""
    theta = smooth.theta(hit.point)
    kept: list[tuple[Watched, Floats]] = []
    for neuron in sorted(hit.neurons, key=lambda one: -len(one.face.zeros)):
        vector = neuron.vector(tracer.rows, theta)
        same = [np.linalg.norm(vector - other) < _SAME * hit.penalty for one, other in kept if one.face.sign == neuron.face.sign]
        if not any(same):
            kept.append((neuron, vector))
    return replace(hit, neurons=tuple(neuron for neuron, _ in kept))


def _vanishing(tracer: Tracer, event: Event) -> list[Quantity]:
    """Return what is 0 below an event beside the amounts that begin there."""
    named = {(item.what, item.index) for item in event.vanishing_below}
    known = quantities(tracer.smooth(event.below), event.start, event.penalty)
    return [one for one, value in known if abs(value) < _ZERO and (one.what, one.index) not in named]


def is_allowed(tracer: Tracer, event: Event) -> bool:
    """Say whether the structure below an event is one a little below it."""
    return _followers(tracer, event) is not None


def _followers(tracer: Tracer, event: Event) -> list[Quantity] | None:
    """Return what vanishes at the event and is positive below it; None where something is negative there."""
    smooth, penalty = tracer.smooth(event.below), event.penalty * (1 - BELOW)
    slope = smooth.slope(event.start, event.penalty)
    found = None if slope is None else smooth.solve(event.start - BELOW * event.penalty * slope, penalty)
    if found is None:
        return None
    values = dict(quantities(smooth, found, penalty))
    if min(values.values()) < -_NONE or beyond(tracer.program, tracer.rows, tracer.pricing, smooth, found, penalty):
        return None
    return [one for one in _vanishing(tracer, event) if values[one] > _NONE]


def _sides(tracer: Tracer, smooth: Smooth, hit: Hit) -> Iterator[tuple[Watched, ...]]:
    """Yield the entering neurons on all sides of the hyperplanes that one of them lies on, first as they are."""
    yield hit.neurons
    theta = smooth.theta(hit.point)
    for place, neuron in enumerate(hit.neurons):
        heights = tracer.rows.normals @ neuron.vector(tracer.rows, theta) / (tracer.rows.lengths * hit.penalty)
        walls = np.flatnonzero(np.abs(heights) < _ZERO).tolist()
        if len(walls) > MOST:
            continue
        for sides in product((0, 1, -1), repeat=len(walls)):
            gate = list(neuron.face.gate)
            for wall, side in zip(walls, sides, strict=True):
                gate[wall] = side
            found = watched(tracer.program, Face(sign=neuron.face.sign, gate=tuple(gate)))
            if found is not None and found.face != neuron.face:
                yield (*hit.neurons[:place], found, *hit.neurons[place + 1 :])
