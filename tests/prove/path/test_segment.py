"""Segments of paths known by hand, compared with fresh solves; every planted fault is refused."""

from dataclasses import replace
from fractions import Fraction as F

import pytest
from path_hand import FIRST, SECOND, UNIT, high, low, proved, segment, unit_path, watch

import reluexact as rx
from reluexact.evidence.path import PathBlock
from reluexact.evidence.tree import TightLeaf
from reluexact.numbers.curves import value_at
from reluexact.prove.path.segment import check_segment
from reluexact.prove.unproved import Unproved
from reluexact.search.proof import MissingNeuron

TWO = rx.Dataset(X=[[1], [2]], y=[1, 2])
ONLY = PathBlock(sign=1, gate=(1,), basis=((1,),))


@pytest.fixture(scope="module")
def path():
    return unit_path()


def test_two_points_break_at_five():
    proved(TWO, ("9/2", 10), (), watched=(watch(ONLY),), vanishing=(low("watched"),))
    below = proved(TWO, (3, "11/2"), (4, F(1, 4)), blocks=(ONLY,), vanishing=(high("amount"),))
    beta = below.residual.unknowns[1]
    for penalty in (F(3), F(4), F(5)):
        amount = beta.value(below.path.line.place(penalty)) * penalty
        assert abs(amount - (1 - penalty / 5)) <= penalty * beta.spread  # 5 w - 5 + b = 0


@pytest.mark.parametrize("penalty", [F(27, 10), F(2), F(9, 5)])
def test_the_residual_is_that_of_a_fresh_solve(path, penalty):
    part = path[1]
    t = part.path.line.place(penalty)
    fresh = rx.solve(UNIT, penalty)
    for curve, theta in zip(part.residual.rows, fresh.residual, strict=True):
        assert theta.low - curve.spread <= value_at(curve.coefficients, t) <= theta.high + curve.spread


def test_an_event_inside_is_refused():
    with pytest.raises(MissingNeuron) as missing:
        segment(UNIT, ("5/2", "7/2"), ())
    assert missing.value.sign == 1
    assert missing.value.direction[0] > 0.99
    with pytest.raises(Unproved, match="amount"):
        segment(UNIT, ("7/4", "13/4"), (2, 1), blocks=(FIRST,))
    with pytest.raises(MissingNeuron):
        segment(UNIT, ("3/4", 2), (2, 1), blocks=(FIRST,))


def test_what_vanishes_has_to_do_so_once_and_at_its_end():
    named = {"blocks": (FIRST,)}
    with pytest.raises(Unproved, match="once"):
        segment(UNIT, ("7/4", "13/4"), (2, 1), vanishing=(low("amount"),), **named)
    with pytest.raises(Unproved, match="once"):
        segment(UNIT, ("7/4", 2), (2, 1), vanishing=(high("amount"),), **named)
    with pytest.raises(Unproved, match="no part of the structure"):
        segment(UNIT, ("7/4", 2), (2, 1), vanishing=(high("amount", 1),), **named)
    with pytest.raises(Unproved, match="could vanish"):
        segment(UNIT, ("7/4", 2), (2, 1), vanishing=(high("gate", 0, 1),), **named)


def test_wrong_structures_are_refused():
    wrong = replace(FIRST, gate=(1, 1))
    with pytest.raises(Unproved):
        segment(UNIT, ("5/4", 2), (2, 1), blocks=(wrong,))
    with pytest.raises(Unproved, match="not on wall"):
        segment(UNIT, ("5/4", 2), (2, 1), blocks=(replace(FIRST, basis=((1, 1),)),))
    with pytest.raises(Unproved, match="point its way"):
        segment(UNIT, ("5/4", 2), (-2, -1), blocks=(replace(FIRST, basis=((1, 0),)),))
    with pytest.raises(Unproved):
        segment(UNIT, ("5/4", 2), (2, 1), blocks=(replace(FIRST, sign=-1),))
    with pytest.raises(Unproved, match="outside the span"):
        segment(UNIT, ("5/4", 2), (2, 1), blocks=(replace(FIRST, paired=True, share=F(1, 2)),))
    with pytest.raises(Unproved, match="no pair"):
        segment(UNIT, ("5/4", 2), (2, 1), blocks=(replace(FIRST, share=F(1, 2)),))


FAULTS = {
    "radius": lambda known: tuple(entry / 1000 for entry in known.radius),
    "unique": lambda known: tuple(entry * 10**9 for entry in known.unique),
    "slope": lambda known: tuple(entry / 1000 for entry in known.slope),
    "high": lambda known: known.high + 1,
    "positive": lambda known: known.negative,
    "negative": lambda known: (TightLeaf(0),),
    "vanishing": lambda known: (),
    "coefficients": lambda known: known.coefficients[:2],
    "preconditioner": lambda known: ((F(0), F(0)), (F(0), F(0))),
}


@pytest.mark.parametrize("name", FAULTS)
def test_tampered_evidence_is_refused(path, name):
    known = path[1].segment
    with pytest.raises(Unproved):
        check_segment(UNIT, replace(known, **{name: FAULTS[name](known)}))


def test_a_segment_of_other_data_is_refused(path):
    with pytest.raises(Unproved):
        check_segment(rx.Dataset(X=UNIT.X, y=[F(31, 10), -1]), path[2].segment)


def test_two_neurons_on_one_face_are_refused():
    with pytest.raises(Unproved):
        segment(UNIT, ("5/4", 2), (2, 1), blocks=(FIRST,), watched=(watch(FIRST),))


def test_a_watched_neuron_has_to_stay_below():
    with pytest.raises(Unproved, match="watched"):
        segment(UNIT, ("3/4", 2), (2, 1), blocks=(FIRST,), watched=(watch(SECOND),))
    proved(UNIT, ("5/4", 2), (2, 1), blocks=(FIRST,), watched=(watch(SECOND),))


def test_a_persistent_tie_is_told():
    toy = rx.Dataset(X=[[2, 0, 0, 0], [-1, 1, 1, 1]], y=[1, 1])  # FACTS 0.1: three neurons whose features depend
    both = PathBlock(sign=1, gate=(1, 1), basis=((2, 0, 0, 0), (-1, 1, 1, 1)))
    with pytest.raises(Unproved):
        segment(toy, (1, "3/2"), ("5/8", "5/8", "1/3"), blocks=(both,))


def test_targets_may_move_instead_of_the_penalty():
    part = proved(UNIT, (2, 2), (2, "1/2"), blocks=(FIRST,), drift=(F(1, 2), F(1, 3)))
    for t in (F(-1), F(0), F(1)):
        beta = part.residual.unknowns[1]
        assert abs(2 * beta.value(t) - (1 + t / 2)) <= 2 * beta.spread  # amount y_1 - b
        assert abs(part.residual.rows[1].value(t) - (-1 + t / 3)) <= part.residual.rows[1].spread
    with pytest.raises(Unproved, match="amount"):
        segment(UNIT, (2, 2), (2, "1/2"), blocks=(FIRST,), drift=(F(3, 2), F(0)))
    with pytest.raises(Unproved, match="multiplier"):  # the second target passes through 0, and the neuron leaves its wall
        segment(UNIT, (2, 2), (2, "1/2"), blocks=(FIRST,), drift=(F(0), F(3, 2)))
    ending = proved(UNIT, (2, 2), (2, "1/2"), blocks=(FIRST,), drift=(F(9, 8), F(0)), vanishing=(low("amount"),))
    assert ending.segment.at_end("low")
