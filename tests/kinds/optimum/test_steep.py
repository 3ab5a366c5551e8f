"""Nearly parallel rows: a feature far from zero beside the bias (calendar years, GNP), and badly scaled columns."""

from fractions import Fraction

import pytest
from support.solving import NEAR, middle, proved, verified
from support.steep import judged_value, survey, years

from reluexact.evidence.status import Status
from reluexact.kinds.bound.find import prove_bound
from reluexact.kinds.optimum.find import solve
from reluexact.model.dataset import Dataset

F = Fraction

EMPLOYED = (60323, 61122, 60171, 61187, 63221, 63639, 64989, 63761, 66019, 67857, 68169, 66513, 68655, 69564, 69331, 70551)
GNP = (
    *(234289, 259426, 258054, 284599, 328975, 346999, 365385, 363112),
    *(397469, 419180, 442769, 444546, 482704, 502601, 518173, 554894),
)
"""Longley (1967): employment and gross national product of 1947 to 1962."""

YEAR3 = [[year, 1] for year in (1947, 1948, 1949)]


def test_three_calendar_years():
    best = proved(YEAR3, EMPLOYED[:3], F(1, 10))
    assert abs(middle(best.value) - F("227062.012597118228723774163796139801")) < F(1, 10**29)


@pytest.mark.parametrize(
    ("feature", "penalty", "value"),
    [
        (range(1947, 1963), F(1), "5656668.3454521667970"),
        (range(1947, 1963), F(1, 10), "3014168.1703024912259"),
        (GNP, F(1), "1183499.8064037664130"),
    ],
    ids=["year 1", "year 1/10", "gnp 1"],
)
def test_longley(feature, penalty, value):
    X = [[number, 1] for number in feature]
    best = proved(X, EMPLOYED, penalty)
    assert abs(middle(best.value) - F(value)) < F(1, 10**10)
    assert abs(judged_value(best.data, penalty) - float(middle(best.value))) < 1e-4 * float(best.value.low)


@pytest.mark.parametrize(
    ("seed", "first", "n", "penalty"),
    [(1, 2000, 5, F(1)), (2, 2000, 8, F(1, 10)), (3, 20000, 7, F(1)), (4, 20000, 7, F(1, 1000)), (5, 2000, 5, F(1, 10000))],
)
def test_years_against_the_judge(seed, first, n, penalty):
    data = years(seed, first, n, 1)
    best = solve(data, penalty)
    assert best.status is Status.PROVED, best.reason
    verified(best)
    assert judged_value(data, penalty) == pytest.approx(float(middle(best.value)), rel=1e-5)


def test_the_bound_reaches_its_gap():
    for X, penalty in ((YEAR3, F(1, 10)), ([[number, 1] for number in GNP[:3]], F(1))):
        bound = prove_bound(Dataset(X, EMPLOYED[:3]), penalty)
        assert bound.gap <= F(1, 10**12)


@pytest.mark.parametrize("factor", [10**3, 10**6, 10**9])
def test_a_long_column_beside_a_short_one(factor):
    """Columns that differ by a factor, two neurons: the value for X with a column times the factor is at most the old one."""
    X, y = [[1, 2], [2, -1], [-1, 1], [3, 1]], [1, 2, -1, 2]
    plain, long = proved(X, y, F(1, 2)), proved([[factor * a, b] for a, b in X], y, F(1, 2))
    assert long.value.high < plain.value.low
    again = proved([[F(a), F(b, factor)] for a, b in X], y, F(1, 2 * factor))
    assert abs(middle(again.value) - middle(long.value)) < NEAR


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(12))
def test_a_survey_of_years(seed):
    """Years from 2000 and 20000, one or two features, up to 20 rows, penalties 1 to 1e-4; benchmarks/steep.py has more."""
    data, penalty = survey(seed)
    verified(proved(data.X, data.y, penalty))


def test_long_trees_close_thin_cones():
    """Rows of 240 years make thousands of thin cones in the tree of the sign that is far from the penalty."""
    y = [20 * abs(i % 11 - 5) * (2 + i % 77 // 20) // 2 + i * i * 37 % 29 for i in range(240)]
    best = solve(Dataset([[1800 + i, 1] for i in range(240)], y), 30000, limit=1000)
    assert best.status is Status.PROVED
    assert len(best.neurons) == 1
