"""Who watches the work on one problem: keeps the best that was proposed, and proves bounds from it when the work is stopped."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from fractions import Fraction
from time import monotonic

from reluexact.budget import Interrupted, spending
from reluexact.errors import LimitReached
from reluexact.evidence.bound import BoundProof
from reluexact.model.dataset import Dataset
from reluexact.numbers.decimals import bounds_text
from reluexact.numbers.types import Vector
from reluexact.progress import Progress, Stage, Unseen
from reluexact.propose.candidates import Candidate
from reluexact.propose.network import proposed_network
from reluexact.propose.schedule import LAST_SECONDS, Turns
from reluexact.search.anytime import Ladder, least_bound, with_network
from reluexact.search.bound import prove_bound


class Watch:
    """Hears of proposals (:meth:`found`) and of stages (:meth:`report`), which it hands on with what is proved so far."""

    def __init__(self, data: Dataset, penalty: Fraction, progress: Progress | None) -> None:
        """Begin with what is known without work."""
        self.best = least_bound(data, penalty)
        self._progress = progress
        self._lowest: Candidate | None = None
        self._nearest: Candidate | None = None
        self._fresh = {"lowest": False, "nearest": False}
        self._ladder: Ladder | None = None
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
        """Keep a proposal: the one with the best network, and the one with the smallest gap."""
        data = self.best.data
        if isinstance(proposal, BoundProof):
            self._join(proposal)
            return
        if not isinstance(proposal, Candidate) or len(proposal.residual) != data.n:
            return
        if any(len(weights) != data.d for weights in proposal.weights[:1]):
            return
        if self._lowest is None or proposal.value < self._lowest.value:
            self._lowest, self._fresh["lowest"] = proposal, True
        if self._nearest is None or proposal.gap < self._nearest.gap:
            self._nearest, self._fresh["nearest"] = proposal, True

    def _join(self, bound: BoundProof) -> None:
        """Keep the better end of two proved bounds of the same problem."""
        if bound.lower > self.best.lower:
            self.best = replace(bound, network=self.best.network, upper=self.best.upper)
        self.best = with_network(self.best, bound.network)

    def report(self, stage: str) -> None:
        """Hand on a stage with what is proved so far; now and then prove more."""
        if self._progress is None:
            return
        self._go_on()
        done, total = (stage.done, stage.total) if isinstance(stage, Stage) else (None, None)
        known = self.known()
        self._progress(Stage(f"{stage}; {known}" if known else stage, done=done, total=total, proved=known))

    def settled(self, proposal: Candidate) -> None:
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
        best = self.best
        return bounds_text(best.lower, best.upper) if best.lower or best.network.output else ""

    def bound(self) -> BoundProof:
        """Return the best bounds, whatever time the work had: some more is spent on them."""
        with spending(anew=True):
            self._update(LAST_SECONDS, anew=True)
        return self.best

    def bound_within(self, limit: int) -> BoundProof:
        """Return the best bounds that branch trees of so many nodes prove, however quick the machine is."""
        data, penalty, theta = self.best.data, self.best.penalty, self._residual()
        bound = least_bound(data, penalty)
        if self._lowest is not None:
            bound = with_network(bound, proposed_network(data, penalty, self._lowest))
        try:
            return prove_bound(data, penalty, residual=theta, network=bound.network, limit=limit)
        except LimitReached:
            return Ladder(data, penalty, theta).climb(bound, limit=limit)

    def _update(self, seconds: float, *, anew: bool = False) -> None:
        """Prove what the latest proposals give; a network costs little, so it comes first."""
        if self._lowest is not None and self._fresh["lowest"]:
            self.best = with_network(self.best, proposed_network(self.best.data, self.best.penalty, self._lowest))
            self._fresh["lowest"] = False
        if self._ladder is None or self._fresh["nearest"]:
            self._ladder, self._fresh["nearest"] = Ladder(self.best.data, self.best.penalty, self._residual()), False
        if self._settled and not anew:
            self.best = self._ladder.leap(self.best, seconds)
        else:
            self.best = self._ladder.climb(self.best, seconds=seconds, anew=anew)

    def _residual(self) -> Vector:
        """Return the dual point to begin with; that of the zero network where nothing is proposed yet."""
        data = self.best.data
        return data.y if self._nearest is None else tuple(Fraction(entry) for entry in self._nearest.residual)
