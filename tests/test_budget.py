"""Deadlines: they end what runs over, change nothing that is done in time, and hold down to the innermost loop."""

from __future__ import annotations

import threading
import time
from fractions import Fraction

import pytest

import reluexact as rx
from reluexact.budget import Interrupted, OutOfTime, check, listener, spending, tell
from reluexact.errors import InputError, LimitReached
from reluexact.numbers.seconds import Clock, to_seconds

LITTLE = "1e-9"
"""Seconds that are over before the work begins."""


def motorcycle():
    return rx.Dataset.read("examples/data/motorcycle.csv", bias=True)


def test_the_earlier_deadline_holds():
    with spending(0.0), pytest.raises(OutOfTime) as stop, spending(60.0):
        check()
    assert stop.value.seconds == 0.0
    with spending(60.0), pytest.raises(OutOfTime), spending(0.0):
        check()
    with spending(0.0), spending(anew=True):
        check()
    check()


def test_an_exception_in_the_work_takes_the_deadline_back():
    with pytest.raises(ZeroDivisionError), spending(0.0):
        raise ZeroDivisionError
    check()


def test_what_is_told_reaches_the_innermost_listener():
    outer, inner = [], []
    with spending(found=outer.append):
        with spending(found=inner.append):
            tell(1)
        with spending(5.0):
            tell(2)
    tell(3)
    assert (outer, inner) == ([2], [1])
    assert listener() is None


def test_a_budget_belongs_to_its_thread():
    seen = []
    with spending(0.0):
        other = threading.Thread(target=lambda: seen.append(check()))
        other.start()
        other.join()
    assert seen == [None]


@pytest.mark.parametrize(("value", "words"), [(0, "not positive"), (-1, "not positive"), ("soon", "soon"), (True, "truth value")])
def test_a_wrong_time_limit_is_refused(value, words):
    with pytest.raises(InputError, match=words):
        to_seconds(value)


def test_a_clock_goes_on_between_calls():
    clock = Clock(LITTLE)
    for _ in range(2):
        with pytest.raises(LimitReached) as stop, clock.running():
            check()
    assert stop.value.stopped_by.argument == "time_limit"
    assert stop.value.stopped_by.counted == "seconds"


def test_solve_returns_the_bounds_that_are_proved(tmp_path):
    data = motorcycle()
    optimum = rx.solve(data, 10, time_limit=LITTLE)
    assert optimum.status is rx.Status.UNDECIDED
    assert str(optimum.reason) == "stopped by time_limit=1e-09 (seconds); raise time_limit= to go on"
    best = Fraction("49671.308864081653551489849735847603")
    assert 0 < optimum.lower <= best <= optimum.upper
    optimum.save(tmp_path / "bound.json")
    assert rx.check(tmp_path / "bound.json").verified


def test_prove_bound_raises_with_the_bounds(tmp_path):
    with pytest.raises(LimitReached) as stop:
        rx.prove_bound(motorcycle(), 10, time_limit=LITTLE)
    bounds = stop.value.bounds
    assert 0 < bounds.lower <= Fraction(49672) <= bounds.upper
    rx.save(bounds, tmp_path / "bound.json")
    assert rx.check(tmp_path / "bound.json").verified


def test_a_limit_of_nodes_leaves_bounds_that_no_clock_changes():
    data = rx.Dataset.read("examples/data/anscombe2.csv", bias=True)
    found = []
    for _ in range(2):
        with pytest.raises(LimitReached) as stop:
            rx.prove_bound(data, "1/10", limit=3)
        found.append(stop.value.bounds)
    assert found[0] == found[1]
    assert 0 < found[0].lower < Fraction("1.58339560") < Fraction("1.58339561") < found[0].upper or found[0].gap < 1


def test_an_interrupt_carries_the_bounds():
    data = motorcycle()

    def press(stage):
        if "relative gap" in stage:
            raise KeyboardInterrupt

    with pytest.raises(Interrupted) as stop:
        rx.solve(data, 10, progress=press)
    bounds = stop.value.bounds
    best = Fraction("49671.308864081653551489849735847603")
    assert 0 < bounds.lower <= best <= bounds.upper < bounds.data.y[0] ** 2 + sum(entry**2 for entry in data.y) / 2


def test_enough_time_changes_no_bytes(tmp_path):
    data = rx.Dataset.read("examples/data/anscombe2.csv", bias=True)
    for name, options in (("a", {}), ("b", {"time_limit": 3600, "progress": [].append})):
        rx.solve(data, "1/10", **options).save(tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


CALLS = {
    "max_penalty": lambda data: rx.max_penalty(data, time_limit=LITTLE),
    "patterns": lambda data: rx.activation_patterns(
        rx.Dataset(X=[[i, i * i, i**3, 1] for i in range(30)], y=range(30)), time_limit=LITTLE
    ),
    "classify": lambda data: rx.classify(
        rx.Network([["6/5", "8/5"]], [2]), rx.Dataset([[1, 0], [0, 1]], [3, 4]), 1, time_limit=LITTLE
    ),
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_the_others_raise(call):
    data = rx.Dataset.read("examples/data/anscombe2.csv", bias=True)
    with pytest.raises(LimitReached, match="time_limit=1e-09") as stop:
        call(data)
    assert stop.value.stopped_by.argument == "time_limit"


def test_sets_graphs_and_paths_say_what_they_have():
    data = rx.Dataset(X=[[2, 0, 0, 0], [-1, 1, 1, 1]], y=[1, 1])
    optimum = rx.solve(data, penalty="1/10")
    best = rx.optimal_set(optimum, time_limit=LITTLE)
    assert best.status is rx.Status.UNDECIDED
    assert "time_limit=1e-09" in best.reason
    smallest = rx.minimum_network(best, time_limit=LITTLE)
    assert (smallest.status, smallest.lower, smallest.upper >= 1) == (rx.Status.UNDECIDED, 1, True)
    three = rx.Dataset(X=[[1, 0], [0, 1], [1, -1]], y=[1, 2, -1])
    graph = rx.stationary_graph(three, "1/2", time_limit=1, progress=lambda _: time.sleep(1.1))
    assert (graph.status, graph.complete) == (rx.Status.UNDECIDED, False)
    assert "time_limit=1 " in graph.reason
    assert graph.nodes
    way = rx.descent_path(rx.Network([[1, 0, 0, 0], [0, 0, 0, 0]], [1, 0]), data, 1, time_limit=LITTLE)
    assert way.status is rx.Status.UNDECIDED
    assert "time_limit=1e-09" in way.reason
