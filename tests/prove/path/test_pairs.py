"""Neurons that come in pairs: segments of dimension 2, and the event at which pairing begins as the penalty falls."""

from dataclasses import replace
from fractions import Fraction as F

import pytest
from path_hand import high, low, proved, segment, watch
from path_structures import structure_of

import reluexact as rx
from reluexact.evidence.path import PathBlock
from reluexact.prove.path.breakpoint import refined, richer
from reluexact.prove.path.link import check_link
from reluexact.prove.path.segment import check_segment
from reluexact.prove.unproved import Unproved
from reluexact.search.path_link import prove_link
from reluexact.search.path_segment import prove_segment

DATA = rx.Dataset(X=[[7, -9], [5, -2], [-8, -4], [-6, 2], [6, -2], [3, 8], [-6, 9]], y=[-2, -9, -3, 4, -1, -4, 3])
BLOCKS = (
    PathBlock(sign=1, gate=(1, 1, 0, -1, -1, -1), basis=((1, -2),)),
    PathBlock(sign=-1, gate=(1, 1, 1, 0, -1, -1), basis=((-1, -3),)),
    PathBlock(sign=-1, gate=(1, 1, -1, -1, 1, -1), basis=((1, 0), (0, 1))),
    PathBlock(sign=-1, gate=(0, 1, -1, -1, 1, 1), basis=((9, 7),)),
)
HANGING = (0, 2, 3)
"""Above the event these are single (the first one as its opposite); all three become pairs at once."""


def turned(block):
    basis = tuple(tuple(-entry for entry in vector) for vector in block.basis)
    return replace(block, gate=block.face.opposite().gate, basis=basis)


def hung(index, block):
    if index not in HANGING:
        return replace(block, paired=True, slack=F(1), hang=1)
    share = F(int(index == 0))
    return replace(block, paired=True, share=share, slack=1 - 2 * share, hang=0)


@pytest.fixture(scope="module")
def sides():
    above = (turned(BLOCKS[0]), *BLOCKS[1:], turned(BLOCKS[1]))
    watched = (watch(BLOCKS[0]), watch(turned(BLOCKS[2])), watch(turned(BLOCKS[3])))
    start = (".82", ".58", "1.77", "-.47", ".16", ".58", ".233", ".1658", ".0586", ".5017", ".0035")
    vanishing = tuple(low("watched", index) for index in range(3))
    upper = proved(DATA, ("1.82", "1.86"), start, blocks=above, watched=watched, vanishing=vanishing)
    below = tuple(hung(index, block) for index, block in enumerate(BLOCKS))
    start = (".81", ".57", "1.74", "-.47", ".15", ".35", ".236", ".141", ".519", ".0021", ".05")
    named = {"blocks": below, "lineality": ((1, -2), (-1, -3)), "vanishing": (high("slack", 0),)}
    lower = proved(DATA, ("1.78", "1.8225"), start, **named)
    return upper, lower


def test_pairing_begins_at_one_point_for_all(sides):
    upper, lower = sides
    link = prove_link(upper, lower)
    assert link.kind == "pairing-begins"
    bounds = refined(*richer(upper, lower), link, 100)
    assert link.low < bounds[0] <= bounds[1] < link.high
    assert bounds[1] - bounds[0] < F(1, 2**100)
    assert round(float(bounds[0]), 6) == 1.821187


def test_the_sides_of_pairing_are_those_of_fresh_solves(sides):
    for side, penalty in zip(sides, (F(184, 100), F(18, 10)), strict=True):
        fresh = rx.solve(DATA, penalty)
        t = side.path.line.place(penalty)
        for curve, theta in zip(side.residual.rows, fresh.residual, strict=True):
            assert theta.low - curve.spread <= curve.value(t) <= theta.high + curve.spread
        paired = sum(2 if block.paired else 1 for block in side.segment.blocks)
        assert len(fresh.neurons) == paired


def test_wrong_watched_directions_do_not_begin_pairing(sides):
    upper, lower = sides
    link = prove_link(upper, lower)
    other = replace(upper.segment.watched[0], basis=((9, 7),))
    wrong = replace(upper, segment=replace(upper.segment, watched=(other, *upper.segment.watched[1:])))
    with pytest.raises(Unproved):
        check_link(wrong, lower, link)
    fewer = replace(upper, segment=replace(upper.segment, blocks=upper.segment.blocks[:4]))
    with pytest.raises(Unproved, match="counterpart|none of"):
        check_link(fewer, lower, link)


def test_parts_that_do_not_vanish_together_are_refused(sides):
    lower = sides[1].segment
    for index, fault in ((0, {"share": F(1, 2)}), (0, {"slack": F(1)}), (2, {"share": F(1, 3)}), (3, {"slack": F(-1)})):
        blocks = [*lower.blocks]
        blocks[index] = replace(blocks[index], **fault)
        with pytest.raises(Unproved):
            check_segment(DATA, replace(lower, blocks=tuple(blocks)))
    with pytest.raises(Unproved, match="span"):
        check_segment(DATA, replace(lower, lineality=((1, -2), (2, -4))))
    with pytest.raises(Unproved, match="there is not"):
        check_segment(DATA, replace(lower, lineality=((1, -2),)))


@pytest.fixture(scope="module")
def fresh():
    optimum = rx.solve(DATA, F(6, 5))
    return optimum, *structure_of(optimum)


def test_a_segment_of_dimension_two(fresh):
    optimum, structure, start = fresh
    found = check_segment(DATA, prove_segment(DATA, structure, F(11, 10), F(13, 10), start=start))
    assert sum(block.paired for block in found.segment.blocks) - len(found.segment.lineality) == 2
    for curve, theta in zip(found.residual.rows, optimum.residual, strict=True):
        assert theta.low - curve.spread <= curve.value(F(0)) <= theta.high + curve.spread
    for vector in found.segment.lineality:
        form = [sum(x * v for x, v in zip(row, vector, strict=True)) for row in DATA.X]
        assert found.forms.vanishes(form)
        assert not found.forms.vanishes([*form[:-1], form[-1] + 1])


def test_a_pair_that_is_taken_for_a_single_neuron_is_refused(fresh):
    _, structure, start = fresh
    single = replace(structure.blocks[1], paired=False, share=F(0))
    wrong = replace(structure, blocks=(structure.blocks[0], single, *structure.blocks[2:]))
    with pytest.raises(Unproved):
        prove_segment(DATA, wrong, F(11, 10), F(13, 10), start=start)


def test_shares_that_leave_a_part_negative_are_refused(fresh):
    _, structure, start = fresh
    wrong = replace(structure.blocks[1], share=F(0))
    with pytest.raises(Unproved, match="parts of the pair|O3"):
        prove_segment(
            DATA,
            replace(structure, blocks=(structure.blocks[0], wrong, *structure.blocks[2:])),
            F(11, 10),
            F(13, 10),
            start=start,
        )


def test_the_tau_of_a_wall_is_exactly_zero_where_it_is():
    """MATH 3.7: a neuron on a wall that it does not need, along a whole segment."""
    data = rx.Dataset(X=[[1, -3], [3, 1], [-3, 2], [0, 0], [3, 1], [1, 1]], y=[2, -2, 3, 3, 2, -1])
    optimum = rx.solve(data, F(265, 49))
    structure, start = structure_of(optimum)
    part = segment(data, (F(53, 10), F(11, 2)), start, blocks=structure.blocks, lineality=structure.lineality)
    assert part.positive
