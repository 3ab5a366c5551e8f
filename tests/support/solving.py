"""Solve and have the stand-alone checker confirm the certificate; compare optima of problems that are images of each other."""

from __future__ import annotations

import json
from fractions import Fraction

from reluexact import checker
from reluexact.evidence.status import Status
from reluexact.kinds.optimum.certificate import to_document
from reluexact.kinds.optimum.claim import Optimum
from reluexact.kinds.optimum.find import solve
from reluexact.model.dataset import Dataset

NEAR = Fraction(1, 10**20)


def verified(optimum: Optimum) -> Optimum:
    """Return the optimum after the checker accepted its certificate."""
    report = checker.check_document(json.dumps(to_document(optimum)))
    assert report.verified, f"{report.path}: {report.reason}"
    return optimum


def proved(X, y, penalty, **options) -> Optimum:
    """Solve, expect PROVED, and have the certificate checked."""
    optimum = solve(Dataset(X, y), penalty, **options)
    assert optimum.status is Status.PROVED, optimum.reason
    return verified(optimum)


def middle(real) -> Fraction:
    return (real.low + real.high) / 2


def listed(optimum):
    """Return (sign, direction as rational midpoints) of all neurons, sorted."""
    return sorted((neuron.sign, tuple(middle(entry) for entry in neuron.direction)) for neuron in optimum.neurons)


def exact_neurons(optimum):
    """Return {(sign, direction)}, every direction being rational."""
    assert all(entry.is_rational for neuron in optimum.neurons for entry in neuron.direction)
    return {(neuron.sign, tuple(entry.low for entry in neuron.direction)) for neuron in optimum.neurons}


def fit(optimum):
    """Return the optimal fit, rational midpoints."""
    return tuple(t - middle(r) for t, r in zip(optimum.data.y, optimum.residual, strict=True))


def assert_same_neurons(found, expected):
    """Compare two lists of (sign, direction) up to order and 20 digits."""
    rest = list(expected)
    assert len(found) == len(rest)
    for sign, direction in found:
        near = [
            other
            for other in rest
            if other[0] == sign and all(abs(a - b) < NEAR for a, b in zip(other[1], direction, strict=True))
        ]
        assert len(near) == 1, f"sign {sign}, direction {[float(entry) for entry in direction]} is not expected"
        rest.remove(near[0])


def assert_close(found, expected, size=1):
    """Compare numbers to 20 digits of ``size``."""
    assert all(abs(a - b) <= NEAR * size for a, b in zip(found, expected, strict=True))


def assert_image(first, second, *, value=lambda v: v, neuron=lambda sign, u: (sign, u)):
    """Say that the second optimum is the image of the first: value and neurons mapped.

    Where one of them is undecided only the bounds can be compared; a contradiction fails all the same.
    """
    size = 1 + sum(t * t for t in second.data.y)
    low, high = value(first.lower), value(first.upper)
    assert low <= second.upper + NEAR * size
    assert second.lower <= high + NEAR * size
    if first.status is Status.PROVED and second.status is Status.PROVED:
        assert_close([value(middle(first.value))], [middle(second.value)], size)
        assert_same_neurons([neuron(*entry) for entry in listed(first)], listed(second))
