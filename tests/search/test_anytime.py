"""Bounds at any time: whatever was proposed, and however little of it is proved, they hold, and the checker takes them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import reluexact as rx
from reluexact.kinds.files import certificate
from reluexact.search.anytime import Ladder, least_bound, with_network
from reluexact.search.bound import check_bound
from reluexact.search.watch import Watch

NUMBERS = st.integers(-5, 5).map(Fraction)


@st.composite
def problems(draw):
    n, d = draw(st.integers(1, 6)), draw(st.integers(1, 3))
    X = draw(st.lists(st.lists(NUMBERS, min_size=d, max_size=d), min_size=n, max_size=n))
    return rx.Dataset(X, draw(st.lists(NUMBERS, min_size=n, max_size=n))), draw(
        st.sampled_from((Fraction(1, 7), Fraction(1), 20))
    )


@settings(max_examples=60, deadline=None)
@given(
    problem=problems(),
    scale=st.sampled_from((Fraction(-1), Fraction(1, 9), Fraction(1), Fraction(1000))),
    limit=st.integers(1, 40),
)
def test_every_bound_is_proved(problem, scale, limit):
    """Any dual point, any number of nodes: also nonsense gives true bounds."""
    data, penalty = problem[0], Fraction(problem[1])
    ladder = Ladder(data, penalty, tuple(scale * y for y in data.y))
    bound = ladder.climb(least_bound(data, penalty), limit=limit)
    assert check_bound(bound) is None
    assert certificate(bound)
    optimum = rx.solve(data, penalty)
    assert bound.lower <= optimum.upper
    assert ladder.climb(bound, limit=limit).lower >= bound.lower


@settings(max_examples=30, deadline=None)
@given(problem=problems())
def test_a_good_point_gives_a_good_bound(problem):
    data, penalty = problem[0], Fraction(problem[1])
    optimum = rx.solve(data, penalty)
    if optimum.status is not rx.Status.PROVED or not optimum.value.high:
        return
    residual = tuple((entry.low + entry.high) / 2 for entry in optimum.residual)
    bound = with_network(Ladder(data, penalty, residual).climb(least_bound(data, penalty)), optimum.network)
    assert check_bound(bound) is None
    assert bound.gap < Fraction(1, 10**9)
    quick = Ladder(data, penalty, residual).leap(least_bound(data, penalty), 60)
    assert optimum.value.high - quick.lower < optimum.value.high / 10**6


def test_a_watch_takes_no_proposals_of_other_problems():
    data = rx.Dataset.read("examples/data/anscombe2.csv", bias=True)
    other = rx.Dataset(X=[[1], [2]], y=[1, 2])
    watch = Watch(data, Fraction(1), None)
    from reluexact.propose.candidates import propose

    watch.found(propose(other, Fraction(1)))
    watch.found("nothing")
    assert watch.bound().network.width == 0
    watch.found(propose(data, Fraction(1)))
    bound = watch.bound()
    assert check_bound(bound) is None
    assert bound.lower <= rx.solve(data, 1).value.low <= bound.upper < least_bound(data, Fraction(1)).upper


def test_stages_carry_what_is_proved(monkeypatch):
    from reluexact.propose import schedule

    monkeypatch.setattr(schedule, "_QUIET", 0.0)
    monkeypatch.setattr(schedule, "_PIECE", 0.0)
    stages = []
    data = rx.Dataset.read("examples/data/anscombe2.csv", bias=True)
    optimum = rx.solve(data, "1/10", progress=stages.append)
    assert stages[-1].proved
    assert stages[-1].endswith(f"; {stages[-1].proved}")
    for stage in stages:
        if stage.proved:
            low, high = stage.proved.split(" <= optimal value <= ")
            assert Fraction(low) <= optimum.value.low
            assert optimum.value.high <= Fraction(high)
    assert any(stage.startswith("column generation, round 1, ") for stage in stages)


@pytest.mark.parametrize("limit", [1, 2, 5])
def test_an_undecided_optimum_has_bounds_of_its_trees(limit, tmp_path):
    data = rx.Dataset([[7, 3], [0, -4], [-4, -9], [-8, -9], [-6, 6]], [3, 8, 0, 2, 9])
    optimum = rx.solve(data, "307/39", limit=limit)
    again = rx.solve(data, "307/39", limit=limit)
    assert (optimum.status, again) == (rx.Status.UNDECIDED, optimum)
    assert 0 < optimum.lower <= rx.solve(data, "307/39").value.low <= optimum.upper
    optimum.save(tmp_path / "bound.json")
    assert rx.check(tmp_path / "bound.json").verified


@pytest.mark.parametrize(
    ("limit", "words"), [(1, "after limit=1 rounds"), (3, "after limit=3 rounds"), (20, "more than 20 nodes")]
)
def test_a_stage_that_the_limit_stops_is_the_last_one(limit, words):
    """Where column generation or a branch tree has reached the limit, no other structure is tried, and the reason says so."""
    data, stages = rx.Dataset.read("examples/data/stackloss.csv", bias=True), []
    optimum = rx.solve(data, 1, limit=limit, progress=stages.append)
    assert optimum.status is rx.Status.UNDECIDED
    assert words in optimum.reason
    assert "raise limit= to go on" in optimum.reason
    assert optimum.reason.limit.value == limit
    tried = [stage.partition(";")[0] for stage in stages if stage.startswith("structure")]
    assert tried == ([] if limit < 20 else ["structure from floats, tolerance 1e-06"])
    assert 0 < optimum.lower < Fraction("39.74679629663674") < optimum.upper


def test_the_limit_ends_the_search_of_other_problems_too():
    stages = []
    data = rx.Dataset.read("examples/data/anscombe2.csv")
    problem = rx.Problem(data, "1/10", hidden_bias="free", output_bias="free")
    optimum = rx.solve(problem, limit=1, progress=stages.append)
    assert optimum.status is rx.Status.UNDECIDED
    assert "more than 1 nodes; raise limit= to go on" in optimum.reason
    assert [stage for stage in stages if stage.startswith("structure")] == ["structure from floats, tolerance 1e-06"]
