"""The fewest neurons against z3's exact optimiser and against brute force over all vertices, on systems full of coincidences."""

from __future__ import annotations

import random

import pytest
import z3
from fewest_judges import brute_fewest, check_point, check_tree, random_system, z3_fewest, z3_minimum

from reluexact.kinds.minimum_network.claim import BranchTree
from reluexact.kinds.minimum_network.fewest import system as fewest_system
from reluexact.kinds.minimum_network.fewest.sums import SumResult
from reluexact.kinds.minimum_network.fewest.system import fewest


def small_system(seed):
    """Return a system of at most 10 variables with small integers."""
    source = random.Random(seed)
    rows = source.randint(1, 4)
    pairs = source.randint(0, 5)
    singles = source.randint(max(0, rows - pairs), 5)
    return random_system(
        source,
        pairs=pairs,
        singles=singles,
        rows=rows,
        most=source.choice((1, 2, 3, 5, 9)),
        planted=source.choice((None, source.randint(0, min(rows, pairs + singles)))),
    )


def assert_right(system, found, fewest_of_all):
    check_point(system, found)
    assert found.lower <= fewest_of_all <= found.upper
    assert found.lower == found.upper, found.reason
    if isinstance(found.evidence, BranchTree):
        check_tree(system, found)


@pytest.mark.parametrize("block", range(10))
def test_sums_against_brute_force(block):
    for seed in range(20 * block, 20 * block + 20):
        system = small_system(seed)
        assert_right(system, fewest(system), brute_fewest(system))


@pytest.mark.parametrize("block", range(5))
def test_tree_against_brute_force(block, monkeypatch):
    monkeypatch.setattr(fewest_system, "fewest_by_sums", lambda steps, effort, most: SumResult())
    for seed in range(1000 + 10 * block, 1000 + 10 * block + 10):
        system = small_system(seed)
        assert_right(system, fewest(system, engine="none"), brute_fewest(system))


@pytest.mark.parametrize(
    ("pairs", "singles", "rows", "most", "planted"),
    [
        (10, 0, 3, 20, None),
        (12, 0, 3, 20, 1),
        (12, 0, 2, 99, 0),
        (8, 4, 3, 9, 2),
        (0, 16, 4, 9, None),
        (0, 20, 5, 9, 2),
        (0, 25, 3, 99, 1),
        (6, 10, 4, 3, None),
    ],
)
def test_against_z3(pairs, singles, rows, most, planted):
    for seed in range(3):
        system = random_system(random.Random(seed), pairs=pairs, singles=singles, rows=rows, most=most, planted=planted)
        assert_right(system, fewest(system), z3_fewest(system))


@pytest.mark.parametrize(("wrong", "complaint"), [(1, "no point has the value 1"), (3, "3 is not the least value")])
def test_a_wrong_answer_of_the_optimiser_is_not_believed(wrong, complaint, monkeypatch):
    """The plain solver has to find a point with the value of the optimiser, and none that is better."""
    x = z3.Real("x")
    conditions, cost = [x > 0, x < 5], z3.If(x > 1, 2, 4) + z3.If(x > 2, 1, 0)
    assert z3_minimum(conditions, cost) == 2

    class Wrong(z3.Optimize):
        def minimize(self, cost):
            return super().minimize(z3.IntVal(wrong))

    monkeypatch.setattr(z3, "Optimize", Wrong)
    with pytest.raises(AssertionError, match=complaint):
        z3_minimum(conditions, cost)


@pytest.mark.slow
@pytest.mark.parametrize("block", range(100))
def test_thousands_against_brute_force(block):
    for seed in range(10_000 + 50 * block, 10_050 + 50 * block):
        system = small_system(seed)
        assert_right(system, fewest(system, engine="none"), brute_fewest(system))
