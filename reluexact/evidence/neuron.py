"""An optimal neuron, as claims list it."""

from __future__ import annotations

from dataclasses import dataclass

from reluexact.geometry.signs import Signs, sign_text, zeros
from reluexact.numbers.real import Real
from reluexact.public import Formula


@dataclass(frozen=True, slots=True, kw_only=True)
class Neuron(Formula):
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
