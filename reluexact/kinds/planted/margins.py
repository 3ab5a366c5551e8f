"""Labels, and weights of the rows, for a fit and a dual point, where the loss is one of the margin ``y f``.

Targets cannot be chosen there, but signs and weights can. With ``y_i`` the sign of theta_i, and amounts so small that all fits
are inside the margin, the squared hinge loss has ``theta_i = o_i y_i (1 - y_i f_i)`` with a weight o_i > 0. Of the hinge loss
theta_i is o_i y_i inside the margin, and anything between that and 0 at its end ``y_i f_i = 1``. Without biases the row ``c x_i``
with the dual entry ``theta_i / c`` is the same for every neuron, and its fit is ``c f_i``: rows of the right sign are put there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil

from reluexact.kinds.planted.claim import PlantedNeuron
from reluexact.model.losses import hinge
from reluexact.numbers.roots import ceil_root
from reluexact.numbers.types import Matrix, Vector

ZERO, ONE = Fraction(0), Fraction(1)
Couple = tuple[PlantedNeuron, Fraction | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """Rows with labels and weights, their dual entries and fits."""

    X: Matrix
    y: Vector
    weights: Vector
    theta: Vector
    fit: Vector


def shrunk(couples: Sequence[Couple], X: Matrix) -> list[Couple]:
    """Return the neurons with amounts divided by a square, such that no fit is more than 1/2.

    >>> one = PlantedNeuron(sign=1, direction=(ONE,), amount=Fraction(9))
    >>> [str(neuron.amount) for neuron, _ in shrunk([(one, None)], ((Fraction(2),), (Fraction(-1),)))]
    ['1/4']
    """
    reaches = [sum(((one.amount + (other or ZERO)) * _reach(one, x) for one, other in couples), ZERO) for x in X]
    root = ceil_root(max(1, ceil(2 * max(reaches))))
    by = Fraction(1, root * root)
    return [(replace(neuron, amount=by * neuron.amount), None if other is None else by * other) for neuron, other in couples]


def _reach(neuron: PlantedNeuron, x: Vector) -> Fraction:
    """Return what a neuron or its opposite gives at a row."""
    return abs(sum((a * b for a, b in zip(x, neuron.direction, strict=True)), neuron.bias))


def labelled(loss: object, X: Matrix, theta: Vector, fit: Vector) -> Labelled:
    """Return the rows with labels and weights that make theta the dual point of the fit.

    >>> found = labelled(hinge, ((Fraction(1),), (Fraction(1),)), (Fraction(2), Fraction(-1)), (Fraction(1, 4), Fraction(1, 4)))
    >>> [[str(entry) for entry in part] for part in (found.y, found.fit, found.theta, found.weights)]
    [['1', '-1'], ['1', '1/4'], ['1/2', '-1'], ['3/4', '1']]
    """
    y = tuple(ONE if t > 0 else -ONE for t in theta)
    if loss != hinge:
        weights = tuple(abs(t) / (1 - sign * f) for t, sign, f in zip(theta, y, fit, strict=True))
        return Labelled(X=X, y=y, weights=weights, theta=theta, fit=fit)
    factors = [1 / abs(f) if sign * f > 0 else ONE for sign, f in zip(y, fit, strict=True)]
    entries = tuple(t / c for t, c in zip(theta, factors, strict=True))
    ends = [sign * f > 0 for sign, f in zip(y, fit, strict=True)]
    return Labelled(
        X=tuple(tuple(c * entry for entry in x) for x, c in zip(X, factors, strict=True)),
        y=y,
        weights=tuple(abs(t) * (Fraction(3, 2) if end else 1) for t, end in zip(entries, ends, strict=True)),
        theta=entries,
        fit=tuple(c * f for c, f in zip(factors, fit, strict=True)),
    )
