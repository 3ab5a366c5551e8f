"""A judge of ways down that knows only networks and their exact objective: it walks along rational networks next to the path."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import reluexact as rx
from reluexact.kinds.descent_path.points import network_at, value_at

BITS = 220
STEPS = 6
ROUNDING = Fraction(1, 2**80)
"""Weights rounded to 2^-BITS, of vectors enclosed to about 160 bits, change an objective by less: the numbers here are small."""


def square(values):
    return sum((value * value for value in values), Fraction(0))


def judge(way):
    """Check that the objective never rises, that pieces join without a jump, that the width is kept, and what the ends are."""
    assert way.start == way.network.objective(way.data, way.penalty)
    assert way.waypoints[0].value == way.start
    assert len(way.waypoints) == len(way.pieces) + 1
    height, last = way.start, way.network
    for piece, (before, after) in zip(way.pieces, pairwise(way.waypoints), strict=True):
        assert (piece.before, piece.after) == (before, after)
        assert occupied(piece) == piece.slots <= way.width
        height, last = judge_piece(way, piece, height, last)
    assert way.end is way.waypoints[-1].value
    assert way.end.low - ROUNDING <= height <= way.end.high + ROUNDING or not way.pieces
    judge_status(way)
    return way


def occupied(piece):
    """Count the slots that hold a neuron at some time."""
    if piece.kind == "balance":
        return piece.slots
    return sum(a is not None or b is not None for a, b in zip(piece.before.slots, piece.after.slots, strict=True))


def judge_piece(way, piece, height, last):
    for k in range(STEPS + 1):
        share = Fraction(k, STEPS)
        network = network_at(way.network, piece, share, BITS)
        assert network.width == way.width
        objective = network.objective(way.data, way.penalty)
        assert objective <= height + ROUNDING, (piece.kind, k)
        known = value_at(way.network, piece, way.penalty, share)
        assert known.low - ROUNDING <= objective <= known.high + ROUNDING
        if k == 0:
            assert_near(network, last)
        height = objective
    assert_near(network, network_at(way.network, piece, 1 - Fraction(1, 2**60), BITS))
    return height, network


def assert_near(first, second):
    """Networks with weights next to one another."""
    assert square(a - b for a, b in zip(first.output, second.output, strict=True)) < Fraction(1, 2**40)
    for one, other in zip(first.hidden, second.hidden, strict=True):
        assert square(a - b for a, b in zip(one, other, strict=True)) < Fraction(1, 2**40)


def judge_status(way):
    """Compare with the optimum and with the set of all optimal networks."""
    optimum = rx.solve(way.data, way.penalty)
    if optimum.status is not rx.Status.PROVED:
        return
    assert way.end.high >= optimum.value.low
    if way.status is rx.Status.PROVED:
        assert way.reason == ""
        assert way.end.low <= optimum.value.high
        assert way.pieces[-1].target.is_global
        assert way.width_needed <= way.width
        return
    assert way.reason
    if way.status is rx.Status.REFUTED:
        assert rx.optimal_set(optimum).min_width > way.width
    else:
        assert "is not proved" in way.reason or way.width < way.width_needed or way.method == "direct"
