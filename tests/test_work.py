"""Independent work through a map: order, errors with their cause, deadlines, and maps that fail."""

from __future__ import annotations

import os
import pickle
import threading
import time
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context

import pytest

import reluexact as rx
from reluexact.budget import OutOfTime, seconds_left, spending
from reluexact.errors import InputError, WorkersLost
from reluexact.work import Work, WorkerTraceback

ITEMS = [3, -1, 2]


def futures(function, items):
    """What Dask does: futures instead of results, here done out of order."""
    found = [Future() for _ in items]
    for future, item in reversed(list(zip(found, items, strict=True))):
        future.set_result(function(item))
    return found


def lazily(function, items):
    return (function(item) for item in items)


def fails(item):
    raise ZeroDivisionError(f"at {item}")


def too_late(item):
    raise OutOfTime(7.0)


def dies(item):
    os._exit(3)


def sleeps(item):
    time.sleep(item)


@pytest.mark.parametrize("given", [None, map, futures, lazily, lambda f, items: [f(item) for item in items]])
def test_results_come_in_the_order_of_the_items(given):
    assert list(Work.of(given).each(abs, ITEMS)) == [3, 1, 2]
    assert list(Work.of(given).each(abs, [])) == []


@pytest.mark.parametrize("given", [None, map, futures])
def test_an_error_is_that_of_the_first_item_that_fails(given):
    with pytest.raises(ZeroDivisionError, match="at 3") as caught:
        list(Work.of(given).each(fails, ITEMS))
    if given is not None:
        assert isinstance(caught.value.__cause__, WorkerTraceback)
        assert "in fails" in str(caught.value.__cause__)


def test_the_deadline_goes_along():
    with spending(100.0):
        first, second = Work(map).each(lambda _: seconds_left(), [1, 2])
    assert 0 < second <= first <= 100
    with pytest.raises(OutOfTime) as late:
        list(Work(map).each(too_late, ITEMS))
    assert late.value.seconds == 7.0


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (lambda f, items: [f(items[0])], "it gave 1 results for 3 items"),
        (lambda f, items: [*map(f, items), f(items[0])], "it gave more results for 3 items"),
        (lambda f, items: [1, 2, 3], "it gave a int, not what the function returned"),
    ],
)
def test_a_map_that_breaks_its_word_is_refused(given, message):
    with pytest.raises(InputError, match=message):
        list(Work(given).each(abs, ITEMS))


@pytest.mark.parametrize("given", [7, "map"])
def test_what_is_no_map_is_refused(given):
    for call in (rx.solve, rx.stationary_graph):
        with pytest.raises(InputError, match="cannot be called; pass map"):
            call(rx.Dataset([[1], [2]], [1, 2]), 1, map=given)


def test_a_map_that_fails_is_told_with_its_cause():
    def gone(function, items):
        raise ConnectionError("the scheduler is gone")

    with pytest.raises(WorkersLost, match=r"ConnectionError: the scheduler is gone\); run it again or leave out map=") as lost:
        list(Work(gone).each(abs, ITEMS))
    assert isinstance(lost.value.__cause__, ConnectionError)
    again = pickle.loads(pickle.dumps(lost.value))
    assert str(again) == str(lost.value)
    with pytest.raises(WorkersLost) as stopped:
        rx.solve(rx.Dataset([[1], [2]], [1, 2]), 1, map=gone)
    assert stopped.value.bounds.lower <= rx.solve(rx.Dataset([[1], [2]], [1, 2]), 1).value.low


def test_what_is_left_is_cancelled():
    cancelled, waiting = [], threading.Event()

    def one_at_a_time(function, items):
        pool = ThreadPoolExecutor(1)
        found = [pool.submit(function, item) for item in items]
        cancelled.extend(found)
        pool.shutdown(wait=False)
        return found

    def first_fails(item):
        if item == 3:
            raise ZeroDivisionError
        waiting.wait(5)

    with pytest.raises(ZeroDivisionError):
        list(Work(one_at_a_time).each(first_fails, [3, 0, 1, 2]))
    waiting.set()
    assert cancelled[-1].cancelled()


@pytest.mark.slow
def test_processes_give_the_same_bytes_and_a_dead_one_is_told(tmp_path):
    data = rx.Dataset([["0.3", 1], ["-1.2", 1], ["0.7", 1], ["1.9", 1]], ["0.4", "-1", "0.2", 2])
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        for number, given in enumerate((None, pool.map)):
            rx.solve(data, "1/10", map=given).save(tmp_path / f"optimum{number}.json")
            rx.stationary_graph(data, "1/10", map=given).save(tmp_path / f"graph{number}.json")
        for name in ("optimum", "graph"):
            assert (tmp_path / f"{name}0.json").read_bytes() == (tmp_path / f"{name}1.json").read_bytes()
        assert rx.cross_validate(data, "1/10", folds=2) == rx.cross_validate(data, "1/10", folds=2, map=pool.map)
        with pytest.raises(WorkersLost, match="BrokenProcessPool"):
            list(Work(pool.map).each(dies, [1, 2]))
