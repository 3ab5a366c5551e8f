"""One optimal network, chosen from all of them by a criterion."""

from __future__ import annotations

from dataclasses import dataclass

from reluexact.evidence.status import Status
from reluexact.numbers.counts import listed
from reluexact.numbers.real import Real
from reluexact.public import Formula, Tabular


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection(Formula, Tabular):
    """The optimal network that minimises (or maximises) a criterion over the whole polytope of amounts.

    status: PROVED, or UNDECIDED with the ``reason``; then ``value`` is None and ``amounts`` is empty. criterion: what was asked.
    value: the least (greatest) value of the criterion. amounts: where it is attained, one per optimal neuron. unique: whether it
    is attained nowhere else (None: not decided).
    """

    status: Status
    reason: str
    criterion: str
    value: Real | None
    amounts: tuple[Real, ...]
    unique: bool | None

    @property
    def support(self) -> tuple[int, ...]:
        """Return the neurons with a positive amount."""
        return tuple(k for k, amount in enumerate(self.amounts) if amount != 0)

    def __repr__(self) -> str:
        """Show what is known in one line."""
        if self.status is not Status.PROVED:
            return f"Selection({self.status.name}, {self.criterion}: {self.reason})"
        return f"Selection({self.status.name}, {self.criterion} = {self.value!r}, neurons {listed(self.support)})"
