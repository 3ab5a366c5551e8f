"""An optimum that a theorem gives in closed form, or why none does."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from reluexact.evidence.neuron import Neuron
from reluexact.model.dataset import Dataset
from reluexact.numbers.counts import counted
from reluexact.numbers.real import Real
from reluexact.public import Formula, Tabular


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """What a theorem asks of the data: the name of the theorem, whether its condition holds, and what shows that it does not."""

    theorem: str
    holds: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Theorem(Formula, Tabular):
    """The optimum over networks of every width by a theorem; the objective is that of :mod:`reluexact.model.network`.

    name: of the theorem that applies, None where none does; then value is None, and neurons and residual are empty.
    source: paper and statement. conditions: every theorem that was tried, in order, up to the one that applies.
    value: the optimal objective. neurons: the only ones that optimal networks use, with the amounts ``|w| |a|`` of the optimum,
    which is unique. residual: y - fit. Numbers are sums of square roots, or enclosures where a theorem asks for the root of an
    equation.
    """

    data: Dataset
    penalty: Fraction
    name: str | None
    source: str
    conditions: tuple[Condition, ...]
    value: Real | None
    neurons: tuple[Neuron, ...]
    residual: tuple[Real, ...]

    @property
    def applies(self) -> bool:
        """Say whether some theorem gives the optimum."""
        return self.name is not None

    def __repr__(self) -> str:
        """Show the theorem and the value."""
        if self.name is None:
            return f"Theorem(none of {counted(len(self.conditions), 'theorem')} applies)"
        return f"Theorem({self.name}, value={self.value!r}, {counted(len(self.neurons), 'neuron')})"
