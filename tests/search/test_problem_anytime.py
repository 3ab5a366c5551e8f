"""Bounds of problems with parts at any time: whatever was proposed, they hold, and the checker takes them."""

from __future__ import annotations

import random
import re
from fractions import Fraction

import pytest
from paths import DATA
from random_problems import LOSSES, problem_of, random_case

import reluexact as rx
from reluexact.budget import Interrupted
from reluexact.evidence.problem_bound import ProblemBound
from reluexact.kinds.files import certificate
from reluexact.model.pivots import views
from reluexact.propose.training import Prepared, propose_training
from reluexact.search.problem_anytime import ProblemLadder, point_of_zero
from reluexact.search.problem_bound import check_problem_bound, zero_bound
from reluexact.search.problem_watch import ProblemWatch

MOTORCYCLE = rx.Dataset.read(DATA / "motorcycle.csv")
HARD = rx.Problem(MOTORCYCLE, "1/2", "huber(10)", "free", "free", "free")
"""The bounds that need no work are 0 and 45752.98, the objective of the zero network."""
BEST = Fraction("10087.2222")


def is_proved(bound, problem):
    assert check_problem_bound(bound) is None
    assert certificate(bound)
    return zero_bound(problem).lower <= bound.lower <= bound.upper <= zero_bound(problem).upper


@pytest.mark.parametrize("loss", LOSSES)
def test_every_bound_is_proved(loss):
    """Any dual point, any number of nodes, any idea of the excess: also nonsense gives true bounds."""
    rng, better = random.Random(f"ladder {loss}"), 0
    for number in range(12):
        problem = problem_of(random_case(f"{loss} {number}", loss=loss))
        if problem.is_plain:
            continue
        near = point_of_zero(problem)
        for theta in (near, [Fraction(rng.randint(-9, 9), rng.choice([1, 7])) for _ in near], [1000 * t for t in near]):
            excess, limit = rng.choice([None, 1.0, 3.0, 1e6]), rng.randint(1, 40)
            ladder = ProblemLadder(problem, views(problem), tuple(theta), excess)
            bound = ladder.climb(zero_bound(problem), limit=limit)
            assert is_proved(bound, problem)
            assert ladder.climb(bound, limit=limit).lower >= bound.lower
            assert ProblemLadder(problem, views(problem), tuple(theta), excess).leap(bound, 60).lower >= bound.lower
            better += bound.lower > zero_bound(problem).lower
        assert bound.lower <= rx.solve(problem).upper
    assert better > 3


@pytest.mark.parametrize("loss", LOSSES)
def test_what_is_proposed_gives_good_bounds(loss):
    for number in range(6):
        problem = problem_of(random_case(f"watch {loss} {number}", loss=loss))
        if problem.is_plain:
            continue
        watch, prepared = ProblemWatch(problem, "clarabel", None), Prepared(problem)
        watch.settled((prepared, propose_training(prepared)))
        bound, optimum = watch.bound(), rx.solve(problem)
        assert is_proved(bound, problem)
        assert bound.lower <= optimum.upper
        assert optimum.lower <= bound.upper
        assert bound.upper - bound.lower <= Fraction(1, 10**5) * (1 + abs(bound.upper))
        within = watch.bound_within(200)
        assert is_proved(within, problem)
        assert within == watch.bound_within(200)


def test_a_watch_takes_no_proposals_of_other_problems():
    one, other = (rx.Problem(rx.Dataset([[1], [2]], [1, y]), 1, "absolute") for y in (2, 3))
    watch, prepared = ProblemWatch(one, "clarabel", None), Prepared(other)
    watch.found((prepared, propose_training(prepared)))
    watch.found("nothing")
    watch.found((1, 2))
    assert watch.bound().network.width == 0
    prepared = Prepared(one)
    watch.found((prepared, propose_training(prepared)))
    assert watch.bound().upper < zero_bound(one).upper
    watch.found(rx.prove_bound(one))
    assert is_proved(watch.bound(), one)


def stopped_at(words, call, **options):
    """Press Ctrl-C when a stage matches."""

    def hear(stage):
        if re.search(words, stage):
            raise KeyboardInterrupt

    with pytest.raises(Interrupted) as stop:
        call(HARD, progress=hear, **options)
    return stop.value.bounds


@pytest.mark.parametrize("call", [rx.solve, rx.prove_bound], ids=["solve", "bound"])
def test_an_interrupt_comes_with_the_bounds(call):
    early, late = stopped_at("column generation, 36 columns", call), stopped_at(r"exceeded by (\de-(0[7-9]|1\d)|0e)", call)
    for bound in (early, late):
        assert isinstance(bound, ProblemBound)
        assert is_proved(bound, HARD)
        assert 0 < bound.lower <= BEST * (1 + Fraction(1, 10**6))
        assert BEST * (1 - Fraction(1, 10**6)) <= bound.upper < zero_bound(HARD).upper
    assert late.upper - late.lower < Fraction(1, 100)


def test_a_time_limit_comes_with_the_bounds(monkeypatch):
    """The time is over when the structure is sought."""
    from reluexact.budget import OutOfTime
    from reluexact.kinds.optimum import problem_find

    def late(self):
        raise OutOfTime(7.0)

    monkeypatch.setattr(problem_find.ProblemStructureSearch, "run", late)
    optimum = rx.solve(HARD, time_limit=7)
    assert (optimum.status, optimum.reason) == (
        rx.Status.UNDECIDED,
        "stopped by time_limit=7 (seconds); raise time_limit= to go on",
    )
    assert is_proved(optimum.evidence, HARD)
    assert optimum.upper - optimum.lower < Fraction(1, 100)
    with pytest.raises(rx.LimitReached, match="stopped by time_limit") as stop:
        rx.prove_bound(HARD, time_limit="1/1000000")
    assert is_proved(stop.value.bounds, HARD)


def test_a_limit_of_nodes_comes_with_the_bounds():
    data = rx.Dataset([[7, 3], [0, -4], [-4, -9], [-8, -9], [-6, 6]], [3, 8, 0, 2, 9])
    problem = rx.Problem(data, "307/39", "huber(3)", skip="penalised")
    with pytest.raises(rx.LimitReached) as stop:
        rx.prove_bound(problem, limit=1)
    assert is_proved(stop.value.bounds, problem)
    optimum, again = rx.solve(problem, limit=1), rx.solve(problem, limit=1)
    assert (optimum.status, again) == (rx.Status.UNDECIDED, optimum)
    assert is_proved(optimum.evidence, problem)
    assert stop.value.bounds.lower <= rx.solve(problem).value.low <= optimum.upper
    assert optimum.lower > zero_bound(problem).lower


def test_stages_carry_what_is_proved(monkeypatch):
    from reluexact.propose import schedule

    monkeypatch.setattr(schedule, "_QUIET", 0.0)
    monkeypatch.setattr(schedule, "_PIECE", 0.0)
    stages, problem = [], rx.Problem(rx.Dataset.read(DATA / "anscombe2.csv"), "1/10", "absolute", "free", "free")
    optimum = rx.solve(problem, progress=stages.append)
    assert stages[-1].proved
    assert stages[-1].endswith(f"; {stages[-1].proved}")
    for stage in stages:
        if stage.proved:
            low, high = stage.proved.split(" <= optimal value <= ")
            assert Fraction(low) <= optimum.value.low
            assert optimum.value.high <= Fraction(high)
