"""Walk down the path: one structure after another, from the greatest penalty to a low one; in floats."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from reluexact.numbers.types import Vector
from reluexact.propose.path.candidates import beyond
from reluexact.propose.path.choose import first_of
from reluexact.propose.path.event import Event
from reluexact.propose.path.place import exact_start
from reluexact.propose.path.shape import Shape
from reluexact.propose.path.smooth import Smooth
from reluexact.propose.path.trace import Hit, Lost, Reached, Tracer, Trail
from reluexact.propose.types import Floats

_TIGHT = -1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """One structure between two penalties; trail: solutions on the way; event: what ends it below, None at the lowest penalty."""

    smooth: Smooth
    trail: Trail
    event: Event | None

    @property
    def shape(self) -> Shape:
        """Return the structure."""
        return self.smooth.shape

    def near(self, place: Fraction) -> Vector | None:
        """Return about the solution at a penalty within, for the proof; None where floats fail."""
        penalty = float(place)
        above = [place for place, (known, _) in enumerate(self.trail) if known >= penalty]
        k = min(max(above, default=0), max(0, len(self.trail) - 2))
        (high, up), (low, down) = self.trail[k], self.trail[min(k + 1, len(self.trail) - 1)]
        share = (penalty - low) / (high - low) if high > low else 0.0
        found = self.smooth.solve(share * up + (1 - share) * down, penalty)
        return None if found is None else exact_start(self.smooth, found)


def first(tracer: Tracer, greatest: Fraction) -> Event:
    """Return the first event, at the greatest penalty."""
    penalty = float(greatest)
    nothing = tracer.smooth(Shape(blocks=()))
    found = beyond(tracer.program, tracer.rows, tracer.pricing, nothing, np.zeros(0), penalty, excess=_TIGHT)
    if not found:
        raise Lost("floats see no neuron at the greatest penalty")
    hit = Hit(penalty=penalty, point=np.zeros(0), quantities=(), neurons=tuple(found))
    return first_of(tracer, nothing, hit, None)


def stretch(tracer: Tracer, event: Event, low: Fraction) -> Stretch:
    """Return the structure below an event, down to the next event or to ``low``; raises Lost where floats lose the path."""
    return continued(tracer, tracer.smooth(event.below), event.start, (event.penalty, event.place), low)


def continued(tracer: Tracer, smooth: Smooth, start: Floats, at: tuple[float, Fraction | None], low: Fraction) -> Stretch:
    """Return a structure from a penalty (and exactly, where an event is) down; raises Lost."""
    penalty, place = at
    top = smooth.solve(start, penalty)
    if top is None:
        raise Lost("Newton's method does not settle on the structure beyond an event")
    found = tracer.follow(smooth, top, penalty, float(low))
    event = None if isinstance(found, Reached) else first_of(tracer, smooth, found, place)
    return Stretch(smooth=smooth, trail=found.trail, event=event)
