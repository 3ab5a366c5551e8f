"""The sparsest linear spline: the instances of the literature, and every claim against a search over all merges."""

from __future__ import annotations

import dataclasses
import random
from fractions import Fraction
from itertools import pairwise, product

import pytest
from paths import DATA

from reluexact.errors import InputError
from reluexact.evidence.status import Status
from reluexact.kinds.files import load
from reluexact.kinds.minimum_network.find import minimum_network
from reluexact.kinds.optimum.problem_find import solve_problem
from reluexact.kinds.sparsest_spline.find import sparsest_spline
from reluexact.kinds.sparsest_spline.kinks import spline_through
from reluexact.model.dataset import Dataset
from reluexact.model.problem import Problem
from reluexact.numbers.real import Real


def through(*values):
    return spline_through(tuple(map(Fraction, range(len(values)))), tuple(map(Fraction, values)), None)


def kinks(spline):
    return [(str(kink.at), str(kink.change)) for kink in spline.kinks]


def test_without_collinear_points():
    spline = through(0, 0, 1, 3, 6)
    assert kinks(spline) == [("3/2", "2"), ("3", "1")]
    assert [(str(kink.low), str(kink.high)) for kink in spline.kinks] == [("1", "3/2"), ("5/2", "3")]


def test_a_collinear_point_splits_a_run():
    assert kinks(through(0, 0, 1, 3, 5, 8, 12)) == [("3/2", "2"), ("9/2", "2")]


def test_the_five_points():
    spline = through(1, -1, 1, 1, -1)  # slope changes 4, -2, -2
    assert kinks(spline) == [("1", "4"), ("5/2", "-4")]


