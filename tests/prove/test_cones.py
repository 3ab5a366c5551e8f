"""Cones that bound a dual point: what is found is proved by both checks, what is false by neither, and no neuron is above."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from paths import ROOT

import reluexact as rx
from reluexact import checker
from reluexact.certificates.cones import cones_entry, read_cones
from reluexact.certificates.coq.training import read_theorem
from reluexact.checker.cones import b4_cones
from reluexact.checker.document import Item, Rejected
from reluexact.checker.problem import Problem
from reluexact.evidence.cones import Below, Cones, Halve
from reluexact.propose.cone_frame import Frame
from reluexact.propose.cones import ConeSearch
from reluexact.prove.cones import check_cones

ONE = Fraction(1)


def instance(seed, n=9, d=2):
    random = np.random.RandomState(seed)
    X = [[Fraction(int(x), 7) for x in row] for row in random.randint(-20, 21, size=(n, d))]
    theta = [Fraction(int(t), 5) for t in random.randint(-9, 10, size=n)]
    theta[0] -= sum(theta)
    return rx.Dataset(X, [0] * n), tuple(theta)


def searched(seed, most=3000, d=2):
    data, theta = instance(seed, d=d)
    search = ConeSearch(Frame.of(data), theta, ONE)
    search.run(most)
    factor = search.divided()
    return data, tuple(factor * entry for entry in theta), {sign: search.cones(sign, factor) for sign in (1, -1)}, search


def accepted(data, theta, sign, cones):
    """Say whether the checker accepts, too; the two must agree."""
    problem = Problem(data.X, data.y, ONE)
    try:
        b4_cones(problem, list(theta), Item(cones_entry(cones), "T"), sign)
    except Rejected:
        return False
    return True


@pytest.mark.parametrize(("seed", "d"), [(0, 1), (1, 1), (2, 2), (3, 2), (4, 2), (5, 3)])
def test_what_is_found_is_proved_and_near_the_truth(seed, d):
    data, theta, cones, search = searched(seed, d=d)
    for sign in (1, -1):
        assert check_cones(data.X, theta, sign, ONE, cones[sign]) is None
        assert accepted(data, theta, sign, cones[sign])
        assert read_cones(cones_entry(cones[sign])) == cones[sign]
    assert search.seen <= search.excess <= search.seen * (1.1 if d < 3 else 1.5)


@pytest.mark.parametrize("seed", range(4))
def test_no_neuron_is_above_and_the_worst_one_was_met(seed):
    """All pairs of a random direction and a kink at a row, against the proved bound."""
    data, theta, _, search = searched(seed)
    X = np.array([[float(x) for x in row] for row in data.X])
    pulls = np.array([float(t) for t in theta])
    directions = np.random.RandomState(9).normal(size=(4000, 2))
    heights = X @ (directions / np.linalg.norm(directions, axis=1)[:, None]).T
    top = max(np.abs(pulls @ np.maximum(heights - kink, 0.0)).max() for kink in heights)
    assert 0.9 < top <= 1.0
    worst = search.pulled()[0]
    heights = [sum(a * b for a, b in zip(row, worst.weights, strict=True)) + worst.bias for row in data.X]
    value = sum(t * max(Fraction(0), height) for t, height in zip(theta, heights, strict=True))
    length = float(sum(w * w for w in worst.weights)) ** 0.5
    assert worst.sign * float(value) / length * float(1 / search.divided()) == pytest.approx(worst.excess)


@pytest.mark.parametrize("seed", range(3))
def test_any_change_of_a_slope_or_a_cell_is_seen_by_both(seed):
    """A slope may have room; where one accepts the change, so does the other, and with half the penalty neither does."""
    data, theta, cones, _ = searched(seed, most=300)
    nodes = cones[1].nodes
    seen = set()
    for place, node in enumerate(nodes[:120]):
        if isinstance(node, Halve):
            changed = (*nodes[:place], Below(), *nodes[place + 1 :])
        else:
            slope = tuple(entry - 3000 for entry in node.slope) if node.slope else (-(2**19), 0)
            changed = (*nodes[:place], Below(slope), *nodes[place + 1 :])
        other = Cones(center=cones[1].center, axes=cones[1].axes, nodes=changed)
        answer = check_cones(data.X, theta, 1, ONE, other) is None
        assert answer == accepted(data, theta, 1, other)
        seen.add(answer)
    assert False in seen
    double = tuple(2 * entry for entry in theta)
    assert not all(check_cones(data.X, double, sign, ONE, cones[sign]) is None for sign in (1, -1))


def test_a_frame_that_does_not_fit_is_refused():
    for center, axes in (((), (ONE, ONE)), ((ONE,), (ONE,)), ((ONE,), (ONE, 0 * ONE))):
        cones = Cones(center=center, axes=axes, nodes=(Below(),) * 4)
        assert check_cones(((ONE,),), (0 * ONE,), 1, ONE, cones) == "center and axes do not fit the rows"
    for nodes, words in (((Below(),) * 3, "no bound"), ((Below(),) * 5, "no cone left"), ((Halve(1, 1),), "no such vectors")):
        assert words in check_cones(((ONE,),), (0 * ONE,), 1, ONE, Cones(center=(ONE,), axes=(ONE, ONE), nodes=nodes))
    assert "exceeds" in check_cones(((ONE,),), (0 * ONE,), 1, ONE, Cones(center=(ONE,), axes=(ONE, ONE), nodes=(Below((1, 1)),)))


def test_a_saved_bound_by_cones_is_read_back(tmp_path):
    from reluexact.search.cone_bounds import cone_bounds

    data = rx.Dataset([[0, 1], [1, 0], [2, 2], [3, 1]], [0, 3, 0, 2])
    problem = rx.Problem(data, "1/2", output_bias="free", hidden_bias="free")
    bound = cone_bounds(problem, limit=3000)
    assert isinstance(bound.positive, Cones)
    rx.save(bound, tmp_path / "bound.json")
    assert rx.load(tmp_path / "bound.json") == bound
    assert checker.check_document((tmp_path / "bound.json").read_bytes()).verified


def test_coq_has_no_cones():
    with pytest.raises(rx.InputError, match="no cones"):
        read_theorem((ROOT / "tests" / "good" / "bound-2-cones.json").read_bytes())
