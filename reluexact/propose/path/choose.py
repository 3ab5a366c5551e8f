"""Which of the things that vanish at nearly one penalty comes first: their places to many digits decide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from reluexact.numbers.linalg import dot, rank
from reluexact.propose.path.entering import distinct
from reluexact.propose.path.event import Event
from reluexact.propose.path.events import event_of
from reluexact.propose.path.place import BITS, exact_start, place_of
from reluexact.propose.path.quantities import Quantity
from reluexact.propose.path.smooth import Smooth
from reluexact.propose.path.trace import Hit, Lost, Tracer
from reluexact.prove.unproved import Unproved

_TOGETHER = Fraction(1, 1 << BITS // 2)
_AROUND = 1e-6


def first_of(tracer: Tracer, smooth: Smooth, hit: Hit, before: Fraction | None) -> Event:
    """Return the event with the greatest penalty below that of the event before; raises Lost where there is none."""
    hit = distinct(tracer, smooth, hit)
    located = [event for part in _parts(tracer, smooth, hit) if (event := _located(tracer, smooth, part)) is not None]
    late = [(event, event.place) for event in located if _is_later(event.place, before)]
    if not late:
        raise Lost("no event can be located where floats see one")
    top = max(place for _, place in late if place is not None)
    together = [event for event, place in late if place is not None and top - place <= _TOGETHER * top]
    if len(together) == 1:
        return together[0]
    return _joint(tracer, smooth, hit, together)


def _is_later(place: Fraction | None, before: Fraction | None) -> bool:
    return place is not None and (before is None or before - place > _TOGETHER * before)


def _parts(tracer: Tracer, smooth: Smooth, hit: Hit) -> Iterator[Hit]:
    """Yield what may be one event each."""
    split = tuple(quantity for quantity in hit.quantities if quantity.what in ("partner", "above"))
    if split:
        yield replace(hit, quantities=split, neurons=())
    for group in _alike(tracer, smooth, [quantity for quantity in hit.quantities if quantity not in split]):
        yield replace(hit, quantities=group, neurons=())
    if len(hit.neurons) > 1:
        yield replace(hit, quantities=())
    for neuron in hit.neurons:
        yield replace(hit, quantities=(), neurons=(neuron,))


def _alike(tracer: Tracer, smooth: Smooth, known: Sequence[Quantity]) -> Iterator[tuple[Quantity, ...]]:
    """Yield quantities each on its own, but heights of one neuron that are multiples of one another together."""
    rest = list(known)
    while rest:
        first = rest[0]
        same = [one for one in rest if one == first or (one.what == "gate" and _multiples(tracer, smooth, first, one))]
        rest = [one for one in rest if one not in same]
        yield tuple(same)


def _multiples(tracer: Tracer, smooth: Smooth, one: Quantity, other: Quantity) -> bool:
    """Say whether the heights of a neuron over two hyperplanes are multiples of one another."""
    if (one.what, one.index) != ("gate", other.index):
        return False
    basis, normals = smooth.shape.blocks[one.index].basis, tracer.program.hyperplanes.normals
    return rank([[dot(normals[wall], vector) for vector in basis] for wall in (one.hyperplane, other.hyperplane)]) == 1


def _located(tracer: Tracer, smooth: Smooth, hit: Hit) -> Event | None:
    """Return the event of a hit with its exact place; None where it has none."""
    try:
        event = event_of(tracer, smooth, hit)
        if len(event.watched_above) > 1 and len(event.vanishing_below) > 1:  # neurons that enter together are joined later
            return None
        return placed(tracer, event)
    except (Lost, Unproved, ArithmeticError, ValueError):
        return None


def placed(tracer: Tracer, event: Event) -> Event | None:
    """Return an event with its exact place; None where Newton's method does not settle there."""
    if event.kind == "shares":
        return replace(event, place=Fraction(event.penalty))
    shape, vanishing = event.richer
    start = exact_start(tracer.smooth(shape), event.point)
    found = place_of(tracer.program.data, shape, vanishing[0], start, event.penalty)
    if found is None or abs(float(found[0]) - event.penalty) > _AROUND * event.penalty:
        return None
    return replace(event, place=found[0], solution=found[1])


def _joint(tracer: Tracer, smooth: Smooth, hit: Hit, together: list[Event]) -> Event:
    """Return the event of all that vanishes at one penalty, to all digits."""
    whole = [event for event in together if event.kind == "pairing-begins"]
    if whole:
        return whole[0]
    quantities = tuple(dict.fromkeys(q for event in together for q in hit.quantities if _names(event, q)))
    neurons = tuple(n for n in hit.neurons if any(n.face == w.face for event in together for w in event.watched_above))
    found = placed(tracer, event_of(tracer, smooth, replace(hit, quantities=quantities, neurons=neurons)))
    if found is None:
        raise Lost("several events at one penalty cannot be located")
    return found


def _names(event: Event, quantity: object) -> bool:
    wanted = (getattr(quantity, "what", None), getattr(quantity, "index", None), getattr(quantity, "hyperplane", None))
    return any((v.what, v.index, -1 if v.hyperplane is None else v.hyperplane) == wanted for v in event.vanishing_above)