@pytest.mark.parametrize("length", range(1, 8))
def test_half_of_a_run(length):
    values = [Fraction(i * i) for i in range(length + 2)]
    spline = through(*values)
    assert len(spline.kinks) == -(-length // 2)
    assert [spline.value(place) for place in spline.places] == values


def total_change(spline):
    return sum(abs(kink.change) for kink in spline.kinks)


def test_random_interpolants():
    rng = random.Random("splines")
    for _ in range(300):
        places = sorted(rng.sample(range(-20, 20), rng.randint(2, 9)))
        values = [rng.randint(-3, 3) for _ in places]
        spline = spline_through(tuple(map(Fraction, places)), tuple(map(Fraction, values)), None)
        assert [spline.value(place) for place in spline.places] == values
        slopes = [Fraction(b - a, q - p) for a, b, p, q in zip(values, values[1:], places, places[1:], strict=False)]
        assert total_change(spline) == sum(abs(b - a) for a, b in pairwise(slopes))
        assert all(kink.low <= kink.at <= kink.high for kink in spline.kinks)


def interpolates(places, values, at, slopes):
    """Say whether the piecewise linear function with these kinks and slopes has these values, up to a constant."""

    def value(x):
        total, last = Fraction(0), places[0]
        for start, stop, slope in zip([places[0], *at], [*at, places[-1]], slopes, strict=True):
            if x > start:
                total += slope * (min(x, stop) - start)
        return total + values[0] if last == places[0] else total

    return all(value(p) == v for p, v in zip(places, values, strict=True))


def test_the_ends_of_a_range_are_reached_and_nothing_beyond():
    """A run of three: with the middle piece turning around place 2, both kinks move between their ends."""
    places, values = list(map(Fraction, range(5))), list(map(Fraction, (0, 0, 1, 3, 6)))
    spline = spline_through(tuple(places), tuple(values), None)
    first, second = spline.kinks
    outer, seen = (Fraction(0), Fraction(3)), []
    for step in range(11):
        turn = 1 + Fraction(step, 10)  # the slope of the middle piece through (2, 1) lies between 1 and 2
        at = [2 - 1 / turn, (7 - 2 * turn) / (3 - turn)]
        assert interpolates(places, values, at, [outer[0], turn, outer[1]])
        assert first.low <= at[0] <= first.high
        assert second.low <= at[1] <= second.high
        seen.append(at)
    assert (seen[0][0], seen[-1][0], seen[0][1], seen[-1][1]) == (first.low, first.high, second.low, second.high)


def test_fewest_by_brute_force():
    """No choice of slopes on pieces between fewer kinks interpolates with the same total change (small integer data)."""
    for values in product(range(-1, 2), repeat=5):
        spline = through(*values)
        assert len(spline.kinks) == fewest_by_tangents(values)


def fewest_by_tangents(values):
    """Count by dynamic programming: a piece is a line through one place or several, kinks may stand between two places."""
    slopes = [b - a for a, b in pairwise(values)]
    signs = [(b > a) - (b < a) for a, b in pairwise(slopes)]
    best = [0]
    for i, sign in enumerate(signs):
        alone = best[i] + (1 if sign else 0)
        pair = best[i - 1] + 1 if i and sign and signs[i - 1] == sign else alone
        best.append(min(alone, pair))
    return best[-1]


def test_motorcycle():
    data = Dataset.read(DATA / "motorcycle.csv")
    optimum = solve_problem(Problem(data, 200, output_bias="free", hidden_bias="free"))
    spline = sparsest_spline(optimum)
    assert spline.fewest < len({neuron.face for neuron in optimum.neurons})
    assert all(spline.value(row[0]) == value.low for row, value in zip(data.X, optimum.fit, strict=True))


@pytest.mark.parametrize(
    ("options", "what"),
    [
        ({"output_bias": "free"}, "one feature with"),
        ({"output_bias": "free", "hidden_bias": "free", "loss": "hinge"}, "not unique"),
    ],
)
def test_others_are_refused(options, what):
    optimum = solve_problem(Problem(Dataset([[1], [2]], [1, -1]), 1, **options))
    with pytest.raises(InputError, match=what):
        sparsest_spline(optimum)
    with pytest.raises(InputError, match="is not the optimum of a problem"):
        sparsest_spline(7)


def test_a_fit_that_is_only_enclosed_is_undecided(tmp_path):
    """Whether enclosed values are collinear is never guessed."""
    problem = Problem(Dataset([[0], [1], [2]], [0, 1, 3]), "7/32", output_bias="free", hidden_bias="free")
    optimum = solve_problem(problem)
    near = Real(low=optimum.fit[1].low - Fraction(1, 10**40), high=optimum.fit[1].high)
    spline = sparsest_spline(dataclasses.replace(optimum, fit=(optimum.fit[0], near, optimum.fit[2])))
    assert spline.status is Status.UNDECIDED
    assert "enclosed, not exact" in spline.reason
    assert repr(spline).startswith("SparsestSpline(UNDECIDED")
    for asked in (lambda: spline.fewest, lambda: spline.save(tmp_path / "spline.json"), lambda: spline.plot()):
        with pytest.raises(InputError, match="UNDECIDED"):
            asked()
    assert list(tmp_path.iterdir()) == []


def test_an_optimum_that_is_not_proved_is_refused():
    problem = Problem(Dataset([[0], [1], [2]], [0, 1, 3]), "7/32", output_bias="free", hidden_bias="free")
    with pytest.raises(InputError, match="known only once it is PROVED"):
        sparsest_spline(solve_problem(problem, time_limit="1e-9"))


def test_minimum_network_names_the_function_for_kinks():
    optimum = solve_problem(Problem(Dataset([[0], [1], [2]], [0, 1, 3]), "7/32", output_bias="free", hidden_bias="free"))
    with pytest.raises(InputError, match=r"rx\.sparsest_spline\(optimum\) counts kinks"):
        minimum_network(optimum)


def test_a_file_of_it_comes_back(tmp_path):
    optimum = solve_problem(Problem(Dataset([[0], [1], [2]], [0, 1, 3]), "7/32", output_bias="free", hidden_bias="free"))
    spline = sparsest_spline(optimum)
    spline.save(tmp_path / "spline.json")
    assert load(tmp_path / "spline.json") == spline
