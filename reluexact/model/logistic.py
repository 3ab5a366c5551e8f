"""The logistic loss ``log(1 + exp(-y f))``: not rational, so that rational bounds stand for its values.

Of a row of weight o and label y the loss is ``L(f) = o log(1 + exp(-y f))``. Its slopes are ``-o y q`` with 0 < q < 1, and its
conjugate there is ``o (q log q + (1 - q) log(1 - q))``, minus o times the entropy of q (Rockafellar 1970, section 26; Bach et al.
2012, section 1.2). Values of both are given from above: the loss bounds the optimal value from above, minus the conjugate from
below.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from reluexact.model.margin import MARGIN, label
from reluexact.numbers.logarithm import entropy_below, softplus_above
from reluexact.numbers.rational import to_fraction


@dataclass(frozen=True, slots=True)
class Logistic:
    """The loss ``log(1 + exp(-y f))`` of labels -1 and 1; :data:`logistic` is the only one.

    >>> from reluexact.model.losses import to_loss
    >>> to_loss("logistic")
    logistic
    """

    @property
    def name(self) -> str:
        """Return the name."""
        return "logistic"

    @property
    def of(self) -> str:
        """Return "margin": it is a function of ``y f``."""
        return MARGIN

    def of_fit(self, target: Fraction, weight: Fraction = Fraction(1)) -> LogisticRow:
        """Return the loss of one row as a function of its fit, times the weight of the row."""
        return LogisticRow(weight=weight, label=target)

    def value(self, fit: object, target: object) -> Fraction:
        """Return the loss of one row, rounded up by less than 2^-190.

        >>> round(float(logistic.value(fit=0, target=1)), 9)
        0.693147181
        """
        return self.of_fit(self.checked(to_fraction(target, where="target"), "target")).value(to_fraction(fit, where="fit"))

    def checked(self, target: Fraction, where: str) -> Fraction:
        """Return a target that this loss can have, else raise InputError."""
        return label(target, where, self.name)

    def __repr__(self) -> str:
        """Show the name."""
        return self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class LogisticRow:
    """``f -> weight log(1 + exp(-label f))``."""

    weight: Fraction
    label: Fraction

    def value(self, point: Fraction) -> Fraction:
        """Return the value, rounded up."""
        return self.weight * softplus_above(self.label * point)

    def conjugate(self) -> LogisticConjugate:
        """Return the conjugate."""
        return LogisticConjugate(weight=self.weight, label=self.label)


@dataclass(frozen=True, slots=True, kw_only=True)
class LogisticConjugate:
    """The conjugate of :class:`LogisticRow`: minus the entropy of the share ``q = -label s / weight``, times the weight.

    >>> row = logistic.of_fit(Fraction(-1), Fraction(2)).conjugate()
    >>> row.low, row.high, row.value(Fraction(2)), row.value(Fraction(3)), round(float(row.value(Fraction(1))), 9)
    (Fraction(0, 1), Fraction(2, 1), Fraction(0, 1), None, -1.386294361)
    """

    weight: Fraction
    label: Fraction

    @property
    def low(self) -> Fraction:
        """Return the lower end of the domain."""
        return min(Fraction(0), -self.label * self.weight)

    @property
    def high(self) -> Fraction:
        """Return the upper end of the domain."""
        return max(Fraction(0), -self.label * self.weight)

    def value(self, point: Fraction) -> Fraction | None:
        """Return the value, rounded up; None for +infinity."""
        share = -self.label * point / self.weight
        return -self.weight * entropy_below(share) if 0 <= share <= 1 else None


logistic = Logistic()
"""``log(1 + exp(-y f))``, labels -1 and 1 (Cox 1958)."""
