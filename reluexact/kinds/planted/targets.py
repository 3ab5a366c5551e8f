"""Targets for a fit and a dual point: ``-theta_i`` is a slope of the loss of row i (:mod:`reluexact.model.law`)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from reluexact.errors import InputError
from reluexact.kinds.planted.draws import Draws
from reluexact.model.losses import DIFFERENCE, PiecewiseQuadratic, hinge, squared_hinge, to_loss
from reluexact.numbers.types import Vector


def plantable(loss: object) -> PiecewiseQuadratic:
    """Return a loss that lets targets, or labels and weights of the rows, be chosen, else raise InputError."""
    form = to_loss(loss)
    if not isinstance(form, PiecewiseQuadratic) or (form.of != DIFFERENCE and form not in (hinge, squared_hinge)):
        raise InputError(f"loss: {form.name} cannot be planted; a loss of regression can, and hinge and squared_hinge")
    return form


def scale(loss: PiecewiseQuadratic, theta: Sequence[Fraction]) -> Fraction:
    """Return the factor that makes theta as large as the slopes of the loss allow; 1 where they allow everything.

    >>> from reluexact.model.losses import absolute
    >>> scale(absolute, [Fraction(3), Fraction(-2)])
    Fraction(1, 3)
    """
    if loss.of != DIFFERENCE:  # the weights of the rows allow everything
        return Fraction(1)
    conjugate = loss.function.conjugate()
    factors = []
    for t in theta:
        end = conjugate.low if t > 0 else conjugate.high
        if t and end is not None:
            factors.append(-end / t)
    return min(factors, default=Fraction(1))


def targets(loss: PiecewiseQuadratic, fit: Sequence[Fraction], theta: Sequence[Fraction], draws: Draws) -> Vector:
    """Return one target per row: ``-theta_i`` is a slope of the loss at ``fit_i - y_i``.

    >>> from reluexact.model.losses import squared
    >>> targets(squared, [Fraction(5)], [Fraction(2)], Draws("x"))
    (Fraction(7, 1),)
    """
    conjugate = loss.function.conjugate()
    found = []
    for f, t in zip(fit, theta, strict=True):
        low, high = conjugate.slopes(-t)
        if low is not None and high is not None:
            difference = (low + high) / 2
        elif low is not None:
            difference = low + draws.between(1, 5)
        elif high is not None:
            difference = high - draws.between(1, 5)
        else:
            difference = Fraction(draws.between(-5, 5))
        found.append(f - difference)
    return tuple(found)
