"""How floats compare the bound of a relaxation with the objective of a network: what they say is only where to look."""

from __future__ import annotations

from fractions import Fraction

from reluexact.propose import loss
from reluexact.propose.types import Floats

CLEAR = 1e-9
"""A bound that exceeds the incumbent by this share is closed by a short dual point first."""

NEAR = 1e-7
"""A bound that is less than the incumbent by at most this share may be equal to it: that is for exact arithmetic to say."""

NOISE = 2.0**-44
"""What rounding blurs, as a share of the objective of the zero network."""


def is_clear(bound: float, upper: Fraction) -> bool:
    """Say whether a bound exceeds the incumbent clearly.

    >>> is_clear(1.0, Fraction(1)), is_clear(1.01, Fraction(1))
    (False, True)
    """
    return bound > float(upper) * (1.0 + CLEAR)


def is_near(bound: float, upper: Fraction, targets: Floats) -> bool:
    """Say whether floats cannot tell a bound from the incumbent, or see that it is greater."""
    value = float(upper)
    return bound > value - NEAR * value - NOISE * loss.value(targets)
