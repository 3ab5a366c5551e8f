"""Where the penalty of an event comes from: a record from which ``rx.refine`` computes more digits."""

from __future__ import annotations

from dataclasses import dataclass

from reluexact.errors import LimitReached
from reluexact.evidence.path import Link, Segment
from reluexact.model.dataset import Dataset
from reluexact.numbers.types import Bounds
from reluexact.prove.path.breakpoint import refined, richer
from reluexact.prove.path.segment import check_structure
from reluexact.prove.unproved import Unproved


@dataclass(frozen=True, slots=True, kw_only=True)
class EventPenalty:
    """The penalty of the event between two segments."""

    data: Dataset
    upper: Segment
    lower: Segment
    link: Link

    def enclosed(self, digits: int) -> Bounds:
        """Return bounds at most 10^-digits apart; LimitReached where none are proved."""
        upper, lower = (check_structure(self.data, segment) for segment in (self.upper, self.lower))
        try:
            return refined(*richer(upper, lower), self.link, 10 * digits // 3 + 8)
        except Unproved as problem:
            raise LimitReached(f"more digits of this penalty are not proved: {problem}") from None
