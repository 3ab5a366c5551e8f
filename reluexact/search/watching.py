"""Who watches the work on one problem: keeps the best that was proposed, and proves bounds from it when the work is stopped."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from time import monotonic
from typing import Generic, TypeVar

from reluexact.budget import Interrupted, OutOfTime, check, spending
from reluexact.numbers.decimals import bounds_text
from reluexact.progress import Progress, Stage, Unseen
from reluexact.propose.schedule import LAST_SECONDS, Turns
from reluexact.search.climbing import B, Climbing

C = TypeVar("C")
"""What is proposed."""


class Watching(ABC, Generic[B, C]):
    """Hears of proposals (:meth:`found`) and of stages (:meth:`report`), which it hands on with what is proved so far."""

    def __init__(self, least: B, progress: Progress | None) -> None:
        """Begin with what is known without work."""
        self.best: B = least
        self._least: B = least
        self._progress = progress
        self._lowest: C | None = None
        self._nearest: C | None = None
        self._fresh = {"lowest": False, "nearest": False}
        self._ladder: Climbing[B] | None = None
        self._begun, self._turns, self._settled = monotonic(), Turns(seen=not isinstance(progress, Unseen)), False

    @contextmanager
    def over(self, seconds: float | None) -> Iterator[None]:
        """Watch what runs inside, for so many seconds at most; an interrupt (Ctrl-C) leaves with the bounds that are proved."""
        heard = None if self._progress is None else self.report
        try:
            with spending(seconds, progress=heard, found=self.found):
                yield
        except Interrupted:
            raise
        except KeyboardInterrupt:
            raise Interrupted(self.bound()) from None

    def found(self, proposal: object) -> None:
        """Keep a proposal: the one with the best network, and the one whose dual point is best; or join proved bounds."""
        if isinstance(proposal, type(self._least)):
            self._join(proposal)
            return
        candidate = self._own(proposal)
        if candidate is None:
            return
        if self._lowest is None or self._is_lower(candidate, self._lowest):
            self._lowest, self._fresh["lowest"] = candidate, True
        if self._nearest is None or self._is_nearer(candidate, self._nearest):
            self._nearest, self._fresh["nearest"] = candidate, True

    def _join(self, bound: B) -> None:
        """Keep the better end of two proved bounds of the same problem."""
        if bound.lower > self.best.lower:
            self.best = replace(bound, network=self.best.network, upper=self.best.upper)
        if bound.upper < self.best.upper:
            self.best = replace(self.best, network=bound.network, upper=bound.upper)

    def report(self, stage: str) -> None:
        """Hand on a stage with what is proved so far; now and then prove more."""
        if self._progress is None:
            return
        self._go_on()
        done, total = (stage.done, stage.total) if isinstance(stage, Stage) else (None, None)
        known = self.known()
        self._progress(Stage(f"{stage}; {known}" if known else stage, done=done, total=total, proved=known))

    def settled(self, proposal: object) -> None:
        """Hear that nothing better will be proposed."""
        self.found(proposal)
        self._settled = True

    def _go_on(self) -> None:
        """Prove more if it is time for it."""
        started = monotonic()
        seconds = self._turns.next(started - self._begun, settled=self._settled)
        if seconds:
            self._update(seconds)
            self._turns.spent(monotonic() - started)

    def known(self) -> str:
        """Say what is proved; empty where that takes no work."""
        return "" if self.best is self._least else bounds_text(self.best.lower, self.best.upper)

    def bound(self) -> B:
        """Return the best bounds, whatever time the work had: some more is spent on them."""
        with spending(anew=True):
            self._update(LAST_SECONDS, anew=True)
        return self.best

    def _update(self, seconds: float, *, anew: bool = False) -> None:
        """Prove what the latest proposals give; a network costs little, so it comes first."""
        if self._lowest is not None and self._fresh["lowest"]:
            self.best = self._with_network(self.best, self._lowest)
            self._fresh["lowest"] = False
        if self._ladder is None or self._fresh["nearest"]:
            try:
                with spending(seconds, anew=anew):
                    self._ladder, self._fresh["nearest"] = self._new_ladder(), False
            except OutOfTime:  # already what a view of each row takes is too long
                check()
                return
        if self._settled and not anew:
            self.best = self._ladder.leap(self.best, seconds)
        else:
            self.best = self._ladder.climb(self.best, seconds=seconds, anew=anew)

    @abstractmethod
    def bound_within(self, limit: int) -> B:
        """Return the best bounds that branch trees of so many nodes prove, however quick the machine is."""

    @abstractmethod
    def _own(self, proposal: object) -> C | None:
        """Return a proposal if it is one for this problem."""

    @abstractmethod
    def _is_lower(self, one: C, other: C) -> bool:
        """Say whether the network of one is better."""

    @abstractmethod
    def _is_nearer(self, one: C, other: C) -> bool:
        """Say whether the dual point of one is better."""

    @abstractmethod
    def _with_network(self, bound: B, candidate: C) -> B:
        """Return the bound with a network where that is better."""

    @abstractmethod
    def _new_ladder(self) -> Climbing[B]:
        """Return the ladder of the best dual point; that of the zero network where nothing is proposed yet."""
