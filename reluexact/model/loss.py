"""The loss: how far a fit is from the targets. One object has its value, its gradient, its conjugate and its dual value.

With a loss L the training problem is ``min L(f) + penalty * (sum of norms)`` over the fits f that the columns produce, and its
dual is ``max -L*(-theta)`` over the theta that no column exceeds, with L* the conjugate (Rockafellar 1970, Convex Analysis,
sections 12 and 31; for this problem Pilanci & Ergen 2020). At an optimum ``theta = -L'(f)``. Whatever depends on the loss asks
this object; that the squared loss is meant is written nowhere else but in :mod:`reluexact.propose.loss`, its twin in floats, and
in the KKT equations, which are quadratic because theta is an affine function of f.

Vectors have one entry per row of the data (n): f (fit), y (targets), theta (dual point).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from typing import Any

from reluexact.numbers.intervals import Interval
from reluexact.numbers.radicals import RadicalSum
from reluexact.numbers.scalar import Scalar
from reluexact.numbers.scalar_vectors import scalar_dot
from reluexact.numbers.types import Rationals, Vector

HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class SquaredLoss:
    """``L(f) = 1/2 |f - y|^2``, with the factor 1/2: then ``theta = y - f`` is the residual, without a factor.

    >>> loss, y = SquaredLoss(), (Fraction(1), Fraction(2))
    >>> fit = (Fraction(1), Fraction(0))
    >>> theta = loss.residual(fit, y)
    >>> theta, loss.value(fit, y), loss.dual_value(theta, y)
    ((Fraction(0, 1), Fraction(2, 1)), Fraction(2, 1), Fraction(2, 1))

    Fenchel's inequality ``L(f) + L*(s) >= f.s`` is an equality at the gradient s:

    >>> gradient = tuple(-entry for entry in theta)
    >>> loss.value(fit, y) + loss.conjugate(gradient, y) == sum(f * s for f, s in zip(fit, gradient))
    True
    """

    def value(self, fit: Rationals, targets: Rationals) -> Fraction:
        """Return ``1/2 |f - y|^2``."""
        return self.of_residual([y - f for f, y in zip(fit, targets, strict=True)])

    def of_residual(self, residual: Rationals) -> Fraction:
        """Return ``1/2 |theta|^2``, the loss of the fit ``y - theta``; the targets themselves are the residual of the fit 0."""
        return sum((t * t for t in residual), Fraction(0)) / 2

    def residual(self, fit: Rationals, targets: Rationals) -> Vector:
        """Return ``theta = -L'(f) = y - f``, the dual point that belongs to a fit."""
        return tuple(y - f for f, y in zip(fit, targets, strict=True))

    def fit(self, residual: Sequence[Scalar], targets: Rationals) -> tuple[Scalar, ...]:
        """Return ``f = y - theta``, the only fit with this dual point."""
        return tuple(Scalar.of(y) - t for t, y in zip(residual, targets, strict=True))

    def conjugate(self, slope: Rationals, targets: Rationals) -> Fraction:
        """Return ``L*(s) = max_f s.f - L(f) = y.s + |s|^2 / 2``."""
        return sum((y * s + s * s / 2 for s, y in zip(slope, targets, strict=True)), Fraction(0))

    def dual_value(self, theta: Rationals, targets: Rationals) -> Fraction:
        """Return ``-L*(-theta) = y.theta - |theta|^2 / 2``, a lower bound of the optimum where no column exceeds the penalty."""
        return sum((y * t - t * t / 2 for t, y in zip(theta, targets, strict=True)), Fraction(0))

    def dual_factor(self, theta: Rationals, targets: Rationals) -> Fraction:
        """Return the factor c with the greatest ``dual_value(c theta)``: ``y.theta / |theta|^2``, 0 for theta = 0."""
        square = sum((t * t for t in theta), Fraction(0))
        along = sum((y * t for t, y in zip(theta, targets, strict=True)), Fraction(0))
        return along / square if square else Fraction(0)

    def dual_enclosure(self, middle: Rationals, radius: Fraction, targets: Rationals) -> Interval:
        """Enclose the dual values of all theta whose entries are within ``radius`` of those of ``middle``.

        >>> SquaredLoss().dual_enclosure([Fraction(1)], Fraction(1, 2), [Fraction(2)])
        Interval(low=Fraction(7, 8), high=Fraction(17, 8))
        """
        spread = sum((radius * (abs(y - t) + radius / 2) for t, y in zip(middle, targets, strict=True)), Fraction(0))
        return Interval.around(self.dual_value(middle, targets), spread)

    def radical_dual_value(self, theta: Sequence[RadicalSum], targets: Rationals) -> RadicalSum:
        """Return the dual value of a point in square roots."""
        terms = [t.scaled(y) - (t * t).scaled(HALF) for t, y in zip(theta, targets, strict=True)]
        return reduce(RadicalSum.__add__, terms, RadicalSum())

    def scalar_value(self, fit: Sequence[Scalar], targets: Sequence[Scalar]) -> Scalar:
        """Return the value at a fit of which enclosures, or exact values, are known."""
        errors = tuple(f - y for f, y in zip(fit, targets, strict=True))
        return scalar_dot(errors, errors) * Scalar.of(HALF)

    def enclosure(self, residual: Sequence[Interval]) -> Interval:
        """Enclose the value of every fit whose residual lies in these intervals.

        >>> SquaredLoss().enclosure([Interval(low=Fraction(-1), high=Fraction(2)), Interval(low=Fraction(-3), high=Fraction(-2))])
        Interval(low=Fraction(2, 1), high=Fraction(13, 2))
        """
        low = high = Fraction(0)
        for entry in residual:
            low += max(entry.low, -entry.high, Fraction(0)) ** 2
            high += max(-entry.low, entry.high) ** 2
        return Interval(low=low / 2, high=high / 2)

    def optimal_value(self, along: Any, penalised: Any) -> Any:
        """Return the value of an optimum from ``y.theta`` and the penalty term, numbers or expressions of sympy.

        There ``theta.f`` is the penalty term (every neuron is tight), so ``L(f) + theta.f = (y.theta + theta.f) / 2``.
        """
        return (along + penalised) / 2


SQUARED = SquaredLoss()
"""The loss of every problem so far."""
