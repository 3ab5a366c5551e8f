"""The loss in floats, for proposals: the twin of :mod:`reluexact.model.loss`, and the forms in which solvers take it."""

from __future__ import annotations

from typing import Any

import numpy as np

from reluexact.propose.types import Floats


def value(residual: Floats) -> float:
    """Return ``1/2 |theta|^2``, the squared loss of the fit ``y - theta``.

    >>> value(np.array([3.0, 4.0]))
    12.5
    """
    return float(residual @ residual) / 2


def dual_value(theta: Floats, targets: Floats) -> float:
    """Return ``y.theta - |theta|^2 / 2``.

    >>> dual_value(np.array([1.0, 0.0]), np.array([2.0, 5.0]))
    1.5
    """
    return float(targets @ theta - theta @ theta / 2)


def dual_factor(theta: Floats, targets: Floats) -> float:
    """Return the factor c with the greatest ``dual_value(c theta)``, 0 for theta = 0.

    >>> dual_factor(np.array([1.0, 1.0]), np.array([2.0, 5.0]))
    3.5
    """
    square = float(theta @ theta)
    return float(targets @ theta) / square if square else 0.0


def dual_value_along(factor: float, theta: Floats, targets: Floats) -> float:
    """Return ``dual_value(factor * theta)`` without the rounding of the product.

    >>> dual_value_along(2.0, np.array([1.0, 0.0]), np.array([2.0, 5.0]))
    2.0
    """
    return factor * float(targets @ theta) - 0.5 * factor * factor * float(theta @ theta)


def curvature(count: int) -> Floats:
    """Return the diagonal of the quadratic objective in variables theta (count) that the rows ``fit + theta = y`` define.

    The loss depends on the length of theta only, so an engine may rotate the rows first.
    """
    return np.ones(count)


def cone(residual: list[Any], value: Any) -> tuple[list[Any], Any]:
    """Return the entries whose length the second expression must reach for ``1/2 |theta|^2 <= value``, in a solver's variables.

    ``|(theta, value - 1/2)| <= value + 1/2`` is ``|theta|^2 <= 2 value``.

    >>> cone([3.0, 4.0], 12.5)
    ([3.0, 4.0, 12.0], 13.0)
    """
    return [*residual, value - 0.5], value + 0.5
