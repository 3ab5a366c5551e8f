"""The answer to a question about a given network, with what speaks against it."""

from __future__ import annotations

from dataclasses import dataclass

from reluexact.evidence.status import Status
from reluexact.numbers.real import Real
from reluexact.public import Formula, Tabular


@dataclass(frozen=True, slots=True, kw_only=True)
class ViolatedCondition:
    """One condition of an optimal network that fails.

    condition: ``balance``, ``fit``, ``neuron``, ``cone`` or ``amounts``. text: what fails, where, with the numbers. neurons:
    the neurons of the network that are concerned. row: the row of the data, for ``fit``. nearest: for ``neuron`` the index of
    the nearest listed neuron of equal sign, if any. difference: how far off it is (|w|^2 - a^2, fit_i - optimal fit_i, or the
    distance of unit vectors).
    """

    condition: str
    text: str
    neurons: tuple[int, ...] = ()
    row: int | None = None
    nearest: int | None = None
    difference: Real | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict(Formula, Tabular):
    """Whether a network is a global optimum.

    status: PROVED (it is), REFUTED (it is not) or UNDECIDED. statement: what was asked. reason: the first condition that fails,
    in words; for UNDECIDED what could not be settled. witness: that condition. violated: all conditions that are known to fail.
    excess: the network's objective minus the optimal value.
    """

    status: Status
    statement: str
    reason: str
    witness: ViolatedCondition | None
    violated: tuple[ViolatedCondition, ...]
    excess: Real

    def __repr__(self) -> str:
        """Show the answer in one line."""
        return f"Verdict({self.status.name}: {self.reason})"
