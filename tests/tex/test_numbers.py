"""Numbers as LaTeX: every printed digit is right, exact forms are exact, names cannot break a document."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st
from latex_tools import katex_faults

from reluexact.numbers.radicals import RadicalSum
from reluexact.numbers.real import Real
from reluexact.tex.numbers import (
    decimal_latex,
    digits_latex,
    inline_latex,
    number_latex,
    radical_expression,
    radical_latex,
    rational_latex,
    ray_of,
    real_latex,
    vector_latex,
)
from reluexact.tex.text import breakable, escape

FRACTIONS = st.fractions(max_denominator=10**6)


def root(value):
    return RadicalSum.root(Fraction(value))


def value_of(text):
    """Read a formula of digits: the number, and the unit of its last digit (None when it claims to be exact)."""
    found = re.fullmatch(r"(-?)([\d.]+)(\\ldots)?(?:\\cdot 10\^\{(-?\d+)\})?", text)
    sign, digits, dots, exponent = found.groups()
    scale = Fraction(10) ** int(exponent or 0) * (-1 if sign else 1)
    unit = Fraction(10) ** (int(exponent or 0) - len(digits.partition(".")[2]))
    return Fraction(digits) * scale, unit if dots else None


@given(FRACTIONS, st.integers(-30, 30), st.integers(1, 15))
def test_digits_are_cut_off_never_rounded(value, power, count):
    exact = value * Fraction(10) ** power
    shown, unit = value_of(digits_latex(exact, exact, count))
    if unit is None:
        assert shown == exact
    else:
        assert abs(shown) < abs(exact) < abs(shown) + unit
        assert shown * exact >= 0


@given(FRACTIONS, st.fractions(min_value=0, max_value=1, max_denominator=10**6), st.integers(1, 12))
def test_an_enclosure_shows_digits_of_all_its_numbers(middle, radius, count):
    low, high = middle - radius, middle + radius
    text = digits_latex(low, high, count)
    if r"\pm" in text:
        around, spread = (value_of(part.strip())[0] for part in text.split(r"\pm"))
        assert around - spread <= low
        assert high <= around + spread
    else:
        shown, unit = value_of(text)
        for end in (low, high):
            assert abs(shown) <= abs(end) < abs(shown) + (unit or 1)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (root(2), r"\sqrt{2}"),
        (root(Fraction(1, 2)), r"\frac{1}{\sqrt{2}}"),
        (-root(Fraction(25, 40829)), r"-\frac{5}{\sqrt{40829}}"),
        (RadicalSum.rational(1) - root(3), r"1-\sqrt{3}"),
        (RadicalSum(), "0"),
    ],
)
def test_radicals(value, text):
    assert radical_latex(value) == text


def test_long_exact_numbers_are_printed_by_their_digits():
    assert real_latex(Real.rational(Fraction(1, 3**40)), 5) == r"8.2252\ldots\cdot 10^{-20}"
    assert real_latex(Real.of_radical(root(10**12 + 39)), 8) == r"1000000.0\ldots"
    assert radical_latex(sum((root(p) for p in (2, 3, 5, 7)), RadicalSum())) is None


def test_tables_have_no_fraction_bars():
    assert inline_latex(Real.rational(Fraction(-3, 8))) == "-3/8"
    assert inline_latex(Real.of_radical(root(Fraction(1, 7)))) == r"1/\sqrt{7}"
    assert number_latex(Real.rational(Fraction(1, 3)), 4) == r"0.3333\ldots"
    assert decimal_latex(Fraction(-5, 2)) == "-2.5"
    assert rational_latex(Fraction(-5, 2)) == r"-\frac{5}{2}"


def test_a_direction_on_a_ray_is_an_integer_vector_by_its_length():
    entries = tuple(Real.of_radical(root(Fraction(1, 25 + 101**2)).scaled(Fraction(x))) for x in (-5, 101))
    assert ray_of(entries) == (-5, 101)
    assert vector_latex(entries) == r"\tfrac{1}{\sqrt{10226}}\,(-5,\,101)"
    assert vector_latex(entries, inline=True) == r"(-5,\,101)/\sqrt{10226}"
    assert ray_of((Real(low=Fraction(0), high=Fraction(1)),)) is None


def test_sympy_has_the_same_number():
    value = root(2).scaled(Fraction(3, 7)) - root(45) + RadicalSum.rational(Fraction(1, 3))
    low, high = value.enclose(200)
    number = sympy.N(radical_expression(value), 50)
    assert low - Fraction(1, 10**45) < Fraction(str(number)) < high + Fraction(1, 10**45)
    assert Real.of_radical(value).closed_form == radical_expression(value)
    assert Real(low=low, high=high).closed_form is None


def test_names_are_escaped_in_ascii():
    name = 'a_b&c%d$e#f{g}h^i~j\\k<l>m|n"o`p--q---r ' + chr(233) + chr(252) + chr(0x4E2D) + chr(0x1F600) + "\x07"
    text = escape(name)
    assert text.isascii()
    assert "--" not in text
    assert katex_faults([rf"\text{{{text}}}"]) == []
    assert breakable("ab_c", 2) == r"\texttt{ab\allowbreak{}\_c}"
