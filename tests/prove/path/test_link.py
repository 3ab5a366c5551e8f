"""Events between segments: each is proved, and none but the right one."""

from dataclasses import replace
from fractions import Fraction as F
from itertools import pairwise

import pytest
from path_hand import FIRST, SECOND, high, low, proved, unit_path, watch

import reluexact as rx
from reluexact.evidence.path import Link, PathBlock, PathSymmetry
from reluexact.numbers.radicals import RadicalSum
from reluexact.prove.path.breakpoint import exact_penalty, refined, richer
from reluexact.prove.path.chain import check_chain, check_order
from reluexact.prove.path.link import check_link
from reluexact.prove.path.segment import check_structure
from reluexact.prove.unproved import Unproved
from reluexact.search.path_link import gap_between, prove_link


@pytest.fixture(scope="module")
def path():
    return unit_path()


def test_the_breakpoints_are_three_and_one(path):
    links = [prove_link(upper, lower) for upper, lower in pairwise(path)]
    assert [link.kind for link in links] == ["enter", "same", "enter"]
    check_chain(path, links)
    for (upper, lower), link, value in ((path[:2], links[0], 3), (path[2:], links[2], 1)):
        assert link.low < value < link.high
        assert exact_penalty(upper, lower, link) == RadicalSum.rational(value)
        assert refined(*richer(upper, lower), link, 100) == (value, value)


def test_the_greatest_penalty_may_be_a_square_root():
    data = rx.Dataset(X=[[1, 1], [2, -1]], y=[2, 1])  # |X'y|^2 = 4^2 + 1
    block = replace(FIRST, gate=(1, 1), basis=((1, 0), (0, 1)))
    upper = proved(data, (4, 5), (), watched=(watch(block),), vanishing=(low("watched"),))
    lower = proved(data, ("39/10", "21/5"), (4, 1, "1/20"), blocks=(block,), vanishing=(high("amount"),))
    link = prove_link(upper, lower)
    assert exact_penalty(upper, lower, link) == RadicalSum.root(F(17))
    bounds = refined(*richer(upper, lower), link, 150)
    assert bounds[0] ** 2 < 17 < bounds[1] ** 2
    assert bounds[1] - bounds[0] < F(1, 2**150)


def test_wrong_links_are_refused(path):
    link = prove_link(*path[:2])
    for kind in ("leave", "same", "meet", "pairing-begins"):
        with pytest.raises(Unproved, match="the link is enter"):
            check_link(*path[:2], replace(link, kind=kind))
    with pytest.raises(Unproved, match="enclosure"):
        check_link(*path[:2], replace(link, low=F(31, 10), high=F(16, 5)))
    with pytest.raises(Unproved, match="enclosed"):
        check_link(*path[:2], replace(link, low=F(2)))
    with pytest.raises(Unproved):
        prove_link(path[1], path[0])
    with pytest.raises(Unproved, match="no event"):
        prove_link(path[0], path[2])


def test_another_neuron_does_not_link(path):
    upper = path[2]
    other = replace(SECOND, gate=(1, 1), basis=((1, 0), (0, 1)))
    swapped = replace(upper.segment, watched=(watch(other),))
    with pytest.raises(Unproved):
        check_link(replace(upper, segment=swapped), path[3], prove_link(*path[2:]))


def test_solutions_that_do_not_meet_are_refused(path):
    upper, lower = path[2:]
    near = replace(upper.tube, unique=tuple(entry / 10**9 for entry in upper.tube.unique))
    with pytest.raises(Unproved, match="meet"):
        check_link(replace(upper, tube=near), lower, prove_link(upper, lower))


def test_events_have_to_be_told_apart():
    near = [Link(kind="enter", low=F(1), high=F(2)), Link(kind="leave", low=F(1, 2), high=F(1))]
    with pytest.raises(Unproved, match="told apart"):
        check_order(near)
    check_order([near[0], Link(kind="same", low=F(1), high=F(2)), replace(near[1], high=F(3, 4))])


def test_a_path_starts_and_ends_well(path):
    links = [prove_link(upper, lower) for upper, lower in pairwise(path)]
    with pytest.raises(Unproved, match="starts"):
        check_chain(path[1:], links[1:])
    with pytest.raises(Unproved, match="vanishes at its ends"):
        check_chain(path[:3], links[:2])
    with pytest.raises(Unproved, match="a link between each"):
        check_chain(path, links[:2])


def test_a_gap_ends_where_what_vanishes_is_positive(path):
    upper, lower = path[2:]
    gap = gap_between(upper, lower)
    assert gap.low < 1 < gap.high
    with pytest.raises(Unproved, match="positive"):
        check_link(upper, lower, replace(gap, high=F(4, 5)) if gap.low < F(4, 5) else replace(gap, low=F(3, 4), high=F(4, 5)))
    with pytest.raises(Unproved, match="positive"):
        check_link(upper, lower, replace(gap, low=F(6, 5), high=F(5, 4)))


