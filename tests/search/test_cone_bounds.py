"""Bounds of problems with a free hidden bias and many rows: near, repeatable, and within a time that is counted in work."""

from __future__ import annotations

import json
from fractions import Fraction

import numpy as np
import pytest

import reluexact as rx
from reluexact import budget, checker
from reluexact.budget import spending
from reluexact.evidence.cones import Cones
from reluexact.kinds.files import to_document
from reluexact.model.pivots import views
from reluexact.search.cone_bounds import cone_bounds, serve
from reluexact.search.problem_bound import check_problem_bound, zero_bound
from reluexact.search.problem_watch import ProblemWatch

FREE = {"hidden_bias": "free", "output_bias": "free"}
LABELS = {"hinge", "squared_hinge", "logistic"}


def problem_of(n=150, d=2, loss="squared", penalty=1):
    random = np.random.RandomState(n + d)
    X = random.normal(size=(n, d)).round(2)
    y = np.where(X[:, 0] * X[:, -1] > 0, 2, -1) + random.normal(size=n).round(2)
    y = np.where(y > 0, 1, -1) if loss in LABELS else y
    return rx.Problem(rx.Dataset(X.tolist(), y.tolist(), floats="decimal"), penalty, loss, **FREE)


PROBLEM = problem_of()
NETWORK = rx.BiasedNetwork([[1, 1], [-1, -1]], [1, 1], hidden_bias=[0, 0])


class Clock:
    """A time that goes on by one second whenever somebody asks for it: it counts work."""

    def __init__(self):
        self.now = 0

    def __call__(self):
        self.now += 1
        return self.now


@pytest.mark.parametrize("loss", ["squared", "absolute", "huber(1)", "squared_hinge", "logistic"])
def test_bounds_are_near_for_every_loss(loss):
    problem = problem_of(60, 2, loss)
    bound = cone_bounds(problem, limit=8000)
    assert check_problem_bound(bound) is None
    assert isinstance(bound.positive, Cones)
    assert bound.gap < Fraction(1, 20)
    assert bound.upper == problem.objective(bound.network)


def test_they_enclose_the_optimum_that_trees_prove():
    problem = problem_of(14, 2)
    exact, bound = rx.prove_bound(problem), cone_bounds(problem, limit=20_000)
    assert exact.gap < Fraction(1, 10**9)
    assert bound.lower <= exact.upper
    assert exact.lower <= bound.upper
    assert bound.gap < Fraction(1, 100)


def test_better_networks_are_told_on_the_way_and_the_answer_is_repeatable():
    told = []
    with spending(found=told.append):
        bound = cone_bounds(PROBLEM, NETWORK, limit=1500)
    assert bound == cone_bounds(PROBLEM, NETWORK, limit=1500)
    assert [one.upper for one in told] == sorted((one.upper for one in told), reverse=True)
    assert [one.lower for one in told] == sorted(one.lower for one in told)
    assert told[-1] == bound
    assert bound.upper < PROBLEM.objective(NETWORK)
    assert cone_bounds(PROBLEM, NETWORK, limit=6000).gap < bound.gap


def test_they_serve_where_trees_of_all_rows_take_too_long():
    assert serve(PROBLEM)
    assert not serve(rx.Problem(PROBLEM.data, 1))
    assert not serve(problem_of(20, 2))
    assert not serve(problem_of(400, 1))


def test_with_many_features_the_network_is_better_and_the_reason_says_that_nothing_more_is_known():
    problem = problem_of(40, 9)
    network = rx.BiasedNetwork([[1] * 9], [1], hidden_bias=[0])
    found = rx.judge(network, problem)
    assert 0 < found.excess.low < found.excess.high == found.objective
    assert "up to 6 features" in found.reason


def test_judge_bounds_the_excess_on_both_sides():
    found = rx.judge(NETWORK, PROBLEM, limit=2500)
    assert isinstance(found.evidence.positive, Cones)
    assert 0 < found.relative.low <= found.relative.high <= found.relative.low + Fraction(1, 10)
    assert found.is_optimal is False
    assert "come no closer with 2500 cones" in found.reason
    document = to_document(found)
    assert isinstance(document["evidence"]["positive"], dict)
    assert checker.check_document(json.dumps(document)).verified


def test_explain_says_what_the_better_network_shows():
    found = rx.judge(NETWORK, PROBLEM, limit=1000)
    why = found.explain()
    assert [step.name for step in why.steps] == ["balance", "merging", "amounts", "directions", "missing neurons"]
    gains = [step.gain for step in why.steps]
    assert sum(gain.low for gain in gains) == found.excess.low
    assert sum(gain.high for gain in gains) == found.excess.high
    assert why.steps[-1].objective == PROBLEM.objective(why.steps[-1].network) == found.evidence.upper
    assert why.missing.gain == found.objective - PROBLEM.objective(why.missing.network) > 0
    assert (why.optimum, why.fates) == (None, None)
    assert "cones" in why.reason("optimum")


@pytest.mark.parametrize("limit", [40, 600])
def test_a_time_limit_is_kept_in_work(limit, monkeypatch):
    """A view for each row takes 150 steps alone: what comes after the end of the time must not make them."""
    clock = Clock()
    monkeypatch.setattr(budget, "monotonic", clock)
    found = rx.judge(NETWORK, PROBLEM, time_limit=limit)
    assert clock.now <= limit + 20
    assert "stopped by time_limit" in found.reason or found.excess.low > 0
    assert check_problem_bound(found.evidence) is None


def test_more_work_gives_better_bounds(monkeypatch):
    highs = []
    for limit in (60, 4000):
        monkeypatch.setattr(budget, "monotonic", Clock())
        highs.append(rx.judge(NETWORK, PROBLEM, time_limit=limit).excess.high)
    assert highs[1] < highs[0]


def test_a_limited_time_begins_with_bounds_of_both_sides(monkeypatch):
    monkeypatch.setattr(budget, "monotonic", Clock())
    watch = ProblemWatch(PROBLEM, "clarabel", None)
    with watch.over(None):
        watch.begin(60_000)
    assert 0 < watch.best.lower <= watch.best.upper < zero_bound(PROBLEM).upper
    assert watch.best.upper - watch.best.lower < watch.best.upper / 2


@pytest.mark.parametrize("call", [rx.solve, rx.prove_bound], ids=["solve", "bound"])
def test_what_is_stopped_early_has_a_network(call, monkeypatch):
    """Too early for cones; with penalised biases these do not serve."""
    data = problem_of(160, 2).data
    for problem in (PROBLEM, rx.Problem(data, 1, "huber(1)")):
        monkeypatch.setattr(budget, "monotonic", Clock())
        try:
            found = call(problem, time_limit=600)
        except rx.LimitReached as stop:
            found = stop.bounds
        assert 0 <= found.lower <= found.upper < zero_bound(problem).upper


def test_views_end_when_the_time_is_over(monkeypatch):
    monkeypatch.setattr(budget, "monotonic", Clock())
    with pytest.raises(budget.OutOfTime), spending(100):
        views(PROBLEM)
