"""Whatever shares are proposed, the split of the pairs is proved exactly or refused."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

import reluexact as rx
from reluexact.kinds.optimum.certified import certified_point
from reluexact.propose.shares import propose_shares
from reluexact.prove.neurons import Unproved
from reluexact.prove.o6_pairs import ProposedShares, split_again, split_pairs

PROBLEMS = {
    "box": ([[-1, 1], [0, 1], [1, 1], [3, 1]], [-2, -2, 0, -2], "1/10"),
    "box with two pairs": ([[-2, -1], [2, 2], [-1, 1], [2, 0], [2, 0]], [0, -1, 2, 1, 1], "1/10"),
    "exact": ([[1], [-1]], [1, 2], "1/3"),
}


@cache
def certified(name):
    X, y, penalty = PROBLEMS[name]
    point = certified_point(rx.solve(rx.Dataset(X, y), penalty))
    assert any(point.kkt.structure.paired)
    return point


def split(name, proposal):
    point = certified(name)
    return split_pairs(point.kkt, point.box, point.forms, lambda pairs, columns, target: proposal(pairs, columns, target))


@pytest.mark.parametrize("name", PROBLEMS)
def test_the_proposal_is_proved(name):
    found = split(name, propose_shares)
    assert found.fractions
    assert all(0 <= value.low <= value.high <= 1 for _, value in found.fractions)


@pytest.mark.parametrize("name", PROBLEMS)
@given(data=st.data())
def test_a_false_proposal_proves_nothing_false(name, data):
    """What comes out passes the check of stored splits, which takes no proposal."""
    point, share = certified(name), st.fractions(-2, 3, max_denominator=64)

    def wild(pairs, columns, target):
        some = st.lists(st.sampled_from([*pairs, *pairs, 10**6]), max_size=len(pairs) + 1).map(tuple)
        shares = data.draw(st.dictionaries(st.sampled_from([*pairs, 10**6]), share, min_size=len(pairs)))
        return ProposedShares(shares=shares, independent=data.draw(some), between=data.draw(st.none() | some))

    try:
        found = split(name, wild)
    except Unproved:
        return
    fixed = dict(found.fixed)
    again = split_again(point.kkt, point.box, point.forms, fixed, found.solve)
    assert sorted([*fixed, *found.solve]) == [block for block, paired in enumerate(point.kkt.structure.paired) if paired]
    assert dict(again.fractions).keys() == dict(found.fractions).keys()


@pytest.mark.parametrize(
    "change",
    [
        {"shares": {}},
        {"shares": {10**6: Fraction(1, 2)}},
        {"independent": (10**6,)},
        {"between": (10**6,)},
    ],
)
def test_a_proposal_that_does_not_name_the_pairs_is_refused(change):
    def other(pairs, columns, target):
        honest = {"shares": dict.fromkeys(pairs, Fraction(1, 2)), "independent": tuple(pairs), "between": None}
        return ProposedShares(**(honest | change))

    with pytest.raises(Unproved, match="does not name every pair once"):
        split("exact", other)


def test_a_pair_named_twice_is_refused():
    def twice(pairs, columns, target):
        return ProposedShares(shares=dict.fromkeys(pairs, Fraction(1, 2)), independent=(*pairs, *pairs), between=None)

    with pytest.raises(Unproved, match="does not name every pair once"):
        split("exact", twice)


def test_a_wrong_share_of_the_only_pair_is_refused():
    def wrong(pairs, columns, target):
        return ProposedShares(shares=dict.fromkeys(pairs, Fraction(1, 3)), independent=(), between=None)

    with pytest.raises(Unproved, match="O6"):
        split("exact", wrong)
