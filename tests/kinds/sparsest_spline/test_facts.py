"""Instances of the literature as optima, and those where a network pays for the slope itself."""

from __future__ import annotations

from fractions import Fraction

import pytest
from paths import DATA
from spline_cases import problem_of, sparsest
from spline_judge import assert_sparsest, pays, task_of

import reluexact as rx
from reluexact.certificates.document import to_bytes
from reluexact.checker import check_document
from reluexact.kinds.files import to_document

F = Fraction
LINE = [[0], [1], [2], [3], [4], [5], [6]]


def kinks(spline):
    return [(str(kink.at), str(kink.change)) for kink in spline.kinks]


def ranges(spline):
    return [(str(kink.low), str(kink.high)) for kink in spline.kinks]


def judged(spline):
    problem, value = spline.optimum.problem, spline.optimum.value.low
    task = task_of(problem, value, spline.places, spline.fit, spline.skip)
    listed = [tuple(map(float, (kink.at, kink.change, kink.low, kink.high))) for kink in spline.kinks]
    assert_sparsest(task, float(spline.slope), listed)
    return task


def test_a_run_of_three():
    """T15: the fit is 0, 0, 1, 3, 6 at penalty 1, with theta = (1, -1, 0, -1, 1)."""
    spline = sparsest(LINE[:5], [1, -1, 1, 2, 7], 1, "free")
    assert list(map(int, spline.fit)) == [0, 0, 1, 3, 6]
    assert kinks(spline) == [("3/2", "2"), ("3", "1")]
    assert ranges(spline) == [("1", "3/2"), ("5/2", "3")]
    judged(spline)


def test_a_collinear_point_splits_a_run():
    """T15: the fit is 0, 0, 1, 3, 5, 8, 12 at penalty 2, whose slope changes by 1, 1, 0, 1, 1: two kinks, not three."""
    spline = sparsest(LINE, [2, -2, 0, 5, 4, 6, 14], 2, "free")
    assert list(map(int, spline.fit)) == [0, 0, 1, 3, 5, 8, 12]
    assert kinks(spline) == [("3/2", "2"), ("9/2", "2")]
    assert ranges(spline) == [("3/2", "3/2"), ("9/2", "9/2")]


def test_collinear_points_at_both_ends():
    """Fit 0, 0, 0, 1, 2, 4, 6: changes 0, 1, 0, 1, 0; theta as in the other instances, b at the kinks, b / 2 between."""
    height = [F(0), F(1, 2), F(1), F(1, 2), F(1), F(1, 2), F(0)]
    padded = [F(0), *height, F(0)]
    theta = [padded[i] - 2 * padded[i + 1] + padded[i + 2] for i in range(7)]
    spline = sparsest(LINE, [f + t for f, t in zip((0, 0, 0, 1, 2, 4, 6), theta, strict=True)], 1, "free")
    assert list(map(int, spline.fit)) == [0, 0, 0, 1, 2, 4, 6]
    assert kinks(spline) == [("2", "1"), ("4", "1")]
    assert ranges(spline) == [("2", "2"), ("4", "4")]


@pytest.mark.parametrize(
    ("X", "y", "penalty", "reached"),
    [
        ([[0], [1], [2]], [0, 1, 3], F(7, 32), F(11, 50)),
        ([[0], [1], [2]], [0, 1, 3], F(1, 10), F(7, 18)),
        ([[5], [9], [10]], [1, 4, 6], F(1, 5), F(8)),
    ],
)
def test_where_the_slope_costs_something_an_outer_kink_leaves_the_dots(X, y, penalty, reached):
    """Debarre et al. have one kink at the middle place: true where the slope is free, as with a free skip connection."""
    spline = sparsest(X, y, penalty, "none")
    (kink,) = spline.kinks
    assert kink.low <= reached < kink.high == X[1][0]
    task = judged(spline)
    chord = (spline.fit[2] - spline.fit[1]) / (spline.places[2] - spline.places[1])
    first = (spline.fit[1] - chord * (spline.places[1] - reached) - spline.fit[0]) / (reached - spline.places[0])
    assert pays(task, float(first), [(float(reached), float(chord - first))]) == pytest.approx(task.cost, abs=1e-9)
    (fixed,) = sparsest(X, y, penalty, "free").kinks or [None]
    assert fixed is None or fixed.low == fixed.high == X[1][0]