RIGHT = PathBlock(sign=1, gate=(1,), basis=((1,),))
LEFT = PathBlock(sign=1, gate=(-1,), basis=((-1,),))
MIRROR = PathSymmetry(rows=(1, 0), columns=((F(-1),),))
IDENTITY = PathSymmetry(rows=(0, 1), columns=((F(1),),))


def two_sides(second):
    """One neuron to each side: they enter at the penalties 3 and ``second``."""
    return rx.Dataset(X=[[1], [-1]], y=[3, second])


def two_at_once(data):
    """Return the segments above and below, as if both neurons entered together."""
    both = (watch(RIGHT), watch(LEFT))
    upper = proved(data, ("5/2", "7/2"), (), watched=both, vanishing=(low("watched", 0), low("watched", 1)))
    vanishing = (high("amount", 0), high("amount", 1))
    lower = proved(data, (2, "13/4"), (2, 2, "1/2", "1/2"), blocks=(RIGHT, LEFT), vanishing=vanishing)
    return upper, lower


def test_coincident_events_need_a_reason():
    upper, lower = two_at_once(two_sides(3))
    link = prove_link(upper, lower)  # the amounts are known exactly
    assert link.symmetries == ()
    assert prove_link(upper, lower, (MIRROR,)).symmetries == (MIRROR,)
    assert prove_link(upper, lower, (IDENTITY,)).symmetries == (IDENTITY,)  # maps nothing, but they are known exactly
    with pytest.raises(Unproved, match="not mapped"):
        prove_link(upper, lower, (replace(MIRROR, columns=IDENTITY.columns),))
    with pytest.raises(Unproved, match="orthogonal"):
        prove_link(upper, lower, (replace(MIRROR, columns=((F(-2),),)),))
    with pytest.raises(Unproved, match="permute"):
        prove_link(upper, lower, (replace(MIRROR, rows=(0, 0)),))


def test_symmetries_have_to_connect_what_is_not_known_exactly():
    path = rx.solution_path(rx.Dataset([[-2, 1], [-1, 1], [1, 1], [2, 1]], [-2, -1, 1, 2]), share="1/2")
    link = path.evidence.links[0]
    upper, lower = (check_structure(path.data, segment) for segment in path.evidence.segments[:2])
    check_link(upper, lower, link)
    same = PathSymmetry(rows=(0, 1, 2, 3), columns=((F(1), F(0)), (F(0), F(1))))
    with pytest.raises(Unproved, match="onto each other"):
        check_link(upper, lower, replace(link, symmetries=(same,)))


def test_a_symmetry_may_turn_the_targets_and_then_turns_the_signs_of_neurons():
    left, turned = replace(LEFT, sign=-1), replace(MIRROR, sign=-1)
    data, both = two_sides(-3), (watch(RIGHT), watch(left))
    upper = proved(data, ("5/2", "7/2"), (), watched=both, vanishing=(low("watched", 0), low("watched", 1)))
    vanishing = (high("amount", 0), high("amount", 1))
    lower = proved(data, (2, "13/4"), (2, 2, "1/2", "1/2"), blocks=(RIGHT, left), vanishing=vanishing)
    assert prove_link(upper, lower, (turned,)).symmetries == (turned,)
    with pytest.raises(Unproved, match="not mapped"):
        prove_link(upper, lower, (MIRROR,))
    with pytest.raises(Unproved, match="the sign of a symmetry"):
        prove_link(upper, lower, (replace(MIRROR, sign=2),))
    upper, lower = two_at_once(two_sides(3))
    with pytest.raises(Unproved, match="not mapped"):
        prove_link(upper, lower, (turned,))


def test_events_close_to_each_other_are_no_coincidence():
    upper, lower = two_at_once(two_sides(3 + F(1, 10**12)))
    with pytest.raises(Unproved, match="different points"):
        prove_link(upper, lower)
    with pytest.raises(Unproved, match="not mapped"):
        prove_link(upper, lower, (MIRROR,))


def test_two_events_a_trillionth_apart_are_told_apart():
    step = F(1, 10**12)
    data = two_sides(3 + step)
    segments = (
        proved(data, (3 + step / 2, 4), (), watched=(watch(LEFT), watch(RIGHT)), vanishing=(low("watched", 0),)),
        proved(
            data,
            (3 - step / 4, 3 + step * 9 / 8),
            (3, step / 6),
            blocks=(LEFT,),
            watched=(watch(RIGHT),),
            vanishing=(high("amount", 0), low("watched", 0)),
        ),
        proved(data, (3 - step, 3 + step / 4), (3, 3, step / 6, step / 3), blocks=(RIGHT, LEFT), vanishing=(high("amount", 0),)),
    )
    links = [prove_link(upper, lower) for upper, lower in pairwise(segments)]
    assert [link.kind for link in links] == ["enter", "enter"]
    check_chain(segments, links)
    found = [exact_penalty(upper, lower, link) for (upper, lower), link in zip(pairwise(segments), links, strict=True)]
    assert found == [RadicalSum.rational(3 + step), RadicalSum.rational(3)]
