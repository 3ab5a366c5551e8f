"""Bound proofs: they hold exactly, enclose the value, and reach the gap that was asked for."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from strategies import problems

from reluexact.errors import InputError, LimitReached
from reluexact.evidence.tree import Leaf
from reluexact.model.dataset import Dataset
from reluexact.model.network import Network
from reluexact.search.bound import check_bound, prove_bound

F = Fraction


@settings(max_examples=40)
@given(problems())
def test_small_problems_are_enclosed(problem):
    data, penalty = problem
    proof = prove_bound(data, penalty)
    assert check_bound(proof) is None
    assert proof.lower <= proof.upper
    assert proof.upper <= sum(y * y for y in data.y) / 2
    assert 0 <= proof.gap <= F(1, 10**9)


def test_known_value_and_known_network():
    data = Dataset(X=[[1], [2]], y=[1, 2])
    network = Network([[1]], [F(4, 5)])
    proof = prove_bound(data, 1, residual=(F(1, 5), F(2, 5)), network=network)
    assert check_bound(proof) is None
    assert proof.network == network
    assert proof.lower <= F(9, 10) <= proof.upper
    assert F(9, 10) - proof.lower < F(1, 10**12)
    mixed = prove_bound(data, 1, residual=(F(1, 5), F(2, 5)))
    assert mixed.upper - F(9, 10) < F(1, 10**12)


def test_a_far_too_long_residual_is_shrunk():
    data = Dataset(X=[[1], [2]], y=[1, 2])
    proof = prove_bound(data, 1, residual=(F(100), F(200)))
    assert check_bound(proof) is None
    assert proof.lower > F(9, 10) - F(1, 10**9)


@pytest.mark.parametrize(("penalty", "width"), [(4, 1), (5, 0), (6, 0)])
def test_penalties_about_the_greatest_one(penalty, width):
    proof = prove_bound(Dataset(X=[[1], [2]], y=[1, 2]), penalty)
    assert check_bound(proof) is None
    assert proof.network.width == width
    assert proof.gap <= F(1, 10**9)


def test_all_targets_zero():
    proof = prove_bound(Dataset(X=[[1, 2], [0, 0]], y=[0, 0]), 1)
    assert (proof.lower, proof.upper, proof.gap) == (0, 0, 0)
    assert check_bound(proof) is None


def test_a_loose_gap_gives_short_numbers():
    data = Dataset(X=[[3, 1], [1, 4], [-2, 5], [4, -3], [1, 1]], y=[3, -1, 4, 2, -2])
    fine, loose = prove_bound(data, 1), prove_bound(data, 1, gap=F(1, 100))
    assert loose.gap <= F(1, 100)
    assert fine.gap <= F(1, 10**11)
    assert check_bound(loose) is None
    assert longest(loose) <= longest(fine)


def longest(proof):
    leaves = [node for node in proof.positive + proof.negative if isinstance(node, Leaf)]
    return max((q.denominator for leaf in leaves for _, q in leaf.rho + leaf.slope), default=1)


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (lambda p: {"lower": p.lower + 1}, "lower"),
        (lambda p: {"upper": p.upper - 1}, "upper"),
        (lambda p: {"penalty": p.penalty / 2}, "tree"),
        (lambda p: {"residual": tuple(2 * t for t in p.residual)}, "tree"),
        (lambda p: {"positive": (*p.positive, Leaf())}, "positive"),
        (lambda p: {"negative": ()}, "negative"),
    ],
)
def test_broken_proofs_are_refused(change, word):
    proof = prove_bound(Dataset(X=[[1, 2], [2, -1], [-1, 1]], y=[1, -2, 3]), 1)
    fault = check_bound(replace(proof, **change(proof)))
    assert fault is not None
    assert word in fault


def test_errors():
    data = Dataset(X=[[1, 2], [2, -1], [-1, 1]], y=[1, -2, 3])
    with pytest.raises(InputError, match="gap"):
        prove_bound(data, 1, gap=F(0))
    with pytest.raises(InputError, match="penalty"):
        prove_bound(data, 0)
    with pytest.raises(LimitReached):
        prove_bound(data, 1, limit=1)
