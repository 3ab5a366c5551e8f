"""Who watches the work on a problem of the short form."""

from __future__ import annotations

from fractions import Fraction

from reluexact.evidence.bound import BoundProof
from reluexact.model.dataset import Dataset
from reluexact.numbers.types import Vector
from reluexact.progress import Progress
from reluexact.propose.candidates import Candidate
from reluexact.propose.ladders import CLOSE
from reluexact.propose.network import proposed_network
from reluexact.search.anytime import Ladder, least_bound, with_network
from reluexact.search.watching import Watching


class Watch(Watching[BoundProof, Candidate]):
    """Watches the short form; a proposal is a candidate of column generation."""

    def __init__(self, data: Dataset, penalty: Fraction, progress: Progress | None) -> None:
        """Begin with what is known without work."""
        super().__init__(least_bound(data, penalty), progress)

    def bound_within(self, limit: int) -> BoundProof:
        """Return the best bounds that branch trees of so many nodes prove, however quick the machine is."""
        data, penalty, theta = self.best.data, self.best.penalty, self._residual()
        bound = least_bound(data, penalty)
        if self._lowest is not None:
            bound = self._with_network(bound, self._lowest)
        return Ladder(data, penalty, theta).climb(bound, limit=limit)

    def _own(self, proposal: object) -> Candidate | None:
        data = self.best.data
        if not isinstance(proposal, Candidate) or len(proposal.residual) != data.n:
            return None
        return None if any(len(weights) != data.d for weights in proposal.weights[:1]) else proposal

    def _is_lower(self, one: Candidate, other: Candidate) -> bool:
        return one.value < other.value

    def _is_nearer(self, one: Candidate, other: Candidate) -> bool:
        return one.gap < max(other.gap, CLOSE)  # of two that look optimal the later one knows more

    def _with_network(self, bound: BoundProof, candidate: Candidate) -> BoundProof:
        return with_network(bound, proposed_network(bound.data, bound.penalty, candidate))

    def _new_ladder(self) -> Ladder:
        return Ladder(self.best.data, self.best.penalty, self._residual())

    def _residual(self) -> Vector:
        """Return the dual point to begin with; that of the zero network where nothing is proposed yet."""
        data = self.best.data
        return data.y if self._nearest is None else tuple(Fraction(entry) for entry in self._nearest.residual)
