"""The checker's own enclosures of log and exp, in integers, against python-flint's balls of more bits."""

from __future__ import annotations

from fractions import Fraction as F

import flint
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reluexact.checker.logarithm import BITS, LOG_TWO, exp_minus, log, log_series
from reluexact.checker.logistic import Logistic
from reluexact.numbers.ball import ball

U = F(1, 2**BITS)
LARGE = [F(2) ** k + shift for k in (0, 1, 2, 255, 256, 4000) for shift in (F(0), U, F(1, 10**400))] + [F(2) - U, F(10) ** 6000]
TIMES = [F(0), U, U / 3, F(1, 10**400), F(1, 256), F(1), F(2) - U, *map(F, (2, 3, 100, 255)), F(256) - U, F(256), F(10) ** 6000]


def encloses(ends, exact, width):
    low, high = ends
    assert ball(low) <= exact
    assert exact <= ball(high)
    assert 0 <= high - low <= width


def log_holds(q):
    with flint.ctx.workprec(24000):
        k = max(1, q.numerator.bit_length() - q.denominator.bit_length() + 1)
        encloses(log(q), ball(q).log(), (k + 1) * 348 * U)


def exp_holds(x):
    with flint.ctx.workprec(24000):
        encloses(exp_minus(x), (-ball(x)).exp(), F(1, 2 ** (BITS - 24)))


@pytest.mark.parametrize("q", LARGE)
def test_logarithms_of_extreme_numbers(q):
    log_holds(q)


@given(st.fractions(min_value=1, max_value=10**30), st.integers(1, 9))
def test_logarithms(q, power):
    log_holds(q**power)


@given(st.fractions(min_value=0, max_value=F(1, 3)))
def test_the_series(z):
    with flint.ctx.workprec(600):
        encloses(log_series(z), 2 * ball(z).atanh(), 348 * U)


def test_the_logarithm_of_one_is_exact():
    assert log(F(1)) == (0, 0)


def test_the_logarithm_of_two():
    """To 40 digits (OEIS A002162)."""
    assert (
        F("0.6931471805599453094172321214581765680755")
        < LOG_TWO[0]
        < LOG_TWO[1]
        < F("0.6931471805599453094172321214581765680756")
    )


@pytest.mark.parametrize("x", TIMES)
def test_exponentials_of_extreme_numbers(x):
    exp_holds(x)


@given(st.fractions(min_value=0, max_value=300), st.integers(-300, 2))
def test_exponentials(x, power):
    exp_holds(x * F(10) ** power)


@given(st.fractions(min_value=-60, max_value=60), st.fractions(min_value=0, max_value=1))
def test_fenchels_inequality(t, share):
    """The loss and its conjugate, each from above: p(t) + p*(s) >= s t for every slope s."""
    loss = Logistic()
    assert loss.at(t) + loss.peak(-share) >= -share * t


@given(st.fractions(min_value=-60, max_value=60))
def test_the_loss_turns_with_its_argument(t):
    """log(1 + exp(-t)) - log(1 + exp(t)) = -t."""
    loss = Logistic()
    assert loss.at(t) - loss.at(-t) == -t


@pytest.mark.parametrize(("s", "there"), [(F(0), True), (F(-1), True), (F(-1, 2), True), (U, False), (F(-1) - U, False)])
def test_slopes(s, there):
    assert Logistic().has_slope(s) is there
