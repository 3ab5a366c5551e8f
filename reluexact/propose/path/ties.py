"""Neurons that stay tight without an amount of their own: which there are beyond an event, and which optimal networks use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import combinations

import numpy as np

from reluexact.evidence.path import TieNeuron, WatchedNeuron
from reluexact.geometry.column import Face
from reluexact.geometry.polytope import BoundedSystem
from reluexact.geometry.simplex import maximum
from reluexact.model.dataset import Dataset
from reluexact.model.program import Program
from reluexact.numbers.linalg import dot, independent_rows, kernel, primitive
from reluexact.numbers.scalar import Scalar
from reluexact.numbers.types import Vector
from reluexact.propose.path.candidates import Watched, watched
from reluexact.propose.path.event import Event, vanish
from reluexact.propose.path.shape import Shape
from reluexact.propose.path.smooth import Rows, Smooth
from reluexact.propose.path.trace import Hit, Lost, Tracer
from reluexact.propose.types import Floats
from reluexact.prove.neurons import tight_direction
from reluexact.prove.path.identities import PathIdentities, path_identities
from reluexact.prove.path.system import Line, path_system
from reluexact.prove.path.ties import feature, is_tie, span

ZERO, ONE = Fraction(0), Fraction(1)
_BELOW, _NEAR, _RANK = 1e-3, 1e-8, 1e-7
_MOST = 64


def with_ties(tracer: Tracer, hit: Hit, event: Event) -> Event:
    """Return an event whose lower structure has its ties; those that the other structure has not are watched there."""
    above = event.above
    gone = [neuron.face for neuron in event.watched_below]
    candidates = [*(tie.face for tie in above.ties), *(neuron.face for neuron in hit.neurons), *gone]
    below = tied_shape(tracer, event.below, event.start, event.penalty, candidates)
    if not below.ties and not above.ties:
        return event
    lost = [_as_watched(tie) for tie in above.ties if tie.face not in below.faces]
    gained = [_as_watched(tie) for tie in below.ties if tie.face not in above.faces]
    return _watched_below(_watched_above(replace(event, below=below), gained), lost)


def _watched_above(event: Event, more: Iterable[WatchedNeuron]) -> Event:
    """Let the upper structure watch further neurons that become tight."""
    fresh = [one for one in more if one.face not in [known.face for known in event.watched_above]]
    places = range(len(event.watched_above), len(event.watched_above) + len(fresh))
    items = tuple(vanish("low", "watched", place) for place in places)
    return replace(event, watched_above=(*event.watched_above, *fresh), vanishing_above=(*event.vanishing_above, *items))


def _watched_below(event: Event, more: Iterable[WatchedNeuron]) -> Event:
    """Let the lower structure watch the ties that it has not, but no neuron that stays tight without an amount."""
    known = tuple(one for one in event.watched_below if one.face not in event.below.faces) + tuple(more)
    items = tuple(item for item in event.vanishing_below if item.what != "watched")
    items += tuple(vanish("high", "watched", place) for place in range(len(known)))
    return replace(event, watched_below=known, vanishing_below=items)


def _as_watched(tie: TieNeuron) -> WatchedNeuron:
    """Return a tie as a neuron that is watched where it is not tight."""
    return WatchedNeuron(sign=tie.sign, gate=tie.gate, basis=tie.basis)


def tied_shape(tracer: Tracer, shape: Shape, start: Floats, penalty: float, faces: Iterable[Face]) -> Shape:
    """Return a structure with the ties among some faces, of which optimal networks use those with a positive weight."""
    shape = replace(shape, ties=(), apart=())
    wanted = [face for face in dict.fromkeys(faces) if face not in shape.faces]
    near = [face for face in wanted if _stays(tracer, tracer.smooth(shape), start, penalty, face)]
    if not near:
        return shape
    system = path_system(tracer.program.data, shape.blocks, shape.lineality, Line(middle=ONE, half=ZERO))
    identities = path_identities(system)
    found = [tie for face in near if (tie := tie_on(tracer.program, face, identities)) is not None]
    return weighed(tracer.program.data, replace(shape, ties=tuple(sorted(found, key=lambda tie: tie.face.order))))


def _stays(tracer: Tracer, smooth: Smooth, start: Floats, penalty: float, face: Face) -> bool:
    """Say whether a neuron has the length of the penalty a little below an event, too; in floats."""
    known, below = watched(tracer.program, face), penalty * (1 - _BELOW)
    slope = smooth.slope(start, penalty)
    z = None if slope is None else smooth.solve(start + (below - penalty) * slope, below)
    if known is None or z is None:
        return False
    return abs(float(np.linalg.norm(known.vector(tracer.rows, smooth.theta(z)))) / below - 1) < _NEAR


def tie_on(program: Program, face: Face, identities: PathIdentities) -> TieNeuron | None:
    """Return the neuron of a face with the ray that the identities give its direction; None where they give none."""
    known = watched(program, face)
    if known is None:
        return None
    entries: list[Fraction] = []
    radicand = 0
    for line in tight_direction(program, known.face, known.basis):
        value = identities.exact(line)
        if value is None or value.constant or value.drift or len(value.root.terms) > 1:
            return None
        ((q, entry),) = value.root.terms or ((radicand, ZERO),)
        if radicand not in (0, q):
            return None
        radicand = q
        entries.append(entry)
    if not any(entries):
        return None
    tie = TieNeuron(sign=face.sign, gate=known.face.gate, basis=known.basis, ray=primitive(entries))
    return tie if is_tie(program, tie, identities) else None


def weighed(data: Dataset, shape: Shape) -> Shape:
    """Give the ties that optimal networks can use positive weights, and say what sets the others apart."""
    more = span(data, shape.blocks, shape.lineality, rays=False)
    functions = kernel(more, width=data.n)
    features = [feature(data, tie) for tie in shape.ties]
    rows = [[dot(function, line) for line in features] for function in functions]
    chosen = independent_rows(rows) if rows else ()
    if not chosen:
        return shape
    system = BoundedSystem.of(
        [[rows[i][g] for i in chosen] for g in range(len(features))], [0] * len(chosen), [1] * len(features)
    )
    weights, apart = [ZERO] * len(features), [ZERO] * data.n
    for g in range(len(features)):
        best = maximum(system, tuple(Scalar.of(int(g == h)) for h in range(len(features))))
        if best is None or best.value.rational is None:
            raise Lost("the ties that optimal networks use are not known")
        if best.value.rational > 0:
            weights = [a + b for a, b in zip(weights, _rational(best.at.point), strict=True)]
        else:
            for i, factor in zip(chosen, _rational(best.multipliers), strict=True):
                apart = [a + factor * b for a, b in zip(apart, functions[i], strict=True)]
    ties = tuple(replace(tie, weight=weight) for tie, weight in zip(shape.ties, weights, strict=True))
    return replace(shape, ties=ties, apart=tuple(apart) if not all(weights) else ())


def _rational(values: Sequence[Scalar]) -> Vector:
    found = [value.rational for value in values if value.rational is not None]
    if len(found) < len(values):
        raise Lost("the ties that optimal networks use are not known")
    return tuple(found)


def independent_choices(smooth: Smooth, rows: Rows, hit: Hit) -> Iterator[tuple[Watched, ...]]:
    """Yield sets of neurons that enter, whose features are independent of all that have amounts: the larger first, then rays."""
    theta = smooth.theta(hit.point)
    base = _features(smooth, hit.point)
    features = [rows.strictly_on(one.face.gate) * (rows.X @ one.vector(rows, theta)) for one in hit.neurons]
    order = sorted(range(len(features)), key=lambda k: len(hit.neurons[k].basis))
    tried = 0
    for size in range(len(order) - 1, 0, -1):
        for chosen in combinations(order, size):
            if _independent(np.vstack([base, *(features[k] for k in chosen)])):
                tried += 1
                yield tuple(hit.neurons[k] for k in sorted(chosen))
            if tried == _MOST:
                return


def is_independent(tracer: Tracer, event: Event) -> bool:
    """Say whether the features of the structure below an event are independent; in floats."""
    return _independent(_features(tracer.smooth(event.below), event.start))


def _features(smooth: Smooth, z: Floats) -> Floats:
    known = [block.own @ z[piece] for block, piece in zip(smooth.blocks, smooth.slices, strict=True)]
    return np.array([*known, *smooth.free.T]).reshape(-1, len(smooth.rows.y))


def _independent(lines: Floats) -> bool:
    unit = lines / np.linalg.norm(lines, axis=1, keepdims=True)
    return len(lines) <= lines.shape[1] and bool(np.linalg.svd(unit, compute_uv=False)[-1] > _RANK)


def grows(tracer: Tracer, event: Event) -> bool:
    """Say whether the amounts that begin at an event grow as the penalty falls; in floats."""
    smooth = tracer.smooth(event.below)
    slope = smooth.slope(event.start, event.penalty)
    if slope is None:
        return False
    least = _RANK * float(np.max(np.abs(slope[smooth.count :]), initial=0.0))
    items = [item for item in event.vanishing_below if item.what == "amount"]
    return all(slope[smooth.amount(item.index)] < -least for item in items)
