"""The parts of a tree: the same tree whoever grows them, and their limits and failures."""

from __future__ import annotations

import pickle
import random
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from math import ceil

import pytest

import reluexact as rx
from reluexact.errors import LimitReached
from reluexact.model.dataset import Dataset
from reluexact.propose.tree.cover import Covered, Form, Violated, cover
from reluexact.prove.tree_check import check_tree
from reluexact.work import Work

FEW = 4


@pytest.fixture(autouse=True)
def small_trees_have_parts(monkeypatch):
    monkeypatch.setattr("reluexact.propose.tree.cover.PARTS", FEW)


def form_of(seed, *, rows=20, features=4):
    draw = random.Random(seed)
    data = Dataset([[draw.randint(-9, 9) for _ in range(features)] for _ in range(rows)], [0] * rows)
    theta = tuple(Fraction(draw.randint(-9, 9)) for _ in range(rows))
    return Form.of(data.hyperplanes, theta, 1, dimension=features)


def abroad(counts):
    """A map whose workers share nothing with the caller."""

    def mapped(piece, items):
        counts.append(len(items))
        return [pickle.loads(pickle.dumps(pickle.loads(pickle.dumps(piece))(item))) for item in items]

    return mapped


def least_bound(form):
    """Return a bound that holds by little."""
    bound = Fraction(1)
    while isinstance(found := cover(form, bound), Violated):
        bound = Fraction(ceil(found.value) + 1)
    return bound


@pytest.mark.parametrize("seed", range(2))
def test_the_tree_is_the_same_whoever_grows_its_parts(seed):
    form = form_of(seed)
    bound, counts = least_bound(form), []
    alone = cover(form, bound)
    assert isinstance(alone, Covered)
    assert check_tree(form, bound, alone.tree) is None
    assert cover(form, bound, work=Work(abroad(counts))) == alone
    with ThreadPoolExecutor(2) as threads:
        assert cover(form, bound, work=Work(threads.map)) == alone
    assert FEW <= counts[0] < 2 * FEW


def test_a_violation_and_a_limit_are_those_of_one_process():
    form = form_of(1)
    bound = least_bound(form)
    failed = cover(form, bound / 2)
    assert isinstance(failed, Violated)
    assert cover(form, bound / 2, work=Work(abroad([]))) == failed
    for work in (Work(), Work(abroad([]))):
        with pytest.raises(LimitReached, match="more than 25 nodes"):
            cover(form, bound, limit=25, work=work)


def test_bounds_and_other_losses_are_shared_too():
    draw, counts = random.Random(7), []
    data = rx.Dataset([[draw.randint(-9, 9) for _ in range(3)] for _ in range(12)], [draw.randint(-9, 9) for _ in range(12)])
    assert rx.prove_bound(data, 20, gap="1/1000", map=abroad(counts)) == rx.prove_bound(data, 20, gap="1/1000")
    assert max(counts, default=0) >= FEW
    counts.clear()
    absolute = rx.Problem(data, 5, loss="absolute")
    assert rx.prove_bound(absolute, gap="1/1000", map=abroad(counts)) == rx.prove_bound(absolute, gap="1/1000")
    assert max(counts, default=0) >= FEW


def test_lost_workers_leave_the_bounds_that_are_proved():
    def lost(piece, items):
        raise ConnectionError("gone")

    draw = random.Random(7)
    data = rx.Dataset([[draw.randint(-9, 9) for _ in range(3)] for _ in range(12)], [draw.randint(-9, 9) for _ in range(12)])
    with pytest.raises(rx.WorkersLost) as caught:
        rx.prove_bound(data, 20, map=lost)
    assert caught.value.bounds.lower > 0


def test_an_optimum_has_the_same_bytes_through_a_map(tmp_path):
    draw, counts = random.Random(7), []
    data = rx.Dataset([[draw.randint(-9, 9) for _ in range(3)] for _ in range(12)], [draw.randint(-9, 9) for _ in range(12)])
    rx.save(rx.solve(data, 20), tmp_path / "alone.json")
    rx.save(rx.solve(data, 20, map=abroad(counts)), tmp_path / "shared.json")
    assert (tmp_path / "alone.json").read_bytes() == (tmp_path / "shared.json").read_bytes()
    assert 2 in counts
