"""Rows of one feature and their dual entries for a free hidden bias: theta is made of the values that its spline should have.

For a kink at t, ``H(t) = sum theta_i (x_i - t)+`` is the value of the neuron (x - t)+, and ``H(t) - H(-inf)`` that of (t - x)+,
as theta must add up to 0 (the output bias is free). H is linear between the rows, so it reaches the penalty in rows only, or
all the way between two of them (Debarre, Denoyelle, Unser & Fageot 2022; dual: :mod:`reluexact.model.problem`).
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from reluexact.kinds.planted.rows import ZERO, Draft, Seat


class SplineDraft(Draft):
    """Rows and seats, drawn at once."""

    def built(self) -> bool:
        """Draw inputs, places of the kinks, and values between them; False when two kinks of a kind are neighbours."""
        draws, plan = self.draws, self.plan
        inputs = [Fraction(draws.between(-9, 0))]
        while len(inputs) < plan.rows:
            inputs.append(inputs[-1] + draws.between(1, 4))
        self.penalty = Fraction(draws.between(8, 40))
        start = Fraction(draws.between(1, 3), 4) * self.penalty  # the value of H left of all rows
        shorts = [ZERO] * plan.neurons + list(plan.distances)
        kinks: dict[int, Seat] = {}
        turn = draws.sign()
        while len(kinks) < len(shorts):
            side = draws.sign()
            at = draws.between(1, plan.rows - 2)
            if at not in kinks:
                seat = (Fraction(side), -side * inputs[at], shorts[len(kinks)])
                kinks[at] = Seat(sign=turn * side, direction=seat[:1], bias=seat[1], short=seat[2])
        if any(kinks[at].direction == kinks[at + 1].direction for at in kinks if at + 1 in kinks):
            return False
        values = [start, *(self._value(kinks.get(at), start) for at in range(1, plan.rows - 1)), ZERO]
        slopes = [(b - a) / (q - p) for (a, b), (p, q) in zip(pairwise(values), pairwise(inputs), strict=True)]
        theta = [right - left for left, right in zip([ZERO, *slopes], [*slopes, ZERO], strict=True)]
        self.rows = [((x,), turn * t) for x, t in zip(inputs, theta, strict=True)]
        self.seats = list(kinks.values())
        self._shuffle()
        return True

    def _value(self, seat: Seat | None, start: Fraction) -> Fraction:
        """Return H at a row: what its kink needs, or something strictly between the ends."""
        low, high = start - self.penalty, self.penalty
        if seat is None:
            return low + (high - low) * Fraction(self.draws.between(1, 7), 8)
        reached = self.penalty * (1 - seat.short)
        return reached if seat.direction[0] > 0 else start - reached
