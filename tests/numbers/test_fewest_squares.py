"""Sums of rational squares: the sum is right, and no shorter one exists."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reluexact.numbers.fewest_squares import fewest_squares


def fewest(whole):
    """Return the fewest squares of an integer, by trying all (dynamic programming over 1, 4, 9, ...)."""
    best = [0]
    for n in range(1, whole + 1):
        best.append(1 + min(best[n - k * k] for k in range(1, int(n**0.5) + 1)))
    return best


def test_every_small_integer_has_the_fewest():
    best = fewest(1500)
    for n in range(1, 1501):
        roots = fewest_squares(Fraction(n))
        assert sum(root**2 for root in roots) == n
        assert min(roots) > 0
        assert len(roots) == best[n]


@given(st.fractions(min_value=Fraction(1, 10**12), max_value=10**12))
def test_the_squares_add_up(value):
    roots = fewest_squares(value)
    assert sum(root**2 for root in roots) == value
    assert 1 <= len(roots) <= 4
    assert list(roots) == sorted(roots, reverse=True)
    assert min(roots) > 0


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("0.25", 1),
        ("0.1", 2),  # 10 = 9 + 1
        ("3", 3),
        ("7", 4),
        ("0.7", 3),  # 70 = 36 + 25 + 9: 7 is a prime 4k + 3
        ("0.333333333333333333333333333333", None),
        ("3.14159265358979323846264338327950288419716939937510", None),
        ("1e-40", 1),
        ("123456789.987654321012345678901234567890123456789", None),
        (str(2**127 - 1), 4),
        (str((2**61 - 1) * (2**89 - 1)), 3),  # two primes 4k + 3, not looked for
    ],
)
def test_long_numbers(text, count):
    value = Fraction(text)
    roots = fewest_squares(value)
    assert sum(root**2 for root in roots) == value
    assert len(roots) == count or count is None


def test_a_number_whose_factors_are_hidden_has_more_squares():
    first, second = 2**255 - 19, 2**521 - 1
    value = Fraction(first * second, 10**30)
    roots = fewest_squares(value)
    assert sum(root**2 for root in roots) == value
    assert len(roots) in (3, 4)


def test_the_same_number_has_the_same_squares():
    value = Fraction("0.123456789012345678901234567")
    assert fewest_squares(value) == fewest_squares(value)
    assert fewest_squares(Fraction(65)) == (7, 4)


@pytest.mark.parametrize("value", [0, -1])
def test_only_positive_numbers(value):
    with pytest.raises(ValueError, match="positive"):
        fewest_squares(Fraction(value))
