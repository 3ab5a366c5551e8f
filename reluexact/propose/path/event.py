"""An event of the path as it is proposed: the structures above and below it, and what vanishes in each."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from reluexact.evidence.path import Vanishing, WatchedNeuron
from reluexact.numbers.types import Vector
from reluexact.propose.path.shape import Shape
from reluexact.propose.types import Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event, going down in the penalty.

    kind: as in :class:`reluexact.evidence.path.Link`, or ``shares`` where the pairs are only divided anew. above, below:
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


def vanish(
    end: str,
    what: str,
    index: int,
    hyperplane: int | None = None,
    side: str | None = None,
    others: tuple[tuple[int, str], ...] = (),
) -> Vanishing:
    """Spell a quantity that vanishes."""
    return Vanishing(end=end, what=what, index=index, hyperplane=hyperplane, side=side, others=others)
