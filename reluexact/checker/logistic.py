"""The logistic loss of version 2, ``p(t) = log(1 + exp(-t))`` of the margin t = y f: its values lie between rational numbers.

Its slopes are those between -1 and 0, and ``max_t (s t - p(t))`` at the slope s = -q is ``q log q + (1 - q) log(1 - q)`` with
0 log 0 = 0, minus the entropy. Both are given from above, which is what B2 and B3 ask for: a lower bound takes the conjugate off,
an upper bound adds the loss up.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from .document import Item
from .logarithm import exp_minus, log
from .quantities import ONE, ZERO


@dataclass(frozen=True, slots=True)
class Logistic:
    """p; it has no parameter."""

    margin: bool = True

    def at(self, t: Fraction) -> Fraction:
        """Return a number above p(t) = max(0, -t) + log(1 + exp(-|t|))."""
        return max(ZERO, -t) + log(ONE + exp_minus(abs(t))[1])[1]

    def under(self, t: Fraction) -> Fraction:
        """Return a number that is not above p(t)."""
        return max(ZERO, -t) + log(ONE + exp_minus(abs(t))[0])[0]

    def has_slope(self, s: Fraction) -> bool:
        """Say whether s is a slope of p or a limit of slopes."""
        return -1 <= s <= 0

    def peak(self, s: Fraction) -> Fraction:
        """Return a number that is not below ``max_t (s t - p(t))``, for -1 <= s <= 0."""
        return -sum((q * log(1 / q)[0] for q in (-s, 1 + s) if q), ZERO)

    def described(self) -> str:
        """Say in words what the loss is."""
        return "loss log(1 + exp(-y f))"


def read_logistic(item: Item) -> Logistic:
    """E1, the loss by its name."""
    of, function = item.fields("of", "function")
    if of.text() != "margin":
        raise of.reject('E1: "margin" is expected here')
    if function.text() != "logistic":
        raise function.reject('E1: "logistic" is expected here')
    return Logistic()
