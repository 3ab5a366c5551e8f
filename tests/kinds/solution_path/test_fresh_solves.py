"""A complete path against fresh solves at random penalties, and the toy whose structure depends on where its inputs lie."""

from __future__ import annotations

import json
import random
from fractions import Fraction
from math import exp, log

import pytest
from paths import DATA, GOLDEN

import reluexact as rx
from reluexact import checker
from reluexact.kinds.solution_path.certificate import to_document

FIVE = json.loads((GOLDEN / "optima.json").read_text(encoding="utf-8"))[1]
SETS = {
    "two points": (rx.Dataset([[1], [2]], [1, 2]), 40, 11),
    "diagonal": (rx.Dataset([[1, 0], [0, 1]], [3, -1]), 40, 12),
    "toy, s = 1": (rx.Dataset([[-1, 1], [1, 1]], [1, 1]), 20, 13),
    "toy, s = 2": (rx.Dataset([[-2, 1], [2, 1]], [1, 1]), 20, 14),
    "anscombe1": (rx.Dataset.read(DATA / "anscombe1.csv", bias=True), 40, 15),
    "golden, five points": (rx.Dataset([[Fraction(x) for x in row] for row in FIVE["Z"]], FIVE["y"]), 40, 16),
}
"""The data, the number of fresh solves, and the seed of their penalties."""


def told(optimum):
    """Return all that is said about an optimum, every number to 40 digits."""
    return (
        optimum.status,
        optimum.value.decimal(40),
        [
            (neuron.sign, neuron.gate, [x.decimal(40) for x in neuron.direction], neuron.amount and neuron.amount.decimal(40))
            for neuron in optimum.neurons
        ],
    )


def penalties(path, count, seed):
    """Return random rational penalties, even on the logarithmic scale, from the end of the path to above its beginning."""
    rng, found = random.Random(seed), []
    low, top = log(path.low), log(path.breakpoints[0].penalty.middle)
    while len(found) < count:
        penalty = Fraction(exp(rng.uniform(low, top + 0.1))).limit_denominator(rng.choice((10, 1000, 10**9)))
        if penalty > path.low:
            found.append(penalty)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("name", SETS)
def test_two_hundred_fresh_solves_say_what_the_path_says(name):
    data, count, seed = SETS[name]
    path = rx.solution_path(data, share="1/200")
    assert path.status is rx.Status.PROVED, path.reason
    for penalty in penalties(path, count, seed):
        found, solved = path.at(penalty, digits=40), rx.solve(data, penalty, digits=40)
        assert found == solved, penalty
        assert told(found) == told(solved), penalty


def test_a_neuron_of_one_row_becomes_one_of_a_pair_and_a_pair_ends_at_either_side():
    """Both were gaps: the neuron of one row has a ray for a span, the pair the plane; and of a pair the first neuron leaves."""
    path = rx.solution_path(SETS["golden, five points"][0], low=4)
    assert path.status is rx.Status.PROVED, path.reason
    names = [[event.event for event in point.events] for point in path.breakpoints]
    assert ["pairs"] in [sorted(set(one)) for one in names]
    assert ["unpairs"] in [sorted(set(one)) for one in names]
    report = checker.check_document(json.dumps(to_document(path)))
    assert report.verified, report.reason


@pytest.mark.parametrize(("s", "neurons"), [(1, 1), ("3/2", 1), ("265/153", 1), ("1351/780", 2), ("7/4", 2), (2, 2)])
def test_the_toy_changes_its_structure_where_s_squared_is_three(s, neurons):
    """X = [[-s, 1], [s, 1]], y = (1, 1); 265/153 is 2e-5 below the square root of 3, 1351/780 5e-7 above."""
    s = Fraction(s)
    assert (s * s > 3) == (neurons == 2)
    path = rx.solution_path(rx.Dataset([[-s, 1], [s, 1]], [1, 1]), share="1/100")
    assert path.status is rx.Status.PROVED, path.reason
    assert [[event.event for event in point.events] for point in path.breakpoints] == [["enters"] * neurons]
    assert [(len(piece.neurons), piece.dimension) for piece in path.pieces] == [(0, 0), (neurons, 0)]
    gates = {neuron.gate for neuron in path.pieces[-1].neurons}
    assert gates == ({(1, 1)} if neurons == 1 else {(-1, 1), (1, -1)})
    greatest = path.breakpoints[0].penalty
    assert greatest.low**2 <= max(4, 1 + s * s) <= greatest.high**2


def test_the_path_of_the_toy_itself_has_three_neurons_that_depend_on_one_another():
    """At s^2 = 3 three neurons enter at once, of which two would do: an optimal network uses one, two, or all of them."""
    toy = rx.Dataset([[2, 0, 0, 0], [-1, 1, 1, 1]], [1, 1])
    path = rx.solution_path(toy, share="1/100")
    assert path.status is rx.Status.PROVED, path.reason
    assert [(point.penalty, [event.event for event in point.events]) for point in path.breakpoints] == [(2, ["enters"] * 3)]
    assert [(len(piece.neurons), piece.dimension, piece.fewest) for piece in path.pieces] == [(0, 0, 0), (3, 1, None)]
    assert path.value(3) == 1
    for b in (Fraction(1, 10), Fraction(1), Fraction(3, 2)):
        assert path.value(b) == b - b * b / 4
        assert path.at(b) == rx.solve(toy, b)
        assert (len(path.at(b).neurons), path.optimal_set(b).dimension) == (3, 1)


def test_an_event_above_a_long_segment_is_still_linked():
    """Near the event the amount is less than what a curve over half of the path can be off: shorter segments are proved there."""
    days = [0, 4, 8, 15, 42, 80, 117, 143, 179, 203, 246]
    rows = [[day, 1] for day in days for _ in range(2)]
    data = rx.Dataset(rows, [Fraction(1844 - 3 * row[0], 10) for row in rows])
    path = rx.solution_path(data, share="1/2")
    assert path.status is rx.Status.PROVED, path.reason
    assert [[event.event for event in point.events] for point in path.breakpoints] == [["enters"]]
