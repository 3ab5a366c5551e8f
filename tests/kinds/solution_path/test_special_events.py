"""Events at which more than one thing happens, against fresh solves a little above and below them."""

from __future__ import annotations

from fractions import Fraction

import pytest

import reluexact as rx

BESIDE = (Fraction(1, 10**3), Fraction(1, 10**6))
SETS = {
    "entering on a wall, and off its span": ([[0, 1, -1], [2, 1, -2], [2, 2, 2], [-3, -1, 0]], [-3, 0, 1, 3], "1/5"),
    "entering on a wall that holds": ([[0, -1], [3, -1], [-2, -2]], [-2, 2, 0], "1/8"),
    "entering where a target is 0": ([[2, 1], [1, -2], [2, 1], [1, 3], [1, 3], [0, -1]], [3, 0, -1, 3, -3, -1], "1/8"),
    "crossing": ([[-2, -2, 3], [-3, 1, 2], [0, -2, -2], [-3, -3, -3]], [-3, 0, -3, -3], "1/10"),
    "dependent walls": (
        [[1, -3, -3], [3, -1, -1], [-3, 3, 3], [-1, 2, 3], [-1, 0, 3], [0, 0, -1], [-3, 0, -2]],
        [-3, 3, -2, -2, 1, 3, 2],
        "3/10",
    ),
    "near a constant": ([[-2], [-1], [-1], [3], [0], [-2], [-1]], [0, 1, 0, -2, 0, 0, 0], "1/20"),
}


def told(optimum):
    """Return all that is said about an optimum, every number to 40 digits."""
    neurons = [
        (one.sign, one.gate, [x.decimal(40) for x in one.direction], one.amount and one.amount.decimal(40))
        for one in optimum.neurons
    ]
    return optimum.value.decimal(40), neurons


@pytest.mark.slow
@pytest.mark.parametrize("name", SETS)
def test_both_sides_of_every_event_are_what_fresh_solves_say(name):
    rows, targets, share = SETS[name]
    data = rx.Dataset(rows, targets)
    path = rx.solution_path(data, share=share)
    assert path.status is rx.Status.PROVED, path.reason
    assert path.breakpoints
    for point in path.breakpoints:
        for step in BESIDE:
            for penalty in (point.penalty.middle * (1 + step), point.penalty.middle * (1 - step)):
                penalty = penalty.limit_denominator(10**12)
                if penalty <= path.low:
                    continue
                piece, solved = path.piece(penalty), rx.solve(data, penalty, digits=60)
                assert solved.status is rx.Status.PROVED, penalty
                assert [(one.sign, one.gate) for one in piece.neurons] == [(one.sign, one.gate) for one in solved.neurons]
                assert piece.dimension == rx.optimal_set(solved).dimension
                assert told(path.at(penalty, digits=60)) == told(solved)
