"""The penalty of least cross-validation error: closed forms, fresh solves, gaps."""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction

import pytest

import reluexact as rx
from reluexact.evidence.path import Link
from reluexact.kinds.cross_validation.find import cross_validate, errors_of
from reluexact.kinds.cross_validation.search import least_error

F = Fraction
BENT = rx.Dataset([[x] for x in range(7)], [1, 1, 1, 2, 4, 4, 6], bias=True)


def fresh_error(found, penalty):
    """The error at a penalty from a fresh solve of every fold (its rational network predicts as the optimum to 10^-15)."""
    total, data = F(0), found.data
    for fold in range(max(found.folds) + 1):
        kept = [i for i in range(data.n) if found.folds[i] != fold]
        optimum = rx.solve(rx.Dataset([data.X[i] for i in kept], [data.y[i] for i in kept]), penalty)
        for i in set(range(data.n)) - set(kept):
            total += (data.y[i] - optimum.network.predict([data.X[i]])[0]) ** 2
    return total / data.n


def line_error(x, y, penalty):
    """One feature, all signs +: a fold is predicted by the slope (S_xy - b)+ / S_xx of the other rows."""
    total = F(0)
    for fold in (0, 1):
        kept = [i for i in range(len(x)) if i % 2 != fold]
        slope = max(sum(x[i] * y[i] for i in kept) - penalty, F(0)) / sum(x[i] ** 2 for i in kept)
        total += sum((y[i] - slope * x[i]) ** 2 for i in range(len(x)) if i % 2 == fold)
    return total / len(x)


def test_a_closed_form():
    """While both slopes are positive they are linear in b, and the error is a parabola."""
    x, y = [1, 2, 3, 4], [1, 3, 3, 3]
    found = cross_validate(rx.Dataset([[entry] for entry in x], y), low="1/10", folds=2, digits=8)
    left, middle, right = (line_error(x, y, F(b)) for b in (0, 1, 2))
    vertex = 1 + (left - right) / (2 * (left - 2 * middle + right))
    assert F(1, 10) < vertex < 9
    assert found.status is rx.Status.PROVED
    ((low, high),) = found.best
    assert low <= vertex <= high
    assert high - low < F(1, 10**4)
    assert found.error.low <= line_error(x, y, vertex) <= found.error.high
    for penalty in (F(1, 10), F(2, 3), F(5), F(12), F(30)):
        known = found.error_at(penalty)
        assert known.low <= line_error(x, y, penalty) <= known.high


def test_the_zero_network_may_predict_best():
    found = cross_validate(rx.Dataset([[1], [2], [3], [4]], [1, -1, 1, -1]), low="1/10", folds=2, digits=4)
    (low, high), *others = found.best
    assert high is None
    assert others == []
    assert low <= 6
    assert found.error.low <= 1 <= found.error.high


@pytest.fixture(scope="module")
def bent():
    return cross_validate(BENT, low="1/2", folds=3)


def test_fresh_solves_have_the_same_errors(bent):
    draw = random.Random(7)
    for _ in range(6):
        penalty = F(draw.randint(50, 4000), 100)
        known = bent.error_at(penalty)
        assert known.low - F(1, 10**12) <= fresh_error(bent, penalty) <= known.high + F(1, 10**12)
        assert known.high - known.low < F(1, 10**6)


def test_no_penalty_of_a_grid_is_better(bent):
    for step in range(1, 16):
        penalty = F(1, 2) * F(13, 10) ** step
        inside = any(low <= penalty and (high is None or penalty <= high) for low, high in bent.best)
        assert inside or fresh_error(bent, penalty) > bent.error.low
    assert bent.status is rx.Status.PROVED
    assert fresh_error(bent, bent.penalty) < bent.error.high * (1 + F(1, 10**6))


def test_a_gap_of_a_path_leaves_it_undecided():
    found = cross_validate(rx.Dataset([[1], [2], [3], [4]], [1, 3, 3, 3]), low="1/10", folds=2)
    upper, lower = found.evidence[0].segments[:2]
    gap = Link(kind="gap", low=F(1, 10), high=F(5))
    broken = replace(found.evidence[0], segments=(upper, replace(lower, low=F(1, 20))), links=(gap,))
    errors = errors_of(found.data, found.folds, found.low, (broken, found.evidence[1]))
    assert errors.at(F(3)) is None
    least = least_error(errors, 6)
    assert least.open
    assert least.low == 0
    assert any(low <= 3 <= high for low, high in least.parts if high is not None)


LINE = rx.Dataset([[1], [2], [3], [4]], [1, 3, 3, 3])


def test_folds_that_are_given():
    found, same = (cross_validate(LINE, low="1/10", folds=folds) for folds in (2, ["a", "b", "a", "b"]))
    assert (found.best, found.error) == (same.best, same.error)


@pytest.mark.parametrize(
    ("folds", "message"),
    [
        (1, "not lie between 2 and 7, the number of rows; give a larger"),
        (8, "give a smaller folds="),
        ([0, 1], "2 labels but 7 rows"),
        ([0] * 7, "one fold"),
    ],
)
def test_folds_that_are_wrong(folds, message):
    with pytest.raises(rx.InputError, match=message):
        cross_validate(BENT, low=1, folds=folds)


def test_the_path_has_the_same_answer():
    found = cross_validate(LINE, low="1/10", folds=2)
    assert rx.solution_path(LINE, low="1/10").cross_validate(folds=2) == found
    with pytest.raises(rx.InputError, match="below 1/10"):
        found.error_at("1/11")


def test_the_ends_are_short_and_a_picture_is_drawn(tmp_path):
    found = cross_validate(LINE, low="1/10", folds=2)
    assert all(end.denominator < 10**12 for part in found.best for end in part)
    rx.plot(found, tmp_path / "cv.svg")
    assert "best penalty" in (tmp_path / "cv.svg").read_text()


def test_row_weights_count():
    """A row of weight 4 in one fold is the row scaled by 2, and stands four times in the mean."""
    X, y = [[1], [2], [3], [4]], [1, 3, 3, 3]
    found = cross_validate(rx.Problem(rx.Dataset(X, y), 1, weights=[4, 1, 1, 1]), low="1/10", folds=2)
    scaled = cross_validate(rx.Dataset([[2], *X[1:]], [2, *y[1:]]), low="1/10", folds=2)
    assert found.best == scaled.best
    assert found.error.low == scaled.error.low * 4 / 7
    assert len(found.folds) == 4


@pytest.mark.filterwarnings("ignore:overflow")  # floats only propose
def test_errors_may_be_of_any_size():
    data = rx.Dataset(X=[[1], [2], [0], [3]], y=[1, 2, 10**250, 3])  # nothing predicts the target of the zero row
    found = cross_validate(data, low="1/10", folds=2)
    assert found.status is rx.Status.PROVED
    assert found.best
    assert F(10) ** 499 < found.error.low <= found.error.high < F(10) ** 500


@pytest.mark.parametrize("label", [[0], float("nan")])
def test_labels_of_folds_are_numbers_or_text(label):
    with pytest.raises(rx.InputError, match="folds: .*label"):
        cross_validate(BENT, low="1/10", folds=[label, 1, 0, 1, 0, 1, 0])
