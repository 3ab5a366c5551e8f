"""Bounds of the optimal value within some time: whatever was proposed, what can be proved of it until then.

A dual point that is long enough shorter is feasible, and its branch trees are then short: at first a single leaf does. So it is
scaled less and less down, until the time is over; each step that closes is a proof (the kind ``bound`` of CERTIFICATE.md).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from fractions import Fraction
from time import monotonic
from typing import Generic, TypeVar

from reluexact.budget import OutOfTime, check, spending
from reluexact.errors import LimitReached
from reluexact.evidence.bound import BoundProof
from reluexact.evidence.problem_bound import ProblemBound
from reluexact.numbers.types import Vector
from reluexact.propose.ladders import NUMERICAL
from reluexact.propose.schedule import Excesses

APART = 1 + Fraction(1, 1 << 44)
BITS = 80
_NODES = 1_000_000
B = TypeVar("B", BoundProof, ProblemBound)


class Climbing(ABC, Generic[B]):
    """Proves better and better lower bounds from one dual point, divided by less and less; it goes on where it stopped."""

    def __init__(self, theta: Vector) -> None:
        """Begin with a dual point that may exceed the penalty by any factor."""
        self._theta = theta
        self._steps = Excesses()

    def climb(self, bound: B, *, seconds: float | None = None, anew: bool = False, limit: int = _NODES) -> B:
        """Return the bound with the best lower end that is proved step by step.

        seconds: how long that may take; anew: beyond what is left of the time of the work (see :mod:`reluexact.budget`). limit:
        nodes of a branch tree; without ``seconds`` the answer depends on nothing else.
        """
        try:
            with spending(seconds, anew=anew):
                for better in self._proofs(bound, seconds, limit):
                    bound = better if better.lower > bound.lower else bound
        except (OutOfTime, *NUMERICAL):
            pass  # what is proved by now is all there is
        return bound

    def leap(self, bound: B, seconds: float) -> B:
        """Return the bound by the last step alone, where that closes in so many seconds: the point hardly exceeds the penalty."""
        try:
            with spending(seconds):
                while any(self._theta):
                    found = self._proof(bound, self._steps.nearly, _NODES)
                    if isinstance(found, BoundProof | ProblemBound):
                        return found if found.lower > bound.lower else bound
                    self._steps.exceeded(found)
        except (LimitReached, OutOfTime, *NUMERICAL):
            pass  # the bound stays as it is
        return bound

    def _proofs(self, bound: B, seconds: float | None, limit: int) -> Iterator[B]:
        """Yield bounds; a single leaf does for the first, in no time. Trees that take too long are left for coarser ones."""
        steps = self._steps
        if not any(self._theta):
            return
        if steps.known:
            steps.again()
        else:
            steps.begin(self._root())
        while steps.more():
            started = monotonic()
            try:
                with spending(steps.share(seconds), anew=steps.first):
                    found = self._proof(bound, steps.excess, limit)
            except (LimitReached, OutOfTime):
                check()
                steps.stopped()
            else:
                if isinstance(found, BoundProof | ProblemBound):
                    steps.proved()
                    yield found
                else:
                    steps.exceeded(found)
            seconds = None if seconds is None else seconds - (monotonic() - started)

    @abstractmethod
    def _root(self) -> float:
        """Return a factor that the point, divided by it, needs a single leaf for."""

    @abstractmethod
    def _proof(self, bound: B, excess: Fraction, limit: int) -> B | float:
        """Return the bound by the dual point divided by its excess, or by how much it exceeds the penalty at least."""
