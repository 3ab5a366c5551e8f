"""All tight neurons with their kinks in rows, for one feature and a free hidden bias: every place, sign and side is tried."""

from __future__ import annotations

from fractions import Fraction


def tight_kinks(X, theta, penalty):
    """Return (sign, side, kink) of the neurons on which the dual point ``theta`` attains the penalty; none may exceed it."""
    found = set()
    for kink in set(X):
        for side in (1, -1):
            pull = sum(t * max(Fraction(0), side * (x - kink)) for x, t in zip(X, theta, strict=True))
            assert abs(pull) <= penalty
            if abs(pull) == penalty:
                found.add((1 if pull > 0 else -1, side, kink))
    return found


def tight_kinks_of(optimum):
    """Do the same at the dual point of a proved optimum, which must be known exactly."""
    assert all(entry.low == entry.high for entry in optimum.theta)
    theta = [entry.low for entry in optimum.theta]
    assert sum(theta) == 0
    return tight_kinks([row[0] for row in optimum.data.X], theta, optimum.penalty)


def listed_kinks(optimum):
    """Return (sign, side, kink) of the neurons that an optimum lists, each once."""
    listed = [
        (neuron.sign, 1 if neuron.direction[0].low > 0 else -1, optimum.data.X[neuron.face[0]][0]) for neuron in optimum.neurons
    ]
    assert len(set(listed)) == len(listed)
    return set(listed)