def test_one_neuron_is_an_optimum():
    problem = problem_of([[0], [1], [2]], [0, 1, 3], F(7, 32), "none")
    network = rx.BiasedNetwork([["5/4"]], ["5/4"], hidden_bias=["-11/40"])
    assert problem.objective(network) == rx.solve(problem).value.low == F(399, 1024)
    assert rx.sparsest_spline(rx.solve(problem)).kinks[0].low == F(11, 50)


def test_a_steep_end_on_both_sides():
    """The fit is 0, 3, 8, 12 with slopes 3, 5, 4, theta = (0, -1, 1, 0): a network pays for 3 - 1 = 2 that both ends may use."""
    spline = sparsest(LINE[:4], [0, 2, 9, 12], 1, "none")
    assert list(map(int, spline.fit)) == [0, 3, 8, 12]
    assert ranges(spline) == [("1/2", "1"), ("2", "8/3")]
    judged(spline)


@pytest.mark.parametrize("skip", ["none", "free", "penalised"])
@pytest.mark.parametrize(("X", "y"), [([[0], [1]], [0, 5]), ([[0], [1], [2]], [0, 0, 0]), ([[1], [1], [2]], [2, 1, 7])])
def test_no_kink(X, y, skip):
    assert_no_kink(sparsest(X, y, "1/4", skip))


@pytest.mark.parametrize("skip", ["none", "penalised"])
@pytest.mark.parametrize(("X", "y"), [([[3]], [2]), ([[3], [3]], [2, 1])])
def test_one_place(X, y, skip):
    assert_no_kink(sparsest(X, y, "1/4", skip))


def assert_no_kink(spline):
    assert (spline.fewest, spline.kinks) == (0, ())
    assert all(spline.value(row[0]) == value.low for row, value in zip(spline.optimum.data.X, spline.optimum.fit, strict=True))
    assert check_document(to_bytes(to_document(spline))).verified


@pytest.mark.slow
@pytest.mark.parametrize("skip", ["none", "free", "penalised"])
@pytest.mark.parametrize("penalty", [200, 1000, 5000])
def test_motorcycle(penalty, skip):
    data = rx.Dataset.read(DATA / "motorcycle.csv")
    optimum = rx.solve(rx.Problem(data, penalty, hidden_bias="free", output_bias="free", skip=skip))
    spline = rx.sparsest_spline(optimum)
    known = {("none", 200): 7, ("none", 1000): 3}
    assert spline.fewest == known.get((skip, penalty), spline.fewest)
    assert all(spline.value(row[0]) == value.low for row, value in zip(data.X, optimum.fit, strict=True))
    report = check_document(to_bytes(to_document(spline)))
    assert report.verified, report.reason


@pytest.mark.parametrize(
    ("case", "bounds"),
    [
        (([[0], [1], [2]], [0, 1, 3], F(7, 32), "none"), (1, 2)),  # the chords need two, the function from 11/50 on one
        ((LINE[:5], [1, -1, 1, 2, 7], 1, "free"), (2, 2)),
        ((LINE[:5], [1, -1, 1, 2, 7], 1, "none"), (2, 2)),  # the first slope is 0: all neurons to the right
        (([[0], [1]], [0, 5], "1/4", "none"), (1, 1)),
        (([[0], [1]], [0, 5], "1/4", "free"), (0, 0)),
        (([[0], [1]], [0, 0], "1/4", "none"), (0, 0)),
    ],
)
def test_neurons_of_an_optimal_network(case, bounds):
    assert sparsest(*case).neurons == bounds


def test_unique_without_neighbouring_turns_of_one_sign():
    """8b: the optimal function is the only one exactly if no neighbours turn to the same side, with a free slope."""
    hat = sparsest([[0], [2], [4]], [0, 1, 0], "1/4", "free")
    assert hat.unique
    assert not sparsest(LINE[:5], [1, -1, 1, 2, 7], 1, "free").unique
    assert sparsest(LINE, [2, -2, 0, 5, 4, 6, 14], 2, "free").unique is False  # fewest kinks are fixed, but more may move
    assert not sparsest([[0], [1], [2]], [0, 1, 3], F(7, 32), "none").unique
    with pytest.raises(rx.InputError, match="place: 5 is not between 0 and 4, the first and the last place"):
        hat.band(5)
    with pytest.raises(rx.InputError, match="place: the float 0.5 is not exact") as caught:
        hat.band(0.5)
    assert "floats" not in str(caught.value)
