"""An optimal neuron, as claims list it."""

from __future__ import annotations

from dataclasses import dataclass

from reluexact.geometry.signs import Signs, sign_text, zeros
from reluexact.numbers.counts import counted, listed
from reluexact.numbers.real import Real
from reluexact.public import Formula, Tabular


@dataclass(frozen=True, slots=True, kw_only=True)
class Neuron(Formula, Tabular):
    """An optimal neuron: a direction that optimal networks may use.

    sign: of its output weight. direction: unit vector u, d Reals. gate: for every row of X the sign (-1, 0, 1) of ``x_i . u``.
    face: the rows with ``x_i . u = 0``. partner: index of the listed neuron of equal sign and opposite direction, or None.
    positive: whether some optimal network gives it a positive amount (None: not decided).
    amount: |w| |a| in ``Optimum.network``'s exact original, None when that network does not use the neuron.
    """

    sign: int
    direction: tuple[Real, ...]
    gate: Signs
    partner: int | None
    positive: bool | None
    amount: Real | None

    def __repr__(self) -> str:
        """Show sign, direction and amount."""
        amount = "amount 0" if self.amount is None else f"amount {self.amount!r}"
        on = f"on at {self.gate.count(1)} of {counted(len(self.gate), 'row')}"
        return f"Neuron({'+' if self.sign > 0 else '-'}, direction ({listed(self.direction, 4)}), {on}, {amount})"

    @property
    def paired(self) -> bool:
        """Say whether the opposite direction is an optimal neuron of the same sign, too."""
        return self.partner is not None

    @property
    def face(self) -> tuple[int, ...]:
        """Return the rows of X on whose hyperplane the neuron lies."""
        return zeros(self.gate)

    @property
    def pattern(self) -> str:
        """Return the gate as text, one of ``+ - 0`` per row of X."""
        return sign_text(self.gate)
