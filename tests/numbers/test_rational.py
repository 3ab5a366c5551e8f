"""The one door for numbers: what it takes, to which value, and how it refuses."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
import sympy
from hypothesis import example, given
from hypothesis import strategies as st

from reluexact.errors import InputError
from reluexact.numbers.rational import MAX_DIGITS, format_fraction, to_fraction, to_penalty

LONG = "7" * MAX_DIGITS


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (3, Fraction(3)),
        (-(2**70), Fraction(-(2**70))),
        (Fraction(-4, 6), Fraction(-2, 3)),
        (Decimal("-2.50"), Fraction(-5, 2)),
        (Decimal("1E+3"), Fraction(1000)),
        (Decimal("0E+999999"), Fraction(0)),
        (Decimal("-0"), Fraction(0)),
        (np.int8(-7), Fraction(-7)),
        (np.uint64(2**64 - 1), Fraction(2**64 - 1)),
        (np.str_("2.4"), Fraction(12, 5)),
        (sympy.Rational(2, 3), Fraction(2, 3)),
        ("2.4", Fraction(12, 5)),
        ("-5/3", Fraction(-5, 3)),
        ("+5/10", Fraction(1, 2)),
        ("-0/7", Fraction(0)),
        ("007", Fraction(7)),
        (".5", Fraction(1, 2)),
        ("5.", Fraction(5)),
        ("1e3", Fraction(1000)),
        ("1.25E-2", Fraction(1, 80)),
        ("-2.5e+1", Fraction(-25)),
        ("1e0000000000000000003", Fraction(1000)),
        ("0e999999", Fraction(0)),
        ("0.0", Fraction(0)),
        (" 1 ", Fraction(1)),
        ("\t-3\r\n", Fraction(-3)),
        (LONG, int(LONG)),
        (f"1/{LONG}", Fraction(1, int(LONG))),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_taken(value, expected):
    result = to_fraction(value)
    assert result == expected
    assert type(result) is Fraction
    assert type(result.numerator) is int
    assert type(result.denominator) is int


@pytest.mark.parametrize(
    ("value", "cure"),
    [
        ("", "the value is empty; write"),
        ("  ", "the value is empty"),
        ("abc", "'abc' is not a number; write an integer, a quotient"),
        ("1_0", "not a number"),
        ("1 0", "not a number"),
        ("1 / 2", "not a number"),
        ("1/2/3", "not a number"),
        ("1.5/2", "not a number"),
        ("1/-2", "not a number"),
        ("--1", "not a number"),
        ("1e", "not a number"),
        ("e5", "not a number"),
        (".", "not a number"),
        ("", "empty"),
        ("2,4", "not a number"),
        ("0x10", "not a number"),
        ("٣", "not a number"),
        ("\u22125", "not a number"),
        ("\xa05", "not a number"),
        ("nan", "not a number"),
        ("-inf", "not a number"),
        ("1\0", "not a number"),
        ("1/0", "divides by zero"),
        ("1/000", "divides by zero"),
        ("1e999999", "more than 4000 digits; scale the data"),
        ("1e-999999", "more than 4000 digits"),
        ("1e" + "9" * 5000, "more than 4000 digits"),
        ("1e4000", "more than 4000 digits"),
        ("1e-4000", "more than 4000 digits"),
        (LONG + "7", "more than 4000 digits"),
        ("1/" + LONG + "7", "more than 4000 digits"),
        ("9" * 1_000_000, "more than 4000 digits"),
        ("1e" + "0" * 1_000_000 + "x", "more than 4000 digits"),
        (10**MAX_DIGITS, "more than 4000 digits"),
        (-(10**MAX_DIGITS), "more than 4000 digits"),
        (Fraction(1, 10**MAX_DIGITS), "more than 4000 digits"),
        (Decimal("1E+999999"), "more than 4000 digits"),
        (Decimal("1E-999999"), "more than 4000 digits"),
        (Decimal("nan"), "not a finite number; drop the row"),
        (Decimal("sNaN"), "not a finite number"),
        (Decimal("-Infinity"), "not a finite number"),
        (True, "truth value, not a number; write 1 or 0"),
        (np.False_, "truth value"),
        (0.1, "the float 0.1 is not exact; give text such as '0.1', or say floats=\"decimal\""),
        (3.0, "the float 3.0 is not exact"),
        (np.float32(0.1), "is not exact"),
        (float("nan"), "nan is not a finite number"),
        (np.float32("inf"), "inf is not a finite number"),
        (None, r"None \(NoneType\) is not a rational number"),
        (1j, "not a rational number"),
        (np.timedelta64(3, "s"), "timedelta64. is not a rational number"),
        (b"1", "not a rational number"),
        ([1], "not a rational number"),
        ([10**5000], "not a rational number"),
        (np.array(3), "not a rational number"),
        (np.datetime64("2020-01-01"), "not a rational number"),
        (sympy.sqrt(2), "not a rational number"),
    ],
    ids=lambda value: repr(value)[:30] if not isinstance(value, list) else "list",
)
def test_refused_with_place_and_cure(value, cure):
    with pytest.raises(InputError, match=f"^X\\[0\\]\\[1\\]: .*{cure}"):
        to_fraction(value, where="X[0][1]")


def test_messages_stay_short():
    with pytest.raises(InputError) as caught:
        to_fraction("9" * 1_000_000)
    assert len(str(caught.value)) < 120


@given(st.floats(allow_nan=False, allow_infinity=False))
@example(5e-324)
@example(-0.0)
def test_floats_as_they_are_stored(value):
    assert to_fraction(value, floats="binary") == Fraction(value)
    assert to_fraction(np.float64(value), floats="binary") == Fraction(value)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_floats_as_their_shortest_decimal(value):
    exact = to_fraction(value, floats="decimal")
    assert exact == Fraction(repr(value))
    assert exact.numerator / exact.denominator == value


@given(st.floats(-(2**100), 2**100, width=32))
def test_the_shortest_decimal_depends_on_the_width(value):
    narrow = np.float32(value)
    exact = to_fraction(narrow, floats="decimal")
    assert len(str(exact.numerator * 10**60 // exact.denominator).strip("-0")) <= 9
    assert abs(exact - Fraction(value)) <= Fraction(float(np.spacing(abs(narrow)))) / 2


def test_a_narrow_float_is_read_at_its_own_width():
    assert to_fraction(np.float32(0.1), floats="decimal") == Fraction(1, 10)
    assert to_fraction(np.float16(0.1), floats="decimal") == Fraction(1, 10)
    assert to_fraction(np.float32(0.1), floats="binary") == Fraction(13421773, 2**27)


def test_wide_floats_are_bounded():
    if np.finfo(np.longdouble).maxexp > 1024:
        with pytest.raises(InputError, match="more than 4000 digits"):
            to_fraction(np.longdouble("1e4500"), floats="binary")
        with pytest.raises(InputError, match="more than 4000 digits"):
            to_fraction(np.longdouble("1e4500"), floats="decimal")
    assert to_fraction(np.longdouble(0.5), floats="binary") == Fraction(1, 2)


@pytest.mark.parametrize("floats", ["binary", "decimal"])
@pytest.mark.parametrize("value", [float("nan"), float("-inf"), np.float16("nan")])
def test_no_policy_makes_nan_a_number(value, floats):
    with pytest.raises(InputError, match="not a finite number"):
        to_fraction(value, floats=floats)


def test_an_unknown_policy_is_refused():
    with pytest.raises(InputError, match="floats: 'exact' is no way to read floats; say 'decimal' or 'binary'"):
        to_fraction(0.5, floats="exact")


def test_numpy_integers_do_not_overflow_later():
    assert to_fraction(np.int64(2**62)) * 4 == 2**64
    assert Fraction(np.int64(1)) == to_fraction(Fraction(np.int64(1)))
    assert type(to_fraction(Fraction(np.int64(5))).numerator) is int


def test_printing_options_of_numpy_change_nothing():
    with np.printoptions(precision=2, suppress=True):
        assert to_fraction(np.float32(0.12345), floats="decimal") == Fraction("0.12345")


@given(st.fractions())
@example(Fraction(10**MAX_DIGITS - 1, 10**MAX_DIGITS - 2))
@example(Fraction(-(10**1200), 7))
def test_text_and_back(value):
    text = format_fraction(value)
    assert text == str(value)
    assert to_fraction(text) == value


@given(st.integers(-(10**30), 10**30), st.integers(-40, 40))
def test_decimals_mean_powers_of_ten(digits, exponent):
    assert to_fraction(f"{digits}e{exponent}") == digits * Fraction(10) ** exponent
    assert to_fraction(Decimal(digits).scaleb(exponent)) == to_fraction(str(Decimal(digits).scaleb(exponent)))


@given(st.text(alphabet="0123456789+-./eE_ \t", max_size=12))
def test_any_text_is_a_number_or_an_input_error(text):
    try:
        value = to_fraction(text)
    except InputError:
        return
    assert value == Fraction(text)


@given(st.text(max_size=8) | st.binary(max_size=4) | st.none() | st.complex_numbers() | st.dates() | st.sets(st.integers()))
def test_nothing_but_input_errors(value):
    with contextlib.suppress(InputError):
        to_fraction(value)


def test_long_integers_are_written_whatever_the_limit_on_digits():
    code = (
        "from fractions import Fraction; from reluexact.numbers.rational import format_fraction, to_fraction;"
        "t = format_fraction(Fraction(10**20000 + 1, 3)); assert len(t) == 20003 and t.endswith('01/3'), t[-9:];"
        "u = '7' * 4000; assert format_fraction(to_fraction(u)) == u"
    )
    subprocess.run([sys.executable, "-X", "int_max_str_digits=640", "-c", code], check=True, capture_output=True)


@pytest.mark.parametrize(("value", "expected"), [("1/2", Fraction(1, 2)), (3, Fraction(3)), (0.5, Fraction(1, 2))])
def test_penalties(value, expected):
    assert to_penalty(value, floats="decimal") == expected


@pytest.mark.parametrize("value", [0, -1, "-1/2", "0.0"])
def test_penalties_are_positive(value):
    with pytest.raises(InputError, match=r"^penalty: .* is not positive; the objective needs a penalty > 0"):
        to_penalty(value)


def test_penalties_go_through_the_door():
    with pytest.raises(InputError, match="^penalty: the float 0.5 is not exact"):
        to_penalty(0.5)
    with pytest.raises(InputError, match="^--penalty: the value is empty"):
        to_penalty("", where="--penalty")


def test_no_message_advises_what_cannot_be_done():
    with pytest.raises(InputError) as choice:
        to_penalty(0.1)
    assert "floats=" in str(choice.value)
    with pytest.raises(InputError) as none:
        to_penalty(0.1, choice=False)
    assert str(none.value) == "penalty: the float 0.1 is not exact; give text such as '0.1'"
