"""Outward rounding of the logistic loss and of the entropy, against balls of more bits."""

from __future__ import annotations

from fractions import Fraction as F

import flint
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reluexact.checker.logistic import Logistic
from reluexact.numbers.ball import ball
from reluexact.numbers.logarithm import BITS, entropy_below, softplus_above

UNIT = F(1, 2**BITS)
POINTS = [F(0), F(1, 3), *(F(10) ** k for k in (-400, -60, -3, 0, 1, 2, 3, 60, 400)), F(2 * BITS), F(2 * BITS) + UNIT, 3 * BITS]
SHARES = [F(1, 2), F(1, 3), *(F(1, 10**k) for k in (1, 6, 30, 57, 58, 59, 300)), F(1, 2**BITS), F(1, 2 ** (BITS + 1))]


def loss(point):
    """Return the exact value as a ball; log1p keeps what is tiny."""
    return ball(max(F(0), -point)) + (-ball(abs(point))).exp().log1p()


def entropy(share):
    return sum((-ball(s) * ball(s).log() for s in (share, 1 - share)), flint.arb(0))


def softplus_holds(point):
    with flint.ctx.workprec(4000):
        rounded, exact = softplus_above(point), loss(point)
        assert ball(rounded) > exact + ball(UNIT) / 2
        assert ball(rounded) < exact + ball(3 * UNIT)
    assert Logistic().at(point) < rounded


def entropy_holds(share):
    with flint.ctx.workprec(4000):
        rounded, exact = entropy_below(share), entropy(share)
        assert rounded == 0 or ball(rounded) < exact - ball(UNIT) / 2
        assert ball(rounded) > exact - ball(3 * UNIT)
    assert rounded <= -Logistic().peak(-share)
    assert (rounded * 2**BITS).denominator == 1


@pytest.mark.parametrize("point", [sign * point for point in POINTS for sign in (1, -1)])
def test_the_loss_at_extreme_points(point):
    softplus_holds(point)


@given(st.fractions(min_value=-1000, max_value=1000), st.integers(-300, 3))
def test_the_loss(point, power):
    softplus_holds(point * F(10) ** power)


@pytest.mark.parametrize("share", [side for share in SHARES for side in (share, 1 - share)])
def test_the_entropy_at_extreme_shares(share):
    entropy_holds(share)


@given(st.fractions(min_value=0, max_value=1).filter(lambda share: 0 < share < 1), st.integers(1, 60))
def test_the_entropy(share, power):
    entropy_holds(share**power)


@pytest.mark.parametrize("share", [F(0), F(1)])
def test_the_entropy_of_what_is_certain_is_zero(share):
    assert entropy_below(share) == 0 == Logistic().peak(-share)


def test_the_precision_of_the_caller_plays_no_role():
    known = softplus_above(F(1, 7)), entropy_below(F(1, 7))
    with flint.ctx.workprec(20):
        assert (softplus_above(F(1, 7)), entropy_below(F(1, 7))) == known
        assert flint.ctx.prec == 20
