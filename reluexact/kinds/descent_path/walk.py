"""The search for a way down among proved networks: straight to the global optimum, or over optima of sub-sampled programs.

The walk. Let T be a minimal representation of the optimum of some columns, at most n neurons, B a set of columns that carries it.
While the network is not the global optimum, one of the columns c that carry the global optimum exceeds the penalty at T
(otherwise T would be an optimum of the program of B and these columns, whose value is the global one). The optimum of B + {c} is
lower; a minimal representation of it has at most |B| neurons in slots that are taken, and one in a slot of its own. So |B| + 1
slots are enough, there are finitely many values, and the walk ends at the global optimum: from width n + 1 on it always does,
and there is no spurious valley. With fewer slots it may get stuck; then other columns are tried: those round a neuron on a
hyperplane, which need no slot, other columns above the penalty, and other minimal representations.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from reluexact.budget import OutOfTime
from reluexact.errors import LimitReached, message_of
from reluexact.evidence.column_supports import members
from reluexact.kinds.descent_path.interpolation import Router, carried
from reluexact.kinds.descent_path.piece import Piece
from reluexact.kinds.descent_path.target import Target, middle, sampled_target
from reluexact.kinds.descent_path.waypoint import Waypoint
from reluexact.kinds.optimal_set.vertex import Vertex
from reluexact.numbers.seconds import out_of_time
from reluexact.progress import Progress, Stage
from reluexact.prove.neurons import Unproved

TRIES, FEW_TRIES = 80, 20
"""Sub-sampled programs that are solved at most in one search; the few are for a goal that the width cannot reach."""

VERTICES = 64
"""Minimal representations of one network that are looked at in one step."""


@dataclass(slots=True, kw_only=True)
class Walk:
    """One search, depth first; ``stepwise`` adds one column at a time and does not jump to the goal.

    needed: the fewest slots with which the way from the start straight to the goal would fit. best: the pieces to the lowest
    network so far, reached: what is known of it. failures: why sub-sampled programs were given up.
    """

    router: Router
    goal: Target
    bits: int
    limit: int
    report: Progress
    stepwise: bool = False
    straight_only: bool = False
    most: int = TRIES
    tries: int = 0
    needed: int | None = None
    best: tuple[Piece, ...] = ()
    reached: Target | None = None
    failures: list[str] = field(default_factory=list)
    stopped: str = ""
    _targets: dict[int, Target | None] = field(default_factory=dict)
    _seen: set[tuple[tuple[object, ...], ...]] = field(default_factory=set)

    def run(self, start: Waypoint) -> bool:
        """Search from a rational network; ``best`` ends at the goal exactly when the answer is True."""
        try:
            return self._from(start, None, ())
        except OutOfTime as stop:
            self.stopped = out_of_time(stop)
            return False

    def _from(self, here: Waypoint, at: Target | None, trail: tuple[Piece, ...]) -> bool:
        if not self.best or (trail and middle(trail[-1].after.value) < middle(self.best[-1].after.value)):
            self.best, self.reached = trail, at
        if (not self.stepwise or not trail) and self._jump(here, trail):
            return True
        if self.straight_only:
            return False
        for mask in self._choices(here, at):
            target = self._target(mask)
            if target is None:
                continue
            for vertex in carried(target, mask)[:VERTICES]:
                piece = self.router.fit(here, target, vertex).piece
                if piece is None or not self._fresh(piece):
                    continue
                if target.is_global:
                    self.best = (*trail, piece)
                    return True
                if self._from(piece.after, target, (*trail, piece)):
                    return True
        return False

    def _jump(self, here: Waypoint, trail: tuple[Piece, ...]) -> bool:
        """Go straight to the goal if a minimal representation of it fits."""
        for vertex in self._goals(here):
            found = self.router.fit(here, self.goal, vertex)
            if not trail:
                self.needed = found.needed if self.needed is None else min(self.needed, found.needed)
            if found.piece is not None and not self.stepwise:
                self.best = (*trail, found.piece)
                return True
        return False

    def _goals(self, here: Waypoint) -> list[Vertex]:
        """Return minimal representations of the goal, those first that need the fewest new neurons."""
        known = set()
        for neuron in here.slots:
            if neuron is not None:
                around = set(self.router.around(neuron))
                known |= {k for k, mask in enumerate(self.goal.optimum.column_supports.classes) if around & set(members(mask))}
        order = sorted(self.goal.optimum.vertices, key=lambda v: (sum(k not in known for k in v.support), v.width, v.support))
        return order[:VERTICES]

    def _fresh(self, piece: Piece) -> bool:
        """Say whether this network is a new one in the search."""
        if piece.target is None:
            return False
        key = tuple((n.sign, n.gate, n.amount.low, *(v.low for v in n.vector)) for n in piece.after.slots if n is not None)
        if key in self._seen:
            return False
        self._seen.add(key)
        return True

    def _target(self, mask: int) -> Target | None:
        """Return the optimum of some columns, proved; the goal itself where it is the global one; None when it has no proof."""
        if mask not in self._targets:
            if self.tries >= self.most:
                return None
            self.tries += 1
            text = f"sub-sampled program {self.tries}, with {mask.bit_count()} columns"
            self.report(Stage(text, done=self.tries, total=self.most))
            self._targets[mask] = self._proved(mask)
        return self._targets[mask]

    def _proved(self, mask: int) -> Target | None:
        if self.goal.optimum.answers(mask):
            return self.goal
        try:
            return sampled_target(self.router.every, mask, bits=self.bits, limit=self.limit)
        except (Unproved, LimitReached) as problem:
            self.failures.append(message_of(problem))
            return None

    def _choices(self, here: Waypoint, at: Target | None) -> Iterator[int]:
        """Yield sets of columns to go to the optimum of: most new columns first."""
        own = [self.router.around(neuron) for neuron in here.slots if neuron is not None]
        base = [columns[0] for columns in own] if at is None else [_tight(columns, at) for columns in own]
        free = self.router.width - len(own)
        above = self.router.every.everything if at is None else at.optimum.above
        fresh = [] if free <= 0 else self._wanted(above & ~_mask(base))
        if fresh and not self.stepwise and free > 1:
            yield _mask([*base, *fresh[:free]])
        if at is None:
            yield _mask(base)
        for column in fresh:
            yield _mask([*base, column])
        for place, columns in enumerate(own):
            for column in columns:
                if column != base[place] and (at is None or above >> column & 1):
                    yield _mask([*base[:place], column, *base[place + 1 :]])
        if free > 0 and at is not None:
            for column in members(above):
                yield _mask([*base, column])

    def _wanted(self, above: int) -> list[int]:
        """Return one column of every neuron of the goal, among those above the penalty."""
        found = [next(members(mask & above), None) for mask in self.goal.optimum.column_supports.classes]
        return [column for column in found if column is not None]

    def is_local_minimum(self) -> bool:
        """Say whether the best network is known to be a local minimum among networks of its width.

        All its slots hold a neuron, and no column round a neuron exceeds the penalty, where all columns are known: then no
        one-sided derivative is negative, and nearby the objective is convex on each product of closed cells.
        """
        if self.reached is None or not self.router.complete or not self.best:
            return False
        slots = self.best[-1].after.slots
        around = [self.router.around(neuron) for neuron in slots if neuron is not None]
        above = self.reached.optimum.above
        return len(around) == self.router.width and not any(above >> column & 1 for columns in around for column in columns)


def _mask(columns: list[int]) -> int:
    mask = 0
    for column in columns:
        mask |= 1 << column
    return mask


def _tight(columns: tuple[int, ...], at: Target) -> int:
    """Return a column round a neuron that meets the penalty, which that of its own program does."""
    return next((column for column in columns if at.optimum.tight >> column & 1), columns[0])
